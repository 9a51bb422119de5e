"""Reads a termbase of either version and either style, from any program; the only reader of XML in this room."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from kzpress.domain import Lang
from kzpress.errors import GlossaryError
from kzpress.glossary.exchange import fields as cells
from kzpress.glossary.exchange import safety
from kzpress.glossary.exchange.model import Incoming, Reading
from kzpress.glossary.exchange.tbx_write import own_id
from kzpress.glossary.exchange.termbase import (
    AVOIDED,
    DIALECTS,
    FIELDS,
    ORIGIN,
    RIGHT_ALONE,
    SHORT_TYPES,
    STATUS,
    VALID,
)
from kzpress.glossary.model import ConceptKind
from kzpress.office import refuse_disguise, refuse_excess
from kzpress.speech import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_CONCEPTS: Final = frozenset(dialect.concept for dialect in DIALECTS.values())
_LANGUAGES: Final = frozenset(dialect.language for dialect in DIALECTS.values())
_TERMS: Final = frozenset({"tig", "ntig", "termSec"})
_GROUPS: Final = frozenset({"termGrp", "descripGrp", "adminGrp", "termNoteGrp"})
_READ: Final = frozenset(
    {"administrativeStatus", "termType", "grammaticalGender", "partOfSpeech", "subjectField", "source", "note", "term"}
)
_GENDERS: Final = {"feminine": "f", "masculine": "m"}
_DECLARES: Final = re.compile(rb"<!\s*(?:ENTITY|ATTLIST|ELEMENT|NOTATION)", re.IGNORECASE)


def read(data: bytes, where: str) -> Reading:
    """Return the concepts of a termbase with the terms of our languages, and what was passed over.

    Raises:
        GlossaryError: not a termbase, damaged XML, or XML that declares entities.

    """
    root = _root(data, where)
    origin = " ".join(_text(p) for p in root.iter() if _local(p) == "p")
    silent = AVOIDED if RIGHT_ALONE in origin else frozenset()
    passed: Counter[str] = Counter()
    entries = tuple(
        _concept(element, passed, ours=ORIGIN in origin, silent=silent)
        for element in root.iter()
        if isinstance(element.tag, str) and _local(element) in _CONCEPTS
    )
    if not entries:
        raise GlossaryError(
            _("has no concepts"), where=where, hint=_("give a TBX file with <conceptEntry> or <termEntry>")
        )
    notes = tuple(_("passed over {what}: {count}", what=what, count=count) for what, count in sorted(passed.items()))
    return Reading(entries=entries, notes=notes)


def _root(data: bytes, where: str) -> _Element:
    from lxml import etree

    if _DECLARES.search(data.replace(b"\0", b"")):  # the zeros of UTF-16
        hint = _("no termbase needs entities: do not open it, ask the sender")
        raise GlossaryError(_("declares XML entities"), where=where, hint=hint)
    refuse_disguise(data, where, GlossaryError)
    refuse_excess(data, where, GlossaryError)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        place = f"{where}:{error.lineno}" if error.lineno else where
        raise GlossaryError(
            _("is damaged: {reason}", reason=error.msg), where=place, hint=_("export it again")
        ) from error
    if _local(root) not in {dialect.root for dialect in DIALECTS.values()}:
        raise GlossaryError(_("is XML, but no TBX"), where=where, hint=_("give a file with <tbx> or <martif>"))
    return root


def _concept(element: _Element, passed: Counter[str], *, ours: bool, silent: frozenset[str]) -> Incoming:
    """Return a concept; of the fields ``silent`` it says nothing where it has none."""
    fields: dict[str, str] = {}
    notes: list[str] = []
    said: set[str] = set()
    for child in _children(element):
        if _local(child) in _CONCEPTS:  # one inside another is read on its own
            continue
        if _local(child) in _LANGUAGES:
            lang = _language(child)
            if lang is None:
                said_language = safety.shown(_said_language(child)) or _("no language")
                terms = _("terms in {language}", language=said_language)
                passed[terms] += sum(_local(node) in _TERMS for node in child)
                continue
            said |= {f"{key}.{lang}" for key in STATUS if key not in silent}
            _section(child, lang, fields, notes, passed)
        else:
            _about(child, fields, notes, passed)
    if notes:
        fields["note"] = " ".join(notes)
    given = element.get("id") or ""
    filled = {field: fields[field] for field in cells.COLUMNS if fields.get(field)}
    return Incoming(
        id=own_id(given) if ours else "",
        where=_("line {line}", line=element.sourceline),
        fields=filled,
        said=frozenset(said | filled.keys()),
    )


def _about(node: _Element, fields: dict[str, str], notes: list[str], passed: Counter[str]) -> None:
    """Take in what is said about a concept or a language of it."""
    text, category = _text(node), _category(node)
    if category == "subjectField" and text in set(ConceptKind):
        fields["kind"] = text
    elif category == "source":
        fields.setdefault("source", text)
    elif category == "note" and text.startswith(VALID):
        fields["valid"] = text.removeprefix(VALID)
    elif category == "note":
        notes.append(text)
    elif text or len(node):
        passed[_named(node)] += 1


def _section(section: _Element, lang: Lang, fields: dict[str, str], notes: list[str], passed: Counter[str]) -> None:
    """Take in the terms of one language; what has no status is the name, if there is no better, else a short one."""
    terms: dict[str, list[str]] = {key: [] for key in STATUS}
    loose: list[str] = []
    for child in _children(section):
        if _local(child) not in _TERMS:
            _about(child, fields, notes, passed)
            continue
        facts = {_category(node): _text(node) for node in _children(child)}
        term = facts.get("term", "")
        if not term:
            continue
        passed.update(_named(node) for node in _children(child) if _category(node) not in _READ)
        if facts.get("note"):
            notes.append(f"{term}: {facts['note']}")
        field = _field(facts)
        (terms[field] if field else loose).append(term)
        if field == "names" and facts.get("grammaticalGender") in _GENDERS and fields.get("kind") == "person":
            fields["gender"] = _GENDERS[facts["grammaticalGender"]]
    names = terms.pop("names") + loose
    if names:
        best = fields.setdefault(f"names.{lang}", names[0])  # en-GB after en-US: the first has the name
        terms["short"] = [name for name in names if name != best] + terms["short"]
    for key, values in terms.items():
        if values:
            fields[f"{key}.{lang}"] = cells.join(_also_there(fields.get(f"{key}.{lang}", ""), values))


def _also_there(cell: str, values: list[str]) -> list[str]:
    return list(dict.fromkeys([*cells.split(cell), *values]))


def _field(facts: dict[str, str]) -> str | None:
    """Return the field a term belongs to by its status and type; None where neither decides."""
    status = re.sub(r"[^a-z]|term|-?admn-?sts", "", facts.get("administrativeStatus", "").lower())
    kind = facts.get("termType", "").lower()
    if status in FIELDS:
        field = FIELDS[status]
        if field == "names" and kind in SHORT_TYPES:
            return "short"
        return "variants" if field == "forbidden" and kind == "variant" else field
    return "short" if kind in SHORT_TYPES else "variants" if kind == "variant" else None


def _children(element: _Element) -> Iterator[_Element]:
    """Yield the elements in ``element``, and in the groups that only hold one together with notes on it."""
    for child in element:
        if not isinstance(child.tag, str):
            continue
        if _local(child) in _GROUPS:
            yield from _children(child)
        else:
            yield child


def _local(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _category(element: _Element) -> str:
    """Return the data category: the type attribute in DCA style, the element's own name in DCT style."""
    return element.get("type") or _local(element)


def _named(element: _Element) -> str:
    category, local = _category(element), _local(element)
    return safety.shown(local if category == local else f"{local} {category[:40]}")


def _text(element: _Element) -> str:
    return " ".join(cells.tidy("".join(map(str, element.itertext()))).split("\n"))


def _said_language(section: _Element) -> str:
    return (section.get("{http://www.w3.org/XML/1998/namespace}lang") or section.get("lang") or "")[:20]


def _language(section: _Element) -> Lang | None:
    """Return our language of a section, whatever its country; Kazakh in Latin letters is not ours."""
    code, *rest = _said_language(section).lower().replace("_", "-").split("-")
    return Lang(code) if code in set(Lang) and not {"latn", "arab"} & set(rest) else None
