"""Addresses: a translation names the same sites and mailboxes as its source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kzpress import addresses

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

# A release links the page in its own language: /en/, ?lang=kk.
_LANGUAGE: Final = re.compile(r"(?<=[/=])(?:en|eng|ru|rus|kk|kz|kaz)(?=[/?&#]|$)")


def urls(source: str, target: str) -> str | None:
    """Say which addresses of pages differ, or return None; scheme, ``www.`` and language of the page may."""
    return _difference("address", _urls(source), _urls(target))


def emails(source: str, target: str) -> str | None:
    """Say which e-mail addresses differ, or return None."""
    return _difference("e-mail address", _emails(source), _emails(target))


def _urls(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for address in addresses.find(text):
        if not address.is_email:
            bare = re.sub(r"^(?:https?://)?(?:www\.)?", "", address.text, flags=re.IGNORECASE).rstrip("/")
            host, slash, path = bare.partition("/")
            found[_LANGUAGE.sub("*", host.lower() + slash + path)] = address.text
    return found


def _emails(text: str) -> dict[str, str]:
    return {address.text.lower(): address.text for address in addresses.find(text) if address.is_email}


def _difference(what: str, source: dict[str, str], target: dict[str, str]) -> str | None:
    lost, new = _named(source, target.keys()), _named(target, source.keys())
    if lost and new:
        return f"the source has the {what} {lost}, the translation {new}"
    if lost:
        return f"the {what} {lost} of the source is not in the translation"
    return f"the translation has the {what} {new}, the source has not" if new else None


def _named(found: dict[str, str], other: AbstractSet[str]) -> str:
    return ", ".join(shown for address, shown in found.items() if address not in other)
