"""Addresses: a translation names the same sites, mailboxes and telephone numbers as its source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kzpress import addresses
from kzpress.speech import _

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

# A release links the page in its own language: /en/, ?lang=kk.
_LANGUAGE: Final = re.compile(r"(?<=[/=])(?:en|eng|ru|rus|kk|kz|kaz)(?=[/?&#]|$)")

_PHONE: Final = re.compile(
    r"(?<![\w+.,])(?:\+\d{1,3}|8)(?:[ \u00a0()‑–-]{1,2}\d{1,4}){2,6}(?!\w)|(?<![\w+.,])\+\d{9,15}(?!\w)"
)
_AMOUNT: Final = re.compile(r"\+?\d{1,3}(?:[ \u00a0]\d{3})+")


def urls(source: str, target: str) -> str | None:
    """Say which addresses of pages differ, or return None; scheme, ``www.`` and language of the page may."""
    return _difference(_("address"), _urls(source), _urls(target))


def emails(source: str, target: str) -> str | None:
    """Say which e-mail addresses differ, or return None."""
    return _difference(_("e-mail address"), _emails(source), _emails(target))


def phones(source: str, target: str) -> str | None:
    """Say which telephone numbers differ, or return None; signs between the digits may, and 8 answers +7."""
    return _difference(_("telephone number"), _phones(source), _phones(target))


def without_phones(text: str) -> str:
    """Return ``text`` with every telephone number blanked out."""
    return _PHONE.sub(lambda found: " " * len(found[0]) if _is_phone(found[0]) else found[0], text)


def _phones(text: str) -> dict[str, str]:
    found = (match[0] for match in _PHONE.finditer(addresses.without(text)) if _is_phone(match[0]))
    return {re.sub(r"\A(?:7|8)(?=\d{10}\Z)", "", re.sub(r"\D", "", phone)): phone for phone in found}


def _is_phone(found: str) -> bool:
    """Tell whether so many digits, not in groups of three as amounts are, are a telephone number."""
    return 9 <= sum(ch.isdigit() for ch in found) <= 15 and not _AMOUNT.fullmatch(found)


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
        return _("the source has the {what} {lost}, the translation {new}", what=what, lost=lost, new=new)
    if lost:
        return _("the {what} {lost} of the source is not in the translation", what=what, lost=lost)
    return _("the translation has the {what} {new}, the source has not", what=what, new=new) if new else None


def _named(found: dict[str, str], other: AbstractSet[str]) -> str:
    return ", ".join(shown for address, shown in found.items() if address not in other)
