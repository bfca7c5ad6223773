#!/usr/bin/env python3
"""Whole runs, from text to vectors, of this trainer and its peers in turn: time, accuracy and memory side by side.

    peers.py [--epochs N] [--threads N] [--rounds N] [--sharing NAMES] [--questions FILE] PROGRAM CORPUS

Peers: fasttext and gensim where they are installed, and each program named in PEERS (a list, split by spaces) that takes
the original tool's flags. All learn with dim 100, window 5, negative 5, sample 1e-3, min-count 5 and the same first learning
rate. A machine is never quite quiet, so each peer's run is followed by one of ours and only the ratio of the two counts.
Prints a line for each pair of runs, then a table of the medians.
"""
import argparse
import json
import os
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
corpus, output, sg, epochs, threads, alpha = sys.argv[1:]
model = Word2Vec(corpus_file=corpus, sg=int(sg), epochs=int(epochs), workers=int(threads), alpha=float(alpha), min_alpha=1e-4 * float(alpha),
                 vector_size=100, window=5, negative=5, sample=1e-3, min_count=5, seed=1)
model.wv.save_word2vec_format(output)
"""


def run(command):
    """Seconds by the clock and peak memory in MB of a command, whose output is thrown away."""
    started = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = child.stderr.read().decode("utf-8", "replace")
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.monotonic() - started
    if status != 0:
        sys.exit(f"peers.py: error: {' '.join(command[:3])} ... ended with status {status}: {errors[-300:]}")
    return seconds, usage.ru_maxrss / 1024


def gensim_python():
    for python in (sys.executable, "/usr/bin/python3"):
        if subprocess.run([python, "-c", "import gensim"], stderr=subprocess.DEVNULL).returncode == 0:
            return python
    return None


def peers(options):
    """Name, and a function from model and output to the command."""
    epochs, threads = str(options.epochs), str(options.threads)

    def original(program):
        return lambda model, output: [
            program, "-train", options.corpus, "-output", output, "-cbow", str(int(model == "cbow")), "-size", "100", "-window", "5",
            "-negative", "5", "-hs", "0", "-sample", "1e-3", "-min-count", "5", "-alpha", str(ALPHA[model]), "-iter", epochs, "-threads", threads]

    found = [(os.path.basename(program), original(program)) for program in os.environ.get("PEERS", "").split()]
    if shutil.which("fasttext"):
        found.append(("fasttext", lambda model, output: [
            "fasttext", model, "-input", options.corpus, "-output", output.removesuffix(".vec"), "-minn", "0", "-maxn", "0", "-loss", "ns",
            "-t", "1e-3", "-lr", str(ALPHA[model]), "-dim", "100", "-ws", "5", "-neg", "5", "-epoch", epochs, "-thread", threads]))
    python = gensim_python()
    if python:
        found.append(("gensim", lambda model, output: [
            python, "-c", GENSIM, options.corpus, output, str(int(model == "skipgram")), epochs, threads, str(ALPHA[model])]))
    return found


def accuracy(options, vectors):
    """Percent of the questions asked that are answered rightly, or None without questions."""
    if not options.questions:
        return None
    report = vectors + ".json"
    run([options.program, "evaluate", vectors, "--analogies", options.questions, "--json", report])
    with open(report, encoding="utf-8") as file:
        total = json.load(file)["analogies"][0]["total"]
    return 100 * total["correct"] / max(total["asked"], 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sharing", default="window,block", help="negative sharing of our Skip-gram, split by commas")
    parser.add_argument("--questions", help="analogy questions, for the accuracy")
    parser.add_argument("program")
    parser.add_argument("corpus")
    options = parser.parse_args()

    rows = {}  # (model, name) -> lists of seconds, MB, percent, ratio
    with tempfile.TemporaryDirectory() as folder:
        vectors = os.path.join(folder, "vectors.vec")

        def measure(model, name, command):
            seconds, memory = run(command)
            row = rows.setdefault((model, name), {"seconds": [], "MB": [], "percent": [], "ratio": []})
            row["seconds"].append(seconds)
            row["MB"].append(memory)
            percent = accuracy(options, vectors)
            if percent is not None:
                row["percent"].append(percent)
            return seconds

        print("round,model,peer,peer_seconds,ours,our_seconds,ratio")
        for turn in range(1, options.rounds + 1):
            for model in ("skipgram", "cbow"):
                for name, command in peers(options):
                    theirs = measure(model, name, command(model, vectors))
                    for sharing in options.sharing.split(",") if model == "skipgram" else ["none"]:
                        ours = "word2vec" if model == "cbow" else f"word2vec {sharing}"
                        mine = measure(model, ours, [
                            options.program, "train", options.corpus, "-o", vectors, "--model", model, "--negative-sharing", sharing, "--alpha",
                            str(ALPHA[model]), "--epochs", str(options.epochs), "--threads", str(options.threads), "--seed", str(turn), "--quiet"])
                        rows[(model, name)]["ratio"].append((ours, theirs / mine))
                        print(f"{turn},{model},{name},{theirs:.2f},{ours},{mine:.2f},{theirs / mine:.1f}", flush=True)

    print("\n| model | trainer | seconds | peak MB | analogies % | our time goes into theirs |\n| --- | --- | --- | --- | --- | --- |")
    for (model, name), row in rows.items():
        ratios = {}
        for ours, ratio in row["ratio"]:
            ratios.setdefault(ours, []).append(ratio)
        times = ", ".join(f"{statistics.median(values):.1f} x ({ours})" for ours, values in ratios.items())
        percent = f"{statistics.mean(row['percent']):.2f}" if row["percent"] else ""
        print(f"| {model} | {name} | {statistics.median(row['seconds']):.1f} | {statistics.median(row['MB']):.0f} | {percent} | {times} |")


main()
