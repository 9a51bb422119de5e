"""What says it is something else: headers of catalogues that lie, and letters that only look like others."""

from __future__ import annotations

from pathlib import Path

import pytest

from kzpress import catalog, checks
from kzpress.domain import Key, Lang
from kzpress.errors import CatalogError

HEADER = (
    'msgid ""\nmsgstr ""\n"Language: ru\\n"\n'
    '"Content-Type: text/plain; charset={charset}\\n"\n"Plural-Forms: {plurals}\\n"\n\n'
)
ENTRY = 'msgctxt "body"\nmsgid "The bridge is open."\nmsgstr "Мост открыт."\n'
SOURCE = "The Ministry answers at press@mfa.gov.kz and on https://mfa.gov.kz/press every day."


@pytest.mark.parametrize("charset", ["KOI8-R", "UTF-16", "zlib_codec", "no-such"])
@pytest.mark.parametrize("plurals", ["nplurals=999999999; plural=n;", "plural=__import__('os')", ""])
def test_a_header_decides_neither_the_bytes_nor_the_plurals(tmp_path: Path, charset: str, plurals: str) -> None:
    path = tmp_path / "bridge.po"
    path.write_text(HEADER.format(charset=charset, plurals=plurals) + ENTRY, "utf-8")
    (entry,) = catalog.read(path).entries
    assert entry.text == "Мост открыт."


def test_bytes_that_are_what_the_header_says_but_no_utf8_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "bridge.po"
    path.write_bytes((HEADER.format(charset="KOI8-R", plurals="") + ENTRY).encode("koi8-r"))
    with pytest.raises(CatalogError, match="not UTF-8"):
        catalog.read(path)


@pytest.mark.parametrize(
    ("code", "target"),
    [
        ("script-wrong", "Миниcтерство ежедневно отвечает на press@mfa.gov.kz и https://mfa.gov.kz/press."),
        ("email-mismatch", "Министерство ежедневно отвечает на press@mfа.gov.kz и https://mfa.gov.kz/press."),
        ("url-mismatch", "Министерство ежедневно отвечает на press@mfa.gov.kz и https://mfa.gоv.kz/press."),
    ],
)
def test_a_letter_of_another_alphabet_is_told(code: str, target: str) -> None:
    key = Key(context="body", source=SOURCE)
    assert code in {found.code for found in checks.run(SOURCE, target, Lang.EN, Lang.RU, key)}
