"""What goes to another machine and comes back: the same drafts as here, and every error as itself."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from kzpress import finishing, glossary, parcels, pipeline, planning, records
from kzpress.answers import Answer, Spool, failure
from kzpress.domain import Lang, State
from kzpress.errors import KzpressError, LanguageError, ModelError, ReleaseError
from kzpress.parcels import Desk, Parcel
from kzpress.speech import Message, spoken
from kzpress.workspace import Workspace
from tests.fakes import Transliterator
from tests.run.test_running import GERMAN, PORTS, TALKS, place

__all__ = ["place"]


def desk(place: Workspace, engine: Transliterator, cache: Path | None = None) -> Desk:
    kit = parcels.pack(place, glossary.load(place.glossary), {"kzpress": "1"})
    return Desk.of(kit, engine, cache)


def drafted(place: Workspace, name: str, text: str, engine: Transliterator) -> Answer:
    parcel = Parcel(name=name, data=text.encode())
    (told,) = desk(place, engine).draft([parcel])
    return Answer.of(told, place.inbox / name, parcel.data)


@pytest.mark.parametrize("doubts", [None, "Finland"])
def test_what_comes_back_makes_the_catalogues_that_drafting_here_makes(place: Workspace, doubts: str | None) -> None:
    terms, engine = glossary.load(place.glossary), Transliterator(doubts=doubts)
    answer = drafted(place, "talks.txt", TALKS, engine)
    with records.opened(place) as known:
        plan = planning.plan_of_drafted(
            place, answer.read, answer.segments, answer.source, engine, targets=[*Lang], known=known
        )
        made = {leg: answer.made[leg.target] for leg in plan.wanted}
        there = finishing.finish(place, terms, plan, made)
    written = {target.lang: target.path.read_bytes() for target in there.targets}
    for target in there.targets:
        target.path.unlink()
    (place.inbox / "talks.txt").write_text(TALKS, "utf-8")
    (here,) = pipeline.translate(place, [place.inbox / "talks.txt"], engine)
    assert {target.lang: target.path.read_bytes() for target in here.targets} == written
    assert [target.findings for target in here.targets] == [target.findings for target in there.targets]
    assert [target.names for target in here.targets] == [target.names for target in there.targets]
    assert [target.guesses for target in here.targets] == [target.guesses for target in there.targets]
    assert all(bool(target.guesses) is bool(doubts) for target in here.targets)
    assert here.seen == there.seen


def test_only_the_sentences_that_are_wanted_are_asked_for(place: Workspace) -> None:
    engine = Transliterator()
    parcel = Parcel(name="ports.txt", data=PORTS.encode(), source=Lang.EN, wanted={Lang.RU: (2,)})
    (told,) = desk(place, engine).draft([parcel])
    answer = Answer.of(told, place.inbox, parcel.data)
    assert {job.target for job in engine.asked} == {Lang.RU}
    assert len({job.text for job in engine.asked}) == 1
    assert [*answer.made[Lang.RU].entries] == [answer.segments[2].key]


def test_what_people_approved_goes_before_the_model_there_too(place: Workspace, tmp_path: Path) -> None:
    (place.inbox / "ports.txt").write_text(PORTS, "utf-8")
    (result,) = pipeline.translate(place, [place.inbox / "ports.txt"], Transliterator())
    path = place.catalog(Lang.RU, str(result.slug))
    path.write_text(path.read_text("utf-8").replace("#, fuzzy\n", ""), "utf-8")
    for cache in (None, tmp_path / "cache"):
        engine = Transliterator()
        (told,) = desk(place, engine, cache).draft([Parcel(name="again.txt", data=PORTS.encode())])
        made = Answer.of(told, place.inbox, b"").made
        assert not [job for job in engine.asked if job.target is Lang.RU]
        assert [job for job in engine.asked if job.target is Lang.KK]
        assert all(entry.state is State.DRAFT and entry.notes for entry in made[Lang.RU].entries.values())


def test_a_damaged_release_and_one_of_no_language_of_ours_stop_no_other(place: Workspace) -> None:
    sent = [
        Parcel(name="broken.docx", data=b"PK\x03\x04" + b"no archive" * 100),
        Parcel(name="german.txt", data=GERMAN.encode()),
        Parcel(name="ports.txt", data=PORTS.encode()),
    ]
    told = desk(place, Transliterator()).draft(sent)
    for one, kind in zip(told, (ReleaseError, LanguageError), strict=False):
        with pytest.raises(kind):
            Answer.of(one, place.inbox, b"")
    assert Answer.of(told[2], place.inbox, b"").made


def test_an_engine_that_fails_at_one_release_drafts_the_others(place: Workspace) -> None:
    class Breaking(Transliterator):
        def translate(self, jobs, progress=None):  # type: ignore[no-untyped-def]
            if any("Finland" in job.text for job in jobs):
                raise RuntimeError("out of memory")
            return super().translate(jobs, progress)

    sent = [Parcel(name="talks.txt", data=TALKS.encode()), Parcel(name="ports.txt", data=PORTS.encode())]
    talks, ports = desk(place, Breaking()).draft(sent)
    assert Answer.of(ports, place.inbox, b"").made
    with pytest.raises(KzpressError, match="out of memory") as failed:
        Answer.of(talks, place.inbox, b"")
    assert type(failed.value) is KzpressError


def test_an_error_is_told_again_in_the_language_of_who_reads_it() -> None:
    error = ModelError(Message("{count} file", "{count} files", 2, {"count": 2}), where="here", hint="mend it")
    with pytest.raises(ModelError, match="2 files") as told:
        Answer.of(failure(error, "a.txt"), Path("a.txt"), b"")
    assert spoken(told.value.message) == "2 files"
    assert (told.value.where, told.value.hint) == ("here", "mend it")


def test_an_error_of_a_kind_that_there_is_none_of_runs_nothing() -> None:
    with pytest.raises(KzpressError, match="gone") as told:
        Answer.of(json.dumps({"error": ["SystemExit", "gone", None, None]}).encode(), Path("a.txt"), b"")
    assert type(told.value) is KzpressError


def test_an_address_is_another_for_whatever_changes_the_drafts() -> None:
    one = Parcel(name="a.txt", data=b"a")
    others = [
        one.address("2"),
        Parcel(name="b.txt", data=b"a").address("1"),
        Parcel(name="a.txt", data=b"b").address("1"),
        Parcel(name="a.txt", data=b"a", source=Lang.RU).address("1"),
        Parcel(name="a.txt", data=b"a", wanted={Lang.RU: (1,)}).address("1"),
    ]
    assert len({one.address("1"), *others}) == 6
    assert one.address("1") == Parcel(name="a.txt", data=b"a").address("1")


def test_a_kept_answer_that_is_damaged_is_none(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool")
    spool.keep("a", b"{}")
    assert spool.get("a") == b"{}"
    (tmp_path / "spool" / "a").write_bytes((tmp_path / "spool" / "a").read_bytes()[:-1])
    assert (spool.has("a"), spool.get("a")) == (True, None)
    spool.drop("a")
    assert not spool.has("a")


def test_what_drafts_depend_on_names_kzpress_and_the_packages_of_every_direction() -> None:
    facts = parcels.makers([Lang.RU, Lang.KK])
    assert {"kzpress", "Python", "ctranslate2", "en→ru", "kk→ru", "en→kk", "ru→kk"} <= {*facts}
    assert "translate-en_kk" in facts["en→kk"]


def test_the_kit_is_the_same_for_the_same_workspace(place: Workspace) -> None:
    terms = glossary.load(place.glossary)
    kits = {hashlib.sha256(parcels.pack(place, terms, {"a": "1"})).hexdigest() for _ in range(2)}
    assert len(kits) == 1
