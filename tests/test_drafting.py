"""One sentence through drafting: what the engine is asked, and what is made of its answers."""

from __future__ import annotations

import pytest

from kzpress import glossary
from kzpress.domain import BlockKind, Draft, Hypothesis, Key, Lang, Route, Step
from kzpress.drafting import Leg, by_engine, by_rule, notes_of, prepare
from kzpress.glossary import Glossary
from kzpress.workspace import STARTER_GLOSSARY

LEG = Leg(source=Lang.EN, target=Lang.RU, route=Route(langs=(Lang.EN, Lang.RU), packages=("test 1",)), date=None)


@pytest.fixture(scope="module")
def terms() -> Glossary:
    return glossary.load(STARTER_GLOSSARY)


def draft(terms: Glossary, source: str, *answers: tuple[str, float], kind: BlockKind = BlockKind.BODY) -> Draft:
    (sentence,) = prepare(terms, [(Key(context=kind, source=source), kind)], Lang.EN, None)
    hypotheses = tuple(Hypothesis(text=text, score=score) for text, score in answers)
    return by_rule(terms, sentence, LEG) or by_engine(terms, sentence, LEG, hypotheses)


def test_a_sound_answer_is_chosen_over_a_loop_with_a_better_score(terms: Glossary) -> None:
    loop = "Казахстан и страны, и страны, и страны, и страны, и страны подписали соглашение."
    sound = "Казахстан и страны региона подписали соглашение."
    made = draft(terms, "Kazakhstan and the countries of the region signed an agreement.", (loop, -0.1), (sound, -0.6))
    assert made.text == sound
    assert [use.step for use in made.names] == [Step.MODEL]  # the model's first answer had the name too


def test_a_name_from_a_later_answer_is_told(terms: Glossary) -> None:
    made = draft(
        terms,
        "The OSCE sent observers to the elections.",
        ("Наблюдатели прибыли на выборы в регион.", -0.3),
        ("ОБСЕ направила наблюдателей на выборы.", -0.5),
    )
    assert made.text.startswith("ОБСЕ")
    assert [use.step for use in made.names] == [Step.N_BEST]
    assert "another hypothesis" in " ".join(notes_of(made, terms.digest))


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Twenty countries and 15 cities took part in it.", "В нем приняли участие 20 стран и пятнадцать городов."),
        ("The meeting began at 10:30 p.m. on Monday.", "Встреча началась в 22:30 в понедельник."),
    ],
)
def test_numbers_the_checks_find_right_are_left_alone(terms: Glossary, source: str, target: str) -> None:
    made = draft(terms, source, (target, -0.2))
    assert (made.text, made.notes) == (target, ())


def test_a_wrong_year_is_set_right_and_told(terms: Glossary) -> None:
    made = draft(terms, "The protocol was signed in 2021.", ("Протокол был подписан в 2019 году.", -0.2))
    assert made.text == "Протокол был подписан в 2021 году."
    assert made.notes == ("the model wrote 2019 for 2021: set right from the source",)


def test_addresses_in_a_shouted_headline_keep_their_letters(terms: Glossary) -> None:
    made = draft(
        terms,
        "NEW SITE OPENED AT https://www.gov.kz/Abc FOR CITIZENS",
        ("Новый сайт открыт на [1] для граждан", -0.2),
        kind=BlockKind.HEADLINE,
    )
    assert made.text == "НОВЫЙ САЙТ ОТКРЫТ НА https://www.gov.kz/Abc ДЛЯ ГРАЖДАН"


def test_a_caption_that_is_a_name_is_rendered_by_rule_and_counted(terms: Glossary) -> None:
    made = draft(terms, "European Parliament")
    assert made.text == "Европейский парламент"
    assert [use.step for use in made.names] == [Step.RULE]


def test_a_row_of_figures_is_copied_and_said_to_be(terms: Glossary) -> None:
    made = draft(terms, "12.5 / 13.8")
    assert made.text == "12.5 / 13.8"
    assert "copied" in notes_of(made, terms.digest)[0]
