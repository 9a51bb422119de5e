"""Fetch public parallel corpora: one TSV file for every name in public.toml, which corpus.py then reads with the rest.

    python training/fetch.py --to CORPORA/public [--only kk-ru] [--list]

What is there already is not fetched again; a file appears whole or not at all. Needs a network and the command mtdata.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

PUBLIC: Final = Path(__file__).with_name("public.toml")


def named(path: Path = PUBLIC) -> Iterator[tuple[str, str]]:
    """Yield the columns and the name of each corpus, such as ``kk-ru`` and ``OPUS-wikimatrix-v1-kaz-rus``."""
    for columns, table in tomllib.loads(path.read_text("utf-8")).items():
        for name in table["names"]:
            yield columns, name


def fetch(name: str, path: Path) -> str | None:
    """Write a corpus to ``path``; return what went wrong, if anything did."""
    part = path.with_suffix(".part")
    try:
        with part.open("wb") as out:
            done = subprocess.run(["mtdata", "echo", name], stdout=out, stderr=subprocess.PIPE, check=False)
    except FileNotFoundError:
        part.unlink(missing_ok=True)
        return "there is no command mtdata: pip install -r training/requirements.txt"
    if done.returncode or not part.stat().st_size:
        part.unlink()
        said = done.stderr.decode(errors="replace").strip().splitlines()
        return said[-1] if said else "it is empty"
    part.replace(path)
    return None


def main() -> int:
    """Fetch what is missing; exit status 1 says that something could not be had."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--to", type=Path, required=True, help="folder, best named public inside your corpora")
    options.add_argument("--only", help="columns, such as kk-ru")
    options.add_argument("--list", action="store_true", help="print what would be fetched, and where to")
    given = options.parse_args()
    failed = 0
    for columns, name in named():
        path = given.to / f"{name}.{columns}.tsv"
        if given.only not in {None, columns} or path.exists():
            continue
        if given.list:
            print(path)
            continue
        given.to.mkdir(parents=True, exist_ok=True)
        wrong = fetch(name, path)
        failed += wrong is not None
        print(f"{name}: {wrong or 'fetched'}", file=sys.stderr if wrong else sys.stdout, flush=True)
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
