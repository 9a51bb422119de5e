"""Markdown: the only module that imports markdown-it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kzpress.domain import Notice
from kzpress.errors import ReleaseError
from kzpress.ingest.dates import find_date
from kzpress.ingest.html import read_html
from kzpress.ingest.reading import Dated, Piece, Reading, Role, Trust, split_at_breaks
from kzpress.speech import _

if TYPE_CHECKING:
    from markdown_it.token import Token

    from kzpress.limits import Limits

_FRONT_MATTER: Final = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_MOST_BRACKETS: Final = 5_000  # markdown-it takes the square of unclosed ones: 0.1 s here, minutes in a megabyte
_FIELD: Final = re.compile(r"(title|date)\s*:\s*[\"']?(.*?)[\"']?\s*\Z", re.IGNORECASE)


def read_markdown(text: str, *, where: str, limits: Limits) -> Reading:
    """Read CommonMark with tables, and title and date of a YAML front matter.

    Raises: ReleaseError for blocks nested beyond ``limits``.
    """
    from markdown_it import MarkdownIt

    if text.count("[") > _MOST_BRACKETS:
        message = _("more than {count} brackets", count=_MOST_BRACKETS)
        raise ReleaseError(message, where=where, hint=_("save the text as .txt"))
    text = re.sub("\r\n?", "\n", text)
    head, body = _front_matter(text)
    offset = text[: len(text) - len(body)].count("\n")
    # markdown-it drops without a word what nests deeper than its limit; a level is two or three of its tokens.
    parser = MarkdownIt("commonmark", {"maxNesting": 3 * limits.nesting}).enable("table")
    tokens = parser.parse(body)
    if any(token.level >= 2 * limits.nesting for token in tokens):
        raise ReleaseError(_("lists or quotations nested too deeply"), where=where, hint=_("save the text as .txt"))
    pieces: list[Piece] = list(head.pieces)
    for token, role in _with_roles(tokens):
        line = (token.map[0] if token.map else 0) + offset + 1
        pieces.extend(_pieces(token, role, line, where))
    return Reading(pieces=tuple(pieces), dates=head.dates, notices=head.notices)


def _front_matter(text: str) -> tuple[Reading, str]:
    match = _FRONT_MATTER.match(text)
    if not match:
        return Reading(pieces=()), text
    pieces: list[Piece] = []
    dates: list[Dated] = []
    rest: list[str] = []
    for number, line in enumerate(match[1].splitlines(), 2):
        known = _FIELD.match(line)
        found = find_date(known[2]) if known and known[1].lower() == "date" else None
        if known and known[1].lower() == "title" and known[2]:
            pieces.append(Piece(text=known[2], line=number, role=Role.TITLE))
        elif found and found.day:
            dates.append(Dated(day=found.day, trust=Trust.STATED))
        elif line.strip():
            rest.append(line.strip())
    told = _("not read: {lines}", lines="; ".join(rest))
    notices = (Notice(code="front-matter", message=told),) if rest else ()
    return Reading(pieces=tuple(pieces), dates=tuple(dates), notices=notices), text[match.end() :]


def _with_roles(tokens: list[Token]) -> list[tuple[Token, Role]]:
    """Return the tokens that hold text, each with what encloses it."""
    found: list[tuple[Token, Role]] = []
    enclosing: list[Role] = [Role.PLAIN]
    openers = {"heading_open": Role.HEADING, "blockquote_open": Role.QUOTE, "th_open": Role.CELL, "td_open": Role.CELL}
    line: list[int] | None = None
    for token in tokens:
        line = token.map or line
        if token.nesting > 0:
            role = openers.get(token.type, enclosing[-1])
            enclosing.append(Role.TITLE if token.tag == "h1" else role)
        elif token.nesting < 0:
            enclosing.pop()
        elif token.type in {"inline", "html_block", "fence", "code_block"}:
            token.map = token.map or line
            found.append((token, enclosing[-1]))
    return found


def _pieces(token: Token, role: Role, line: int, where: str) -> list[Piece]:
    if token.type == "html_block":
        return [
            Piece(text=piece.text, line=line + piece.line - 1, role=piece.role)
            for piece in read_html(token.content, where=where).pieces
        ]
    if token.type != "inline":
        return [Piece(text=part, line=line, role=role) for part in token.content.split("\n\n") if part.strip()]
    text = "".join(_inline(child) for child in token.children or [])
    parts = [text.replace("\n", " ")] if role is Role.CELL else split_at_breaks(text)
    return [Piece(text=part, line=line, role=role) for part in parts if part.strip()]


def _inline(token: Token) -> str:
    if token.type == "softbreak":
        return " "
    if token.type == "hardbreak" or (token.type == "html_inline" and token.content.lower().startswith("<br")):
        return "\n"
    if token.type in {"text", "code_inline", "text_special"}:
        return token.content
    return ""
