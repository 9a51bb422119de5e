"""Encodings: declared, marked and guessed."""

from __future__ import annotations

import codecs

import pytest

from kzpress.errors import ReleaseError
from kzpress.ingest import read_bytes

from .samples import ENGLISH, KAZAKH, RUSSIAN, codes, of, shape


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (b"", "utf-16-le"),
        (b"", "utf-16-be"),
    ],
)
@pytest.mark.parametrize("text", [ENGLISH, RUSSIAN, KAZAKH])
def test_unicode_is_read_with_and_without_a_mark(text: str, mark: bytes, encoding: str) -> None:
    release = read_bytes(mark + text.encode(encoding), "release.txt")
    assert shape(release) == shape(of(text))
    assert release.encoding == encoding
    assert codes(release) == ({"encoding-guessed"} if encoding != "utf-8" and not mark else set())


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "cp1251"),
        (KAZAKH, "kz1048"),
        (KAZAKH, "ptcp154"),
        (RUSSIAN.replace("–", "-").replace("«", '"').replace("»", '"'), "koi8-r"),
    ],
)
def test_an_eight_bit_encoding_is_guessed_and_told(text: str, encoding: str) -> None:
    release = read_bytes(text.encode(encoding), "release.txt")
    assert [block for _, block in shape(release)] == [block for _, block in shape(of(text))]
    assert release.encoding == encoding
    assert codes(release) == {"encoding-guessed"}


def test_english_with_typographic_quotes_is_read() -> None:
    text = "The Minister said: “Água Café is ready – naïve or not.”"
    assert read_bytes(text.encode("cp1252"), "release.txt").blocks[0].text == text


@pytest.mark.parametrize(
    ("charset", "encoding"), [("windows-1251", "cp1251"), ("kz-1048", "kz1048"), ("utf-16", "utf-8")]
)
def test_a_page_s_charset_is_honoured_where_it_is_right(charset: str, encoding: str) -> None:
    text = RUSSIAN if encoding != "kz1048" else KAZAKH
    page = f'<html><head><meta charset="{charset}"></head><body><p>{text.splitlines()[2]}</p></body></html>'
    release = read_bytes(page.encode(encoding), "page.html")
    assert " ".join(block.text for block in release.blocks) == text.splitlines()[2]
    assert codes(release) == ({"encoding-mismatch"} if charset == "utf-16" else set())


def test_kazakh_that_is_declared_as_windows_1251_is_read_right_and_told() -> None:
    page = f'<html><head><meta charset="windows-1251"></head><body><p>{KAZAKH.splitlines()[4]}</p></body></html>'
    release = read_bytes(page.encode("kz1048"), "page.html")
    assert release.blocks[0].text == KAZAKH.splitlines()[4]
    assert "encoding-mismatch" in codes(release)


def test_utf_8_that_is_cut_off_is_refused_with_its_line() -> None:
    with pytest.raises(ReleaseError, match="not valid UTF-8") as caught:
        read_bytes(RUSSIAN.encode("utf-8").rstrip()[:-1], "release.txt")
    assert caught.value.where == "release.txt:9"


def test_bytes_of_no_known_encoding_are_refused() -> None:
    with pytest.raises(ReleaseError, match="encoding"):
        read_bytes("日本国外務省の発表によると".encode("shift-jis"), "release.txt")


def test_damaged_utf_16_is_refused() -> None:
    with pytest.raises(ReleaseError, match="UTF-16"):
        read_bytes(codecs.BOM_UTF16_LE + RUSSIAN.encode("utf-16-le") + b"\x04", "release.txt")
