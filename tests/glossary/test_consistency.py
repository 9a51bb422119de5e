"""One release calls a thing by one name and spells a person one way."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from kzpress.domain import Key, Lang
from kzpress.glossary import Glossary, check_release
from kzpress.glossary.model import Abbreviate

if TYPE_CHECKING:
    from kzpress.domain import Finding

EN_RU, EN_KK, RU_KK, RU_EN, KK_RU = (
    (Lang.EN, Lang.RU),
    (Lang.EN, Lang.KK),
    (Lang.RU, Lang.KK),
    (Lang.RU, Lang.EN),
    (Lang.KK, Lang.RU),
)


def told(glossary: Glossary, langs: tuple[Lang, Lang], *pairs: tuple[str, str]) -> list[tuple[str, int, str]]:
    """Return code, number of the sentence and message of every finding."""
    keys = [Key(context="body" if i == 0 else f"body#{i}", source=source) for i, (source, _) in enumerate(pairs)]
    found: tuple[Finding, ...] = check_release(
        glossary,
        [(key, target) for key, (_, target) in zip(keys, pairs, strict=True)],
        source_lang=langs[0],
        target_lang=langs[1],
        date=None,
    )
    return [(finding.code, keys.index(finding.key), finding.message) for finding in found]


def test_a_thing_that_the_source_calls_the_same_is_called_the_same(glossary: Glossary) -> None:
    assert told(
        glossary,
        EN_RU,
        ("The OSCE mission arrived.", "Прибыла миссия ОБСЕ."),
        ("The OSCE report was read.", "Доклад Организации по безопасности и сотрудничеству в Европе зачитан."),
        ("The OSCE thanked the hosts.", "ОБСЕ поблагодарила хозяев."),
    ) == [
        (
            "name-inconsistent",
            1,
            "“Организация по безопасности и сотрудничеству в Европе” is called “ОБСЕ” in the rest of the release",
        )
    ]


def test_the_full_name_may_come_first(glossary: Glossary) -> None:
    assert (
        told(
            glossary,
            EN_RU,
            ("The OSCE mission arrived.", "Прибыла миссия Организации по безопасности и сотрудничеству в Европе."),
            ("The OSCE report was read.", "Доклад ОБСЕ зачитан."),
            ("The OSCE thanked the hosts.", "ОБСЕ поблагодарила хозяев."),
        )
        == []
    )


def test_a_translation_may_vary_as_its_source_does_and_countries_may_always(glossary: Glossary) -> None:
    assert (
        told(
            glossary,
            EN_RU,
            ("The OSCE thanked Kazakhstan.", "ОБСЕ поблагодарила Казахстан."),
            (
                "The Organization for Security and Co-operation in Europe knows Kazakhstan.",
                "Организация по безопасности и сотрудничеству в Европе знает Республику Казахстан.",
            ),
            ("Kazakhstan and the OSCE agreed.", "Казахстан и ОБСЕ договорились."),
        )
        == []
    )


def test_an_abbreviation_does_not_stand_before_the_name_that_explains_it(glossary: Glossary) -> None:
    pairs = (
        ("The Foreign Ministry replied.", "МИД ответил."),
        ("The Ministry of Foreign Affairs sent a note.", "Министерство иностранных дел направило ноту."),
    )
    assert told(glossary, EN_RU, *pairs) == [
        ("name-inconsistent", 0, "“МИД” stands before its full name “Министерство иностранных дел” does")
    ]
    assert told(glossary, EN_RU, *reversed(pairs)) == []


def test_an_entry_to_be_introduced_is_so_though_its_source_abbreviates(glossary: Glossary) -> None:
    osce = dataclasses.replace(glossary.entries["osce"], abbreviate=Abbreviate.FIRST_FULL)
    careful = Glossary(entries={**glossary.entries, "osce": osce}, digest="careful")
    pair = ("The OSCE mission arrived.", "Прибыла миссия ОБСЕ.")
    message = "“ОБСЕ” stands before its full name “Организация по безопасности и сотрудничеству в Европе” does"
    assert told(careful, EN_RU, pair) == [("name-inconsistent", 0, message)]
    assert told(glossary, EN_RU, pair) == []


def test_a_person_the_glossary_knows_is_spelt_as_there(glossary: Glossary) -> None:
    assert told(
        glossary,
        RU_KK,
        ("Касым-Жомарт Токаев выступил.", "Қасым-Жомарт Тоқаев сөз сөйледі."),
        ("Токаев поблагодарил гостей.", "Токаевтың қонақтарға алғысы шексіз."),
    ) == [("person-spelling", 1, "“Токаевтың”: Қасым-Жомарт Тоқаев is spelt “Тоқаев”")]


def test_another_bearer_of_the_surname_is_let_be(glossary: Glossary) -> None:
    assert (
        told(
            glossary,
            RU_KK,
            ("К. Токаев и М. Токаев встретились.", "Қ. Тоқаев пен М. Токаев кездесті."),
            ("Тоқаев ушел.", "Тоқаевтың уақыты аз."),
        )
        == []
    )


@pytest.mark.parametrize(
    ("langs", "first", "second", "message"),
    [
        (
            RU_EN,
            ("Посол Ерлан Абдыкалыков прибыл.", "Ambassador Erlan Abdykalykov arrived."),
            ("Посол Ерлан Абдыкалыков уехал.", "Ambassador Yerlan Abdykalykov left."),
            "“Yerlan” is spelt “Erlan” earlier in the release",
        ),
        (
            EN_KK,
            ("M. Baimukhanov spoke.", "М. Баймұханов сөйледі."),
            ("M. Baimukhanov's words were heard.", "М. Баймухановтың сөзі тыңдалды."),
            "“Баймухановтың” is spelt “Баймұханов” earlier in the release",
        ),
    ],
)
def test_a_person_is_spelt_one_way(
    glossary: Glossary, langs: tuple[Lang, Lang], first: tuple[str, str], second: tuple[str, str], message: str
) -> None:
    assert told(glossary, langs, first, second) == [("person-spelling", 1, message)]


def test_two_people_are_not_one(glossary: Glossary) -> None:
    assert (
        told(
            glossary,
            RU_EN,
            ("И. Алиев прибыл.", "I. Aliyev arrived."),
            ("М. Алиев уехал.", "M. Aliev left."),
            ("Посол Ерлан Омаров здесь.", "Ambassador Yerlan Omarov is here."),
            ("Посол Эрлан Омаров там.", "Ambassador Erlan Omarov is there."),
        )
        == []
    )


def test_a_garbled_person_is_found_and_a_foreign_one_rendered_by_ear_is_not(glossary: Glossary) -> None:
    assert told(glossary, EN_RU, ("B. Atamkulov spoke.", "Выступил Б. Атамбулов.")) == [
        ("person-spelling", 0, "“Атамбулов” does not spell “Atamkulov” of the source")
    ]
    assert told(glossary, EN_RU, ("B. Atamkulov spoke.", "Выступил Б. Атамкулов.")) == []
    assert told(glossary, EN_RU, ("E. Sjöström spoke.", "Выступила Э. Шестрем.")) == []
    assert told(glossary, RU_EN, ("Выступил Д. Мартинес.", "D. Martínez spoke.")) == []
    assert told(glossary, KK_RU, ("Б. Атамқұловтың сөзі.", "Слово Б. Атамкулова.")) == []
