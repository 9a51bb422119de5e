"""Web and mail addresses in running text: one definition, to protect them before a model and check them after."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

# Addresses end where ASCII does: Kazakh hangs its suffixes on them (gov.kz-те, gov.kz-тің).
_PATH: Final = r"(?:[/?#][A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*)?"
_HOST: Final = r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*"
# A bare host counts only under the domains that releases really name, or "the U.S.at" would be a site.
_DOMAIN: Final = r"(?:kz|ru|com|org|net|int|eu|gov|info|edu|biz|io|asia|news|uk|de|fr|tr|uz|kg|cn)"
_URL: Final = (
    rf"(?<![\w@.-])(?:https?://{_HOST}(?::\d+)?{_PATH}|www\.{_HOST}{_PATH}"
    rf"|{_HOST}\.{_DOMAIN}(?![A-Za-z0-9@.])(?!-[A-Za-z0-9]){_PATH}|{_HOST}\.{_DOMAIN}(?=\.(?:\W|$)))"
)
# Only where its run of letters begins, and never given back: a megabyte of them is read once.
_EMAIL: Final = rf"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]++@{_HOST}\.[A-Za-z]{{2,}}"
_ADDRESS: Final = re.compile(f"(?P<email>{_EMAIL})|{_URL}", re.IGNORECASE)

_HINT: Final = re.compile(r"@|://|\.[A-Za-z0-9-]")  # without one of these there is none, and most sentences have none


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An address at [start, end) of a text, without the punctuation that follows it."""

    start: int
    end: int
    text: str
    is_email: bool


def find(text: str) -> Iterator[Address]:
    """Yield the addresses of ``text`` in order."""
    for match in _ADDRESS.finditer(text) if _HINT.search(text) else ():
        is_email = match["email"] is not None
        found = match[0].rstrip(".-" if is_email else ".,;:!?'\"*-")
        if found.endswith(")") and "(" not in found:
            found = found.rstrip(").,;:!?")
        yield Address(start=match.start(), end=match.start() + len(found), text=found, is_email=is_email)


def without(text: str) -> str:
    """Return ``text`` with every address blanked out."""
    return _ADDRESS.sub(" ", text) if _HINT.search(text) else text
