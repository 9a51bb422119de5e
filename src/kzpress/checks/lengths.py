"""How long a translation is: sentences left out or added, and lengths that translations seldom have."""

from __future__ import annotations

import re
from math import sqrt
from typing import Final

from kzpress.checks.pair import Flaw, Pair
from kzpress.domain import Lang
from kzpress.speech import _

# Characters of the translation for one of the source: the middle of releases and of general news, whose middles are up
# to 12 per cent to either side of it.
_RATIO: Final = {
    (Lang.EN, Lang.RU): 0.98,
    (Lang.EN, Lang.KK): 0.97,
    (Lang.RU, Lang.KK): 0.99,
    (Lang.RU, Lang.EN): 1.02,
    (Lang.KK, Lang.EN): 1.03,
    (Lang.KK, Lang.RU): 1.01,
}
# How many times more or less than that is seldom, by the length of the source: 2.2 times at 75 characters, 2 at 140.
_ALWAYS: Final = 1.45
_SHORT: Final = 6.5
_ENOUGH: Final = 30  # characters: names alone may be any length
_SENTENCE: Final = 1.45  # times: what a sentence more or less changes

# The end of a sentence with another one after it; no word of so many letters is an abbreviation with a stop.
_END: Final = re.compile(r"(?<=[^\W\d_]{5})[.!?…]+[»”\"')]*\s+[«„“\"(]?(?=[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ][^.])")


def length(pair: Pair) -> Flaw | None:
    """Say that a translation is longer or shorter than nearly all are, or return None."""
    ours = len(pair.source.strip())
    if ours < _ENOUGH:
        return None
    factor, bound = _factor(pair), _ALWAYS + _SHORT / sqrt(ours)
    if 1 / bound <= factor <= bound:
        return None
    usual = round(_RATIO[pair.source_lang, pair.target_lang] * ours)
    # The translation's own length would be another one, and another finding, after every edit.
    if factor > 1:
        return Flaw(message=_("much longer than usual: about {usual} characters", usual=usual))
    return Flaw(message=_("much shorter than usual: about {usual} characters", usual=usual))


def sentences(pair: Pair) -> Flaw | None:
    """Say that a translation has other sentences than its source, by their number and length, or return None.

    Translators divide and join sentences; then the length stays as it was.
    """
    ours, theirs = (1 + len(_END.findall(text.strip())) for text in (pair.source, pair.target))
    factor = _factor(pair)
    if (theirs > ours and factor > _SENTENCE) or (theirs < ours and factor < 1 / _SENTENCE):
        said = _("sentences: {ours} in the source, {theirs} in the translation", ours=ours, theirs=theirs)
        return Flaw(message=said)
    return None


def _factor(pair: Pair) -> float:
    """Return how many times longer than usual the translation is."""
    usual = _RATIO[pair.source_lang, pair.target_lang] * max(1, len(pair.source.strip()))
    return len(pair.target.strip()) / usual
