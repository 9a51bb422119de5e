"""Web pages: the article of a page, its headline and date; the only module that imports lxml.html."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from kzpress.domain import Notice
from kzpress.errors import ReleaseError
from kzpress.ingest.dates import find_date
from kzpress.ingest.reading import Dated, Piece, Reading, Role, Trust, split_at_breaks
from kzpress.speech import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.html import HtmlElement

_BLOCK_TAGS: Final = (
    "address article blockquote body caption center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr html legend li main ol p pre section summary table tbody td tfoot th thead tr ul"
)
_BLOCKS: Final = frozenset(_BLOCK_TAGS.split())
_UNSEEN: Final = frozenset(
    ["script", "style", "noscript", "template", "head", "svg", "math", "iframe", "object", "canvas", "audio", "video"]
)
_PERIPHERAL: Final = frozenset(["nav", "aside", "footer", "form", "button", "select", "textarea", "dialog", "menu"])
_ROLES: Final = {
    "h1": Role.TITLE,
    **dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), Role.HEADING),
    **dict.fromkeys(("td", "th", "caption"), Role.CELL),
    "blockquote": Role.QUOTE,
}
_DATE_METAS: Final = (
    "article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "pubdate",
)
_EMPTY_TITLES: Final = frozenset({"document", "untitled", "untitled document", "без названия", "новая страница"})
_OUTERMOST: Final = "//*[@role='main'][not(ancestor::*[@role='main'])]"
_MOST_TAGS: Final = 200_000
_MOST_ATTRIBUTES: Final = 1_000  # of one element; the parser takes the square of them, two minutes for 100,000
_SITE_NAME: Final = re.compile(r"\s+(?:\||::)\s+.*$", re.DOTALL)
_CHARSET: Final = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]+)", re.IGNORECASE)
_XML_ENCODING: Final = re.compile(rb"\s*<\?xml[^>]+encoding\s*=\s*[\"']([A-Za-z0-9._:-]+)", re.IGNORECASE)


def declared_charset(data: bytes) -> str | None:
    """Return the encoding a page declares in its first 4 kB, by <meta> or the XML declaration."""
    head = data[:4096]
    match = _CHARSET.search(head) or _XML_ENCODING.match(head)
    return match[1].decode("ascii") if match else None


def read_html(text: str, *, where: str) -> Reading:
    """Read a page: the text of <article> or <main> where it has one, else of the body without what surrounds it.

    A piece's line is that of its element in the source.
    Raises: ReleaseError for a page that nests too deeply to be read whole.
    """
    page = _parse(text, where)
    if page is None:
        return Reading(pieces=())
    root = _root(page)
    walk = _Walk(is_body=root.tag == "body")
    walk.element(root, Role.PLAIN)
    walk.flush(Role.PLAIN)
    pieces = walk.pieces
    notices: list[Notice] = []
    if not any(piece.role is Role.TITLE for piece in pieces):
        pieces = [*_headline(page, pieces), *pieces]
    total = _letters(page)
    kept = sum(ch.isalpha() for piece in walk.pieces for ch in piece.text)
    if total > kept:
        message = _(
            "{count} of the page's {total} letters stand around the release (menus, forms, footers) and were left out",
            count=total - kept,
            total=total,
        )
        notices.append(Notice(code="left-out", message=message))
    dates, impossible = _dates(page, root)
    return Reading(pieces=tuple(pieces), dates=dates, notices=(*notices, *impossible))


def _parse(text: str, where: str) -> HtmlElement | None:
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    if text.count("<") > _MOST_TAGS:
        message = _("a page of more than {count} elements", count=_MOST_TAGS)
        raise ReleaseError(message, where=where, hint=_("save its text as .txt"))
    if len(text) > 3 * _MOST_ATTRIBUTES and _most_attributes(text) > _MOST_ATTRIBUTES:
        message = _("an element of more than {count} attributes", count=_MOST_ATTRIBUTES)
        raise ReleaseError(message, where=where, hint=_("save its text as .txt"))

    parser = HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        page = document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:  # "Document is empty"
        return None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise ReleaseError(_("a page of elements nested too deeply"), where=where, hint=_("save its text as .txt"))
    return page


class _Counter:
    """What lxml's parser tells of a page in place of building it."""

    most = 0

    def start(self, _: str, attributes: Mapping[str, str]) -> None:
        self.most = max(self.most, len(attributes))

    def close(self) -> None:
        pass


def _most_attributes(text: str) -> int:
    """Return how many attributes an element of a page has at most."""
    from lxml import etree

    counter: Any = _Counter()  # the stubs want an element of whoever is told
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, target=counter)
    etree.fromstring(text.encode("utf-8", "replace"), parser)
    return int(counter.most)


def _root(page: HtmlElement) -> HtmlElement:
    # What stands in another of its kind has no more letters than that one, and a thousand deep would take for ever.
    for path in ("//article[not(ancestor::article)]", "//main[not(ancestor::main)]", _OUTERMOST):
        found = [element for element in page.xpath(path) if not _is_surrounded(element)]
        with_text = [element for element in found if _letters(element)]
        # Several articles are a list of teasers, unless one is the release and the rest are links to others.
        largest = max(with_text, key=_letters, default=None)
        if largest is not None and 2 * _letters(largest) > sum(map(_letters, with_text)):
            return largest
    body = page.find("body")
    return page if body is None else body


def _is_surrounded(element: HtmlElement) -> bool:
    return any(parent.tag in {"nav", "aside", "footer"} for parent in element.iterancestors())


def _letters(element: HtmlElement) -> int:
    count = 0
    skipped: set[HtmlElement] = set()
    for node in element.iter():
        if node.tag in _UNSEEN or node.getparent() in skipped:
            skipped.add(node)
        elif node.text:
            count += sum(ch.isalpha() for ch in node.text)
        if node is not element and node.tail and node.getparent() not in skipped:
            count += sum(ch.isalpha() for ch in node.tail)
    return count


def _headline(page: HtmlElement, pieces: list[Piece]) -> list[Piece]:
    """Return the page's own headline for an article without <h1>: an <h1> elsewhere, og:title, <title>."""
    for element in page.xpath("//h1"):
        words = " ".join(element.text_content().split())
        if words and not _is_surrounded(element):
            return [Piece(text=words, line=element.sourceline or 1, role=Role.TITLE)]
    if pieces and pieces[0].role is Role.HEADING:
        return []
    titles = [(str(node.get("content") or ""), node) for node in page.xpath("//meta[@property='og:title']")]
    titles += [(node.text_content(), node) for node in page.xpath("//head/title")]
    for title, node in titles:
        words = _SITE_NAME.sub("", " ".join(title.split()))
        if words and words.lower() not in _EMPTY_TITLES:
            return [Piece(text=words, line=node.sourceline or 1, role=Role.TITLE)]
    return []


def _dates(page: HtmlElement, root: HtmlElement) -> tuple[tuple[Dated, ...], tuple[Notice, ...]]:
    """Return the first date of publication; a time of day is read in the zone it is written in."""
    stated: dict[str, str] = {}
    for meta in page.iter("meta"):
        name = str(meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        stated.setdefault(name, str(meta.get("content") or ""))
    values = [stated[_DATE_METAS[0]]] if _DATE_METAS[0] in stated else []
    values += [str(node.get("datetime")) for node in root.iter("time") if node.get("datetime")]
    values += [str(node.get("datetime")) for node in page.iter("time") if node.get("datetime")][:1]
    values += [stated[name] for name in _DATE_METAS[1:] if name in stated]
    notices: list[Notice] = []
    for value in values:
        found = find_date(value[:10] if re.match(r"\d{4}-\d\d-\d\d", value) else value)
        if found and found.day:
            return (Dated(day=found.day, trust=Trust.MARKUP),), tuple(notices)
        if found and found.impossible:
            message = _("the page is dated {date}, which is no date", date=value)
            notices.append(Notice(code="date-impossible", message=message))
    return (), tuple(notices)


@dataclass(slots=True, kw_only=True)
class _Walk:
    """The walk over the elements; libxml2 bounds its depth at 256."""

    is_body: bool
    pieces: list[Piece] = field(default_factory=list)
    buffer: list[str] = field(default_factory=list)
    line: int = 1
    begun: bool = False

    def element(self, element: HtmlElement, role: Role) -> None:
        """Add the text of ``element`` and all within it."""
        tag = element.tag
        if tag in _UNSEEN:
            return
        if self._is_peripheral(element):
            if tag in _BLOCKS or tag in _PERIPHERAL:
                self.flush(role)
            return
        if tag == "br":
            self.buffer.append("\n")
            return
        own = _ROLES.get(tag, role)
        own = role if role is Role.CELL else own
        in_cell = role is Role.CELL and tag not in {"table", "tr", "td", "th", "caption"}
        is_block = tag in _BLOCKS and not in_cell
        if is_block:
            self.flush(role)
        elif tag in _BLOCKS:
            self.buffer.append(" ")
        self._text(element.text, element.sourceline, preformatted=tag == "pre")
        for child in element:
            self.element(child, own)
            self._text(child.tail, None, preformatted=tag == "pre")
        if is_block:
            self.flush(own)
        elif tag in _BLOCKS:
            self.buffer.append(" ")

    def flush(self, role: Role) -> None:
        """End the paragraph that is being gathered."""
        text = "".join(self.buffer)
        parts = [text.replace("\n", " ")] if role is Role.CELL else split_at_breaks(text)
        self.pieces.extend(Piece(text=part, line=self.line, role=role) for part in parts if part.strip())
        self.buffer.clear()
        self.begun = False

    def _text(self, text: str | None, line: int | None, *, preformatted: bool) -> None:
        if not text:
            return
        if line is not None and not self.begun:
            self.line = line
        self.begun = self.begun or not text.isspace()
        self.buffer.append(text if preformatted else re.sub(r"\s+", " ", text))

    def _is_peripheral(self, element: HtmlElement) -> bool:
        tag = element.tag
        if element.get("hidden") is not None:
            return True
        if tag == "footer" and any(parent.tag == "blockquote" for parent in element.iterancestors()):
            return False  # names who is quoted
        if tag == "form":  # older sites put the whole page into one
            return not element.xpath(".//h1 | .//article | .//main") and len(element.xpath(".//p")) < 2
        if tag == "header":
            return self.is_body and not element.xpath(".//h1")
        return tag in _PERIPHERAL
