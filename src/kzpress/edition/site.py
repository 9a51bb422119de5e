"""The site that editions stand on: addresses, languages, and one edition as all formats see it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

from kzpress.domain import BlockKind, Lang
from kzpress.edition.article import Article, Paragraph
from kzpress.edition.latin import to_latin
from kzpress.edition.words import Words, day_in_words, day_of, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kzpress.edition.ledger import Ledger, Publication

LATIN: Final = "kk-Latn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where editions are read: ``url`` is what the folder ``editions/`` becomes, without a stroke at its end.

    ``names`` are the organisation's; ``latin`` asks for Kazakh in Latin letters too.
    """

    url: str
    names: Mapping[Lang, str]
    latin: bool = False

    def address(self, tag: str, name: str) -> str:
        """Return the address of the file ``name`` of a locale."""
        return f"{self.url}/{tag}/{quote(name)}"

    def tag_uri(self, day: dt.date, specific: str) -> str:
        """Return an identifier for ever, by RFC 4151; ``day`` is one on which the site was the organisation's."""
        return f"tag:{urlsplit(self.url).hostname},{day.isoformat()}:{quote(specific)}"

    def name(self, lang: Lang, *, latin: bool = False) -> str:
        """Return the organisation's name."""
        return to_latin(self.names[lang]) if latin else self.names[lang]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One release in one language and script: ``tag`` is its BCP 47 tag and the folder it lies in.

    ``online`` has the editions of its release that can be read, identifiers by tag, its own among them unless it was
    withdrawn; ``source_tag`` is the language it was written in, ``default`` the one for readers of none of them.
    """

    slug: str
    tag: str
    lang: Lang
    id: str
    article: Article
    date: dt.date | None
    first: dt.datetime
    updated: dt.datetime
    corrected: dt.datetime | None
    withdrawn: dt.datetime | None
    online: Mapping[str, str]
    source_tag: str
    default: str | None

    @property
    def latin(self) -> bool:
        """Tell whether it is Kazakh in Latin letters."""
        return self.tag == LATIN

    @property
    def words(self) -> Words:
        """What it says beside the release itself."""
        return words_of(self.lang, latin=self.latin)

    @property
    def day(self) -> dt.date:
        """The day the release is of: its own, or the one it was first published on."""
        return self.date or day_of(self.first)

    def in_words(self, day: dt.date) -> str:
        """Return ``day`` as its language writes it."""
        return day_in_words(self.lang, day, latin=self.latin)


def editions_of(slug: str, ledger: Ledger) -> tuple[Edition, ...]:
    """Return every edition that a ledger has, by tag; those withdrawn say so and nothing else."""
    tags = {one.lang.value: one for one in ledger.publications}
    if ledger.latin and Lang.KK in tags:
        tags[LATIN] = tags[Lang.KK]
    made = [_edition(slug, tag, one) for tag, one in sorted(tags.items())]
    online = {edition.tag: edition.id for edition in made if edition.withdrawn is None}
    default = next((tag for tag in (Lang.EN.value, ledger.language.value, *online) if tag in online), None)
    return tuple(replace(one, online=online, source_tag=ledger.language.value, default=default) for one in made)


def _edition(slug: str, tag: str, one: Publication) -> Edition:
    latin = tag == LATIN
    edition = Edition(
        slug=slug,
        tag=tag,
        lang=one.lang,
        id=f"{one.id}-Latn" if latin else one.id,
        article=_in_latin(one.article) if latin else one.article,
        date=one.date,
        first=one.first,
        updated=one.updated,
        corrected=one.corrected,
        withdrawn=one.withdrawn,
        online={},
        source_tag=tag,
        default=None,
    )
    return replace(edition, article=_tombstone(edition, one.withdrawn)) if one.withdrawn else edition


def _tombstone(edition: Edition, withdrawn: dt.datetime) -> Article:
    """Return what stands where a release was: not even its headline, which may be what was wrong."""
    why = edition.words.withdrawn_why.format(date=edition.in_words(day_of(withdrawn)))
    paragraphs = (Paragraph(kind=BlockKind.LEAD, text=why),)
    return Article(title=edition.words.withdrawn, city=None, paragraphs=paragraphs)


def _in_latin(article: Article) -> Article:
    return Article(
        title=to_latin(article.title),
        city=to_latin(article.city) if article.city else None,
        paragraphs=tuple(
            replace(part, text=to_latin(part.text), dateline=to_latin(part.dateline)) for part in article.paragraphs
        ),
    )
