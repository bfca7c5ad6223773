#!/bin/sh
# Benchmarks, machine-readable: sh tests/bench/run.sh [--quick] [CORPUS]
# First the row kernels, then the engine (Google Benchmark, as CSV), then two threads against two processes, then whole runs on
# one core in turn with the trainers that are installed (peers.py: PEERS names programs that take the original tool's flags,
# QUESTIONS a file of analogies to answer), then the pass before training, phrases (WORD2PHRASE names that program), and loading,
# writing, neighbours and analogies, each in turn with fasttext or gensim, where they are installed.
set -eu
cd "$(dirname "$0")/../.."
quick=0
if [ "${1:-}" = --quick ]; then quick=1; shift; fi
given=${1:-}
corpus=${given:-build/bench/corpus.txt}
jobs=$(nproc 2>/dev/null || echo 2)

cmake -S . -B build/bench -DCMAKE_BUILD_TYPE=Release -DWORD2VEC_BENCHMARKS=ON -DWORD2VEC_TESTS=OFF >/dev/null
cmake --build build/bench -j "$jobs" >/dev/null
# Without a corpus of the user's: words by Zipf's law, which train at the speed of text.
if [ ! -f "$corpus" ]; then
  tokens=2000000; [ $quick = 1 ] && tokens=100000
  awk -v n=$tokens 'BEGIN { srand(1); for (i = 1; i <= n; i++) printf "w%d%s", int(exp(rand() * log(30000))), i % 20 ? " " : "\n" }' >"$corpus"
fi

kernels=. engine=. rounds=3
words=132629
if [ $quick = 1 ]; then kernels='dim:(100|101)$' engine='^[a-z]*/[a-z0-9]*/it' rounds=1 words=2000; fi
build/bench/tests/bench/kernel_bench --benchmark_min_time=0.05 --benchmark_filter="$kernels" --benchmark_format=csv
build/bench/tests/bench/engine_bench --benchmark_filter="$engine" --benchmark_format=csv ${given:+"$given"}
[ "$jobs" -lt 2 ] || python3 tests/bench/two_threads.py --rounds $rounds build/bench/word2vec "$corpus"
python3 tests/bench/peers.py --rounds $rounds ${QUESTIONS:+--questions "$QUESTIONS"} build/bench/word2vec "$corpus"
PEERS= python3 tests/bench/vocabulary.py --rounds $rounds build/bench/word2vec "$corpus"
python3 tests/bench/phrases.py --rounds $rounds ${WORD2PHRASE:+--word2phrase "$WORD2PHRASE"} build/bench/word2vec "$corpus"
PEERS= python3 tests/bench/evaluation_peers.py --words $words --rounds $rounds build/bench/word2vec
