#!/usr/bin/env python3
"""prompt.py PATH/TO/word2vec: the prompts of `nearest` and `analogy`, typed at through a pseudo-terminal."""
import os
import pty
import re
import select
import signal
import stat
import subprocess
import sys
import tempfile
import time

program = os.path.abspath(sys.argv[1])
VECTORS = """9 2
king 1 0.1
queen 0.2 1
man 1 -0.9
woman 0.3 0.2
apple -1 -1
caf\u00e9 -0.5 0.5
caf\u00e8s -0.5 0.4
\u5317\u4eac -0.9 -0.2
queens -0.2 1
"""
CTRL_C, CTRL_D, CTRL_R, CTRL_Z, TAB, UP = "\x03", "\x04", "\x12", "\x1a", "\t", "\x1b[A"


class Prompt:
    """A program on a terminal of its own. Its standard output is that terminal too, unless it goes to `output`."""

    def __init__(self, folder, *words, output=None, **environment):
        self.screen, self.seen = "", 0
        sanitizers = {name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")}
        everything = {"PATH": os.environ["PATH"], "HOME": folder, "TERM": "xterm", "LANG": "C", **sanitizers, **environment}
        self.child, self.terminal = pty.fork()
        if self.child == 0:
            os.chdir(folder)
            if output:
                os.dup2(os.open(output, os.O_WRONLY | os.O_CREAT, 0o644), 1)
            os.execve(program, [program, *words], everything)
        self.wait_for("> ")

    def wait_for(self, text):
        """Reads until `text` is there, behind what was found before, and returns what came before it. Control sequences, by which the
        editor moves, are no part of it."""
        deadline = time.monotonic() + 60
        while True:
            plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|\r", "", self.screen)
            found = plain.find(text, self.seen)
            if found >= 0:
                before, self.seen = plain[self.seen:found], found + len(text)
                return before
            left = deadline - time.monotonic()
            assert left > 0, f"{text!r} did not come; the screen has {plain[self.seen:]!r}"
            if select.select([self.terminal], [], [], left)[0]:
                try:
                    self.screen += os.read(self.terminal, 65536).decode("utf-8", "replace")
                except OSError:  # the program is gone
                    assert False, f"{text!r} did not come before the end; the screen has {plain[self.seen:]!r}"

    def type(self, text):
        os.write(self.terminal, text.encode())

    def ask(self, line):
        """What comes between a line, typed behind what is there already, and the next prompt."""
        self.type(line + "\n")
        return self.wait_for("\n> ")

    def status(self):
        """Of the end; whatever is still printed is read."""
        try:
            while select.select([self.terminal], [], [], 60)[0]:
                os.read(self.terminal, 65536)
            os.kill(self.child, signal.SIGKILL)  # it should have ended
        except OSError:
            pass
        return os.waitstatus_to_exitcode(os.waitpid(self.child, 0)[1])


def words_of(answer):
    return re.findall(r"^ +\d+  (\S+) +-?[0-9.]+$", answer, re.MULTILINE)


def answers_and_settings(folder):
    prompt = Prompt(folder, "nearest", "v.txt", "-k", "3")
    answer = prompt.ask("king - man + woman")
    want = subprocess.run([program, "nearest", "v.txt", "king - man + woman", "-k", "3"], cwd=folder, check=True,
                          stdout=subprocess.PIPE, text=True).stdout
    assert want.strip() in answer and words_of(answer)[0] == "queen", answer
    assert re.search(r"\(\d+\.\d ms\)", answer), f"no time: {answer}"
    assert "did you mean 'king'" in prompt.ask("kign")
    assert "ends with a sign" in prompt.ask("king -")
    assert ":k 1" in prompt.ask(":k 1")
    assert len(words_of(prompt.ask("king"))) == 1
    assert "1 or more" in prompt.ask(":k 0") and "no ':kk'" in prompt.ask(":kk 3") and "wants one of" in prompt.ask(":metric l1")
    prompt.ask(":metric euclidean")
    prompt.ask(":restrict 5")
    assert words_of(prompt.ask("\u5317\u4eac")) == ["apple"], "the nearest by distance among the first five"
    help_text = prompt.ask(":help")
    for part in (":k 1 ", ":metric euclidean ", ":restrict 5 ", ":quit", "Ctrl-R"):
        assert part in help_text, help_text
    assert ":method" not in help_text
    prompt.type(":quit\n")
    assert prompt.status() == 0


def analogies(folder):
    prompt = Prompt(folder, "analogy", "v.txt", "-k", "1")
    assert words_of(prompt.ask("man king woman")) == ["queen"]
    assert "three words" in prompt.ask("man king")
    assert ":method 3cosmul" in prompt.ask(":method 3cosmul")
    want = subprocess.run([program, "analogy", "v.txt", "man", "king", "woman", "-k", "1", "--method", "3cosmul"], cwd=folder,
                          check=True, stdout=subprocess.PIPE, text=True).stdout
    assert want.strip() in prompt.ask("man king woman")
    assert "3cosadd" in prompt.ask(":metric dot"), "the product is of cosines"
    prompt.type(CTRL_D)
    assert prompt.status() == 0


def keys(folder):
    prompt = Prompt(folder, "nearest", "v.txt", "-k", "1", "--tsv")
    prompt.type("wo" + TAB)
    assert "woman\t" in prompt.ask(""), "a word is completed"
    prompt.type("qu" + TAB + TAB)
    prompt.wait_for("queen\nqueens\n> ")  # what is left to choose from
    assert "queens\t" in prompt.ask("s")
    prompt.type("c" + TAB + TAB)  # both go on with a letter that begins with the same byte
    prompt.wait_for("caf\u00e9\ncaf\u00e8s\n> ")
    assert "caf\u00e9\t" in prompt.ask("\u00e9"), "half a letter was completed"
    prompt.type("\u5317" + TAB)
    assert "\u5317\u4eac\t" in prompt.ask("")
    prompt.type("king - m" + TAB)
    assert "king - man\t" in prompt.ask("")
    prompt.type(":met" + TAB + "eu" + TAB)
    assert ":metric euclidean" in prompt.ask("")
    prompt.type("zzz" + TAB + CTRL_C)
    prompt.wait_for("^C\n> ")
    assert "apple\t" in prompt.ask("apple"), "Ctrl-C drops the line"
    prompt.type(CTRL_Z)  # has no shell to go back to here, and must do no harm
    assert "apple\t" in prompt.ask("apple")
    prompt.type(UP + UP)
    assert ":metric euclidean" in prompt.ask("")
    prompt.type(CTRL_D)
    assert prompt.status() == 0


def history(folder):
    name = os.path.join(folder, ".local", "state", "word2vec", "nearest_history")
    os.remove(name)
    prompt = Prompt(folder, "nearest", "v.txt", "-k", "1")
    prompt.ask("  ")
    prompt.ask("caf\u00e9")
    prompt.type(CTRL_D)
    assert prompt.status() == 0
    assert stat.S_IMODE(os.stat(name).st_mode) == 0o600 and stat.S_IMODE(os.stat(os.path.dirname(name)).st_mode) == 0o700
    with open(name, encoding="utf-8") as file:
        assert file.read() == "caf\u00e9\n"
    prompt = Prompt(folder, "nearest", "v.txt", "-k", "1", "--tsv")
    prompt.type(UP)
    assert "caf\u00e9\t" in prompt.ask(""), "history is there the next time"
    prompt.type(CTRL_R + "caf\n")  # a search through history
    prompt.wait_for("caf\u00e9\t")
    prompt.wait_for("\n> ")
    os.kill(prompt.child, signal.SIGTERM)
    assert prompt.status() == -signal.SIGTERM
    # Where nothing can be kept, nothing is, and the prompt works.
    prompt = Prompt(folder, "nearest", "v.txt", "-k", "1", XDG_STATE_HOME="/dev/null")
    assert words_of(prompt.ask("king"))
    prompt.type(CTRL_D)
    assert prompt.status() == 0


def results_to_a_file(folder):
    """The prompt stays on the terminal, the results alone are in the file; without a terminal there is no prompt."""
    output = os.path.join(folder, "answers.tsv")
    prompt = Prompt(folder, "nearest", "v.txt", "-k", "1", "--tsv", output=output, TERM="dumb")
    prompt.ask("king")
    prompt.ask("nobody")
    prompt.type(CTRL_D)
    assert prompt.status() == 0
    piped = subprocess.run([program, "nearest", "v.txt", "-k", "1", "--tsv"], cwd=folder, check=True, stdout=subprocess.PIPE,
                           stderr=subprocess.PIPE, input=b"king\n")
    assert piped.stderr == b""
    with open(output, "rb") as file:
        assert file.read() == piped.stdout
    # A disk without room is no matter of a query: the prompt ends.
    prompt = Prompt(folder, "nearest", "v.txt", output="/dev/full")
    prompt.type("king\n")
    prompt.wait_for("word2vec: error: ")
    assert prompt.status() == 1


def main():
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "v.txt"), "w", encoding="utf-8") as file:
            file.write(VECTORS)
        for test in (answers_and_settings, analogies, keys, history, results_to_a_file):
            test(folder)
            print(f"ok: {test.__name__.replace('_', ' ')}")


main()
