#!/bin/sh
# Benchmarks, machine-readable: sh tests/bench/run.sh [--quick] [CORPUS]
# First the trainer by pieces (Google Benchmark), then whole runs on one core in turn with the trainers that are installed
# (peers.py: PEERS names programs that take the original tool's flags, QUESTIONS a file of analogies to answer).
set -eu
cd "$(dirname "$0")/../.."
quick=0
if [ "${1:-}" = --quick ]; then quick=1; shift; fi
corpus=${1:-build/bench/corpus.txt}
jobs=$(nproc 2>/dev/null || echo 2)

cmake -S . -B build/bench -DCMAKE_BUILD_TYPE=Release -DWORD2VEC_BENCHMARKS=ON -DWORD2VEC_TESTS=OFF >/dev/null
cmake --build build/bench -j "$jobs" >/dev/null
if [ $quick = 1 ]; then
  build/bench/tests/bench/trainer_bench --benchmark_min_time=0.05 --benchmark_filter='peak|dim:100/window:5/negative:5/words:40000' --benchmark_format=csv
else
  build/bench/tests/bench/trainer_bench --benchmark_format=csv
fi

# Without a corpus of the user's: words by Zipf's law, which train at the speed of text.
if [ ! -f "$corpus" ]; then
  tokens=2000000; [ $quick = 1 ] && tokens=100000
  awk -v n=$tokens 'BEGIN { srand(1); for (i = 1; i <= n; i++) printf "w%d%s", int(exp(rand() * log(30000))), i % 20 ? " " : "\n" }' >"$corpus"
fi

rounds=3; [ $quick = 1 ] && rounds=1
python3 tests/bench/peers.py --rounds $rounds ${QUESTIONS:+--questions "$QUESTIONS"} build/bench/word2vec "$corpus"
