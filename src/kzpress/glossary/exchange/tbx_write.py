"""Writes a termbase: TBX-Basic of ISO 30042:2019 in DCA style, or the martif of version 2."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kzpress.glossary.exchange import fields as cells
from kzpress.glossary.exchange.termbase import DIALECTS, ORIGIN, RIGHT_ALONE, STATUS, VALID, Dialect
from kzpress.glossary.surfaces import is_abbreviation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lxml.etree import _Element

HELD: Final = frozenset(
    {"kind", "valid", "gender", "source", "note", *(f"{key}.{lang}" for key in STATUS for lang in cells.LANGS)}
)
_TYPES: Final = {"names": "fullForm", "short": "shortForm", "variants": "variant"}
_GENDERS: Final = {"f": "feminine", "m": "masculine"}
_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"


def write(concepts: Iterable[tuple[str, Mapping[str, str]]], version: int, *, right_alone: bool = False) -> bytes:
    """Return the termbase of (id, cells); fields outside ``HELD`` are left out.

    ``right_alone`` says in it that the concepts may have other forms than these.
    """
    from lxml import etree

    dialect = DIALECTS[version]
    spaces: Any = {None: dialect.namespace} if dialect.namespace else None  # the stubs know no default namespace
    root = etree.Element(_tag(dialect, dialect.root), nsmap=spaces)
    root.set("type", "TBX-Basic")
    if dialect.namespace:
        root.set("style", "dca")
    root.set(_XML_LANG, cells.LANGS[0])
    about = _add(dialect, _add(dialect, root, dialect.header), "fileDesc")
    _add(dialect, _add(dialect, about, "sourceDesc"), "p", f"{ORIGIN}, {RIGHT_ALONE}" if right_alone else ORIGIN)
    body = _add(dialect, _add(dialect, root, "text"), "body")
    for name, fields in concepts:
        _concept(dialect, body, name, fields)
    etree.indent(root)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def xml_id(name: str) -> str:
    """Return an id as XML allows one: no slash, no digit first; ``own_id`` reads it back."""
    written = name.replace("/", ".")
    return written if written[0].isalpha() else f"_{written}"


def own_id(written: str) -> str:
    """Return the id that ``xml_id`` wrote."""
    return written.removeprefix("_").replace(".", "/")


def _concept(dialect: Dialect, body: _Element, name: str, fields: Mapping[str, str]) -> None:
    concept = _add(dialect, body, dialect.concept)
    concept.set("id", xml_id(name))
    if kind := fields.get("kind"):
        _add(dialect, concept, "descrip", kind, category="subjectField")
    if source := fields.get("source"):
        _add(dialect, concept, "admin", source, category="source")
    if valid := fields.get("valid"):
        _add(dialect, concept, "note", VALID + valid)
    if note := fields.get("note"):
        _add(dialect, concept, "note", note)
    for lang in cells.LANGS:
        terms = list(_terms(fields, lang))
        if not terms:
            continue
        section = _add(dialect, concept, dialect.language)
        section.set(_XML_LANG, lang)
        for key, term in terms:
            _term(dialect, section, key, term, fields.get("gender") if (key, lang) == ("names", "ru") else None)


def _terms(fields: Mapping[str, str], lang: str) -> Iterator[tuple[str, str]]:
    """Yield (key, term) of a language, the approved name first; a name is one term, bars and all."""
    for key in STATUS:
        cell = fields.get(f"{key}.{lang}")
        if cell:
            yield from ((key, term) for term in ([cell] if key == "names" else cells.split(cell)))


def _term(dialect: Dialect, section: _Element, key: str, term: str, gender: str | None) -> None:
    made = _add(dialect, section, dialect.term)
    _add(dialect, made, "term", term)
    if dialect.version == 3:  # OmegaT shows every term note of version 2 to the translator: this one says nothing
        _add(dialect, made, "termNote", "noun", category="partOfSpeech")
    if gender in _GENDERS:
        _add(dialect, made, "termNote", _GENDERS[gender], category="grammaticalGender")
    _add(dialect, made, "termNote", STATUS[key], category="administrativeStatus")
    if kind := _TYPES.get(key):
        kind = "abbreviation" if key == "short" and is_abbreviation(term) else kind
        _add(dialect, made, "termNote", kind, category="termType")


def _tag(dialect: Dialect, name: str) -> str:
    return f"{{{dialect.namespace}}}{name}" if dialect.namespace else name


def _add(
    dialect: Dialect, parent: _Element, name: str, text: str | None = None, *, category: str | None = None
) -> _Element:
    from lxml import etree

    made = etree.SubElement(parent, _tag(dialect, name))
    if category:
        made.set("type", category)
    if text is not None:
        made.text = text
    return made
