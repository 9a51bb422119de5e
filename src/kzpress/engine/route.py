"""The way from one language to another over the packages there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

from kzpress.domain import Lang
from kzpress.engine.packages import Package, broken, discover
from kzpress.errors import KzpressError, ModelError, UsageError
from kzpress.speech import _

PIVOTS = (Lang.EN, Lang.RU, Lang.KK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """How one direction is served: its packages, or None and the error that says what is missing."""

    source: Lang
    target: Lang
    packages: tuple[Package, ...] = ()
    error: KzpressError | None = None

    @property
    def is_sound(self) -> bool:
        """Tell whether there are packages and none is damaged."""
        return self.error is None and all(package.seal().is_sound for package in self.packages)


def find_route(
    packages: Sequence[Package], source: Lang, target: Lang, broken: Sequence[ModelError] = ()
) -> tuple[Package, ...]:
    """Return the first direct package, or two that meet in a third language, English before the others.

    Raises:
        ModelError: neither exists; the message names the missing package, or the one of ``broken`` with its name.
        UsageError: ``source`` is ``target``.
    """
    if source is target:
        raise UsageError(_("source and target are the same language: {language}", language=source))
    first = {(package.source, package.target): package for package in reversed(packages)}
    if direct := first.get((source, target)):
        return (direct,)
    for pivot in PIVOTS:
        there, back = first.get((source, pivot)), first.get((pivot, target))
        if there and back:
            return (there, back)
    pair = f"{source}→{target}"
    missing = _("no package translates {pair}, directly or through a third language", pair=pair)
    for problem in broken:
        if problem.where and f"{source}_{target}" in Path(problem.where).parent.name:
            message = _("{missing}: {problem}", missing=missing, problem=problem.message)
            raise ModelError(message, where=problem.where, hint=problem.hint)
    raise ModelError(
        missing,
        where=f"translate-{source}_{target}",
        hint=_(
            "kzpress models install {pair} or an .argosmodel FILE, or put the package's folder into --models DIR; "
            "kzpress models list shows what is there",
            pair=f"{source}-{target}",
        ),
    )


def directions(models: Path | None) -> Iterator[Direction]:
    """Yield all six directions with the packages that serve them."""
    packages, unreadable = discover(models), broken(models)
    for source, target in permutations(Lang, 2):
        try:
            yield Direction(source=source, target=target, packages=find_route(packages, source, target, unreadable))
        except ModelError as error:
            yield Direction(source=source, target=target, error=error)
