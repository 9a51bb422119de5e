"""What comes back is taken sentence by sentence, and nothing that a person approved is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kzpress import catalog
from kzpress.domain import Catalog, Entry, State
from kzpress.exchange import Fate, Row, merge, rows_of
from tests.exchange.samples import CATALOG, EMPTY, MET, SUM, TRADE, sheet

NEW = "Они обсудили торговлю."
OTHER = "Они говорили о торговле."


def back(which: Entry, found: Catalog = CATALOG, *, text: str | None = None, ready: bool = False) -> Row:
    (row,) = (row for row in sheet().rows if row.source == which.key.source)
    return replace(row, text=row.text if text is None else text, ready=ready)


def changed(which: Entry, text: str, state: State) -> Catalog:
    """Return the catalogue after somebody changed an entry in a PO editor."""
    entries = (replace(one, text=text, state=state) if one.key == which.key else one for one in CATALOG.entries)
    return replace(CATALOG, entries=tuple(entries))


def taken(row: Row, found: Catalog = CATALOG) -> tuple[Fate, Entry]:
    merged, (outcome,) = merge(found, replace(sheet(), rows=(row,)), "back.docx")
    again, _ = merge(merged, replace(sheet(), rows=(row,)), "back.docx")
    assert again == merged, "twice is once"
    (entry,) = (one for one in merged.entries if one.key.source == row.source)
    others = [one for one in merged.entries if one is not entry]
    assert others == [one for one in found.entries if one.key != entry.key], "no other entry is touched"
    return outcome.fate, entry


@pytest.mark.parametrize(
    ("which", "text", "ready", "fate", "state"),
    [
        (TRADE, None, False, Fate.SAME, State.DRAFT),
        (TRADE, None, True, Fate.APPROVED, State.APPROVED),
        (TRADE, NEW, False, Fate.TAKEN, State.DRAFT),
        (TRADE, NEW, True, Fate.APPROVED, State.APPROVED),
        (TRADE, "", False, Fate.BLANK, State.DRAFT),
        (EMPTY, NEW, False, Fate.TAKEN, State.DRAFT),
        (EMPTY, None, True, Fate.SAME, State.EMPTY),
        (MET, None, False, Fate.SAME, State.APPROVED),
        (MET, "", False, Fate.BLANK, State.APPROVED),
        (MET, NEW, False, Fate.UNMARKED, State.APPROVED),
        (MET, NEW, True, Fate.APPROVED, State.APPROVED),
    ],
)
def test_what_only_the_file_changed(*, which: Entry, text: str | None, ready: bool, fate: Fate, state: State) -> None:
    found, entry = taken(back(which, text=text, ready=ready))
    assert (found, entry.state) == (fate, state)
    assert entry.text == (text if text and fate in {Fate.TAKEN, Fate.APPROVED} else which.text)


@pytest.mark.parametrize(
    ("text", "ready", "state", "fate"),
    [
        (None, False, State.DRAFT, Fate.SAME),  # only the catalogue was changed
        (None, True, State.DRAFT, Fate.BOTH),  # a person found the old text right
        (NEW, False, State.DRAFT, Fate.BOTH),
        (NEW, True, State.APPROVED, Fate.BOTH),
        (OTHER, False, State.APPROVED, Fate.SAME),  # both made the same change
        (OTHER, True, State.DRAFT, Fate.APPROVED),
    ],
)
def test_what_the_catalogue_changed_since_stays(*, text: str | None, ready: bool, state: State, fate: Fate) -> None:
    found, entry = taken(back(TRADE, text=text, ready=ready), changed(TRADE, OTHER, state))
    assert (found, entry.text) == (fate, OTHER)
    assert entry.state is (State.APPROVED if fate is Fate.APPROVED else state)
    kept = f"kzpress: other translation, back.docx: {text or TRADE.text}"
    assert entry.comment == (kept if fate is Fate.BOTH else "")


def test_what_was_approved_since_is_never_made_a_draft_again() -> None:
    found, entry = taken(back(TRADE, text=NEW), changed(TRADE, TRADE.text, State.APPROVED))
    assert (found, entry.text, entry.state) == (Fate.BOTH, TRADE.text, State.APPROVED)


def test_a_remark_joins_the_comment_once_and_acknowledgements_stay() -> None:
    row = back(SUM)
    assert row.remark == "сверить"  # what kzpress reads is not for people to edit
    _, entry = taken(replace(row, remark="сверить\nспросить протокол"))
    assert entry.comment == "kzpress: ok output-copied 1a2b\nсверить\nспросить протокол"


@pytest.mark.parametrize(
    ("row", "fate"),
    [
        (replace(back(TRADE, text=NEW), source="They discussed sport."), Fate.SOURCE),
        (replace(back(TRADE, text=NEW), id="0123456789-01234567f"), Fate.GONE),
        (replace(back(TRADE, text=NEW), id=""), Fate.UNNUMBERED),
    ],
)
def test_what_is_not_the_releases_is_not_taken(row: Row, fate: Fate) -> None:
    merged, (outcome,) = merge(CATALOG, replace(sheet(), rows=(row,)), "back.docx")
    assert (merged, outcome.fate) == (CATALOG, fate)


def test_what_programs_do_to_spaces_and_quotes_of_a_source_does_not_matter() -> None:
    row = replace(back(SUM), source='=1+1  is\u00a0"two". ')
    assert taken(replace(row, source=SUM.key.source))[0] is Fate.SAME
    _, (outcome,) = merge(CATALOG, replace(sheet(), rows=(row,)), "back.docx")
    assert outcome.fate is Fate.SAME


def test_a_sentence_that_stands_twice_is_taken_if_both_say_the_same() -> None:
    one, other = back(TRADE, text=NEW), back(TRADE, text=OTHER)
    merged, outcomes = merge(CATALOG, replace(sheet(), rows=(one, other)), "back.docx")
    assert (merged, {outcome.fate for outcome in outcomes}) == (CATALOG, {Fate.TWICE})
    merged, outcomes = merge(CATALOG, replace(sheet(), rows=(one, one)), "back.docx")
    assert {outcome.fate for outcome in outcomes} == {Fate.TAKEN}
    assert merged.entries[1].text == NEW


def test_a_comment_with_carriage_returns_leaves_the_catalogue_readable(tmp_path: Path) -> None:
    row = replace(back(TRADE), remark="первая строка\r\nвторая\rтретья\x85четвёртая")
    merged, _ = merge(CATALOG, replace(sheet(), rows=(row,)), "back.xliff")
    catalog.write(tmp_path / "talks.po", merged)
    found = catalog.read(tmp_path / "talks.po")
    assert found.entries[1].comment == "первая строка\nвторая\nтретья\nчетвёртая"


def test_a_text_that_no_file_could_hold_is_not_taken_for_changed() -> None:
    strange = changed(TRADE, "Они\x07 обсудили торговлю.", State.DRAFT)
    rows = tuple(replace(row, text=row.text.replace("\x07", "\ufffd")) for row in rows_of(strange, {}))
    merged, outcomes = merge(strange, replace(sheet(), rows=rows), "back.docx")
    assert (merged, {outcome.fate for outcome in outcomes}) == (strange, {Fate.SAME})
