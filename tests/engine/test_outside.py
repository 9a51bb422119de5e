"""List marks, table rules and emoji are kept from the model."""

from __future__ import annotations

import pytest

from kzpress.domain import Lang
from kzpress.engine import Job
from kzpress.engine.argos import ArgosEngine
from kzpress.engine.outside import split_off


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("The sides met.", ["", "The sides met.", ""]),
        ("• развитие торговли;", ["• ", "развитие торговли;", ""]),
        ("– Мы рады, – сказал он.", ["– ", "Мы рады, – сказал он.", ""]),
        ("1. Сауданы дамыту", ["1. ", "Сауданы дамыту", ""]),
        ("б) транзит", ["б) ", "транзит", ""]),
        ("(3) transit", ["(3) ", "transit", ""]),
        ("🎉 Форум 😀 открылся 🇰🇿🇰🇿", ["🎉 ", "Форум", " 😀 ", "открылся", " 🇰🇿🇰🇿"]),
        ("Рост | 2020 | 2021 | Всего", ["", "Рост", " | 2020 | 2021 | ", "Всего", ""]),
    ],
)
def test_marks_stand_outside(text: str, pieces: list[str]) -> None:
    assert split_off(text) == pieces


@pytest.mark.parametrize(
    "text", ["А. Серіков келді.", "-5 °C", "№ 5 – новый", "2020 | 2021", "+7 701 звоните", "", "🎉"]
)
def test_what_is_no_mark_stays_in(text: str) -> None:
    assert split_off(text) == ["", text, ""]


@pytest.mark.parametrize("text", ["| a |\n b ✓", " • – 12) x", "** ", "a · b · ", "✅✅ 5 ✅ да ✅ 6"])
def test_joined_the_pieces_are_the_text(text: str) -> None:
    assert "".join(split_off(text)) == text


@pytest.mark.model
def test_the_engine_returns_marks_where_they_stood(embedded: ArgosEngine) -> None:
    texts = ("• The sides discussed trade.", "🎉 The forum opened. 🎉", "Trade | 2020 | Transit")
    answers = embedded.translate([Job(source=Lang.EN, target=Lang.RU, text=text) for text in texts])
    bullet, emoji, row = (hypotheses[0].text for hypotheses in answers)
    assert bullet.startswith("• ") and bullet.count("•") == 1
    assert emoji.startswith("🎉 ") and emoji.endswith(" 🎉")
    assert [cell.strip() for cell in row.split("|")][1] == "2020" and row.count("|") == 2
