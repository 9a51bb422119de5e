#!/usr/bin/env python3
"""Do stock Argos Translate and LibreTranslate take our packages? Install both, give them the files, ask six directions.

Exports the embedded packages (or those of ``--models``), makes a fresh virtual environment for each program with what
the package index has today, and runs them without a network: sockets to other machines fail. Argos Translate installs
the files itself; for LibreTranslate, a real server on a free port of this machine, ``kzpress models install`` does.

    python benchmarks/compatibility.py [--work DIR] [--models DIR] [argostranslate==1.11.0] [libretranslate==1.9.6]

Minutes and gigabytes the first time (Argos Translate brings PyTorch); ``--work`` keeps the environments. Status 1 if a
translation is missing, in the wrong alphabet or not what it should be in length.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from itertools import permutations
from pathlib import Path

import peers

TEXTS = {
    "en": "The sides discussed trade with Mr. A. Serikov. They agreed to meet again in Astana in the autumn.",
    "ru": "Стороны обсудили торговлю с А. Сериковым в г. Алматы. Они договорились вновь встретиться осенью в Астане.",
    "kk": "Тараптар А. Серіковпен сауда мәселелерін талқылады. Олар күзде Астанада қайта кездесуге келісті.",
}
PAIRS = list(permutations(TEXTS, 2))

ARGOS = """
import json, sys
from argostranslate import package, translate
for path in sys.argv[2:]: package.install_from_path(path)
texts = json.loads(sys.argv[1])
pairs = [(a, b) for a in texts for b in texts if a != b]
print(json.dumps({f"{a}-{b}": translate.translate(texts[a], a, b) for a, b in pairs}))
"""


def main() -> int:
    """Run both and print what each answered."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("programs", nargs="*", default=["argostranslate", "libretranslate"])
    parser.add_argument("--work", type=Path, help="keep environments and packages here")
    parser.add_argument("--models", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        work = (args.work or Path(temporary)).resolve()
        files = peers.export(work / "packages", args.models)
        print(f"exported {len(files)} files of {files[0].stat().st_size / 1e6:.1f} MB to {work / 'packages'}")
        answers = {}
        for program in args.programs:
            python, version = peers.environment(work, program)
            ask = ask_argos if program.startswith("argos") else ask_libretranslate
            answers[version] = ask(python, files, peers.home(work))
    return table(answers)


def ask_argos(python: Path, files: list[Path], env: dict[str, str]) -> dict[str, str]:
    """Let Argos Translate install the files and translate."""
    done = peers.run([str(python), "-c", ARGOS, json.dumps(TEXTS), *map(str, files)], env)
    return dict(json.loads(done.splitlines()[-1]))


def ask_libretranslate(python: Path, files: list[Path], env: dict[str, str]) -> dict[str, str]:
    """Install the files, start a server on them and ask it; a refusal stands for the translation."""
    peers.install(files, env)
    with peers.libretranslate(python, env) as server:
        served = ", ".join(f"{code}→{'/'.join(targets)}" for code, targets in server.targets.items())
        print("LibreTranslate serves", served)
        return {f"{a}-{b}": _asked(server, a, b) for a, b in PAIRS}


def _asked(server: peers.Server, source: str, target: str) -> str:
    try:
        return peers.ask(server, [TEXTS[source]], source, target)[0]
    except RuntimeError as error:
        return f"[{error}]"


def table(answers: dict[str, dict[str, str]]) -> int:
    """Print the answers and tell whether all are translations."""
    wrong = 0
    for source, target in PAIRS:
        print(f"\n{source}→{target}  {TEXTS[source]}")
        for program, found in answers.items():
            text = found.get(f"{source}-{target}", "")
            problem = fault(text, source, target)
            wrong += bool(problem)
            print(f"  {problem or 'ok':12} {program:24} {text}")
    total = len(PAIRS) * len(answers)
    print(f"\n{total - wrong} of {total} translations sound, by {' and '.join(answers)}, without a network")
    return 1 if wrong else 0


def fault(text: str, source: str, target: str) -> str | None:
    """Tell what is wrong with a translation, if it is none at all."""
    letters = [ch for ch in text if ch.isalpha()]
    cyrillic = sum("\u0400" <= ch <= "\u052f" for ch in letters)
    if re.search(r"[<>]|__|_Cyrl|_Latn", text):
        return "prefix"
    if not 0.5 < len(text) / len(TEXTS[source]) < 2:
        return "length"
    if (cyrillic > 0.2 * len(letters)) is (target == "en"):
        return "alphabet"
    return "language" if target == "kk" and not set(text.lower()) & set("әғқңөұүһі") else None


if __name__ == "__main__":
    sys.exit(main())
