"""Characters: the one place that removes, composes or collapses any."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import Final

from kzpress.domain import Notice
from kzpress.speech import _
from kzpress.text import nfc

# Controls other than white space, and format characters without a shape (Unicode category Cf, less the Arabic and
# Syriac signs that are printed); lone surrogates, which no file can hold.
_INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0001\U000e0020-\U000e007f]"
)


def tidy(text: str) -> str:
    """Return ``text`` in NFC without invisible characters, each run of white space one space, none at the ends."""
    return " ".join(nfc(_INVISIBLE.sub("", text)).split())


def is_blank(text: str) -> bool:
    """Tell whether ``text`` shows nothing."""
    return not text.strip() or not tidy(text)


def has_words(text: str) -> bool:
    """Tell whether ``text`` has a letter or digit, and is not a mere rule or row of stars."""
    return any(ch.isalnum() for ch in text)


def losses(texts: list[str]) -> tuple[Notice, ...]:
    """Tell what ``tidy`` removes from ``texts``, and what was lost before they came here."""
    removed = Counter(ch for text in texts for ch in _INVISIBLE.findall(text))
    notices: list[Notice] = []
    if removed:
        kinds = ", ".join(f"U+{ord(ch):04X} {_name(ch)} ×{count}" for ch, count in sorted(removed.items()))
        notices.append(
            Notice(code="characters-removed", message=_("invisible characters removed: {kinds}", kinds=kinds))
        )
    lost = sum(text.count("\ufffd") for text in texts)
    if lost:
        notices.append(
            Notice(
                code="characters-lost",
                message=_("{count} characters were already lost (U+FFFD) in the source", count=lost),
            )
        )
    return tuple(notices)


def _name(ch: str) -> str:
    return unicodedata.name(ch, "control character").lower()
