"""XLIFF 1.2, for OmegaT, Trados, Lokalize and other tools of translators; states say what is approved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kzpress.domain import Lang
from kzpress.errors import ExchangeError
from kzpress.exchange.model import ID, Row, Sheet, fit, flat, sheet_of
from kzpress.office import local, parse
from kzpress.speech import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_NAMESPACE: Final = "urn:oasis:names:tc:xliff:document:1.2"
_XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_OURS: Final = "kzpress"
_FINAL: Final = "final"
_SIGNED: Final = "signed-off"
_REVIEW: Final = "needs-review-translation"
_NEW: Final = "new"
_CODES: Final = frozenset({"x", "bx", "ex", "bpt", "ept", "ph", "it"})


def write(sheet: Sheet) -> bytes:
    """Return the XLIFF of a sheet: approved is ``final``, a draft ``needs-review-translation``."""
    from lxml import etree

    spaces: Any = {None: _NAMESPACE}  # the stubs know no default namespace
    root = etree.Element(f"{{{_NAMESPACE}}}xliff", nsmap=spaces)
    root.set("version", "1.2")
    file = _add(root, "file", original=sheet.slug, datatype="plaintext")
    file.set("source-language", sheet.source_lang)
    file.set("target-language", sheet.lang)
    header = _add(file, "header")
    _add(header, "note", sheet.mark).set("from", _OURS)
    body = _add(file, "body")
    for row in sheet.rows:
        unit = _add(body, "trans-unit", id=row.id, approved="yes" if row.ready else "no")
        unit.set(_XML_SPACE, "preserve")
        _add(unit, "source", row.source)
        state = _FINAL if row.ready else _REVIEW if row.text else _NEW
        _add(unit, "target", row.text, state=state)
        for note in row.notes:
            _add(unit, "note", note).set("from", _OURS)
        if row.remark:
            _add(unit, "note", row.remark).set("from", "reviewer")
    etree.indent(root)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _add(parent: _Element, name: str, text: str | None = None, **attributes: str) -> _Element:
    from lxml import etree

    element = etree.SubElement(parent, f"{{{_NAMESPACE}}}{name}", attributes)
    if text is not None:
        element.text = fit(text)
    return element


def read(data: bytes, where: str) -> Sheet:
    """Return the sheet of an XLIFF 1.2 file that came back.

    Ready is what a person set to ``final`` or ``signed-off``, or ``approved``; of a unit that went out ``final`` only
    ``signed-off`` says so, since few tools take ``final`` back when a text is changed.

    Raises:
        ExchangeError: it is damaged, another version, of several languages, or not of ours.
    """
    root = parse(data, where, ExchangeError)
    version = root.get("version", "")
    if local(root) != "xliff" or not version.startswith("1."):
        hint = _("give the file that `kzpress export` wrote, or have it exported as XLIFF 1.2")
        message = _("is no XLIFF 1.2 (version {version})", version=version or _("unknown"))
        raise ExchangeError(message, where=where, hint=hint)
    notes = [" ".join(map(str, note.itertext())) for note in root.iterfind("{*}file/{*}header/{*}note")]
    sheet = sheet_of(" ".join(notes), _rows(root), where)
    for file in root.iterfind("{*}file"):
        target = (file.get("target-language") or sheet.lang).lower().replace("_", "-").split("-")[0]
        if target in set(Lang) and target != sheet.lang:
            message = _("its target language was changed to {language}", language=target)
            raise ExchangeError(message, where=where, hint=_("export it again"))
    return sheet


def _rows(root: _Element) -> Iterator[Row]:
    for unit in root.iter():
        if local(unit) != "trans-unit":
            continue
        number = ID.search(unit.get("id", ""))
        source, target = unit.find("{*}source"), unit.find("{*}target")
        state = target.get("state", "") if target is not None else ""
        was_approved = number is not None and number["state"] == "a"
        ready = state == _SIGNED or (not was_approved and (state == _FINAL or unit.get("approved") == "yes"))
        remarks = [_words(note) for note in unit.iterfind("{*}note") if note.get("from") != _OURS]
        yield Row(
            id=number[0] if number else "",
            source=flat(_words(source)) if source is not None else "",
            text=flat(_words(target)) if target is not None else "",
            ready=ready,
            remark="\n".join(remarks).strip(),
            where=_("line {line}", line=unit.sourceline),
        )


def _words(element: _Element) -> str:
    parts = [element.text or ""]
    for child in element:
        parts += [] if local(child) in _CODES else [_words(child)]
        parts.append(child.tail or "")
    return "".join(parts)
