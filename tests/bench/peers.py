#!/usr/bin/env python3
"""Whole runs, from text to vectors, of this trainer and its peers in turn: time, accuracy and memory side by side.

    peers.py [--epochs N] [--threads N] [--rounds N] [--models NAMES] [--sharing NAMES] [--rates NAMES] [--dim N] [--window N]
             [--negative N] [--only NAMES] [--questions FILE] [--tsv FILE] PROGRAM CORPUS

Peers: fasttext and gensim where they are installed, and each program named in PEERS (a list, split by spaces) that takes
the original tool's flags. All learn with sample 1e-3, min-count 5 and the same first learning rate, each on as many cores as it
has threads. A machine is never quite quiet, so each peer's run is followed by ours, and only the ratio of the two counts: of whole
runs, and of the words a second of training alone, which the original tool and its kin, fasttext, koan and we print themselves.
Prints a line for each run, then a table of medians with their spread. With --tsv the lines go to that file, behind those that
are there already, and the table is of them all: a measurement may be spread over several calls.
"""
import argparse
import csv
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ALPHA = {"skipgram": 0.025, "cbow": 0.05}
GENSIM = """
import sys
from gensim.models import Word2Vec
corpus, output, sg, epochs, threads, alpha, dim, window, negative = sys.argv[1:]
model = Word2Vec(corpus_file=corpus, sg=int(sg), epochs=int(epochs), workers=int(threads), alpha=float(alpha), min_alpha=1e-4 * float(alpha),
                 vector_size=int(dim), window=int(window), negative=int(negative), sample=1e-3, min_count=5, seed=1)
model.wv.save_word2vec_format(output)
"""
COLUMNS = ["model", "trainer", "rate", "epochs", "threads", "dim", "window", "negative", "after", "seconds", "peak_mb", "analogies",
           "words_per_second"]
# What a peer prints of its speed, and what makes of it words/s of all threads, in words of the vocabulary before subsampling:
# the original tool and fasttext by thread, pWord2Vec of all. koan's is of the tokens that subsampling kept, reading included.
RATES = [(re.compile(r"Words/thread/sec: *([0-9.]+)k"), lambda said, threads: 1000 * threads),
         (re.compile(r"words/sec/thread: *([0-9]+)"), lambda said, threads: threads),
         (re.compile(r"Words/sec: *([0-9.]+)k"), lambda said, threads: 1000),
         (re.compile(r"Overall speed was ([0-9.e+]+) toks/s"), lambda said, threads: 100 / float(KEPT.findall(said)[-1]))]
KEPT = re.compile(r"([0-9.]+)% of tokens were retained")


def run(command, threads=1):
    """Seconds by the clock, peak memory in MB and what a command said, on as many cores as threads."""
    cores = sorted(os.sched_getaffinity(0))[:threads]
    started = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, preexec_fn=lambda: os.sched_setaffinity(0, cores))
    said = child.stdout.read().decode("utf-8", "replace")
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.monotonic() - started
    if status != 0:
        sys.exit(f"peers.py: error: {' '.join(command[:3])} ... ended with status {status}: {said[-300:]}")
    return seconds, usage.ru_maxrss / 1024, said


def words_per_second(said, report, threads):
    """Of training alone, of all threads: what our report has, or the last that a peer said; empty where it said nothing."""
    if os.path.exists(report):
        with open(report, encoding="utf-8") as file:
            return f"{json.load(file)['timing']['words_per_second']:.0f}"
    for pattern, times in RATES:
        rates = pattern.findall(said)
        if rates:
            return f"{float(rates[-1]) * times(said, threads):.0f}"
    return ""


def gensim_python():
    for python in (sys.executable, "/usr/bin/python3"):
        if subprocess.run([python, "-c", "import gensim"], stderr=subprocess.DEVNULL).returncode == 0:
            return python
    return None


def peers(options):
    """Name, and a function from model and output to the command."""
    epochs, threads, dim, window, negative = (
        str(value) for value in (options.epochs, options.threads, options.dim, options.window, options.negative))

    def original(program):
        return lambda model, output: [
            program, "-train", options.corpus, "-output", output, "-cbow", str(int(model == "cbow")), "-size", dim, "-window", window,
            "-negative", negative, "-hs", "0", "-sample", "1e-3", "-min-count", "5", "-alpha", str(ALPHA[model]), "-iter", epochs,
            "-threads", threads]

    found = [(os.path.basename(program), original(program)) for program in os.environ.get("PEERS", "").split()]
    if shutil.which("fasttext"):
        found.append(("fasttext", lambda model, output: [
            "fasttext", model, "-input", options.corpus, "-output", output.removesuffix(".vec"), "-minn", "0", "-maxn", "0", "-loss", "ns",
            "-t", "1e-3", "-lr", str(ALPHA[model]), "-dim", dim, "-ws", window, "-neg", negative, "-epoch", epochs, "-thread", threads]))
    python = gensim_python()
    if python:
        found.append(("gensim", lambda model, output: [
            python, "-c", GENSIM, options.corpus, output, str(int(model == "skipgram")), epochs, threads, str(ALPHA[model]), dim, window,
            negative]))
    return [peer for peer in found if not options.only or peer[0] in options.only.split(",")]


def ours(options, model):
    """Name, rate, and the same function, for each of our own modes."""
    for sharing in options.sharing.split(",") if model == "skipgram" else ["none"]:
        for rate in options.rates.split(","):
            alpha = "auto" if rate == "auto" else str(ALPHA[model])
            name = f"ours, {sharing}" if model == "skipgram" else "ours"
            yield name, alpha, lambda output, seed, sharing=sharing, alpha=alpha: [
                options.program, "train", options.corpus, "-o", output, "--model", model, "--negative-sharing",
                "window" if model == "cbow" else sharing, "--alpha", alpha, "--epochs", str(options.epochs), "--threads",
                str(options.threads), "--dim", str(options.dim), "--window", str(options.window), "--negative", str(options.negative),
                "--seed", str(seed), "--quiet", "--report", output + ".report"]


def accuracy(options, vectors):
    """Percent of the questions asked that are answered rightly; empty without questions."""
    if not options.questions:
        return ""
    report = vectors + ".json"
    run([options.program, "evaluate", vectors, "--analogies", options.questions, "--json", report], os.cpu_count())
    with open(report, encoding="utf-8") as file:
        total = json.load(file)["analogies"][0]["total"]
    return f"{100 * total['correct'] / max(total['asked'], 1):.3f}"


def middle(values, digits):
    """The median, and from where to where all of them go."""
    text = f"{statistics.median(values):.{digits}f}"
    return text if len(values) == 1 else f"{text} ({min(values):.{digits}f} to {max(values):.{digits}f})"


def print_table(rows):
    groups, ratios, rates, last = {}, {}, {}, {}
    for row in rows:
        setting = tuple(row[column] for column in COLUMNS[:COLUMNS.index("after")])
        groups.setdefault(setting, []).append(row)
        if not row["after"]:
            last[row["trainer"]] = (setting, row)
        elif row["after"] in last:
            peer, theirs = last[row["after"]]
            name = row["trainer"] + (" auto" if row["rate"] == "auto" else "")
            ratios.setdefault(peer, {}).setdefault(name, []).append(float(theirs["seconds"]) / float(row["seconds"]))
            if theirs["words_per_second"] and row["words_per_second"]:
                rates.setdefault(peer, {}).setdefault(name, []).append(
                    float(row["words_per_second"]) / float(theirs["words_per_second"]))
    print("\n| model | trainer | rate | epochs | dim | seconds | peak MB | analogies % | words/s | our time goes into theirs "
          "| their words/s go into ours |")
    print("| --- " * 11 + "|")
    for setting, group in groups.items():
        model, trainer, rate, epochs, _, dim = setting[:6]
        times, speeds = (
            "; ".join(f"{middle(values, 1)} x {name.removeprefix('ours, ')}" for name, values in which.get(setting, {}).items())
            for which in (ratios, rates))
        seconds, memory = ([float(row[column]) for row in group] for column in ("seconds", "peak_mb"))
        percent = [float(row["analogies"]) for row in group if row["analogies"]]
        words = [float(row["words_per_second"]) for row in group if row["words_per_second"]]
        print(f"| {model} | {trainer} | {rate} | {epochs} | {dim} | {middle(seconds, 2)} | {statistics.median(memory):.0f} "
              f"| {middle(percent, 2) if percent else ''} | {f'{statistics.median(words):.0f}' if words else ''} | {times} | {speeds} |")


def open_lines(path, columns):
    """The lines that the file has, and what writes more behind them; without a path, to standard output."""
    rows = []
    if path and os.path.exists(path):
        with open(path, encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t"))
    output = open(path, "a", encoding="utf-8", newline="") if path else sys.stdout
    lines = csv.DictWriter(output, columns, delimiter="\t", lineterminator="\n")
    if not rows:
        lines.writeheader()
    return rows, lines, output


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, value in (("epochs", 1), ("threads", 1), ("rounds", 3), ("dim", 100), ("window", 5), ("negative", 5)):
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--models", default="skipgram,cbow")
    parser.add_argument("--sharing", default="window,block", help="negative sharing of our Skip-gram, split by commas")
    parser.add_argument("--rates", default="original", help="our rates, split by commas: original (.025, CBOW .05) or auto")
    parser.add_argument("--only", help="peers to run, split by commas; none: only ours")
    parser.add_argument("--questions", help="analogy questions, for the accuracy")
    parser.add_argument("--tsv", help="the lines go behind those of this file")
    parser.add_argument("program")
    parser.add_argument("corpus")
    options = parser.parse_args()

    rows, lines, output = open_lines(options.tsv, COLUMNS)
    with tempfile.TemporaryDirectory() as folder:
        vectors = os.path.join(folder, "vectors.vec")

        def measure(model, trainer, rate, after, command):
            seconds, memory, said = run(command, options.threads)
            rows.append(dict(zip(COLUMNS, [model, trainer, rate, str(options.epochs), str(options.threads), str(options.dim),
                                           str(options.window), str(options.negative), after, f"{seconds:.3f}", f"{memory:.1f}",
                                           accuracy(options, vectors),
                                           words_per_second(said, vectors + ".report", options.threads)])))
            if os.path.exists(vectors + ".report"):  # the next may be a peer's
                os.remove(vectors + ".report")
            lines.writerow(rows[-1])
            output.flush()

        for turn in range(1, options.rounds + 1):
            for model in options.models.split(","):
                for peer, command in peers(options) or [("none", None)]:
                    if command:
                        measure(model, peer, str(ALPHA[model]), "", command(model, vectors))
                    for name, rate, our_command in ours(options, model):
                        measure(model, name, rate, peer, our_command(vectors, turn))
    print_table(rows)


if __name__ == "__main__":
    main()
