"""Checks that a translation has the names its source calls for, and none that are forbidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzpress.domain import Finding, Hit, Key, Lang, NameKind, Severity
from kzpress.glossary.find import find
from kzpress.glossary.require import Requirement, is_adjective_of, requirements, standing

if TYPE_CHECKING:
    import datetime as dt

    from kzpress.glossary.model import Glossary


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
    """Return the findings ``name-missing``, ``name-forbidden`` and ``name-out-of-date`` for one entry.

    An empty target has nothing to check.
    """
    if not target.strip():
        return ()
    hits = find(glossary, source, source_lang, date)
    there = find(glossary, target, target_lang, date)
    findings = [
        _error(key, "name-missing", _missing(need, there, target))
        for need in requirements(glossary, hits, target_lang)
        if standing(glossary, need, target, target_lang) is None and not is_adjective_of(need, target, target_lang)
    ]
    for hit in there:
        if hit.kind is NameKind.FORBIDDEN:
            name = glossary.entries[hit.entry].names[target_lang]
            words = f"“{target[hit.start : hit.end]}” is forbidden: write “{name}”"
            findings.append(_error(key, "name-forbidden", words))
    findings += _out_of_date(glossary, hits, date, key)
    return tuple(findings)


def _error(key: Key, code: str, message: str) -> Finding:
    return Finding(key=key, code=code, severity=Severity.ERROR, message=message)


def _missing(need: Requirement, there: tuple[Hit, ...], target: str) -> str:
    instead = next((f", not “{target[hit.start : hit.end]}”" for hit in there if hit.entry == need.concept.id), "")
    return f"the source names “{need.named}”: write “{need.required}”{instead}"


def _out_of_date(glossary: Glossary, hits: tuple[Hit, ...], date: dt.date | None, key: Key) -> list[Finding]:
    if date is None:
        return []
    findings: dict[str, Finding] = {}
    for hit in hits:
        concept = glossary.entries[hit.entry]
        if not concept.is_valid(date) and hit.entry not in findings:
            periods = ", ".join(str(period) for period in concept.valid)
            message = f"“{hit.base}” is the name {periods}; the release is of {date}"
            findings[hit.entry] = Finding(key=key, code="name-out-of-date", severity=Severity.WARNING, message=message)
    return list(findings.values())
