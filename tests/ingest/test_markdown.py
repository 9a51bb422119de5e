"""Markdown."""

from __future__ import annotations

import datetime as dt

import pytest

from kzpress.errors import ReleaseError

from .samples import codes, kinds, of, shape

TEXT = """---
title: Жаңа мектеп
date: 2023-03-14
author: Баспасөз қызметі
---
АСТАНА. ҚАЗАҚПАРАТ – Министр **Финляндия** елшісін
[қабылдады](https://example.kz).

## Шешімдер

- мектеп ашу
- студент алмасу

> Біз әріптестеріміздің тәжірибесіне сенеміз.

| Жыл | Студент |
|-----|---------|
| 2023 | 42 |
"""


def test_markdown_gives_its_blocks_with_their_lines() -> None:
    release = of(TEXT, "release.md")
    assert shape(release) == [
        ("headline", "Жаңа мектеп"),
        ("dateline", "АСТАНА. ҚАЗАҚПАРАТ –"),
        ("lead", "Министр Финляндия елшісін қабылдады."),
        ("body", "Шешімдер"),
        ("body", "мектеп ашу"),
        ("body", "студент алмасу"),
        ("quote", "Біз әріптестеріміздің тәжірибесіне сенеміз."),
        ("table", "Жыл"),
        ("table", "Студент"),
        ("table", "2023"),
        ("table", "42"),
    ]
    assert release.date == dt.date(2023, 3, 14)
    assert [block.line for block in release.blocks[:6]] == [2, 6, 6, 9, 11, 12]
    assert codes(release) == {"front-matter"}


def test_the_first_heading_is_the_headline() -> None:
    assert kinds(of("# Жаңа мектеп\n\nМинистр елшіні қабылдады.", "release.md")) == ["headline", "lead"]


def test_html_inside_markdown_is_read() -> None:
    release = of("# Жаңа мектеп\n\n<div>\n<p>Министр елшіні<br>қабылдады.</p>\n</div>", "release.md")
    assert shape(release)[1] == ("lead", "Министр елшіні қабылдады.")


def test_a_thicket_of_brackets_is_refused_rather_than_read_for_hours() -> None:
    with pytest.raises(ReleaseError, match="brackets"):
        of("[" * 6_000 + "мектеп", "release.md")


def test_quotations_within_quotations_beyond_the_limit_are_refused() -> None:
    with pytest.raises(ReleaseError, match="nested too deeply"):
        of("> " * 250 + "Министр елшіні қабылдады.", "release.md")
    assert kinds(of("> " * 60 + "Министр елшіні қабылдады.", "release.md")) == ["quote"]
