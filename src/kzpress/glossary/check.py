"""Checks that a translation has the names its source calls for, in a form its words allow, and none forbidden."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kzpress import text as folding
from kzpress.domain import BlockKind, Finding, Hit, Key, Lang, NameKind, Severity
from kzpress.glossary.agreement import clashes
from kzpress.glossary.find import find
from kzpress.glossary.require import (
    Requirement,
    count_derived,
    is_adjective_of,
    requirements,
    small_first,
    standing,
)
from kzpress.glossary.suffixes import misspelt_suffix
from kzpress.glossary.surfaces import written
from kzpress.speech import _, joined

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from kzpress.glossary.model import Glossary

WRONG_FORM: Final = "name-wrong-form"
REPEATED: Final = "name-repeated"
_NEAR: Final = 30  # characters between a name and the same name again, within a clause
_STUTTER: Final = re.compile(r"[^.!?;:()«»“”\"]*")
_APART: Final = 90  # characters: dates, "new", "and concurrently to Mozambique accredited"


def check(
    glossary: Glossary,
    source: str,
    target: str,
    *,
    source_lang: Lang,
    target_lang: Lang,
    date: dt.date | None,
    key: Key,
) -> tuple[Finding, ...]:
    """Return the findings about names in one entry: missing, in a wrong form, forbidden, twice, or outside their dates.

    An empty target has nothing to check.
    """
    if not target.strip():
        return ()
    hits = find(glossary, source, source_lang, date)
    there = find(glossary, target, target_lang, date)
    findings = [
        finding
        for need in requirements(glossary, hits, target_lang)
        if standing(glossary, need, target, target_lang) is None
        for finding in _unanswered(glossary, need, there, target, target_lang, key=key)
    ]
    findings += _wrong_forms(glossary, target, target_lang, key)
    for hit in there:
        if hit.kind is NameKind.FORBIDDEN:
            name = glossary.entries[hit.entry].names[target_lang]
            words = _("“{found}” is forbidden: write “{name}”", found=target[hit.start : hit.end], name=name)
            findings.append(_error(key, "name-forbidden", words))
    findings += _repeated(glossary, hits, there, (source_lang, target), key)
    findings += _out_of_date(glossary, hits, date, key)
    return tuple(findings)


def _error(key: Key, code: str, message: str, *, fix: str | None = None) -> Finding:
    return Finding(key=key, code=code, severity=Severity.ERROR, message=message, fix=fix)


def _unanswered(
    glossary: Glossary, need: Requirement, there: tuple[Hit, ...], target: str, lang: Lang, *, key: Key
) -> Iterator[Finding]:
    misspelt = misspelt_suffix(need.concept, need.bases, target, lang)
    if misspelt is not None:
        found, right = misspelt
        words = _(
            "“{found}”: the suffix does not follow the sound of the name: write “{right}”", found=found, right=right
        )
        at = target.index(found)
        yield _error(key, WRONG_FORM, words, fix=_put(target, at, at + len(found), right))
    elif not is_adjective_of(need, target, lang) and not _stands_apart(need, target, lang):
        small = small_first(glossary, need, target, lang)
        fix = None if small is None else _put(target, small, small + 1, target[small].upper())
        yield _error(key, "name-missing", _missing(need, there, target), fix=fix)


def _put(target: str, start: int, end: int, form: str) -> str | None:
    """Return ``target`` with ``form`` at [start, end), None where shouted letters hide how it is written."""
    found = target[start:end]
    shouted = len(found) > 1 and found.isupper() and not form.isupper()
    return None if shouted else target[:start] + form + target[end:]


def _stands_apart(need: Requirement, target: str, lang: Lang) -> bool:
    """Tell whether words stand between a Kazakh name and its head: Президентінің 2018 жылғы 10 қыркүйектегі Жарлығы."""
    if lang is not Lang.KK:
        return False
    folded = folding.fold(target)
    for base in need.bases:
        owner, _, head = folding.fold(base).rpartition(" ")
        if not owner or not head.endswith(("ы", "і")):
            continue
        forms = {folding.fold(form).rpartition(" ")[2] for form in written(need.concept, base, lang).values()}
        for found in re.finditer(rf"(?<!\w){re.escape(owner)} ([^.!?;]{{1,{_APART}}})", folded):
            if forms.intersection(found[1].replace(",", "").split()):
                return True
    return False


def _wrong_forms(glossary: Glossary, target: str, lang: Lang, key: Key) -> list[Finding]:
    if lang is Lang.EN and key.kind is BlockKind.HEADLINE:
        return []  # headlines drop articles
    findings: dict[str, Finding] = {}
    for clash in clashes(glossary, target, lang):
        severity = Severity.ERROR if clash.certain else Severity.WARNING
        forms = {form for _, form in clash.governed} if clash.certain else set()
        fix = _put(target, clash.start, clash.end, *forms) if len(forms) == 1 else None
        findings.setdefault(
            clash.message, Finding(key=key, code=WRONG_FORM, severity=severity, message=clash.message, fix=fix)
        )
    return list(findings.values())


def _repeated(
    glossary: Glossary, hits: tuple[Hit, ...], there: tuple[Hit, ...], texts: tuple[Lang, str], key: Key
) -> Iterator[Finding]:
    """Yield names that stand twice in a breath, as models stutter, more often than the source has them in any way.

    ``texts`` are the source's language and the target.
    """
    lang, target = texts
    for first, second in pairwise(there):
        between = target[first.end : second.start]
        if first.entry != second.entry or len(between) > _NEAR or not _STUTTER.fullmatch(between):
            continue
        named, standing_there = (sum(hit.entry == first.entry for hit in of) for of in (hits, there))
        if standing_there > max(named, count_derived(glossary.entries[first.entry], key.source, lang)):
            words = _("“{found}” has one name twice", found=target[first.start : second.end])
            yield Finding(key=key, code=REPEATED, severity=Severity.WARNING, message=words)


def _missing(need: Requirement, there: tuple[Hit, ...], target: str) -> str:
    instead = next((target[hit.start : hit.end] for hit in there if hit.entry == need.concept.id), "")
    facts = {"named": need.named, "required": need.required, "found": instead}
    if instead:
        return _("the source names “{named}”: write “{required}”, not “{found}”", **facts)
    return _("the source names “{named}”: write “{required}”", **facts)


def _out_of_date(glossary: Glossary, hits: tuple[Hit, ...], date: dt.date | None, key: Key) -> list[Finding]:
    if date is None:
        return []
    findings: dict[str, Finding] = {}
    for hit in hits:
        concept = glossary.entries[hit.entry]
        if not concept.is_valid(date) and hit.entry not in findings:
            periods = joined(", ", (period.said for period in concept.valid))
            facts = {"name": hit.base, "periods": periods, "date": str(date)}
            message = _("“{name}” is the name {periods}; the release is of {date}", **facts)
            findings[hit.entry] = Finding(key=key, code="name-out-of-date", severity=Severity.WARNING, message=message)
    return list(findings.values())
