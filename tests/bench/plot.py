#!/usr/bin/env python3
"""Accuracy against seconds, drawn from the lines of peers.py (--tsv): plot.py LINES.tsv PICTURE.svg

A panel a model; a mark a trainer, a line through its numbers of epochs, medians of all its runs. Wants matplotlib (Debian's
python3-matplotlib). Colours that can be read on white and on black, and no ground of its own.
"""
import csv
import statistics
import sys

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt

GREY = "#808890"
AUTO = ", auto rate"
COLOURS = ["#1c7ed6", "#2f9e44", "#e8590c", "#ae3ec9", "#0c8599", "#e03131", "#7c8500", "#f08c00", "#b06c4f", "#d6336c"]
MARKS = "osD^vPX*<>"


def points(file):
    """(model, label) -> epochs -> (median seconds, median percent)."""
    measured = {}
    with open(file, encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            if not row["analogies"]:
                continue
            label = row["trainer"] + (AUTO if row["rate"] == "auto" else "")
            measured.setdefault((row["model"], label), {}).setdefault(int(row["epochs"]), []).append(
                (float(row["seconds"]), float(row["analogies"])))
    return {key: {epochs: tuple(statistics.median(column) for column in zip(*runs)) for epochs, runs in sorted(by_epochs.items())}
            for key, by_epochs in measured.items()}


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: plot.py LINES.tsv PICTURE.svg")
    curves = points(sys.argv[1])
    plt.rcParams.update({"svg.hashsalt": "word2vec", "font.size": 9, "text.color": GREY, "axes.labelcolor": GREY, "axes.edgecolor": GREY,
                         "xtick.color": GREY, "ytick.color": GREY, "axes.titlecolor": GREY, "svg.fonttype": "none"})
    figure, panels = plt.subplots(1, 2, figsize=(9.5, 4.2), sharey=True)
    # One look a trainer in both panels, ours first; CBOW has one mode, and shares the look of Skip-gram's default.
    trainer_of = {label: label.removesuffix(AUTO) for _, label in curves}
    trainers = sorted(set(trainer_of.values()) - {"ours"}, key=lambda name: (name != "ours, window", not name.startswith("ours"), name))
    looks = dict(zip(trainers, zip(COLOURS, MARKS, strict=False)))
    if len(looks) < len(trainers):
        sys.exit(f"plot.py: error: {len(trainers)} trainers want as many colours, and there are {len(COLOURS)}")
    looks["ours"] = looks.get("ours, window", (COLOURS[0], MARKS[0]))
    for panel, model in zip(panels, ("skipgram", "cbow")):
        for label in sorted((label for name, label in curves if name == model), key=lambda label: (not label.startswith("ours"), label)):
            curve = curves[model, label]
            colour, mark = looks[trainer_of[label]]
            panel.plot(*zip(*curve.values()), color=colour, marker=mark, label=label, linewidth=1.2, markersize=5,
                       linestyle="--" if label.endswith(AUTO) else "-")
            for epochs, (seconds, percent) in curve.items():
                panel.annotate(epochs, (seconds, percent), textcoords="offset points", xytext=(5, -9), fontsize=7, color=colour)
        panel.set_xscale("log")
        panel.set_title(model)
        panel.set_xlabel("seconds, from text to vectors, one core")
        panel.grid(color=GREY, alpha=0.25, linewidth=0.5)
        panel.legend(frameon=False, fontsize=7, loc="upper right")
    panels[0].set_ylabel("analogies, %  (numbers: epochs)")
    figure.tight_layout()
    figure.savefig(sys.argv[2], transparent=True, metadata={"Date": None})


main()
