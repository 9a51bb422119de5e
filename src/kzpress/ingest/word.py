"""Word documents: every paragraph, cell, note, text box and margin of a .docx, read from its parts.

python-docx is for writing them: it passes over content controls, text boxes and notes, and nothing may be lost here.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kzpress.domain import Notice
from kzpress.errors import ReleaseError
from kzpress.ingest.reading import Piece, Reading, Role, split_at_breaks
from kzpress.office import Archive, local, parse
from kzpress.speech import _, n_

if TYPE_CHECKING:
    from lxml.etree import _Element

    from kzpress.limits import Limits

_SKIPPED: Final = frozenset(
    {"pPr", "rPr", "instrText", "del", "moveFrom", "delText", "Fallback", "sectPr", "tblPr", "rt"}
)
_BREAKS: Final = {"tab": " ", "br": "\n", "cr": "\n", "ptab": " ", "noBreakHyphen": "-"}
_OTHER_ZIPS: Final = (
    ("xl/", _("an Excel workbook"), _("save its text as .docx or .txt")),
    ("ppt/", _("a PowerPoint presentation"), _("save its text as .docx or .txt")),
    ("META-INF/manifest.xml", _("an OpenDocument file"), _("save it as .docx")),
)


def read_word(data: bytes, *, where: str, limits: Limits) -> Reading:
    """Read a .docx: its body in order, then notes, then running headers and footers.

    A piece's line is the ordinal of its paragraph within its part.
    Raises: ReleaseError for anything that is no sound Word document.
    """
    archive = Archive(data, where=where, error=ReleaseError, limits=limits)
    main = _main_part(archive, where)
    related = _related(archive, main, where)
    styles = _title_styles(archive, related.get("styles", []), where)
    tally = _Tally()
    body = _Part(styles=styles, tally=tally)
    body.take(_xml(archive, main, where), Role.PLAIN)
    pieces = list(body.pieces)
    for kind in ("footnotes", "endnotes"):
        for name in related.get(kind, []):
            pieces.extend(_notes(_xml(archive, name, where), tally))
    margins: dict[str, Piece] = {}
    for kind in ("header", "footer"):
        for name in related.get(kind, []):
            part = _Part(tally=tally)
            part.take(_xml(archive, name, where), Role.MARGIN)
            for piece in part.pieces:  # first-page and even-page variants repeat the same words
                margins.setdefault(
                    " ".join(piece.text.split()), Piece(text=piece.text, line=piece.line, role=Role.MARGIN)
                )
    return Reading(pieces=(*pieces, *margins.values()), notices=_notices(archive, related, tally, where))


def _main_part(archive: Archive, where: str) -> str:
    if "[Content_Types].xml" in archive.names:
        for name in _related(archive, "", where).get("officeDocument", []):
            if name in archive.names and not name.startswith(("xl/", "ppt/")):
                return name
    for mark, what, hint in _OTHER_ZIPS:
        if any(name.startswith(mark) for name in archive.names):
            raise ReleaseError(_("{what} cannot be read", what=what), where=where, hint=hint)
    raise ReleaseError(
        _("a zip archive that is no Word document"), where=where, hint=_("unpack it and give the release itself")
    )


def _related(archive: Archive, part: str, where: str) -> dict[str, list[str]]:
    """Return the parts that ``part`` refers to, by the last word of the relationship's type."""
    folder, name = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    found: dict[str, list[str]] = {}
    if rels in archive.names:
        for item in _xml(archive, rels, where):
            kind = item.get("Type", "").rpartition("/")[2]
            target = posixpath.normpath(posixpath.join("/", folder, item.get("Target", ""))).lstrip("/")
            internal = item.get("TargetMode") != "External" and target in archive.names
            if kind and (internal or kind == "image"):
                found.setdefault(kind, []).append(target)
    return found


def _xml(archive: Archive, name: str, where: str) -> _Element:
    return parse(archive.part(name), f"{where}: {name}", ReleaseError)


def _attribute(element: _Element, name: str) -> str | None:
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def _child(element: _Element, *path: str) -> _Element | None:
    found: _Element | None = element
    for name in path:
        found = next((child for child in found if local(child) == name), None) if found is not None else None
    return found


def _title_styles(archive: Archive, names: list[str], where: str) -> dict[str, Role]:
    """Return the styles that are titles or headings: unlike ids, their names are English in every edition of Word."""
    roles: dict[str, Role] = {}
    parents: dict[str, str] = {}
    for name in names:
        for style in _xml(archive, name, where):
            label = _child(style, "name")
            if local(style) != "style" or label is None:
                continue
            style_id, word = _attribute(style, "styleId") or "", (_attribute(label, "val") or "").lower()
            based = _child(style, "basedOn")
            if word in {"title", "heading 1"}:
                roles[style_id] = Role.TITLE
            elif word.startswith("heading ") or word == "subtitle":
                roles[style_id] = Role.HEADING
            elif based is not None:
                parents[style_id] = _attribute(based, "val") or ""
    for style_id, parent in parents.items():
        if parent in roles:
            roles.setdefault(style_id, roles[parent])
    return roles


def _notes(root: _Element, tally: _Tally) -> list[Piece]:
    pieces: list[Piece] = []
    for ordinal, note in enumerate((n for n in root if _attribute(n, "type") in {None, "normal"}), 1):
        part = _Part(tally=tally)
        part.take(note, Role.NOTE)
        pieces.extend(Piece(text=piece.text, line=ordinal, role=Role.NOTE) for piece in part.pieces)
    return pieces


def _notices(archive: Archive, related: dict[str, list[str]], tally: _Tally, where: str) -> tuple[Notice, ...]:
    notices: list[Notice] = []
    if tally.changes:
        message = n_(
            "{count} tracked change was read as accepted; deleted words are left out",
            "{count} tracked changes were read as accepted; deleted words are left out",
            tally.changes,
        )
        notices.append(Notice(code="tracked-changes", message=message))
    if tally.hidden:
        message = _("hidden text left out: {text}", text=" ".join(tally.hidden))
        notices.append(Notice(code="hidden-text", message=message))
    if tally.symbols:
        message = n_(
            "{count} character of a symbol font left out", "{count} characters of a symbol font left out", tally.symbols
        )
        notices.append(Notice(code="symbols-left-out", message=message))
    comments = sum(len(_xml(archive, name, where)) for name in related.get("comments", []))
    if comments:
        message = n_(
            "{count} reviewer's comment is not part of it", "{count} reviewers' comments are not part of it", comments
        )
        notices.append(Notice(code="comments-left-out", message=message))
    drawn = sorted({kind for kind in ("chart", "diagramData", "aFChunk", "oleObject", "package") if kind in related})
    if drawn:
        message = _(
            "the words inside charts, diagrams and embedded files ({kinds}) were not read", kinds=", ".join(drawn)
        )
        notices.append(Notice(code="embedded-left-out", message=message))
    return tuple(notices)


@dataclass(slots=True, kw_only=True)
class _Tally:
    """What the owner of the document should know of its text."""

    changes: int = 0
    symbols: int = 0
    hidden: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class _Part:
    """The walk over one part of the document."""

    tally: _Tally
    styles: dict[str, Role] = field(default_factory=dict)
    pieces: list[Piece] = field(default_factory=list)
    ordinal: int = 0
    _boxes: list[_Element] = field(default_factory=list)

    def take(self, element: _Element, role: Role) -> None:
        """Add the pieces of everything in ``element``, in document order."""
        for child in element:
            name = local(child)
            if name == "p":
                self._paragraph(child, role)
            elif name == "tc":
                self._cell(child, role)
            elif name not in _SKIPPED:
                self.tally.changes += name in {"ins", "moveTo"}
                self.take(child, role)

    def _paragraph(self, element: _Element, role: Role) -> None:
        self.ordinal += 1
        line = self.ordinal
        style = _child(element, "pPr", "pStyle")
        own = (
            self.styles.get(_attribute(style, "val") or "", role) if style is not None and role is Role.PLAIN else role
        )
        self.pieces.extend(Piece(text=part, line=line, role=own) for part in split_at_breaks(self._text(element)))
        self._empty_boxes(role)

    def _cell(self, element: _Element, role: Role) -> None:
        inner = _Part(tally=self.tally, ordinal=self.ordinal)
        inner.take(element, Role.CELL)
        self.ordinal, line = inner.ordinal, self.ordinal + 1
        nested = any(local(node) == "tc" for node in element.iterdescendants())
        if nested:
            self.pieces.extend(inner.pieces)
        elif inner.pieces:
            kept = role if role in {Role.NOTE, Role.MARGIN} else Role.CELL
            self.pieces.append(Piece(text=" ".join(piece.text for piece in inner.pieces), line=line, role=kept))

    def _empty_boxes(self, role: Role) -> None:
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.take(box, role)

    def _text(self, element: _Element) -> str:
        """Return the visible text of a paragraph, run or anything within; text boxes are put aside for later."""
        parts: list[str] = []
        for child in element:
            name = local(child)
            if name == "t":
                parts.append(child.text or "")
            elif name in _BREAKS:
                parts.append(_BREAKS[name])
            elif name == "txbxContent":
                self._boxes.append(child)
            elif name == "sym":
                parts.append(self._symbol(child))
            elif name == "r" and self._is_hidden(child):
                self.tally.hidden.append("".join(node.text or "" for node in child if local(node) == "t"))
            elif name not in _SKIPPED:
                self.tally.changes += name in {"ins", "moveTo"}
                parts.append(self._text(child))
            else:
                self.tally.changes += name in {"del", "moveFrom"}
        return "".join(parts)

    def _symbol(self, element: _Element) -> str:
        """Return a character set in a font of its own; Symbol and Wingdings keep theirs in the private area."""
        try:
            code = int(_attribute(element, "char") or "", 16)
        except ValueError:
            code = 0xF000
        if 0xE000 <= code <= 0xF8FF or code > 0x10FFFF:
            self.tally.symbols += 1
            return " "
        return chr(code)

    @staticmethod
    def _is_hidden(run: _Element) -> bool:
        mark = _child(run, "rPr", "vanish")
        return mark is not None and _attribute(mark, "val") not in {"0", "false", "off"}
