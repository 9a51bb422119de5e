"""What figures count: a translation that has the right figure gives it in the same currency and unit."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from kzpress.addresses import without
from kzpress.checks.pair import Flaw, Pair
from kzpress.checks.quantities import measured
from kzpress.checks.units import CURRENCIES, NAMES, is_named, unit_after, unit_before
from kzpress.speech import _
from kzpress.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kzpress.domain import Lang

_LEAST: Final = 1000  # a smaller sum may go without its currency: "from 5 to 10 dollars"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Amount:
    """A figure as ``written``, what it may be, and what it counts, if that is known."""

    written: str
    values: frozenset[Decimal | str]
    unit: str | None

    @property
    def is_large(self) -> bool:
        """Tell whether the figure is a thousand or more, however it is read."""
        return all(not isinstance(value, str) and value >= _LEAST for value in self.values)


def currencies(pair: Pair) -> Flaw | None:
    """Say which sum of money is in another currency, or in none, or return None."""
    theirs = fold(without(pair.target))
    for ours, same in _compared(pair):
        if ours.unit not in CURRENCIES:
            continue
        if other := _other(ours, same):
            return _differs(ours, other)
        if ours.is_large and not any(one.unit for one in same) and not is_named(ours.unit, theirs, pair.target_lang):
            return Flaw(
                message=_(
                    "the source has {figure} {unit}, the translation names no {unit}",
                    figure=ours.written,
                    unit=NAMES[ours.unit],
                )
            )
    return None


def units(pair: Pair) -> Flaw | None:
    """Say which figure counts something else than in the source, or return None: per cent, kilometres, days."""
    for ours, same in _compared(pair):
        if ours.unit not in CURRENCIES and (other := _other(ours, same)):
            return _differs(ours, other)
    return None


def _compared(pair: Pair) -> Iterator[tuple[_Amount, list[_Amount]]]:
    """Yield the amounts of the source whose unit is known, each with those of the translation that are as many."""
    theirs = list(dict.fromkeys(_amounts(pair.target, pair.target_lang)))
    places: dict[Decimal | str, list[int]] = {}
    for at, one in enumerate(theirs):
        for value in one.values:
            places.setdefault(value, []).append(at)
    for ours in dict.fromkeys(_amounts(pair.source, pair.source_lang)):
        same = [theirs[at] for at in sorted({at for value in ours.values for at in places.get(value, ())})]
        if ours.unit and same:
            yield ours, same


def _other(ours: _Amount, same: Sequence[_Amount]) -> _Amount | None:
    """Return an amount that counts something else, if each of ``same`` does."""
    return same[0] if all(one.unit not in {None, ours.unit} for one in same) else None


def _differs(ours: _Amount, other: _Amount) -> Flaw:
    lost, new = (
        _("{figure} {unit}", figure=one.written, unit=NAMES[one.unit] if one.unit else "") for one in (ours, other)
    )
    return Flaw(message=_("the source has {lost}, the translation {new}", lost=lost, new=new))


def _amounts(text: str, lang: Lang) -> list[_Amount]:
    folded = fold(without(text))
    return [
        _Amount(
            written=folded[start:end].strip(),
            values=figure.values,
            unit=unit_before(folded, start) or unit_after(folded, end, lang),
        )
        for figure, start, end in measured(folded, lang)
    ]
