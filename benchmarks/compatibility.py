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
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import permutations
from pathlib import Path

TEXTS = {
    "en": "The sides discussed trade with Mr. A. Serikov. They agreed to meet again in Astana in the autumn.",
    "ru": "Стороны обсудили торговлю с А. Сериковым в г. Алматы. Они договорились вновь встретиться осенью в Астане.",
    "kk": "Тараптар А. Серіковпен сауда мәселелерін талқылады. Олар күзде Астанада қайта кездесуге келісті.",
}
PAIRS = list(permutations(TEXTS, 2))

OFFLINE = """
import socket
_connect, _find = socket.socket.connect, socket.getaddrinfo
def _near(host): return host in ("localhost", "127.0.0.1", "::1", "0.0.0.0", None, "")
def connect(self, address):
    if isinstance(address, tuple) and not _near(address[0]): raise OSError("no network here")
    return _connect(self, address)
def getaddrinfo(host, *args, **more):
    if not _near(host): raise socket.gaierror("no network here")
    return _find(host, *args, **more)
socket.socket.connect, socket.getaddrinfo = connect, getaddrinfo
"""

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
        files = export(work / "packages", args.models)
        answers = {}
        for program in args.programs:
            python, version = environment(work, program)
            ask = ask_argos if program.startswith("argos") else ask_libretranslate
            answers[version] = ask(python, files, home(work))
    return table(answers)


def export(folder: Path, models: Path | None) -> list[Path]:
    """Write the packages and return their files."""
    command = [sys.executable, "-m", "kzpress", "models", "export", "--force", "--json", "--to", str(folder)]
    done = run([*command, *(["--models", str(models)] if models else [])])
    made = [json.loads(line) for line in done.splitlines()]
    print(f"exported {len(made)} files of {made[0]['bytes'] / 1e6:.1f} MB to {folder}")
    return [Path(line["path"]) for line in made]


def environment(work: Path, program: str) -> tuple[Path, str]:
    """Return the Python of a virtual environment with ``program``, and its name and version."""
    name = program.partition("=")[0]
    folder = work / f"venv-{name}"
    python = folder / "bin" / "python"
    if not python.exists():
        print(f"installing {program} into {folder}", flush=True)
        venv.create(folder, with_pip=True)
    run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", program])
    version = run([str(python), "-c", f"from importlib.metadata import version; print(version({name!r}))"]).strip()
    return python, f"{name} {version}"


def home(work: Path) -> dict[str, str]:
    """Return an environment in which nothing of this machine's user is seen and no other machine is reached."""
    place = Path(tempfile.mkdtemp(prefix="home-", dir=work))
    (place / "sitecustomize.py").write_text(OFFLINE, "utf-8")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("ARGOS", "LT_", "KZPRESS", "XDG"))}
    own = {"HOME": place, "XDG_DATA_HOME": place / "data", "XDG_CACHE_HOME": place / "cache", "PYTHONPATH": place}
    own["ARGOS_PACKAGES_DIR"] = place / "packages"
    return kept | {key: str(value) for key, value in own.items()}


def ask_argos(python: Path, files: list[Path], env: dict[str, str]) -> dict[str, str]:
    """Let Argos Translate install the files and translate."""
    done = run([str(python), "-c", ARGOS, json.dumps(TEXTS), *map(str, files)], env)
    return dict(json.loads(done.splitlines()[-1]))


def ask_libretranslate(python: Path, files: list[Path], env: dict[str, str]) -> dict[str, str]:
    """Install the files, start a server on them and ask it."""
    for path in files:
        run([sys.executable, "-m", "kzpress", "models", "install", str(path), "--to", env["ARGOS_PACKAGES_DIR"]])
    with server(python, env) as address:
        return {f"{a}-{b}": post(address, a, b) for a, b in PAIRS}


@contextmanager
def server(python: Path, env: dict[str, str]) -> Iterator[str]:
    """Run a LibreTranslate server on a free port until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(python.parent / "libretranslate"), "--load-only", "en,kk,ru", "--host", "127.0.0.1"]
    log = Path(env["HOME"]) / "server.log"
    with log.open("wb") as output:
        running = subprocess.Popen(
            [*command, "--port", str(port)], env=env, cwd=env["HOME"], stdout=output, stderr=subprocess.STDOUT
        )
        try:
            address = f"http://127.0.0.1:{port}"
            languages = wait_for(f"{address}/languages", running, log)
            print(
                "LibreTranslate serves", ", ".join(f"{line['code']}→{'/'.join(line['targets'])}" for line in languages)
            )
            yield address
        finally:
            running.terminate()
            running.wait(30)


def wait_for(address: str, running: subprocess.Popen[bytes], log: Path) -> list[dict[str, object]]:
    """Return the JSON at ``address`` as soon as there is any."""
    for _ in range(240):
        if running.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return list(json.load(answer))
        except (OSError, ValueError):
            time.sleep(0.5)
    sys.exit(f"the server does not answer:\n{log.read_text('utf-8', 'replace')[-3000:]}")


def post(address: str, source: str, target: str) -> str:
    """Ask the server for one translation."""
    body = json.dumps({"q": TEXTS[source], "source": source, "target": target, "format": "text"}).encode()
    request = urllib.request.Request(f"{address}/translate", body, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:
            return str(json.load(answer)["translatedText"])
    except urllib.error.HTTPError as error:
        return f"[{error.code}] {error.read().decode('utf-8', 'replace')}"


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


def run(command: list[str], env: dict[str, str] | None = None) -> str:
    """Run a command and return what it printed; its errors end the program."""
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command[:6])} … ended with {done.returncode}\n{done.stderr[-3000:]}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
