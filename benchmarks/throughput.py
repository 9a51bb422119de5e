"""Measure translating many releases at once: kzpress, stock Argos Translate and bare CTranslate2 in one run.

    python benchmarks/throughput.py [--releases 50] [--rounds 3] [--json]

English releases, put together from a file of sentences, are translated into Russian and Kazakh four ways, each in a
process of its own, with the same packages on the same machine: kzpress end to end, catalogues written; kzpress's
engine alone; a loop over ``argostranslate.translate.translate``, a call a paragraph and language; and one
``translate_batch`` over the rows of tokens that the engine decodes (long sentences cut, names annotated), with the best
of some batch settings, which is the limit.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import json
import os
import platform
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import astuple
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kzpress.domain import Hypothesis, Lang, Route
    from kzpress.engine import Job

ROOT: Final = Path(__file__).parent.parent
SENTENCES: Final = ROOT / "training" / "eval" / "domain.en-ru-kk.tsv"
MODELS: Final = ROOT / "src" / "kzpress" / "data" / "models"
TARGETS: Final = ("ru", "kk")
BEAM: Final = 4
PARAGRAPHS: Final = (2, 3, 2, 3, 1)  # sentences of each paragraph after the headline
BATCHES: Final = (512, 1024, 2048, 4096)  # tokens, tried for the limit on an eighth of the rows
WAYS: Final = {
    "stock": "stock argostranslate, a call a paragraph",
    "ours": "kzpress, end to end",
    "engine": "kzpress, engine alone",
    "once": "kzpress, engine without second tries",
    "bare": "CTranslate2 alone, one batch (limit)",
}
NOTE: Final = """\
stock: its sentence splitter is downloaded at first use and ARGOS_CHUNK_TYPE=NONE is refused, so it is handed the
sentences that kzpress cut, at no cost in time. stock and end to end include loading the model; the other two do not."""


# ------------------------------------------------------------------ the releases


def releases(source: Path, count: int) -> list[str]:
    """Return ``count`` English releases put together from the first column of ``source``, the same at every call.

    No sentence occurs twice: each names a day of its own, so that nobody gains by remembering.
    """
    lines = [line.split("\t")[0] for line in source.read_text("utf-8").splitlines() if line.strip()]
    headlines = [line for line in lines if line[-1].isalnum()]
    sentences = [line for line in lines if line[-1] == "." and " – " not in line[:60]]
    chosen = random.Random(0)
    day = dt.date(2015, 1, 1)
    texts = []
    for _ in range(count):
        day += dt.timedelta(days=1)
        blocks = [f"{chosen.choice(headlines)}: {day:%B} {day.day}, {day.year}"]
        for size in PARAGRAPHS:
            paragraph = []
            for sentence in chosen.sample(sentences, size):
                day += dt.timedelta(days=1)
                paragraph.append(f"On {day:%B} {day.day}, {day.year}, it was reported: {sentence}")
            blocks.append(" ".join(paragraph))
        texts.append("\n\n".join(blocks) + "\n")
    return texts


def lay_out(models: Path, packages: Path) -> None:
    """Write the packages of ``models`` as stock Argos expects them: every folder complete in itself."""
    for metadata in sorted(models.glob("*/metadata.json")):
        data = json.loads(metadata.read_text("utf-8"))
        weights = (metadata.parent / data.pop("weights", ".")).resolve()
        folder = packages / metadata.parent.name
        folder.mkdir(parents=True)
        (folder / "metadata.json").write_text(json.dumps(data), "utf-8")
        for path in weights.iterdir():
            if path.name != "metadata.json":
                (folder / path.name).symlink_to(path)


# ------------------------------------------------------------------ the ways, each in a process of its own


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
            progress(len(jobs))
        return tuple((Hypothesis(text=job.text, score=0.0),) for job in jobs)


class Cut:
    """Stands where stock has its sentence splitter, and answers with sentences cut beforehand."""

    def __init__(self, sentences: dict[str, list[str]]) -> None:
        self.sentences = sentences

    def split_sentences(self, text: str) -> list[str]:
        """Return the sentences of a known paragraph."""
        return self.sentences[text]


def translate_all(folder: Path, workspace: Path, engine: Any) -> float:
    """Draft catalogues of every release of ``folder`` in a new workspace; return the seconds it took."""
    from kzpress import pipeline
    from kzpress import workspace as place
    from kzpress.domain import Lang

    place.create(workspace)
    opened = place.find(workspace)
    paths = sorted(folder.glob("release-*.txt"))
    started = time.perf_counter()
    results = list(pipeline.translate(opened, paths, engine, source=Lang.EN, targets=[Lang(code) for code in TARGETS]))
    seconds = time.perf_counter() - started
    for result in results:
        if result.error:
            raise result.error
    if len(list(opened.catalogs())) != len(paths) * len(TARGETS):
        raise SystemExit("not every catalogue was written")
    return seconds


def prepare(folder: Path, _: Path) -> dict[str, Any]:
    """Write down the engine's jobs and the paragraphs with their sentences, for the ways that are not kzpress's own."""
    from kzpress import pipeline
    from kzpress.domain import Lang
    from kzpress.segment import segment

    recorder = Recorder()
    translate_all(folder, folder / "prepared", recorder)
    paragraphs: list[tuple[str, list[str]]] = []
    for path in sorted(folder.glob("release-*.txt")):
        blocks = pipeline.read(path).release.blocks
        parts = segment(blocks, Lang.EN)
        paragraphs += [(block.text, [s.text for s in parts if s.block == i]) for i, block in enumerate(blocks)]
    jobs = [(job.source, job.target, job.text, [astuple(name) for name in job.names]) for job in recorder.jobs]
    work = {"jobs": jobs, "paragraphs": paragraphs}
    (folder / "work.json").write_text(json.dumps(work, ensure_ascii=False), "utf-8")
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


def ours(folder: Path, models: Path) -> dict[str, Any]:
    """Run kzpress end to end, loading the model included."""
    from kzpress.engine import discover
    from kzpress.engine.argos import ArgosEngine

    workspace = folder / f"workspace-{os.getpid()}"
    return {"seconds": translate_all(folder, workspace, ArgosEngine(discover(models), beam=BEAM))}


def engine(folder: Path, models: Path, *, second_tries: bool = True) -> dict[str, Any]:
    """Run kzpress's engine over the jobs, the model loaded; without second tries it decodes the limit's tokens."""
    from kzpress.engine import discover
    from kzpress.engine.argos import ArgosEngine

    asked = read_jobs(folder)
    loaded = ArgosEngine(discover(models), beam=BEAM, second_tries=second_tries)
    loaded.translate(asked[:1])
    started = time.perf_counter()
    loaded.translate(asked)
    return {"seconds": time.perf_counter() - started}


def once(folder: Path, models: Path) -> dict[str, Any]:
    """Run the engine as ``engine`` does, leaving degenerate answers as they are."""
    return engine(folder, models, second_tries=False)


def stock(folder: Path, _: Path) -> dict[str, Any]:
    """Run a loop over argostranslate's own ``translate``, loading the models included."""
    from argostranslate import translate

    paragraphs = read_work(folder)["paragraphs"]
    cut = Cut(dict(paragraphs))
    started = time.perf_counter()
    for target in TARGETS:
        translate.get_translation_from_codes("en", target).underlying.sentencizer = cut
        for text, _ in paragraphs:
            if not translate.translate(text, "en", target).strip():
                raise SystemExit(f"stock returned nothing for: {text}")
    return {"seconds": time.perf_counter() - started}


def bare(folder: Path, models: Path) -> dict[str, Any]:
    """Run CTranslate2 alone over the jobs' tokens, with the fastest of some settings."""
    import ctranslate2

    from kzpress.domain import Hypothesis
    from kzpress.engine import discover
    from kzpress.engine.argos import ArgosEngine

    rows: list[list[str]] = []
    prefixes: list[list[str]] = []

    class Listing(ArgosEngine):
        """Lists what it is about to decode, and decodes nothing."""

        def _first_tries(self, weights: Any, parts: Any, progress: Any) -> Any:  # noqa: ARG002
            rows.extend(part.pieces for part in parts)
            prefixes.extend(part.prefix for part in parts)
            return [(Hypothesis(text="…", score=0.0),)] * len(parts)

    Listing(discover(models), second_tries=False).translate(read_jobs(folder))
    weights = discover(models)[0].weights

    def seconds(translator: Any, tokens: int, step: int) -> float:
        started = time.perf_counter()
        translator.translate_batch(
            rows[::step], target_prefix=prefixes[::step], beam_size=BEAM, max_batch_size=tokens, batch_type="tokens"
        )
        return time.perf_counter() - started

    cores = os.cpu_count() or 1
    tried: dict[tuple[int, int, int], float] = {}
    for workers, threads in {(cores, 1), (1, cores)}:
        translator = ctranslate2.Translator(str(weights / "model"), inter_threads=workers, intra_threads=threads)
        seconds(translator, BATCHES[0], max(1, len(rows) // 4))
        for tokens in BATCHES:
            tried[workers, threads, tokens] = seconds(translator, tokens, min(8, len(rows)))
    workers, threads, tokens = min(tried, key=lambda setting: tried[setting])
    translator = ctranslate2.Translator(str(weights / "model"), inter_threads=workers, intra_threads=threads)
    seconds(translator, tokens, len(rows))
    took = seconds(translator, tokens, 1)
    return {"seconds": took, "setting": f"{workers} × {threads} threads, {tokens} tokens a batch"}


def child(way: str, folder: Path, models: Path) -> None:
    """Run one way and print what it found with this process's peak memory."""
    ways = {"prepare": prepare, "ours": ours, "engine": engine, "once": once, "stock": stock, "bare": bare}
    found = ways[way](folder, models)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found["peak_mb"] = peak / (1e6 if sys.platform == "darwin" else 1e6 / 1024)
    print(json.dumps(found))


# ------------------------------------------------------------------ the run


def ask(way: str, folder: Path, models: Path) -> dict[str, Any]:
    """Run a way in a process of its own that sees neither the user's Argos folder nor what others left in memory."""
    for name in ("none", "xdg"):
        (folder / name).mkdir(exist_ok=True)
    environment = os.environ | {
        "ARGOS_PACKAGES_DIR": str(folder / ("stock" if way == "stock" else "none")),
        "XDG_DATA_HOME": str(folder / "xdg"),
        "XDG_CONFIG_HOME": str(folder / "xdg"),
        "XDG_CACHE_HOME": str(folder / "xdg"),
    }
    command = [sys.executable, __file__, "--way", way, "--folder", str(folder), "--models", str(models)]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def measure(texts: list[str], models: Path, rounds: int) -> dict[str, Any]:
    """Run every way ``rounds`` times in turn and keep the median seconds and the highest memory of each."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, text in enumerate(texts, 1):
            (folder / f"release-{number:03}.txt").write_text(text, "utf-8")
        lay_out(models, folder / "stock")
        work = ask("prepare", folder, models)
        answers: dict[str, list[dict[str, Any]]] = {way: [] for way in WAYS}
        for _ in range(rounds):
            for way in WAYS:
                answers[way].append(ask(way, folder, models))
    limit = statistics.median(answer["seconds"] for answer in answers["bare"])
    slowest = statistics.median(answer["seconds"] for answer in answers["stock"])
    rows = {}
    for way, found in answers.items():
        seconds = statistics.median(answer["seconds"] for answer in found)
        rows[way] = {
            "seconds": round(seconds, 2),
            "all_seconds": [round(answer["seconds"], 2) for answer in found],
            "words_per_second": round(work["words"] * len(TARGETS) / seconds, 1),
            "share_of_limit": round(limit / seconds, 3),
            "times_stock": round(slowest / seconds, 2),
            "peak_mb": round(max(answer["peak_mb"] for answer in found)),
        }
    return {
        "releases": len(texts),
        **{key: work[key] for key in ("paragraphs", "sentences", "words")},
        "targets": TARGETS,
        "digest": hashlib.sha256("".join(texts).encode()).hexdigest()[:12],
        "beam": BEAM,
        "rounds": rounds,
        "cores": os.cpu_count(),
        "machine": platform.machine(),
        "packages": {name: version(name) for name in ("kzpress", "ctranslate2", "argos-translate-lt")},
        "limit_setting": answers["bare"][-1]["setting"],
        "rows": rows,
    }


def table(found: dict[str, Any]) -> str:
    """Word the result for people."""
    packages = ", ".join(f"{name} {number}" for name, number in found["packages"].items())
    size = f"{found['releases']} releases, {found['sentences']} sentences, {found['words']} English words"
    how = f"{found['cores']} cores, median of {found['rounds']}, limit at {found['limit_setting']}"
    lines = [
        f"{size}, each into {' and '.join(TARGETS)}; texts {found['digest']}",
        f"{packages}; beam {BEAM}; {how}",
        "",
        f"{'':<42} {'seconds':>8} {'words/s':>8} {'of limit':>9} {'× stock':>8} {'peak MB':>8}",
    ]
    for way, label in WAYS.items():
        row = found["rows"][way]
        lines.append(
            f"{label:<42} {row['seconds']:>8.1f} {row['words_per_second']:>8.0f} {row['share_of_limit']:>9.2f} "
            f"{row['times_stock']:>8.1f} {row['peak_mb']:>8}"
        )
    return "\n".join([*lines, "", NOTE])


def main() -> None:
    """Measure and print, or, in a process that ``ask`` started, run one way."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--releases", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=3, help="how often each way is run (default 3)")
    parser.add_argument("--sentences", type=Path, default=SENTENCES, help="TSV whose first column is English")
    parser.add_argument("--models", type=Path, default=MODELS, help="folder of packages (default: the embedded ones)")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of the table")
    parser.add_argument("--way", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.way:
        child(options.way, options.folder, options.models.resolve())
        return
    found = measure(releases(options.sentences, options.releases), options.models.resolve(), options.rounds)
    print(json.dumps(found, ensure_ascii=False) if options.json else table(found))


if __name__ == "__main__":
    main()
