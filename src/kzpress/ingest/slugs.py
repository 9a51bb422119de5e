"""Slugs: the name a release goes by in file names and addresses."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from kzpress.text import nfc

if TYPE_CHECKING:
    import datetime as dt

LENGTH: Final = 60

# BGN/PCGN 1979 for Kazakh without its diacritics; on the letters Russian shares it is BGN/PCGN 1947 for Russian in its
# simplified form. One table for both, so that a slug needs no language: қ q, ғ gh, ң ng, х kh, щ shch, ъ and ь nothing.
_CYRILLIC: Final = (
    "а:a ә:a б:b в:v г:g ғ:gh д:d е:e ё:yo ж:zh з:z и:i й:y к:k қ:q л:l м:m н:n ң:ng о:o ө:o п:p р:r с:s т:t у:u ұ:u "
    "ү:u ф:f х:kh һ:h ц:ts ч:ch ш:sh щ:shch ъ: ы:y і:i ь: э:e ю:yu я:ya"
)
# Latin letters that do not decompose into an ASCII letter and a mark.
_LATIN: Final = "ß:ss æ:ae œ:oe ø:o đ:d ð:d ł:l þ:th ı:i ə:a"
_TABLE: Final = {
    ord(letter): latin for pair in f"{_CYRILLIC} {_LATIN}".split(" ") for letter, _, latin in (pair.partition(":"),)
}
_APOSTROPHES: Final = re.compile("['\u2018\u2019\u02bc`]")


def transliterate(text: str) -> str:
    """Return ``text`` in lower-case ASCII; letters of other alphabets than Latin and Cyrillic are left out."""
    # Й and Ё must be mapped before decomposition takes their mark.
    mapped = nfc(text).lower().translate(_TABLE)
    return "".join(ch for ch in unicodedata.normalize("NFKD", mapped) if ch.isascii())


def slug(title: str, date: dt.date | None, digest: str) -> str:
    """Name a release by its date and title: ASCII words joined by hyphens, at most 60 characters, cut at a word.

    A title without letters that can be written in ASCII gives the first twelve figures of ``digest`` instead.
    """
    words: list[str] = re.findall(r"[a-z0-9]+", transliterate(_APOSTROPHES.sub("", title)))
    prefix = f"{date.isoformat()}-" if date else ""
    room = LENGTH - len(prefix)
    if not any(ch.isalpha() for word in words for ch in word):
        return prefix + digest[:12]
    name = words[0][:room]
    for word in words[1:]:
        if len(name) + 1 + len(word) > room:
            break
        name = f"{name}-{word}"
    return prefix + name
