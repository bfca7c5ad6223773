#!/usr/bin/env python3
"""A long run under watch: memory, open files, threads and loss each minute, as a table; then SIGTERM, which must leave a checkpoint.

    soak.py word2vec CORPUS FOLDER [MINUTES] [options of train]
"""
import os
import re
import signal
import subprocess
import sys
import time

program, corpus, folder = sys.argv[1:4]
minutes = int(sys.argv[4]) if len(sys.argv) > 4 else 60
log = f"{folder}/soak.log"
checkpoint = f"{folder}/soak.ckpt"
command = [program, "train", corpus, "-o", f"{folder}/soak.txt", "--checkpoint", checkpoint, "--checkpoint-every", "60", *sys.argv[5:]]
run = subprocess.Popen(command, stderr=open(log, "w"), stdin=subprocess.DEVNULL)


def status(key):
    with open(f"/proc/{run.pid}/status") as lines:
        return next(line.split()[1] for line in lines if line.startswith(key + ":"))


print("minute", "rss_MB", "descriptors", "threads", "checkpoint_age_s", "percent", "kwords/s", "loss", sep="\t", flush=True)
for minute in range(1, minutes + 1):
    time.sleep(60)
    if run.poll() is not None:
        break
    run.send_signal(signal.SIGUSR1)
    time.sleep(1)
    shown = re.findall(r"training +([\d.]+) % +(\d+)k words/s .*? loss ([\d.]+)", open(log).read())
    age = time.time() - os.stat(checkpoint).st_mtime if os.path.exists(checkpoint) else float("nan")
    print(minute, int(status("VmRSS")) // 1000, len(os.listdir(f"/proc/{run.pid}/fd")), status("Threads"), f"{age:.0f}",
          *(shown[-1] if shown else ("", "", "")), sep="\t", flush=True)
run.send_signal(signal.SIGTERM)
print("exit status", run.wait(), file=sys.stderr)
print(open(log).read().splitlines()[-1], file=sys.stderr)
