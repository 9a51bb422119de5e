"""Rows of cells that came back, from Word or Excel: columns found by their headings, sentences by their numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kzpress.exchange import labels
from kzpress.exchange.labels import Column
from kzpress.exchange.model import ID, Row, flat

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_NUMBER: Final = re.compile(r"\d+(?=\s)")  # as people see it; the id follows


def rows_in(table: Iterable[tuple[str, Sequence[str]]], where: str) -> Iterator[Row]:
    """Yield the sentences of a table of (place, cells), in whatever order its columns stand.

    A row without a number has nothing of ours unless words stand in it: then its id is empty.

    Raises:
        ExchangeError: there is no row of headings.
    """
    places = None
    for place, cells in table:
        if places is None:
            places = labels.columns_of(cells)
            continue
        said = {column: cells[at] if at < len(cells) else "" for column, at in places.items()}
        number = ID.search(said[Column.NUMBER])
        text = flat(said[Column.TEXT])
        if not number and not (text or flat(said[Column.SOURCE])):
            continue
        ready = said.get(Column.READY, "")
        remark = said.get(Column.REMARK, "").strip()
        if labels.is_odd(ready):  # what cannot be taken for yes is at least not lost
            remark = f"{flat(ready)}\n{remark}".strip()
        yield Row(
            id=number[0] if number else "",
            source=flat(said[Column.SOURCE]),
            text=text,
            ready=labels.is_ready(ready),
            remark=remark,
            where=f"№ {told[0]}" if (told := _NUMBER.match(said[Column.NUMBER])) else place,
        )
    if places is None:
        raise labels.no_headings(where)
