"""Concepts as rows of JSON and back, for keeping a glossary that has been read and found valid."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any, Final

from kzpress.domain import Lang
from kzpress.glossary.model import Abbreviate, Concept, ConceptKind, Period

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_LANG: Final[Mapping[str, Lang]] = {lang.value: lang for lang in Lang}
_KIND: Final[Mapping[str, ConceptKind]] = {kind.value: kind for kind in ConceptKind}
_ABBREVIATE: Final[Mapping[str, Abbreviate]] = {policy.value: policy for policy in Abbreviate}


def encode(digest: str, concepts: Iterable[Concept]) -> bytes:
    """Return a glossary's digest and concepts as JSON."""
    rows = [
        (
            *(
                concept.id,
                concept.kind,
                concept.names,
                concept.short,
                concept.variants,
                concept.forbidden,
                concept.unlike,
                concept.forms,
            ),
            [[day and day.isoformat() for day in (period.start, period.end)] for period in concept.valid],
            *(concept.gender, concept.source, concept.note, concept.place, concept.iso, concept.adjective),
            concept.formal,
            concept.abbreviate,
        )
        for concept in concepts
    ]
    return json.dumps([digest, rows], ensure_ascii=False, separators=(",", ":")).encode()


def decode(data: bytes) -> tuple[str, dict[str, Concept]]:
    """Return the digest and the concepts that :func:`encode` was given."""
    digest, rows = json.loads(data)
    return digest, {row[0]: _concept(row) for row in rows}


def _concept(row: list[Any]) -> Concept:
    entry, kind, names, short, variants, forbidden, unlike, forms, valid, *rest = row
    gender, source, note, place, iso, adjective, formal, abbreviate = rest
    return Concept(
        id=entry,
        kind=_KIND[kind],
        names={_LANG[lang]: name for lang, name in names.items()},
        short=_listed(short),
        variants=_listed(variants),
        forbidden=_listed(forbidden),
        unlike=_listed(unlike),
        forms={_LANG[lang]: table for lang, table in forms.items()},
        valid=tuple(Period(start=_day(start), end=_day(end)) for start, end in valid),
        gender=gender,
        source=source,
        note=note,
        place=place,
        iso=iso,
        adjective=adjective,
        formal=formal,
        abbreviate=_ABBREVIATE[abbreviate],
    )


def _listed(table: Mapping[str, list[str]]) -> dict[Lang, tuple[str, ...]]:
    return {_LANG[lang]: tuple(names) for lang, names in table.items()}


def _day(day: str | None) -> dt.date | None:
    return dt.date.fromisoformat(day) if day else None
