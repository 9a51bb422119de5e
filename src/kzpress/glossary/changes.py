"""Tells where a changed glossary can make a difference: where a form of a changed entry may stand, as it was or is.

All findings begin with the names found in a text. A form is found only where all its words are, so that a text with all
words of no changed form is read as before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kzpress.domain import Lang
from kzpress.glossary import index
from kzpress.glossary.find import as_searched
from kzpress.glossary.model import decisive
from kzpress.glossary.surfaces import surfaces

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kzpress.glossary.model import Concept, Glossary

_MOST: Final = 300  # changed entries, those of patterns among them; of more the forms take longer than the texts


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """Return the words by which to tell whether a change touches these texts."""
    return frozenset(word for text in texts for word in index.words(as_searched(text)[1]))


def touched_by(old: Glossary, new: Glossary) -> frozenset[frozenset[str]] | None:
    """Return what a text touched by the change from ``old`` to ``new`` has among its words: all of one of these.

    None if that cannot be told: any text may be touched.
    """
    kept = [name for name in new.entries if name in old.entries]
    if kept != [name for name in old.entries if name in new.entries]:
        return None  # of readings that are equally good the first entry's is taken
    changed = [name for name in kept if decisive(old.entries[name]) != decisive(new.entries[name])]
    changed += old.entries.keys() ^ new.entries.keys()
    if len(changed) > _MOST:
        return None
    concepts = [one.entries[name] for one in (old, new) for name in changed if name in one.entries]
    return _fewest({frozenset(index.words_of_form(form)) for concept in concepts for form in _forms(concept)})


def _forms(concept: Concept) -> set[str]:
    return {surface.form for lang in Lang for surface in surfaces(concept, lang)}


def _fewest(forms: Iterable[frozenset[str]]) -> frozenset[frozenset[str]]:
    """Return ``forms`` without those that have a word which is a form itself: where they are, that is."""
    single = {word for form in forms if len(form) == 1 for word in form}
    return frozenset(form for form in forms if len(form) == 1 or single.isdisjoint(form))
