"""What a model reads instead of what was typed: letters of one alphabet, single punctuation."""

from __future__ import annotations

import pytest

from kzpress.domain import Lang
from kzpress.engine.cleaning import clean


@pytest.mark.parametrize(
    ("lang", "typed", "read"),
    [
        (Lang.RU, "Mиниcтр инocтpaнныx дeл пpинял пocлa.", "Министр иностранных дел принял посла."),
        (Lang.KK, "Ceріктecтікті нығaйтты.", "Серіктестікті нығайтты."),
        (Lang.EN, "The Сouncil of Euroре met.", "The Council of Europe met."),
        (Lang.RU, "Встреча c послом прошла y министра.", "Встреча с послом прошла у министра."),
        (Lang.RU, "C января действует новый порядок.", "С января действует новый порядок."),
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
