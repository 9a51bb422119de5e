"""Kazakh in Latin letters, by the alphabet of January 2021."""

from __future__ import annotations

import pytest

from kzpress.edition.latin import to_latin

ALPHABET = "AÄBDEFGĞHIİJKLMNÑOÖPQRSŞTUŪÜVYZ"


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        # Article 1 of the Declaration of Human Rights, as published in the alphabet's presentation
        (
            "Барлық адамдар тумысынан азат және қадір-қасиеті мен құқықтары тең болып дүниеге келеді.",
            "Barlyq adamdar tumysynan azat jäne qadır-qasietı men qūqyqtary teñ bolyp düniege keledı.",
        ),
        ("бауырмалдық қарым-қатынас жасаулары тиіс", "bauyrmaldyq qarym-qatynas jasaulary tiıs"),
        ("Ғылым, өнер, шаһар, ұйым, үй, жаңа", "Ğylym, öner, şahar, ūiym, üi, jaña"),
        ("Түркия, Франция, конституция, июнь", "Türkia, Fransia, konstitusia, iun"),
        ("Якупов, Юсупов, аялау, қоян", "İakupov, İusupov, aialau, qoian"),
        ("актёр, элемент, цирк, сценарий, чемпион, объект", "aktör, element, sirk, senarii, şempion, obekt"),
        ("ащы, тұщы, кеще, училище", "aşşy, tūşşy, keşşe, uşilişe"),
    ],
)
def test_words_are_spelt_as_the_alphabet_has_them(cyrillic: str, latin: str) -> None:
    assert to_latin(cyrillic) == latin


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("БҰҰ", "BŪŪ"),
        ("ЮНЕСКО-ның", "İUNESKO-nyñ"),
        ("АЩЫ", "AŞŞY"),
        ("ИГІЛІК", "İGILIK"),
        ("Игілік", "İgılık"),
        ("Ігілік", "Igılık"),
        ("Я", "İa"),
        ("ТҮРКИЯ", "TÜRKİA"),
    ],
)
def test_capitals_stay_capitals_and_both_letters_i_keep_their_dots(cyrillic: str, latin: str) -> None:
    assert to_latin(cyrillic) == latin


def test_what_is_not_cyrillic_stays_as_it_is() -> None:
    text = "press@example.kz, https://example.kz/A_b?c=1, 1 250,5 % – «»"
    assert to_latin(text) == text


def test_every_letter_of_kazakh_is_written_with_the_31_letters_and_no_others() -> None:
    letters = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
    written = to_latin(letters + " " + letters.upper())
    assert not any("\u0400" <= ch <= "\u052f" for ch in written)
    assert {ch for ch in to_latin(" ".join(letters.upper())) if ch.isupper()} == set(ALPHABET)
