"""Add examples whose source says how to name things: ``<t> source term <=> approved name </t>``.

    python training/annotate.py examples.tsv --glossary glossary --out annotated.tsv

Run in kzpress's own environment: the glossary's recognition and grammar are the product's. The lemma stands in the
markup and its inflected form in the target, so that a model learns to copy and inflect (Dinu et al. 2019; Bergmanis
and Pinnis 2021). Three kinds of terms are annotated: glossary names that both sides have; proper names that are each
other's transliteration; nouns that the corpus itself shows to be each other's translation. Of an example read twice or
more a pass, one reading is annotated; of the others a third. Some glossary names are also swapped for others of the
same kind, gender and case on both sides, so that every name is seen in many sentences. In some examples names and
figures of both sides are masked, ``[1]``, as kzpress masks addresses: a model keeps such marks only if it has met them.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from rapidfuzz.distance import Indel

from kzpress import glossary
from kzpress.domain import Hit, Lang, NameKind
from kzpress.glossary import inflect_kk, inflect_ru, persons
from kzpress.glossary.surfaces import is_abbreviation, written
from table import rows

KEEP: Final = {"glossary": 0.85, "name": 0.6, "noun": 0.12}  # how often a term found is annotated
SENTENCE: Final = 30  # characters from which a source is annotated
SHARE: Final = 1 / 3  # of the examples read once a pass
SWAP: Final = 0.5  # of the examples with a glossary name on both sides
MASK: Final = 0.06  # of the examples read twice or more a pass
FIGURE: Final = re.compile(r"(?<![\w.,])\d{2,4}(?![\w.,]?\d)")
SELDOM: Final = 3  # fewer rows than this say nothing about a pair of words
DICE: Final = 0.35
LIKE: Final = 0.82  # similarity of two proper names in Latin letters, with
ATTESTED: Final = 0.1  # what a word of the corpus is worth beside a stem that nobody wrote
WORD: Final = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
ENDINGS_RU: Final = ("ами", "ого", "ому", "ах", "ей", "ем", "ов", "ой", "ом", "ою", "ую", "ым", "ью", *"аеиуыюя")
NO_RUSSIAN: Final = re.compile("[гкхжшчщ](?:ый|я)$|[бвдзмпф]й$")
NOMINATIVES_RU: Final = ("", "а", "я", "ь", "й", "ая", "ий", "ый", "о")
LATIN: Final = {
    "ж": "zh",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "sh",
    "ю": "yu",
    "я": "ya",
    "ъ": "",
    "ь": "",
} | dict(zip("абвгдезийклмнопрстуфыэәғқңөұүһі", "abvgdeziiklmnoprstufyeagknouuhi", strict=True))
SAME_SOUND: Final = (
    *(("yu", "u"), ("ya", "a"), ("ye", "e"), ("yo", "e"), ("kh", "h"), ("zh", "j")),
    *(("y", "i"), ("w", "v"), ("q", "k"), ("c", "k")),
)


@dataclass(frozen=True, slots=True)
class Term:
    """A term at [start, end) of the source, its lemma in the target, and how it was found."""

    start: int
    end: int
    lemma: str
    kind: str


@lru_cache(maxsize=1 << 17)
def latin(word: str) -> str:
    """Return ``word`` in rough Latin letters, alike for the spellings of a name in the three languages."""
    text = "".join(LATIN.get(ch, ch) for ch in word.lower()).replace("_", "")
    for old, new in (
        ("yu", "u"),
        ("ya", "a"),
        ("ye", "e"),
        ("yo", "e"),
        ("kh", "h"),
        ("zh", "j"),
        ("y", "i"),
        ("w", "v"),
        ("q", "k"),
        ("c", "k"),
    ):
        text = text.replace(old, new)
    return re.sub(r"(.)\1", r"\1", text)


@lru_cache(maxsize=1 << 17)
def lemmas(word: str, lang: str) -> tuple[str, ...]:
    """Return what a capitalised ``word`` may be the form of, itself first."""
    found = [word]
    if lang == "en":
        found += [word[:-2]] if word.endswith(("'s", "’s")) else []
    elif lang == "kk":
        for cut in range(1, min(6, len(word) - 2)):
            stem = word[:-cut]
            if word in inflect_kk.decline_person(stem).values() or word in inflect_kk.decline(stem).values():
                found.append(stem)
    else:
        for ending in ENDINGS_RU:
            if not word.endswith(ending) or len(word) - len(ending) < 2:
                continue
            for nominative in NOMINATIVES_RU:
                stem = word[: len(word) - len(ending)] + nominative
                if not NO_RUSSIAN.search(stem) and any(word in persons.decline(stem, sex).values() for sex in "mf"):
                    found.append(stem)
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=1 << 17)
def noun(word: str, lang: str) -> str | None:
    """Return the lemma of a common noun, None where it is none or not known."""
    if len(word) < 4:
        return None
    if lang == "ru":
        parse = inflect_ru._parses(word)[0]  # noqa: SLF001 - the one analyser of the product
        return str(parse.normal_form) if "NOUN" in parse.tag and parse.score > 0.3 else None
    return word


class Kazakh:
    """Lemmas of Kazakh words: the shortest known word that they are a case of."""

    def __init__(self, words: Counter[str]) -> None:
        self.words = words

    @lru_cache(maxsize=1 << 17)  # noqa: B019 - lives as long as the program
    def lemma(self, word: str) -> str:
        """Return the nominative of ``word``, itself where none is known."""
        for cut in range(1, min(5, len(word) - 3)):
            stem = word[:-cut]
            if self.words[stem] >= SELDOM and word in inflect_kk.decline(stem).values():
                return stem
        return word


def is_proper(word: str) -> bool:
    """Tell whether ``word`` may be a proper name by its capital; abbreviations are none."""
    return word[0].isupper() and not word.isupper() and len(word) > 2


def joined(run: Sequence[tuple[re.Match[str], str]]) -> Term:
    """Return neighbouring names with their lemmas as one term."""
    return Term(run[0][0].start(), run[-1][0].end(), " ".join(lemma for _, lemma in run), "name")


def words(text: str) -> list[re.Match[str]]:
    """Return the words of ``text``."""
    return list(WORD.finditer(text))


class Annotator:
    """Finds terms; learns from the examples which nouns are each other's translation."""

    def __init__(self, terms: glossary.Glossary, lines: Sequence[tuple[str, ...]]) -> None:
        self.terms = terms
        self.attested: Counter[tuple[str, str]] = Counter()
        seen: Counter[str] = Counter()
        for _, lang, _, _, target in lines:
            if lang == "kk":
                seen.update(m[0].lower() for m in words(target))
            self.attested.update((lang, m[0]) for m in words(target) if is_proper(m[0]))
        self.kazakh = Kazakh(seen)
        self.pairs = self._pairs(lines)
        by_kind: defaultdict[object, list[glossary.Concept]] = defaultdict(list)
        for concept in terms.entries.values():
            # Of the many names that a pattern gives, one in twelve: other names are not to be lost among them.
            if "/" not in concept.id or sum(map(ord, concept.id)) % 12 == 0:
                by_kind[concept.kind].append(concept)
        self.by_kind = by_kind

    @lru_cache(maxsize=1 << 18)  # noqa: B019 - lives as long as the program
    def like(self, a: str, lang_a: str, b: str, lang_b: str) -> tuple[float, str]:
        """Return how alike two proper names sound at best, and the lemma of ``b`` for which they do.

        A lemma that the corpus often has goes before one that it has not: Португалия, not Португаль.
        """
        pairs = (
            (Indel.normalized_similarity(latin(x), latin(y)) + ATTESTED * (self.attested[lang_b, y] >= SELDOM), y)
            for x in lemmas(a, lang_a)
            for y in lemmas(b, lang_b)
        )
        return max(pairs)

    def lemma(self, word: str, lang: str) -> str | None:
        """Return the lemma of a noun in small letters."""
        return self.kazakh.lemma(word) if lang == "kk" and len(word) > 3 else noun(word, lang)

    def _pairs(self, lines: Sequence[tuple[str, ...]]) -> dict[tuple[str, str, str], str]:
        """Return the best target lemma of a source word, by Dice's coefficient over rows."""
        ours: Counter[tuple[str, str, str]] = Counter()
        theirs: Counter[tuple[str, str, str]] = Counter()
        both: Counter[tuple[str, str, str, str]] = Counter()
        for a, b, weight, source, target in lines:
            if float(weight) < 2 or len(source) > 250:
                continue
            left = {x for m in words(source) if (x := self.lemma(m[0].lower(), a))}
            right = {x for m in words(target) if (x := self.lemma(m[0].lower(), b))}
            ours.update((a, b, x) for x in left)
            theirs.update((a, b, y) for y in right)
            both.update((a, b, x, y) for x in sorted(left) for y in sorted(right))  # in an order, for ties
        best: dict[tuple[str, str, str], tuple[float, str]] = {}
        for (a, b, x, y), count in both.items():
            if count < SELDOM:
                continue
            dice = 2 * count / (ours[a, b, x] + theirs[a, b, y])
            if dice >= DICE and dice > best.get((a, b, x), (0.0, ""))[0]:
                best[a, b, x] = dice, y
        return {key: y for key, (_, y) in best.items()}

    def find(self, a: str, b: str, source: str, target: str) -> list[Term]:
        """Return the terms of a pair, by kind, none overlapping."""
        found = list(self.names(a, b, source, target))
        found += self.proper(a, b, source, target, found)
        found += self.nouns(a, b, source, target, found)
        return found

    def names(self, a: str, b: str, source: str, target: str) -> Iterator[Term]:
        """Yield glossary names that both sides have."""
        there: defaultdict[str, list[Hit]] = defaultdict(list)
        for hit in glossary.find(self.terms, target, Lang(b), None):
            there[hit.entry].append(hit)
        for hit in glossary.find(self.terms, source, Lang(a), None):
            if there[hit.entry]:
                yield Term(hit.start, hit.end, there[hit.entry].pop(0).base, "glossary")

    def proper(self, a: str, b: str, source: str, target: str, taken: list[Term]) -> Iterator[Term]:
        """Yield runs of capitalised words that are transliterations of capitalised words of the target."""
        theirs = {m[0] for m in words(target) if is_proper(m[0])}
        run: list[tuple[re.Match[str], str]] = []
        for m in words(source):
            free = is_proper(m[0]) and not any(t.start < m.end() and m.start() < t.end for t in taken)
            score, lemma, word = max(((*self.like(m[0], a, y, b), y) for y in theirs if free), default=(0.0, "", ""))
            if run and (score < LIKE or source[run[-1][0].end() : m.start()] != " "):
                yield joined(run)
                run = []
            if score >= LIKE:
                theirs.discard(word)
                run.append((m, lemma))
        if run:
            yield joined(run)

    def nouns(self, a: str, b: str, source: str, target: str, taken: list[Term]) -> Iterator[Term]:
        """Yield nouns whose usual translation the target has."""
        there = {x for m in words(target) if (x := self.lemma(m[0].lower(), b))}
        for m in words(source):
            if any(t.start < m.end() and m.start() < t.end for t in taken):
                continue
            key = self.lemma(m[0].lower(), a)
            other = self.pairs.get((a, b, key)) if key else None
            if other in there and other is not None:
                yield Term(m.start(), m.end(), other, "noun")

    def swapped(self, a: str, b: str, source: str, target: str, rng: random.Random) -> tuple[str, str] | None:
        """Return the pair with a glossary name replaced by another of its kind in the same cases; None if none fits."""
        theirs = glossary.find(self.terms, target, Lang(b), None)
        ours = [h for h in glossary.find(self.terms, source, Lang(a), None) if h.kind is not NameKind.FORBIDDEN]
        pairs = [
            (x, y)
            for x in ours
            for y in theirs
            if x.entry == y.entry
            and sum(h.entry == x.entry for h in ours) == sum(h.entry == x.entry for h in theirs) == 1
        ]
        if not pairs:
            return None
        mine, other = rng.choice(pairs)
        concept = self.terms.entries[mine.entry]
        for new in rng.sample(self.by_kind[concept.kind], min(12, len(self.by_kind[concept.kind]))):
            left, right = self._form(concept, new, mine, source, a), self._form(concept, new, other, target, b)
            if new.id != concept.id and left and right:
                return (
                    source[: mine.start] + left + source[mine.end :],
                    target[: other.start] + right + target[other.end :],
                )
        return None

    def masked(self, a: str, b: str, source: str, target: str, rng: random.Random) -> tuple[str, str] | None:
        """Return the pair with up to three names or figures that each side has once masked; None if it has none."""
        sides = [self._once(source, a), self._once(target, b)]
        both = [name for name in sides[0] if name in sides[1]]
        if not both:
            return None
        chosen = sorted(rng.sample(both, min(len(both), rng.choice((1, 1, 2, 3)))), key=lambda name: sides[0][name])
        first = rng.choice((1, 1, 1, 2, 3))
        marks = {name: f"[{number}]" for number, name in enumerate(chosen, first)}
        left, right = (
            _replaced(text, {side[name]: mark for name, mark in marks.items()})
            for text, side in zip((source, target), sides, strict=True)
        )
        return left, right

    def _once(self, text: str, lang: str) -> dict[str, tuple[int, int]]:
        """Return where the names and figures stand that ``text`` has once."""
        found = [(hit.entry, (hit.start, hit.end)) for hit in glossary.find(self.terms, text, Lang(lang), None)]
        found += [(f"#{figure[0]}", figure.span()) for figure in FIGURE.finditer(text)]
        counts = Counter(name for name, _ in found)
        return {name: span for name, span in found if counts[name] == 1}

    def _form(self, old: glossary.Concept, new: glossary.Concept, hit: Hit, text: str, lang: str) -> str | None:
        """Return the form of ``new`` for the place of ``hit``; None where it would not fit there."""
        code = Lang(lang)
        if hit.base == old.names[code] and old.kind != glossary.ConceptKind.PLACE:
            base = new.names[code]
        else:
            shorts = new.short.get(code, ())
            base = next((s for s in shorts if is_abbreviation(s) == is_abbreviation(hit.base)), new.names[code])
        if is_abbreviation(base) != is_abbreviation(hit.base) or (" " in base) != (" " in hit.base):
            return None
        if code is Lang.RU and inflect_ru.gender_of(base) != inflect_ru.gender_of(hit.base):
            return None
        if code is Lang.KK and inflect_kk.is_possessed(base) != inflect_kk.is_possessed(hit.base):
            return None
        table = written(new, base, code)
        wanted = {table.get(case) for case in hit.cases or ("nom",)}
        form = wanted.pop() if len(wanted) == 1 else None
        found = text[hit.start : hit.end]
        if form is None or found.isupper() != form.isupper():
            return None
        return form


def _replaced(text: str, spans: dict[tuple[int, int], str]) -> str:
    for (start, end), mark in sorted(spans.items(), reverse=True):
        text = text[:start] + mark + text[end:]
    return text


def marked(source: str, terms: Sequence[Term], rng: random.Random) -> str | None:
    """Return ``source`` with some of ``terms`` annotated; None where chance left none."""
    parts, at = [], 0
    for term in sorted(terms, key=lambda t: t.start):
        if term.start < at or rng.random() > KEEP[term.kind]:
            continue
        parts += [source[at : term.start], f"<t> {source[term.start : term.end]} <=> {term.lemma} </t>"]
        at = term.end
    return "".join([*parts, source[at:]]) if parts else None


def main() -> None:
    """Read examples, write them with annotated and swapped ones."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("examples", type=Path)
    parser.add_argument("--glossary", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--limit", type=int)
    args = parser.parse_args()
    rng = random.Random(0)
    lines = list(rows(args.examples))
    annotator = Annotator(glossary.load(args.glossary), lines)
    print(f"{len(annotator.pairs)} pairs of nouns", flush=True)
    counts: Counter[str] = Counter()
    with args.out.open("w", encoding="utf-8") as out:
        for a, b, weight, source, target in lines[: args.limit]:
            times = int(float(weight))
            asked = len(source) > SENTENCE and (times > 1 or rng.random() < SHARE)
            terms = annotator.find(a, b, source, target) if asked else []
            text = marked(source, terms, rng)
            plain = max(1, times - 1) if text else times
            out.write(f"{a}\t{b}\t{plain}\t{source}\t{target}\n")
            counts["plain"] += plain
            if text:
                out.write(f"{a}\t{b}\t1\t{text}\t{target}\n")
                counts["annotated"] += 1
                counts.update(term.kind for term in terms)
            pair = annotator.swapped(a, b, source, target, rng) if times > 1 and rng.random() < SWAP else None
            if pair:
                text = marked(pair[0], annotator.find(a, b, *pair), rng) or pair[0]
                out.write(f"{a}\t{b}\t1\t{text}\t{pair[1]}\n")
                counts["swapped"] += 1
            hidden = annotator.masked(a, b, source, target, rng) if times > 1 and rng.random() < MASK else None
            if hidden:
                out.write("\t".join((a, b, "1", *hidden)) + "\n")
                counts["masked"] += 1
    print(dict(counts), flush=True)


if __name__ == "__main__":
    main()
