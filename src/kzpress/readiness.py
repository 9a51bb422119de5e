"""The gate before publication: what keeps a locale of a release from being published, and its article if nothing does.

There is no way round it: a translation may be published when every sentence of the present source is approved by a
person and nothing is found in it that is an error. The source's own edition goes with the first translation that is
ready, since with it somebody has read every sentence of the source.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kzpress import edition
from kzpress.domain import Key, Lang, Segment, Severity, State
from kzpress.edition import Article
from kzpress.errors import KzpressError
from kzpress.glossary import Glossary
from kzpress.reviewing import Opened, findings_of, opened
from kzpress.workspace import Record, Workspace


class Why(StrEnum):
    """Why a locale is not ready, by code."""

    NOT_APPROVED = "not-approved"
    FINDING = "finding"
    SOURCE_CHANGED = "source-changed"
    INCOMPLETE = "incomplete"
    CHARACTERS = "characters"
    NO_CATALOGUE = "no-catalogue"
    NO_TRANSLATION = "no-translation"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason why a locale is not ready; ``finding`` is the code of an error, ``key`` where it is."""

    why: Why
    count: int = 0
    total: int = 0
    finding: str = ""
    key: Key | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One locale before the gate: its article if it may pass, else why not."""

    lang: Lang
    article: Article | None = None
    reasons: tuple[Reason, ...] = ()
    error: KzpressError | None = None


def standings(
    workspace: Workspace,
    terms: Glossary,
    record: Record,
    segments: Sequence[Segment],
    *,
    published: Collection[Lang],
    lang: Lang | None = None,
) -> list[Standing]:
    """Return the locales of a release that have a catalogue or are ``published``, in ``lang`` only if one is asked for.

    The source's own comes last, and is ready when a translation is.
    """
    translations = [code for code in Lang if code is not record.language]
    there = [code for code in translations if workspace.catalog(code, record.slug).exists() or code in published]
    found = [_translation(workspace, terms, record, segments, code) for code in there]
    asked = [one for one in found if lang in (None, one.lang)]
    ready = any(one.article for one in (found if lang is record.language else asked))
    if lang not in (None, record.language) and not ready:
        return asked
    if not ready:
        return [*asked, Standing(lang=record.language, reasons=(Reason(why=Why.NO_TRANSLATION),))]
    texts = {part.key: part.text for part in segments}
    reasons = tuple(_of_characters(texts.values()))
    article = None if reasons else edition.arrange(segments, texts, city=record.city)
    return [*asked, Standing(lang=record.language, article=article, reasons=reasons)]


def _translation(
    workspace: Workspace, terms: Glossary, record: Record, segments: Sequence[Segment], lang: Lang
) -> Standing:
    path = workspace.catalog(lang, record.slug)
    if not path.exists():
        return Standing(lang=lang, reasons=(Reason(why=Why.NO_CATALOGUE),))
    try:
        found = opened(workspace, record.slug, lang, path)
    except KzpressError as error:
        return Standing(lang=lang, error=error)
    reasons = tuple(_reasons(terms, record, segments, found))
    if reasons:
        return Standing(lang=lang, reasons=reasons)
    texts = {entry.key: entry.text for entry in found.entries}
    return Standing(lang=lang, article=edition.arrange(segments, texts, city=record.city))


def _reasons(terms: Glossary, record: Record, segments: Sequence[Segment], found: Opened) -> Iterator[Reason]:
    """Yield everything that keeps a catalogue from being published: this is the gate."""
    entries = {entry.key: entry for entry in found.entries}
    if dict(found.catalog.header).get("X-Source-Digest") != record.digest:
        yield Reason(why=Why.SOURCE_CHANGED)
    if missing := sum(part.key not in entries for part in segments):
        yield Reason(why=Why.INCOMPLETE, count=missing, total=len(segments))
    if waiting := sum(entry.state is not State.APPROVED for entry in entries.values()):
        yield Reason(why=Why.NOT_APPROVED, count=waiting, total=len(entries))
    for finding in findings_of(terms, found.catalog, found.source, found.date):
        # Of an empty entry it is said already that nobody approved it.
        if finding.severity is Severity.ERROR and entries[finding.key].state is not State.EMPTY:
            yield Reason(why=Why.FINDING, finding=finding.code, key=finding.key, detail=finding.message)
    yield from _of_characters(entry.text for entry in found.entries)


def _of_characters(texts: Iterable[str]) -> Iterator[Reason]:
    for text in texts:
        if strange := edition.strange_characters(text):
            yield Reason(why=Why.CHARACTERS, detail=strange)
