"""The invariant of ingest: no letter of the text goes missing, and no order is changed."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from kzpress.domain import Release
from kzpress.errors import ReleaseError
from kzpress.ingest import read_bytes
from kzpress.ingest.characters import tidy

from .samples import ENGLISH, KAZAKH, RUSSIAN, of, patient

WORDS = st.sampled_from(
    [
        *("Министр", "принял", "посла.", "Қазақстан", "Еуропалық", "«диалог»", "–", "-", "•", "1)", "", "12"),
        *("ASTANA.", "KAZINFORM", "the", "session,", "6 ақпан", "Пресс-служба", "Нур-"),
    ]
)
LINES = st.lists(WORDS, max_size=14).map(" ".join)
TEXTS = st.lists(LINES, min_size=1, max_size=12).map("\n".join)


def letters(text: str) -> str:
    return "".join(ch for ch in unicodedata.normalize("NFD", text) if ch.isalpha())


def read_or_none(text: str) -> Release | None:
    try:
        return read_bytes(text.encode("utf-8"), "release.txt")
    except ReleaseError:
        return None


@given(TEXTS)
@settings(patient, max_examples=150)
def test_every_letter_of_a_text_is_in_a_block_in_its_order(text: str) -> None:
    release = read_or_none(text)
    if release is None:
        assert not any(ch.isalnum() for ch in text)
    else:
        assert "".join(letters(block.text) for block in release.blocks) == letters(text)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
@settings(patient, max_examples=150)
def test_any_text_is_read_whole_or_refused(text: str) -> None:
    release = read_or_none("ә" + text)  # keeps the first bytes from being another format's
    if release is not None and not release.notices:
        assert "".join(letters(block.text) for block in release.blocks) == letters("ә" + text)


@given(st.text(max_size=100))
@settings(patient, max_examples=100)
def test_tidying_twice_changes_nothing(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


def test_a_release_written_out_reads_as_the_same_blocks() -> None:
    for text in (ENGLISH, RUSSIAN, KAZAKH):
        first = of(text)
        again = of("\n\n".join(block.text for block in first.blocks))
        assert [(b.kind, b.text) for b in again.blocks] == [(b.kind, b.text) for b in first.blocks]
