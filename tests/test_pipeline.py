"""The main job on a small real engine: releases in, catalogues out, nothing lost, nothing done twice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kzpress import catalog, pipeline, progress, workspace
from kzpress.domain import Lang, State
from kzpress.errors import CatalogError, GlossaryError, LanguageError, LockedError, ReleaseError, UsageError
from kzpress.results import Translated
from kzpress.settings import SETTINGS
from kzpress.workspace import Workspace
from tests.fakes import Transliterator

RELEASE = """ date 2021-07-24 NUR-SULTAN. KAZINFORM - The Commissioner for Human Rights E. Azimova held video talks \
with experts of the OSCE, Kazinform has learnt from the press service of the Kazakh MFA.

The sides discussed the protection of children and the rights of women in detail. They agreed to meet again in Brussels.

Details are published at https://www.gov.kz/memleket/entities/ombudsman and sent from press@ombudsman.kz.
"""
SLUG_BEGINS = "2021-07-24-the-commissioner-for-human-rights"


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    workspace.create(tmp_path / "desk")
    return workspace.find(tmp_path / "desk")


@pytest.fixture
def engine() -> Transliterator:
    return Transliterator()


def put(place: Workspace, name: str, text: str) -> Path:
    path = place.root / "inbox" / name
    path.write_text(text, "utf-8")
    return path


def run(place: Workspace, engine: Transliterator, *paths: Path, source: Lang | None = None) -> list[Translated]:
    return list(pipeline.translate(place, paths, engine, source=source))


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file but the indexes, which may be deleted and come back."""
    found = ((p.relative_to(folder), p) for p in sorted(folder.rglob("*")) if p.is_file())
    return {str(name): p.read_bytes() for name, p in found if name.parts[0] != ".kzpress"}


def edit(place: Workspace, lang: Lang, old: str, new: str) -> None:
    (path,) = place.catalog(lang, "x").parent.glob("*.po")
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_a_release_becomes_a_catalogue_in_each_other_language(place: Workspace, engine: Transliterator) -> None:
    (result,) = run(place, engine, put(place, "talks.txt", RELEASE))
    assert result.error is None
    assert result.source is Lang.EN
    assert result.slug is not None and result.slug.startswith(SLUG_BEGINS)
    assert {target.lang for target in result.targets} == {Lang.KK, Lang.RU}
    for target in result.targets:
        written = catalog.read(target.path)
        assert [entry.key.context for entry in written.entries] == ["dateline", "lead", "body", "body", "body"]
        assert {entry.state for entry in written.entries} == {State.DRAFT}


def test_nothing_of_the_source_is_lost(place: Workspace, engine: Transliterator) -> None:
    (result,) = run(place, engine, put(place, "talks.txt", RELEASE))
    written = catalog.read(result.targets[0].path)
    kept = "".join(entry.key.source for entry in written.entries)
    letters = "".join(RELEASE.replace("date 2021-07-24", "").split())
    assert "".join(kept.split()) == letters


def test_all_targets_and_releases_are_asked_for_in_one_call_and_each_sentence_once(
    place: Workspace, engine: Transliterator
) -> None:
    other = RELEASE.replace("2021-07-24", "2021-07-25").replace("video talks", "a meeting")
    run(place, engine, put(place, "one.txt", RELEASE), put(place, "two.txt", other))
    assert len(engine.asked) == len(set(engine.asked))
    assert {job.target for job in engine.asked} == {Lang.KK, Lang.RU}


def test_a_dateline_is_rendered_from_the_glossary(place: Workspace, engine: Transliterator) -> None:
    run(place, engine, put(place, "talks.txt", RELEASE))
    (path,) = place.catalog(Lang.RU, "x").parent.glob("*.po")
    assert catalog.read(path).entries[0].text == "НУР-СУЛТАН. КАЗИНФОРМ -"


def test_a_guess_stays_empty_with_a_note_and_is_not_asked_for_again(place: Workspace) -> None:
    engine = Transliterator(doubts="Brussels")
    path = put(place, "talks.txt", RELEASE)
    (result,) = run(place, engine, path)
    for target in result.targets:
        assert (target.drafted, target.guesses) == (4, 1)
        (empty,) = (entry for entry in catalog.read(target.path).entries if not entry.text)
        assert "Brussels" in empty.key.source
        assert any("Бр" in note for note in empty.notes)  # the guess itself
    before = tree(place.root)
    asked = len(engine.asked)
    (again,) = run(place, engine, path)
    assert (len(engine.asked), tree(place.root)) == (asked, before)
    assert [target.guesses for target in again.targets] == [0, 0]


def test_a_redraft_of_a_better_model_fills_what_was_a_guess(place: Workspace) -> None:
    path = put(place, "talks.txt", RELEASE)
    run(place, Transliterator(doubts="Brussels"), path)
    (result,) = pipeline.translate(place, [path], Transliterator(), redraft=True)
    assert all(entry.text for target in result.targets for entry in catalog.read(target.path).entries)


def test_addresses_come_through_unchanged(place: Workspace, engine: Transliterator) -> None:
    run(place, engine, put(place, "talks.txt", RELEASE))
    (path,) = place.catalog(Lang.KK, "x").parent.glob("*.po")
    last = catalog.read(path).entries[-1].text
    assert "https://www.gov.kz/memleket/entities/ombudsman" in last
    assert "press@ombudsman.kz" in last


def test_the_same_command_twice_changes_no_byte_and_asks_nothing(place: Workspace, engine: Transliterator) -> None:
    path = put(place, "talks.txt", RELEASE)
    run(place, engine, path)
    before = tree(place.root)
    engine.asked.clear()
    (again,) = run(place, engine, path)
    assert tree(place.root) == before
    assert engine.asked == []
    assert not any(target.changed or target.drafted for target in again.targets)


def test_a_reviewers_words_survive_a_second_run_and_a_corrected_source(
    place: Workspace, engine: Transliterator
) -> None:
    path = put(place, "talks.txt", RELEASE)
    run(place, engine, path)
    (po,) = place.catalog(Lang.RU, "x").parent.glob("*.po")
    entries = catalog.read(po).entries
    agreed = entries[3]
    edit(place, Lang.RU, f'"{agreed.text}"', '"Они договорились встретиться вновь в Брюсселе."')
    path.write_text(RELEASE.replace("in detail", "in full"), "utf-8")
    (result,) = run(place, engine, path)
    after = {entry.key.source: entry for entry in catalog.read(po).entries}
    assert result.slug == po.stem
    assert after[agreed.key.source].text == "Они договорились встретиться вновь в Брюсселе."
    changed = next(entry for source, entry in after.items() if "in full" in source)
    assert changed.state is State.DRAFT
    assert changed.previous is not None and "in detail" in changed.previous.source


def test_two_releases_with_one_title_get_two_slugs(place: Workspace, engine: Transliterator) -> None:
    other = RELEASE.replace("They agreed to meet again in Brussels.", "They thanked each other.")
    first, second = run(place, engine, put(place, "one.txt", RELEASE), put(place, "two.txt", other))
    assert second.slug == f"{first.slug}-2"
    again, _ = run(place, engine, place.root / "inbox" / "one.txt", place.root / "inbox" / "two.txt")
    assert again.slug == first.slug


def test_a_release_that_cannot_be_read_stops_no_other(place: Workspace, engine: Transliterator) -> None:
    empty, good = put(place, "empty.txt", ""), put(place, "talks.txt", RELEASE)
    failed, done = sorted(run(place, engine, empty, good), key=lambda result: result.path.name)
    assert isinstance(failed.error, ReleaseError)
    assert done.error is None


def test_an_unknown_language_is_refused_with_its_guess_and_from_overrides(
    place: Workspace, engine: Transliterator
) -> None:
    german = put(
        place, "berlin.txt", "Die Ministerin empfing am Montag den Botschafter der Republik Kasachstan in Berlin."
    )
    (refused,) = run(place, engine, german)
    assert isinstance(refused.error, LanguageError)
    assert refused.error.hint is not None and "--from" in refused.error.hint
    assert not list(place.root.rglob("*.po"))
    (forced,) = run(place, engine, german, source=Lang.EN)
    assert forced.error is None


def test_a_damaged_catalogue_is_named_by_line_and_left_alone(place: Workspace, engine: Transliterator) -> None:
    path = put(place, "talks.txt", RELEASE)
    run(place, engine, path)
    (po,) = place.catalog(Lang.KK, "x").parent.glob("*.po")
    po.write_text(po.read_text("utf-8").replace('msgid "The sides', "msgid The sides"), "utf-8")
    before = tree(place.root)
    (result,) = run(place, engine, path)
    assert isinstance(result.error, CatalogError)
    assert result.error.where is not None and result.error.where.startswith(f"{po}:")
    assert tree(place.root) == before


def test_a_wrong_glossary_stops_everything_before_it_begins(place: Workspace, engine: Transliterator) -> None:
    (place.glossary / "broken.toml").write_text('[x]\nkind = "office"\n', "utf-8")
    with pytest.raises(GlossaryError, match=r"broken\.toml"):
        run(place, engine, put(place, "talks.txt", RELEASE))
    assert engine.asked == []


def test_a_second_run_at_the_same_time_is_told_to_wait(place: Workspace, engine: Transliterator) -> None:
    path = put(place, "talks.txt", RELEASE)
    with place.lock(), pytest.raises(LockedError):
        run(place, engine, path)
    (done,) = run(place, engine, path)
    assert done.error is None


def test_the_record_of_a_release_says_what_is_known_of_it(place: Workspace, engine: Transliterator) -> None:
    (result,) = run(place, engine, put(place, "talks.txt", RELEASE))
    folder = place.root / "releases" / str(result.slug)
    record = json.loads((folder / "release.json").read_text("utf-8"))
    assert (record["date"], record["city"], record["language"]) == ("2021-07-24", "NUR-SULTAN", "en")
    assert (folder / "source.txt").read_text("utf-8") == RELEASE


def test_plain_lines_come_out_as_many_as_they_went_in(engine: Transliterator) -> None:
    from kzpress.glossary import Glossary

    lines = ["The sides met. They agreed.", "", "  Trade grew.  ", "12.07.2021"]
    out = pipeline.translate_lines(lines, Lang.EN, Lang.RU, engine, Glossary(entries={}, digest=""))
    assert len(out) == len(lines)
    assert out[1].text == ""
    assert out[3].text == "12.07.2021"
    assert out[0].text.count(".") == 2
    assert not any(line.is_guess for line in out)


def test_status_counts_what_was_approved(place: Workspace, engine: Transliterator) -> None:
    run(place, engine, put(place, "talks.txt", RELEASE))
    edit(place, Lang.RU, '#, fuzzy\nmsgctxt "dateline"', 'msgctxt "dateline"')
    (russian,) = progress.progress_of(place, lang=Lang.RU)
    assert (russian.approved, russian.draft, russian.total) == (1, 4, 5)


def test_asking_after_an_unknown_release_is_an_error(place: Workspace) -> None:
    with pytest.raises(CatalogError, match="no catalogue"):
        list(progress.progress_of(place, ["nowhere"]))


@pytest.mark.parametrize(
    ("dateline", "kazakh"),
    [
        ("Astana, February 6, 2024 – ", "Астана, 2024 жылғы 6 ақпан –"),
        ("ASTANA. KAZINFORM - ", "АСТАНА. ҚАЗАҚПАРАТ -"),
    ],
)
def test_datelines_are_rendered_by_rule(place: Workspace, engine: Transliterator, dateline: str, kazakh: str) -> None:
    text = f"{dateline}The ministers of the two countries discussed trade and transport in detail.\n"
    (result,) = run(place, engine, put(place, "2024-02-06-talks.txt", text))
    written = {target.lang: catalog.read(target.path).entries[0] for target in result.targets}
    assert written[Lang.KK].key.context == "dateline"
    assert written[Lang.KK].text == kazakh


def test_the_dash_of_a_dateline_the_glossary_does_not_know_is_kept(place: Workspace, engine: Transliterator) -> None:
    text = "Lilongwe, February 6, 2024 – The ministers of the two countries discussed trade and transport in detail.\n"
    (result,) = run(place, engine, put(place, "talks.txt", text))
    assert all(catalog.read(target.path).entries[0].text.endswith(" –") for target in result.targets)


def test_a_reviewers_save_while_the_engine_works_is_kept(place: Workspace) -> None:
    class Slow(Transliterator):
        """Answers after a reviewer has saved the catalogue."""

        def translate(self, jobs: Any, progress: Any = None) -> Any:
            if any("in full" in job.text for job in jobs) and not any("in full" in job.text for job in self.asked):
                edit(place, Lang.RU, '#, fuzzy\nmsgctxt "dateline"', 'msgctxt "dateline"')
            return super().translate(jobs, progress)

    engine = Slow()
    path = put(place, "talks.txt", RELEASE)
    run(place, engine, path)
    path.write_text(RELEASE.replace("in detail", "in full"), "utf-8")
    (result,) = run(place, engine, path)
    assert {target.lang: target.reviewed for target in result.targets} == {Lang.KK: 0, Lang.RU: 1}


def test_redraft_replaces_only_what_no_person_touched(place: Workspace, engine: Transliterator) -> None:
    path = put(place, "talks.txt", RELEASE)
    run(place, engine, path)
    (po,) = place.catalog(Lang.RU, "x").parent.glob("*.po")
    edit(place, Lang.RU, f'"{catalog.read(po).entries[3].text}"', '"Стороны подробно обсудили защиту детей."')
    engine.asked.clear()
    list(pipeline.translate(place, [path], engine, targets=[Lang.RU], redraft=True))
    # Neither the dateline, which is rendered by rule, nor the edited sentence, be it with gaps for its names.
    assert engine.asked
    assert not any("SULTAN" in job.text or "They agreed" in job.text for job in engine.asked)
    assert catalog.read(po).entries[3].text == "Стороны подробно обсудили защиту детей."


def test_drafts_made_from_a_mistaken_language_are_made_again(place: Workspace, engine: Transliterator) -> None:
    path = put(place, "talks.txt", RELEASE)
    run(place, engine, path, source=Lang.RU)
    engine.asked.clear()
    run(place, engine, path)
    assert {(job.source, job.target) for job in engine.asked} == {(Lang.EN, Lang.KK), (Lang.EN, Lang.RU)}


def test_a_release_is_not_translated_into_its_own_language(place: Workspace, engine: Transliterator) -> None:
    (result,) = pipeline.translate(place, [put(place, "talks.txt", RELEASE)], engine, targets=[Lang.EN])
    assert isinstance(result.error, UsageError)


def test_a_catalogue_that_cannot_be_read_is_told_among_the_others(place: Workspace, engine: Transliterator) -> None:
    run(place, engine, put(place, "talks.txt", RELEASE))
    place.catalog(Lang.KK, "0-broken").write_text("nonsense", "utf-8")
    broken, kazakh, russian = progress.progress_of(place)
    assert isinstance(broken.error, CatalogError)
    assert (kazakh.total, russian.total) == (5, 5)


def test_notes_are_in_the_catalogues_language_and_a_setting_changes_nothing_before_a_redraft(
    place: Workspace, engine: Transliterator
) -> None:
    path = put(place, "talks.txt", RELEASE)
    run(place, engine, path)
    (po,) = place.catalog(Lang.KK, "x").parent.glob("*.po")
    assert "#. глоссарий бойынша: НҰР-СҰЛТАН" in po.read_text("utf-8")
    before = tree(place.root / "locales")
    with (place.root / SETTINGS).open("a", encoding="utf-8") as settings:
        settings.write('[review]\nlanguage = "ru"\n')
    place = workspace.find(place.root)
    run(place, engine, path)
    assert tree(place.root / "locales") == before
    list(pipeline.translate(place, [path], engine, redraft=True))
    assert "#. по глоссарию: НҰР-СҰЛТАН" in po.read_text("utf-8")
