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
        ("Шторм прошел. Семей с тремя детьми в поселке стало больше.", Lang.RU),
        ("WHO WILL COACH THE TEAM?", Lang.EN),
        ("CONTACT US by letter.", Lang.EN),
    ],
)
def test_at_the_head_of_a_sentence_a_common_word_is_no_place(starter: Glossary, text: str, lang: Lang) -> None:
    assert named(starter, text, lang) == []


@pytest.mark.parametrize(
    ("text", "lang", "entry"),
    [
        ("Переговоры приняла Вена.", Lang.RU, "vienna"),
        ("Заседание перенесли в Семей.", Lang.RU, "semey"),
        ("Вена, 9 ноября – открылась конференция.", Lang.RU, "vienna"),
        ("The US and the WHO agreed.", Lang.EN, "usa"),
        ("Жиын өткен қала – Вена.", Lang.KK, "vienna"),
    ],
)
def test_inside_a_sentence_its_capital_makes_it_one(starter: Glossary, text: str, lang: Lang, entry: str) -> None:
    assert named(starter, text, lang)[0] == entry


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("A novel by Jack London was read aloud.", Lang.EN),
        ("Professor Georgia Hill opened the seminar.", Lang.EN),
        ("Портрет Джорджа Вашингтона вернули музею.", Lang.RU),
        ("Көрмеде Дж. Лондонның хаттары қойылды.", Lang.KK),
        ("Рим Петров преподает фортепиано.", Lang.RU),
    ],
)
def test_a_surname_is_no_place(starter: Glossary, text: str, lang: Lang) -> None:
    assert named(starter, text, lang) == []


def test_a_place_after_an_officeholders_name_is_one(starter: Glossary) -> None:
    assert named(starter, "The envoy left Jakarta for London on Friday.", Lang.EN)[-1] == "london"
    assert named(starter, "Посол вылетел в Лондон.", Lang.RU) == ["london"]
    assert named(starter, "Наталья Герман Лондонға барды.", Lang.KK)[-1] == "london"
    assert named(starter, "Посол Кении Михаил Орлов прибыл.", Lang.RU)[-1] == "kenya"


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


def test_a_place_that_was_never_renamed_is_held_to_its_name_in_quotes_too(starter: Glossary) -> None:
    assert named(starter, "Грузовики стоят у пункта «Хоргос».", Lang.RU) == ["khorgos"]


def test_a_street_called_after_a_place_is_no_place(starter: Glossary) -> None:
    assert named(starter, "Қонаев көшесінде жөндеу жүріп жатыр.", Lang.KK) == []
    assert named(starter, "Прием ведется на улице Розы Люксембург.", Lang.RU) == []


def test_a_body_of_a_place_the_glossary_does_not_know_is_another_body(starter: Glossary) -> None:
    assert named(starter, "The Supreme Court of Ohio ruled.", Lang.EN) == []
    assert named(starter, "The Supreme Court of Kazakhstan ruled.", Lang.EN) != []


def test_the_words_of_a_persons_name_have_their_capitals(starter: Glossary) -> None:
    assert named(starter, "Ван и его ученики пишут свитки.", Lang.RU) == []


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


@pytest.mark.parametrize(
    ("text", "lang", "entry"),
    [
        ("Сәрсенов мырза Қазақстанның ұстанымын түсіндірді.", Lang.KK, "kazakhstan"),
        ("Асылов Лондонда болды.", Lang.KK, "london"),
        ("Оразов Қазақстанның рөлін атап өтті.", Lang.KK, "kazakhstan"),
        ("На улицах Астаны зажгли огни.", Lang.RU, "astana"),
        ("Жители украсили улицы Алматы.", Lang.RU, "almaty"),
        ("I. Казахстан и мировое сообщество", Lang.RU, "kazakhstan"),
        ("The U.S. Kazakhstan partnership grew.", Lang.EN, "kazakhstan"),
        ("The Kazakhstan Road Map was adopted.", Lang.EN, "kazakhstan"),
    ],
)
def test_what_only_looks_like_a_person_street_or_firm_is_still_a_place(
    starter: Glossary, text: str, lang: Lang, entry: str
) -> None:
    assert entry in named(starter, text, lang)


@pytest.mark.parametrize("text", ["Mrs. Jordan arrived.", "Prof. Israel spoke.", "Mr. Jordan left."])
def test_after_a_title_with_a_stop_a_country_is_a_surname(starter: Glossary, text: str) -> None:
    assert named(starter, text, Lang.EN) == []
