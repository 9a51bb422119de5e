"""The review of catalogues there are: what is found in them, what a changed glossary asks of them.

What of it comes first, worst first, is told here for every command.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from kzpress import catalog, checks, degenerate, glossary
from kzpress.domain import Catalog, Entry, Finding, Key, Lang, Severity, State
from kzpress.engine.cleaning import one_alphabet
from kzpress.engine.conventions import set_conventions_right
from kzpress.engine.spelling import spell_names
from kzpress.errors import CatalogError, KzpressError
from kzpress.glossary import Glossary
from kzpress.speech import _
from kzpress.workspace import Workspace

_OWED: Final = frozenset({"name-missing", "name-wrong-form", "name-forbidden"})  # what a glossary can ask of a text

# What people call them.
SEVERITIES: Final = {
    Severity.ERROR: _("error"),
    Severity.WARNING: _("warning"),
    Severity.ACKNOWLEDGED: _("acknowledged"),
}
STATES: Final = {
    State.EMPTY: _("empty"),
    State.DRAFT: _("draft"),
    State.APPROVED: _("approved"),
    State.OBSOLETE: _("obsolete"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A catalogue with the language and date of its source, and what was ``tried`` to be sure of its fixes."""

    catalog: Catalog
    source: Lang
    date: dt.date | None
    tried: tuple[str, ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Those that are part of the present release, in source order."""
        return tuple(entry for entry in self.catalog.entries if entry.state is not State.OBSOLETE)


@dataclass(frozen=True, slots=True, kw_only=True)
class StaleEntry:
    """A sentence of which the glossary asks something now that it did not when it was drafted, and what.

    One that a person has ``touched``, approved or not, is theirs to change.
    """

    key: Key
    state: State
    touched: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stale:
    """The stale sentences of one locale of one release, or the error that its catalogue cannot be read."""

    slug: str
    lang: Lang
    path: Path
    total: int = 0
    entries: tuple[StaleEntry, ...] = ()
    error: KzpressError | None = None


def risk_of(entry: Entry, findings: Iterable[Finding]) -> tuple[int, ...]:
    """Return how much ``entry`` needs a reviewer, to be compared with that of others: the greater, the sooner.

    What counts, each before all that follow: whether there is an error; how many names are missing; how much of the
    output is none (``output-…``); whether numbers differ; the errors; the warnings; whether it is yet to be approved.
    What a person has acknowledged does not count. ``findings`` may be those of the whole release.
    """
    found = [one for one in findings if one.key == entry.key and one.severity is not Severity.ACKNOWLEDGED]
    codes = [one.code for one in found]
    errors = sum(one.severity is Severity.ERROR for one in found)
    return (
        int(errors > 0),
        codes.count("name-missing"),
        sum(code.startswith("output-") for code in codes),
        codes.count("number-mismatch"),
        errors,
        len(found) - errors,
        int(entry.state is not State.APPROVED),
    )


def worst_first(entries: Iterable[Entry], findings: Sequence[Finding]) -> tuple[Entry, ...]:
    """Return ``entries`` by risk, those of the same risk in the order given."""
    return tuple(sorted(entries, key=lambda entry: risk_of(entry, findings), reverse=True))


def chosen(workspace: Workspace, slugs: Sequence[str], lang: Lang | None) -> Iterable[tuple[str, Lang, Path]]:
    """Return the catalogues of these releases, of all if none is named, in ``lang`` if one is.

    Raises:
        CatalogError: a slug has no catalogue.
    """
    catalogs = (one for one in workspace.catalogs() if lang in (None, one[1]))
    if not slugs:
        return catalogs
    asked = set(slugs)
    found = [one for one in catalogs if one[0] in asked]
    there = {known for known, __, ___ in found}
    for slug in slugs:
        if slug not in there:
            raise CatalogError(
                _("no catalogue of this release"), where=slug, hint=_("`kzpress status` lists the releases")
            )
    return found


def opened(workspace: Workspace, slug: str, lang: Lang, path: Path) -> Opened:
    """Read a catalogue, with the language and date of its source.

    Raises:
        CatalogError: it cannot be read, or its source's language is not known.
    """
    found, record = catalog.read(path), workspace.record(slug)
    named = record.language if record else dict(found.header).get("X-Source-Language")
    if named not in set(Lang) - {lang}:
        raise CatalogError(
            _("its source language is {lang}", lang=named or _("not known")),
            where=str(path),
            hint=_("translate the release again, or remove the file"),
        )
    return Opened(catalog=found, source=Lang(named), date=record.date if record else None)


def stale_entries(
    terms: Glossary,
    found: Catalog,
    source: Lang,
    date: dt.date | None,
    findings: Sequence[Finding] | None = None,
) -> tuple[StaleEntry, ...]:
    """Return the sentences that the present glossary asks more of than when they were drafted.

    A person's sentence is not among them where its findings about required names are acknowledged. ``findings`` are
    the catalogue's, where they are known already.
    """
    stale: list[StaleEntry] = []
    for entry in found.entries:
        if entry.state in {State.EMPTY, State.OBSOLETE}:
            continue
        touched = catalog.is_edited(entry)
        reasons = glossary.outdated(
            terms,
            entry.key.source,
            entry.text,
            source_lang=source,
            target_lang=found.lang,
            date=date,
            made_with=glossary.noted(entry.notes),
            is_machines=not touched,
        )
        if reasons:
            stale.append(StaleEntry(key=entry.key, state=entry.state, touched=touched, reasons=reasons))
    if not any(entry.touched for entry in stale):
        return tuple(stale)
    weighed: dict[Key, set[Severity]] = {}
    for finding in findings_of(terms, found, source, date) if findings is None else findings:
        if finding.code in _OWED:
            weighed.setdefault(finding.key, set()).add(finding.severity)
    settled = {key for key, severities in weighed.items() if severities == {Severity.ACKNOWLEDGED}}
    return tuple(entry for entry in stale if not (entry.touched and entry.key in settled))


def findings_of(
    terms: Glossary, found: Catalog, source: Lang, date: dt.date | None, *, tried: list[str] | None = None
) -> tuple[Finding, ...]:
    """Return the findings of every entry that is part of the release, in its order.

    Those are acknowledged that a person weighed; a fix is offered where it is sure to be one. To ``tried`` is added
    what was looked at besides the entries, to be sure of that.
    """
    entries = [entry for entry in found.entries if entry.state is not State.OBSOLETE]
    tried = [] if tried is None else tried
    findings = [one for entry in entries for one in _found_in(terms, entry, source, found.lang, date, tried=tried)]
    findings += glossary.check_release(
        terms,
        [(entry.key, entry.text) for entry in entries],
        source_lang=source,
        target_lang=found.lang,
        date=date,
    )
    weighed = checks.acknowledge(findings, {entry.key: entry.comment for entry in entries if entry.comment})
    places = {entry.key: at for at, entry in enumerate(entries)}
    return tuple(sorted(weighed, key=lambda finding: places[finding.key]))


def _found_in(
    terms: Glossary, entry: Entry, source: Lang, target: Lang, date: dt.date | None, *, tried: list[str]
) -> Iterator[Finding]:
    """Yield the findings of one entry. A fix that does not answer its finding, or brings another one, is none."""

    def look(text: str) -> tuple[Finding, ...]:
        key = entry.key
        names = glossary.check(terms, key.source, text, source_lang=source, target_lang=target, date=date, key=key)
        return (*checks.run(key.source, text, source, target, key), *names)

    found = look(entry.text)
    before = {(finding.code, finding.message) for finding in found}
    for finding in found:
        fix = finding.fix or _put_right(finding.code, entry, source, target)
        tried += [fix] if fix else []
        after = {(left.code, left.message) for left in look(fix)} if fix else before
        own = (finding.code, finding.message)
        # Beside a loop nothing else is told: what is found without it was there before.
        is_one = own not in after and (after <= before or finding.code == degenerate.LOOP)
        yield replace(finding, fix=fix if is_one else None)


def _put_right(code: str, entry: Entry, source: Lang, target: Lang) -> str | None:
    """Return the text of ``entry`` mended as drafts are, if that can answer a finding of this ``code``."""
    if code == "number-mismatch":
        return set_conventions_right(entry.key.source, entry.text, source, target)[0]
    if code == "script-wrong":
        return spell_names(entry.key.source, one_alphabet(entry.text, target), (source, target))[0]
    if code == degenerate.LOOP:
        return degenerate.said_once(entry.key.source, entry.text)[0]
    return None
