"""Quotation marks astray are paired; those in their places are not touched."""

from __future__ import annotations

import pytest

from kzpress.domain import Lang
from kzpress.engine.quotes import pair_quotes


@pytest.mark.parametrize(
    "text",
    [
        "Форум «Шелковый путь» открылся.",
        "«Проект «Дорога» завершен», – сказал министр. – «Это важно».",
        'Компании "Алтын дән" и "Жайық" подписали соглашение.',
        "„Silk Road“ opened.",
        "He said: “We are glad.",  # the quotation goes on in the next sentence
        "Мы рады», – сказал он.",  # it began in the one before
        'Трубы в 12" и 14" проложены.',
        "«Хабар»дың тілшісі «Егемен Қазақстан»ға айтты.",  # Kazakh joins its suffixes to the mark
        '"Хабар"дың тілшісі келді.',
        "Рейс «Астана»/«Нур-Султан» открыт.",
        "И вот…«Астана» открыта.",
        'И вот…"Астана" открыта, "…как и обещали".',
        'Форматы "5+1"/"C5" обсуждены.',
        'Газеты "Хабар","Егемен"(и "Дала"):"Жас Алаш".',
        'Сноска *"Астана"* и "ТАСС"’тың хабары.',
        "Форум « Шелковый путь » открылся.",
        "«Проект «Дорога»/„Жол“»дың мәні.",
        "Біз қуаныштымыз»дың мәні «Ел»де.",
        "Без кавычек.",
    ],
)
def test_marks_in_their_places_stay(text: str) -> None:
    assert pair_quotes(text, Lang.RU) == text


@pytest.mark.parametrize(
    ("lang", "typed", "paired"),
    [
        (Lang.RU, "Форум « Шелковый путь « открылся.", "Форум «Шелковый путь» открылся."),
        (Lang.KK, "“Жасыл белес“ бағдарламасы", "«Жасыл белес» бағдарламасы"),
        (Lang.KK, "« Жасыл белес «тің және «Хабар»дың", "«Жасыл белес» тің және «Хабар»дың"),
        (Lang.KK, "“Хабар“дың/“Егемен“нің тілшісі", "«Хабар»дың/«Егемен»нің тілшісі"),
        (Lang.RU, "Форум« Шелковый путь »открылся.", "Форум «Шелковый путь» открылся."),
        (Lang.EN, "The » Silk Road « forum opened.", "The “Silk Road” forum opened."),
        (Lang.EN, "« Silk Road «and« the sides agreed.", "Silk Road “and” the sides agreed."),
    ],
)
def test_marks_astray_are_paired_as_the_language_writes_them(lang: Lang, typed: str, paired: str) -> None:
    assert pair_quotes(typed, lang) == paired


def test_pairing_twice_changes_nothing_more() -> None:
    once = pair_quotes("The » Silk Road « forum and “ the “ fair.", Lang.EN)
    assert pair_quotes(once, Lang.EN) == once


def test_no_word_is_lost_and_none_are_joined() -> None:
    text = "«Алма »ағаш« пен» жүзім «бақ« болды»"
    assert (
        pair_quotes(text, Lang.KK).translate(str.maketrans("«»", "  ")).split()
        == text.translate(str.maketrans("«»", "  ")).split()
    )
