#!/usr/bin/env python3
"""interop_formats.py PATH/TO/word2vec: numpy reads our .npy and we read numpy's, the safetensors layout is that of its
specification, the projector's tables keep its rules, and gzip and Python's zlib unpack what we pack. Needs numpy."""
import gzip, itertools, json, os, struct, subprocess, sys, tempfile

import numpy as np

program = os.path.abspath(sys.argv[1])
words = ["</s>", "na\u00efve", "\u5317\u4eac", "a\u00a0b", "#", "'\"", "1984"] + [f"w{i}" for i in range(300)]
rows = np.random.default_rng(7).normal(0, 0.3, (len(words), 37)).astype(np.float32)
rows[1, :5] = [0.0, -0.0, np.finfo(np.float32).max, np.finfo(np.float32).tiny, 1e-45]


def run(*arguments):
    return subprocess.run([program, *arguments], check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True).stdout


def write_text(path):
    with open(path, "w", encoding="utf-8") as f:
        f.write(f"{len(words)} {rows.shape[1]}\n")
        for word, row in zip(words, rows):
            f.write(word + " " + " ".join(map(str, row)) + "\n")


def read_text(path):
    """The program's text: gensim's reading of it is interop_gensim.py's."""
    with open(path, encoding="utf-8", newline="\n") as f:
        lines = [line.split(" ") for line in f.read().rstrip("\n").split("\n")[1:]]
    return [line[0] for line in lines], np.array([line[1:] for line in lines], np.float32)


def expect_same(what, found_words, found, expected=rows):
    assert list(found_words) == words, f"{what}: the words differ"
    assert found.shape == expected.shape and found.tobytes() == expected.tobytes(), f"{what}: the numbers differ"
    print(f"ok: {what}")


def read_safetensors(path):
    """By https://github.com/huggingface/safetensors#format, rule after rule."""
    with open(path, "rb") as f:
        content = f.read()
    (length,) = struct.unpack("<Q", content[:8])
    assert length <= 100_000_000 and content[8:9] == b"{"
    header = json.loads(content[8:8 + length].decode("utf-8"), object_pairs_hook=unique)
    data, at = content[8 + length:], 0
    metadata = header.pop("__metadata__", {})
    assert all(isinstance(value, str) for value in metadata.values())
    sizes, tensors = {"F32": 4, "U8": 1}, {}
    for name, tensor in sorted(header.items(), key=lambda item: item[1]["data_offsets"]):
        assert set(tensor) == {"dtype", "shape", "data_offsets"}, tensor
        begin, end = tensor["data_offsets"]
        assert begin == at, "a gap or an overlap"
        assert end - begin == int(np.prod(tensor["shape"])) * sizes[tensor["dtype"]], "the shape is not the size"
        assert (8 + length + begin) % sizes[tensor["dtype"]] == 0, "not aligned"
        tensors[name] = np.frombuffer(data[begin:end], {"F32": "<f4", "U8": "u1"}[tensor["dtype"]]).reshape(tensor["shape"])
        at = end
    assert at == len(data), "bytes behind the tensors"
    return tensors, metadata


def unique(pairs):
    assert len({name for name, _ in pairs}) == len(pairs), "a name comes twice"
    return dict(pairs)


def numpy_both_ways(at):
    run("export", at("v.txt"), "-o", at("v.npy"), "--to", "npy")
    with open(at("v.vocab.txt"), encoding="utf-8", newline="\n") as f:
        expect_same("numpy reads our .npy", f.read().rstrip("\n").split("\n"), np.load(at("v.npy"), allow_pickle=False))
    assert np.load(at("v.npy"), mmap_mode="r").flags.c_contiguous
    small = rows.copy()
    small[1] = 0.25  # what half precision holds
    for dtype, order, version in itertools.product(("<f4", ">f4", "<f8", "<f2"), "CF", ((1, 0), (2, 0), (3, 0))):
        array = np.asarray(small, dtype, order)
        with open(at("n.npy"), "wb") as f:
            np.lib.format.write_array(f, array, version, allow_pickle=False)
        os.replace(at("v.vocab.txt"), at("n.vocab.txt"))
        run("export", at("n.npy"), "-o", at("n.txt"), "--to", "text")
        os.replace(at("n.vocab.txt"), at("v.vocab.txt"))
        found_words, found = read_text(at("n.txt"))
        assert found_words == words and np.array_equal(found, array.astype(np.float32)), (dtype, order, version)
    print("ok: we read numpy's, of every type, order and version")


def main(folder):
    at = lambda name: os.path.join(folder, name)
    write_text(at("v.txt"))
    numpy_both_ways(at)

    run("export", at("v.txt"), "-o", at("v.safetensors"), "--to", "safetensors")
    tensors, _ = read_safetensors(at("v.safetensors"))
    expect_same("safetensors by its specification", bytes(tensors["vocabulary"]).decode().split("\n")[:-1], tensors["embeddings"])
    run("export", at("v.safetensors"), "-o", at("s.txt"), "--to", "text")
    expect_same("safetensors and back", *read_text(at("s.txt")))
    with open(at("corpus"), "w") as f:
        f.write("a b c d e\n" * 100)
    run("train", at("corpus"), "-o", at("t.safetensors"), "--format", "safetensors", "--dim", "8", "--quiet")
    tensors, metadata = read_safetensors(at("t.safetensors"))
    assert tensors["embeddings"].shape == (6, 8) or tensors["embeddings"].shape == (5, 8), tensors["embeddings"].shape
    assert metadata["model"] == "skipgram" and metadata["dim"] == "8" and folder not in str(metadata), metadata
    assert json.loads(run("info", at("t.safetensors"), "--json"))["notes"] == metadata
    print("ok: train says in it how it trained")

    os.mkdir(at("projector"))
    run("export", at("v.txt"), "-o", at("projector"), "--to", "projector")
    with open(at("projector/metadata.tsv"), encoding="utf-8", newline="\n") as f:
        lines = f.read().rstrip("\n").split("\n")
    # One column has no header line, and there is a line for each row.
    with open(at("projector/vectors.tsv"), encoding="utf-8", newline="\n") as f:
        table = [line.split("\t") for line in f.read().rstrip("\n").split("\n")]
    expect_same("the projector's tables", lines, np.array(table, np.float32))

    run("export", at("v.txt"), "-o", at("v.txt.gz"), "--to", "text")
    with gzip.open(at("v.txt.gz"), "rt", encoding="utf-8", newline="\n") as packed, open(at("plain"), "w", encoding="utf-8", newline="\n") as f:
        f.write(packed.read())
    expect_same("gzip", *read_text(at("plain")))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        main(name)
