"""Editions for machines: ninjs 2.1 (IPTC's News in JSON) and the schema.org description inside a page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from kzpress.domain import BlockKind
from kzpress.edition.words import day_of, stamp

if TYPE_CHECKING:
    from kzpress.edition.site import Edition, Site

_SCHEMA: Final = "https://iptc.org/std/ninjs/ninjs-schema_2.1.json"
_HEADLINE: Final = 110  # characters that search engines take of a headline
_FORMATS: Final = (
    ("html", "text/html"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("txt", "text/plain"),
)


def ninjs(edition: Edition, site: Site) -> bytes:
    """Return the edition as a ninjs item; one that was withdrawn is ``canceled`` and has no words but that."""
    article = edition.article
    text = "\n\n".join(f"{part.dateline} {part.text}".strip() for part in article.paragraphs)
    item: dict[str, Any] = {
        "uri": edition.id,
        "standard": {"name": "ninjs", "version": "2.1", "schema": _SCHEMA},
        "type": "text",
        "representationtype": "full",
        "version": stamp(edition.updated),
        "firstcreated": stamp(edition.first),
        "versioncreated": stamp(edition.updated),
        "pubstatus": "usable" if edition.withdrawn is None else "canceled",
        "language": edition.tag,
        "title": article.title,
        "slugline": edition.slug,
        "by": site.name(edition.lang, latin=edition.latin),
    }
    if article.city:
        item["located"] = article.city
    if edition.withdrawn is None and edition.date:
        item["contentcreated"] = f"{edition.date.isoformat()}T00:00:00+05:00"
    if note := correction(edition):
        item["ednote"] = note
    item["headlines"] = [{"role": "main", "contenttype": "text/plain", "value": article.title}]
    item["descriptions"] = [{"role": "summary", "contenttype": "text/plain", "value": article.summary}]
    item["bodies"] = [
        {
            "role": "main",
            "contenttype": "text/plain",
            "charcount": len(text),
            "wordcount": len(text.split()),
            "value": text,
        }
    ]
    item["renditions"] = [
        {"name": name, "href": site.address(edition.tag, f"{edition.slug}.{name}"), "contenttype": kind}
        for name, kind in _FORMATS
    ]
    translations = {tag: uri for tag, uri in edition.online.items() if tag != edition.tag}
    if edition.withdrawn is None and translations:
        item["associations"] = [
            {
                "name": "original" if tag == edition.source_tag else f"translation-{tag}",
                "uri": uri,
                "language": tag,
            }
            for tag, uri in translations.items()
        ]
    return (json.dumps(item, ensure_ascii=False, indent=2) + "\n").encode()


def news_article(edition: Edition, site: Site) -> dict[str, Any]:
    """Return what schema.org's NewsArticle says of the edition."""
    article, page = edition.article, f"{edition.slug}.html"
    address = site.address(edition.tag, page)
    datelines = [part.dateline or part.text for part in article.paragraphs if _has_dateline(part.kind, part.dateline)]
    organisation = {"@type": "Organization", "name": site.name(edition.lang, latin=edition.latin), "url": site.url}
    facts: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": address,
        "url": address,
        "mainEntityOfPage": address,
        "headline": article.title if len(article.title) <= _HEADLINE else article.title[: _HEADLINE - 1] + "…",
        "description": article.summary,
        "inLanguage": edition.tag,
        "dateCreated": edition.day.isoformat(),
        "datePublished": stamp(edition.first),
        "dateModified": stamp(edition.updated),
        "author": organisation,
        "publisher": organisation,
    }
    if datelines:
        facts["dateline"] = datelines[0]
    if note := correction(edition):
        facts["correction"] = note
    if edition.tag != edition.source_tag and edition.source_tag in edition.online:
        facts["translationOfWork"] = {"@type": "NewsArticle", "@id": site.address(edition.source_tag, page)}
    elif edition.tag == edition.source_tag and len(edition.online) > 1:
        others = [tag for tag in edition.online if tag != edition.tag]
        facts["workTranslation"] = [{"@type": "NewsArticle", "@id": site.address(tag, page)} for tag in others]
    return facts


def correction(edition: Edition) -> str | None:
    """Return the note of correction that the edition carries, in its language."""
    if edition.corrected is None or edition.withdrawn is not None:
        return None
    return edition.words.corrected.format(date=edition.in_words(day_of(edition.corrected)))


def _has_dateline(kind: BlockKind, dateline: str) -> bool:
    return bool(dateline) or kind is BlockKind.DATELINE
