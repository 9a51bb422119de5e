from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kzpress import catalog
from kzpress.catalog import is_edited, render
from kzpress.domain import Catalog, Entry, Key, Lang, State
from kzpress.errors import CatalogError
from tests.catalog.samples import HEADER, QUOTE, TALKS, VISIT, approved, entry, find, merged, reviewed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.catalog.conftest import Gettext

CORRECTED = entry("Talks on human rights were held on July 13.", "Переговоры о правах человека прошли 13 июля.", line=5)
BY_HAND = "Двенадцатого июля состоялись переговоры по правам человека."


def test_everything_a_machine_writes_is_a_draft() -> None:
    first = merged(None, VISIT, entry("Not translated."))
    assert [e.state for e in first.entries] == [State.DRAFT, State.EMPTY]


def test_merging_twice_changes_no_byte() -> None:
    old = reviewed(merged(None, VISIT, TALKS, QUOTE), approved(TALKS, BY_HAND), approved(QUOTE))
    once = merged(old, CORRECTED, VISIT)
    assert render(merged(once, CORRECTED, VISIT)) == render(once)


def test_an_approved_entry_stays_whatever_the_machine_says() -> None:
    old = reviewed(merged(None, VISIT, TALKS), approved(TALKS, BY_HAND, comment="согласовано с МИД"))
    kept = find(merged(old, replace(TALKS, text="Новый перевод.", place="x:9"), redraft=True), TALKS.key.source)
    assert (kept.text, kept.state, kept.comment, kept.place) == (BY_HAND, State.APPROVED, "согласовано с МИД", "x:9")


def test_a_draft_stays_unless_a_new_one_is_asked_for() -> None:
    old = merged(None, TALKS)
    new = replace(TALKS, text="Переговоры состоялись 12 июля.", notes=("kk→en→ru",))
    assert merged(old, new) == old
    redrafted = find(merged(old, new, redraft=True), TALKS.key.source)
    assert redrafted.text == new.text
    assert redrafted.notes[0] == "kk→en→ru"


def test_a_draft_that_a_person_edited_outlives_a_new_draft(path: Path) -> None:
    catalog.write(path, merged(None, TALKS))
    path.write_text(path.read_text("utf-8").replace(TALKS.text, BY_HAND), "utf-8")
    edited = catalog.read(path)
    assert is_edited(edited.entries[0])
    assert merged(edited, replace(TALKS, text="Новый перевод."), redraft=True) == edited


def test_a_draft_without_its_digest_counts_as_a_persons() -> None:
    old = merged(None, TALKS)
    stripped = reviewed(old, replace(old.entries[0], notes=()))
    assert merged(stripped, replace(TALKS, text="Новый перевод."), redraft=True).entries[0].text == TALKS.text


def test_an_empty_entry_takes_the_draft_when_there_is_one() -> None:
    assert merged(merged(None, replace(TALKS, text="")), TALKS) == merged(None, TALKS)


def test_a_draft_that_fails_does_not_empty_an_older_one() -> None:
    assert merged(merged(None, TALKS), replace(TALKS, text=""), redraft=True).entries[0].text == TALKS.text


GUESS = replace(TALKS, text="", notes=("kzpress: m 1, kk→ru", "left to you: the model is guessing here (Воробьи)"))


def test_a_guess_leaves_the_sentence_to_a_person_and_its_note_stays() -> None:
    first = merged(None, GUESS)
    assert first.entries[0].state is State.EMPTY
    assert catalog.is_left_to_a_person(first.entries[0])
    assert merged(first, replace(TALKS, text="", notes=())) == first  # a later run that does not ask for it


def test_a_guess_takes_the_place_of_a_draft_only_when_asked_for_and_never_of_a_persons_text() -> None:
    assert merged(merged(None, TALKS), GUESS).entries[0].text == TALKS.text
    assert catalog.is_left_to_a_person(merged(merged(None, TALKS), GUESS, redraft=True).entries[0])
    edited = reviewed(merged(None, TALKS), replace(merged(None, TALKS).entries[0], text=BY_HAND))
    assert merged(edited, GUESS, redraft=True).entries[0].text == BY_HAND


def test_a_comment_at_a_guess_outlives_an_edit_of_its_sentence() -> None:
    old = reviewed(merged(None, GUESS), replace(merged(None, GUESS).entries[0], comment="спросить у МИД"))
    new = merged(old, replace(CORRECTED, text="", notes=GUESS.notes))
    assert [entry.comment for entry in new.entries] == ["спросить у МИД"]
    assert catalog.is_left_to_a_person(new.entries[0])


def test_a_persons_text_for_an_edited_sentence_has_the_new_guess_beside_it_as_unused() -> None:
    old = reviewed(merged(None, GUESS), approved(TALKS, BY_HAND))
    (carried,) = merged(old, replace(CORRECTED, text="", notes=GUESS.notes)).entries
    assert (carried.text, carried.state) == (BY_HAND, State.DRAFT)
    assert not any("the model is guessing" in note for note in carried.notes)
    assert any("Воробьи" in note for note in carried.notes)


def test_an_emptied_draft_is_not_taken_for_a_guess() -> None:
    old = merged(None, TALKS)
    assert not catalog.is_left_to_a_person(replace(old.entries[0], text="", state=State.EMPTY))


def test_a_changed_sentence_keeps_the_persons_translation_and_shows_the_old_source() -> None:
    old = reviewed(merged(None, TALKS), approved(TALKS, BY_HAND, comment="согласовано"))
    new = merged(old, CORRECTED)
    assert len(new.entries) == 1
    carried = new.entries[0]
    assert (carried.text, carried.state, carried.previous) == (BY_HAND, State.DRAFT, TALKS.key)
    assert carried.comment == "согласовано"
    assert f"kzpress: новый черновик, не использован: {CORRECTED.text}" in carried.notes
    assert is_edited(carried)


def test_a_persons_text_stays_a_persons_though_the_machine_says_the_same() -> None:
    old = reviewed(merged(None, TALKS), approved(TALKS, CORRECTED.text))
    once = merged(old, CORRECTED)
    assert merged(once, CORRECTED) == once
    assert merged(once, replace(CORRECTED, text="Новый перевод."), redraft=True) == once


def test_a_changed_sentence_without_a_persons_hand_gets_the_new_draft() -> None:
    changed = merged(merged(None, TALKS), CORRECTED).entries[0]
    assert (changed.text, changed.previous) == (CORRECTED.text, TALKS.key)


def test_a_sentence_of_another_kind_is_no_edit() -> None:
    old = reviewed(merged(None, TALKS), approved(TALKS))
    headline = replace(CORRECTED, key=Key(context="headline", source=CORRECTED.key.source))
    assert [(e.state, e.previous) for e in merged(old, headline).entries] == [
        (State.DRAFT, None),
        (State.OBSOLETE, None),
    ]


def under(kind: str, of: Entry) -> Entry:
    """Return ``of`` as drafted for a block of another kind."""
    return replace(of, key=Key(context=kind, source=of.key.source))


def test_an_approved_sentence_stays_approved_when_only_its_blocks_kind_changes() -> None:
    lead = under("lead", TALKS)
    kept = approved(replace(lead, notes=("memory",), flags=("no-wrap",)), BY_HAND, comment="согласовано с МИД")
    new = merged(reviewed(merged(None, lead), kept), under("lead", VISIT), replace(TALKS, text="Новый.", place="x:9"))
    assert [e.key for e in new.entries] == [under("lead", VISIT).key, TALKS.key]
    assert new.entries[1] == replace(kept, key=TALKS.key, place="x:9")


@pytest.mark.parametrize("redraft", [False, True])
def test_a_draft_moves_with_its_sentence_to_another_kind(*, redraft: bool) -> None:
    old = merged(None, under("lead", TALKS))
    old = reviewed(old, replace(old.entries[0], comment="дату сверить"))
    fresh = replace(TALKS, text="Новый перевод.", notes=("kk→en→ru",))
    (moved,) = merged(old, fresh, redraft=redraft).entries
    assert (moved.text, moved.notes[0]) == (("Новый перевод.", "kk→en→ru") if redraft else (TALKS.text, "en→ru"))
    assert (moved.state, moved.comment, moved.previous) == (State.DRAFT, "дату сверить", None)
    assert not is_edited(moved)


def test_a_persons_draft_moves_to_another_kind_with_the_source_it_was_made_for() -> None:
    lead = under("lead", TALKS)
    old = merged(reviewed(merged(None, lead), approved(lead, BY_HAND)), under("lead", CORRECTED))
    (moved,) = merged(old, CORRECTED, redraft=True).entries
    assert (moved.text, moved.state, moved.previous) == (BY_HAND, State.DRAFT, lead.key)
    assert moved.notes == old.entries[0].notes


def test_the_same_sentence_of_another_kind_comes_before_a_similar_one_of_the_same() -> None:
    lead = under("lead", TALKS)
    old = reviewed(merged(None, lead, CORRECTED), approved(lead, BY_HAND), approved(CORRECTED))
    new = merged(old, TALKS)
    assert [(e.key, e.text, e.state) for e in new.entries] == [
        (TALKS.key, BY_HAND, State.APPROVED),
        (CORRECTED.key, CORRECTED.text, State.OBSOLETE),
    ]


def test_of_two_old_entries_of_one_sentence_the_approved_one_moves() -> None:
    lead, quote = under("lead", TALKS), under("quote", TALKS)
    old = reviewed(merged(None, lead, quote), approved(quote, BY_HAND))
    assert [(e.key, e.text, e.state) for e in merged(old, TALKS).entries] == [(TALKS.key, BY_HAND, State.APPROVED)]


def test_an_obsolete_sentence_returns_to_a_block_of_another_kind(path: Path) -> None:
    catalog.write(path, merged(reviewed(merged(None, VISIT, QUOTE), approved(QUOTE, comment="сверено")), VISIT))
    back = find(merged(catalog.read(path), VISIT, under("body", QUOTE)), QUOTE.key.source)
    assert (back.key.context, back.text, back.state, back.comment) == ("body", QUOTE.text, State.APPROVED, "сверено")


def test_a_block_that_changes_its_kind_twice_ends_where_it_began(path: Path) -> None:
    lead = under("lead", TALKS)
    old = reviewed(merged(None, lead, VISIT), approved(lead, BY_HAND, comment="согласовано"))
    there = merged(old, under("lead", QUOTE), TALKS, VISIT)
    assert merged(there, under("lead", QUOTE), TALKS, VISIT) == there
    catalog.write(path, there)
    assert merged(catalog.read(path), lead, VISIT) == old


def test_one_old_sentence_serves_the_likeliest_new_one_only() -> None:
    old = reviewed(merged(None, TALKS), approved(TALKS, BY_HAND))
    farther = entry("Talks on the rights of humans were held July 14.", "Переговоры прошли 14 июля.")
    new = merged(old, farther, CORRECTED)
    assert [e.text for e in new.entries] == [farther.text, BY_HAND]


def test_a_removed_approved_sentence_becomes_obsolete_and_a_machines_draft_goes() -> None:
    old = reviewed(merged(None, VISIT, TALKS, QUOTE), approved(QUOTE, comment="цитата сверена"))
    new = merged(old, VISIT)
    assert [(e.key, e.state) for e in new.entries] == [(VISIT.key, State.DRAFT), (QUOTE.key, State.OBSOLETE)]
    assert new.entries[1].comment == "цитата сверена"


@pytest.mark.parametrize("state", [State.APPROVED, State.DRAFT])
def test_a_sentence_that_returns_finds_its_text_and_state(path: Path, state: State) -> None:
    old = reviewed(merged(None, VISIT, QUOTE), replace(approved(QUOTE, "«Диалог важен», – отметила она."), state=state))
    catalog.write(path, merged(old, VISIT))
    back = find(merged(catalog.read(path), VISIT, QUOTE), QUOTE.key.source)
    assert (back.text, back.state, back.flags) == ("«Диалог важен», – отметила она.", state, ())


def test_entries_follow_the_order_of_the_release() -> None:
    assert [e.key for e in merged(merged(None, VISIT, TALKS), QUOTE, TALKS, VISIT).entries] == [
        QUOTE.key,
        TALKS.key,
        VISIT.key,
    ]


def test_a_tools_header_fields_stay_and_the_releases_facts_follow_it() -> None:
    by_tool = {
        "Last-Translator": "A. Reviewer <a@mfa.kz>",
        "PO-Revision-Date": "2021-07-17 10:30+0500",
        "X-Poedit": "1",
    }
    old = replace(merged(None, VISIT), header=tuple((dict(HEADER) | by_tool).items()))
    header = catalog.header(
        "2021-07-16-human-rights",
        lang=Lang.RU,
        source_lang=Lang.EN,
        source_digest="1" * 64,
        date=dt.date(2021, 7, 18),
    )
    fields = dict(catalog.merge(old, [VISIT], lang=Lang.RU, header=header).header)
    assert fields | by_tool == fields
    assert fields["X-Source-Digest"] == "1" * 64
    assert fields["POT-Creation-Date"] == "2021-07-18 00:00+0500"


def test_drafts_of_another_language_are_refused() -> None:
    with pytest.raises(CatalogError, match="a catalogue of ru cannot take drafts of kk"):
        catalog.merge(merged(None, VISIT), [VISIT], lang=Lang.KK, header=HEADER)


def test_two_drafts_of_one_key_are_refused() -> None:
    with pytest.raises(CatalogError, match="one key"):
        merged(None, VISIT, VISIT)


def test_the_result_is_what_msgmerge_makes_of_an_approved_catalogue(path: Path, gettext: Gettext) -> None:
    first = merged(None, VISIT, TALKS, QUOTE)
    old = reviewed(first, approved(VISIT, comment="сверено"), approved(TALKS, BY_HAND), approved(QUOTE))
    old = merged(old, VISIT, TALKS)  # the quote is obsolete now
    closing = entry("The parties agreed to continue cooperation.")
    release = (replace(VISIT, text=""), replace(CORRECTED, text=""), closing)
    for drafts in (release, (*release, replace(QUOTE, text=""))):
        template = path.with_suffix(".pot")
        for place in (path, template):
            place.unlink(missing_ok=True)
        catalog.write(path, old)
        catalog.write(template, merged(None, *drafts))
        gettext("msgmerge", "--quiet", "--previous", "--no-wrap", "-o", path, path, template)
        assert words(catalog.read(path)) == words(merged(old, *drafts))


def words(found: Catalog) -> list[tuple[object, ...]]:
    return [(e.key, e.text, e.state, e.previous, e.comment, e.place, e.flags) for e in found.entries]
