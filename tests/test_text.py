"""Folding makes equal what readers take for equal, and keeps every letter in its place."""

from __future__ import annotations

import pytest

from kzpress.text import fold


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("отчёт о работе ЁЛКИ", "отчет о работе елки"),
        ("12\u00a0июля\u202f2021\u2007года", "12 июля 2021 года"),
        (
            "Нур\u2010Султан, Нур\u2011Султан, Нур\u2013Султан, Нур\u2212Султан",
            "нур-султан, нур-султан, нур-султан, нур-султан",
        ),
        ("«Самрук», “Самрук”, „Самрук“", '"самрук", "самрук", "самрук"'),
        ("Kazakhstan’s, Kazakhstan`s, Kazakhstan\u02bcs", "kazakhstan's, kazakhstan's, kazakhstan's"),
        ("Pecпубликa Қaзaқcтaн", "республика қазақстан"),
        ("Iшкі iстер, Əзімова, Yкімет, Өскемeн", "ішкі істер, әзімова, укімет, өскемен"),
    ],
)
def test_what_looks_the_same_is_the_same(written: str, meant: str) -> None:
    assert fold(written) == meant
    assert len(fold(written)) == len(written)


def test_latin_words_beside_cyrillic_ones_stay_latin() -> None:
    assert fold("компания Chevron и CAREC") == "компания chevron и carec"


def test_a_capital_that_has_no_single_small_letter_moves_nothing() -> None:
    assert len(fold("İstanbul – Стамбул")) == len("İstanbul – Стамбул")
