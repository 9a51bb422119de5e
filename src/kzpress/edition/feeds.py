"""What a locale's readers and robots follow: the Atom feed (RFC 4287) and the sitemap with its alternates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kzpress.edition.words import day_of, stamp

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from kzpress.edition.site import Edition, Site

_ATOM: Final = "http://www.w3.org/2005/Atom"
_SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML: Final = "http://www.w3.org/1999/xhtml"
_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
NEWEST: Final = 50  # entries of a feed


def feed(editions: Sequence[Edition], site: Site, known: str | None = None) -> bytes:
    """Return the feed of one locale's ``editions``: the newest, withdrawn ones as what they are now.

    ``known`` is the identifier it has already; a new one is of the day of the oldest release.
    """
    from lxml import etree

    one, tag = editions[0], editions[0].tag
    newest = sorted(editions, key=lambda edition: (edition.updated, edition.slug), reverse=True)[:NEWEST]
    name = site.name(one.lang, latin=one.latin)
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})  # type: ignore[dict-item]  # None is the default namespace
    root.set(_XML_LANG, tag)
    began = min(day_of(edition.first) for edition in editions)
    _put(root, "id", known or site.tag_uri(began, f"{tag}/feed"))
    _put(root, "title", one.words.press_releases.format(name=name))
    _put(root, "updated", stamp(newest[0].updated))
    _put(root, "link", rel="self", type="application/atom+xml", href=site.address(tag, "feed.atom"))
    _put(_put(root, "author"), "name", name)
    _put(root, "generator", "kzpress")
    for edition in newest:
        _entry(root, edition, site)
    return _bytes(root)


def id_of(data: bytes) -> str | None:
    """Return the identifier of a feed of ours; None if ``data`` is none."""
    from lxml import etree

    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return None
    return root.findtext(f"{{{_ATOM}}}id")


def _entry(root: _Element, edition: Edition, site: Site) -> None:
    entry = _put(root, "entry")
    entry.set(_XML_LANG, edition.tag)
    _put(entry, "id", edition.id)
    _put(entry, "title", edition.article.title)
    _put(entry, "published", stamp(edition.first))
    _put(entry, "updated", stamp(edition.updated))
    page = f"{edition.slug}.html"
    href = site.address(edition.tag, page)
    _put(entry, "link", rel="alternate", type="text/html", hreflang=edition.tag, href=href)
    for tag in edition.online if edition.withdrawn is None else ():
        if tag != edition.tag:
            _put(entry, "link", rel="alternate", type="text/html", hreflang=tag, href=site.address(tag, page))
    _put(entry, "summary", edition.article.summary)
    if edition.withdrawn is None:
        _put(entry, "content", "\n\n".join(_lines(edition)), type="text")


def _lines(edition: Edition) -> list[str]:
    lines = [f"{part.dateline} {part.text}".strip() for part in edition.article.paragraphs]
    if edition.corrected:
        lines.append(edition.words.corrected.format(date=edition.in_words(day_of(edition.corrected))))
    return lines


def sitemap(editions: Sequence[Edition], site: Site) -> bytes | None:
    """Return the sitemap of one locale's ``editions`` that can be read, each with all its languages.

    None if there is none: the protocol knows no sitemap without an address.
    """
    from lxml import etree

    online = [edition for edition in editions if edition.withdrawn is None]
    if not online:
        return None
    root = etree.Element(f"{{{_SITEMAP}}}urlset", nsmap={None: _SITEMAP, "xhtml": _XHTML})  # type: ignore[dict-item]
    for edition in sorted(online, key=lambda one: one.slug):
        page = f"{edition.slug}.html"
        url = _put(root, "url", namespace=_SITEMAP)
        _put(url, "loc", site.address(edition.tag, page), namespace=_SITEMAP)
        _put(url, "lastmod", stamp(edition.updated), namespace=_SITEMAP)
        for tag, target in alternates(edition):
            href = site.address(target, page)
            _put(url, "link", namespace=_XHTML, rel="alternate", hreflang=tag, href=href)
    return _bytes(root)


def alternates(edition: Edition) -> list[tuple[str, str]]:
    """Return (hreflang, tag of the page it leads to): every language there is, its own too, and ``x-default``."""
    default = [("x-default", edition.default)] if edition.default else []
    return [*((tag, tag) for tag in edition.online), *default]


def _put(
    parent: _Element, name: str, text: str | None = None, *, namespace: str = _ATOM, **attributes: str
) -> _Element:
    from lxml import etree

    element = etree.SubElement(parent, f"{{{namespace}}}{name}", attributes)
    element.text = text
    return element


def _bytes(root: _Element) -> bytes:
    from lxml import etree

    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
