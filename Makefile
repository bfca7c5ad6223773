# Short names for what scripts/ and CMakePresets.json do.
JOBS ?= $(shell getconf _NPROCESSORS_ONLN)

.PHONY: build test demo lint bench asan tsan install-deps clean

build:
	sh scripts/build.sh

# make demo CORPUS=file learns from that text.
demo:
	sh scripts/demo.sh $(if $(CORPUS),"$(CORPUS)")

test:
	sh scripts/test.sh

lint:
	sh scripts/lint.sh

bench:
	sh tests/bench/run.sh

asan:
	cmake --preset asan-ubsan && cmake --build --preset asan-ubsan -j $(JOBS) && ctest --preset asan-ubsan -j $(JOBS)

tsan:
	cmake --preset tsan && cmake --build --preset tsan -j $(JOBS) && ctest --preset tsan -j $(JOBS)

install-deps:
	sh scripts/install-deps.sh

clean:
	rm -rf build build-*
