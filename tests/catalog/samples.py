"""A small release as drafted: what the tests of this folder begin with."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from kzpress import catalog
from kzpress.domain import Catalog, Entry, Key, Lang, State

HEADER = catalog.header(
    "2021-07-16-human-rights",
    lang=Lang.RU,
    source_lang=Lang.EN,
    source_digest="0" * 64,
    date=dt.date(2021, 7, 16),
)


def entry(source: str, text: str = "", *, context: str = "body", line: int = 1, note: str = "en→ru") -> Entry:
    return Entry(
        key=Key(context=context, source=source),
        text=text,
        state=State.DRAFT if text else State.EMPTY,
        notes=(note,),
        place=f"2021-07-16-human-rights:{line}",
    )


VISIT = entry("The Commissioner paid a visit to Brussels.", "Уполномоченный посетил Брюссель.", line=3)
TALKS = entry("Talks on human rights were held on July 12.", "Переговоры по правам человека прошли 12 июля.", line=5)
QUOTE = entry("“We value this dialogue”, she said.", "«Мы ценим этот диалог», – сказала она.", context="quote", line=7)


def merged(old: Catalog | None, *drafts: Entry, redraft: bool = False) -> Catalog:
    return catalog.merge(old, drafts, lang=Lang.RU, header=HEADER, redraft=redraft)


def approved(entry: Entry, text: str | None = None, comment: str = "") -> Entry:
    """Return ``entry`` as a reviewer leaves it."""
    return replace(entry, text=text or entry.text, state=State.APPROVED, comment=comment)


def reviewed(old: Catalog, *entries: Entry) -> Catalog:
    """Return ``old`` with the entries of the same keys replaced."""
    by_key = {entry.key: entry for entry in entries}
    return replace(old, entries=tuple(by_key.get(entry.key, entry) for entry in old.entries))


def find(found: Catalog, source: str) -> Entry:
    """Return the entry of ``source``."""
    return next(entry for entry in found.entries if entry.key.source == source)
