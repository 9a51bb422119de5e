from __future__ import annotations

import re

import pytest

from kzpress import languages
from kzpress.domain import Lang
from kzpress.text import fold


def test_a_language_has_an_english_name() -> None:
    assert [languages.english_name(lang) for lang in Lang] == ["Kazakh", "Russian", "English"]


def test_plural_forms_are_those_of_cldr() -> None:
    assert languages.plural_forms(Lang.KK) == "nplurals=2; plural=(n != 1);"
    assert languages.plural_forms(Lang.RU).startswith("nplurals=3;")


@pytest.mark.parametrize(
    ("lang", "text", "months"),
    [
        (Lang.EN, "from Sept. 30 to October 2; Mayor", [9, 10]),
        (Lang.RU, "с мая по июнь, в июле, августом; марш и маршрут", [5, 6, 7, 8]),
        (Lang.KK, "шілдеден қыркүйекке дейін, мамырда; қар жауды", [7, 9, 5]),
    ],
)
def test_months_are_known_in_all_their_forms(lang: Lang, text: str, months: list[int]) -> None:
    pattern, stems = languages.month_pattern(lang)
    names = [match[0] for match in re.finditer(pattern, fold(text))]
    assert [next(number for stem, number in stems if name.startswith(stem)) for name in names] == months
