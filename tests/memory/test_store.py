"""What was approved is found again: the same sentence, sentences like it, and nothing that is gone."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable
from pathlib import Path

import pytest

from kzpress import memory
from kzpress.domain import Lang, Remembered
from kzpress.errors import CatalogError
from kzpress.memory import changes


def unit(source: str, text: str, *, day: str = "2023-05-12", kind: str = "body", origin: str = "talks") -> Remembered:
    return Remembered(
        source=source,
        text=text,
        source_lang=Lang.EN,
        lang=Lang.RU,
        origin=origin,
        kind=kind,
        date=dt.date.fromisoformat(day),
    )


TRADE = unit("The sides discussed trade and investment.", "Стороны обсудили торговлю и инвестиции.")


class Files:
    """Files by name; ``read`` counts how often each was read."""

    def __init__(self, **contents: Iterable[Remembered]) -> None:
        self.contents = dict(contents)
        self.asked: list[str] = []

    @property
    def digests(self) -> dict[str, str]:
        return {name: repr(found) for name, found in self.contents.items()}

    def read(self, name: str) -> Iterable[Remembered]:
        self.asked.append(name)
        return self.contents[name]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "memory.sqlite"


def exact(files: Files, source: str, kind: str = "body", place: Path | None = None) -> list[str]:
    with memory.opened(place, files.digests, files.read) as known:
        return [one.text for one in known.exact(source, Lang.EN, Lang.RU, kind)]


def near(files: Files, source: str, place: Path | None = None) -> list[tuple[str, int]]:
    with memory.opened(place, files.digests, files.read) as known:
        return [(one.remembered.text, one.percent) for one in known.near(source, Lang.EN, Lang.RU)]


@pytest.mark.parametrize(
    ("asked", "times"),
    [
        ("The sides discussed trade and investment.", 1),
        ("The sides  discussed\u00a0trade and investment. ", 1),
        ("the sides discussed trade and investment.", 0),
        ("The sides discussed trade and investments.", 0),
    ],
)
def test_a_sentence_is_the_same_but_for_white_space(asked: str, times: int) -> None:
    assert len(exact(Files(a=[TRADE]), asked)) == times


def test_quotation_marks_have_many_shapes_and_figures_one() -> None:
    files = Files(a=[unit("“Talks” took 12 days.", "«Переговоры» заняли 12 дней.")])
    assert exact(files, '"Talks" took 12 days.')
    assert not exact(files, '"Talks" took 13 days.')


def test_a_direction_is_not_turned_round() -> None:
    files = Files(a=[TRADE])
    with memory.opened(None, files.digests, files.read) as known:
        assert not known.exact(TRADE.text, Lang.RU, Lang.EN)
        assert not known.exact(TRADE.source, Lang.EN, Lang.KK)


def test_the_same_kind_of_block_comes_first_then_the_latest() -> None:
    files = Files(
        a=[unit("Talks held.", "Прошли переговоры.", day="2021-01-01")],
        b=[unit("Talks held.", "Переговоры состоялись.", day="2023-01-01")],
        c=[unit("Talks held.", "О переговорах", day="2024-01-01", kind="headline")],
        d=[unit("Talks held.", "Прошли переговоры.", day="2020-01-01")],
    )
    assert exact(files, "Talks held.") == ["Переговоры состоялись.", "Прошли переговоры.", "О переговорах"]
    assert exact(files, "Talks held.", "headline")[0] == "О переговорах"


def test_what_is_like_it_comes_with_its_likeness_and_never_the_same_sentence() -> None:
    files = Files(
        a=[TRADE, unit("The sides discussed trade and culture.", "Стороны обсудили торговлю и культуру.")],
        b=[unit("The ambassador left for Vienna.", "Посол отбыл в Вену.")],
    )
    assert near(files, TRADE.source) == [("Стороны обсудили торговлю и культуру.", 83)]
    assert near(files, TRADE.source.upper())[0] == (TRADE.text, 99)
    assert not near(files, "Nothing of the kind was said.")
    assert not near(files, "…")


def test_only_files_that_changed_are_read_again(place: Path) -> None:
    files = Files(a=[TRADE], b=[unit("Talks held.", "Прошли переговоры.")])
    assert exact(files, TRADE.source, place=place)
    files.contents["b"] = [unit("Talks ended.", "Переговоры завершены.")]
    assert exact(files, "Talks ended.", place=place)
    assert not exact(files, "Talks held.", place=place)
    assert files.asked == ["a", "b", "b"]
    del files.contents["a"]
    assert not exact(files, TRADE.source, place=place)
    assert not near(files, TRADE.source.upper(), place=place)
    assert files.asked == ["a", "b", "b"]


@pytest.mark.parametrize("data", [b"no database", b"SQLite format 3\0" + bytes(200)])
def test_a_damaged_index_is_made_again(place: Path, data: bytes) -> None:
    place.write_bytes(data)
    files = Files(a=[TRADE])
    assert exact(files, TRADE.source, place=place)
    assert exact(files, TRADE.source, place=place)
    assert files.asked == ["a"]


def test_the_index_of_another_version_is_made_again(place: Path) -> None:
    database = sqlite3.connect(place)
    database.execute("PRAGMA user_version = 99")
    database.commit()
    database.close()
    assert exact(Files(a=[TRADE]), TRADE.source, place=place)


def test_a_place_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    assert exact(Files(a=[TRADE]), TRADE.source, place=tmp_path / "a" / "b" / "memory.sqlite")


def test_a_file_that_cannot_be_read_is_told_and_read_again_next_time(place: Path) -> None:
    files = Files(a=[TRADE], b=[])
    good = files.read

    def read(name: str) -> Iterable[Remembered]:
        if name == "b":
            raise CatalogError("damaged")
        return good(name)

    for _ in range(2):
        with memory.opened(place, files.digests, read) as known:
            assert [name for name, _ in known.failed] == ["b"]
            assert known.exact(TRADE.source, Lang.EN, Lang.RU)


def test_changes_are_marked_and_the_rest_cut_short() -> None:
    before = "The sides agreed to hold the next round of talks in Brussels on 12 July 2021."
    now = "The sides agreed to hold the next round of talks in Vienna on 12 July 2021 again."
    assert changes(before, now) == "… of talks in [-Brussels-] {+Vienna+} on 12 July [-2021.-] {+2021 again.+}"
