"""The ways that throughput.py compares, each in a process of its own, which it starts."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from peak import peak_mb

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import peers
    from kzpress.domain import Hypothesis, Lang, Route
    from kzpress.engine import Job

TARGETS: Final = ("ru", "kk")
BEAM: Final = 4
BATCHES: Final = (512, 1024, 2048, 4096)  # tokens, tried for the limit on an eighth of the rows


@contextmanager
def timed(found: dict[str, Any], processor: Callable[[], float] = time.process_time) -> Iterator[None]:
    """Write the block's seconds, by the clock and by ``processor``, into ``found``."""
    wall, cpu = time.perf_counter(), processor()
    yield
    found |= {"seconds": time.perf_counter() - wall, "cpu": processor() - cpu}


# ------------------------------------------------------------------ the work, written down once


class Recorder:
    """An engine that keeps what it is asked and answers with the question."""

    def __init__(self) -> None:
        self.jobs: list[Job] = []

    def route(self, source: Lang, target: Lang) -> Route:
        """Claim a direct way."""
        from kzpress.domain import Route

        return Route(langs=(source, target), packages=("recorder 0",))

    def translate(
        self, jobs: Sequence[Job], progress: Callable[[int], None] | None = None
    ) -> tuple[tuple[Hypothesis, ...], ...]:
        """Answer every job with its own text."""
        from kzpress.domain import Hypothesis

        self.jobs = self.jobs or list(jobs)  # names missing from these answers are asked for again, which is no work
        if progress:
            progress(sum(len(job.text) for job in jobs))
        return tuple((Hypothesis(text=job.text, score=0.0),) for job in jobs)


def prepare(folder: Path, _: Path) -> dict[str, Any]:
    """Write down the engine's jobs and the paragraphs with their sentences, for the ways that are not kzpress's own."""
    from kzpress import planning
    from kzpress.domain import Lang
    from kzpress.segment import segment

    recorder = Recorder()
    translate_all(folder, folder / "prepared", recorder, {})
    documents: list[list[tuple[str, list[str]]]] = []
    for path in sorted(folder.glob("release-*.txt")):
        blocks = planning.read(path).release.blocks
        parts = segment(blocks, Lang.EN)
        documents.append(
            [(block.text, [s.text for s in parts if s.block == i]) for i, block in enumerate(blocks)],
        )
    jobs = [(job.source, job.target, job.text, [astuple(name) for name in job.names]) for job in recorder.jobs]
    work = {"jobs": jobs, "documents": documents}
    (folder / "work.json").write_text(json.dumps(work, ensure_ascii=False), "utf-8")
    paragraphs = [one for document in documents for one in document]
    return {
        "paragraphs": len(paragraphs),
        "sentences": sum(len(sentences) for _, sentences in paragraphs),
        "words": sum(len(text.split()) for text, _ in paragraphs),
    }


def read_work(folder: Path) -> Any:
    """Return what ``prepare`` wrote."""
    return json.loads((folder / "work.json").read_text("utf-8"))


def read_jobs(folder: Path) -> list[Job]:
    """Return the engine's jobs that ``prepare`` wrote."""
    from kzpress.domain import Annotation, Lang
    from kzpress.engine import Job

    return [
        Job(
            source=Lang(a),
            target=Lang(b),
            text=text,
            names=tuple(Annotation(start=start, end=end, lemma=lemma) for start, end, lemma in names),
        )
        for a, b, text, names in read_work(folder)["jobs"]
    ]


# ------------------------------------------------------------------ kzpress


def translate_all(folder: Path, workspace: Path, engine: Any, found: dict[str, Any]) -> None:
    """Draft catalogues of every release of ``folder`` in a new workspace, and tell ``found`` how long it took."""
    from kzpress import pipeline
    from kzpress import workspace as place
    from kzpress.domain import Lang

    place.create(workspace)
    opened = place.find(workspace)
    paths = sorted(folder.glob("release-*.txt"))
    with timed(found):
        targets = [Lang(code) for code in TARGETS]
        results = list(pipeline.translate(opened, paths, engine, source=Lang.EN, targets=targets))
    for result in results:
        if result.error:
            raise result.error
    if len(list(opened.catalogs())) != len(paths) * len(TARGETS):
        raise SystemExit("not every catalogue was written")


def ours(folder: Path, models: Path) -> dict[str, Any]:
    """Run kzpress end to end, loading the model included."""
    from kzpress.engine import discover
    from kzpress.engine.argos import ArgosEngine

    found: dict[str, Any] = {}
    translate_all(folder, folder / f"workspace-{os.getpid()}", ArgosEngine(discover(models), beam=BEAM), found)
    return found


def engine(folder: Path, models: Path, *, second_tries: bool = True) -> dict[str, Any]:
    """Run kzpress's engine over the jobs, the model loaded; without second tries it decodes less than the limit."""
    from kzpress.engine import discover
    from kzpress.engine.argos import ArgosEngine

    asked = read_jobs(folder)
    loaded = ArgosEngine(discover(models), beam=BEAM, second_tries=second_tries)
    loaded.translate(asked[:1])
    found: dict[str, Any] = {}
    with timed(found):
        loaded.translate(asked)
    return found


def once(folder: Path, models: Path) -> dict[str, Any]:
    """Run the engine as ``engine`` does, leaving degenerate answers as they are."""
    return engine(folder, models, second_tries=False)


# ------------------------------------------------------------------ the others


class Cut:
    """Stands where stock has its sentence splitter, and answers with sentences cut beforehand."""

    def __init__(self, sentences: dict[str, list[str]]) -> None:
        self.sentences = sentences

    def split_sentences(self, text: str) -> list[str]:
        """Return the sentences of a known paragraph."""
        return self.sentences[text]


def stock(folder: Path, _: Path) -> dict[str, Any]:
    """Run a loop over argostranslate's own ``translate``, loading the models included."""
    from argostranslate import translate

    paragraphs = [paragraph for document in read_work(folder)["documents"] for paragraph in document]
    cut = Cut(dict(paragraphs))
    found: dict[str, Any] = {}
    with timed(found):
        for target in TARGETS:
            translate.get_translation_from_codes("en", target).underlying.sentencizer = cut
            for text, _ in paragraphs:
                if not translate.translate(text, "en", target).strip():
                    raise SystemExit(f"stock returned nothing for: {text}")
    return found


def server(folder: Path, work: Path, *, batch: bool = False) -> dict[str, Any]:
    """Ask a LibreTranslate server, its models loaded, for every paragraph: one a request, one request after another.

    ``batch`` asks for a release's paragraphs at once, and for as many releases at a time as there are cores.
    """
    import peers

    env = peers.home(folder)
    python, name = peers.environment(work, "libretranslate")
    peers.install(sorted((folder / "files").glob("*.argosmodel")), env)
    documents = [[text for text, _ in document] for document in read_work(folder)["documents"]]
    questions = documents if batch else [[text] for document in documents for text in document]
    with peers.libretranslate(python, env) as running:
        for target in TARGETS:
            peers.ask(running, ["The sides met."], "en", target)
        found: dict[str, Any] = {"program": name, "start": running.started}
        with (
            ThreadPoolExecutor((os.cpu_count() or 1) if batch else 1) as clients,
            timed(found, lambda: _processor(running)),
        ):
            for target in TARGETS:
                for answers in clients.map(lambda texts, to=target: peers.ask(running, texts, "en", to), questions):
                    if not all(answer.strip() for answer in answers):
                        raise SystemExit("LibreTranslate returned nothing for a paragraph")
        return found | {"peak_mb": peak_mb(running.pid)}


def batched(folder: Path, work: Path) -> dict[str, Any]:
    """Ask LibreTranslate in its batch form."""
    return server(folder, work, batch=True)


def _processor(running: peers.Server) -> float:
    """Return the processor seconds of a server so far, where ``ps`` can tell them."""
    said = subprocess.run(
        ["ps", "-o", "cputimes=", "-p", str(running.pid)], capture_output=True, text=True, check=False
    )
    return float(said.stdout.strip() or "nan")


def bare(folder: Path, models: Path) -> dict[str, Any]:
    """Run CTranslate2 alone over the jobs' tokens, with the fastest of some settings."""
    import ctranslate2

    from kzpress.engine import discover

    rows, prefixes = _tokens(folder, models)
    weights = str(discover(models)[0].weights / "model")

    def decode(translator: Any, tokens: int, step: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        with timed(found):
            translator.translate_batch(
                rows[::step], target_prefix=prefixes[::step], beam_size=BEAM, max_batch_size=tokens, batch_type="tokens"
            )
        return found

    cores = os.cpu_count() or 1
    tried: dict[tuple[int, int, int], float] = {}
    for workers, threads in {(cores, 1), (1, cores)}:
        translator = ctranslate2.Translator(weights, inter_threads=workers, intra_threads=threads)
        decode(translator, BATCHES[0], max(1, len(rows) // 4))
        for tokens in BATCHES:
            tried[workers, threads, tokens] = decode(translator, tokens, min(8, len(rows)))["seconds"]
    workers, threads, tokens = min(tried, key=lambda setting: tried[setting])
    translator = ctranslate2.Translator(weights, inter_threads=workers, intra_threads=threads)
    decode(translator, tokens, len(rows))
    setting = f"{workers} × {threads} threads, {tokens} tokens a batch"
    return decode(translator, tokens, 1) | {"setting": setting}


def _tokens(folder: Path, models: Path) -> tuple[list[list[str]], list[list[str]]]:
    """Return all rows of tokens that the engine decodes, second tries too, and the prefixes of their answers."""
    from kzpress.engine import discover
    from kzpress.engine.argos import ArgosEngine

    rows: list[list[str]] = []
    prefixes: list[list[str]] = []

    class Listing(ArgosEngine):
        """Lists what it decodes."""

        def _hand_over(self, weights: Any, batch: Any) -> list[Any]:
            rows.extend(row.pieces for one in batch for row in one.parts)
            prefixes.extend(row.prefix for one in batch for row in one.parts)
            return super()._hand_over(weights, batch)

    Listing(discover(models), beam=BEAM).translate(read_jobs(folder))
    return rows, prefixes


def main() -> None:
    """Run one way and print what it found, with this process's peak memory unless the way told another's."""
    ways = {one.__name__: one for one in (prepare, ours, engine, once, stock, server, batched, bare)}
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("way", choices=ways)
    parser.add_argument("folder", type=Path, help="where throughput.py put the releases")
    parser.add_argument("place", type=Path, help="the packages, or the folder of LibreTranslate's environment")
    options = parser.parse_args()
    found = ways[options.way](options.folder, options.place)
    print(json.dumps({"peak_mb": peak_mb()} | found))


if __name__ == "__main__":
    main()
