"""A changed glossary: which sentences it affects, and drafting those again that no person has touched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from kzpress import catalog, pipeline, progress, redrafting, reviewing, workspace
from kzpress.domain import Hypothesis, Lang, State
from kzpress.engine import Job
from kzpress.errors import CatalogError, ReleaseError
from kzpress.results import Translated
from kzpress.workspace import Workspace
from tests.fakes import Transliterator

RELEASE = """date 2024-03-04

The Minister received the Ombudsperson in Astana on Monday morning.

The Ombudsperson thanked the Minister for the warm welcome. The sides agreed to publish a joint report.
"""
RUSSIAN = {
    "received": "Министр принял Омбудсмена в Астане в понедельник утром.",
    "thanked": "Омбудсмен поблагодарил Министра за теплый прием.",
    "agreed": "Стороны договорились опубликовать совместный доклад.",
}
GLOSSARY = """
[ombudsman]
kind = "office"
names = { en = "Ombudsperson", ru = "Омбудсмен", kk = "Омбудсмен" }
source = "the office itself"

[astana]
kind = "place"
names = { en = "Astana", ru = "Астана", kk = "Астана" }
source = "the Constitution"
"""
RENAMED = GLOSSARY.replace('ru = "Омбудсмен"', 'ru = "Уполномоченный по правам человека"').replace(
    'kk = "Омбудсмен" }', 'kk = "Омбудсмен" }\nvariants.ru = ["Омбудсмен"]', 1
)


class Phrasebook(Transliterator):
    """Knows the three sentences of the release in Russian."""

    def translate(
        self, jobs: Sequence[Job], progress: Callable[[int], None] | None = None
    ) -> tuple[tuple[Hypothesis, ...], ...]:
        self.asked += jobs
        return tuple(
            (Hypothesis(text=next(said for verb, said in RUSSIAN.items() if verb in job.text), score=-0.1),)
            for job in jobs
        )


@pytest.fixture
def engine() -> Phrasebook:
    return Phrasebook()


@pytest.fixture
def place(tmp_path: Path, engine: Phrasebook) -> Workspace:
    """A workspace with a glossary of two names and one release drafted into Russian."""
    (tmp_path / "glossary").mkdir()
    (tmp_path / "glossary" / "names.toml").write_text(GLOSSARY, "utf-8")
    (tmp_path / "kzpress.toml").write_text('targets = ["ru"]\n', "utf-8")
    workspace.create(tmp_path)
    made = workspace.find(tmp_path)
    path = tmp_path / "inbox" / "welcome.txt"
    path.write_text(RELEASE, "utf-8")
    (result,) = pipeline.translate(made, [path], engine)
    assert result.error is None
    engine.asked.clear()
    return made


def change(place: Workspace, text: str) -> None:
    (place.glossary / "names.toml").write_text(text, "utf-8")


def po(place: Workspace) -> Path:
    ((_, _, path),) = place.catalogs()
    return path


def edit(place: Workspace, old: str, new: str) -> None:
    text = po(place).read_text("utf-8")
    assert text.count(old) == 1
    po(place).write_text(text.replace(old, new), "utf-8")


def approve(place: Workspace, source: str) -> None:
    """Take the mark fuzzy from the entry of the sentence with ``source``, as an editor does."""
    head, tail = po(place).read_text("utf-8").split(f'msgid "{source}', 1)
    before, _, after = head.rpartition("#, fuzzy\n")
    po(place).write_text(f'{before}{after}msgid "{source}{tail}', "utf-8")


def stale(place: Workspace) -> tuple[reviewing.StaleEntry, ...]:
    (found,) = progress.stale_of(place)
    assert found.error is None
    return found.entries


def redraft(place: Workspace, engine: Phrasebook, *slugs: str, stale_only: bool = True) -> list[Translated]:
    return list(redrafting.redraft(place, slugs, engine, stale_only=stale_only))


def texts(place: Workspace) -> list[str]:
    return [entry.text for entry in catalog.read(po(place)).entries]


def test_nothing_is_stale_while_the_glossary_is_the_same(place: Workspace, engine: Phrasebook) -> None:
    assert stale(place) == ()
    assert redraft(place, engine) == []


def test_a_renamed_office_makes_stale_the_sentences_that_name_it_and_no_other(place: Workspace) -> None:
    change(place, RENAMED)
    received, thanked = stale(place)
    assert "received" in received.key.source and "thanked" in thanked.key.source
    assert received.reasons == ("“Ombudsperson”: write “Уполномоченный по правам человека”",)
    assert not received.touched


def test_a_new_name_makes_stale_only_what_does_not_have_it(place: Workspace) -> None:
    right = '\n[minister]\nkind = "office"\nnames = { en = "Minister", ru = "Министр", kk = "Министр" }\nsource = "x"\n'
    change(place, GLOSSARY + right)
    assert stale(place) == ()
    change(place, GLOSSARY + right.replace('ru = "Министр"', 'ru = "Глава ведомства"'))
    assert len(stale(place)) == 2


def test_notes_and_names_met_nowhere_make_nothing_stale(place: Workspace) -> None:
    other = '\n[osce]\nkind = "institution"\nnames = { en = "OSCE", ru = "ОБСЕ", kk = "ЕҚЫҰ" }\nsource = "x"\n'
    change(place, GLOSSARY.replace('source = "the office itself"', 'source = "x"\nnote = "y"') + other)
    assert stale(place) == ()


def test_a_form_that_a_person_corrected_makes_stale_the_form_of_the_rules(place: Workspace) -> None:
    change(place, GLOSSARY.replace("[astana]", 'forms.ru = { gen = "Омбудсмана", acc = "Омбудсмана" }\n[astana]'))
    (received,) = stale(place)
    assert received.reasons == ("write “Омбудсмана”, not “Омбудсмена”",)


def test_a_form_newly_forbidden_is_told_where_it_stands_until_it_is_gone(place: Workspace, engine: Phrasebook) -> None:
    change(place, GLOSSARY + 'forbidden.ru = ["совместный доклад"]\n')
    (agreed,) = stale(place)
    assert agreed.reasons == ("“совместный доклад” is forbidden: write “Астана”",)
    redraft(place, engine)
    assert stale(place) == ()  # the same draft again: `check` has the finding


def test_a_name_taken_out_of_the_glossary_makes_drafts_stale(place: Workspace) -> None:
    change(place, GLOSSARY[: GLOSSARY.index("[astana]")])
    (received,) = stale(place)
    assert received.reasons == ("“astana” is no longer called for",)
    approve(place, "The Minister received")
    assert stale(place) == ()


def test_stale_drafts_are_drafted_again_and_a_second_run_does_nothing(place: Workspace, engine: Phrasebook) -> None:
    change(place, RENAMED)
    ((target,),) = (result.targets for result in redraft(place, engine))
    assert (target.drafted, target.left, target.changed) == (2, 0, True)
    assert len(engine.asked) == 2
    assert texts(place) == [
        "Министр принял Уполномоченного по правам человека в Астане в понедельник утром.",
        "Уполномоченный по правам человека поблагодарил Министра за теплый прием.",
        RUSSIAN["agreed"],
    ]
    engine.asked.clear()
    before = po(place).read_bytes()
    assert stale(place) == ()
    assert redraft(place, engine) == []
    assert (po(place).read_bytes(), engine.asked) == (before, [])


def test_a_name_still_missing_after_redrafting_is_not_stale_again(place: Workspace, engine: Phrasebook) -> None:
    change(place, GLOSSARY.replace('ru = "Омбудсмен"', 'ru = "Уполномоченный по правам человека"'))
    redraft(place, engine)
    assert texts(place)[0] == RUSSIAN["received"]
    assert stale(place) == ()


def test_what_a_person_touched_is_listed_and_left_alone(place: Workspace, engine: Phrasebook) -> None:
    approve(place, "The Minister received")
    edit(place, "теплый прием", "радушный прием")
    change(place, RENAMED)
    before = po(place).read_bytes()
    received, thanked = stale(place)
    assert (received.state, received.touched) == (State.APPROVED, True)
    assert (thanked.state, thanked.touched) == (State.DRAFT, True)
    ((target,),) = (result.targets for result in redraft(place, engine))
    assert (target.drafted, target.left, target.changed) == (0, 2, False)
    assert (po(place).read_bytes(), engine.asked) == (before, [])
    edit(place, "Министр принял Омбудсмена", "Министр принял Уполномоченного по правам человека")
    assert [entry.key for entry in stale(place)] == [thanked.key]


def test_a_person_who_acknowledged_the_name_is_not_asked_again(place: Workspace) -> None:
    approve(place, "The Minister received")
    change(place, RENAMED)
    (line,) = progress.progress_of(place)
    finding = next(found for found in line.findings if "received" in found.key.source)
    text = po(place).read_text("utf-8")
    first = text.index("\n\n") + 2
    po(place).write_text(f"{text[:first]}# kzpress: ok {finding.code} {finding.mark}\n{text[first:]}", "utf-8")
    assert ["thanked" in entry.key.source for entry in stale(place)] == [True]


def test_a_catalogue_from_before_the_digests_is_held_to_the_present_names(place: Workspace) -> None:
    lines = po(place).read_text("utf-8").splitlines(keepends=True)
    po(place).write_text("".join(line for line in lines if "kzpress: names" not in line), "utf-8")
    assert stale(place) == ()
    change(place, RENAMED)
    assert len(stale(place)) == 2


def test_a_release_is_drafted_again_from_its_kept_source_under_its_own_record(
    place: Workspace, engine: Phrasebook
) -> None:
    (record,) = place.records()
    before = {path: path.read_bytes() for path in (place.root / "releases").rglob("*") if path.is_file()}
    (place.root / "inbox" / "welcome.txt").unlink()
    ((target,),) = (result.targets for result in redraft(place, engine, record.slug, stale_only=False))
    assert (target.drafted, target.changed) == (3, False)
    assert {path: path.read_bytes() for path in (place.root / "releases").rglob("*") if path.is_file()} == before


def test_a_kept_source_that_somebody_changed_is_refused(place: Workspace, engine: Phrasebook) -> None:
    (record,) = place.records()
    place.source(record).write_text("The Minister left.\n", "utf-8")
    change(place, RENAMED)
    before = po(place).read_bytes()
    (result,) = redraft(place, engine)
    assert isinstance(result.error, ReleaseError)
    assert "not the source as it was received" in str(result.error)
    assert po(place).read_bytes() == before


def test_a_catalogue_whose_source_is_not_kept_is_refused(place: Workspace, engine: Phrasebook) -> None:
    (record,) = place.records()
    (place.root / "releases" / record.slug / "release.json").unlink()
    (result,) = redraft(place, engine, record.slug, stale_only=False)
    assert isinstance(result.error, CatalogError)
    with pytest.raises(CatalogError, match="no catalogue"):
        redraft(place, engine, "nowhere")


def test_only_the_language_asked_for_is_looked_at(place: Workspace) -> None:
    change(place, RENAMED)
    assert list(progress.stale_of(place, lang=Lang.KK)) == []
