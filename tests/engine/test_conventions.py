"""Figures and dates that were copied are written as the target's language writes them."""

from __future__ import annotations

import pytest

from kzpress.domain import Lang
from kzpress.engine.conventions import set_conventions_right

EN, RU, KK = Lang.EN, Lang.RU, Lang.KK


@pytest.mark.parametrize(
    ("langs", "source", "target", "right"),
    [
        ((EN, KK), "Trade reached 1,250.5 million.", "Сауда 1,250.5 млн болды.", "Сауда 1 250,5 млн болды."),
        ((EN, RU), "It grew by 12.5%.", "Рост составил 12.5%.", "Рост составил 12,5%."),
        ((EN, RU), "It cost $3.4 bn.", "Стоимость – $3.4 млрд.", "Стоимость – $3,4 млрд."),
        ((RU, EN), "Оборот – 1 250,5 млн.", "Trade is 1 250,5 million.", "Trade is 1,250.5 million."),
        ((KK, EN), "12 500 адам келді.", "12 500 people came.", "12,500 people came."),
        ((RU, EN), "Рост на 12,5 %.", "Growth of 12,5 %.", "Growth of 12.5 %."),
        ((EN, KK), "On 12 July 2021, they met.", "12 July 2021 кездесті.", "2021 жылғы 12 шілде кездесті."),
        ((EN, RU), "On July 12, 2021, they met.", "Встреча July 12, 2021 года.", "Встреча 12 июля 2021 года."),
        ((RU, KK), "Встреча 12 июля.", "Кездесу 12 июля.", "Кездесу 12 шілде."),
        ((KK, EN), "2021 жылғы 12 шілде", "2021 жылғы 12 шілде", "July 12, 2021"),
        ((RU, EN), "Подписано 12.07.2021.", "Signed on 12.07.2021.", "Signed on July 12, 2021."),
        ((RU, EN), "ул. Кунаева, 31, 010000", "Kunayev street, 31, 0100000000", "Kunayev street, 31, 010000"),
    ],
)
def test_a_copied_figure_or_date_is_rewritten_and_told(
    langs: tuple[Lang, Lang], source: str, target: str, right: str
) -> None:
    text, pairs = set_conventions_right(source, target, *langs)
    assert text == right
    assert len(pairs) == 1


@pytest.mark.parametrize(
    ("langs", "source", "target"),
    [
        ((RU, EN), "Код 010000, телефон 0100001.", "Code 010000, phone 0100001."),
        ((RU, EN), "Код 010000 или 01000.", "Code 0100000000."),  # either
        ((RU, EN), "Собрано 10000 тыс. тенге.", "They raised 10000000 tenge."),
        ((EN, RU), "Version 2.5 of the programme.", "Версия 2.5 программы."),  # may be a paragraph or a version
        ((EN, RU), "It grew by 12.5%.", "Рост составил 14.5%."),  # not copied: for the checks to tell
        ((RU, EN), "В 2021 150 человек.", "In 2021 150 people."),
        ((RU, EN), "Тел. 8 717 272 000 1", "Tel. 8 717 272 000 1"),
        ((RU, KK), "Оборот – 1 250,5 млн.", "Айналым – 1 250,5 млн."),  # both write it so
        ((RU, KK), "Встреча 31 июня 2021 года.", "Кездесу 31 июня 2021 года."),  # there is no such day
        ((EN, RU), "The march of 12 states.", "Марш 12 государств."),
    ],
)
def test_what_may_be_meant_otherwise_stays(langs: tuple[Lang, Lang], source: str, target: str) -> None:
    assert set_conventions_right(source, target, *langs) == (target, ())
