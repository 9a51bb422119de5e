"""Gathers the glossary for a format and tells what the format cannot hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kzpress.glossary.exchange import fields as cells
from kzpress.glossary.exchange import table, tbx_write
from kzpress.glossary.exchange.model import Exported, Loss
from kzpress.glossary.exchange.termbase import AVOIDED
from kzpress.glossary.load import load, tables
from kzpress.speech import n_

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


def to_tbx(folder: Path, *, version: int = 3, approved: bool = False) -> Exported:
    """Return the glossary in ``folder`` as a termbase.

    Patterns are written out, a concept a country: a program that reads termbases knows no slots. ``approved`` leaves
    out the forms by which a name is only recognised or which are forbidden, for programs that offer every term.

    Raises:
        GlossaryError: the glossary is not valid.

    """
    concepts = load(folder).entries
    lost: list[Loss] = []
    notes: list[str] = []
    rows: list[tuple[str, Mapping[str, str]]] = []
    for found in tables(folder):
        fields = _chosen(cells.cells(found.table), approved=approved)
        left_out = tuple(field for field in fields if field not in tbx_write.HELD)
        if left_out:
            lost.append(Loss(entry=found.id, fields=left_out))
        if found.id in concepts:
            rows.append((found.id, fields))
            continue
        made = [concept for name, concept in concepts.items() if name.startswith(f"{found.id}/")]
        note = n_(
            "the pattern {pattern} is written out as {count} concept",
            "the pattern {pattern} is written out as {count} concepts",
            len(made),
            pattern=found.id,
        )
        notes.append(note)
        rows += [(concept.id, _chosen(of(concept), approved=approved)) for concept in made]
    data = tbx_write.write(rows, version, right_alone=approved)
    return Exported(data=data, concepts=len(rows), lost=tuple(lost), notes=tuple(notes))


def _chosen(fields: Mapping[str, str], *, approved: bool) -> dict[str, str]:
    return {name: cell for name, cell in fields.items() if not approved or name.partition(".")[0] not in AVOIDED}


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
