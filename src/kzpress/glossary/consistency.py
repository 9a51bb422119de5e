"""Checks a whole release: one thing has one name in it, and one person one spelling."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kzpress.domain import APPROVED, Finding, Hit, Key, Lang, NameKind, Severity
from kzpress.glossary import spelling
from kzpress.glossary.find import find
from kzpress.glossary.mentions import RUNNING
from kzpress.glossary.model import Abbreviate, ConceptKind
from kzpress.glossary.surfaces import is_abbreviation
from kzpress.speech import _

if TYPE_CHECKING:
    import datetime as dt

    from kzpress.glossary.model import Concept, Glossary
    from kzpress.glossary.spelling import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """One sentence and its translation, with the glossary's names in both and the people no entry knows."""

    key: Key
    target: str
    named: tuple[Hit, ...]
    there: tuple[Hit, ...]
    people: tuple[Person, ...]  # of the source
    people_there: tuple[Person, ...]


def check_release(
    glossary: Glossary,
    pairs: Sequence[tuple[Key, str]],
    *,
    source_lang: Lang,
    target_lang: Lang,
    date: dt.date | None,
) -> tuple[Finding, ...]:
    """Return the findings ``name-inconsistent`` and ``person-spelling`` for one release, sentence by sentence in order.

    ``pairs`` are its keys, which hold the source, with the translations; empty translations are passed over.
    """
    read = [_read(glossary, key, target, (source_lang, target_lang), date) for key, target in pairs if target.strip()]
    findings = [*_inconsistent(glossary, read, target_lang)]
    findings += _spelt_differently(read, (source_lang, target_lang))
    findings += _known_people(glossary, read, target_lang)
    findings += _lost_people(read, (source_lang, target_lang))
    order = {key: i for i, (key, _) in enumerate(pairs)}
    return tuple(sorted(dict.fromkeys(findings), key=lambda finding: order[finding.key]))


def _read(glossary: Glossary, key: Key, target: str, langs: tuple[Lang, Lang], date: dt.date | None) -> _Pair:
    named, there = (find(glossary, text, lang, date) for text, lang in zip((key.source, target), langs, strict=True))
    return _Pair(
        key=key,
        target=target,
        named=named,
        there=there,
        people=tuple(spelling.people(key.source, _offsets(named))),
        people_there=tuple(spelling.people(target, _offsets(there))),
    )


def _offsets(hits: Sequence[Hit]) -> frozenset[int]:
    return frozenset(offset for hit in hits for offset in range(hit.start, hit.end))


def _warning(key: Key, code: str, message: str) -> Finding:
    return Finding(key=key, code=code, severity=Severity.WARNING, message=message)


# ------------------------------------------------------------------ names


def _inconsistent(glossary: Glossary, read: Sequence[_Pair], lang: Lang) -> Iterator[Finding]:
    """Yield sentences that call a thing otherwise than the rest, though the source always calls it the same.

    A full name first and one short name from then on is as it should be. Headlines are let be, and places and offices:
    Казахстан and Республика Казахстан, глава МИД and министр иностранных дел alternate in good style.
    """
    read = [pair for pair in read if pair.key.kind in RUNNING]
    for entry in dict.fromkeys(hit.entry for pair in read for hit in pair.there):
        concept = glossary.entries[entry]
        if concept.kind in {ConceptKind.PLACE, ConceptKind.OFFICE}:
            continue
        pairs = [pair for pair in read if entry in {hit.entry for hit in pair.named}]
        if len({_bare(hit.base) for pair in pairs for hit in pair.named if hit.entry == entry}) == 1:
            yield from _deviating(concept, pairs)
        yield from _unintroduced(concept, read, lang)


def _deviating(concept: Concept, pairs: Sequence[_Pair]) -> Iterator[Finding]:
    used = [(pair, _bases(pair.there, concept)) for pair in pairs]
    used = [(pair, bases) for pair, bases in used if bases]
    if used and _is_full(used[0][1], concept, pairs[0]):
        used = used[1:]  # introduced in full
    counts: defaultdict[str, int] = defaultdict(int)
    for __, bases in used:
        for base in bases:
            counts[base] += 1
    if len(counts) < 2:
        return
    usual = max(counts, key=lambda base: counts[base])
    for pair, bases in used:
        if not any(usual in base or base in usual for base in bases):  # without its country, with its "structure"
            facts = {"name": next(iter(bases.values())), "usual": _written(used, usual)}
            message = _("“{name}” is called “{usual}” in the rest of the release", **facts)
            yield _warning(pair.key, "name-inconsistent", message)


def _bases(hits: Sequence[Hit], concept: Concept) -> dict[str, str]:
    """Return the approved names of ``concept`` among ``hits``: as compared, and as the glossary has them."""
    return {_bare(hit.base): hit.base for hit in hits if hit.entry == concept.id and hit.kind in APPROVED}


def _is_full(bases: dict[str, str], concept: Concept, pair: _Pair) -> bool:
    return any(hit.kind is NameKind.NAME for hit in pair.there if hit.entry == concept.id and _bare(hit.base) in bases)


def _written(used: Sequence[tuple[_Pair, dict[str, str]]], base: str) -> str:
    return next(bases[base] for _, bases in used if base in bases)


def _bare(base: str) -> str:
    return base.replace(". ", ".").casefold()


def _unintroduced(concept: Concept, read: Sequence[_Pair], lang: Lang) -> Iterator[Finding]:
    """Yield the sentence where an abbreviation stands before the full name that explains it.

    Where the source abbreviates first as well, a translation only follows it, but for entries that are to be
    introduced in full.
    """
    introduced = concept.abbreviate is Abbreviate.FIRST_FULL
    for pair in read:
        kinds = {hit.kind for hit in pair.there if hit.entry == concept.id}
        follows = _abbreviates(concept, pair.key.source)
        if NameKind.NAME in kinds or (follows and not introduced):
            return
        short = next((hit for hit in pair.there if hit.entry == concept.id and is_abbreviation(hit.base)), None)
        if short is not None:
            later = read[read.index(pair) + 1 :]
            if introduced or any(
                hit.entry == concept.id and hit.kind is NameKind.NAME for other in later for hit in other.there
            ):
                facts = {"short": short.base, "name": concept.names[lang]}
                message = _("“{short}” stands before its full name “{name}” does", **facts)
                yield _warning(pair.key, "name-inconsistent", message)
            return


def _abbreviates(concept: Concept, source: str) -> bool:
    """Tell whether ``source`` has an abbreviation of ``concept``, also inside a longer name."""
    shorts = {short for names in concept.short.values() for short in names if is_abbreviation(short)}
    return any(re.search(rf"(?<!\w){re.escape(short)}(?!\w)", source) for short in shorts)


# ------------------------------------------------------------------ people


def _spelt_differently(read: Sequence[_Pair], langs: tuple[Lang, Lang]) -> Iterator[Finding]:
    """Yield people whom the translation spells otherwise than before, though the source does not."""
    mentions = [(pair, person) for pair in read for person in pair.people_there]
    for i, (pair, person) in enumerate(mentions):
        for earlier, other in mentions[:i]:
            if not spelling.compatible(person.given, other.given):
                continue
            for mine, theirs in ((person.surname, other.surname), (person.given, other.given)):
                if spelling.differ(mine, theirs, langs[1]) and _is_one(pair, person, earlier, other, langs):
                    message = _("“{mine}” is spelt “{theirs}” earlier in the release", mine=mine, theirs=theirs)
                    yield _warning(pair.key, "person-spelling", message)
                    break


def _is_one(pair: _Pair, person: Person, earlier: _Pair, other: Person, langs: tuple[Lang, Lang]) -> bool:
    """Tell whether the sources of two mentions have one name, spelt the same."""
    for mine in pair.people:
        for theirs in earlier.people:
            if spelling.same(mine.surname, person.surname, langs) and spelling.same(
                theirs.surname, other.surname, langs
            ):
                return not any(
                    spelling.differ(a, b, langs[0])
                    for a, b in ((mine.surname, theirs.surname), (mine.given, theirs.given))
                )
    return False


def _known_people(glossary: Glossary, read: Sequence[_Pair], lang: Lang) -> Iterator[Finding]:
    """Yield other spellings of the surnames of those whom the glossary knows and the release names."""
    named = dict.fromkeys(hit.entry for pair in read for hit in (*pair.named, *pair.there))
    people = [concept for entry in named if (concept := glossary.entries[entry]).kind is ConceptKind.PERSON]
    for pair in read:
        taken = _offsets(pair.there)
        for word in spelling.words(pair.target):
            if word.start() in taken:
                continue
            for concept in people:
                *given, surname = concept.names[lang].split(" ")
                before = pair.target[: word.start()].split()[-1:]
                namesake = before and before[0][:1].isupper() and not spelling.compatible(before[0], "".join(given[:1]))
                if spelling.differ(word[0], surname, lang) and not namesake:
                    facts = {"found": word[0], "name": concept.names[lang], "surname": surname}
                    message = _("“{found}”: {name} is spelt “{surname}”", **facts)
                    yield _warning(pair.key, "person-spelling", message)


def _lost_people(read: Sequence[_Pair], langs: tuple[Lang, Lang]) -> Iterator[Finding]:
    """Yield names in a translation that miss a person of the source by one consonant."""
    for pair in read:
        taken = _offsets(pair.there)
        found = [word[0] for word in spelling.words(pair.target) if word.start() not in taken]
        for person in pair.people:
            if not spelling.is_letter_by_letter(person.surname):
                continue
            if any(spelling.same(person.surname, word, langs) for word in found):
                continue
            wrong = next((word for word in found if spelling.near(person.surname, word, langs)), None)
            if wrong is not None:
                message = _("“{found}” does not spell “{name}” of the source", found=wrong, name=person.surname)
                yield _warning(pair.key, "person-spelling", message)
