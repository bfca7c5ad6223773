#!/usr/bin/env python3
"""Makes a text to learn from out of Debian packages: dictionaries (dict-gcide, dict-foldoc), WordNet's glosses
and links (wordnet-base) and the King James Bible (bible-kjv).

One definition, quotation or verse a line, shuffled; lower case, words of letters alone, markup gone. A sense starts with
the word that it defines, so that a rare word has all of its definition around it. WordNet's links read as sentences: oslo
is a part of norway.

    demo-corpus.py OUTPUT      does nothing when OUTPUT is there and newer than this script
"""
import gzip
import os
import random
import re
import signal
import subprocess
import sys
import unicodedata

GCIDE = "/usr/share/dictd/gcide.dict.dz"
FOLDOC = "/usr/share/dictd/foldoc.dict.dz"
WORDNET = "/usr/share/wordnet/data."

WORD = re.compile(r"[a-z]+")
# 13th, x86, C6H6: no letters to learn.
NUMBER = re.compile(r"[^\W_]*\d[^\W_]*")
POSSESSIVE = re.compile(r"['’]s\b")


def words(text):
    """Lower-case words of letters; accents dropped; a possessive's s is dropped, other apostrophes join (don't: dont)."""
    text = NUMBER.sub(" ", POSSESSIVE.sub("", text.lower()))
    text = unicodedata.normalize("NFKD", text).replace("'", "").replace("\u2019", "")
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


LIGATURE = re.compile(r"\[(ae|oe|AE|OE)\]")
# Marks of stress and syllable inside a word: {Nun"nish*ness}.
SYLLABLE = re.compile(r"(?<=[A-Za-z\]])[\"`*]+(?=[A-Za-z\[])")
# A letter with a mark, such as f[=e]l; a remark, such as [R.], stands alone.
ACCENTED = re.compile(r"(?:(?<=[A-Za-z])|(?=\[[^\[\]]*\][A-Za-z]))\[[^a-zA-Z\[\]]{0,2}([a-zA-Z]{1,2})[^a-zA-Z\[\]]{0,2}\]")
BRACKETS = re.compile(r"\[[^\[\]]*\]")
PRONUNCIATION = re.compile(r"\\[^\\]*\\")
# A pronunciation in the head, after the word or its inflections: (k[i^]ng), (-m[e^]nt), (?; 277).
SPOKEN = re.compile(r"\((?:[^()]*[\[\]?\"*`^][^()]*|-[^()\s]*|[^()]*\d+)\)")
# A letter that the source has lost: imperial ?way.
LOST = re.compile(r"[A-Za-z]*\?[A-Za-z]+")
ABBREVIATION = re.compile(r"\b(e\. ?g|i\. ?e|[A-Z]|etc|esp|[Cc]f|viz|Mr|Mrs|Dr|St|Jr|vol|pl|sing|fem|[Oo]rig|[Ss]pecif|equiv|prop|pref"
                          r"|[Ii]llust|p|n|a|i|v|t|adj|adv|imp|vb|pr|interj|prep|conj|pron|[Ss]yn)\.|\bSyn:")
LABEL = re.compile(r"\((?:[A-Z][A-Za-z. &,]{0,24}\.|[a-z]|predicate|prenominal|[^()]*[^\x00-\x7f\s()][^()]*)\)")
QUOTATION = re.compile(r"^(.*?)\"([^\"]*)\"\s*--")
ATTRIBUTION = re.compile(r"--\s*[A-Z][^-]*$")


def gcide():
    for head, body in entries(GCIDE):
        name = re.split(r"[\\,\[(]", head[0])[0].strip()
        if name.startswith("00-database") or "=====" in head[0] or not words(name) or len(words(name)) > 4:
            continue
        # The body up to the first sense belongs to the head: spelling, part of speech, inflections, etymology.
        for place, text in enumerate(paragraphs(head + body)):
            text = SYLLABLE.sub("", LIGATURE.sub(r"\1", text))
            if place == 0:
                text = SPOKEN.sub(" ", PRONUNCIATION.sub(" ", text))
                text = text[len(name):] if text.startswith(name) else text
            text = LOST.sub(" ", ACCENTED.sub(r"\1", text))
            if place == 0:
                # The word's family: its inflections, derived words, and the relatives that its etymology names.
                yield [w for form in [name, *re.findall(r"\{([^{}]*)\}", text)] for w in words(form)]
            for _ in range(3):
                text = BRACKETS.sub(" ", text)
            text = PRONUNCIATION.sub(" ", LABEL.sub(" ", ABBREVIATION.sub(" ", text))).strip()
            quotation = QUOTATION.match(text)
            if quotation and words(quotation[1]):
                # A sense, and who used it so.
                yield words(name) + words(quotation[1])
                yield words(quotation[2])
            elif ATTRIBUTION.search(text):
                yield words(ATTRIBUTION.sub("", text))
            elif text.startswith("{"):
                # A phrase that has the word in it, and its definition.
                yield words(text)
            elif words(text):
                yield words(name) + words(text)


def foldoc():
    for head, body in entries(FOLDOC):
        name = head[0].strip()
        if name.startswith("00-database") or not words(name):
            continue
        for place, text in enumerate(paragraphs(body)):
            # Dates, addresses, subjects, pronunciations, links in parentheses; the names of hosts and folders.
            text = re.sub(r"\([-\d]+\)|\S+://\S+|\S+@\S+|<[^<>]*>|/[^/ ]+/|\(\{[^}]*\}\)|\w+(?:[./]\w+){2,}", " ", text)
            text = ABBREVIATION.sub(" ", text)
            for _ in range(2):
                text = BRACKETS.sub(" ", text)
            line = words(text)
            yield words(name) + line if place == 0 else line


# How a link of WordNet's reads.
LINKS = {"@": "is a kind of", "@i": "is a", "#p": "is a part of", "!": "is the opposite of", "\\": "comes from"}


def wordnet():
    """Each set of synonyms with its definition, its examples, and its links to other sets as short sentences."""
    synsets = {}
    for part, letter in (("noun", "n"), ("verb", "v"), ("adj", "a"), ("adv", "r")):
        with open(WORDNET + part, encoding="utf-8", errors="replace") as file:
            for line in file:
                if line.startswith(" ") or "|" not in line:
                    continue
                data, gloss = line.split("|", 1)
                fields = data.split()
                count = int(fields[3], 16)
                lemmas = [words(re.sub(r"\(\w+\)$", "", lemma).replace("_", " ")) for lemma in fields[4:4 + 2 * count:2]]
                # Links, four fields each: what it is, the other set, its part of speech, and which word of either.
                links = fields[5 + 2 * count:5 + 2 * count + 4 * int(fields[4 + 2 * count])]
                synsets[letter, fields[0]] = lemmas, [links[i:i + 4] for i in range(0, len(links), 4)], gloss
    for lemmas, links, gloss in synsets.values():
        yield [w for lemma in lemmas for w in lemma] + words(re.sub(r'"[^"]*"', " ", gloss))
        for example in re.findall(r'"([^"]*)"', gloss):
            yield words(example)
        for kind, offset, part, places in links:
            if kind in LINKS:
                source, target = (max(int(place, 16), 1) - 1 for place in (places[:2], places[2:]))
                yield lemmas[source] + LINKS[kind].split() + synsets[part.replace("s", "a"), offset][0][target]


def bible():
    text = subprocess.run(["bible", "-f", "gen1:1-rev22:21"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          check=True).stdout.decode("utf-8", "replace")
    for verse in text.splitlines():
        yield words(re.sub(r"^\S+\d+:\d+ ", "", verse))


def is_current(output):
    """Whether the text is there, whole, and made by this script as it is now: it gets its name when it is complete."""
    return os.path.exists(output) and os.path.getmtime(output) >= os.path.getmtime(__file__)


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: demo-corpus.py OUTPUT")
    output = sys.argv[1]
    if is_current(output):
        print(f"  {output} is there already.")
        return
    os.makedirs(os.path.dirname(output) or ".", exist_ok=True)
    # A run that is stopped leaves nothing either.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    temporary = f"{output}.{os.getpid()}.tmp"
    lines, total = [], 0
    try:
        for source in (wordnet, gcide, foldoc, bible):
            # A one-word line teaches nothing.
            made = [line for line in source() if len(line) > 1]
            count = sum(map(len, made))
            print(f"  {source.__name__}: {count:,} words", flush=True)
            lines += (" ".join(line) for line in made)
            total += count
        # Shuffled, always the same way: training would end with the Bible every time, and remember it best.
        random.Random(1).shuffle(lines)
        with open(temporary, "w", encoding="ascii") as file:
            file.writelines(line + "\n" for line in lines)
        os.replace(temporary, output)
    except (OSError, subprocess.SubprocessError) as error:
        sys.exit(f"demo-corpus.py: error: {error}; sh scripts/install-deps.sh --demo installs what it reads")
    finally:
        if os.path.exists(temporary):
            os.remove(temporary)
    print(f"  {output}: {total:,} words")


main()
