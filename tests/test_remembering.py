"""What people approved goes into later drafts: as a draft, with its origin, and only where it still holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kzpress import catalog, pipeline, remembering, workspace
from kzpress.domain import Catalog, Entry, Lang, State
from kzpress.errors import ExchangeError
from kzpress.workspace import Workspace
from tests.fakes import Transliterator
from tests.glossary.exchange.samples import ENTRIES

FIRST = """ date 2023-05-12 ASTANA. KAZINFORM - The sides met for the first talks of this year.

The sides discussed trade and investment in detail. Elvira Azimova thanked the hosts for the warm welcome.

The parties agreed to hold the next round of talks in the capital of Austria in June.
"""
SECOND = """ date 2023-06-30 ASTANA. KAZINFORM - Another delegation came to the capital yesterday morning.

The sides discussed trade and investment in detail. Elvira Azimova thanked the hosts for the warm welcome.

The parties agreed to hold the next round of talks in the capital of Belgium in June.
"""
TRADE = "The sides discussed trade and investment in detail."
THANKS = "Elvira Azimova thanked the hosts for the warm welcome."
ROUND = "The parties agreed to hold the next round of talks in the capital of Belgium in June."
APPROVED = {
    TRADE: "Стороны подробно обсудили торговлю и инвестиции.",
    THANKS: "Эльвира Азимова поблагодарила хозяев за тёплый приём.",
    ROUND.replace("Belgium", "Austria"): "Стороны договорились провести следующий раунд в столице Австрии в июне.",
}


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    workspace.create(tmp_path / "desk")
    for path in (tmp_path / "desk" / "glossary").glob("*.toml"):
        path.unlink()
    (tmp_path / "desk" / "glossary" / "all.toml").write_text(ENTRIES, "utf-8")
    return workspace.find(tmp_path / "desk")


@pytest.fixture
def engine() -> Transliterator:
    return Transliterator()


def translate(place: Workspace, engine: Transliterator, name: str, text: str) -> Path:
    """Draft a release into Russian and return its catalogue."""
    path = place.root / "inbox" / name
    path.write_text(text, "utf-8")
    (result,) = pipeline.translate(place, [path], engine, targets=[Lang.RU])
    assert result.error is None
    return result.targets[0].path


def approve(path: Path, texts: dict[str, str] = APPROVED, state: State = State.APPROVED) -> None:
    """Do as a reviewer does who signs her catalogue."""
    found = catalog.read(path)
    entries = tuple(
        Entry(key=entry.key, text=texts[entry.key.source], state=state, notes=entry.notes, place=entry.place)
        if entry.key.source in texts
        else entry
        for entry in found.entries
    )
    header = tuple({**dict(found.header), "Last-Translator": "Алия Сапарова <a@mfa.example>"}.items())
    catalog.write(path, Catalog(lang=found.lang, header=header, entries=entries), over=found)


def entry(path: Path, source: str) -> Entry:
    (found,) = (one for one in catalog.read(path).entries if one.key.source == source)
    return found


def test_an_approved_sentence_fills_a_later_draft_and_the_model_is_not_asked(
    place: Workspace, engine: Transliterator
) -> None:
    first = translate(place, engine, "a.txt", FIRST)
    approve(first)
    engine.asked.clear()
    second = translate(place, engine, "b.txt", SECOND)
    filled = entry(second, TRADE)
    assert (filled.text, filled.state) == (APPROVED[TRADE], State.DRAFT)
    assert filled.notes[0].startswith(
        f"kzpress: из памяти переводов, утверждено в {first.stem} (ru), переводчик: Алия Сапарова, глоссарий "
    )
    assert not catalog.is_edited(filled)
    assert TRADE not in [job.text for job in engine.asked]
    assert "по глоссарию: Эльвира Азимова" in entry(second, THANKS).notes


def test_a_like_sentence_is_a_suggestion_and_replaces_nothing(place: Workspace, engine: Transliterator) -> None:
    first = translate(place, engine, "a.txt", FIRST)
    approve(first)
    drafted = entry(translate(place, engine, "b.txt", SECOND), ROUND)
    assert ROUND in [job.text for job in engine.asked]
    assert f"сходство 92 %, из {first.stem}: … the capital of [-Austria-] {{+Belgium+}} in June." in drafted.notes
    assert any(note == f"перевод похожего предложения: {list(APPROVED.values())[2]}" for note in drafted.notes)


def test_drafts_are_not_remembered(place: Workspace, engine: Transliterator) -> None:
    approve(translate(place, engine, "a.txt", FIRST), state=State.DRAFT)
    second = translate(place, engine, "b.txt", SECOND)
    assert entry(second, TRADE).text != APPROVED[TRADE]
    assert not [note for note in entry(second, ROUND).notes if "похоже" in note]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (THANKS, "Уполномоченная поблагодарила хозяев за тёплый приём."),  # without the name
        (TRADE, "Стороны подробно обсудили 12 вопросов."),  # a figure of its own
    ],
)
def test_what_a_check_or_the_glossary_objects_to_is_shown_and_not_taken(
    place: Workspace, engine: Transliterator, source: str, text: str
) -> None:
    approve(translate(place, engine, "a.txt", FIRST), {source: text})
    drafted = entry(translate(place, engine, "b.txt", SECOND), source)
    assert drafted.text != text
    assert any("но не взято" in note and note.endswith(text) for note in drafted.notes)


def test_a_second_run_changes_nothing(place: Workspace, engine: Transliterator) -> None:
    approve(translate(place, engine, "a.txt", FIRST))
    second = translate(place, engine, "b.txt", SECOND)
    before = second.read_bytes()
    assert translate(place, engine, "b.txt", SECOND).read_bytes() == before


def test_without_anything_approved_no_index_is_made_for_the_first_release(
    place: Workspace, engine: Transliterator
) -> None:
    translate(place, engine, "a.txt", FIRST)
    assert not place.memory_index.exists()


def test_a_memory_of_others_is_kept_in_tm_and_used(place: Workspace, engine: Transliterator, tmp_path: Path) -> None:
    approve(translate(place, engine, "a.txt", FIRST))
    theirs = tmp_path / "partner.tmx"
    remembering.write_out(place, theirs, None, None)
    for path in (place.root / "locales").rglob("*.po"):
        path.unlink()
    data = theirs.read_text("utf-8")
    theirs.write_text(re.sub(r"<prop[^\n]*</prop>", "", data), "utf-8")
    brought = remembering.bring_in(place, theirs)
    assert brought.counts == {(Lang.EN, Lang.RU): 3}
    assert place.relative(brought.place) == "tm/partner.tmx"
    notes = entry(translate(place, engine, "b.txt", SECOND), TRADE).notes
    assert "утверждено в tm/partner.tmx (ru)" in notes[0]


def test_a_damaged_memory_stops_a_run_before_anything_is_drafted(place: Workspace, engine: Transliterator) -> None:
    place.memories.mkdir()
    (place.memories / "cut.tmx").write_text("<tmx><body>", "utf-8")
    with pytest.raises(ExchangeError, match="is damaged"):
        translate(place, engine, "a.txt", FIRST)
    assert not list((place.root / "locales").rglob("*.po"))


def test_a_damaged_catalogue_of_another_release_stops_none(place: Workspace, engine: Transliterator) -> None:
    first = translate(place, engine, "a.txt", FIRST)
    approve(first)
    other = first.with_name("other.po")
    other.write_text("<<<<<<< ours\n", "utf-8")
    assert entry(translate(place, engine, "b.txt", SECOND), TRADE).text == APPROVED[TRADE]
    with remembering.recalled(place) as known:
        assert [name for name, _ in known.failed] == [place.relative(other)]
