"""Addresses: a translation names the same sites and mailboxes as its source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

# Addresses end where ASCII does: Kazakh hangs its suffixes on them (gov.kz-те, gov.kz-тің).
_PATH: Final = r"(?:[/?#][A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*)?"
_HOST: Final = r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*"
# A bare host counts only under the domains that releases really name, or "the U.S.at" would be a site.
_DOMAIN: Final = r"(?:kz|ru|com|org|net|int|eu|gov|info|edu|biz|io|asia|news|uk|de|fr|tr|uz|kg|cn)"
_URL: Final = re.compile(
    rf"(?<![\w@.-])(?:https?://{_HOST}(?::\d+)?{_PATH}|www\.{_HOST}{_PATH}|{_HOST}\.{_DOMAIN}(?![A-Za-z0-9@.])(?!-[A-Za-z0-9]){_PATH}|{_HOST}\.{_DOMAIN}(?=\.(?:\W|$)))",
    re.IGNORECASE,
)
_EMAIL: Final = re.compile(rf"[A-Za-z0-9._%+-]+@{_HOST}\.[A-Za-z]{{2,}}")
# A release links the page in its own language: /en/, ?lang=kk.
_LANGUAGE: Final = re.compile(r"(?<=[/=])(?:en|eng|ru|rus|kk|kz|kaz)(?=[/?&#]|$)")


def urls(source: str, target: str) -> str | None:
    """Say which addresses of pages differ, or return None; scheme, ``www.`` and language of the page may."""
    return _difference("address", _urls(source), _urls(target))


def emails(source: str, target: str) -> str | None:
    """Say which e-mail addresses differ, or return None."""
    return _difference("e-mail address", _emails(source), _emails(target))


def without(text: str) -> str:
    """Return ``text`` with every address blanked out."""
    return _URL.sub(" ", _EMAIL.sub(" ", text))


def _urls(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _URL.finditer(_EMAIL.sub(" ", text)):
        url = match[0].rstrip(".,;:!?'\"*")
        if url.endswith(")") and "(" not in url:
            url = url.rstrip(").,;:!?")
        bare = re.sub(r"^(?:https?://)?(?:www\.)?", "", url, flags=re.IGNORECASE).rstrip("/")
        host, slash, path = bare.partition("/")
        found[_LANGUAGE.sub("*", host.lower() + slash + path)] = url
    return found


def _emails(text: str) -> dict[str, str]:
    return {match[0].rstrip(".-").lower(): match[0].rstrip(".-") for match in _EMAIL.finditer(text)}


def _difference(what: str, source: dict[str, str], target: dict[str, str]) -> str | None:
    lost, new = _named(source, target.keys()), _named(target, source.keys())
    if lost and new:
        return f"the source has the {what} {lost}, the translation {new}"
    if lost:
        return f"the {what} {lost} of the source is not in the translation"
    return f"the translation has the {what} {new}, the source has not" if new else None


def _named(found: dict[str, str], other: AbstractSet[str]) -> str:
    return ", ".join(shown for address, shown in found.items() if address not in other)
