"""TMX 1.4, the exchange format of translation memories: read from any program, with what it cannot mean here counted.

Written so that the same sentences give the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kzpress.domain import Lang, Remembered
from kzpress.errors import ExchangeError
from kzpress.office import refuse_disguise
from kzpress.speech import _
from kzpress.text import nfc

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lxml.etree import _Element

_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_ANY: Final = "*all*"
_CODES: Final = frozenset({"bpt", "ept", "it", "ph", "ut"})  # formatting of another program, and no words
# The document type may name the DTD, which is never fetched; nothing may be declared inside.
_DECLARES: Final = re.compile(rb"<!\s*(?:ENTITY|ATTLIST|ELEMENT|NOTATION)", re.IGNORECASE)
_MOST_LOOSE: Final = 100_000  # what is no unit, or is in one, is kept while it is read
_UNFIT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")  # has no place in XML
_DAY: Final = re.compile(r"(\d{4})(\d{2})(\d{2})T\d{6}Z")
_RELEASE: Final = "x-release"
_KIND: Final = "x-kind"
_DATE: Final = "x-release-date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchanged:
    """What a TMX file holds of our languages, and how often what was ``lost`` in reading it, by its name."""

    found: tuple[Remembered, ...]
    lost: Mapping[str, int]


def read_tmx(data: bytes, *, where: str, origin: str) -> Exchanged:
    """Return the sentences of a TMX file from each unit's source language, or if it has none, from each of its own.

    Raises:
        ExchangeError: no TMX, damaged XML, or XML that declares entities.
    """
    from lxml import etree

    if _DECLARES.search(data.replace(b"\0", b"")):  # the zeros of UTF-16
        hint = _("no translation memory needs entities: do not open it, ask the sender")
        raise ExchangeError(_("declares XML entities"), where=where, hint=hint)
    refuse_disguise(data, where, ExchangeError)
    lost: Counter[str] = Counter()
    found: dict[Remembered, None] = {}
    default = ""
    loose = 0
    root = None
    events = etree.iterparse(
        io.BytesIO(data), events=("start", "end"), resolve_entities=False, no_network=True, huge_tree=False,
        load_dtd=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        for event, element in events:
            loose += event == "start"
            if loose > _MOST_LOOSE:
                message = _("has more than {count} elements that are no unit, or are in one", count=_MOST_LOOSE)
                raise ExchangeError(message, where=where, hint=_("export it again"))
            if root is None:
                root = element
                _expect(root, where)
            elif event == "start" and element.tag == "header":
                default = element.get("srclang", "")
            elif event == "end" and element.tag == "tu":
                loose = 0
                found |= dict.fromkeys(_pairs(element, default, origin, lost))
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        place = f"{where}:{error.lineno}" if error.lineno else where
        raise ExchangeError(
            _("is damaged: {reason}", reason=error.msg), where=place, hint=_("export it again")
        ) from error
    return Exchanged(found=tuple(found), lost=dict(sorted(lost.items())))


def write_tmx(found: Iterable[Remembered]) -> bytes:
    """Return a TMX file of ``found``, each a unit with its source language, in their order, the same ones once.

    A character that XML cannot hold becomes U+FFFD.
    """
    from lxml import etree

    root = etree.Element("tmx", version="1.4")
    etree.SubElement(
        root,
        "header",
        {
            "creationtool": "kzpress", "creationtoolversion": "1", "segtype": "sentence", "o-tmf": "gettext",
            "adminlang": "en", "srclang": _ANY, "datatype": "plaintext",
        },
    )  # fmt: skip
    body = etree.SubElement(root, "body")
    for one in dict.fromkeys(found):
        unit = etree.SubElement(body, "tu", srclang=one.source_lang)
        facts = {_RELEASE: one.origin, _KIND: one.kind, _DATE: one.date.isoformat() if one.date else ""}
        for name, value in facts.items():
            if value:
                etree.SubElement(unit, "prop", type=name).text = _fit(value)
        for lang, text in ((one.source_lang, one.source), (one.lang, one.text)):
            variant = etree.SubElement(unit, "tuv", {_XML_LANG: str(lang)})
            if lang is one.lang and one.by:
                variant.set("changeid", _fit(one.by))
            etree.SubElement(variant, "seg").text = _fit(text)
    etree.indent(root)
    return etree.tostring(
        root, encoding="utf-8", xml_declaration=True, doctype='<!DOCTYPE tmx SYSTEM "tmx14.dtd">'
    ) + b"\n"  # fmt: skip


# ------------------------------------------------------------------ reading


def _expect(root: _Element, where: str) -> None:
    if root.tag != "tmx":
        raise ExchangeError(_("is XML, but no TMX"), where=where, hint=_("give a file that begins with <tmx>"))


def _pairs(unit: _Element, default: str, origin: str, lost: Counter[str]) -> Iterator[Remembered]:
    """Yield what one unit says in our languages."""
    texts: dict[Lang, tuple[str, str | None, dt.date | None]] = {}
    for variant in unit.iter("tuv"):
        code = variant.get(_XML_LANG) or variant.get("lang") or ""
        lang = _lang(code)
        segment = variant.find("seg")
        text = _text(segment, lost) if lang and segment is not None else ""
        if lang is None:
            lost[_("language {code}", code=code[:20] or _("no language"))] += 1
        elif not text:
            lost[_("empty segment")] += 1
        elif lang in texts:
            lost[_("second variant in {language}", language=lang)] += 1
        else:
            by = variant.get("changeid") or variant.get("creationid") or unit.get("changeid")
            day = variant.get("changedate") or variant.get("creationdate") or unit.get("changedate")
            texts[lang] = text, by, _day(day or unit.get("creationdate") or "")
    props = {prop.get("type", ""): (prop.text or "").strip() for prop in unit.iter("prop")}
    named = unit.get("srclang") or default
    source = _lang(named)
    if source is None and named.lower() not in {_ANY, ""}:
        lost[_("source language {code}", code=named[:20])] += 1
        return
    if len(texts) < 2 or (source and source not in texts):
        lost[_("unit without a pair of our languages")] += 1
        return
    for begin in [source] if source else list(texts):
        for lang in [other for other in texts if other is not begin]:
            text, author, when = texts[lang]
            yield Remembered(
                source=texts[begin][0],
                text=text,
                source_lang=begin,
                lang=lang,
                origin=props.get(_RELEASE) or origin,
                kind=props.get(_KIND, ""),
                by=author,
                date=_iso(props.get(_DATE, "")) or when,
            )


def _text(segment: _Element, lost: Counter[str]) -> str:
    """Return the words of a segment, without another program's codes, which are counted."""
    from lxml import etree

    parts = [segment.text or ""]
    for child in segment:
        if child.tag is etree.Entity:  # of a DTD that is never fetched
            lost[_("entity that is not declared")] += 1
            return ""
        lost[_("inline <{tag}>", tag=child.tag)] += 1
        if child.tag not in _CODES:
            parts.append(_text(child, lost))
        parts.append(child.tail or "")
    return " ".join(nfc("".join(parts)).split())


def _lang(code: str) -> Lang | None:
    """Return our language of a code, whatever its country; Kazakh in other letters than Cyrillic is not ours."""
    language, *rest = code.lower().replace("_", "-").split("-")
    return Lang(language) if language in set(Lang) and not {"latn", "arab"} & set(rest) else None


def _day(stamp: str) -> dt.date | None:
    match = _DAY.fullmatch(stamp)
    return _iso("-".join(match.groups())) if match else None


def _iso(day: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(day)
    except ValueError:
        return None


def _fit(text: str) -> str:
    return _UNFIT.sub("\ufffd", text)
