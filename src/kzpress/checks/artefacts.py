"""What machines leave in their output: marks, entities, characters nobody sees, and words about themselves."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import TYPE_CHECKING, Final

from kzpress.checks.pair import Flaw, Pair
from kzpress.speech import _

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENTITY: Final = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,6}|#[xX][0-9a-fA-F]{1,6});")
# Control signs but line ends, signs of direction and of no width, private use, the sign of a damaged character. A
# joiner of no width is right between parts of an emoji.
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
    "|(?<=[\\w\\s])\u200d|\u200d(?=[\\w\\s])"
)
_DAMAGED: Final = re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U0010fffd]")
_PIECE: Final = re.compile(r" ?▁")
_MARK: Final = re.compile(
    r"⟦[^⟧]*⟧|[⟦⟧]|</?(?:unk|s|pad|t|mask|eos|bos|2[a-z]{2})/?>|<=>|</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]{0,60})?/?>"
    r"|\[\d{1,2}\]|\{\d{1,2}\}|__[A-Z]+_?\d*__|@@(?= |$)|<\|[a-z_]{1,20}\|>",
    re.IGNORECASE,
)
_ABOUT_ITSELF: Final = re.compile(
    r"\bas an ai\b|\bas a (?:large )?language model\b|\bhere(?: is|’s|'s) the translation\b|^translation:"
    r"|\btranslated (?:by|with) (?:google|deepl|yandex|chatgpt|ai\b|machine|argos|microsoft)"
    r"|\bкак (?:языковая модель|искусственный интеллект)\b|^перевод:|\bвот перевод\b"
    r"|\bпереведено (?:с помощью|при помощи|google|deepl|яндекс)"
    r"|^аударма(?:сы)?:|\bтілдік модель ретінде\b|\bжасанды интеллект ретінде мен\b",
    re.IGNORECASE | re.MULTILINE,
)
# A source that speaks of such things has a translation that does.
_OF_MACHINES: Final = re.compile(r"translat|перев[оеё]|аудар|\bai\b|\bии\b|language model|интеллект", re.IGNORECASE)


def artefacts(pair: Pair) -> Flaw | None:
    """Say what of ``pair.target`` no person writes, or return None; marks and words of the source may stay."""
    found = list(dict.fromkeys(_found(pair)))
    if not found:
        return None
    return Flaw(message=_("left by a machine: {signs}", signs=", ".join(found)), fix=_cleaned(pair))


def _found(pair: Pair) -> Iterator[str]:
    for pattern in (_MARK, _PIECE):
        yield from (match[0].strip() for match in pattern.finditer(pair.target) if match[0] not in pair.source)
    yield from (match[0] for match in _ENTITY.finditer(pair.target) if _entity(match, pair) != match[0])
    if not _OF_MACHINES.search(pair.source):
        yield from (match[0] for match in _ABOUT_ITSELF.finditer(pair.target))
    for pattern in (_UNSEEN, _DAMAGED):
        yield from (_name(match[0]) for match in pattern.finditer(pair.target))


def _entity(found: re.Match[str], pair: Pair) -> str:
    """Return the sign that an entity stands for; what stands for none (R&DC;), or is the source's own, stays."""
    return found[0] if found[0] in pair.source else html.unescape(found[0])


def _name(sign: str) -> str:
    return f"U+{ord(sign):04X} {unicodedata.name(sign, 'without a name').lower()}"


def _cleaned(pair: Pair) -> str | None:
    """Return the target without what can be taken out with nothing lost; None where that changes nothing."""
    text = _ENTITY.sub(lambda found: _entity(found, pair), pair.target)
    text = _UNSEEN.sub("", re.sub("[\u2028\u2029\x0b\x0c\x85]", " ", text))
    if "▁" not in pair.source:
        text = _PIECE.sub(" ", text).strip()
    return text if text != pair.target else None
