#!/usr/bin/env python3
"""The whole of `phrases` and its peers in turn: seconds, peak memory, and the phrases that only one of them joins.

    phrases.py [--rounds N] [--threads LIST] [--min-count N] [--threshold X] [--word2phrase PROGRAM] PROGRAM CORPUS

Peers: the original word2phrase where it is named (gcc -O3 -march=native word2phrase.c -lm), and gensim where it is installed. Each
has one thread; ours follows each of their runs once for each number of threads, on as many cores. gensim joins others: its score
is by how many different words and pairs there are, not by how many words. Prints a line for each run, then a table of medians with
their spread.
"""
import argparse
import os
import statistics
import tempfile

from peers import gensim_python, middle, run

GENSIM = """
import sys
from gensim.models.phrases import Phrases
from gensim.models.word2vec import LineSentence
corpus, output, min_count, threshold = sys.argv[1:]
sentences = LineSentence(corpus)
phrases = Phrases(sentences, min_count=int(min_count), threshold=float(threshold)).freeze()
with open(output, "w", encoding="utf-8") as file:
    for sentence in sentences:
        print(*phrases[sentence], file=file)
"""


def joined_words(path):
    with open(path, "rb") as file:
        return {word for line in file for word in line.split() if b"_" in word}


def peers(options, output):
    """Name and command of each."""
    setting = [options.min_count, options.threshold]
    if options.word2phrase:
        yield "word2phrase", [options.word2phrase, "-train", options.corpus, "-output", output, "-debug", "0", "-min-count", setting[0],
                              "-threshold", setting[1]]
    python = gensim_python()
    if python:
        yield "gensim", [python, "-c", GENSIM, options.corpus, output, *setting]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", default="1,2", help="of ours, split by commas")
    parser.add_argument("--min-count", default="5")
    parser.add_argument("--threshold", default="100")
    parser.add_argument("--word2phrase")
    for name in ("program", "corpus"):
        parser.add_argument(name)
    options = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        our_text, their_text = os.path.join(folder, "ours"), os.path.join(folder, "theirs")
        runs, said = {}, []  # by peer, program and threads: seconds, peak MB
        ours = [options.program, "phrases", options.corpus, "-o", our_text, "--min-count", options.min_count, "--threshold", options.threshold,
                "--quiet"]
        print("after,round,program,threads,seconds,peak_mb")

        def note(peer, turn, program, threads, command):
            seconds, megabytes, _ = run(command, int(threads))
            runs.setdefault((peer, program, threads), []).append((seconds, megabytes))
            print(f"{peer},{turn},{program},{threads},{seconds:.3f},{megabytes:.1f}", flush=True)

        for peer, command in peers(options, their_text):
            for turn in range(1, options.rounds + 1):
                note(peer, turn, peer, "1", command)
                for threads in options.threads.split(","):
                    note(peer, turn, "ours", threads, [*ours, "--threads", threads])
            their_words, our_words = joined_words(their_text), joined_words(our_text)
            said.append(f"phrases: {len(our_words)}; only {peer}'s: {len(their_words - our_words)}, only ours: {len(our_words - their_words)}")

    print("\n| after | program | threads | seconds | peak MB | their time by ours |\n| --- | --- | --- | --- | --- | --- |")
    for (peer, program, threads), its in runs.items():
        ratios = "" if program == peer else middle([their[0] / our[0] for their, our in zip(runs[peer, peer, "1"], its)], 1)
        print(f"| {peer} | {program} | {threads} | {middle([seconds for seconds, _ in its], 2)} | {its[0][1]:.0f} | {ratios} |")
    print("", *said, sep="\n")


main()
