#!/usr/bin/env python3
"""Makes each call to the system fail in turn, in every command that writes, and looks at what is left.

    faults.py word2vec libfaults.so [--all] [COMMAND...]

Every fault must end in success with the whole output, or in status 1 with one line that says what to do; nothing that was there is
lost, nothing stays but outputs. Without --all each call fails in one way, in turn; with it in every way, once and for good.
"""
import collections
import os
import sys

from scene import COMMANDS, Scene

WAYS = {
    "open": ["ENOSPC", "EIO", "EROFS", "EMFILE", "EDQUOT", "ENOMEM", "EINTR"],
    "read": ["EIO", "EINTR", "SHORT"],
    "write": ["ENOSPC", "SHORT", "EDQUOT", "EINTR", "EIO"],
    "sync": ["EIO", "EINTR", "ENOSPC", "EDQUOT"],
    "rename": ["EIO", "EROFS", "ENOSPC", "EDQUOT"],
    "link": ["ENOSPC", "EIO", "EROFS", "EDQUOT"],
    "mmap": ["ENOMEM"],
    "truncate": ["EIO", "EINTR", "EFBIG"],
    "allocate": ["ENOMEM"],
}
HARMLESS = {"EINTR", "SHORT"}


def counted(scene, words, preload):
    counts = scene.path("counts")
    scene.run(words, {**preload, "FAULT_COUNTS": counts})
    with open(counts) as lines:
        found = dict(line.split() for line in lines)
    os.unlink(counts)
    return {call: int(number) for call, number in found.items()}


def judge(scene, outputs, expected, status, err, way):
    """What is wrong, or None."""
    states = {name: scene.state(name, expected) for name in outputs}
    if scene.changed_inputs():
        return f"inputs changed: {scene.changed_inputs()}"
    if scene.strangers(outputs):
        return f"left behind: {scene.strangers(outputs)}"
    if not set(states.values()) <= {"old", "new"}:
        return f"{states}"
    if status == 0:
        return None if set(states.values()) == {"new"} else f"success, but {states}"
    if way in HARMLESS:
        return "a failure that is none"
    if status != 1:
        return f"status {status}"
    lines = [line for line in err.splitlines() if not line.startswith("word2vec: warning: ")]  # of checkpoints before the last
    if len(lines) != 1 or not lines[0].startswith("word2vec: error: "):
        return "not one line"
    return None


def main():
    program, library = sys.argv[1:3]
    every = "--all" in sys.argv
    chosen = [word for word in sys.argv[3:] if word != "--all"] or list(COMMANDS)
    scene = Scene(program, 1500)
    tally, messages, wrong = collections.Counter(), collections.Counter(), 0
    for command in chosen:
        words, outputs = COMMANDS[command]
        expected = scene.expected(words, outputs)
        for named in [False, True] if every else [command == "vocab"]:
            preload = {"LD_PRELOAD": os.path.abspath(library), **({"FAULT_NAMED": "1"} if named else {})}
            scene.put_old(outputs)
            for call, number in counted(scene, words, preload).items():
                for at in range(1, number + 1 if call in WAYS else 1):
                    ways = WAYS[call]
                    for way in ways if every else [ways[at % len(ways)]]:
                        for always in [False, True] if every and way not in HARMLESS else [False]:
                            scene.put_old(outputs)
                            fault = {"FAULT_CALL": call, "FAULT_AT": str(at), "FAULT_WITH": way, **({"FAULT_ALWAYS": "1"} if always else {})}
                            status, err = scene.run(words, {**preload, **fault})
                            problem = judge(scene, outputs, expected, status, err, way)
                            tally[command, call, "done" if status == 0 else "refused"] += 1
                            if status == 1:
                                messages[err.strip()] += 1
                            if problem:
                                wrong += 1
                                print(f"{command}: {call} {at} of {number} {way}{' for good' if always else ''}"
                                      f"{' named' if named else ''}: {problem}\n  status {status}: {err.strip()}", flush=True)
        calls = {call: (tally[command, call, "done"], tally[command, call, "refused"]) for call in WAYS}
        print(command, *(f"{call} {done}+{refused}" for call, (done, refused) in calls.items() if done + refused), flush=True)
    scene.close()
    for message, times in messages.most_common() if every else []:
        print(f"{times:5} {message}")
    print(f"{sum(tally.values())} faults: {sum(n for (_, _, how), n in tally.items() if how == 'done')} survived, "
          f"{sum(n for (_, _, how), n in tally.items() if how == 'refused')} refused in one line, {wrong} wrong")
    return 1 if wrong else 0


sys.exit(main())
