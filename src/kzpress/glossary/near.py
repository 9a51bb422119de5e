"""Finds the names a text may have been meant to say, when it says none: misspelt, or part of a longer one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kzpress import text as folding
from kzpress.domain import Lang, NameKind
from kzpress.glossary.surfaces import short_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kzpress.glossary.model import Concept, Glossary

_ALIKE: Final = 85.0  # per cent: one letter in seven may differ
_SHORTEST: Final = 4  # letters; of three-letter abbreviations every one is like ten others


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """A name like what was asked for, and how alike they are in per cent."""

    entry: str
    kind: NameKind
    lang: Lang
    name: str
    alike: float


def near(glossary: Glossary, text: str, lang: Lang, limit: int = 3) -> tuple[Near, ...]:
    """Return the names most like ``text``, or if there are none, like a part of it: the likest first, one a concept."""
    from rapidfuzz import fuzz

    asked = folding.fold(text).strip()
    if len(asked) < _SHORTEST:
        return ()
    return (_alike(glossary, asked, lang, fuzz.ratio) or _alike(glossary, asked, lang, fuzz.partial_ratio, part=True))[
        :limit
    ]


def _alike(
    glossary: Glossary, asked: str, lang: Lang, ratio: Callable[..., float], *, part: bool = False
) -> tuple[Near, ...]:
    # A short name is like a part of any long text, and a short text like a part of any long name.
    shortest = 2 * _SHORTEST if part else _SHORTEST
    best: dict[str, Near] = {}
    for concept in glossary.entries.values():
        for kind, name in _names(concept, lang):
            folded = folding.fold(name)
            if len(folded) < shortest or (part and len(folded) >= len(asked)):
                continue
            alike = ratio(asked, folded, score_cutoff=_ALIKE)
            if alike and (concept.id not in best or alike > best[concept.id].alike):
                best[concept.id] = Near(entry=concept.id, kind=kind, lang=lang, name=name, alike=alike)
    return tuple(sorted(best.values(), key=lambda found: (-found.alike, found.entry)))


def _names(concept: Concept, lang: Lang) -> Iterator[tuple[NameKind, str]]:
    yield NameKind.NAME, concept.names[lang]
    for name in short_names(concept, lang):
        yield NameKind.SHORT, name
    for name in concept.variants.get(lang, ()):
        yield NameKind.VARIANT, name
