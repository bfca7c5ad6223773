#!/usr/bin/env python3
"""The pass over the text before training, of this program and of others in turn: seconds, and how often ours goes into them, the
one on one core and the one on two.

    vocabulary.py [--rounds N] PROGRAM CORPUS

Ours counts words and makes their ids: on one core, on two, and twice at once on a core each, which is what two cores can give; or
it counts alone, as the others do. Peers: fasttext where it is installed, until it has said how many words there are, and each
program named in PEERS (a list, split by spaces) that takes the original tool's flags. All keep words that come 5 times. A round is
one run of each, and only ratios within a round count. Each run finds free memory at hand: a virtual machine's host may take it back
meanwhile, and to get it again can cost more than the pass.
"""
import argparse
import mmap
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time


def have_memory_at_hand(megabytes):
    """Takes more memory than any of the passes does, in huge pages, touches it and gives it back."""
    with mmap.mmap(-1, megabytes << 20, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS) as memory:
        memory.madvise(mmap.MADV_HUGEPAGE)
        memory[:: mmap.PAGESIZE] = bytes(len(memory) // mmap.PAGESIZE)


def run(command, cores, megabytes, until=None, at_once=1):
    """Seconds of a command on so many cores, or until it prints `until` on standard error; or of several, on as many cores each."""
    have_memory_at_hand(at_once * megabytes)
    allowed = sorted(os.sched_getaffinity(0))[-cores * at_once :]
    started = time.monotonic()
    start = lambda its: subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, preexec_fn=lambda: os.sched_setaffinity(0, its)
    )
    child, *others = [start(allowed[first : first + cores]) for first in range(0, len(allowed), cores)]
    said = b""
    while until is None or until not in said:
        more = child.stderr.read1()
        if not more:
            break
        said += more
    failed = any(other.wait() != 0 for other in others)
    if until is None:
        child.wait()
    seconds = time.monotonic() - started
    child.stderr.read()
    if child.wait() != 0 or failed or (until is not None and until not in said):
        sys.exit(f"vocabulary.py: error: {' '.join(command[:3])} ... failed: {said[-300:].decode('utf-8', 'replace')}")
    return seconds


def contestants(options, folder):
    """Name, command, cores, what it says when the pass is over, and how many run at once."""
    original = lambda program, threads: [program, "-train", options.corpus, "-save-vocab", f"{folder}/v", "-min-count", "5", "-debug", "0",
                                         "-threads", str(threads)]
    everyone = {"ours": (original(options.program, 1), 1)}
    if len(os.sched_getaffinity(0)) > 1:
        everyone["ours, two cores"] = (original(options.program, 2), 2)
        everyone["ours, two at once"] = (original(options.program, 1), 1, None, 2)
    everyone["ours, counts alone"] = ([options.program, "vocab", options.corpus, "-o", f"{folder}/v", "--threads", "1", "--quiet"], 1)
    for program in os.environ.get("PEERS", "").split():
        everyone[os.path.basename(program)] = (original(program, 1), 1)
    if shutil.which("fasttext"):
        small = "-dim 1 -bucket 1 -minn 0 -maxn 0 -epoch 0 -thread 1 -minCount 5".split()
        everyone["fasttext"] = (["fasttext", "skipgram", "-input", options.corpus, "-output", f"{folder}/f", *small], 1, b"Number of words")
    return everyone


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("program")
    parser.add_argument("corpus")
    options = parser.parse_args()
    options.program = os.path.abspath(options.program)
    with tempfile.TemporaryDirectory() as folder:
        everyone = contestants(options, folder)
        seconds = {name: [] for name in everyone}
        megabytes = 256 + 2 * os.path.getsize(options.corpus) // 1000000
        for _ in range(options.rounds):
            for name, (command, cores, *rest) in everyone.items():
                seconds[name].append(run(command, cores, megabytes, *rest))
    gigabytes = os.path.getsize(options.corpus) * 1e-9
    ours = [name for name in everyone if name in ("ours", "ours, two cores")]
    print(f"{'pass':24} {'seconds':>8} {'GB/s':>7}" + "".join(f" {'by ' + name:>18}  (least to most)" for name in ours))
    for name, its in seconds.items():
        median = statistics.median(its)
        line = f"{name:24} {median:8.3f} {gigabytes / median:7.3f}"
        for mine in ours:
            ratios = sorted(a / b for a, b in zip(its, seconds[mine]))
            line += f" {statistics.median(ratios):18.2f}  ({ratios[0]:5.2f} to {ratios[-1]:5.2f})"
        print(line)


if __name__ == "__main__":
    main()
