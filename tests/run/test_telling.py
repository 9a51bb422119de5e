"""What unattended work tells: what is left when it is stopped, a log that goes away, no words of a release."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from kzpress import report_run, workspace
from kzpress.cli_run import _Output
from kzpress.domain import Hypothesis, Lang
from kzpress.engine import Job
from kzpress.errors import CatalogError, Exit, GlossaryError, KzpressError, ModelError, ReleaseError, bug
from kzpress.events import Event, Kind, Tally
from kzpress.speech import _
from kzpress.workspace import Workspace
from tests.fakes import Transliterator
from tests.run.test_running import GLOSSARY, PORTS, TALKS, names, put, run, runner


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    desk = tmp_path / "desk"
    (desk / "glossary").mkdir(parents=True)
    (desk / "glossary" / "places.toml").write_text(GLOSSARY, "utf-8")
    workspace.create(desk)
    monkeypatch.chdir(desk)
    return workspace.find(desk)


def output(log: Path | None = None, *, log_text: bool = False) -> _Output:
    return _Output(as_json=False, log=log, log_text=log_text, metrics=None)


# ------------------------------------------------------------------ stopped


def test_a_pass_that_is_stopped_before_its_first_release_tells_what_is_left(
    place: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    put(place, "talks.txt", TALKS)
    put(place, "ports.txt", PORTS)
    events = [*runner(Transliterator(), stopped=lambda: True).work(place)]
    assert [(event.kind, event.count) for event in events] == [(Kind.LEFT, 2), (Kind.ENDED, 0)]
    assert output().show(place, events) == Exit.DONE
    first, last = capfd.readouterr().out.splitlines()
    assert first == "left      2 releases are still in the inbox: the next run drafts them"
    assert last.startswith("stopped, 2 left in ")


def test_of_a_pass_that_is_stopped_half_way_the_rest_is_counted(place: Workspace) -> None:
    for number in range(4):
        put(place, f"{number}.txt", PORTS.replace("ten trains", f"{number + 20} trains"))
    engine = Transliterator()
    events = [*runner(engine, stopped=lambda: bool(engine.asked)).work(place)]
    left = [event.count for event in events if event.kind is Kind.LEFT]
    assert left == [len(names(place.inbox))]
    assert 0 < left[0] < 4
    tally = Tally()
    for event in events:
        tally.add(event)
    facts = report_run.event(place, events[-1], tally).facts
    assert facts["counts"]["left"] == left[0]


def test_a_pass_that_nobody_stops_leaves_nothing(place: Workspace) -> None:
    put(place, "talks.txt", TALKS)
    put(place, "broken.docx", b"PK\x03\x04cut off")
    assert Kind.LEFT not in {event.kind for event in run(place, Transliterator())}


# ------------------------------------------------------------------ the log


def test_a_log_that_goes_away_is_told_once_and_stops_no_work(
    place: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    for number in range(3):
        put(place, f"{number}.txt", PORTS.replace("ten trains", f"{number + 20} trains"))
    log = place.root / "run.jsonl"

    def is_stopped() -> bool:
        log.mkdir(exist_ok=True)
        return False

    assert output(log).show(place, runner(Transliterator(), stopped=is_stopped).work(place)) == Exit.USAGE
    said = capfd.readouterr()
    assert said.err.count("run.jsonl: cannot be written: Is a directory") == 1
    assert (len([*place.records()]), names(place.inbox)) == (3, set())
    assert said.out.splitlines()[-1].startswith("3 releases done in ")


def test_a_log_that_comes_back_is_written_again(place: Workspace, capfd: pytest.CaptureFixture[str]) -> None:
    log = place.root / "run.jsonl"

    def events() -> Iterator[Event]:
        yield Event(kind=Kind.WAITING, name="a.txt")
        log.rename(place.root / "old.jsonl")
        log.mkdir()
        yield Event(kind=Kind.WAITING, name="b.txt")
        yield Event(kind=Kind.WAITING, name="c.txt")
        log.rmdir()
        yield Event(kind=Kind.WAITING, name="d.txt")
        yield Event(kind=Kind.ENDED)

    assert output(log).show(place, events()) == Exit.USAGE
    assert capfd.readouterr().err.count("run.jsonl: cannot be written") == 1
    logged = [json.loads(line).get("path") for line in log.read_text("utf-8").splitlines()]
    assert logged == ["inbox/d.txt", None]


# ------------------------------------------------------------------ nothing of a release's text


@dataclass
class Quoting(Transliterator):
    """An engine that fails at every sentence with an error that quotes it."""

    error: Callable[[str], Exception] = ValueError

    def translate(
        self, jobs: Sequence[Job], progress: Callable[[int], None] | None = None
    ) -> tuple[tuple[Hypothesis, ...], ...]:
        raise self.error(" ".join(job.text for job in jobs))


def words(text: str) -> set[str]:
    return set(re.findall(r"\w{5,}", text.lower())) - {"talks"}  # the file's name


@pytest.mark.parametrize(
    "error",
    [
        ValueError,
        RuntimeError,
        KeyError,
        lambda text: ModelError(_("the model refused to translate ({error})", error=text)),
        lambda text: ReleaseError(_("not a date of the calendar: {text}", text=text), hint=text),
        lambda text: ReleaseError(text, hint=_("write {word}", word=text)),
        lambda text: KzpressError(_("{inner}", inner=bug(ValueError(text)))),
        lambda text: CatalogError(_("{begins!r}", begins=text)),
    ],
)
def test_an_error_that_quotes_a_release_is_logged_without_it_unless_asked(
    place: Workspace, capfd: pytest.CaptureFixture[str], error: Callable[[str], Exception]
) -> None:
    put(place, "talks.txt", TALKS)
    told: list[str] = []
    for log_text in (False, True):
        log = place.root / f"{log_text}.jsonl"
        output(log, log_text=log_text).show(place, runner(Quoting(error=error), sleep=lambda _: None).work(place))
        said = capfd.readouterr()
        told.append(log.read_text("utf-8") + said.out + said.err)
        assert '"event": "failed"' in told[-1]
    quoted = words(TALKS) & words(told[1])
    assert len(quoted) > 5, "it was quoted"
    assert not words(TALKS) & words(told[0]) - {"release", "calendar", "write"}


def test_a_damaged_catalogue_is_logged_by_its_line_and_not_by_its_words(place: Workspace) -> None:
    put(place, "talks.txt", TALKS)
    run(place, Transliterator())
    path = next(path for _slug, lang, path in place.catalogs() if lang is Lang.RU)
    entry = path.read_text("utf-8").split("\n\n")[2]
    path.write_text(path.read_text("utf-8") + "\n" + entry + "\n", "utf-8")
    put(place, "talks.txt", TALKS)
    (event, _end) = run(place, Transliterator())
    assert event.kind is Kind.FAILED and event.error
    assert words(TALKS) & words(event.error.message)
    facts = report_run.event(place, event, Tally()).facts
    assert re.fullmatch(r"the entry of line \d+ stands here again: '…'", facts["error"]["message"])
    assert re.search(r"\.po:\d+$", facts["error"]["where"])


def test_what_is_wrong_is_still_told_where_no_text_is_quoted(place: Workspace) -> None:
    error = report_run.sparing(ReleaseError(_("not valid {encoding} at byte {offset}", encoding="UTF-8", offset=7)))
    assert error.message == "not valid UTF-8 at byte 7"
    error = report_run.sparing(KzpressError(bug(ValueError("the text")), hint=_("report it")))
    assert (error.message, error.hint) == ("this is a bug in kzpress (ValueError: …)", "report it")
    kept = GlossaryError(_("[{entry}] {problem}", entry="mfa", problem="has no name"))
    assert report_run.sparing(kept) is kept
