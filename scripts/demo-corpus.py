#!/usr/bin/env python3
"""Makes a text to learn from out of Debian packages: dictionaries (dict-gcide, dict-foldoc), WordNet's glosses
(wordnet-base) and the King James Bible (bible-kjv).

One definition, quotation or verse a line; lower case, words of letters alone, markup gone. A sense starts with the word
that it defines, so that a rare word has all of its definition around it.

    demo-corpus.py OUTPUT      does nothing when OUTPUT is there
"""
import gzip
import os
import re
import subprocess
import sys
import unicodedata

GCIDE = "/usr/share/dictd/gcide.dict.dz"
FOLDOC = "/usr/share/dictd/foldoc.dict.dz"
WORDNET = "/usr/share/wordnet/data."

WORD = re.compile(r"[a-z]+")
POSSESSIVE = re.compile(r"['’]s\b")


def words(text):
    """Lower-case words of letters; accents dropped; a possessive's s is dropped, other apostrophes join (don't: dont)."""
    text = unicodedata.normalize("NFKD", POSSESSIVE.sub("", text.lower())).replace("'", "").replace("\u2019", "")
    text = "".join(c for c in text if not unicodedata.combining(c))
    return WORD.findall(text)


def paragraphs(lines):
    """Wrapped lines joined: a paragraph ends at an empty line, or where the next one starts a numbered or lettered sense."""
    paragraph = []
    for line in lines:
        if not line.strip() or re.match(r"\s+(\d+\.|\([a-z]\)) ", line):
            if paragraph:
                yield " ".join(paragraph)
            paragraph = []
        if line.strip():
            paragraph.append(line.strip())
    if paragraph:
        yield " ".join(paragraph)


def entries(path):
    """A dictd file's entries, (lines of head, lines of body): a head starts at the margin and its body is indented."""
    head, body = [], []
    with gzip.open(path, "rt", encoding="utf-8", errors="replace") as file:
        for line in file:
            if line.strip() and not line[0].isspace():
                if body:
                    yield head, body
                    head, body = [], []
                head.append(line)
            elif head:
                body.append(line)
    yield head, body


def sentences(text):
    """Cut at a full stop, semicolon or the like, once abbreviations' stops are gone."""
    return re.split(r"[.;:!?]\s+", text)


LIGATURE = re.compile(r"\[(ae|oe|AE|OE)\]")
# A letter with a mark, such as f[=e]l; a remark, such as [R.], stands alone.
ACCENTED = re.compile(r"(?:(?<=[A-Za-z])|(?=\[[^\[\]]*\][A-Za-z]))\[[^a-zA-Z\[\]]{0,2}([a-zA-Z]{1,2})[^a-zA-Z\[\]]{0,2}\]")
BRACKETS = re.compile(r"\[[^\[\]]*\]")
PRONUNCIATION = re.compile(r"\\[^\\]*\\")
ABBREVIATION = re.compile(r"\b(e\. ?g|i\. ?e|[A-Z]|etc|esp|cf|viz|Mr|Mrs|Dr|St|Jr|vol|pl|fem|orig|specif|opposed|p|n|a|v|t|adv|imp|vb|pr|syn)\.")
LABEL = re.compile(r"\((?:[A-Z][A-Za-z. &,]{0,14}\.|[a-z]|[^()]*[^\x00-\x7f\s()][^()]*)\)")
ATTRIBUTION = re.compile(r"--\s*[A-Z][^-]*$")


def gcide():
    for head, body in entries(GCIDE):
        name = re.split(r"[\\,\[(]", head[0])[0].strip()
        if name.startswith("00-database") or "=====" in head[0] or not words(name) or len(words(name)) > 4:
            continue
        # The body up to the first sense belongs to the head: spelling, part of speech, inflections, etymology.
        for place, text in enumerate(paragraphs(head + body)):
            text = LIGATURE.sub(r"\1", text)
            if place == 0:
                inflections = re.findall(r"\{([^{}]*)\}", text)
                yield words(name) + [w for i in inflections for w in words(i)]
                text = PRONUNCIATION.sub(" ", text)
                text = text[len(name):] if text.startswith(name) else text
            text = ACCENTED.sub(r"\1", text)
            for _ in range(3):
                text = BRACKETS.sub(" ", text)
            text = LABEL.sub(" ", ABBREVIATION.sub(" ", text)).strip()
            text = PRONUNCIATION.sub(" ", text)
            quotation = ATTRIBUTION.search(text)
            text = ATTRIBUTION.sub("", text)
            parts = [words(part) for part in sentences(text)]
            if quotation or not parts:
                yield [w for part in parts for w in part]
            else:
                yield words(name) + [w for part in parts for w in part]


def foldoc():
    for head, body in entries(FOLDOC):
        name = head[0].strip()
        if name.startswith("00-database") or not words(name):
            continue
        for place, text in enumerate(paragraphs(body)):
            text = re.sub(r"\([-\d]+\)|\S+://\S+|\S+@\S+|<[^<>]*>|/[^/ ]+/|\(\{[^}]*\}\)", " ", text)
            for _ in range(2):
                text = BRACKETS.sub(" ", text)
            line = words(text)
            yield words(name) + line if place == 0 else line


def wordnet():
    for part in ("noun", "verb", "adj", "adv"):
        with open(WORDNET + part, encoding="utf-8", errors="replace") as file:
            for line in file:
                if line.startswith(" ") or "|" not in line:
                    continue
                data, gloss = line.split("|", 1)
                fields = data.split()
                lemmas = [re.sub(r"\(\w+\)$", "", fields[4 + 2 * i]) for i in range(int(fields[3], 16))]
                lemmas = [word for lemma in lemmas for word in words(lemma.replace("_", " "))]
                definition = re.sub(r'"[^"]*"', " ", gloss)
                yield lemmas + words(definition)
                for example in re.findall(r'"([^"]*)"', gloss):
                    yield words(example)


def bible():
    text = subprocess.run(["bible", "-f", "gen1:1-rev22:21"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          check=True).stdout.decode("utf-8", "replace")
    for verse in text.splitlines():
        yield words(re.sub(r"^\S+\d+:\d+ ", "", verse))


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: demo-corpus.py OUTPUT")
    output = sys.argv[1]
    if os.path.exists(output):
        print(f"{output} is there already.")
        return
    os.makedirs(os.path.dirname(output) or ".", exist_ok=True)
    temporary = f"{output}.{os.getpid()}.tmp"
    total = 0
    try:
        with open(temporary, "w", encoding="ascii") as file:
            for source in (wordnet, gcide, foldoc, bible):
                count = 0
                for line in source():
                    # A one-word line teaches nothing.
                    if len(line) > 1:
                        file.write(" ".join(line) + "\n")
                        count += len(line)
                print(f"  {source.__name__}: {count:,} words", flush=True)
                total += count
        os.rename(temporary, output)
    except OSError as error:
        sys.exit(f"demo-corpus.py: error: {error}; sh scripts/install-deps.sh --demo installs what it reads")
    finally:
        if os.path.exists(temporary):
            os.remove(temporary)
    print(f"  {output}: {total:,} words")


main()
