"""The way from one language to another over the packages there are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kzpress.domain import Lang
from kzpress.engine.packages import Package
from kzpress.errors import ModelError, UsageError

PIVOTS = (Lang.EN, Lang.RU, Lang.KK)


def find_route(
    packages: Sequence[Package], source: Lang, target: Lang, broken: Sequence[ModelError] = ()
) -> tuple[Package, ...]:
    """Return the first direct package, or two that meet in a third language, English before the others.

    Raises:
        ModelError: neither exists; the message names the missing package, or the one of ``broken`` with its name.
        UsageError: ``source`` is ``target``.
    """
    if source is target:
        raise UsageError(f"source and target are the same language: {source}")
    first = {(package.source, package.target): package for package in reversed(packages)}
    if direct := first.get((source, target)):
        return (direct,)
    for pivot in PIVOTS:
        there, back = first.get((source, pivot)), first.get((pivot, target))
        if there and back:
            return (there, back)
    missing = f"no package translates {source}→{target}, directly or through a third language"
    for problem in broken:
        if problem.where and f"{source}_{target}" in Path(problem.where).parent.name:
            raise ModelError(f"{missing}: {problem.message}", where=problem.where, hint=problem.hint)
    raise ModelError(
        missing,
        where=f"translate-{source}_{target}",
        hint="put the package's folder into --models DIR, or install it with argospm; `kzpress models list` shows "
        "what is there",
    )
