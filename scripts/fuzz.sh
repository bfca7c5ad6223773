#!/bin/sh
# Fuzzes every reader by libFuzzer, from the golden files and what the program makes of them: sh scripts/fuzz.sh [SECONDS] [TARGET...]
# SECONDS for each target (120); --quick for SECONDS: 5000 inputs each, by a fixed seed. What is found is kept in build-fuzz/found/,
# the inputs that reach new code in build-fuzz/corpus/, for the next time.
set -eu
cd "$(dirname "$0")/.."
sh scripts/install-deps.sh --lint
amount=-max_total_time=${1:-120}
[ "${1:-}" != --quick ] || amount='-runs=5000 -seed=1'
[ $# = 0 ] || shift
sh scripts/build.sh release word2vec >/dev/null
sh scripts/build.sh fuzz fuzz_targets >/dev/null
program=$PWD/build/word2vec
build=$PWD/build-fuzz

targets='archive vectors npy checkpoint vocabulary questions corpus text_filter config original_flags'
seeds=$build/seeds
rm -rf "$seeds"
for target in $targets; do
  mkdir -p "$seeds/$target" "$build/corpus/$target" "$build/found/$target"
done
cp tests/golden/small* "$seeds/vectors"
for format in text binary glove safetensors; do
  "$program" export tests/golden/small.txt -o "$seeds/vectors/$format" --to $format 2>/dev/null
done
"$program" export tests/golden/small.txt -o "$seeds/archive/zstd.zst" --to text 2>/dev/null
"$program" export tests/golden/small.txt -o "$seeds/array.npy" --to npy 2>/dev/null
cat "$seeds/array.vocab.txt" "$seeds/array.npy" >"$seeds/npy/array"
text='The king and the queen of Norway ate 42 apples. 日本の王 said: "Ça va?"'
printf '<doc id="1">\n%s\n%s\n</doc>\n' "$text" "$text" >"$seeds/text"
for choice in A B C G i w; do { printf '%s' $choice; cat "$seeds/text"; } >"$seeds/text_filter/$choice"; done
{ printf @; cat "$seeds/text"; } >"$seeds/corpus/text"
for tool in gzip bzip2 xz; do $tool <"$seeds/text" >"$seeds/archive/$tool"; done
"$program" train "$seeds/text" -o "$seeds/trained" --checkpoint "$seeds/checkpoint/run" --dim 3 --min-count 1 --epochs 1 --threads 1 --quiet
"$program" vocab "$seeds/text" -o "$seeds/vocabulary/words" --min-count 1 --quiet
printf '</s> 3\n' | cat - "$seeds/vocabulary/words" >"$seeds/vocabulary/original"
printf ': capital\nAthens Greece Oslo Norway\n: gram1-adverb\ncalm calmly quick quickly\n' >"$seeds/questions/analogies"
printf 'word1,word2,score\nking,queen,8.5\n' >"$seeds/questions/similarities"
printf '# a run\ndim = 50\nmodel = cbow\nalpha = auto\nsample = 1e-4\nphrases = true\n' >"$seeds/config/run"
printf '%s\n' -output v.bin -cbow 1 -size 200 -window 8 -negative 25 -hs 0 -sample 1e-4 -threads 20 -binary 1 -iter 15 \
  -min-count 5 -alpha .05 -save-vocab v -debug 2 >"$seeds/original_flags/readme"

# Each in a folder of its own, in memory where the system has such a place: an input is a file there.
shared=/dev/shm
[ -w $shared ] || shared=$build
scratch=$(mktemp -d "$shared/word2vec-fuzz.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
for target in ${*:-$targets}; do
  mkdir "$scratch/$target"
  # No allocation of more than 64 MB for inputs of up to 16 kB, but for an archive's window, of which it takes no more than the
  # text fills. Standard output is the program's own.
  most=64 status=0
  [ "$target" != archive ] || most=2200
  (cd "$scratch/$target" && exec "$build/tests/fuzz/fuzz_$target" $amount -max_len=16384 -malloc_limit_mb=$most -timeout=20 \
    -print_final_stats=1 -artifact_prefix="$build/found/$target/" "$build/corpus/$target" "$seeds/$target") \
    </dev/null >/dev/null 2>"$build/found/$target.log" || status=$?
  runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$build/found/$target.log")
  echo "$target: ${runs:-0} inputs, status $status, log build-fuzz/found/$target.log"
  if [ $status != 0 ]; then
    tail -n 25 "$build/found/$target.log"
    exit 1
  fi
done
