"""Measure how kzpress grows with the number of releases: seconds and peak memory from ten releases to ten thousand.

    python benchmarks/scale.py [--sizes 10,100,1000] [--archive 10000] [--real] [--json]

For each size a workspace of its own is made, the glossary indexed, and every row is a process of its own in it.
Sentences come from ``training/eval``. Unless ``--real`` asks for the embedded packages, the engine puts letters into
the other script: it costs nothing, so that what is measured is all that kzpress does around the model. ``--archive``
adds a workspace of so many releases that were not drafted but copied from the largest of the others, with slugs,
records and lines in the indexes of their own: what is measured there is what looks at all of a workspace. ``×`` is the
growth of seconds over the size before, to be compared with that of the releases; nothing is extrapolated.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from peak import peak_mb

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kzpress.domain import Hypothesis, Lang, Route
    from kzpress.engine import Engine, Job
    from kzpress.glossary import Glossary
    from kzpress.results import Translated
    from kzpress.workspace import Workspace

HERE: Final = Path(__file__).parent
SENTENCES: Final = HERE.parent / "training" / "eval" / "domain.en-ru-kk.tsv"
TARGETS: Final = ("ru", "kk")
ROWS: Final = {
    "new": "translate, all new",
    "unchanged": "translate, all unchanged",
    "one-cold": "translate, one new, no memory yet",
    "one": "translate, one new among them",
    "status-cold": "status, nothing remembered",
    "status": "status",
    "status-named": "status, a name new in the glossary",
    "check": "check",
}
OF_ALL: Final = ("new", "unchanged", "one", "status-cold", "status", "check")
OF_ARCHIVE: Final = ("unchanged", "one-cold", "one", "status", "status-named", "check")
# A name that no release has.
NAME: Final = """
[baitasov]
kind = "person"
gender = "m"
names = { en = "Tulegen Baitasov", ru = "Тулеген Байтасов", kk = "Төлеген Байтасов" }
source = "benchmark"
"""
LATIN: Final = "abcdefghijklmnopqrstuvwxyz"
CYRILLIC: Final = "абсдефгхижклмнопқрстұвшзүі"
TABLE: Final = str.maketrans(LATIN + LATIN.upper(), CYRILLIC + CYRILLIC.upper())


class Letters:
    """An engine that puts every letter into the other script."""

    def route(self, source: Lang, target: Lang) -> Route:
        """Claim a direct way."""
        from kzpress.domain import Route

        return Route(langs=(source, target), packages=("letters 0",))

    def translate(
        self, jobs: Sequence[Job], progress: Callable[[int], None] | None = None
    ) -> tuple[tuple[Hypothesis, ...], ...]:
        """Answer every job with its own text, letter by letter."""
        from kzpress.domain import Hypothesis

        if progress:
            progress(sum(len(job.text) for job in jobs))
        return tuple((Hypothesis(text=job.text.translate(TABLE), score=0.0),) for job in jobs)


# ------------------------------------------------------------------ workspaces


def lay_out(folder: Path, texts: Sequence[str]) -> None:
    """Make a workspace with releases in its inbox."""
    from kzpress import workspace

    workspace.create(folder)
    for number, text in enumerate(texts):
        (folder / "inbox" / f"release-{number:06}.txt").write_text(text, "utf-8")


def multiply(folder: Path, count: int) -> None:
    """Make a workspace of ``count`` releases out of those that are drafted in it, by copying.

    A copy is a release of its own, in the inbox and in what is remembered too: white space that no other has follows
    its text.
    """
    from kzpress import glossary, recognising, records, workspace
    from kzpress.domain import Lang

    place = workspace.find(folder)
    terms = glossary.load(place.glossary, cache=place.index)
    targets = [Lang(code) for code in TARGETS]
    with records.opened(place) as there, recognising.opened(place, terms, there, targets) as known:
        found = [known.find(path, Lang.EN, Letters()) for path in sorted(place.inbox.glob("release-*.txt"))]
        models = [_Model(place, result) for result in found if result]
        for number in range(len(models), count):
            known.keep_as_it_is(*models[number % len(models)].copied(place, number))
    time.sleep(2.1)  # what is fresh is not remembered
    remember(place, terms)


def remember(place: Workspace, terms: Glossary) -> None:
    """Have ``status`` remember of a copy what it remembers of the original."""
    from kzpress import catalog, glossary, review_index
    from kzpress.older import marks_of
    from kzpress.workspace import LEDGER, RECORD

    with review_index.opened(place.review_index, terms.digest, terms) as index:
        facts: dict[str, tuple[dict[str, Any], bytes]] = {}
        for slug, lang, path in place.catalogs():
            original, copy, _ = slug.partition("-copy-")
            release = f"{place.releases}/{slug}"
            mark = f"{review_index.stamp(path)} {review_index.stamp(f'{release}/{LEDGER}', f'{release}/{RECORD}')}"
            if copy:
                told, words = facts[f"{original}.{lang}"]
                index.keep(f"{slug}.{lang}", mark, told, told["findings"], words)
            else:
                texts = (text for entry in catalog.read(path).entries for text in (entry.key.source, entry.text))
                told = index.seen(f"{slug}.{lang}", mark) or {}
                facts[f"{slug}.{lang}"] = told, marks_of(glossary.words_of(texts))


class _Model:
    """A drafted release in memory, to be copied under other names."""

    def __init__(self, place: Workspace, result: Translated) -> None:
        self._result, slug = result, str(result.slug)
        self._record = json.loads(place.record_of(slug).read_text("utf-8"))
        self._source = place.record_of(slug).with_name(self._record["source"]).read_bytes()
        self._catalogs = [target.path.read_bytes() for target in result.targets]

    def copied(self, place: Workspace, number: int) -> tuple[Translated, str, str, str]:
        """Write one more release; return what became of it, its name in the inbox, digest and source."""
        before, slug, name = self._record, f"{self._record['slug']}-copy-{number}", f"release-{number:06}.txt"
        data = self._source + f"{number:b}".translate({48: " ", 49: "\t"}).encode() + b"\n"
        facts = before | {"slug": slug, "origin": name, "digest": hashlib.sha256(data).hexdigest()}
        release = place.record_of(slug).parent
        release.mkdir()
        (place.inbox / name).write_bytes(data)
        (release / before["source"]).write_bytes(data)
        (release / "release.json").write_text(json.dumps(facts, ensure_ascii=False), "utf-8")
        targets = tuple(replace(one, path=place.catalog(one.lang, slug)) for one in self._result.targets)
        for target, text in zip(targets, self._catalogs, strict=True):
            own = text.replace(before["slug"].encode(), slug.encode())
            target.path.write_bytes(own.replace(before["digest"].encode(), facts["digest"].encode()))
        result = replace(self._result, path=place.inbox / name, slug=slug, targets=targets)
        return result, name, facts["digest"], before["source"]


# ------------------------------------------------------------------ one row, in a process of its own


def run(row: str, folder: Path, *, real: bool) -> dict[str, Any]:
    """Do what a row says in the workspace at ``folder``; return its seconds and peak memory."""
    started = time.perf_counter()
    if row == "index":
        lines = index(folder)
    else:
        lines = (
            translate(row, folder, real=real) if row in {"new", "unchanged", "one-cold", "one"} else look(row, folder)
        )
    seconds = time.perf_counter() - started
    return {
        "seconds": round(seconds, 3),
        "cpu": round(sum(os.times()[:4]), 3),  # with the processes of ``status`` and the start of this one
        "peak_mb": round(peak_mb() or 0),
        "lines": lines,
    }


def index(folder: Path) -> int:
    """Make the glossary's index, whose cost glossary.py tells; return how many names there are."""
    from kzpress import glossary, workspace
    from kzpress.domain import Lang

    place = workspace.find(folder)
    terms = glossary.load(place.glossary, cache=place.index)
    for lang in Lang:
        glossary.find(terms, "Astana, Астана", lang, None)
    return len(terms)


def translate(row: str, folder: Path, *, real: bool) -> int:
    """Translate the inbox, or one new release; return how many were told."""
    from kzpress import pipeline, report, workspace
    from kzpress.domain import Lang
    from kzpress.engine import discover
    from kzpress.engine.argos import ArgosEngine

    place = workspace.find(folder)
    paths = sorted(place.inbox.glob("release-*.txt"))
    if row in {"one", "one-cold"}:
        name = f"{row}-{len(paths)}"
        paths = [place.inbox / f"{name}.txt"]
        paths[0].write_text(
            f"Lake {name}\n\nThe lake was cleaned in May. Nobody may fish there now: {name}.\n", "utf-8"
        )
    engine: Engine = ArgosEngine(discover(place.models)) if real else Letters()
    lines = 0
    with contextlib.redirect_stdout(io.StringIO()) as told:
        for result in pipeline.translate(
            place, paths, engine, source=Lang.EN, targets=[Lang(code) for code in TARGETS]
        ):
            if result.error:
                raise result.error
            if row == "unchanged" and any(target.changed or target.drafted for target in result.targets):
                raise SystemExit("something changed")
            report.tell(report.translated(place, result), as_json=False)
            told.seek(0)
            told.truncate()
            lines += 1
    return lines


def look(row: str, folder: Path) -> int:
    """Call ``status`` or ``check`` with its output into nothing; return how many catalogues there are."""
    from kzpress import cli

    with Path(os.devnull).open("w", encoding="utf-8") as nothing, contextlib.redirect_stdout(nothing):
        cli.run(["--workspace", str(folder), row.partition("-")[0]])
    return sum(1 for _ in folder.glob("locales/*/LC_MESSAGES/*.po"))


# ------------------------------------------------------------------ the run


def ask(row: str, folder: Path, *, real: bool) -> dict[str, Any]:
    """Run a row in a process of its own."""
    if row == "status-cold":
        for path in (folder / ".kzpress").glob("review.sqlite*"):
            path.unlink()
        time.sleep(2.1)  # what is fresh is not remembered
    if row == "status-named":
        people = folder / "glossary" / "people.toml"
        people.write_text(people.read_text("utf-8") + NAME, "utf-8")
        ask("index", folder, real=real)
    command = [sys.executable, __file__, "--row", row, "--folder", str(folder), *(["--real"] if real else [])]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def measure(sizes: Sequence[int], archive: int, *, real: bool) -> dict[str, Any]:
    """Measure every row at every size."""
    from throughput import releases

    texts = releases(SENTENCES, max(sizes))
    found: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as name:
        for size in sizes:
            folder = Path(name) / str(size)
            lay_out(folder, texts[:size])
            ask("index", folder, real=False)
            found.append(
                {"releases": size, "copied": False, "rows": {row: ask(row, folder, real=real) for row in OF_ALL}}
            )
        if archive:
            multiply(folder, archive)
            rows = {row: ask(row, folder, real=real) for row in OF_ARCHIVE}
            found.append({"releases": archive, "copied": True, "rows": rows})
    return {
        "targets": TARGETS,
        "engine": "embedded packages" if real else "letters",
        "cores": os.cpu_count(),
        "packages": {"kzpress": version("kzpress"), "ctranslate2": version("ctranslate2")},
        "sizes": found,
    }


def table(found: dict[str, Any]) -> str:
    """Word the result for people."""
    lines = [
        f"{len(TARGETS)} locales each, engine: {found['engine']}, {found['cores']} cores",
        "",
        f"{'':<32} {'releases':>9} {'seconds':>9} {'×':>7} {'cpu s':>8} {'ms each':>8} {'peak MB':>8}",
    ]
    for row, label in ROWS.items():
        before = 0.0
        for size in found["sizes"]:
            if row in size["rows"]:
                one = size["rows"][row]
                growth = f"{one['seconds'] / before:.1f}" if before else ""
                each = 1000 * one["seconds"] / size["releases"]
                copied = " copied" if size["copied"] else ""
                seconds = f"{one['seconds']:>9.2f} {growth:>7} {one['cpu']:>8.2f} {each:>8.2f}"
                head = label if not growth else ""
                lines.append(f"{head:<32} {size['releases']:>9,} {seconds} {one['peak_mb']:>8}{copied}")
                before = one["seconds"]
    return "\n".join(lines)


def main() -> None:
    """Measure and print, or, in a process that ``ask`` started, run one row."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="10,100,1000", help="numbers of releases, ascending (default 10,100,1000)")
    parser.add_argument("--archive", type=int, default=0, help="releases of a workspace made by copying (default none)")
    parser.add_argument("--real", action="store_true", help="decode with the embedded packages")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of the table")
    parser.add_argument("--row", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.row:
        print(json.dumps(run(options.row, options.folder, real=options.real)))
        return
    sizes = sorted(int(size) for size in options.sizes.split(","))
    found = measure(sizes, options.archive, real=options.real)
    print(json.dumps(found, ensure_ascii=False) if options.json else table(found))


if __name__ == "__main__":
    main()
