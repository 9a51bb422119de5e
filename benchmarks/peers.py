"""Other translation programs with our packages: each in a virtual environment of its own, cut off from networks."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import venv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

OFFLINE: Final = """
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
PATIENCE: Final = 240.0  # seconds until a server must answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running LibreTranslate: where it listens, which process it is, and the seconds it took to answer at all."""

    address: str
    pid: int
    started: float
    targets: Mapping[str, Sequence[str]]


def environment(work: Path, program: str) -> tuple[Path, str]:
    """Return the Python of the virtual environment in ``work`` that has ``program``, and its name and version.

    It is made if there is none, which takes minutes and gigabytes; ``program`` may name a version as pip does.
    """
    name = program.partition("=")[0]
    folder = work.resolve() / f"venv-{name}"
    python = folder / "bin" / "python"
    if not python.exists():
        print(f"installing {program} into {folder}", file=sys.stderr, flush=True)
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


def export(folder: Path, models: Path | None) -> list[Path]:
    """Write the packages of ``models``, or else the embedded ones, as files for other programs."""
    command = [sys.executable, "-m", "kzpress", "models", "export", "--force", "--json", "--to", str(folder)]
    done = run([*command, *(["--models", str(models)] if models else [])])
    return [Path(json.loads(line)["path"]) for line in done.splitlines()]


def install(files: Sequence[Path], env: Mapping[str, str]) -> None:
    """Lay the packages where a program in ``env`` looks for them."""
    for path in files:
        run([sys.executable, "-m", "kzpress", "models", "install", str(path), "--to", env["ARGOS_PACKAGES_DIR"]])


@contextmanager
def libretranslate(python: Path, env: Mapping[str, str]) -> Iterator[Server]:
    """Run a LibreTranslate server on a free port until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(python.parent / "libretranslate"), "--load-only", "en,kk,ru", "--host", "127.0.0.1"]
    log = Path(env["HOME"]) / "server.log"
    with log.open("wb") as output:
        began = time.perf_counter()
        running = subprocess.Popen(
            [*command, "--port", str(port)], env=env, cwd=env["HOME"], stdout=output, stderr=subprocess.STDOUT
        )
        try:
            address = f"http://127.0.0.1:{port}"
            targets = _wait(f"{address}/languages", running, log)
            yield Server(address=address, pid=running.pid, started=time.perf_counter() - began, targets=targets)
        finally:
            running.terminate()
            running.wait(30)


def _wait(address: str, running: subprocess.Popen[bytes], log: Path) -> dict[str, list[str]]:
    """Return the languages and their targets as soon as the server tells them."""
    until = time.monotonic() + PATIENCE
    while running.poll() is None and time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return {line["code"]: line["targets"] for line in json.load(answer)}
        except (OSError, ValueError):
            time.sleep(0.1)
    sys.exit(f"the server does not answer:\n{log.read_text('utf-8', 'replace')[-3000:]}")


def ask(server: Server, texts: Sequence[str], source: str, target: str) -> list[str]:
    """Ask for translations, several in one request: LibreTranslate's batch form.

    Raises:
        RuntimeError: the server refused.
    """
    body = json.dumps({"q": list(texts), "source": source, "target": target, "format": "text"}).encode()
    request = urllib.request.Request(f"{server.address}/translate", body, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=600) as answer:
            return list(json.load(answer)["translatedText"])
    except urllib.error.HTTPError as error:
        raise RuntimeError(f"{error.code}: {error.read().decode('utf-8', 'replace')}") from error


def run(command: Sequence[str], env: Mapping[str, str] | None = None) -> str:
    """Run a command and return what it printed; its errors end the program."""
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command[:6])} … ended with {done.returncode}\n{done.stderr[-3000:]}")
    return done.stdout
