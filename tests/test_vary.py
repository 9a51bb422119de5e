"""Careless copies of training examples: what is varied, and what must stay."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

import vary

RNG = random.Random(3)


@pytest.mark.parametrize(
    ("variation", "lang", "source", "expected"),
    [
        (vary.other_date, "en", "On March 14, 2018, talks began.", "On 14 March 2018, talks began."),
        (vary.other_date, "en", "Talks began on 14 March 2018.", "Talks began on March 14, 2018."),
        (vary.close_initials, "ru", "Об этом сказал М. Нуртлеу.", "Об этом сказал М.Нуртлеу."),
        (vary.russian_keys, "kk", "Қазақстан өкілі сөз сөйледі.", "Казакстан окили соз сойледи."),
        (vary.russian_keys, "ru", "Посол прибыл.", "Посол прибыл."),
        (vary.lower_case, "en", "The Senate met.", "the senate met."),
    ],
)
def test_the_source_is_varied_and_the_target_is_not(variation: object, lang: str, source: str, expected: str) -> None:
    assert callable(variation)
    assert variation(source, "перевод", lang, RNG) == (expected, "перевод")


def test_a_headline_loses_its_stop_on_both_sides() -> None:
    assert vary.unstopped("Talks began.", "Переговоры начались.", "en", RNG) == ("Talks began", "Переговоры начались")
    assert vary.unstopped("Talks began!", "Переговоры начались.", "en", RNG) == ("Talks began!", "Переговоры начались.")


def test_a_slip_is_one_letter_of_one_word() -> None:
    text = "Ministers discussed cooperation in Astana."
    for seed in range(40):
        made, _ = vary.slip(text, "", "en", random.Random(seed))
        assert abs(len(made) - len(text)) <= 1
        assert sum(a != b for a, b in zip(made.split(), text.split(), strict=True)) == 1


def test_the_table_is_kept_and_added_to_the_same_way_every_time(tmp_path: Path) -> None:
    lines = [
        f"en\tru\t3\tOn March {n}, 2018, M. Ali spoke.\t{n} марта 2018 года выступил М. Али.\n" for n in range(1, 29)
    ]
    (tmp_path / "in.tsv").write_text("".join(lines), "utf-8")
    for name in ("a.tsv", "b.tsv"):
        vary.main([str(tmp_path / "in.tsv"), "--out", str(tmp_path / name)])
    made = (tmp_path / "a.tsv").read_text("utf-8").splitlines(keepends=True)
    assert made == (tmp_path / "b.tsv").read_text("utf-8").splitlines(keepends=True)
    assert [line for line in made if "\t3\t" in line] == lines
    assert len(made) > len(lines)


def test_names_told_in_a_source_are_left_alone() -> None:
    line = "en\tru\t1\tthe <t> Senate <=> Сенат </t> on March {n}, 2018 “said” so\tСенат\n"
    assert [list(vary.varied(line.format(n=n))) for n in range(1, 29)] == [[]] * 28
