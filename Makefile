# Short names for what scripts/ and CMakePresets.json do.
.PHONY: all build install test demo lint asan tsan fuzz faults bench bench-peers bench-threads bench-evaluation clean

all build:
	sh scripts/build.sh release

# make install [PREFIX=/usr/local] [DESTDIR=folder to stage in]: the program, the libraries, their headers and CMake package.
PREFIX ?= /usr/local
install:
	sh scripts/build.sh release word2vec
	DESTDIR="$(DESTDIR)" cmake --install build --prefix "$(PREFIX)"

test:
	sh scripts/test.sh

# make demo CORPUS=file learns from that text.
demo:
	sh scripts/demo.sh $(if $(CORPUS),"$(CORPUS)")

lint:
	sh scripts/lint.sh

asan:
	sh scripts/build.sh asan-ubsan && ctest --preset asan-ubsan

# By clang, whose OpenMP tells ThreadSanitizer what waits for what (libarcher); that library itself is not watched. The Hogwild races
# are meant: the suppressions name them, and nothing else. Left out: tests by other programs and by the browser, and that of a limit on
# the size of files, under which ThreadSanitizer's own memory, which is one, cannot be had.
tsan:
	sh scripts/install-deps.sh --lint
	sh scripts/build.sh tsan
	TSAN_OPTIONS="ignore_noninstrumented_modules=1 suppressions=$(CURDIR)/tests/tsan.supp" \
	  ctest --preset tsan -E '^(browser|interop|package)|AFilePastTheShellsLimit'

# make fuzz SECONDS=n for each reader.
fuzz:
	sh scripts/fuzz.sh $(SECONDS)

# Every call to the system fails in every way, and 200 kills: minutes, where `make test` has seconds of both.
faults: build
	python3 tests/faults/faults.py build/word2vec build/tests/libfaults.so --all
	python3 tests/faults/kill.py build/word2vec build/tests/libfaults.so --moments 200

bench:
	sh tests/bench/run.sh $(if $(CORPUS),"$(CORPUS)")

# make bench-peers CORPUS=text [QUESTIONS=file] [PEERS="program ..."]
bench-peers: build
	python3 tests/bench/peers.py $(if $(QUESTIONS),--questions "$(QUESTIONS)") build/word2vec "$(CORPUS)"

# Two threads against two processes.
bench-threads: build
	python3 tests/bench/two_threads.py build/word2vec "$(CORPUS)"

# make bench-evaluation [VECTORS=file QUESTIONS=file] [PEERS=compute-accuracy]
bench-evaluation: build
	python3 tests/bench/evaluation_peers.py $(if $(VECTORS),--vectors "$(VECTORS)") $(if $(QUESTIONS),--questions "$(QUESTIONS)") build/word2vec

clean:
	rm -rf build build-*
