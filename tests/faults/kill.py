#!/usr/bin/env python3
"""Kills the program at random moments of reading, training, checkpointing and exporting, and looks at what is left.

    kill.py word2vec libfaults.so [--moments N] [--seed S] [COMMAND...]

Every other moment is a random time; the others are just before a random call to the system, some of them with files that have names
from the start. Each output must be the old one or the whole new one. Then a run that was saved goes on from there, to the same bytes;
and the command is run again, which must leave its outputs and nothing else.
"""
import argparse
import collections
import os
import random
import signal
import subprocess
import sys
import time

from scene import COMMANDS, Scene


def kill_in(scene, words, seconds):
    process = scene.start(words)
    try:
        process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.communicate()
    return process.returncode


def go_on(scene, expected):
    """What --resume makes of the checkpoint that a killed run left; None: the same vectors."""
    status, err = scene.run("train --resume run.ckpt -o v.txt")
    if status == 2 and "is through" in err:  # only the vectors were not written
        status, err = scene.run("export run.ckpt -o v.txt --to text")
    if status != 0:
        return f"status {status}: {err.strip()}"
    return None if scene.hash("v.txt") == expected["v.txt"] else "other vectors"


class Kills:
    def __init__(self, options):
        self.scene = Scene(options.program, 12000)
        self.preload = {"LD_PRELOAD": os.path.abspath(options.library)}
        self.chance = random.Random(options.seed)
        self.tally = collections.Counter()
        self.known = {}

    def learn(self, command):
        """Of an undisturbed run: outputs' hashes, seconds, calls to the system."""
        if command not in self.known:
            words, outputs = COMMANDS[command]
            expected = self.scene.expected(words, outputs)
            start = time.monotonic()
            self.scene.check_run(words)
            seconds = time.monotonic() - start
            calls = {}
            for named in (False, True):
                counts = self.scene.path("counts")
                self.scene.run(words, self.environment(named, {"FAULT_COUNTS": counts}))
                with open(counts) as lines:
                    calls[named] = int(dict(line.split() for line in lines)["any"])
            self.known[command] = expected, seconds, calls
        return self.known[command]

    def environment(self, named, more):
        return {**self.preload, **({"FAULT_NAMED": "1"} if named else {}), **more}

    def moment(self, number, command):
        scene, (words, outputs) = self.scene, COMMANDS[command]
        expected, seconds, calls = self.learn(command)
        scene.put_old(outputs)
        if number % 2 == 0:
            status = kill_in(scene, words, self.chance.uniform(0, 1.05 * seconds))
        else:
            named = self.chance.random() < 0.5
            at = self.chance.randint(1, calls[named])
            status, _ = scene.run(words, self.environment(named, {"FAULT_CALL": "any", "FAULT_AT": str(at), "FAULT_WITH": "KILL"}))
        problems = []
        states = {name: scene.state(name, expected) for name in outputs}
        if not set(states.values()) <= {"old", "new"}:
            problems.append(f"{states}")
        if scene.changed_inputs():
            problems.append(f"inputs changed: {scene.changed_inputs()}")
        left = scene.strangers(outputs)
        resumed = "run.ckpt" in outputs and "v.txt" in outputs and command != "train" and states["run.ckpt"] == "new"
        if resumed:
            problem = go_on(scene, expected)
            if problem:
                problems.append(f"resumed: {problem}")
        scene.check_run(words)
        if scene.strangers(outputs):
            problems.append(f"left behind: {scene.strangers(outputs)}")
        again = {name: scene.state(name, expected) for name in outputs}
        if set(again.values()) != {"new"}:
            problems.append(f"run again: {again}")
        kinds = set(states.values())
        how = "ended before" if status == 0 else "old kept" if kinds == {"old"} else "new whole" if kinds == {"new"} else "some new"
        self.tally[command, how] += 1
        self.tally["all", how] += 1
        self.tally["all", "went on to the same bytes"] += resumed and not problems
        self.tally["all", "unfinished file removed by the next run"] += len(left)
        if problems:
            self.tally["all", "wrong"] += 1
            print(f"moment {number}, {command}, status {status}: {'; '.join(problems)}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("library")
    parser.add_argument("commands", nargs="*")
    parser.add_argument("--moments", type=int, default=24)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    kills = Kills(options)
    commands = options.commands or list(COMMANDS)
    for number in range(options.moments):
        kills.moment(number, commands[(number // 2) % len(commands)])
    kills.scene.close()
    for command in [*commands, "all"]:
        print(f"{command:14}", ", ".join(f"{n} {how}" for (name, how), n in kills.tally.items() if name == command and n))
    return 1 if kills.tally["all", "wrong"] else 0


sys.exit(main())
