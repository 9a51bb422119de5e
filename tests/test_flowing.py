"""Work streams: however much there is, a little of it is held at once, and it comes out in the order it went in."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from kzpress import flowing, pipeline
from kzpress.asking import Work, asking
from kzpress.domain import BlockKind, Draft, Key, Lang
from kzpress.drafting import Leg, prepare
from kzpress.errors import ModelError, ReleaseError
from kzpress.flowing import AHEAD, HANDS, Item, flow
from kzpress.glossary import Glossary
from kzpress.planning import Plan
from kzpress.workspace import Workspace
from tests.fakes import Transliterator
from tests.reviewed import desk

NO_NAMES = Glossary(entries={}, digest="")
TEXT = (
    "Storks came back to lake number {n}\n\n"
    "AKTAU. KAZINFORM - The storks of lake number {n} came back on Tuesday. Children counted {n} of their nests.\n\n"
    "The lake has been guarded since 2019. Its {n} guards write down every nest they see.\n"
)


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    return desk(tmp_path / "desk")


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flowing, "WINDOW", 20)


def put(place: Workspace, *numbers: int) -> list[Path]:
    paths = [place.inbox / f"storks-{n:04}.txt" for n in numbers]
    for n, path in zip(numbers, paths, strict=True):
        path.write_text(TEXT.format(n=n), "utf-8")
    return paths


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file but the indexes, which may be deleted and come back."""
    found = ((p.relative_to(folder), p) for p in sorted(folder.rglob("*")) if p.is_file())
    return {str(name): p.read_bytes() for name, p in found if name.parts[0] != ".kzpress"}


def words(*texts: str) -> list[Work]:
    leg = Leg(source=Lang.EN, target=Lang.RU, route=Transliterator().route(Lang.EN, Lang.RU), date=None)
    parts = [(Key(context=BlockKind.BODY, source=text), BlockKind.BODY) for text in texts]
    return [(leg, sentence, None) for sentence in prepare(NO_NAMES, parts, Lang.EN, None)]


def items(count: int, read: Callable[[int], None] = lambda _: None) -> Iterator[Item[tuple[int, list[str]]]]:
    """Yield items of four sentences, telling ``read`` of each."""
    for n in range(count):
        read(n)

        def done(drafts: Sequence[Draft], n: int = n) -> tuple[int, list[str]]:
            return n, [draft.text for draft in drafts]

        yield Item(work=words(*(f"Lake {n} has {m} nests." for m in range(4))), done=done)


def ask(work: list[Work]) -> Any:
    return asking(NO_NAMES, work)


# ------------------------------------------------------------------ how much is held


@pytest.mark.usefixtures("narrow")
def test_of_many_items_a_few_windows_are_read_ahead_and_they_come_out_in_order() -> None:
    read: list[int] = []
    furthest = 0
    for n, texts in flow(items(200, read.append), ask, Transliterator()):
        assert [text.split()[1] for text in texts] == [str(n)] * 4
        furthest = max(furthest, len(read) - n)
    assert len(read) == 200
    assert furthest <= (AHEAD + 1) * 20 // 4 + 1


@pytest.mark.usefixtures("narrow")
def test_the_plans_held_at_once_do_not_grow_with_the_releases(place: Workspace) -> None:
    held: list[int] = []
    for count in (30, 60):
        paths = put(place, *range(count * 1000, count * 1000 + count))
        for result in pipeline.translate(place, paths, Transliterator()):
            assert result.error is None
            held.append(sum(type(one) is Plan for one in gc.get_objects()))
    assert 1 < max(held) <= (AHEAD + 2) * 20 // 5


@pytest.mark.usefixtures("narrow")
def test_what_needs_no_sentence_neither_gathers_nor_waits() -> None:
    read: list[int] = []

    def empty() -> Iterator[Item[int]]:
        for n in range(1000):
            read.append(n)
            yield Item(work=(), done=lambda _, n=n: n)  # type: ignore[misc]

    engine = Transliterator()
    for n in flow(empty(), ask, engine):
        assert len(read) == n + 1
    assert not engine.asked


# ------------------------------------------------------------------ what comes out


@pytest.mark.usefixtures("narrow")
def test_windows_change_no_byte(place: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = put(place, *range(12))
    results = list(pipeline.translate(place, paths, Transliterator()))
    assert [result.path for result in results] == paths
    streamed = tree(place.root)
    for path in [*place.root.glob("releases/*/*"), *place.root.glob("locales/*/*/*")]:
        path.unlink()
    monkeypatch.setattr(flowing, "WINDOW", 100_000)
    list(pipeline.translate(place, paths, Transliterator()))
    assert tree(place.root) == streamed
    assert len(streamed) > 48


@pytest.mark.usefixtures("narrow")
def test_a_release_that_fails_stands_in_its_place_among_the_others(place: Workspace) -> None:
    paths = put(place, *range(9))
    paths[4].write_text("", "utf-8")
    results = list(pipeline.translate(place, paths, Transliterator()))
    assert [result.path for result in results] == paths
    assert [isinstance(result.error, ReleaseError) for result in results] == [n == 4 for n in range(9)]


@pytest.mark.usefixtures("narrow")
def test_a_correction_of_what_an_earlier_window_wrote_is_another_release_as_in_one_window(place: Workspace) -> None:
    first, *others = put(place, *range(8))
    corrected = place.inbox / "again" / first.name
    corrected.parent.mkdir()
    corrected.write_text(TEXT.format(n=0).replace("on Tuesday", "on Wednesday"), "utf-8")
    results = list(pipeline.translate(place, [first, *others, corrected], Transliterator()))
    assert results[-1].slug == f"{results[0].slug}-2"
    again = list(pipeline.translate(place, [first, *others, corrected], Transliterator()))
    assert [result.slug for result in again] == [result.slug for result in results]
    third = place.inbox / "third" / first.name
    third.parent.mkdir()
    for path, day in ((first, "Thursday"), (corrected, "Friday"), (third, "Sunday")):
        path.write_text(TEXT.format(n=0).replace("on Tuesday", f"on {day}"), "utf-8")
    *done, refused = pipeline.translate(place, [first, *others, corrected, third], Transliterator())
    assert [result.slug for result in done] == [result.slug for result in results]
    assert refused.error and "another file of this call is the same release" in refused.error.message


@pytest.mark.usefixtures("narrow")
def test_progress_reckons_from_what_is_known_and_ends_with_all() -> None:
    told: list[tuple[int, int]] = []
    list(flow(items(50), ask, Transliterator(), progress=lambda *one: told.append(one), expected=50))
    done, total = told[-1]
    assert done == total >= 4 * 40 * len("Lake 10 has 0 nests.")
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert all(0.9 * total < early < 1.2 * total for _, early in told)


# ------------------------------------------------------------------ when it does not go on


@pytest.mark.usefixtures("narrow")
def test_what_was_answered_before_the_engine_failed_is_done_and_the_failure_told() -> None:
    class Failing(Transliterator):
        """Knows nothing of the lakes from number 20 on."""

        def translate(self, jobs: Any, progress: Any = None) -> Any:
            if any("Lake 20 " in job.text for job in jobs):
                raise ModelError("the model is gone")
            return super().translate(jobs, progress)

    done = []
    with pytest.raises(ModelError, match="the model is gone"):
        for n, _ in flow(items(100), ask, Failing()):
            done.append(n)
    assert done == list(range(20))


@pytest.mark.usefixtures("narrow")
@pytest.mark.parametrize(("place", "last"), [("engine", 8), ("choosing", 8), ("meanwhile", 8), ("reading", 9)])
def test_what_fails_while_an_earlier_window_is_with_the_engine_loses_nothing_of_that(place: str, last: int) -> None:
    failed = threading.Event()

    def fail(here: str, texts: Sequence[str], lake: int) -> None:
        if here == place and any(f"Lake {lake} " in text for text in texts):
            failed.set()
            raise MemoryError

    class Slow(Transliterator):
        """Answers for the first lakes when something else has failed."""

        def translate(self, jobs: Any, progress: Any = None) -> Any:
            fail("engine", [job.text for job in jobs], 10)
            assert "Lake 0 " not in jobs[0].text or failed.wait(timeout=20)
            return super().translate(jobs, progress)

    def choosing(work: list[Work]) -> Any:
        drafts = yield from asking(NO_NAMES, work)
        fail("choosing", [sentence.text for _, sentence, _ in work], 10)
        return drafts

    def meanwhile(work: Sequence[Work]) -> None:
        fail("meanwhile", [sentence.text for _, sentence, _ in work], 10)

    def read(n: int) -> None:
        fail("reading", [f"Lake {n} "], 9)

    done = []
    with pytest.raises(MemoryError):
        for n, texts in flow(items(40, read), choosing, Slow(), meanwhile=meanwhile):
            assert len(texts) == 4
            done.append(n)
    assert done == list(range(last))


@pytest.mark.usefixtures("narrow")
def test_what_was_written_before_the_engine_failed_is_not_asked_for_again(place: Workspace) -> None:
    class Failing(Transliterator):
        """Has no memory for the storks of lake number 8."""

        def translate(self, jobs: Any, progress: Any = None) -> Any:
            if any("number 8 " in job.text for job in jobs):
                raise MemoryError
            return super().translate(jobs, progress)

    paths, results = put(place, *range(12)), list[Path]()
    with pytest.raises(MemoryError):
        results.extend(result.path for result in pipeline.translate(place, paths, Failing()))
    assert results == paths[: len(results)] and len(results) >= 4
    again = Transliterator()
    assert [one.path for one in pipeline.translate(place, paths, again) if one.error is None] == paths
    assert {f"number {n} " in job.text for job in again.asked for n in range(len(results))} == {False}


@pytest.mark.usefixtures("narrow")
def test_while_a_window_ends_the_next_is_with_the_engine_already() -> None:
    together = threading.Barrier(2, timeout=20)

    class Paired(Transliterator):
        """Answers its first call only while it works at a second."""

        def translate(self, jobs: Any, progress: Any = None) -> Any:
            if any("Lake 0 " in job.text or "Lake 5 " in job.text for job in jobs):
                together.wait()
            return super().translate(jobs, progress)

    assert [n for n, _ in flow(items(20), ask, Paired())] == list(range(20))


@pytest.mark.usefixtures("narrow")
def test_what_answers_will_need_is_made_ready_while_the_engine_works() -> None:
    ready = threading.Event()
    windows: list[int] = []

    class Waiting(Transliterator):
        """Answers when what its answers need is ready."""

        def translate(self, jobs: Any, progress: Any = None) -> Any:
            assert ready.wait(timeout=20)
            return super().translate(jobs, progress)

    def meanwhile(work: Sequence[Work]) -> None:
        windows.append(len(work))
        ready.set()

    assert [n for n, _ in flow(items(10), ask, Waiting(), meanwhile=meanwhile)] == list(range(10))
    assert sum(windows) == 40


@pytest.mark.usefixtures("narrow")
def test_who_stops_gets_no_more_and_leaves_no_thread() -> None:
    seen: list[int] = []
    before = threading.active_count()
    for n, _ in flow(items(100), ask, Transliterator(), stopped=lambda: len(seen) >= 7):
        seen.append(n)
    assert seen == list(range(7))
    stream = flow(items(100), ask, Transliterator())
    next(stream)
    assert before < threading.active_count() <= before + HANDS
    stream.close()  # type: ignore[attr-defined]
    assert threading.active_count() == before


@pytest.mark.usefixtures("narrow")
def test_an_engine_at_work_hears_that_nobody_waits_any_more() -> None:
    began, told = threading.Event(), threading.Event()

    class Long(Transliterator):
        """Answers once, and then works until it is told to stop."""

        def translate(self, jobs: Any, progress: Any = None) -> Any:
            if not self.asked:
                return super().translate(jobs, progress)
            began.set()
            try:
                for _ in range(3000):
                    progress(0)
                    threading.Event().wait(0.01)
            finally:
                told.set()
            raise AssertionError

    done = [n for n, _ in flow(items(10), ask, Long(), stopped=began.is_set)]
    assert done == list(range(len(done))) and 0 < len(done) <= 5
    assert told.is_set()


@pytest.mark.usefixtures("narrow")
def test_who_is_stopped_at_once_does_one_release_all_the_same() -> None:
    engine = Transliterator()
    assert [n for n, _ in flow(items(10), ask, engine, first=1, stopped=lambda: bool(engine.asked))] == [0]
