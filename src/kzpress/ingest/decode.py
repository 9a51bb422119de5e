"""Decoding: bytes to text. The only module that guesses an encoding, and it says so."""

from __future__ import annotations

import codecs
import math
import re
from typing import Final

from kzpress.domain import Notice
from kzpress.errors import ReleaseError
from kzpress.speech import _

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Older Kazakh sites and ministries wrote KZ-1048 or PTCP154 (a Kazakh layout of the 1990s) and declared windows-1251.
_CANDIDATES: Final = ("cp1251", "kz1048", "ptcp154", "cp1252", "koi8-r", "cp866")
_RARE: Final = frozenset({"cp1252", "koi8-r", "cp866"})
# Python's own codecs: no character set of anybody, they make lone surrogates or take the square of the length.
_NO_CHARSETS: Final = frozenset({"utf-7", "unicode-escape", "raw-unicode-escape", "punycode", "idna", "undefined"})
_CONTROLS: Final = re.compile(rb"[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")
_PUNCTUATION: Final = frozenset("«»“”„‘’‚–—…№§°•·")

# Letters in ten thousand, counted in the first half of NTREX-128 (1,000 news sentences, 110,000 letters a language).
_KAZAKH: Final = (
    "а1187 е813 н746 ы695 т584 р553 і530 д493 л486 с421 к308 м302 о300 қ263 б237 и204 у193 п171 ж171 й169 ғ158 ш141 "
    "ң139 з124 г120 ү87 ө80 ә73 ұ70 я55 в28 х23 ф20 э16 ц13 ь13 ю7 ч6 һ1 щ1 ъ1 ё1"
)
_RUSSIAN: Final = (
    "о1064 е877 и782 а774 н679 т635 с534 р525 в459 л425 к321 м318 д312 п296 у244 я188 ы183 г167 б163 з158 ь143 ч139 "
    "й132 ж95 х89 ю72 ш68 ц50 щ39 э37 ф29 ъ3 ё2"
)
_FREQUENCY: Final = tuple({pair[0]: int(pair[1:]) for pair in row.split()} for row in (_KAZAKH, _RUSSIAN))
_UNREADABLE: Final = -5.0  # a right reading scores about -3.1 a character (-5 in Latin letters), Chinese under this
_BETTER: Final = 0.2  # by so much must a guess beat a declared encoding; kz1048 read as cp1251 loses 0.5


def decode(
    data: bytes, *, where: str, declared: str | None = None, limit: int | None = None
) -> tuple[str, str, tuple[Notice, ...]]:
    """Decode ``data`` and return the text, the encoding's name and what its owner should know.

    Raises: ReleaseError for binary data, an encoding that cannot be told, and more than ``limit`` bytes.
    """
    if limit is not None and len(data) > limit:
        message = _("more than {size} MB of text", size=limit // 1_000_000)
        hint = _("give one release a file; or raise limits.text_bytes in kzpress.toml")
        raise ReleaseError(message, where=where, hint=hint)
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _strictly(data[len(bom) :], name, where), name, ()
    if b"\0" in data:
        wide = _utf16_without_bom(data)
        if wide:
            told = _("read as {encoding}: it has no byte order mark", encoding=wide)
            return _strictly(data, wide, where), wide, (Notice(code="encoding-guessed", message=told),)
    controls = len(_CONTROLS.findall(data))
    if b"\0" in data or controls > max(2, len(data) // 200):
        raise ReleaseError(
            _("not text but binary data"), where=where, hint=_("give a .txt, .md, .html, .docx or .eml file")
        )
    return _decode_bytewise(data, where, declared)


def _decode_bytewise(data: bytes, where: str, declared: str | None) -> tuple[str, str, tuple[Notice, ...]]:
    if data.isascii():
        return data.decode("ascii"), "utf-8", ()
    known = known_charset(declared) if declared else None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        _refuse_damaged_utf8(data, error, where)
    else:
        notices: tuple[Notice, ...] = ()
        if declared and known != "utf-8":
            message = _("declared as {declared}, but it is valid UTF-8 and was read so", declared=declared)
            notices = (Notice(code="encoding-mismatch", message=message),)
        return text, "utf-8", notices
    guess, text, score = _guess(data)
    stated = _try(data, known) if known else None
    if known and stated is not None and (known not in _CANDIDATES or score - _score(stated) < _BETTER):
        return stated, known, ()
    if score < _UNREADABLE:
        raise ReleaseError(_("the encoding of the text cannot be told"), where=where, hint=_("save the file as UTF-8"))
    if declared:
        message = _(
            "declared as {declared}, but read as {encoding}, by the frequency of its letters",
            declared=declared,
            encoding=guess,
        )
        return text, guess, (Notice(code="encoding-mismatch", message=message),)
    message = _("read as {encoding}, by the frequency of its letters; it declares no encoding", encoding=guess)
    return text, guess, (Notice(code="encoding-guessed", message=message),)


def _strictly(data: bytes, encoding: str, where: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        message = _("not valid {encoding} at byte {offset}", encoding=encoding.upper(), offset=error.start)
        raise ReleaseError(message, where=where, hint=_("the file is damaged: save it again as UTF-8")) from error


def known_charset(declared: str) -> str | None:
    """Return the encoding that a declaration means, as browsers read it; None for one that Python does not have."""
    try:
        info = codecs.lookup(declared.strip().replace("\0", ""))
        "".encode(info.name)  # refuses the codecs that are no text encodings, such as base64
    except (LookupError, ValueError):
        return None
    name = info.name
    if name.replace("_", "-") in _NO_CHARSETS:
        return None
    # https://encoding.spec.whatwg.org/#names-and-labels: ASCII and Latin-1 mean windows-1252.
    return "cp1252" if name in {"ascii", "iso8859-1"} else name


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeError:
        return None


def _refuse_damaged_utf8(data: bytes, error: UnicodeDecodeError, where: str) -> None:
    """Refuse what is UTF-8 but for some bytes: in an 8-bit encoding hardly anything forms UTF-8 sequences."""
    mended = data.decode("utf-8", "replace")
    lost = mended.count("\ufffd")
    read = sum(ord(ch) > 127 for ch in mended) - lost
    if read > 10 * lost:
        line = data.count(b"\n", 0, error.start) + 1
        raise ReleaseError(
            _("not valid {encoding} at byte {offset}", encoding="UTF-8", offset=error.start),
            where=f"{where}:{line}",
            hint=_("the file is damaged or cut off: save it again as UTF-8"),
        )


def _utf16_without_bom(data: bytes) -> str | None:
    """Tell the byte order of UTF-16 by its high bytes: 00 in Latin and spaces, 04 in Cyrillic, 20 in punctuation."""
    sample = data[:100_000]
    if len(data) % 2:
        return None
    for name, first in (("utf-16-le", 1), ("utf-16-be", 0)):
        high, low = sample[first::2], sample[1 - first :: 2]
        if sum(byte in {0, 4, 0x20} for byte in high) >= 0.95 * len(high) and low.count(0) < 0.02 * len(low) + 1:
            return name if _try(data, name) is not None else None
    return None


def _guess(data: bytes) -> tuple[str, str, float]:
    """Return the best candidate encoding with its text and score; the first of those that read the same."""
    best: tuple[str, str, float] = ("", "", -math.inf)
    for name in _CANDIDATES:
        text = _try(data, name)
        ahead = _BETTER if name in _RARE else 1e-9
        if text is not None and (score := _score(text)) > best[2] + ahead:
            best = (name, text, score)
    return best


def _score(text: str) -> float:
    """Return the mean log-probability of the characters beyond ASCII, as the likelier of Kazakh and Russian."""
    sample = text[:50_000]
    return max(_score_as(sample, frequency) for frequency in _FREQUENCY)


def _score_as(text: str, frequency: dict[str, int]) -> float:
    total = 0.0
    count = 0
    for i, ch in enumerate(text):
        if ch.isascii():
            continue
        before, after = text[i - 1 : i], text[i + 1 : i + 2]
        beside_latin = (before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha())
        total += _weight(ch, before, frequency, beside_latin=beside_latin)
        count += 1
    return total / count if count else 0.0


def _weight(ch: str, before: str, frequency: dict[str, int], *, beside_latin: bool) -> float:
    if ch.isspace():
        return -3.0
    if ch in _PUNCTUATION:
        return -4.0
    if "\u0400" <= ch <= "\u052f":
        weight = math.log(frequency.get(ch.lower(), 0.05) / 10_000)
        odd_case = ch.isupper() and before.islower()  # пРИВЕТ is KOI8 read as something else
        return weight - 6.0 * beside_latin - 4.0 * odd_case
    if ch.isalpha():
        return -5.0 if beside_latin else -9.0
    return -12.0
