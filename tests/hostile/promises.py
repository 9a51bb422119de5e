"""What every reader promises whatever bytes it is given: one judge for the tests, the fuzzer and the heavy files."""

from __future__ import annotations

import re
import time
import unicodedata
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from kzpress import catalog, exchange, segment
from kzpress.domain import Lang
from kzpress.errors import KzpressError, ReleaseError
from kzpress.feeds import Item
from kzpress.ingest import read_bytes
from kzpress.memory import read_tmx, write_tmx
from tests.hostile.readers import Reader

SECONDS: Final = 5  # of the processor, for a file of some kilobytes on a machine that does other things, too
_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ITEM: Final = re.compile(r"item-[a-p]{16}\.html")
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs"})
_PRINTED: Final = re.compile("[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd\U00013430-\U0001343f]")


def judged(reader: Reader, data: bytes) -> KzpressError | None:
    """Return the reader's refusal of ``data``; fail if it breaks, takes long, writes elsewhere or lets harm through."""
    with TemporaryDirectory() as outer, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of libraries, about what is odd in a file
        folder = Path(outer, "a", "b")
        folder.mkdir(parents=True)
        refusal: KzpressError | None = None
        began = time.process_time()
        try:
            found = reader.read(data, folder)
        except reader.error as error:
            refusal = error
        else:
            if reader.name in KEEPS:
                KEEPS[reader.name](found, folder)
        assert time.process_time() - began < SECONDS
        assert [path.name for path in Path(outer).iterdir()] == ["a"]
        assert [path.name for path in folder.parent.iterdir()] == ["b"]
    if refusal is not None:
        assert type(refusal) is reader.error, refusal
        assert refusal.where, refusal
        assert refusal.message, refusal
    return refusal


def _release(found: Any, _: Path) -> None:
    """Hold a release to showing all it says, and to being cut into sentences without a loss."""
    assert _SLUG.fullmatch(found.slug), found.slug
    assert len(found.slug) <= 60, found.slug
    for text in (found.title, found.city or "", found.agency or "", *(block.text for block in found.blocks)):
        _shown(text)
    for block in found.blocks:
        assert block.text
        for lang in Lang:
            assert "".join(map("".join, segment.split(block.text, lang))) == block.text


def _shown(text: str) -> None:
    unseen = {ch for ch in _PRINTED.sub("", text) if unicodedata.category(ch) in _UNSEEN}
    assert not unseen, sorted(map(hex, map(ord, unseen)))


def _catalog(found: Any, folder: Path) -> None:
    """Hold a catalogue to being the same when it was written and read again."""
    path = folder / "again.po"
    path.write_bytes(catalog.render(found).encode())
    assert catalog.read(path) == found


def _sheet(found: Any, _: Path) -> None:
    """Hold a table to bringing the same words back in every format."""
    rows = [(row.id, row.source, row.text) for row in found.rows if row.id]
    back = exchange.read(exchange.write(found, exchange.Format.XLIFF), "again")
    assert [(row.id, row.source, row.text) for row in back.rows if row.id] == rows


def _memory(found: Any, _: Path) -> None:
    again = read_tmx(write_tmx(found.found), where="again", origin="tm/memory.tmx").found
    assert {(one.source, one.text, one.lang) for one in again} == {
        (one.source, one.text, one.lang) for one in found.found
    }


def _items(found: tuple[Item, ...], folder: Path) -> None:
    assert len({item.name for item in found}) == len(found)
    for item in found:
        assert _ITEM.fullmatch(item.name)
        if item.page:
            try:
                _release(read_bytes(item.page, item.name), folder)
            except ReleaseError as refusal:
                assert refusal.where


KEEPS: Final[Mapping[str, Callable[[Any, Path], None]]] = {
    **dict.fromkeys(("txt", "md", "html", "eml", "docx"), _release),
    **dict.fromkeys(("xliff", "table-docx", "xlsx"), _sheet),
    "po": _catalog,
    "tmx": _memory,
    "feed": _items,
}
