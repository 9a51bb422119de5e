from __future__ import annotations

import pytest

from kzpress.engine.protect import mask, only_marks, set_numbers_right, unmask


def test_addresses_become_marks_and_come_back() -> None:
    text = "Write to press@mfa.gov.kz or see https://www.gov.kz/memleket/entities/mfa?lang=kk_KZ."
    masked = mask(text)
    assert masked.text == "Write to [1] or see [2]."
    assert masked.marks == ((1, "press@mfa.gov.kz"), (2, "https://www.gov.kz/memleket/entities/mfa?lang=kk_KZ"))
    assert unmask(masked.text, masked.marks).text == text


def test_marks_pass_over_numbers_the_sentence_has_itself() -> None:
    masked = mask("As note [1] says, see www.gov.kz.")
    assert masked.text == "As note [1] says, see [2]."
    assert (
        unmask("Смотри [2], как сказано в сноске [1].", masked.marks).text
        == "Смотри www.gov.kz, как сказано в сноске [1]."
    )


def test_a_kazakh_suffix_stays_outside_the_address() -> None:
    masked = mask("Мәтін www.gov.kz-те жарияланды.")
    assert masked.text == "Мәтін [1]-те жарияланды."


@pytest.mark.parametrize("said", ["Подробности на сайте.", "[1] и [1] на сайте."])
def test_a_lost_or_doubled_mark_is_set_at_the_end_and_told(said: str) -> None:
    back = unmask(said, ((1, "www.gov.kz"),))
    assert back.text.endswith(" www.gov.kz")
    assert back.text.count("www.gov.kz") == 1
    assert back.moved == ("www.gov.kz",)
    assert "[1]" not in back.text


def test_an_address_that_looks_like_a_mark_is_safe() -> None:
    masked = mask("See https://mfa.gov.kz/[2] and www.gov.kz today.")
    assert unmask(masked.text, masked.marks).text == "See https://mfa.gov.kz/[2] and www.gov.kz today."


def test_ten_addresses_are_told_apart() -> None:
    text = ", ".join(f"a{i}@mfa.gov.kz" for i in range(1, 12))
    masked = mask(text)
    assert unmask(masked.text, masked.marks).text == text


@pytest.mark.parametrize("text", ["https://mfa.gov.kz", "15.07.2021", "* * *", "+7 (7172) 72-05-18"])
def test_what_has_no_words_needs_no_translator(text: str) -> None:
    assert only_marks(text)


def test_a_wrong_number_is_set_right() -> None:
    right = set_numbers_right("The protocol was signed in 2021.", "Протокол подписан в 2019 году.")
    assert right == ("Протокол подписан в 2021 году.", (("2019", "2021"),))


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Talks took place on 12 July 2021.", "Переговоры состоялись 12 июля 2021 года."),
        ("Trade grew by 5 percent.", "Торговля выросла на 7 процентов."),  # one digit: left to the checks
        ("Trade was 1,250.5 million.", "Товарооборот составил 1 250,5 млн."),
        (
            "In 2019 and 2020 exports grew.",
            "В 2011 и 2012 годах экспорт вырос.",
        ),  # two wrong: no telling which is which
        ("It opened in 2021.", "Он открылся в прошлом году."),
    ],
)
def test_numbers_that_cannot_be_set_right_safely_are_left_alone(source: str, target: str) -> None:
    assert set_numbers_right(source, target) == (target, ())


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Tel.: +7 (7172) 72-05-18, fax: +7 7172 72 05 16", "Tel.: [1], fax: [2]"),
        ("факс 8 7172 72 05 16, тел. 72-05-18.", "факс [1], тел. [2]."),
        ("Счет KZ86125KZT5004100100, договор 398412345678.", "Счет [1], договор [2]."),
        ("Председатель 陈明 прибыл на www.gov.kz.", "Председатель [1] прибыл на [2]."),
    ],
)
def test_telephone_and_account_numbers_and_foreign_scripts_become_marks_too(text: str, masked: str) -> None:
    found = mask(text)
    assert found.text == masked
    assert unmask(found.text, found.marks).text == text


@pytest.mark.parametrize(
    "text",
    [
        "В 2019–2021 гг. выделено 1 250 500 000 тенге.",
        "Выделено 8 800 000 000 тенге.",
        "On 2021-12-05, EXPO-2017, COVID-19 and G20 were discussed.",
        "Температура от -5 до +10 градусов.",
        "Решение (2019) 12 346 стр.",
    ],
)
def test_amounts_years_and_names_with_figures_are_the_models(text: str) -> None:
    assert mask(text).marks == ()
