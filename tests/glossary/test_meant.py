"""What looks like a name and is none, in sentences as releases and newspapers have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kzpress.domain import Lang
from kzpress.glossary import find

if TYPE_CHECKING:
    from kzpress.glossary import Glossary


def named(glossary: Glossary, text: str, lang: Lang) -> list[str]:
    return [hit.entry for hit in find(glossary, text, lang, None)]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Вена на руке была повреждена осколком.", Lang.RU),
        ("Семей с тремя детьми в поселке стало больше.", Lang.RU),
        ("Перу писателя принадлежит и сборник сказок.", Lang.RU),
        ("Шторм прошел. Того требует безопасность на воде.", Lang.RU),
    ],
)
def test_at_the_head_of_a_sentence_a_common_word_is_no_place(starter: Glossary, text: str, lang: Lang) -> None:
    assert named(starter, text, lang) == []


@pytest.mark.parametrize(
    ("text", "lang", "entry"),
    [
        ("Переговоры приняла Вена.", Lang.RU, "vienna"),
        ("Заседание перенесли в Семей.", Lang.RU, "semey"),
        ("Жиын өткен қала – Вена.", Lang.KK, "vienna"),
    ],
)
def test_inside_a_sentence_its_capital_makes_it_one(starter: Glossary, text: str, lang: Lang, entry: str) -> None:
    assert named(starter, text, lang) == [entry]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("A novel by Jack London was read aloud.", Lang.EN),
        ("Professor Georgia Hill opened the seminar.", Lang.EN),
        ("Портрет Джорджа Вашингтона вернули музею.", Lang.RU),
        ("Көрмеде Дж. Лондонның хаттары қойылды.", Lang.KK),
    ],
)
def test_a_surname_is_no_place(starter: Glossary, text: str, lang: Lang) -> None:
    assert named(starter, text, lang) == []


def test_a_place_after_an_officeholders_name_is_one(starter: Glossary) -> None:
    assert named(starter, "The envoy left Jakarta for London on Friday.", Lang.EN)[-1] == "london"
    assert named(starter, "Посол вылетел в Лондон.", Lang.RU) == ["london"]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Велокоманда «Астана» выиграла этап.", Lang.RU),
        ("«Астана Балет» театры қойылым көрсетті.", Lang.KK),
        ("The “Astana Ballet” gave a performance.", Lang.EN),
    ],
)
def test_a_place_that_is_a_title_in_quotes_is_no_place(starter: Glossary, text: str, lang: Lang) -> None:
    assert named(starter, text, lang) == []


def test_a_place_at_the_head_of_a_quotation_is_one(starter: Glossary) -> None:
    assert named(starter, "«Казахстан поддерживает это предложение», – сказал он.", Lang.RU) == ["kazakhstan"]


def test_a_place_lends_its_name(starter: Glossary) -> None:
    assert named(starter, "The town was called the Paris of the steppe.", Lang.EN) == []


@pytest.mark.parametrize("firm", ["Vietnam Airlines", "Air France", "The Washington Post", "FC Astana"])
def test_a_firm_called_after_a_place_is_no_place(starter: Glossary, firm: str) -> None:
    assert [name for name in named(starter, f"{firm} hired forty people.", Lang.EN) if "/" not in name] == []


def test_longer_words_of_an_entry_are_no_name_of_it(starter: Glossary) -> None:
    assert named(starter, "A choir from the state of Georgia sang.", Lang.EN) == []
    assert named(starter, "A choir from Georgia sang.", Lang.EN) == ["georgia"]


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("Первый президент компании был геологом.", []),
        ("Европейский союз пчеловодов провел ярмарку.", []),
        ("Верховный суд страны рассмотрел жалобу.", ["supreme-court-kz"]),
        ("Европейский союз выделил средства.", ["eu"]),
        ("Доклад заслушал Европейский союз вещателей.", ["eu"]),
    ],
)
def test_a_name_that_goes_on_is_another(starter: Glossary, text: str, entries: list[str]) -> None:
    assert named(starter, text, Lang.RU) == entries
