"""Look for input that breaks a reader, led by what the code does with it (atheris, coverage-guided).

    pip install atheris
    python -m tests.hostile.fuzz READER [FOLDER…] [-max_total_time=600] [options of libFuzzer]

READER is one of the names that ``--list`` prints. It begins with the sound files of tests/hostile/corpus and those that
once did harm, adds to them what it finds in the first FOLDER, and writes what breaks the reader as ``crash-…`` where it
is run. Such a file belongs into tests/hostile/known.py, with the mend.
"""

from __future__ import annotations

import contextlib
import sys
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.hostile.known import KNOWN
from tests.hostile.mutations import TOKENS
from tests.hostile.readers import READERS, Reader


def main(arguments: list[str]) -> None:
    """Fuzz one reader until something breaks it or the time is up."""
    by_name = {reader.name: reader for reader in READERS}
    if arguments[1:2] == ["--list"] or len(arguments) < 2 or arguments[1] not in by_name:
        sys.stdout.write(" ".join(by_name) + "\n")
        return
    try:
        import atheris
    except ImportError:
        sys.exit("atheris is not installed: pip install atheris (it has no wheels for some versions of Python)")
    reader = by_name[arguments[1]]
    warnings.simplefilter("ignore")
    with TemporaryDirectory() as folder:
        seeds, words = _written(reader, Path(folder))
        options = [*arguments[:1], *(arguments[2:] or []), str(seeds), f"-dict={words}"]
        atheris.instrument_all()
        atheris.Setup(options, lambda data: _once(reader, data))
        atheris.Fuzz()


def _once(reader: Reader, data: Any) -> None:
    with TemporaryDirectory() as folder, contextlib.suppress(reader.error):
        reader.read(bytes(data), Path(folder))


def _written(reader: Reader, folder: Path) -> tuple[Path, Path]:
    """Write the reader's seeds and the dictionary of tokens as libFuzzer reads them."""
    seeds, words = folder / "seeds", folder / "words"
    seeds.mkdir()
    known = [data for name, _, data in KNOWN if name == reader.name and len(data) < 10_000]
    for number, data in enumerate((*reader.seeds, *known)):
        (seeds / str(number)).write_bytes(data)
    short = [token for token in TOKENS if 0 < len(token) <= 60]
    words.write_text("".join('"' + "".join(f"\\x{byte:02x}" for byte in token) + '"\n' for token in short), "ascii")
    return seeds, words


if __name__ == "__main__":
    main(sys.argv)
