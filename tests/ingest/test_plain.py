"""Paragraphs and characters of plain text."""

from __future__ import annotations

import pytest

from .samples import codes, kinds, of, shape

WRAPPED = """The Minister of Science of the Republic of Kazakhstan received the new
Ambassador of Finland, who had presented his credentials the day before in
the residence of the President.

The sides agreed that the joint school of water management would open its
doors in Kyzylorda.
"""


def test_wrapped_lines_are_joined() -> None:
    release = of(WRAPPED)
    assert kinds(release) == ["lead", "body"]
    assert release.blocks[0].text.startswith(
        "The Minister of Science of the Republic of Kazakhstan received the new Amb"
    )
    assert release.blocks[1].text.endswith("would open its doors in Kyzylorda.")
    assert [block.line for block in release.blocks] == [1, 5]


def test_without_blank_lines_every_sentence_line_is_a_paragraph() -> None:
    release = of(
        "Новая школа\nМинистр принял посла Финляндии.\nСтороны обсудили торговлю и школы.\nВстреча прошла вчера.\n"
    )
    assert kinds(release) == ["headline", "lead", "body", "body"]


def test_long_lines_without_blank_lines_are_paragraphs() -> None:
    long = "Министр принял посла и обсудил с ним торговлю, образование, культуру и туризм " * 3
    assert kinds(of(f"Новая школа\n{long.strip()}\n{long.strip()}")) == ["headline", "lead", "body"]


def test_a_list_keeps_an_item_a_paragraph() -> None:
    release = of("Стороны обсудили:\n- торговлю;\n- образование;\n- культуру.")
    assert [text for _, text in shape(release)] == ["Стороны обсудили:", "- торговлю;", "- образование;", "- культуру."]


def test_a_line_end_hyphen_is_kept_and_told() -> None:
    release = of("Делегация прибыла накануне поздним вечером в столицу, город Нур-\nСултан, где начались переговоры.")
    assert release.blocks[0].text.endswith("город Нур-Султан, где начались переговоры.")
    assert codes(release) == {"line-end-hyphen"}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
def test_any_line_end_is_understood(end: str) -> None:
    assert kinds(of(f"Новая школа{end}{end}Министр принял посла.{end}{end}Встреча прошла вчера.")) == [
        "headline",
        "lead",
        "body",
    ]


def test_spaces_become_one_ordinary_space_and_words_stay_as_they_came() -> None:
    text = "\u00a0Объём\u202fторговли — 1\u00a0250,5\u2009млн\t\tдолларов, « ЕС-Казахстан «и« ЕС ».  "
    assert of(text).blocks[0].text == "Объём торговли — 1 250,5 млн долларов, « ЕС-Казахстан «и« ЕС »."


def test_invisible_characters_are_removed_and_told() -> None:
    release = of("Ми\u00adнистр\u200b принял\ufeff посла\u202e.\x07")
    assert release.blocks[0].text == "Министр принял посла."
    assert codes(release) == {"characters-removed"}
    assert "U+00AD soft hyphen ×1" in release.notices[0].message


def test_a_decomposed_letter_is_composed() -> None:
    assert of("Новый заи\u0306м").blocks[0].text == "Новый займ"


def test_a_replacement_character_is_told() -> None:
    assert codes(of("Министр при\ufffdял посла.")) == {"characters-lost"}


def test_a_rule_between_paragraphs_is_left_out_and_told() -> None:
    release = of("Министр принял посла.\n\n* * *\n\nВстреча прошла вчера.")
    assert kinds(release) == ["lead", "body"]
    assert codes(release) == {"ornaments-left-out"}


def test_the_same_bytes_give_the_same_release() -> None:
    assert of(WRAPPED) == of(WRAPPED)
