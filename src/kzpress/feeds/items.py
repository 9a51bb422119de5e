"""The items of an RSS or Atom feed, each as a page that ingest's reader of web pages reads.

The XML is read strictly and without entities. An item is known by its guid or id, else its link, else its contents.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import html
import re
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

from kzpress import office
from kzpress.errors import FeedError
from kzpress.office import local
from kzpress.speech import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_ROOTS: Final = frozenset({"rss", "RDF", "feed"})
# Of other namespaces, such as those of pictures and podcasts, no element is taken for one of these.
_NAMESPACES: Final = frozenset(
    {
        "",
        "http://www.w3.org/2005/Atom",
        "http://purl.org/atom/ns#",
        "http://purl.org/rss/1.0/",
        "http://purl.org/rss/1.0/modules/content/",
        "http://purl.org/dc/elements/1.1/",
        "http://purl.org/dc/terms/",
    }
)
_ITEMS: Final = frozenset({"item", "entry"})
_MOST: Final = 2_000  # items of one feed
_TEXTS: Final = ("encoded", "content", "description", "summary")  # the whole text before a teaser
_DATES: Final = ("pubDate", "published", "date", "issued", "updated")
_YEARS: Final = range(1900, 2200)  # a date of another one, such as 0001-01-01, is none
_MARKUP: Final = re.compile(r"</?[A-Za-z!]")
_PAGE: Final = """\
<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{title}</title>{date}</head>
<body><article><h1>{title}</h1>
{text}
</article></body></html>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An item; ``page`` is the HTML made of it, None for one without a text."""

    identity: str
    published: dt.datetime | None
    page: bytes | None

    @property
    def name(self) -> str:
        """A file name for it: the same for the same item, and without figures, which could pass for a date."""
        figures = hashlib.sha256(self.identity.encode()).hexdigest()[:16]
        return f"item-{figures.translate(str.maketrans('0123456789abcdef', 'abcdefghijklmnop'))}.html"


def items(data: bytes, where: str) -> tuple[Item, ...]:
    """Return the items of a feed, the oldest first, as far as their dates tell.

    Raises:
        FeedError: it is no feed, is damaged, or has too many items.
    """
    try:
        root = office.parse(data.lstrip(), where, FeedError)
    except FeedError as error:
        hint = _("tell those who make the feed; a page for people is no feed")
        raise FeedError(error.message, where=error.where, hint=hint) from error
    if local(root) not in _ROOTS:
        hint = _("give the address of the site's RSS or Atom feed")
        raise FeedError(_("is no feed: its root is {name}", name=local(root)), where=where, hint=hint)
    found = [element for element in root.iter("{*}*") if local(element) in _ITEMS]
    if len(found) > _MOST:
        hint = _("ask for a feed of the newest items only")
        raise FeedError(_("has more than {count} items", count=_MOST), where=where, hint=hint)
    read = {one.identity: one for one in map(_item, reversed(found))}  # feeds begin with the newest
    return tuple(sorted(read.values(), key=lambda one: one.published or _EVER))


_EVER: Final = dt.datetime(1, 1, 1, tzinfo=dt.UTC)


def _item(element: _Element) -> Item:
    fields: dict[str, _Element] = {}
    for child in element:
        if child.tag.rpartition("}")[0].removeprefix("{") in _NAMESPACES:
            fields.setdefault(local(child), child)
    title = _marked_up(fields["title"]) if "title" in fields else ""
    text = next((found for name in _TEXTS if name in fields and (found := _marked_up(fields[name])).strip()), "")
    published = next((day for name in _DATES if name in fields and (day := _instant(_plain(fields[name])))), None)
    date = f'<meta property="article:published_time" content="{published.date().isoformat()}">' if published else ""
    page = _PAGE.format(title=title.strip(), date=date, text=_paragraphs(text)).encode()
    identity = next(iter(_identities(fields)), None) or hashlib.sha256(page).hexdigest()
    return Item(identity=identity, published=published, page=page if text else None)


def _identities(fields: dict[str, _Element]) -> Iterator[str]:
    for name in ("guid", "id", "link"):
        if name in fields:
            said = _plain(fields[name]) or str(fields[name].get("href") or "").strip()
            if said:
                yield said


def _plain(element: _Element) -> str:
    return "".join(map(str, element.itertext())).strip()


def _marked_up(element: _Element) -> str:
    """Return the HTML that an element holds: escaped, as RSS and Atom's ``html`` have it, as elements, or as text."""
    kind = str(element.get("type") or "")
    if kind == "xhtml" or len(element):
        from lxml import etree

        for part in element.iter("{*}*"):
            part.tag = local(part)
        etree.cleanup_namespaces(element)
        inner = (etree.tostring(child, encoding="unicode", method="html") for child in element)
        return html.escape(element.text or "") + "".join(inner)
    text = _plain(element)
    return html.escape(text, quote=False) if kind in {"text", "text/plain"} else text


def _paragraphs(text: str) -> str:
    """Return text without markup as paragraphs, a line each, and HTML as it is."""
    if _MARKUP.search(text):
        return text
    return "\n".join(f"<p>{line.strip()}</p>" for line in text.splitlines() if line.strip())


def _instant(text: str) -> dt.datetime | None:
    """Return the instant that a feed's date tells, in the zone it is written in, UTC where it has none."""
    for read in (dt.datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        if found.year in _YEARS:
            return found if found.tzinfo else found.replace(tzinfo=dt.UTC)
    return None
