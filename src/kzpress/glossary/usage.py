"""Counts where concepts occur: in how many source sentences, and whether their translations name them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kzpress.domain import Entry, Lang, State
from kzpress.glossary.find import find
from kzpress.glossary.require import is_adjective_of, requirements, standing

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from kzpress.glossary.model import Glossary


@dataclass(slots=True, kw_only=True)
class Tally:
    """In how many sentences a concept occurs: by locale, by the state of the entry, and named in no approved form."""

    entry: str
    locales: Counter[Lang] = field(default_factory=Counter)
    states: Counter[State] = field(default_factory=Counter)
    missing: int = 0

    @property
    def sentences(self) -> int:
        """Sentences in all locales together."""
        return self.locales.total()


def tally(
    glossary: Glossary,
    entries: Iterable[Entry],
    *,
    source_lang: Lang,
    target_lang: Lang,
    date: dt.date | None,
    into: dict[str, Tally],
) -> int:
    """Add the concepts that the sources of a catalogue's ``entries`` name to ``into``; return how many there were.

    A concept counts once a sentence. Obsolete entries count nothing; one without a translation has nothing missing.
    """
    sentences = 0
    for entry in entries:
        if entry.state is State.OBSOLETE:
            continue
        sentences += 1
        hits = find(glossary, entry.key.source, source_lang, date)
        for need in requirements(glossary, hits, target_lang):
            count = into.setdefault(need.concept.id, Tally(entry=need.concept.id))
            count.locales[target_lang] += 1
            count.states[entry.state] += 1
            if entry.text and not (
                standing(glossary, need, entry.text, target_lang) or is_adjective_of(need, entry.text, target_lang)
            ):
                count.missing += 1
    return sentences
