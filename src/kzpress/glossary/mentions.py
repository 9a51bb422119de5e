"""Tells the first mention of a name in a release from the later ones, where its entry asks for an abbreviation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kzpress.domain import BlockKind, Lang, Mention
from kzpress.glossary.model import Abbreviate
from kzpress.glossary.surfaces import is_abbreviation, short_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kzpress.domain import Hit
    from kzpress.glossary.model import Concept, Glossary

# Headlines, datelines and tables stand apart from the text: they name things as their source does.
RUNNING: Final = frozenset({BlockKind.LEAD, BlockKind.BODY, BlockKind.QUOTE, BlockKind.ATTRIBUTION})


def mentions(
    glossary: Glossary, sentences: Iterable[tuple[BlockKind, Iterable[Hit]]]
) -> tuple[Mapping[str, Mention], ...]:
    """Return for each sentence of a release, in order, which entries it is the first to name and which it names again.

    Only entries with ``abbreviate = "first-full"`` are told. The order is the source's, so that it does not change with
    what of a catalogue is drafted already.
    """
    before: set[str] = set()
    told: list[Mapping[str, Mention]] = []
    for kind, hits in sentences:
        named = {hit.entry for hit in hits if glossary.entries[hit.entry].abbreviate is Abbreviate.FIRST_FULL}
        running = kind in RUNNING
        told.append({entry: Mention.LATER if entry in before else Mention.FIRST for entry in named} if running else {})
        before |= named if running else set()
    return tuple(told)


def abbreviations(concept: Concept, lang: Lang) -> tuple[str, ...]:
    """Return the abbreviations of ``concept`` that a text in ``lang`` may have, the one to write first."""
    if concept.abbreviate is Abbreviate.NEVER:
        return ()
    return tuple(name for name in short_names(concept, lang) if is_abbreviation(name))
