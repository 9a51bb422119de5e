"""Look for input that breaks a reader, led by what the code does with it (atheris, coverage-guided).

    pip install atheris
    python -m tests.hostile.fuzz FOLDER READER… [-max_total_time=600] [options of libFuzzer]

Each READER, of the names in readers.py or ``all``, is fuzzed in turn, in a process of its own. It begins with the sound
files of tests/hostile/corpus and those that once did harm, keeps in FOLDER/READER what leads further, and writes what
breaks the reader or one of its promises (promises.py) as FOLDER/READER-crash-…. Such a file belongs into known.py, with
the mend. For a reader of archives it is the number of a part and what the part is to be, since damage to a compressed
file is seen by its check sum alone; a number beyond the parts is followed by a whole archive.
"""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tests.hostile.readers import Reader

# What is followed line by line: kzpress, and the readers in Python that stand between it and a file.
_FOLLOWED: Final = ("kzpress", "polib", "email", "markdown_it", "tomllib")
_LATE: Final = (
    *("polib", "email.parser", "email.header", "markdown_it", "tomllib"),
    *(f"kzpress.ingest.{name}" for name in ("word", "mail", "html", "markdown", "plain")),
)


def main(arguments: list[str]) -> None:
    """Fuzz readers until something breaks them or their time is up."""
    try:
        import atheris
    except ImportError:
        sys.exit("atheris is not installed: pip install atheris (it has no wheels for some versions of Python)")
    for name in [name for name in sys.modules if name.partition(".")[0] in _FOLLOWED]:
        del sys.modules[name]  # read already, by atheris itself
    with atheris.instrument_imports(include=list(_FOLLOWED)):
        for name in _LATE:
            importlib.import_module(name)
        from tests.hostile.promises import judged
        from tests.hostile.readers import READERS
    into, named = Path(*arguments[1:2]), [word for word in arguments[2:] if not word.startswith("-")]
    chosen = [reader for reader in READERS if reader.name in named or named == ["all"]]
    if not chosen:
        sys.exit("python -m tests.hostile.fuzz FOLDER READER…; " + " ".join(reader.name for reader in READERS))
    for reader in chosen:
        child = os.fork()  # what is followed is made so once; libFuzzer ends its process
        if not child:
            with TemporaryDirectory() as folder:
                found = into / reader.name
                found.mkdir(parents=True, exist_ok=True)
                options = [word for word in arguments[2:] if word.startswith("-")]
                atheris.Setup(
                    [arguments[0], str(found), *_written(reader, Path(folder)), f"-artifact_prefix={found}-", *options],
                    lambda data, reader=reader: judged(reader, _whole(reader, bytes(data))) and None,
                )
                atheris.Fuzz()
        os.waitpid(child, 0)


def _whole(reader: Reader, data: bytes) -> bytes:
    """Return the file that the fuzzer's bytes stand for."""
    from tests.hostile.readers import zipped

    if not reader.zips or not data:
        return data
    parts = reader.zips[0]
    return zipped({**parts, list(parts)[data[0]]: data[1:]}) if data[0] < len(parts) else data[1:]


def _written(reader: Reader, folder: Path) -> tuple[str, str]:
    """Write the reader's seeds and the dictionary of tokens; return libFuzzer's options that name them."""
    from tests.hostile.known import KNOWN
    from tests.hostile.mutations import TOKENS

    seeds, words = folder / "seeds", folder / "words"
    seeds.mkdir()
    known = [data for name, _, data in KNOWN if name == reader.name and len(data) < 10_000]
    files = [*reader.seeds, *known]
    if reader.zips:
        files = [b"\xff" + data for data in files]
        files += [bytes([at]) + part for at, part in enumerate(reader.zips[0].values()) if len(part) < 10_000]
    for number, data in enumerate(files):
        (seeds / str(number)).write_bytes(data)
    short = [token for token in TOKENS if 0 < len(token) <= 60]
    words.write_text("".join('"' + "".join(f"\\x{byte:02x}" for byte in token) + '"\n' for token in short), "ascii")
    return str(seeds), f"-dict={words}"


if __name__ == "__main__":
    main(sys.argv)
