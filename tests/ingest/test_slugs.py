"""Slugs."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzpress.ingest import slug

from .samples import patient

DIGEST = "3fa85f64c0de" + "0" * 52


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Kazakhstan, EU: a new level", "kazakhstan-eu-a-new-level"),
        ("Қазақстан мен Еуропалық Одақ", "qazaqstan-men-europalyq-odaq"),
        ("Әңгіме: ғылым, өнер, ұрпақ, үлгі, һәм іс", "anggime-ghylym-oner-urpaq-ulgi-ham-is"),
        ("Объединённая комиссия щёголей", "obedinyonnaya-komissiya-shchyogoley"),
        ("Café — naïve", "cafe-naive"),
        ("Azimova's visit", "azimovas-visit"),
        ("«…»", "3fa85f64c0de"),
        ("2024", "3fa85f64c0de"),
        ("مۇستافا", "3fa85f64c0de"),
    ],
)
def test_a_title_is_written_in_ascii(title: str, expected: str) -> None:
    assert slug(title, None, DIGEST) == expected


def test_the_date_comes_first() -> None:
    assert slug("Новая школа", dt.date(2024, 2, 6), DIGEST) == "2024-02-06-novaya-shkola"
    assert slug("—", dt.date(2024, 2, 6), DIGEST) == "2024-02-06-3fa85f64c0de"


def test_a_long_title_is_cut_at_a_word() -> None:
    name = slug("Официальный представитель министерства ответил на вопросы журналистов", dt.date(2024, 2, 6), DIGEST)
    assert name == "2024-02-06-ofitsialnyy-predstavitel-ministerstva-otvetil-na"


@given(st.text(), st.none() | st.dates())
@settings(patient)
def test_a_slug_is_always_a_safe_name(title: str, date: dt.date | None) -> None:
    name = slug(title, date, DIGEST)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
    assert len(name) <= 60
