#!/usr/bin/env python3
"""interop_gensim.py PATH/TO/word2vec: vector files go both ways between the program and gensim without a changed bit, both
count the same analogies as correct, and fastText, where it is installed, starts from the program's vectors, whose own .vec comes
back as it was."""
import itertools, json, os, random, shutil, subprocess, sys, tempfile

import numpy as np
from gensim.models import KeyedVectors

program = os.path.abspath(sys.argv[1])


def run(*words):
    return subprocess.run([program, *words], check=True, stdout=subprocess.PIPE, text=True).stdout


def export(source, target, form):
    run("export", source, "-o", target, "--to", form)


def load(path, binary):
    return KeyedVectors.load_word2vec_format(path, binary=binary)


def expect_same(what, found, words, rows):
    assert list(found.index_to_key) == words, f"{what}: the words differ"
    assert found.vectors.dtype == np.float32 and found.vectors.tobytes() == rows.tobytes(), f"{what}: the vectors differ"


def planted_text(sentences):
    """Sentences about a person of one of four ranks and two genders, in words of that rank and that gender."""
    draw = random.Random(3)
    for _ in range(sentences):
        rank, gender = draw.randrange(4), draw.choice("mf")
        about = draw.sample([f"rank{rank}_{i}" for i in range(3)], 2) + draw.sample([f"{gender}_{i}" for i in range(4)], 2)
        yield " ".join(draw.sample([f"{gender}{rank}"] + about, 5)) + "\n"


def same_analogies(at):
    """Both take a word exactly or, failing that, folded; one section asks in capitals, and one at random and
    for a word that no vector has, so that few answers of it are correct."""
    with open(at("corpus"), "w", encoding="utf-8") as f:
        f.writelines(planted_text(4000))
    with open(at("questions"), "w", encoding="utf-8") as f:
        for name, case in (("planted", str), ("gram-capitals", str.upper)):
            f.write(f": {name}\n")
            f.writelines(case(f"m{a} m{b} f{a} f{b}\n") for a, b in itertools.permutations(range(4), 2))
        f.write(": random\n")
        words = sorted({word for line in planted_text(1000) for word in line.split()})
        draw = random.Random(4)
        f.writelines(" ".join(draw.sample(words, 4)) + "\nm0 m1 f0 nobody\n" for _ in range(300))
    for form in ("text", "binary"):
        run("train", at("corpus"), "-o", at(form), "--format", form, "--dim", "24", "--epochs", "8", "--threads", "1")
        ours = json.loads(run("evaluate", at(form), "--analogies", at("questions"), "--json", "-"))["analogies"][0]["sections"]
        vectors = load(at(form), form == "binary")
        theirs = vectors.evaluate_word_analogies(at("questions"), restrict_vocab=30000, case_insensitive=True)[1][:-1]
        counts = lambda s: (s["section"], len(s["correct"]), len(s["correct"]) + len(s["incorrect"]))
        found = [(s["name"], s["correct"], s["asked"]) for s in ours]
        assert found == [counts(s) for s in theirs], f"the analogies differ: {found}, gensim {[counts(s) for s in theirs]}"
        assert [s["skipped"] for s in ours] == [0, 0, 300] and [s["asked"] for s in ours] == [12, 12, 300], ours
        assert found[0][1] > 6 and 0 < found[2][1] < 150, f"too easy or too hard to compare anything: {found}"
        print(f"    {form}: {found}")


def fasttext_starts_from_ours(at):
    """At a learning rate of 0 fastText gives back the vectors that it was given, in its five digits."""
    with open(at("labelled"), "w", encoding="utf-8") as f:
        f.writelines(f"__label__a {line}" for line in planted_text(50))
    ours = load(at("text"), False)
    subprocess.run(["fasttext", "supervised", "-input", at("labelled"), "-output", at("model"), "-pretrainedVectors", at("text"),
                    "-dim", str(ours.vector_size), "-lr", "0", "-epoch", "1", "-thread", "1"], check=True, capture_output=True)
    theirs = load(at("model.vec"), False)
    assert theirs.vector_size == ours.vector_size
    for word in ours.index_to_key:
        assert np.allclose(theirs[word], ours[word], rtol=1e-4, atol=1e-6), f"fastText read another vector of {word}"
    export(at("model.vec"), at("vec.bin"), "binary")
    expect_same("we read fastText's .vec", load(at("vec.bin"), True), list(theirs.index_to_key), theirs.vectors)


def main(folder):
    at = lambda name: os.path.join(folder, name)
    words = ["</s>", "na\u00efve", "a\u00a0b", "#", "\u5317\u4eac", "new_york", "1984", "'", "e\u0301"] + [f"w{i}" for i in range(500)]
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
    export(at("ours.bin"), at("ours.glove"), "glove")
    glove = KeyedVectors.load_word2vec_format(at("ours.glove"), binary=False, no_header=True)
    expect_same("gensim reads our GloVe text", glove, words, rows)
    export(at("ours.glove"), at("again.bin"), "binary")
    expect_same("we read GloVe text", load(at("again.bin"), True), words, rows)
    export(at("ours.bin"), at("ours.txt.gz"), "text")
    expect_same("gensim reads our text through gzip", load(at("ours.txt.gz"), False), words, rows)

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
    print("ok: text, binary and GloVe, both ways")
    same_analogies(at)
    print("ok: the same analogies are correct")
    if shutil.which("fasttext"):
        fasttext_starts_from_ours(at)
        print("ok: fastText starts from our vectors")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        main(name)
