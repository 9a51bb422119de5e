"""Gathers the glossary for a format and tells what the format cannot hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kzpress.glossary.exchange import fields as cells
from kzpress.glossary.exchange import table, tbx_write
from kzpress.glossary.exchange.model import Exported, Loss
from kzpress.glossary.load import load, tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kzpress.glossary.model import Concept


def to_csv(folder: Path, *, delimiter: str = ",") -> Exported:
    """Return the glossary in ``folder`` as a table that holds all of it; patterns stay patterns.

    Raises:
        GlossaryError: the glossary is not valid.

    """
    load(folder)
    rows = [(found.id, cells.cells(found.table)) for found in tables(folder)]
    return Exported(data=table.write(rows, delimiter), concepts=len(rows))


def to_tbx(folder: Path, *, version: int = 3) -> Exported:
    """Return the glossary in ``folder`` as a termbase.

    Patterns are written out, a concept a country: a program that reads termbases knows no slots.

    Raises:
        GlossaryError: the glossary is not valid.

    """
    concepts = load(folder).entries
    lost: list[Loss] = []
    notes: list[str] = []
    rows: list[tuple[str, Mapping[str, str]]] = []
    for found in tables(folder):
        fields = cells.cells(found.table)
        left_out = tuple(field for field in fields if field not in tbx_write.HELD)
        if left_out:
            lost.append(Loss(entry=found.id, fields=left_out))
        if found.id in concepts:
            rows.append((found.id, fields))
            continue
        made = [concept for name, concept in concepts.items() if name.startswith(f"{found.id}/")]
        count = "1 concept" if len(made) == 1 else f"{len(made)} concepts"
        notes.append(f"the pattern {found.id} is written out as {count}")
        rows += [(concept.id, of(concept)) for concept in made]
    data = tbx_write.write(rows, version)
    return Exported(data=data, concepts=len(rows), lost=tuple(lost), notes=tuple(notes))


def of(concept: Concept) -> dict[str, str]:
    """Return the cells of a loaded concept, which for one of a pattern stands in no file."""
    return cells.cells(dict(_keys(concept)))


def _keys(concept: Concept) -> Iterator[tuple[str, Any]]:
    yield "kind", str(concept.kind)
    for key in ("names", "short", "variants", "forbidden", "unlike", "forms"):
        yield key, getattr(concept, key)
    yield "valid", [{"from": period.start, "to": period.end} for period in concept.valid]
    yield "gender", concept.gender or ""
    yield "source", concept.source
    yield "note", concept.note
