"""What a model reads instead of what was typed: letters of one alphabet, single punctuation."""

from __future__ import annotations

import pytest

from kzpress.domain import Lang
from kzpress.engine.cleaning import apart, clean


@pytest.mark.parametrize(
    ("lang", "typed", "read"),
    [
        (Lang.RU, "Mиниcтр инocтpaнныx дeл пpинял пocлa.", "Министр иностранных дел принял посла."),
        (Lang.KK, "Ceріктecтікті нығaйтты.", "Серіктестікті нығайтты."),
        (Lang.EN, "The Сouncil of Euroре met.", "The Council of Europe met."),
        (Lang.RU, "Встреча c послом прошла y министра.", "Встреча с послом прошла у министра."),
        (Lang.RU, "C января действует новый порядок.", "С января действует новый порядок."),
        (Lang.EN, "The rep1icas 0f the G0lden Man.", "The replicas of the Golden Man."),
        (Lang.KK, "Бұл қала құр0метті азамат.", "Бұл қала құрометті азамат."),
    ],
)
def test_a_word_of_two_alphabets_is_read_in_the_one_of_its_language(lang: Lang, typed: str, read: str) -> None:
    assert clean(typed, lang) == read


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (Lang.RU, "В Wi-Fi-сети и IT-секторе работают компании Google и EXPO-2017."),
        (Lang.RU, "Выбран витамин C, группа A."),
        (Lang.KK, "iPhone-ды Zoom арқылы көрсетті."),
        (Lang.KK, "Twitterде жазды."),  # no Cyrillic letter looks like its t, w and r
        (Lang.EN, "The newspaper Егемен Қазақстан was founded in 1919."),
        (Lang.EN, "Wait... is that so?"),
        (Lang.EN, "See report1final.pdf of phase1b on a1plus.kz."),
        (Lang.RU, "Штраф 0тенге, ставка 0процентов, в0часов."),
        (Lang.EN, "The 1st stage of B2B, G20 and C5+1; the A1c and pp1ab tests, h1n1, 0km, 100th, Baa1."),
    ],
)
def test_what_is_meant_so_stays(lang: Lang, text: str) -> None:
    assert clean(text, lang) == text


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Министр прибыл..", "Министр прибыл."),
        ("Что дальше???!!", "Что дальше?"),
        ("Поздравляем!!!!", "Поздравляем!"),
        ("Стороны,, как сообщалось,,, встретились......", "Стороны, как сообщалось, встретились..."),
        ("Итоги подведены. ,,", "Итоги подведены."),
    ],
)
def test_crowding_punctuation_is_read_as_one_sign(typed: str, read: str) -> None:
    assert clean(typed, Lang.RU) == read


def test_words_run_together_are_set_apart_at_their_capitals() -> None:
    run = "The EurasianEconomic Union, in whichKazakhstan is; the USA and МИДом."
    assert apart(run) == "The Eurasian Economic Union, in which Kazakhstan is; the USA and МИДом."
