"""Texts that are names and nothing else need no model."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from kzpress.domain import Lang
from kzpress.glossary import render

if TYPE_CHECKING:
    from kzpress.glossary import Glossary

DAY = dt.date(2021, 7, 24)


@pytest.mark.parametrize(
    ("text", "lang", "target", "expected"),
    [
        ("NUR-SULTAN. KAZINFORM -", Lang.EN, Lang.KK, "НҰР-СҰЛТАН. ҚАЗАҚПАРАТ -"),
        ("NUR-SULTAN. KAZINFORM -", Lang.EN, Lang.RU, "НУР-СУЛТАН. КАЗИНФОРМ -"),
        ("Нур-Султан, 24.07.2021 – ", Lang.RU, Lang.EN, "Nur-Sultan, 24.07.2021 – "),
        ("«ООН»", Lang.RU, Lang.KK, "«БҰҰ»"),
        ("E. Azimova", Lang.EN, Lang.KK, "Э. Әзімова"),
        ("European Parliament", Lang.EN, Lang.KK, "Еуропалық парламент"),
    ],
)
def test_names_alone_are_rendered(glossary: Glossary, text: str, lang: Lang, target: Lang, expected: str) -> None:
    assert render(glossary, text, lang, target, DAY) == expected


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("NUR-SULTAN. REUTERS -", Lang.EN),
        ("the UN", Lang.EN),
        ("UN's", Lang.EN),
        ("Организацией Объединённых Наций", Lang.RU),
        ("24.07.2021", Lang.EN),
        ("", Lang.EN),
    ],
)
def test_anything_more_than_names_is_not(glossary: Glossary, text: str, lang: Lang) -> None:
    assert render(glossary, text, lang, Lang.KK, DAY) is None
