# Short names for what scripts/ and CMakePresets.json do.
.PHONY: all build test demo lint asan tsan bench clean

all build:
	sh scripts/build.sh release

test:
	sh scripts/test.sh

# make demo CORPUS=file learns from that text.
demo:
	sh scripts/demo.sh $(if $(CORPUS),"$(CORPUS)")

lint:
	sh scripts/lint.sh

asan:
	sh scripts/build.sh asan-ubsan && ctest --preset asan-ubsan

# The Hogwild races are meant: the suppressions name them, and nothing else.
tsan:
	sh scripts/build.sh tsan && TSAN_OPTIONS=suppressions=$(CURDIR)/tests/tsan.supp ctest --preset tsan

bench:
	sh tests/bench/run.sh $(if $(CORPUS),"$(CORPUS)")

clean:
	rm -rf build build-*
