"""What the fault and kill tests share: a folder with a corpus, commands over it, and what their outputs must be."""
import hashlib
import os
import random
import shutil
import subprocess
import tempfile


def language(sentences, seed=1):
    chance = random.Random(seed)
    words = [f"word{i}" for i in range(300)]
    weights = [1 / (i + 1) for i in range(300)]
    return "".join(" ".join(chance.choices(words, weights, k=9)) + "\n" for _ in range(sentences))


TRAIN = "--threads 1 --dim 32 --min-count 1 --sample 0 --quiet"

# Name: command, its outputs. Each writes over what an earlier run left there.
COMMANDS = {
    "train": (f"train corpus.txt -o v.txt --context-output c.npy --format npy --save-vocab vocab.txt --checkpoint run.ckpt "
              f"--meta --epochs 2 {TRAIN}", ["v.txt", "v.txt.meta.json", "v.txt.vocab.txt", "c.npy", "c.vocab.txt", "vocab.txt", "run.ckpt"]),
    "spill": (f"train corpus.txt.gz -o v.bin --format binary --cache file --memory 1M --epochs 1 {TRAIN}", ["v.bin"]),
    "checkpoint": (f"train corpus.txt -o v.txt --checkpoint run.ckpt --checkpoint-every 0.005 --epochs 6 {TRAIN}", ["v.txt", "run.ckpt"]),
    "resume": ("train --resume base.ckpt --epochs 2 -o v.txt --checkpoint run.ckpt", ["v.txt", "run.ckpt"]),
    "add-corpus": ("train --resume base.ckpt --add-corpus more.txt -o v.txt --checkpoint run.ckpt --checkpoint-every 0.005 --epochs 3",
                   ["v.txt", "run.ckpt"]),
    "vocab": ("vocab corpus.txt -o vocab.txt --quiet", ["vocab.txt"]),
    "tokenize": ("tokenize corpus.txt --tokenize unicode -o words.txt --quiet", ["words.txt"]),
    "export": ("export base.txt -o v.npy --to npy", ["v.npy", "v.vocab.txt"]),
    "export-packed": ("export base.ckpt -o v.safetensors.gz --to safetensors", ["v.safetensors.gz"]),
}


class Scene:
    """A folder of its own, in which every output already has an old content."""

    def __init__(self, program, sentences):
        self.program = os.path.abspath(program)
        self.folder = tempfile.mkdtemp(prefix="word2vec-faults.")
        self.write("corpus.txt", language(sentences).encode())
        self.write("more.txt", language(sentences, seed=2).replace("word7", "new").encode())
        subprocess.run(["gzip", "-k", "corpus.txt"], cwd=self.folder, check=True)
        self.check_run(f"train corpus.txt -o base.txt --checkpoint base.ckpt --epochs 1 {TRAIN}")
        self.inputs = {name: self.hash(name) for name in os.listdir(self.folder)}

    def close(self):
        shutil.rmtree(self.folder)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, content):
        with open(self.path(name), "wb") as file:
            file.write(content)

    def hash(self, name):
        with open(self.path(name), "rb") as file:
            return hashlib.sha256(file.read()).hexdigest()

    def start(self, words, environment=None):
        return subprocess.Popen([self.program, *words.split()], cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, env={**os.environ, **(environment or {})})

    def run(self, words, environment=None, timeout=500):
        """Status, standard error."""
        process = self.start(words, environment)
        try:
            _, err = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return "hangs", ""
        return process.returncode, err.decode(errors="replace")

    def check_run(self, words):
        status, err = self.run(words)
        assert status == 0, f"{words}: {status} {err}"

    def put_old(self, outputs):
        """Only the inputs, and an old content under the name of each output."""
        for name in os.listdir(self.folder):
            if name not in self.inputs:
                os.unlink(self.path(name))
        for name in outputs:
            self.write(name, b"old " + name.encode())
        self.old = {name: self.hash(name) for name in outputs}

    def expected(self, words, outputs):
        """The outputs' content of an undisturbed run. Checkpoints hold the seconds that a run took: None."""
        self.put_old(outputs)
        self.check_run(words)
        assert not self.strangers(outputs), self.strangers(outputs)
        return {name: None if name.endswith(".ckpt") else self.hash(name) for name in outputs}

    def strangers(self, outputs):
        return sorted(set(os.listdir(self.folder)) - set(self.inputs) - set(outputs))

    def state(self, name, expected):
        """old, new, or what is wrong with it."""
        if not os.path.exists(self.path(name)):
            return "missing"
        found = self.hash(name)
        if found == self.old[name]:
            return "old"
        if expected[name] is None:
            return "new" if self.run(f"info {name}")[0] == 0 else "damaged"
        return "new" if found == expected[name] else "damaged"

    def changed_inputs(self):
        return [name for name, content in self.inputs.items() if self.hash(name) != content]
