"""What kzpress writes to reviewers inside their catalogues, in their language; alone reads ``data/messages``."""

from __future__ import annotations

import re
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
BY_MEMORY: Final = "kzpress: approved in {origin} ({locale}), glossary {digest}"
BY_MEMORY_OF: Final = "kzpress: approved in {origin} ({locale}) by {by}, glossary {digest}"
LIKE: Final = "like it by {percent} %, in {origin}: {changes}"
LIKE_TEXT: Final = "its translation: {text}"
LIKE_UNFIT: Final = "approved in {origin} for the same sentence, but not taken (names or figures): {text}"
LIKE_OTHER: Final = "also approved for the same sentence, in {origin}: {text}"
UNUSED: Final = "kzpress: unused draft: {text}"
LOST: Final = "the model lost {address}: it stands at the end, move it to its place"
NUMBER: Final = "the model wrote {wrong} for {right}: set right from the source"
CONVENTION: Final = "{copied} of the source is written {written}: mind the ending"
SPELT: Final = "name by rule: {right}, from “{original}” of the source (the model wrote “{wrong}”)"
TWICE: Final = "the model said “{words}” twice running: once is left"
GUESS: Final = "left to you: the model is guessing here ({text})"
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
    BY_MEMORY,
    BY_MEMORY_OF,
    LIKE,
    LIKE_TEXT,
    LIKE_UNFIT,
    LIKE_OTHER,
    UNUSED,
    LOST,
    NUMBER,
    CONVENTION,
    SPELT,
    TWICE,
    GUESS,
    QUOTES,
)


def say(lang: Lang, message: str, **facts: str) -> str:
    """Return ``message``, one of this module, in ``lang`` with its ``facts`` filled in."""
    return (message if lang is Lang.EN else _translations(lang)[message]).format(**facts)


def heard(note: str) -> tuple[str, Mapping[str, str]] | None:
    """Return the message of this module that ``note`` says, in whatever language, and its facts; None if none."""
    for pattern, message in _patterns():
        if found := pattern.fullmatch(note):
            return message, found.groupdict()
    return None


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return a pattern for every message in every language, those with most words of their own first."""
    said = {message: message for message in EVERY}
    for lang in (Lang.KK, Lang.RU):
        said |= {text: message for message, text in _translations(lang).items()}
    own = sorted(said, key=lambda text: -len(re.sub(r"{\w+}", "", text)))
    # Split by the braces, a message is words and names of facts in turn.
    parts = {text: re.split(r"{(\w+)}", text) for text in own}
    return tuple(
        (
            re.compile(
                "".join(f"(?P<{part}>.*)" if at % 2 else re.escape(part) for at, part in enumerate(parts[text]))
            ),
            said[text],
        )
        for text in own
    )


@cache
def _translations(lang: Lang) -> Mapping[str, str]:
    import polib

    catalogue = polib.pofile(str(_CATALOGUES / lang / "LC_MESSAGES" / "kzpress.po"), encoding="utf-8")
    return {entry.msgid: entry.msgstr for entry in catalogue}
