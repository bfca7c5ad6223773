#!/usr/bin/env python3
"""interop_gensim.py PATH/TO/word2vec: vector files go both ways between the program and gensim without a changed bit."""
import os, subprocess, sys, tempfile

import numpy as np
from gensim.models import KeyedVectors

program = os.path.abspath(sys.argv[1])


def export(source, target, form):
    subprocess.run([program, "export", source, "-o", target, "--to", form], check=True, stderr=subprocess.DEVNULL)


def load(path, binary):
    return KeyedVectors.load_word2vec_format(path, binary=binary)


def expect_same(what, found, words, rows):
    assert list(found.index_to_key) == words, f"{what}: the words differ"
    assert found.vectors.dtype == np.float32 and found.vectors.tobytes() == rows.tobytes(), f"{what}: the vectors differ"


def main(folder):
    at = lambda name: os.path.join(folder, name)
    words = ["</s>", "na\u00efve", "\u5317\u4eac", "new_york", "1984", "'", "e\u0301"] + [f"w{i}" for i in range(500)]
    rows = np.random.default_rng(7).normal(0, 0.3, (len(words), 37)).astype(np.float32)
    rows[1, :5] = [0.0, -0.0, np.finfo(np.float32).max, np.finfo(np.float32).tiny, 1e-45]

    with open(at("ours.txt"), "w", encoding="utf-8") as f:
        f.write(f"{len(words)} {rows.shape[1]}\n")
        for word, row in zip(words, rows):
            f.write(word + " " + " ".join(map(str, row)) + "\n")
    export(at("ours.txt"), at("ours.bin"), "binary")
    export(at("ours.bin"), at("again.txt"), "text")
    expect_same("gensim reads our binary", load(at("ours.bin"), True), words, rows)
    expect_same("gensim reads our text", load(at("again.txt"), False), words, rows)

    vectors = KeyedVectors(rows.shape[1])
    vectors.add_vectors(words, rows)
    for binary in (True, False):
        theirs = at(f"gensim-{binary}")
        vectors.save_word2vec_format(theirs, binary=binary)
        for form in ("text", "binary"):
            export(theirs, at("converted"), form)
            found = load(at("converted"), form == "binary")
            # gensim orders by its own counts; what it saved is what must come back.
            saved = load(theirs, binary)
            expect_same(f"gensim's {'binary' if binary else 'text'} to our {form}", found, list(saved.index_to_key), saved.vectors)
            assert sorted(saved.index_to_key) == sorted(words)
    print("ok: text and binary, both ways")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        main(name)
