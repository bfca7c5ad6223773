# Short names for what scripts/ and CMakePresets.json do.
.PHONY: all test demo lint asan tsan bench clean

all:
	sh scripts/build.sh release

test:
	sh scripts/test.sh

# make demo CORPUS=file takes the given text
demo:
	sh scripts/demo.sh $(CORPUS)

lint:
	sh scripts/lint.sh

asan:
	sh scripts/build.sh asan-ubsan && ctest --preset asan-ubsan

tsan:
	sh scripts/build.sh tsan && TSAN_OPTIONS=suppressions=$(CURDIR)/tests/tsan.supp ctest --preset tsan

bench:
	sh tests/bench/run.sh $(CORPUS)

clean:
	rm -rf build build-debug build-asan-ubsan build-tsan
