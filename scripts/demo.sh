#!/bin/sh
# From nothing to answered analogies: installs, builds, makes a text, trains, asks.
#
#   sh scripts/demo.sh [CORPUS]     CORPUS is a text of yours to learn from; without it the text is made of Debian packages
set -eu

case ${1-} in
  -h | --help) sed -n '2,4s/^# \{0,1\}//p' "$0"; exit 0 ;;
  -?*) echo "demo.sh: error: unknown option '$1'; usage: sh scripts/demo.sh [CORPUS]" >&2; exit 2 ;;
esac
if [ $# -gt 1 ]; then
  echo "demo.sh: error: one CORPUS at most; usage: sh scripts/demo.sh [CORPUS]" >&2
  exit 2
fi
corpus=${1-}
if [ -n "$corpus" ]; then
  if [ ! -f "$corpus" ] || [ ! -r "$corpus" ]; then
    echo "demo.sh: error: cannot read the corpus, $corpus; give the path of a text file" >&2
    exit 1
  fi
  if [ ! -s "$corpus" ]; then
    echo "demo.sh: error: the corpus, $corpus, is empty; give a text, of some megabytes for good answers" >&2
    exit 1
  fi
  # A path that stays right from the project's folder.
  corpus=$(CDPATH='' cd -- "$(dirname -- "$corpus")" && pwd)/$(basename -- "$corpus")
fi
CDPATH='' cd -- "$(dirname -- "$0")/.."
started=$(date +%s)
step() { printf '\n== %s (%s s)\n' "$1" "$(($(date +%s) - started))"; }

# Says a command, so that it can be pasted, and runs it.
show() {
  line='$'
  for word in "$@"; do
    case $word in
      -*) if [ ${#line} -gt 74 ]; then printf '%s \\\n' "$line"; line='   '; fi ;;
      *[!A-Za-z0-9_./:=,+-]*) word="'$word'" ;;
    esac
    line="$line $word"
  done
  printf '%s\n' "$line"
  "$@"
}

demo=build/demo
program=build/word2vec
vectors=$demo/vectors.txt
own=$corpus

step '1/5 Install what is missing'
if [ -n "$own" ]; then sh scripts/install-deps.sh --demo --no-corpus; else sh scripts/install-deps.sh --demo; fi

step '2/5 Build'
sh scripts/build.sh release word2vec

step '3/5 Make the text and the questions'
mkdir -p $demo
if [ -z "$own" ]; then
  corpus=$demo/corpus.txt
  python3 scripts/demo-corpus.py $corpus
else
  echo "The text is $corpus."
fi
python3 scripts/demo-questions.py $demo/questions.txt

step '4/5 Train'
show $program train "$corpus" -o $vectors --model skipgram --dim 100 --epochs 10 --alpha 0.05 \
  --negative 5 --window 5 --min-count 5 --report $demo/report.json

step '5/5 Ask'
# A text of one's own may not have these words: the program says so, and the demo goes on.
show $program evaluate $vectors --analogies $demo/questions.txt --html $demo/evaluation.html || [ -n "$own" ]
# Answers of the frequent words alone: of the rare ones the text says too little.
for query in river horse music computer anger france 'king - man + woman'; do
  echo
  show $program nearest $vectors "$query" -k 5 --restrict 10000 || [ -n "$own" ]
done

step 'Done'
echo "The vectors are $vectors, the run's report is $demo/report.json, and $demo/evaluation.html is to look at. What to try next:"
echo
printf '  %-66s  %s\n' \
  "$program nearest $vectors WORD" 'the neighbours of a word of yours' \
  "$program analogy $vectors france french spain" 'as spain is to ...' \
  "$program info $vectors" 'how it was trained' \
  "$program train --help" 'all that can be chosen' \
  'sh scripts/demo.sh FILE' 'learns from a text of yours'
