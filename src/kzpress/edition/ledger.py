"""What is published of one release, word for word, and since when; alone reads and writes ``published.json``.

Every edition is made from it and from nothing else, so that a locale whose catalogue is being corrected stays online as
it is, and the same ledger is the same bytes.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from kzpress import files
from kzpress.domain import BlockKind, Lang
from kzpress.edition.article import Article, Paragraph
from kzpress.edition.words import stamp
from kzpress.errors import WorkspaceError
from kzpress.speech import _

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """One locale of a release as it is online. ``id`` is its tag: URI, for ever; ``source`` the digest it renders.

    ``updated`` is when it last changed in any way, ``corrected`` when its words last did; ``withdrawn`` is set while a
    tombstone stands in its place.
    """

    lang: Lang
    id: str
    source: str
    article: Article
    date: dt.date | None
    first: dt.datetime
    updated: dt.datetime
    corrected: dt.datetime | None = None
    withdrawn: dt.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """What is published of one release; ``withdrawn`` while nothing of it may be, ``latin`` once kk-Latn was made."""

    language: Lang
    withdrawn: dt.datetime | None = None
    latin: bool = False
    publications: tuple[Publication, ...] = ()

    def of(self, lang: Lang) -> Publication | None:
        """Return the publication in ``lang``, if there ever was one."""
        return next((one for one in self.publications if one.lang is lang), None)


def amend(ledger: Ledger, new: Publication) -> Ledger:
    """Return ``ledger`` with ``new`` in the place of what was published in its language before.

    The identifier and the first instant stay; the same words published again change nothing; other words are a
    correction at ``new.updated``, and after a withdrawal the locale is new to its readers.
    """
    old = ledger.of(new.lang)
    if old is not None:
        same = (old.article, old.date) == (new.article, new.date)
        corrected = old.corrected if same else new.updated
        updated = old.updated if same and old.withdrawn is None else new.updated
        new = replace(new, id=old.id, first=old.first, updated=updated, corrected=corrected)
    kept = (one for one in ledger.publications if one.lang is not new.lang)
    return replace(ledger, publications=tuple(sorted((*kept, new), key=lambda one: one.lang)))


def read(path: Path) -> Ledger | None:
    """Return the ledger at ``path``; None if nothing was ever published.

    Raises:
        WorkspaceError: it cannot be read, or was changed by hand.
    """
    try:
        data: dict[str, Any] = json.loads(path.read_text("utf-8"))
        ledger = Ledger(
            language=Lang(data["language"]),
            withdrawn=_instant(data["withdrawn"]),
            latin=bool(data["latin"]),
            publications=tuple(_publication(Lang(code), facts) for code, facts in data["locales"].items()),
        )
        edited = [one.lang for one in ledger.publications if one.article.digest != data["locales"][one.lang]["text"]]
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        reason = f"{type(error).__name__}: {error}"
        message = _("what is published cannot be read ({reason})", reason=reason)
        raise WorkspaceError(message, where=str(path), hint=_RESTORE) from error
    if edited:
        message = _("the words published in {language} were changed by hand", language=edited[0])
        raise WorkspaceError(message, where=str(path), hint=_RESTORE)
    return ledger


_RESTORE = _("restore it from git; words are changed in the catalogue and published again")


def write(path: Path, ledger: Ledger) -> bool:
    """Write ``ledger`` at ``path``, atomically, and tell whether that changed anything.

    Raises:
        WorkspaceError: the file cannot be written.
    """
    facts = {
        "language": ledger.language,
        "withdrawn": _stamp(ledger.withdrawn),
        "latin": ledger.latin,
        "locales": {one.lang: _facts(one) for one in ledger.publications},
    }
    text = json.dumps(facts, ensure_ascii=False, indent=2) + "\n"
    return files.write(path, text.encode(), error=WorkspaceError)


def _facts(one: Publication) -> dict[str, Any]:
    return {
        "id": one.id,
        "source": one.source,
        "text": one.article.digest,
        "first": _stamp(one.first),
        "updated": _stamp(one.updated),
        "corrected": _stamp(one.corrected),
        "withdrawn": _stamp(one.withdrawn),
        "date": one.date.isoformat() if one.date else None,
        "city": one.article.city,
        "title": one.article.title,
        "paragraphs": [
            {"kind": part.kind, "text": part.text} | ({"dateline": part.dateline} if part.dateline else {})
            for part in one.article.paragraphs
        ],
    }


def _publication(lang: Lang, facts: dict[str, Any]) -> Publication:
    paragraphs = (
        Paragraph(kind=BlockKind(part["kind"]), text=part["text"], dateline=part.get("dateline", ""))
        for part in facts["paragraphs"]
    )
    first, updated = _instant(facts["first"]), _instant(facts["updated"])
    if first is None or updated is None:
        raise ValueError("no instant of publication")
    return Publication(
        lang=lang,
        id=facts["id"],
        source=facts["source"],
        article=Article(title=facts["title"], city=facts["city"], paragraphs=tuple(paragraphs)),
        date=dt.date.fromisoformat(facts["date"]) if facts["date"] else None,
        first=first,
        updated=updated,
        corrected=_instant(facts["corrected"]),
        withdrawn=_instant(facts["withdrawn"]),
    )


def _instant(text: str | None) -> dt.datetime | None:
    if text is None:
        return None
    instant = dt.datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(f"an instant without its offset: {text}")
    return instant


def _stamp(instant: dt.datetime | None) -> str | None:
    return stamp(instant) if instant else None
