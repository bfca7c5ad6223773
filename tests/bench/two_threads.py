#!/usr/bin/env python3
"""What a second thread gives: one run on N cores against N independent runs of one core each, side by side, in turn.

    two_threads.py [--threads N] [--rounds N] [--epochs N] PROGRAM CORPUS

The independent runs share caches and memory as threads do, but no row: they are the ceiling. A line for each round, then the
medians and the spread: words/s of one run alone, of the N runs together, of the N threads, and threads by runs in percent.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile

MODES = {"window": ["--negative-sharing", "window"], "block": ["--negative-sharing", "block"], "cbow": ["--model", "cbow"]}


def start(options, mode, folder, threads, cores, seed):
    """A run bound to some cores, and the report that it will write."""
    report = os.path.join(folder, f"report{min(cores)}.json")
    command = [options.program, "train", options.corpus, "-o", "/dev/null", *MODES[mode], "--threads", str(threads), "--epochs",
               str(options.epochs), "--seed", str(seed), "--report", report, "--quiet"]
    return subprocess.Popen(command, preexec_fn=lambda: os.sched_setaffinity(0, cores)), report


def words_per_second(runs):
    """Of all runs together, each by its own clock of training, which runs beside the others'."""
    total = 0
    for child, report in runs:
        if child.wait() != 0:
            sys.exit(f"two_threads.py: error: a run ended with status {child.returncode}")
        with open(report, encoding="utf-8") as file:
            total += json.load(file)["timing"]["words_per_second"]
    return total


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("program")
    parser.add_argument("corpus")
    options = parser.parse_args()
    cores = sorted(os.sched_getaffinity(0))[:options.threads]
    if len(cores) < options.threads:
        sys.exit(f"two_threads.py: error: {options.threads} threads want as many cores, and there are {len(cores)}")

    rows = {mode: [] for mode in MODES}
    print("round,mode,alone,processes,threads,percent")
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(1, options.rounds + 1):
            for mode in MODES:
                alone = words_per_second([start(options, mode, folder, 1, {cores[0]}, turn)])
                processes = words_per_second([start(options, mode, folder, 1, {core}, turn + core) for core in cores])
                threads = words_per_second([start(options, mode, folder, options.threads, set(cores), turn)])
                percent = 100 * threads / processes
                rows[mode].append((alone, processes, threads, percent))
                print(f"{turn},{mode},{alone:.0f},{processes:.0f},{threads:.0f},{percent:.1f}", flush=True)

    print(f"\n| mode | one run alone | {options.threads} processes | {options.threads} threads | threads by processes |")
    print("| --- | --- | --- | --- | --- |")
    for mode, measured in rows.items():
        alone, processes, threads, percent = (statistics.median(column) for column in zip(*measured))
        least, most = min(row[3] for row in measured), max(row[3] for row in measured)
        print(f"| {mode} | {alone * 1e-6:.2f}M | {processes * 1e-6:.2f}M | {threads * 1e-6:.2f}M "
              f"| {percent:.0f} % ({least:.0f} to {most:.0f}) |")


main()
