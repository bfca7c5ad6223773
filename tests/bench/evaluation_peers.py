#!/usr/bin/env python3
"""Loading, writing, nearest neighbours and Google's analogies, by this program and its peers in turn.

    evaluation_peers.py [--vectors FILE] [--questions FILE] [--words N] [--dim N] [--restrict N] [--share N] [--rounds N]
                        [--only NAMES] [--tsv FILE] PROGRAM

Peers: gensim where it is installed, and each program named in PEERS (a list, split by spaces) that is called as the original
compute-accuracy is. The vectors are a file of any format; without one they are random, and so are the questions. Peers get every
Nth question (--share), and their time for all is computed from that; that they answer as many correctly as we do is checked. Our
times are of whole processes, from the start to the end, and so are compute-accuracy's; gensim's are of the calls alone, without
Python's start and, for queries and writing, without loading: what we do beside the work counts against us. `alone` stands for what
ours take beyond loading. Prints a line for each measurement, then a table of medians. With --tsv the lines go to that file, behind
those that are there already, and the table is of them all.
"""
import argparse
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time

from peers import gensim_python, open_lines

COLUMNS = ["task", "who", "after", "seconds", "correct", "asked"]
QUERIES = 500
GENSIM = """
import json, sys, time
from gensim.models import KeyedVectors
text, saved, queries, questions, restrict = sys.argv[1:]
seconds = {}
def timed(task, call):
    started = time.monotonic()
    result = call()
    seconds[task] = time.monotonic() - started
    return result
vectors = timed("load text", lambda: KeyedVectors.load_word2vec_format(text, binary=False))
timed("write text", lambda: vectors.save_word2vec_format(saved, binary=False))
words = open(queries, encoding="utf-8").read().split()
vectors.fill_norms()
timed("500 queries", lambda: [vectors.most_similar(word, topn=10) for word in words])
total = timed("analogies", lambda: vectors.evaluate_word_analogies(questions, restrict_vocab=int(restrict) or len(vectors)))[1][-1]
correct, asked = len(total["correct"]), len(total["correct"]) + len(total["incorrect"])
print(json.dumps({"seconds": seconds, "correct": correct, "asked": asked}))
"""


def fail(what):
    sys.exit(f"evaluation_peers.py: error: {what}")


def run(command, stdin=None):
    """Seconds by the clock and what was printed."""
    started = time.monotonic()
    done = subprocess.run(command, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode != 0:
        fail(f"{' '.join(command[:3])} ... ended with status {done.returncode}: {done.stderr.decode('utf-8', 'replace')[-300:]}")
    return time.monotonic() - started, done.stdout.decode("utf-8", "replace")


def random_files(options, folder):
    """Random vectors in pairs whose difference is much the same, and questions about those, of which some are answered rightly."""
    draw = random.Random(1)
    gauss = lambda: [draw.gauss(0, 1) for _ in range(options.dim)]
    difference, pairs = gauss(), options.words // 2
    vectors, questions = (os.path.join(folder, name) for name in ("random.txt", "random-questions.txt"))
    with open(vectors, "w", encoding="utf-8") as file:
        file.write(f"{2 * pairs} {options.dim}\n")
        for pair in range(pairs):
            row = gauss()
            other = [a + b + c * 2 for a, b, c in zip(row, difference, gauss())]
            for name, values in ((f"a{pair}", row), (f"b{pair}", other)):
                file.write(f"{name} " + " ".join(f"{value:.6f}" for value in values) + "\n")
    with open(questions, "w", encoding="utf-8") as file:
        file.write(": random\n")
        for _ in range(1000):
            first, second = draw.sample(range(pairs), 2)
            file.write(f"a{first} b{first} a{second} b{second}\n")
    return vectors, questions


class Bench:
    def __init__(self, options, folder, writer, rows):
        self.options, self.writer, self.rows = options, writer, rows
        self.at = lambda name: os.path.join(folder, name)
        vectors, questions = options.vectors, options.questions
        if not vectors or not questions:
            if vectors or questions:
                fail("--vectors and --questions go together; give both or none")
            vectors, questions = random_files(options, folder)
        self.questions, self.binary, self.text = questions, self.at("vectors.bin"), self.at("vectors.txt")
        run([options.program, "export", vectors, "-o", self.binary, "--to", "binary"])
        run([options.program, "export", vectors, "-o", self.text, "--to", "text"])
        self.write_some_questions()
        with open(self.text, encoding="utf-8") as file:
            next(file)
            words = [line.split(" ", 1)[0] for _, line in zip(range(20000), file)]
        with open(self.at("queries"), "w", encoding="utf-8") as file:
            file.write("\n".join(random.Random(2).sample(words, min(QUERIES, len(words)))) + "\n")

    def write_some_questions(self):
        """Every Nth question in one file, all sections' names alone in another: what is left is the time to load."""
        number = 0
        with open(self.questions, encoding="utf-8") as all_of_them, open(self.at("some"), "w", encoding="utf-8") as some, \
                open(self.at("none"), "w", encoding="utf-8") as none:
            for line in all_of_them:
                if line.startswith(":"):
                    some.write(line)
                    none.write(line)
                elif line.strip():
                    if number % self.options.share == 0:
                        some.write(line)
                    number += 1

    def note(self, task, who, after, seconds, correct="", asked=""):
        row = dict(zip(COLUMNS, [task, who, after, f"{seconds:.4f}", str(correct), str(asked)]))
        self.rows.append(row)
        self.writer.writerow(row)

    def ours(self, tasks, peer):
        program, restrict = self.options.program, str(self.options.restrict)
        commands = {
            "load text": ["info", self.text],
            "write text": ["export", self.binary, "-o", self.at("out"), "--to", "text"],
            "500 queries": ["nearest", self.binary, "--queries", self.at("queries"), "-k", "10", "--tsv"],
            "analogies": ["evaluate", self.text, "--analogies", self.questions, "--restrict", restrict, "--json", "-"],
            "analogies, binary": ["evaluate", self.binary, "--analogies", self.questions, "--restrict", restrict, "--json", "-"],
        }
        for task in tasks:
            seconds, output = run([program, *commands[task]])
            total = json.loads(output)["analogies"][0]["total"] if task.startswith("analogies") else {}
            self.note(task, "ours", peer, seconds, total.get("correct", ""), total.get("asked", ""))
            if task in ("write text", "500 queries"):
                self.note(task + " alone", "ours", peer, self.alone(commands[task], task))

    def alone(self, command, task):
        """What 500 queries take beyond one, and writing beyond a look at the vectors, since all of these load them; of five runs
        each the shortest."""
        with open(self.at("queries"), encoding="utf-8") as file:
            loads = ["info", self.binary] if task == "write text" else ["nearest", self.binary, file.readline().strip()]
        shortest = lambda words: min(run([self.options.program, *words])[0] for _ in range(5))
        return max(shortest(command) - shortest(loads), 1e-4)

    def expect_same(self, who, correct, asked):
        """Of every Nth question, words that differ in case taken for one, as the peers do."""
        output = run([self.options.program, "evaluate", self.binary, "--analogies", self.at("some"), "--restrict",
                      str(self.options.restrict), "--case", "folded", "--json", "-"])[1]
        total = json.loads(output)["analogies"][0]["total"]
        if (total["correct"], total["asked"]) != (correct, asked):
            fail(f"{who} has {correct} of {asked} right, and we have {total['correct']} of {total['asked']}")

    def gensim(self, python):
        found = json.loads(run([python, "-c", GENSIM, self.text, self.at("saved"), self.at("queries"), self.at("some"),
                                str(self.options.restrict)])[1])
        self.expect_same("gensim", found["correct"], found["asked"])
        seconds = found["seconds"]
        for task in ("write text", "500 queries"):
            seconds[task + " alone"] = seconds[task]
        seconds["analogies"] = seconds["load text"] + seconds["analogies"] * self.options.share
        for task, value in seconds.items():
            counts = (found["correct"], found["asked"]) if task == "analogies" else ()
            self.note(task, "gensim", "", value, *counts)
        self.ours(["load text", "write text", "500 queries", "analogies"], "gensim")

    def compute_accuracy(self, program):
        name = os.path.basename(program)
        times, output = [], ""
        for questions in ("none", "some"):
            with open(self.at(questions), encoding="utf-8") as file:
                seconds, output = run([program, self.binary, str(self.options.restrict)], file)
            times.append(seconds)
        # The right ones stand in a line for each section, those asked at the end.
        correct = sum(map(int, re.findall(r"ACCURACY TOP1:.*\((\d+) / \d+\)", output)))
        asked = int(re.search(r"Questions seen / total: (\d+)", output)[1])
        self.expect_same(name, correct, asked)
        self.note("analogies, binary", name, "", times[0] + (times[1] - times[0]) * self.options.share, correct, asked)
        self.ours(["analogies, binary"], name)


def middle(values):
    text = f"{statistics.median(values):.3g}"
    return text if len(values) == 1 else f"{text} ({min(values):.3g} to {max(values):.3g})"


def print_table(rows):
    theirs, ratios, mine, last = {}, {}, {}, {}
    for row in rows:
        seconds = float(row["seconds"])
        if not row["after"]:
            theirs.setdefault((row["task"], row["who"]), []).append(seconds)
            last[row["task"], row["who"]] = seconds
        elif (row["task"], row["after"]) in last:
            key = row["task"], row["after"]
            mine.setdefault(key, []).append(seconds)
            ratios.setdefault(key, []).append(last[key] / max(seconds, 1e-4))
    print("\n| task | peer | its seconds | our seconds | our time goes into theirs |\n| --- | --- | --- | --- | --- |")
    for key, seconds in theirs.items():
        print(f"| {key[0]} | {key[1]} | {middle(seconds)} | {middle(mine[key])} | {middle(ratios[key])} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--vectors")
    parser.add_argument("--questions", help="analogies in the form of questions-words.txt")
    parser.add_argument("--words", type=int, default=132629, help="of random vectors")
    parser.add_argument("--dim", type=int, default=100, help="of random vectors")
    parser.add_argument("--restrict", type=int, default=0, help="the first words alone; 0: all")
    parser.add_argument("--share", type=int, default=10, help="peers get every Nth question")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", help="peers to run, split by commas")
    parser.add_argument("--tsv", help="the lines go behind those of this file")
    parser.add_argument("program")
    options = parser.parse_args()
    wanted = lambda name: not options.only or name in options.only.split(",")

    rows, writer, output = open_lines(options.tsv, COLUMNS)
    python = gensim_python() if wanted("gensim") else None
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(options, folder, writer, rows)
        for _ in range(options.rounds):
            if python:
                bench.gensim(python)
            for program in filter(lambda path: wanted(os.path.basename(path)), os.environ.get("PEERS", "").split()):
                bench.compute_accuracy(program)
            if not python and not os.environ.get("PEERS"):
                bench.ours(["load text", "write text", "500 queries", "analogies", "analogies, binary"], "none")
    output.flush()
    print_table(rows)


main()
