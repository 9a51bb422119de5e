"""Declension against forms a person has approved, and by the rules a person would name."""

from __future__ import annotations

from pathlib import Path

import pytest

from kzpress.glossary import inflect_kk, inflect_ru, persons

GOLD = Path(__file__).parent / "gold"
RU_CASES = ("nom", "gen", "dat", "acc", "ins", "loc")
KK_CASES = ("gen", "dat", "acc", "loc", "abl", "ins")


def rows(name: str) -> list[list[str]]:
    lines = (GOLD / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def test_all_approved_russian_forms_are_reached() -> None:
    wrong = []
    for row in rows("ru.tsv"):
        tail = f" {row[6]}" if len(row) > 6 else ""
        table = inflect_ru.decline(row[0] + tail)
        wrong += [form + tail for case, form in zip(RU_CASES, row[:6], strict=True) if table[case] != form + tail]
    assert len(rows("ru.tsv")) * 5 == 210
    assert wrong == []


def test_all_approved_kazakh_forms_are_reached() -> None:
    wrong = []
    for name, *suffixes in rows("kk.tsv"):
        table = inflect_kk.decline(name)
        wrong += [
            name + suffix for case, suffix in zip(KK_CASES, suffixes, strict=True) if table[case] != name + suffix
        ]
    assert len(rows("kk.tsv")) >= 40
    assert wrong == []


@pytest.mark.parametrize(
    ("name", "genitive"),
    [
        ("Астанинский международный форум", "Астанинского международного форума"),
        ("Национальная палата предпринимателей «Атамекен»", "Национальной палаты предпринимателей «Атамекен»"),
        ("МИД РК", "МИД РК"),
        ("Соединенные Штаты Америки", "Соединенных Штатов Америки"),
        ("Соединённое Королевство", "Соединённого Королевства"),
        ("Большая двадцатка", "Большой двадцатки"),
        ("Высший Евразийский экономический совет", "Высшего Евразийского экономического совета"),
        ("Диалог «Казахстан – Европейский союз»", "Диалога «Казахстан – Европейский союз»"),
        ("День Республики", "Дня Республики"),
        ("Алматы", "Алматы"),
        ("Нур-Султан", "Нур-Султана"),
    ],
)
def test_russian_names_of_things_decline_on_the_head_phrase(name: str, genitive: str) -> None:
    assert inflect_ru.decline(name, animate=False)["gen"] == genitive


def test_a_name_without_yo_is_declined_without_it() -> None:
    assert inflect_ru.decline("День Республики", animate=False)["ins"] == "Днем Республики"


def test_an_inanimate_russian_head_keeps_its_accusative() -> None:
    assert (
        inflect_ru.decline("Астанинский международный форум", animate=False)["acc"] == "Астанинский международный форум"
    )


@pytest.mark.parametrize(
    ("name", "sex", "forms"),
    [
        ("Эльвира Азимова", "f", ("Эльвиры Азимовой", "Эльвире Азимовой", "Эльвиру Азимову", "Эльвирой Азимовой")),
        ("Э. Азимова", "f", ("Э. Азимовой", "Э. Азимовой", "Э. Азимову", "Э. Азимовой")),
        (
            "Касым-Жомарт Токаев",
            "m",
            ("Касым-Жомарта Токаева", "Касым-Жомарту Токаеву", "Касым-Жомарта Токаева", "Касым-Жомартом Токаевым"),
        ),
        (
            "Мухтар Тлеуберди",
            "m",
            ("Мухтара Тлеуберди", "Мухтару Тлеуберди", "Мухтара Тлеуберди", "Мухтаром Тлеуберди"),
        ),
        ("Каролин Дюваль", "f", ("Каролин Дюваль",) * 4),
        ("Томас Рихтер", "m", ("Томаса Рихтера", "Томасу Рихтеру", "Томаса Рихтера", "Томасом Рихтером")),
        (
            "Динара Сергеева-Бекова",
            "f",
            (
                "Динары Сергеевой-Бековой",
                "Динаре Сергеевой-Бековой",
                "Динару Сергееву-Бекову",
                "Динарой Сергеевой-Бековой",
            ),
        ),
        ("И. Орлов-Седых", "m", ("И. Орлова-Седых", "И. Орлову-Седых", "И. Орлова-Седых", "И. Орловым-Седых")),
        ("А. Бонч-Осмолин", "m", ("А. Бонч-Осмолина", "А. Бонч-Осмолину", "А. Бонч-Осмолина", "А. Бонч-Осмолиным")),
        ("Айгерим Серикова", "f", ("Айгерим Сериковой", "Айгерим Сериковой", "Айгерим Серикову", "Айгерим Сериковой")),
        ("Ермек Сабитулы", "m", ("Ермека Сабитулы", "Ермеку Сабитулы", "Ермека Сабитулы", "Ермеком Сабитулы")),
        (
            "Анна Павловна Седова",
            "f",
            ("Анны Павловны Седовой", "Анне Павловне Седовой", "Анну Павловну Седову", "Анной Павловной Седовой"),
        ),
    ],
)
def test_russian_names_of_people_decline_by_gender(name: str, sex: str, forms: tuple[str, ...]) -> None:
    table = persons.decline(name, sex)
    assert tuple(table[case] for case in ("gen", "dat", "acc", "ins")) == forms


@pytest.mark.parametrize(
    ("name", "genitive"),
    [
        ("Қасым-Жомарт Тоқаев", "Қасым-Жомарт Тоқаевтың"),
        ("Эльвира Әзімова", "Эльвира Әзімованың"),
        ("Мұхтар Тілеуберді", "Мұхтар Тілеубердінің"),
        ("Асқар Мамин", "Асқар Маминнің"),
    ],
)
def test_kazakh_surnames_take_the_suffix_people_write(name: str, genitive: str) -> None:
    assert inflect_kk.decline_person(name)["gen"] == genitive


@pytest.mark.parametrize(
    ("name", "dative", "accusative"),
    [
        ("Ермек Сәбитұлы", "Ермек Сәбитұлына", "Ермек Сәбитұлын"),
        ("Айгерім Серікқызы", "Айгерім Серікқызына", "Айгерім Серікқызын"),
        ("Айгерім Серікова", "Айгерім Серіковаға", "Айгерім Серікованы"),
        ("Динара Сергеева-Бекова", "Динара Сергеева-Бековаға", "Динара Сергеева-Бекованы"),
    ],
)
def test_kazakh_patronymics_are_possessed_and_surnames_are_not(name: str, dative: str, accusative: str) -> None:
    table = inflect_kk.decline_person(name)
    assert (table["dat"], table["acc"]) == (dative, accusative)


@pytest.mark.parametrize(
    ("name", "genitive"),
    [
        ("Босния и Герцеговина", "Боснии и Герцеговины"),
        ("Республика Босния и Герцеговина", "Республики Босния и Герцеговина"),
        ("Кот-д'Ивуар", "Кот-д'Ивуара"),
    ],
)
def test_both_of_a_pair_of_russian_names_decline(name: str, genitive: str) -> None:
    assert inflect_ru.decline(name)["gen"] == genitive


def test_a_kazakh_name_that_is_not_possessed_has_possessed_forms_too() -> None:
    table = inflect_kk.decline("Төтенше және Өкілетті Елші")
    assert table["poss-nom"] == "Төтенше және Өкілетті Елшісі"
    assert table["poss-dat"] == "Төтенше және Өкілетті Елшісіне"
    assert "poss-nom" not in inflect_kk.decline("Сыртқы істер министрлігі")


def test_a_loan_in_two_consonants_takes_a_helping_vowel() -> None:
    assert inflect_kk.decline("Минск")["dat"] == "Минскіге"
    assert inflect_kk.decline("халықаралық пакт")["gen"] == "халықаралық пактінің"


def test_an_attributive_is_the_locative_with_its_ending() -> None:
    assert inflect_kk.decline("Түркі мемлекеттері ұйымы")["attr"] == "Түркі мемлекеттері ұйымындағы"
    assert inflect_kk.decline("ТМД")["attr"] == "ТМД-дағы"


def test_the_republics_abbreviation_is_read_out() -> None:
    assert inflect_kk.decline("ҚР")["gen"] == "ҚР-ның"
    assert inflect_kk.decline("ҚХР")["dat"] == "ҚХР-ға"


def test_a_name_in_latin_letters_takes_its_suffix_after_a_hyphen() -> None:
    assert inflect_kk.decline("Kazinform")["gen"] == "Kazinform-ның"


@pytest.mark.parametrize(
    ("name", "sex", "forms"),
    [
        ("Хоружий", "m", "Хоружий Хоружего Хоружему Хоружего Хоружим Хоружем"),
        ("Хоружая", "f", "Хоружая Хоружей Хоружей Хоружую Хоружей Хоружей"),
        ("Горький", "m", "Горький Горького Горькому Горького Горьким Горьком"),
        ("Цой", "m", "Цой Цоя Цою Цоя Цоем Цое"),
        ("Черных", "m", "Черных Черных Черных Черных Черных Черных"),
        ("Толстой", "m", "Толстой Толстого Толстому Толстого Толстым Толстом"),
    ],
)
def test_surnames_that_follow_no_plain_rule(name: str, sex: str, forms: str) -> None:
    assert " ".join(persons.decline(name, sex).values()) == forms


@pytest.mark.parametrize(
    ("word", "owned"),
    [("кодекс", "кодексі"), ("рейтинг", "рейтингі"), ("этап", "этапы"), ("министрлік", "министрлігі")],
)
def test_possessed_loans(word: str, owned: str) -> None:
    assert inflect_kk.possess(word) == owned
