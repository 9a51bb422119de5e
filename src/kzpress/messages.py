"""What kzpress writes to reviewers inside their catalogues, in their language; alone reads ``data/messages``."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kzpress.domain import Lang

if TYPE_CHECKING:
    from collections.abc import Mapping

_CATALOGUES: Final = Path(__file__).parent / "data" / "messages"

# Every message, in English. Some editors show only the first words of a comment, so the name or word comes early.
MODEL: Final = "name: {form}"
ANNOTATED: Final = "name: {form} (told to the model with the sentence)"
N_BEST: Final = "name: {form} (from another translation the model offered)"
VARIANT: Final = "name: {form} (put in the place of another name for it)"
GOVERNED: Final = "name: {form} (put into the case that the word beside it takes)"
PARTS: Final = "name: {form} (from the sentence translated in shorter parts: read the words around it)"
PLACEHOLDER: Final = "name: {form} (set into a gap left for it: read the words around it)"
BRACKET: Final = "name: {form} (abbreviation added in brackets behind the full name)"
MISSING: Final = "name MISSING: {required}"
FIRST: Final = "{note}; first mention: in full, abbreviation in brackets"
LATER: Final = "{note}; mentioned before: abbreviation"
BY_MODEL: Final = "kzpress: {packages}, {route}, glossary {digest}"
BY_RULE: Final = "kzpress: rendered by rule, glossary {digest}"
COPIED: Final = "kzpress: copied, there is nothing to translate"
UNUSED: Final = "kzpress: unused draft: {text}"
LOST: Final = "the model lost {address}: it stands at the end, move it to its place"
NUMBER: Final = "the model wrote {wrong} for {right}: set right from the source"
CONVENTION: Final = "{copied} of the source is written {written}: mind the ending"
TWICE: Final = "the model said “{words}” twice running: once is left"
QUOTES: Final = "the quotation marks of the source do not pair: those of the translation are a guess"

EVERY: Final = (
    MODEL,
    ANNOTATED,
    N_BEST,
    VARIANT,
    GOVERNED,
    PARTS,
    PLACEHOLDER,
    BRACKET,
    MISSING,
    FIRST,
    LATER,
    BY_MODEL,
    BY_RULE,
    COPIED,
    UNUSED,
    LOST,
    NUMBER,
    CONVENTION,
    TWICE,
    QUOTES,
)


def say(lang: Lang, message: str, **facts: str) -> str:
    """Return ``message``, one of this module, in ``lang`` with its ``facts`` filled in."""
    return (message if lang is Lang.EN else _translations(lang)[message]).format(**facts)


@cache
def _translations(lang: Lang) -> Mapping[str, str]:
    import polib

    catalogue = polib.pofile(str(_CATALOGUES / lang / "LC_MESSAGES" / "kzpress.po"), encoding="utf-8")
    return {entry.msgid: entry.msgstr for entry in catalogue}
