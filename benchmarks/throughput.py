"""Measure translating many releases at once: kzpress, its peers and bare CTranslate2 in one run.

    python benchmarks/throughput.py [--releases 50] [--rounds 3] [--libretranslate DIR] [--json]

English releases, put together from a file of sentences, are translated into Russian and Kazakh in several ways, each in
a process of its own, with the same packages on the same machine: kzpress end to end, catalogues written; kzpress's
engine alone; a loop over ``argostranslate.translate.translate``, a call a paragraph and language; a LibreTranslate
server over HTTP, if ``--libretranslate`` names a folder whose virtual environment has one or where one may be made
(minutes, gigabytes, the package index); and one ``translate_batch`` over the rows of tokens that the engine decodes
(names annotated, second tries included), with the best of some batch settings, which is the limit.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import peers
from ways import BEAM, TARGETS

ROOT: Final = Path(__file__).parent.parent
SENTENCES: Final = ROOT / "training" / "eval" / "domain.en-ru-kk.tsv"
MODELS: Final = ROOT / "src" / "kzpress" / "data" / "models"
PARAGRAPHS: Final = (2, 3, 2, 3, 1)  # sentences of each paragraph after the headline
WAYS: Final = {
    "stock": "stock argostranslate, a call a paragraph",
    "server": "LibreTranslate, a request a paragraph",
    "batched": "LibreTranslate, a request a release",
    "ours": "kzpress, end to end",
    "engine": "kzpress, engine alone",
    "once": "kzpress, engine without second tries",
    "bare": "CTranslate2 alone, one batch (limit)",
}
SERVED: Final = ("server", "batched")
NOTES: Final = {
    "stock": """\
stock: its sentence splitter is downloaded at first use and ARGOS_CHUNK_TYPE=NONE is refused, so it is handed the
sentences that kzpress cut, at no cost in time. stock and end to end include loading the model; the engine and the limit
do not.""",
    "server": """\
LibreTranslate: at its defaults. Its start and first answer are not counted; it cuts sentences with the splitter inside
the packages. A request a paragraph is one client that waits for each answer; a request a release is its batch form, all
paragraphs in one list, from as many clients as there are cores. Its processor seconds are whole ones.""",
}


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


# ------------------------------------------------------------------ the run


def ask(way: str, folder: Path, place: Path) -> dict[str, Any]:
    """Run a way in a process of its own that sees neither the user's Argos folder nor what others left in memory."""
    for name in ("none", "xdg"):
        (folder / name).mkdir(exist_ok=True)
    environment = os.environ | {
        "ARGOS_PACKAGES_DIR": str(folder / ("stock" if way == "stock" else "none")),
        "XDG_DATA_HOME": str(folder / "xdg"),
        "XDG_CONFIG_HOME": str(folder / "xdg"),
        "XDG_CACHE_HOME": str(folder / "xdg"),
    }
    command = [sys.executable, str(Path(__file__).with_name("ways.py")), way, str(folder), str(place)]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def measure(texts: list[str], models: Path, rounds: int, served: Path | None) -> dict[str, Any]:
    """Run every way ``rounds`` times in turn and keep the median seconds and the highest memory of each."""
    ways = [way for way in WAYS if served or way not in SERVED]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, text in enumerate(texts, 1):
            (folder / f"release-{number:05}.txt").write_text(text, "utf-8")
        lay_out(models, folder / "stock")
        if served:
            peers.environment(served, "libretranslate")
            peers.export(folder / "files", models)
        work = ask("prepare", folder, models)
        answers: dict[str, list[dict[str, Any]]] = {way: [] for way in ways}
        for _ in range(rounds):
            for way in ways:
                answers[way].append(ask(way, folder, served if served and way in SERVED else models))
    packages = {name: version(name) for name in ("kzpress", "ctranslate2", "argos-translate-lt")}
    if served:
        packages |= [answers["server"][0]["program"].split()]
    return {
        "releases": len(texts),
        **{key: work[key] for key in ("paragraphs", "sentences", "words")},
        "targets": TARGETS,
        "digest": hashlib.sha256("".join(texts).encode()).hexdigest()[:12],
        "beam": BEAM,
        "rounds": rounds,
        "cores": os.cpu_count(),
        "machine": platform.machine(),
        "packages": packages,
        "limit_setting": answers["bare"][-1]["setting"],
        "rows": rows(answers, work["words"] * len(TARGETS)),
    }


def rows(answers: dict[str, list[dict[str, Any]]], words: int) -> dict[str, dict[str, Any]]:
    """Put the rounds of each way together, and each way beside the limit and the slowest loop."""

    def middle(way: str, key: str = "seconds") -> float:
        return float(statistics.median(answer[key] for answer in answers[way]))

    found: dict[str, dict[str, Any]] = {}
    for way, own in answers.items():
        found[way] = {
            "label": WAYS[way],
            "seconds": round(middle(way), 2),
            "cpu": round(middle(way, "cpu"), 2),
            "all_seconds": [round(answer["seconds"], 2) for answer in own],
            "words_per_second": round(words / middle(way), 1),
            "share_of_limit": round(middle("bare") / middle(way), 3),
            "share_of_limit_cpu": round(middle("bare", "cpu") / middle(way, "cpu"), 3),
            "times_stock": round(middle("stock") / middle(way), 2),
            "peak_mb": round(max(answer["peak_mb"] or 0 for answer in own)),
        }
        if "start" in own[0]:
            found[way]["start_seconds"] = round(middle(way, "start"), 2)
    return found


def table(found: dict[str, Any]) -> str:
    """Word the result for people."""
    packages = ", ".join(f"{name} {number}" for name, number in found["packages"].items())
    size = f"{found['releases']} releases, {found['sentences']} sentences, {found['words']} English words"
    how = f"{found['cores']} cores, median of {found['rounds']}, limit at {found['limit_setting']}"
    lines = [
        f"{size}, each into {' and '.join(TARGETS)}; texts {found['digest']}",
        f"{packages}; beam {BEAM}; {how}",
        "",
        f"{'':<42} {'seconds':>8} {'cpu s':>8} {'words/s':>8} {'of limit':>9} {'× stock':>8} {'peak MB':>8}",
    ]
    lines += [
        f"{row['label']:<42} {row['seconds']:>8.1f} {row['cpu']:>8.1f} {row['words_per_second']:>8.0f} "
        f"{row['share_of_limit']:>9.2f} {row['times_stock']:>8.1f} {row['peak_mb']:>8}"
        for row in found["rows"].values()
    ]
    return "\n".join([*lines, "", *(note for way, note in NOTES.items() if way in found["rows"])])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--releases", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=3, help="how often each way is run (default 3)")
    parser.add_argument("--sentences", type=Path, default=SENTENCES, help="TSV whose first column is English")
    parser.add_argument("--models", type=Path, default=MODELS, help="folder of packages (default: the embedded ones)")
    parser.add_argument(
        "--libretranslate", type=Path, metavar="DIR", help="folder of its virtual environment, made if it is not there"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object instead of the table")
    options = parser.parse_args()
    texts = releases(options.sentences, options.releases)
    found = measure(texts, options.models.resolve(), options.rounds, options.libretranslate)
    print(json.dumps(found, ensure_ascii=False) if options.json else table(found))


if __name__ == "__main__":
    main()
