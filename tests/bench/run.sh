#!/bin/sh
# Benchmarks, machine-readable: sh tests/bench/run.sh [--quick] [CORPUS]
# First the trainer by pieces (Google Benchmark), then whole runs on one core against the trainers that are installed
# (fasttext, and any word2vec-compatible program named in PEERS), in turn, with the ratio of each pair of runs.
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

ours=build/bench/word2vec
out=build/bench/out
rounds=3; [ $quick = 1 ] && rounds=1
run() {  # seconds of a command, its output thrown away
  start=$(date +%s.%N)
  "$@" >/dev/null 2>&1
  end=$(date +%s.%N)
  awk -v a="$start" -v b="$end" 'BEGIN { printf "%.3f", b - a }'
}
echo "program,model,round,seconds,ours_seconds,ratio"
pair() {  # NAME MODEL ROUND ARGUMENTS... : the peer and ours, one after the other
  name=$1; model=$2; round=$3; shift 3
  theirs=$(run "$@")
  alpha=0.025; [ "$model" = cbow ] && alpha=0.05
  mine=$(run $ours train "$corpus" -o $out --model "$model" --epochs 1 --threads 1 --alpha $alpha --quiet)
  awk -v n="$name" -v m="$model" -v r="$round" -v a="$theirs" -v b="$mine" 'BEGIN { printf "%s,%s,%d,%s,%s,%.2f\n", n, m, r, a, b, a / b }'
}
for round in $(seq $rounds); do
  for model in skipgram cbow; do
    alpha=0.025; cbow=0; [ $model = cbow ] && alpha=0.05 && cbow=1
    if command -v fasttext >/dev/null; then
      pair fasttext $model "$round" fasttext $model -input "$corpus" -output $out -minn 0 -maxn 0 -loss ns -t 1e-3 -lr $alpha -dim 100 -ws 5 -neg 5 -epoch 1 -thread 1
    fi
    for peer in ${PEERS:-}; do
      pair "$peer" $model "$round" "$peer" -train "$corpus" -output $out -cbow $cbow -size 100 -window 5 -negative 5 -sample 1e-3 -threads 1 -iter 1 -min-count 5 -alpha $alpha
    done
  done
done
