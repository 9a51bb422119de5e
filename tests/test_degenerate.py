from __future__ import annotations

import pytest

from kzpress.degenerate import LOOP, fault, said_once, said_twice

SOURCE = "The parties agreed to deepen cooperation in trade and investment."
TARGET = "Стороны договорились углублять сотрудничество в торговле и инвестициях."


def test_a_translation_has_no_fault() -> None:
    assert fault(SOURCE, TARGET) is None


@pytest.mark.parametrize("target", ["", "  \n", "…", "«»."])
def test_output_without_a_word_is_empty(target: str) -> None:
    assert fault(SOURCE, target) == "output-empty"


def test_signs_alone_may_stay_signs() -> None:
    assert fault("* * *", "* * *") is None


@pytest.mark.parametrize(
    "source",
    [
        SOURCE,
        "Тараптар сауда саласындағы ынтымақтастықты тереңдетуге уағдаласты.",
        "KAZAKHSTAN AND THE EUROPEAN UNION DEEPEN COOPERATION",
    ],
)
def test_a_sentence_left_as_it_was_is_copied(source: str) -> None:
    assert fault(source, source.replace("-", "–")) == "output-copied"


@pytest.mark.parametrize(
    "source",
    [
        "Kazinform",
        "Э. Азимова, Ж. Турмагамбетова, Ж. Пренью",
        "https://www.gov.kz/memleket/entities/mfa",
        "EXPO-2017",
        "12 500",
    ],
)
def test_names_addresses_and_figures_may_stay(source: str) -> None:
    assert fault(source, source) is None


@pytest.mark.parametrize(
    "target",
    [
        "Стороны договорились, договорились, договорились, договорились углублять сотрудничество.",
        "Стороны договорились в рамках в рамках в рамках визита углублять сотрудничество.",
        "Стороны договорились углублять сотрудничество в торговле, углублять сотрудничество в торговле.",
        "Тараптар ынтымақтастықтықтықтықтықтықты тереңдетуге уағдаласты.",
        "Тараптар сауда саласындағы ынтымақтастық,,,,,,,,,,,,,,, тереңдету.",
        "На встрече в рамках визита, затем в рамках визита, вновь в рамках визита и снова в рамках визита.",
    ],
)
def test_repetition_that_the_source_has_not_is_a_loop(target: str) -> None:
    assert fault(SOURCE, target) == "output-loop"


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("No, no, no, no!", "Нет, нет, нет, нет!"),
        ("very, very, very important", "очень, очень, очень важно"),
        ("Call 8 800 080 00 00 00 00 at once.", "Срочно звоните 8 800 080 00 00 00 00."),
        ("Annex 1 ............ 12", "Приложение 1 ............ 12"),
        ("The budget is 1000000000 tenge.", "Бюджет – 1000000000 тенге."),
    ],
)
def test_repetition_of_the_source_and_of_figures_is_none(source: str, target: str) -> None:
    assert fault(source, target) is None


def test_a_target_far_longer_than_its_source_runs_away() -> None:
    assert fault("The visit was brief.", TARGET) == "output-runaway"


def test_a_target_far_shorter_than_its_source_runs_away() -> None:
    assert fault(SOURCE, "Договорились.") == "output-runaway"


def test_an_abbreviation_may_be_spelled_out() -> None:
    assert fault("СІМ хабарлады.", "The Ministry of Foreign Affairs announced.") is None


def test_a_phrase_said_twice_is_a_loop() -> None:
    source = "The delegation met members of the European Parliament in Brussels."
    assert fault(source, "Делегация встретилась с депутатами Европейского парламента Европейского парламента.") == LOOP


def test_words_that_begin_alike_crowding_together_are_a_loop() -> None:
    source = "The plan provides for resolving the issues effectively next year."
    target = "План предусматривает реализовать реализацию реализованных реализующих вопросов в следующем году."
    assert fault(source, target) == LOOP


def test_a_list_that_repeats_its_adjective_is_no_loop() -> None:
    source = "The draft has four forms: public discussion, public hearing, public monitoring and public review."
    target = (
        "Четыре формы: общественное обсуждение, общественное слушание, общественный надзор, общественная экспертиза."
    )
    assert fault(source, target) is None


def test_a_long_phrase_said_twice_is_quoted() -> None:
    target = "Стороны в сфере торговли и инвестиций договорились, что в сфере торговли и инвестиций углубят работу."
    assert said_twice(SOURCE, target) == "в сфере торговли и инвестиций"
    assert said_twice(SOURCE, TARGET) is None


def test_a_phrase_that_the_source_says_twice_may_be_said_twice() -> None:
    source = "The Minister of Energy of Georgia met the Minister of Energy of Hungary."
    target = "Министр энергетики Грузии встретился с прежним министром энергетики Грузии и Венгрии."
    assert said_twice(source, target) is None


def test_half_of_a_long_sentence_is_no_translation() -> None:
    long = ", ".join([SOURCE[:-1], "and the next round of talks was set for the autumn"] * 3) + "."
    assert fault(long, TARGET * 2) == "output-runaway"
    assert fault(long, long.translate(str.maketrans("aeiou", "аеиоу"))) is None


def test_a_phrase_said_twice_running_can_be_said_once() -> None:
    source = "The delegation met members of the European Parliament."
    said = "Делегация встретилась с депутатами Европейского парламента Европейского парламента."
    once = "Делегация встретилась с депутатами Европейского парламента."
    assert said_once(source, said) == (once, "Европейского парламента")
    assert said_once(source, once) == (once, None)
    own = "He left the Republic of Kenya’s Republic of Kenya on Monday."
    assert said_once("Он покинул Республику Кения.", own)[0] == "He left the Republic of Kenya on Monday."
    said = "He spoke of the results of the referendum on the results of the referendum, held in June."
    assert fault("Ол маусымда өткен референдумның қорытындысы туралы айтты.", said) == LOOP
    right, phrase = said_once("Ол маусымда өткен референдумның қорытындысы туралы айтты.", said)
    assert (right, phrase) == (
        "He spoke of the results of the referendum, held in June.",
        "the results of the referendum",
    )
    for fine in ("from one head of state to another head of state", "on the bank of the river of the same name"):
        assert said_once("Екі мемлекет басшысы кездесті.", fine) == (fine, None)
    both = said_once("Он покинул Кению и Грецию.", "He left all Kenya’s all Kenya, then Greece Greece.")
    assert both[0] == "He left all Kenya’s all Kenya, then Greece."  # a phrase begins with a long word
    for right in ("Almaty's Almaty Marathon was held in April.", "He was a writer's writer."):
        assert said_once("Алматинский марафон.", right) == (right, None)
    assert said_once("Really really important.", "Очень-очень важно, важно важно.") == (
        "Очень-очень важно, важно важно.",
        None,
    )
