"""The benchmark of robustness: its noise is the same every time, and its counts count."""

from __future__ import annotations

from collections import Counter
from itertools import permutations

import pytest

import robust
from kzpress.domain import Draft, Key, Lang
from noise import KINDS, LONG, Item, items, read

DIRECTIONS = tuple(permutations(Lang, 2))


def made(count: int) -> list[Item]:
    return list(items(read(robust.DOMAIN), DIRECTIONS, count))


def test_noise_is_the_same_every_time_and_of_every_kind_in_every_direction() -> None:
    chosen = made(6 * len(KINDS))
    assert chosen == made(6 * len(KINDS))
    assert set(Counter((item.noise, item.source, item.target) for item in chosen).values()) == {1}


def test_the_long_sentence_has_120_words() -> None:
    assert {len(item.text.split()) for item in made(60) if item.noise == "120 words"} == {LONG}


def judged(source: str, target: str, noise: str = "news", reference: str = "") -> tuple[str, ...]:
    item = Item(noise=noise, source=Lang.EN, target=Lang.RU, text=source, reference=reference)
    draft = Draft(key=Key(context="body", source=source), lang=Lang.RU, text=target, route=None)
    return robust.judge(item, draft).faults


SOURCE = "The sides discussed 12 projects in trade, transit and energy at the talks in the capital."
TARGET = "Стороны обсудили на переговорах в столице 12 проектов в торговле, транзите и энергетике."


@pytest.mark.parametrize(
    ("target", "faults"),
    [
        (TARGET, ()),
        ("", ("empty",)),
        (SOURCE, ("copied", "unrelated")),
        (TARGET.replace("12", "15"), ("figure invented", "figure lost")),
        (TARGET.replace("12 проектов", "проекты"), ("figure lost",)),
        (TARGET.replace("столице", "столitsе"), ("wrong script",)),
        ("Стороны обсудили 12.", ("too short",)),
        ("Муха жужжит, кузнечик цыкает, жук гудит: 12 букашек. Ух ты, мышь юркнула!", ("unrelated",)),
        (f"{TARGET[:-1]} на переговорах в столице 12 проектов.", ("repeated",)),
    ],
)
def test_what_is_wrong_is_counted(target: str, faults: tuple[str, ...]) -> None:
    assert judged(SOURCE, target, reference=TARGET) == faults


def test_bounds_are_those_of_clopper_and_pearson() -> None:
    assert robust.upper_bound(0, 2000) == pytest.approx(0.001497, abs=1e-6)
    assert robust.upper_bound(3, 100) == pytest.approx(0.0757, abs=1e-4)
    assert robust.upper_bound(5, 5) == 1.0


@pytest.mark.parametrize("count", [60, 500])
def test_news_is_spread_over_all_directions_and_no_line_comes_twice_in_one(count: int) -> None:
    chosen = list(robust.news([read(robust.DOMAIN)], count))
    assert len(set(chosen)) == count
    shares = Counter((item.source, item.target) for item in chosen)
    assert len(shares) == len(DIRECTIONS)
    assert max(shares.values()) - min(shares.values()) <= 6
