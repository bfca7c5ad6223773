#!/usr/bin/env python3
"""The whole of `phrases` against the original word2phrase in turn: seconds, peak memory, and the phrases that only one of them joins.

    phrases.py [--rounds N] [--threads LIST] [--min-count N] [--threshold X] PROGRAM WORD2PHRASE CORPUS

WORD2PHRASE is that program (gcc -O3 -march=native word2phrase.c -lm), which has one thread; ours follows each of its runs once for
each number of threads, on as many cores. Prints a line for each run, then a table of medians with their spread.
"""
import argparse
import os
import statistics
import tempfile

from peers import middle, run


def joined_words(path):
    with open(path, "rb") as file:
        return {word for line in file for word in line.split() if b"_" in word}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", default="1,2", help="of ours, split by commas")
    parser.add_argument("--min-count", default="5")
    parser.add_argument("--threshold", default="100")
    for name in ("program", "word2phrase", "corpus"):
        parser.add_argument(name)
    options = parser.parse_args()
    setting = ("min-count", options.min_count), ("threshold", options.threshold)

    theirs, ours = [], {threads: [] for threads in options.threads.split(",")}
    with tempfile.TemporaryDirectory() as folder:
        their_text, our_text = os.path.join(folder, "theirs"), os.path.join(folder, "ours")
        print("round,trainer,threads,seconds,peak_mb")
        for turn in range(1, options.rounds + 1):
            theirs.append(run([options.word2phrase, "-train", options.corpus, "-output", their_text, "-debug", "0",
                               *(word for name, value in setting for word in ("-" + name, value))]))
            print(f"{turn},word2phrase,1,{theirs[-1][0]:.3f},{theirs[-1][1]:.1f}", flush=True)
            for threads, runs in ours.items():
                runs.append(run([options.program, "phrases", options.corpus, "-o", our_text, "--threads", threads, "--quiet",
                                 *(word for name, value in setting for word in ("--" + name, value))], int(threads)))
                print(f"{turn},ours,{threads},{runs[-1][0]:.3f},{runs[-1][1]:.1f}", flush=True)
        their_words, our_words = joined_words(their_text), joined_words(our_text)

    print("\n| program | threads | seconds | peak MB | their time by ours |\n| --- | --- | --- | --- | --- |")
    print(f"| word2phrase | 1 | {middle([seconds for seconds, *_ in theirs], 2)} | {theirs[0][1]:.0f} | |")
    for threads, runs in ours.items():
        ratios = [their[0] / our[0] for their, our in zip(theirs, runs)]
        print(f"| ours | {threads} | {middle([seconds for seconds, *_ in runs], 2)} | {runs[0][1]:.0f} | {middle(ratios, 1)} |")
    print(f"\nphrases: {len(our_words)}; only theirs: {len(their_words - our_words)}, only ours: {len(our_words - their_words)}")


main()
