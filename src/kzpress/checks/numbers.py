"""Figures and dates: a translation gives the same ones as its source, written as its own language writes them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kzpress.checks.clock import without_shared
from kzpress.checks.links import without_phones
from kzpress.checks.quantities import Figure, Quantities, quantities
from kzpress.checks.scores import without_scores
from kzpress.languages import month_name
from kzpress.speech import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kzpress.domain import Lang


def numbers(source: str, target: str, source_lang: Lang, target_lang: Lang) -> str | None:
    """Say which figures, or else which dates, differ, or return None.

    A figure on one side may be a word on the other; how often a figure is repeated is the translator's affair. Scores
    and times of day that agree, and telephone numbers, are not looked at: the last two have checks of their own.
    """
    source, target = without_scores(without_phones(source), without_phones(target))
    source, target = without_shared(source, target, source_lang, target_lang)
    ours, theirs = quantities(source, source_lang), quantities(target, target_lang)
    lost, new = _difference(ours, theirs)
    if lost or new:
        return _sentence(", ".join(lost), ", ".join(new))
    return _months(ours, theirs, source_lang, target_lang) or _days(ours, theirs, source_lang, target_lang)


def _difference(ours: Quantities, theirs: Quantities) -> tuple[list[str], list[str]]:
    """Return the figures that only one side has, under the reading of grouped figures that agrees best."""
    best: tuple[list[str], list[str]] | None = None
    for left in dict.fromkeys((ours.figures, ours.ungrouped)):
        for right in dict.fromkeys((theirs.figures, theirs.ungrouped)):
            lost = _missing(left, right, theirs.words)
            new = _missing(right, left, ours.words)
            if not lost and not new:
                return [], []
            best = best or (lost, new)
    return best or ([], [])


def _missing(figures: Sequence[Figure], others: Sequence[Figure], words: frozenset[Decimal]) -> list[str]:
    values = {value for other in others for value in other.values} | words
    missing = [figure for figure in figures if values.isdisjoint(figure.values | _centuries(figure, values))]
    return list(dict.fromkeys(figure.written for figure in missing))


def _centuries(figure: Figure, values: set[Decimal | str]) -> set[Decimal | str]:
    """Return the years that a two-digit year may be short for, and the other way round: 2019-20, the 90s."""
    short: set[Decimal | str] = set()
    for value in figure.values:
        if isinstance(value, str) or value != int(value):
            continue
        if 1900 <= value < 2100:
            short |= {value % 100} & values
        elif value < 100 and len(figure.written) == 2:
            short |= {Decimal(1900) + value, Decimal(2000) + value}
    return short


def _months(ours: Quantities, theirs: Quantities, source_lang: Lang, target_lang: Lang) -> str | None:
    lost = sorted(ours.months - theirs.mentioned)
    new = sorted(theirs.months - ours.mentioned)
    if not lost or not new:  # a month may be named by a pronoun: "on the 12th of this month"
        return None
    return _sentence(
        ", ".join(month_name(source_lang, month) for month in lost),
        ", ".join(month_name(target_lang, month) for month in new),
    )


def _days(ours: Quantities, theirs: Quantities, source_lang: Lang, target_lang: Lang) -> str | None:
    """Say which day went to another month; with one month on each side, equal figures are equal dates."""
    for day, month in sorted(ours.days - theirs.days):
        others = [other for other_day, other in sorted(theirs.days - ours.days) if other_day == day]
        if others and month in theirs.mentioned:
            lost = f"{day} {month_name(source_lang, month)}"
            return _sentence(lost, f"{day} {month_name(target_lang, others[0])}")
    return None


def _sentence(lost: str, new: str) -> str:
    if lost and new:
        return _("the source has {lost}, the translation {new}", lost=lost, new=new)
    if lost:
        return _("{lost} of the source is not in the translation", lost=lost)
    return _("the translation has {new}, the source has not", new=new)
