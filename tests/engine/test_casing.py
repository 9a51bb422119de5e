from __future__ import annotations

import pytest

from kzpress.domain import BlockKind, Lang
from kzpress.engine.casing import Evidence, Style, restore, style_of, to_sentence_case

BODY = Evidence.of(
    [
        "The ministers will meet in Astana and discuss trade with partners from Belgium.",
        "They also discuss visits of new ministers, and the World Health Organization takes part.",
    ]
)


def test_title_case_is_told_from_a_sentence_with_names() -> None:
    assert style_of("Ministers Discuss Trade and New Visits", Lang.EN, BlockKind.HEADLINE) is Style.TITLE
    assert style_of("Kazakhstan, Belgium to expand trade ties next year", Lang.EN, BlockKind.HEADLINE) is Style.SENTENCE
    assert style_of("Министр иностранных дел посетил Брюссель", Lang.RU, BlockKind.HEADLINE) is Style.SENTENCE


def test_capitals_are_told_from_an_abbreviation() -> None:
    assert style_of("МИНИСТРЫ ОБСУДИЛИ ТОРГОВЛЮ", Lang.RU, BlockKind.HEADLINE) is Style.CAPITALS
    assert style_of("NATO", Lang.EN, BlockKind.HEADLINE) is Style.SENTENCE


def test_words_written_small_in_the_release_become_small_and_names_stay() -> None:
    title = "Ministers Discuss Trade With Belgium"
    assert to_sentence_case(title, Style.TITLE, BODY) == "Ministers discuss trade with Belgium"


def test_capitals_are_spelt_as_the_release_spells_them() -> None:
    assert to_sentence_case("MINISTERS MEET IN ASTANA", Style.CAPITALS, BODY) == "Ministers meet in Astana"


def test_a_recognised_name_keeps_its_own_capitals() -> None:
    title = "EUROPEAN UNION AND MINISTERS"
    names = [(0, 14, "European Union")]
    assert to_sentence_case(title, Style.CAPITALS, BODY, names) == "European Union and ministers"


def test_an_abbreviation_in_a_title_stays() -> None:
    assert to_sentence_case("Ministers Discuss OSCE Visits", Style.TITLE, BODY).startswith("Ministers discuss OSCE")


def test_shouted_headlines_are_shouted_again() -> None:
    assert restore("Министры обсудили торговлю", Style.CAPITALS) == "МИНИСТРЫ ОБСУДИЛИ ТОРГОВЛЮ"
    assert restore("Министры обсудили торговлю", Style.TITLE) == "Министры обсудили торговлю"


def test_a_body_sentence_is_no_title() -> None:
    text = "Foreign Minister Will Smith Met Ambassador John May."
    assert style_of(text, Lang.EN, BlockKind.BODY) is Style.SENTENCE


@pytest.mark.parametrize(
    ("text", "end", "spelling", "plain"),
    [
        ("ВЛАСТИ АСТАНЫ", 13, "Астана", "Власти Астаны"),
        ("В НУР-СУЛТАНЕ", 13, "Нур-Султан", "В Нур-Султане"),
    ],
)
def test_an_inflected_name_in_capitals_keeps_its_case(text: str, end: int, spelling: str, plain: str) -> None:
    start = text.index(" ") + 1
    assert to_sentence_case(text, Style.CAPITALS, BODY, [(start, end, spelling)]) == plain


def test_a_long_line_is_read_in_linear_time() -> None:
    text = "Министр обсудил торговлю " * 8000
    assert Evidence.of([text]).spell("ТОРГОВЛЮ", Style.CAPITALS) == "торговлю"


@pytest.mark.parametrize(
    ("text", "lang", "style"),
    [
        ("BREAKING NEWS", Lang.EN, Style.CAPITALS),
        ("ОФИЦИАЛЬНО", Lang.RU, Style.CAPITALS),
        ("OSCE ODIHR", Lang.EN, Style.SENTENCE),
        ("ҚР СІМ", Lang.KK, Style.SENTENCE),
    ],
)
def test_one_long_word_in_capitals_tells_that_they_are_shouted(text: str, lang: Lang, style: Style) -> None:
    assert style_of(text, lang, BlockKind.BODY) is style


@pytest.mark.parametrize(
    ("text", "small"),
    [
        ("ГЛАВА МВФ ПОСЕТИЛ АСТАНУ", "Глава МВФ посетил астану"),
        ("ҚХР ДЕЛЕГАЦИЯСЫ КЕЛДІ", "ҚХР делегациясы келді"),
        ("THE 5TH ROUND WITH KTZ", "The 5th round with KTZ"),
    ],
)
def test_a_word_without_vowels_stays_an_abbreviation(text: str, small: str) -> None:
    assert to_sentence_case(text, Style.CAPITALS, Evidence.of([])) == small
