"""Rows of cells that came back, from Word or Excel: columns found by their headings, sentences by their numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kzpress.exchange import labels
from kzpress.exchange.labels import Column
from kzpress.exchange.model import ID, Row, flat

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_NUMBER: Final = re.compile(r"\d+(?=\s)")  # as people see it; the id follows


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row of a table: its place, its cells, and what people pinned to them as comments or notes."""

    place: str
    cells: Sequence[str]
    remarks: Sequence[str] = ()


def signed(author: str, text: str) -> str:
    """Return a comment with whose it is, in one line."""
    said = flat(text)
    return f"{flat(author)}: {said}" if author.strip() and said else said


def rows_in(table: Iterable[Line], where: str) -> Iterator[Row]:
    """Yield the sentences of a table, in whatever order its columns stand.

    A row without a number has nothing of ours unless words stand in it: then its id is empty.

    Raises:
        ExchangeError: there is no row of headings.
    """
    places = None
    for line in table:
        cells = line.cells
        if places is None:
            places = labels.columns_of(cells)
            continue
        said = {column: cells[at] if at < len(cells) else "" for column, at in places.items()}
        number = ID.search(said[Column.NUMBER])
        text = flat(said[Column.TEXT])
        if not number and not (text or flat(said[Column.SOURCE])):
            continue
        ready = said.get(Column.READY, "")
        odd = flat(ready) if labels.is_odd(ready) else ""  # what cannot be taken for yes is at least not lost
        remark = "\n".join(filter(None, (odd, said.get(Column.REMARK, "").strip(), *line.remarks)))
        yield Row(
            id=number[0] if number else "",
            source=flat(said[Column.SOURCE]),
            text=text,
            ready=labels.is_ready(ready),
            remark=remark,
            where=f"№ {told[0]}" if (told := _NUMBER.match(said[Column.NUMBER])) else line.place,
        )
    if places is None:
        raise labels.no_headings(where)
