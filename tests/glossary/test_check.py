"""The findings about names, and the false alarms there must not be."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from kzpress.domain import Key, Lang, Severity
from kzpress.glossary import check

if TYPE_CHECKING:
    from kzpress.domain import Finding
    from kzpress.glossary import Glossary

DAY = dt.date(2021, 7, 24)


def findings(
    glossary: Glossary,
    source: str,
    target: str,
    langs: tuple[Lang, Lang] = (Lang.EN, Lang.RU),
    date: dt.date | None = DAY,
) -> tuple[Finding, ...]:
    key = Key(context="body", source=source)
    return check(glossary, source, target, source_lang=langs[0], target_lang=langs[1], date=date, key=key)


def test_a_missing_name_says_what_to_write_and_what_stands_there_instead(glossary: Glossary) -> None:
    source = "The Ministry of Foreign Affairs of the Republic of Kazakhstan replied."
    (found,) = findings(glossary, source, "МИД Казахстана ответил.")
    assert (found.code, found.severity) == ("name-missing", Severity.ERROR)
    assert found.message == (
        "the source names “Ministry of Foreign Affairs of the Republic of Kazakhstan”: "
        "write “Министерство иностранных дел Республики Казахстан”, not “МИД Казахстана”"
    )


def test_a_forbidden_form_is_found_in_any_case(glossary: Glossary) -> None:
    found = findings(glossary, "The report was read.", "Доклад министерства зарубежных дел зачитан.")
    assert [(f.code, f.severity) for f in found] == [("name-forbidden", Severity.ERROR)]
    assert "“министерства зарубежных дел” is forbidden" in found[0].message


def test_a_name_outside_its_dates_is_a_warning(glossary: Glossary) -> None:
    (found,) = findings(glossary, "Nur-Sultan", "Нур-Султан", date=dt.date(2023, 5, 1))
    assert (found.code, found.severity) == ("name-out-of-date", Severity.WARNING)
    assert found.message == "“Nur-Sultan” is the name 2019-03-23 to 2022-09-17; the release is of 2023-05-01"
    assert findings(glossary, "Nur-Sultan", "Нур-Султан", date=None) == ()


def test_the_name_of_another_day_does_not_answer(glossary: Glossary) -> None:
    assert [f.code for f in findings(glossary, "Talks in Nur-Sultan", "Переговоры в Астане")] == ["name-missing"]


def test_an_empty_target_has_no_findings(glossary: Glossary) -> None:
    assert findings(glossary, "The UN", " ") == ()


EN_RU, EN_KK, RU_KK, KK_EN, RU_EN = (
    (Lang.EN, Lang.RU),
    (Lang.EN, Lang.KK),
    (Lang.RU, Lang.KK),
    (Lang.KK, Lang.EN),
    (Lang.RU, Lang.EN),
)


@pytest.mark.parametrize(
    ("langs", "source", "target"),
    [
        (EN_RU, "The Commissioner thanked the UN.", "Уполномоченный поблагодарил ООН."),
        (EN_RU, "The Commissioner thanked the UN.", "Организация Объединённых Наций услышала уполномоченного."),
        (EN_RU, "the Parliament and Kazakhstan", "парламент и Казахстан"),
        (EN_RU, "Central Asia states", "центральноазиатские государства"),
        (RU_EN, "страны Центральной Азии", "Central Asian countries"),
        (EN_RU, "the Kazakhstan delegation", "казахстанская делегация"),
        (KK_EN, "Қазақстан тарапы", "the Kazakh side"),
        (EN_KK, "Kazakhstan's position", "қазақстандық ұстаным"),
        (EN_KK, "The UN mission in Kazakhstan", "БҰҰ-ның Қазақстандағы миссиясы"),
        (RU_KK, "В МИД РК рассказали об этом.", "Бұл туралы ҚР СІМ-де айтылды."),
        (RU_KK, "К. Токаев принял посла.", "Қ. Тоқаев елшіні қабылдады."),
        (KK_EN, "Э. Әзімованың есебі", "E. Azimova's report"),
        (
            EN_RU,
            "The Commissioner for Human Rights in the Republic of Kazakhstan visited Kazakhstan.",
            "Уполномоченный по правам человека в Республике Казахстан посетил Казахстан.",
        ),
        (
            EN_RU,
            "Kazakhstan’s Ministry of Foreign Affairs",
            "Министерство иностранных дел Республики Казахстан",
        ),
        (EN_RU, "KAZAKHSTAN AND OSCE", "КАЗАХСТАН И ОБСЕ"),
        (RU_EN, "Парламент одобрил закон.", "The Parliament passed the law."),
        (RU_EN, "Европейский парламент", "the European Parliament"),
    ],
)
def test_a_right_translation_raises_no_alarm(
    glossary: Glossary, langs: tuple[Lang, Lang], source: str, target: str
) -> None:
    assert findings(glossary, source, target, langs) == ()


def test_a_name_that_stands_twice_in_a_breath_is_a_warning(glossary: Glossary) -> None:
    source = "The United Nations supported the initiative."
    found = findings(glossary, source, "Инициативу Организации Объединенных Наций ООН поддержала.")
    assert [(f.code, f.severity) for f in found] == [("name-repeated", Severity.WARNING)]
    assert found[0].message == "“Организации Объединенных Наций ООН” has one name twice"


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("The UN and once more the UN spoke.", "ООН и еще раз ООН высказались."),
        ("The United Nations supported it.", "Организация Объединенных Наций (ООН) поддержала."),
        ("The UN supported it.", "ООН поддержала. ООН поможет."),
    ],
)
def test_a_name_that_returns_for_a_reason_is_none(glossary: Glossary, source: str, target: str) -> None:
    assert "name-repeated" not in [f.code for f in findings(glossary, source, target)]


@pytest.mark.parametrize(
    ("source", "target", "lang"),
    [
        ("A Kazakh delegation returned to Kazakhstan.", "Қазақстан делегациясы Қазақстанға оралды.", Lang.KK),
        ("Kazakh companies invest in Kazakhstan.", "Компании Казахстана инвестируют в Казахстан.", Lang.RU),
    ],
)
def test_an_adjective_of_the_source_may_become_the_name_again(
    starter: Glossary, source: str, target: str, lang: Lang
) -> None:
    assert "name-repeated" not in [f.code for f in findings(starter, source, target, (Lang.EN, lang))]
