"""Cutting long sentences between clauses and joining what was made of them."""

from __future__ import annotations

import pytest

from kzpress.domain import Hypothesis
from kzpress.engine.clauses import UNBROKEN, cut_clauses, end_as, join_clauses

LONG = (
    "The Minister met the delegation on Monday, and the sides discussed trade, transit and the work of the "
    "intergovernmental commission; the next round will be held in Astana."
)


def words(text: str) -> int:
    return len(text.split())


def test_a_sentence_that_is_short_enough_is_left_whole() -> None:
    assert cut_clauses(LONG, words, 40) == [LONG]


@pytest.mark.parametrize("longest", [3, 8, 15])
def test_no_word_is_lost_and_no_part_is_too_long(longest: int) -> None:
    parts = cut_clauses(LONG, words, longest)
    assert " ".join(parts) == LONG
    assert all(words(part) <= longest for part in parts)


def test_the_cut_is_between_clauses_near_the_middle() -> None:
    assert cut_clauses("They met on Monday, and they discussed trade.", words, 5) == [
        "They met on Monday,",
        "and they discussed trade.",
    ]


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("Министры обсудили вопросы торговли и утвердили план действий сторон", "и утвердили план действий сторон"),
        ("Министрлер сауда мәселелерін талқылады және іс-шаралар жоспарын бекітті", "және іс-шаралар жоспарын бекітті"),
    ],
)
def test_and_begins_a_clause_in_russian_and_kazakh(text: str, second: str) -> None:
    assert cut_clauses(text, words, 6)[1] == second


def test_a_row_of_letters_without_spaces_is_cut_too() -> None:
    assert [len(part) for part in cut_clauses("a" * 250, len, 120)] == [UNBROKEN, UNBROKEN, 50]


def test_joined_parts_keep_the_punctuation_and_small_letters_of_the_source() -> None:
    said = [
        Hypothesis(text="Они встретились в понедельник.", score=-0.2),
        Hypothesis(text="И обсудили торговлю.", score=-0.4),
    ]
    joined = join_clauses(["They met on Monday,", "and discussed trade."], said)
    assert joined.text == "Они встретились в понедельник, и обсудили торговлю."
    assert joined.score == pytest.approx(-0.3)


@pytest.mark.parametrize(
    ("source", "target", "ended"),
    [
        ("Ministers discuss trade", "Министры обсудили торговлю.", "Министры обсудили торговлю"),
        ("development of trade;", "развитие торговли.", "развитие торговли;"),
        ("He called it “the best forum”", "Он назвал его «лучшим форумом».", "Он назвал его «лучшим форумом»"),
        ("Ministers discuss trade.", "Министры обсудили торговлю.", "Министры обсудили торговлю."),
        ("“We agree.”", "«Мы согласны».", "«Мы согласны»."),
        ("in 2021", "в 2021 г.", "в 2021 г."),
        ("and so on", "и так далее...", "и так далее..."),
    ],
)
def test_a_translation_ends_as_its_source_does(source: str, target: str, ended: str) -> None:
    assert end_as(source, target) == ended


@pytest.mark.parametrize("begins", ["ООН приняла резолюцию", "А. Серикова подписала план", "Казахстан поддержал план"])
def test_an_abbreviation_an_initial_and_a_name_keep_their_capital_inside_of_a_sentence(begins: str) -> None:
    said = [Hypothesis(text="Стороны договорились,", score=-0.2), Hypothesis(text=begins, score=-0.2)]
    joined = join_clauses(["The sides agreed,", "and it was so."], said, is_name=lambda word: word == "Казахстан")
    assert joined.text == f"Стороны договорились, {begins}"
