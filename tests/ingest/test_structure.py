"""Headline, dateline, lead and the rest, in the three languages."""

from __future__ import annotations

import datetime as dt

import pytest

from kzpress.ingest.structure import is_attribution, is_quotation

from .samples import ENGLISH, KAZAKH, RUSSIAN, codes, kinds, of, shape

WHOLE = ["headline", "dateline", "lead", "body", "quote", "attribution"]


@pytest.mark.parametrize(
    ("text", "dateline", "city", "agency", "date"),
    [
        (ENGLISH, "ASTANA. KAZINFORM -", "ASTANA", "KAZINFORM", None),
        (RUSSIAN, "Астана, 14 марта 2023 года –", "Астана", None, dt.date(2023, 3, 14)),
        (KAZAKH, "Астана, 2023 жылғы 14 наурыз –", "Астана", None, dt.date(2023, 3, 14)),
    ],
)
def test_a_release_has_its_parts_in_every_language(
    text: str, dateline: str, city: str, agency: str | None, date: dt.date | None
) -> None:
    release = of(text)
    assert kinds(release) == WHOLE
    assert release.blocks[1].text == dateline
    assert (release.city, release.agency, release.date) == (city, agency, date)
    assert release.title == release.blocks[0].text
    assert [block.line for block in release.blocks] == [1, 3, 3, 5, 7, 9]
    assert release.notices == ()


def test_a_stated_date_before_the_dateline_is_no_block() -> None:
    release = of(
        " date 2021-09-02 NUR-SULTAN. KAZINFORM - The Commissioner met the delegation of Finland.\n\n"
        "The sides spoke of prisons.\n\n\n\n"
    )
    assert shape(release) == [
        ("dateline", "NUR-SULTAN. KAZINFORM -"),
        ("lead", "The Commissioner met the delegation of Finland."),
        ("body", "The sides spoke of prisons."),
    ]
    assert release.date == dt.date(2021, 9, 2)
    assert release.title == "The Commissioner met the delegation of Finland"


@pytest.mark.parametrize(
    ("paragraph", "dateline", "city", "agency"),
    [
        ("NUR-SULTAN. KAZINFORM - The session opened.", "NUR-SULTAN. KAZINFORM -", "NUR-SULTAN", "KAZINFORM"),
        ("АСТАНА. КАЗИНФОРМ – Открылась сессия.", "АСТАНА. КАЗИНФОРМ –", "АСТАНА", "КАЗИНФОРМ"),
        ("НҰР-СҰЛТАН. ҚАЗАҚПАРАТ – Сессия ашылды.", "НҰР-СҰЛТАН. ҚАЗАҚПАРАТ –", "НҰР-СҰЛТАН", "ҚАЗАҚПАРАТ"),
        ("Astana, February 6, 2024 – The session opened.", "Astana, February 6, 2024 –", "Astana", None),
        ("Анкара, 6 февраля 2024 года – Открылась сессия.", "Анкара, 6 февраля 2024 года –", "Анкара", None),
        ("Астана, 2024 жылғы 6 ақпан – Сессия ашылды.", "Астана, 2024 жылғы 6 ақпан –", "Астана", None),
        ("АСТАНА. 6 февраля. КАЗИНФОРМ - Открылась сессия.", "АСТАНА. 6 февраля. КАЗИНФОРМ -", "АСТАНА", "КАЗИНФОРМ"),
        ("BRUSSELS – The session opened.", "BRUSSELS –", "BRUSSELS", None),
        ("NEW YORK, 6 February 2024 — The session opened.", "NEW YORK, 6 February 2024 —", "NEW YORK", None),
        ("ALMATY (Kazinform) – The session opened.", "ALMATY (Kazinform) –", "ALMATY", "Kazinform"),
        ("АСТАНА – КАЗИНФОРМ – Открылась сессия.", "АСТАНА – КАЗИНФОРМ –", "АСТАНА", "КАЗИНФОРМ"),
        (
            "Geneva, Switzerland, 6 February 2024 – The session opened.",
            "Geneva, Switzerland, 6 February 2024 –",
            "Geneva",
            None,
        ),
        ("г. Астана, 06.02.2024 г. – Открылась сессия.", "г. Астана, 06.02.2024 г. –", "Астана", None),
        ("Брюссель, 6 февраля 2024 года. Открылась сессия.", "Брюссель, 6 февраля 2024 года.", "Брюссель", None),
        ("ASTANA. KAZINFORM. The session opened.", "ASTANA. KAZINFORM.", "ASTANA", "KAZINFORM"),
        ("ASTANA. KAZINFORM- The session opened.", "ASTANA. KAZINFORM-", "ASTANA", "KAZINFORM"),
    ],
)
def test_a_dateline_is_a_block_of_its_own(paragraph: str, dateline: str, city: str, agency: str | None) -> None:
    release = of(paragraph)
    assert kinds(release) == ["dateline", "lead"]
    assert release.blocks[0].text == dateline
    assert f"{dateline} {release.blocks[1].text}" == paragraph
    assert (release.city, release.agency) == (city, agency)


@pytest.mark.parametrize(
    "paragraph",
    [
        "Астана – столица Казахстана.",
        "Казахстан, ЕС – надёжные партнёры.",
        "ЕАЭС – это союз пяти государств.",
        "Сегодня, 6 февраля 2024 года – Министр принял посла.",
        "On Tuesday, February 6 – Ministers met in Astana.",
        "Встреча, 6 февраля 2024 года. Стороны обсудили торговлю.",
        "Астана. Министр принял посла.",
        "Kazakhstan, EU moving to a new level - Minister.",
        "The European Union – Central Asia dialogue was held on 6 February 2024.",
    ],
)
def test_a_dash_alone_makes_no_dateline(paragraph: str) -> None:
    assert shape(of(paragraph)) == [("lead", paragraph)]


def test_a_dateline_may_be_a_paragraph_of_its_own() -> None:
    release = of("Посол вручил верительные грамоты\n\nАнкара, 6 февраля 2024 года\n\nПосол принят во дворце.")
    assert kinds(release) == ["headline", "dateline", "lead"]
    assert (release.city, release.date) == ("Анкара", dt.date(2024, 2, 6))


def test_a_first_paragraph_with_a_full_stop_is_no_headline() -> None:
    assert kinds(of("Министр принял посла.\n\nСтороны обсудили торговлю.")) == ["lead", "body"]


def test_a_release_without_headline_takes_its_first_words_as_title() -> None:
    release = of("The Minister received the Ambassador of Finland in the capital today. They spoke of schools.")
    assert release.title == "The Minister received the Ambassador of Finland in"


def test_the_words_press_release_are_no_headline() -> None:
    release = of("ПРЕСС-РЕЛИЗ\n\nМинистр принял посла Финляндии\n\nАСТАНА. КАЗИНФОРМ – Встреча прошла вчера.")
    assert kinds(release) == ["body", "headline", "dateline", "lead"]
    assert release.title == "Министр принял посла Финляндии"


def test_a_number_is_no_headline() -> None:
    release = of("Баспасөз хабарламасы\n\n№ 12\n\nЖаңа мектеп ашылды\n\nАСТАНА. ҚАЗАҚПАРАТ – Министр барды.")
    assert release.title == "Жаңа мектеп ашылды"


def test_a_subtitle_stands_between_headline_and_dateline() -> None:
    release = of("Новая школа\n\nОна откроется осенью\n\nАСТАНА. КАЗИНФОРМ – Министр рассказал о планах.")
    assert kinds(release) == ["headline", "body", "dateline", "lead"]


@pytest.mark.parametrize(
    "line", ["date 2024-02-06", "Дата: 06.02.2024", "Күні: 2024 жылғы 6 ақпан", "6 февраля 2024 года, 10:30"]
)
def test_a_line_that_is_a_date_dates_the_release(line: str) -> None:
    release = of(f"Новая школа\n\n{line}\n\nМинистр рассказал о планах.")
    assert release.date == dt.date(2024, 2, 6)
    assert kinds(release) == ["headline", "lead"]


def test_an_impossible_date_is_told_and_kept_in_the_notice() -> None:
    release = of("date 2024-02-31 ASTANA. KAZINFORM - The session opened.")
    assert release.date is None
    assert codes(release) == {"date-impossible"}
    assert "2024-02-31" in release.notices[0].message
    assert kinds(release) == ["dateline", "lead"]


def test_a_date_inside_a_sentence_is_left_there() -> None:
    release = of("2024 жылғы 6 ақпанда Астанада кеңес өтті.")
    assert shape(release) == [("lead", "2024 жылғы 6 ақпанда Астанада кеңес өтті.")]
    assert release.date is None


def test_two_dates_that_differ_are_told_and_the_stated_one_is_taken() -> None:
    release = of("date 2024-02-07\n\nАстана, 6 февраля 2024 года – Открылась сессия.")
    assert release.date == dt.date(2024, 2, 7)
    assert codes(release) == {"date-conflict"}


def test_a_file_name_dates_a_release_that_says_no_date() -> None:
    assert of("Министр принял посла.", "2024-02-06-posol.txt").date == dt.date(2024, 2, 6)
    assert of("Министр принял посла.", "20240206.txt").date == dt.date(2024, 2, 6)
    assert of("Министр принял посла.", "06.02.2024.txt").date == dt.date(2024, 2, 6)
    assert of("Министр принял посла.", "a20240206b7.txt").date is None
    assert codes(of("Министр принял посла.", "2024-13-06.txt")) == {"date-impossible"}


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("«Мы готовы к диалогу».", True),
        ("“We are ready.”", True),
        ("«Форум «Центральная Азия» откроется осенью».", True),
        ("«Да» и «нет».", False),
        ('"Yes" and "no"', False),
        ("«Мы готовы», – сказал министр.", False),
        ("«", False),
    ],
)
def test_a_quote_is_a_paragraph_that_is_one_quotation(text: str, *, whole: bool) -> None:
    assert is_quotation(text) is whole


@pytest.mark.parametrize(
    ("text", "names_a_source"),
    [
        ("Пресс-служба МИД РК", True),
        ("ҚР СІМ баспасөз қызметі", True),
        ("Kazinform has learnt from the press service of the Ministry.", True),
        ("Об этом сообщает пресс-служба Министерства науки.", True),
        ("Бұл туралы министрліктің баспасөз қызметі хабарлады.", True),
        ("Источник: gov.kz", True),
        ("Пресс-служба министерства опубликовала заявление. Оно касается школ.", False),
        ("Бұл туралы министр кеңесте айтты.", False),
        ("Министр принял посла, сообщает пресс-служба МИД РК.", False),
    ],
)
def test_an_attribution_only_names_the_source(text: str, *, names_a_source: bool) -> None:
    assert is_attribution(text) is names_a_source
