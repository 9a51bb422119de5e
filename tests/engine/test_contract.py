"""What every engine promises, on the fake the other tests use and on the embedded model."""

from __future__ import annotations

import shutil
import socket
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from kzpress.degenerate import fault
from kzpress.domain import Lang
from kzpress.engine import Engine, Job, Origin, discover
from kzpress.engine.argos import ArgosEngine
from kzpress.engine.packages import EMBEDDED, LONGEST
from kzpress.engine.route import find_route
from kzpress.errors import ModelError
from tests.engine.archives import package
from tests.fakes import Transliterator

SENTENCES = {
    Lang.EN: "The sides discussed the prospects of bilateral cooperation.",
    Lang.RU: "Стороны обсудили перспективы двустороннего сотрудничества.",
    Lang.KK: "Тараптар екіжақты ынтымақтастықтың болашағын талқылады.",
}


@pytest.fixture(params=["fake", pytest.param("embedded", marks=pytest.mark.model)])
def engine(request: pytest.FixtureRequest) -> Engine:
    if request.param == "fake":
        return Transliterator()
    found: Engine = request.getfixturevalue("embedded")
    return found


def test_jobs_of_all_directions_are_answered_in_one_call_and_in_order(engine: Engine) -> None:
    jobs = [Job(source=a, target=b, text=SENTENCES[a]) for a, b in permutations(Lang, 2)]
    answers = engine.translate(jobs)
    assert len(answers) == len(jobs)
    for job, hypotheses in zip(jobs, answers, strict=True):
        letters = [ch for ch in hypotheses[0].text if ch.isalpha()]
        cyrillic = sum("\u0400" <= ch <= "\u052f" for ch in letters)
        assert cyrillic <= 0.2 * len(letters) if job.target is Lang.EN else cyrillic >= 0.8 * len(letters)


def test_the_route_tells_languages_and_packages(engine: Engine) -> None:
    route = engine.route(Lang.KK, Lang.EN)
    assert route.langs == (Lang.KK, Lang.EN)
    assert len(route.packages) == 1


def test_progress_adds_up_to_the_characters_of_the_jobs(engine: Engine) -> None:
    told: list[int] = []
    engine.translate([Job(source=Lang.EN, target=Lang.RU, text=SENTENCES[Lang.EN])] * 3, told.append)
    assert sum(told) == 3 * len(SENTENCES[Lang.EN])


def test_nothing_to_translate_is_no_error(engine: Engine) -> None:
    assert engine.translate([]) == ()


@pytest.mark.model
def test_the_embedded_model_answers_the_same_twice(embedded: ArgosEngine) -> None:
    jobs = [Job(source=a, target=b, text=SENTENCES[a]) for a, b in permutations(Lang, 2)]
    assert embedded.translate(jobs) == embedded.translate(jobs)


@pytest.mark.model
def test_the_embedded_model_translates_every_stock_sentence_soundly(embedded: ArgosEngine) -> None:
    jobs = [Job(source=a, target=b, text=SENTENCES[a]) for a, b in permutations(Lang, 2)]
    for job, hypotheses in zip(jobs, embedded.translate(jobs), strict=True):
        assert fault(job.text, hypotheses[0].text) is None


@pytest.mark.model
def test_a_sentence_longer_than_the_model_reads_is_translated_to_its_end(embedded: ArgosEngine) -> None:
    clause = "the sides discussed trade, transport, energy and education"
    text = f"During the talks {', and later '.join([clause] * 30)}."
    assert len(text.split()) > LONGEST
    ((hypothesis, *_),) = embedded.translate([Job(source=Lang.EN, target=Lang.RU, text=text)])
    assert len(hypothesis.text) > 0.5 * len(text)


@pytest.mark.model
def test_a_pivot_is_named_and_followed(embedded: ArgosEngine) -> None:
    engine = ArgosEngine([p for p in embedded.packages if {p.source, p.target} != {Lang.KK, Lang.RU}], threads=1)
    route = engine.route(Lang.KK, Lang.RU)
    assert (str(route), route.is_pivot) == ("kk→en→ru", True)
    ((hypothesis, *_),) = engine.translate([Job(source=Lang.KK, target=Lang.RU, text=SENTENCES[Lang.KK])])
    assert any("а" <= ch <= "я" for ch in hypothesis.text)


@pytest.mark.model
def test_translation_opens_no_socket(embedded: ArgosEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    fresh = ArgosEngine(embedded.packages, threads=1)
    assert fresh.translate([Job(source=Lang.EN, target=Lang.KK, text=SENTENCES[Lang.EN])])[0][0].text


def test_damaged_weights_are_refused_before_they_are_loaded(tmp_path: Path) -> None:
    shutil.copytree(EMBEDDED, tmp_path / "models")
    model = tmp_path / "models" / "weights" / "model" / "model.bin"
    model.write_bytes(model.read_bytes()[:1000])
    engine = ArgosEngine([p for p in discover(tmp_path / "models") if p.origin is Origin.MODELS])
    with pytest.raises(ModelError, match="SHA-256"):
        engine.translate([Job(source=Lang.EN, target=Lang.KK, text="Hello.")])


def test_a_package_that_is_no_model_is_refused_by_its_folder(tmp_path: Path) -> None:
    folder = package(tmp_path / "translate-en_kk")
    (folder / "model" / "model.bin").write_bytes(b"weights")
    with pytest.raises(ModelError, match="cannot be loaded") as caught:
        ArgosEngine(discover(tmp_path)).translate([Job(source=Lang.EN, target=Lang.KK, text="Hello.")])
    assert caught.value.where == str(folder)


@pytest.mark.model
def test_a_job_may_ask_for_shorter_parts(embedded: ArgosEngine) -> None:
    text = "The sides discussed trade and transit, and they agreed to meet again in the autumn, and the Minister left."
    whole, parts = embedded.translate(
        [Job(source=Lang.EN, target=Lang.RU, text=text, longest=longest) for longest in (100, 10)]
    )
    assert whole[0].text != parts[0].text
    assert len(parts[0].text.split()) >= 8


LONG = (
    "The sides discussed the development of trade and transit between the countries of Central Asia, exchanged views "
    "on the agenda of the coming session of the General Assembly, agreed to meet again in the autumn in Tashkent, and "
    "the Minister thanked the Ambassador for the hospitality shown to the delegation."
)


@pytest.mark.model
@pytest.mark.parametrize("share", [0.0, 9.0], ids=["long enough", "short"])
def test_a_long_sentence_is_decoded_whole_and_in_clauses_if_that_is_short(
    embedded: ArgosEngine, monkeypatch: pytest.MonkeyPatch, share: float
) -> None:
    monkeypatch.setattr("kzpress.engine.argos.WHOLE", 0.0)
    job, told = Job(source=Lang.EN, target=Lang.RU, text=LONG), list[int]()
    (package,) = find_route(embedded.packages, job.source, job.target)
    parts, whole = embedded.translate([replace(job, longest=longest) for longest in (package.longest, 1000)])
    monkeypatch.setattr("kzpress.engine.argos.WHOLE", share)
    (found,) = embedded.translate([job], told.append)
    assert parts[0].text != whole[0].text
    assert {one.text for one in found} == {one.text for one in (*whole, *(parts if share else ()))}
    assert list(found) == sorted(found, key=package.worth, reverse=True)
    assert sum(told) == len(LONG)


@pytest.mark.model
def test_a_sentence_of_120_words_keeps_its_length_and_its_last_figure(embedded: ArgosEngine) -> None:
    clause = "the ministers saw to the development of trade, transport and transit between all countries of the region"
    text = f"During the visit {', and '.join([clause] * 8)}, and the next meeting will be held in 2031."
    assert len(text.split()) >= 120
    for target in (Lang.RU, Lang.KK):
        ((hypothesis, *_),) = embedded.translate([Job(source=Lang.EN, target=target, text=text)])
        assert fault(text, hypothesis.text) is None
        assert "2031" in hypothesis.text


@pytest.mark.model
def test_what_is_no_sentence_still_gets_an_answer(embedded: ArgosEngine) -> None:
    texts = ("Видео", "???", "| | |", "1. 2. 3.", "🎉", "а" * 300, "Ь", "...", "«", "[1]")
    for hypotheses in embedded.translate([Job(source=Lang.RU, target=Lang.EN, text=text) for text in texts]):
        assert all("▁" not in hypothesis.text for hypothesis in hypotheses)
