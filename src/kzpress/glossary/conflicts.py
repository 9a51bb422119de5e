"""Finds glossary entries that contradict themselves or each other."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kzpress import text as folding
from kzpress.domain import Lang
from kzpress.glossary.model import Problem
from kzpress.speech import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kzpress.glossary.model import Concept


def conflicts(concepts: Iterable[Concept]) -> Iterator[Problem]:
    """Yield names that two concepts share on some day, and names a concept both approves and forbids."""
    concepts = tuple(concepts)
    for lang in Lang:
        owners: defaultdict[str, list[Concept]] = defaultdict(list)
        for concept in concepts:
            owners[folding.fold(concept.names[lang])].append(concept)
        for concept in concepts:
            yield from _contradictions(concept, lang)
            yield from _shared(concept, lang, owners)


def _contradictions(concept: Concept, lang: Lang) -> Iterator[Problem]:
    approved = {folding.fold(name, case=False) for name in (concept.names[lang], *concept.short.get(lang, ()))}
    for key, names in (("forbidden", concept.forbidden), ("variants", concept.variants)):
        for name in names.get(lang, ()):
            if folding.fold(name, case=False) in approved:
                yield Problem(
                    where=concept.place,
                    entry=concept.id,
                    problem=_("has “{name}” both as an approved name and in {key}", name=name, key=f"{key}.{lang}"),
                    hint=_("delete it from {key}", key=f"{key}.{lang}"),
                )


def _shared(concept: Concept, lang: Lang, owners: dict[str, list[Concept]]) -> Iterator[Problem]:
    for key, names in (("names", (concept.names[lang],)), ("variants", concept.variants.get(lang, ()))):
        for name in names:
            for owner in owners.get(folding.fold(name), ()):
                if (
                    owner.id != concept.id
                    and owner.shares_days(concept)
                    and (key == "variants" or owner.id < concept.id)
                ):
                    facts = {"name": name, "key": f"{key}.{lang}", "owner": owner.id}
                    yield Problem(
                        where=concept.place,
                        entry=concept.id,
                        problem=_("has “{name}” in {key}, which is the name of [{owner}]", **facts),
                        hint=_("delete one, or give them dates that do not overlap"),
                    )
