#!/usr/bin/env python3
"""Writes the demo's analogy questions: each ordered two pairs of a section make one, `a b c d`, a is to b as c is to d.

The pairs are facts written for this project, of words that the demo's text has often enough to be asked about. A section
of more than MOST questions keeps every so manyth of them, always the same ones.

    demo-questions.py OUTPUT
"""
import os
import sys

MOST = 450

SECTIONS = {
    "family": """
        man woman, boy girl, father mother, son daughter, brother sister, husband wife, uncle aunt, nephew niece, king queen,
        prince princess, duke duchess, grandfather grandmother, grandson granddaughter, he she, his her, himself herself,
        bridegroom bride, lord lady, emperor empress, actor actress, god goddess, heir heiress, male female, monk nun,
        stepfather stepmother, widower widow
    """,
    "capitals": """
        paris france, london england, rome italy, berlin germany, vienna austria, athens greece, moscow russia, dublin ireland,
        edinburgh scotland, brussels belgium, amsterdam netherlands, lisbon portugal, stockholm sweden, copenhagen denmark,
        jerusalem israel, damascus syria, cairo egypt, tripoli libya, tokyo japan, beijing china, manila philippines,
        ottawa canada, lima peru, santiago chile, boston massachusetts, sacramento california, austin texas, phoenix arizona,
        atlanta georgia, nineveh assyria
    """,
    # Of today, or of the days before the euro.
    "currencies": """
        america dollar, canada dollar, australia dollar, england pound, egypt pound, france franc, belgium franc,
        switzerland franc, germany mark, italy lira, turkey lira, greece drachma, europe euro, russia ruble, japan yen,
        india rupee, pakistan rupee, nepal rupee, iran rial, iraq dinar, algeria dinar, tunisia dinar, libya dinar,
        israel shekel, morocco dirham, mexico peso, cuba peso, colombia peso, venezuela bolivar, china yuan
    """,
    "nationalities": """
        france french, england english, germany german, italy italian, spain spanish, russia russian, china chinese,
        japan japanese, greece greek, portugal portuguese, ireland irish, scotland scottish, wales welsh, sweden swedish,
        norway norwegian, denmark danish, finland finnish, poland polish, hungary hungarian, austria austrian,
        netherlands dutch, switzerland swiss, belgium belgian, turkey turkish, egypt egyptian, india indian, persia persian,
        arabia arabian, syria syrian, america american, canada canadian, mexico mexican, brazil brazilian, australia australian,
        africa african, asia asian, europe european, israel israeli, iran iranian, cuba cuban
    """,
    "gram-plurals": """
        king kings, river rivers, horse horses, house houses, tree trees, flower flowers, bird birds, leaf leaves, man men,
        woman women, child children, foot feet, tooth teeth, mouse mice, goose geese, ox oxen, city cities, country countries,
        body bodies, hand hands, eye eyes, word words, book books, star stars, plant plants, insect insects, animal animals,
        dog dogs, cat cats, shell shells, church churches, branch branches, ship ships, soldier soldiers, wing wings,
        knife knives, wolf wolves, computer computers, program programs, stone stones
    """,
    "gram-comparatives": """
        great greater, small smaller, large larger, long longer, short shorter, high higher, low lower, old older, young younger,
        strong stronger, weak weaker, hard harder, soft softer, deep deeper, wide wider, narrow narrower, broad broader,
        thick thicker, thin thinner, dark darker, light lighter, fast faster, slow slower, easy easier, heavy heavier,
        good better, bad worse, near nearer, rich richer, cold colder, warm warmer, fine finer, coarse coarser, simple simpler,
        cheap cheaper, bright brighter
    """,
    "gram-superlatives": """
        great greatest, small smallest, large largest, long longest, short shortest, high highest, low lowest, old oldest,
        young youngest, strong strongest, deep deepest, wide widest, fine finest, fair fairest, good best, bad worst,
        near nearest, early earliest, late latest, simple simplest, noble noblest, pure purest, bright brightest, sweet sweetest,
        big biggest, heavy heaviest, close closest, fast fastest, thick thickest, light lightest, broad broadest
    """,
    "gram-past-tenses": """
        go went, come came, see saw, give gave, take took, make made, say said, speak spoke, tell told, find found,
        know knew, think thought, bring brought, buy bought, fight fought, fall fell, rise rose, write wrote, stand stood,
        sit sat, run ran, send sent, hold held, keep kept, leave left, lose lost, begin began, eat ate, drink drank, break broke,
        choose chose, draw drew, grow grew, throw threw, walk walked, call called, turn turned, live lived, ask asked,
        look looked
    """,
    "gram-participles": """
        go going, come coming, see seeing, give giving, take taking, make making, say saying, speak speaking, find finding,
        know knowing, think thinking, bring bringing, fight fighting, fall falling, rise rising, write writing, stand standing,
        sit sitting, run running, send sending, hold holding, keep keeping, leave leaving, begin beginning, eat eating,
        drink drinking, break breaking, draw drawing, grow growing, throw throwing, walk walking, call calling, turn turning,
        live living, cut cutting, put putting, read reading, sing singing, burn burning, move moving
    """,
    "gram-opposites": """
        happy unhappy, able unable, known unknown, certain uncertain, equal unequal, like unlike, usual unusual, just unjust,
        kind unkind, natural unnatural, pleasant unpleasant, worthy unworthy, fit unfit, even uneven, true untrue,
        clean unclean, common uncommon, important unimportant, possible impossible, perfect imperfect, proper improper,
        pure impure, patient impatient, mortal immortal, moral immoral, regular irregular, rational irrational,
        visible invisible, complete incomplete, correct incorrect, sufficient insufficient, capable incapable,
        sensible insensible, direct indirect, legal illegal, honest dishonest, agreeable disagreeable, loyal disloyal
    """,
}


def section(text):
    """The section's questions, MOST at most."""
    pairs = [tuple(pair.split()) for pair in text.split(",")]
    assert all(len(pair) == 2 for pair in pairs) and len(set(pairs)) == len(pairs), pairs
    # Two countries may have the same currency; a word that is given is never the answer.
    questions = [a + b for a in pairs for b in pairs if not set(a) & set(b)]
    keep = min(MOST, len(questions))
    return [questions[place * len(questions) // keep] for place in range(keep)]


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: demo-questions.py OUTPUT")
    output = sys.argv[1]
    temporary = f"{output}.{os.getpid()}.tmp"
    total = 0
    try:
        with open(temporary, "w", encoding="ascii") as file:
            for name, pairs in SECTIONS.items():
                questions = section(pairs)
                file.write(f": {name}\n")
                file.writelines(" ".join(question) + "\n" for question in questions)
                total += len(questions)
        os.replace(temporary, output)
    except OSError as error:
        sys.exit(f"demo-questions.py: error: {error}")
    finally:
        if os.path.exists(temporary):
            os.remove(temporary)
    print(f"  {output}: {total:,} questions in {len(SECTIONS)} sections")


main()
