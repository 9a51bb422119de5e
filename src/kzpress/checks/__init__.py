"""Checks of one translation against its source, by rules that need no model."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kzpress.checks.acknowledged import acknowledge
from kzpress.checks.amounts import currencies, units
from kzpress.checks.artefacts import artefacts
from kzpress.checks.clock import times
from kzpress.checks.lengths import length, sentences
from kzpress.checks.links import emails, phones, urls
from kzpress.checks.numbers import numbers
from kzpress.checks.output import degenerate, left_over, repeated, script
from kzpress.checks.pair import Flaw, Pair
from kzpress.checks.quotation import style, unbalanced
from kzpress.checks.suffixes import suffixes
from kzpress.checks.writing import figures, headline, punctuation, spacing, twice
from kzpress.domain import Finding, Key, Lang, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kzpress.checks.pair import Check

__all__ = ["SEVERITIES", "acknowledge", "run"]


def _says(check: Callable[[str, str], str | None]) -> Check:
    """Return as a check one that looks at the two texts alone, and offers no fix."""

    def said(pair: Pair) -> Flaw | None:
        message = check(pair.source, pair.target)
        return None if message is None else Flaw(message=message)

    return said


def _numbers(pair: Pair) -> Flaw | None:
    message = numbers(pair.source, pair.target, pair.source_lang, pair.target_lang)
    return None if message is None else Flaw(message=message)


def _script(pair: Pair) -> Flaw | None:
    message = script(pair.source, pair.target, pair.target_lang)
    return None if message is None else Flaw(message=message)


_CHECKS: Final[Mapping[str, tuple[Severity, Check]]] = {
    "number-mismatch": (Severity.ERROR, _numbers),
    "time-mismatch": (Severity.ERROR, times),
    "currency-mismatch": (Severity.ERROR, currencies),
    "unit-mismatch": (Severity.ERROR, units),
    "url-mismatch": (Severity.ERROR, _says(urls)),
    "email-mismatch": (Severity.ERROR, _says(emails)),
    "phone-mismatch": (Severity.ERROR, _says(phones)),
    "output-artefact": (Severity.ERROR, artefacts),
    "output-repeats": (Severity.WARNING, _says(repeated)),
    "script-wrong": (Severity.WARNING, _script),
    "source-left": (Severity.WARNING, _says(left_over)),
    "length-unlikely": (Severity.WARNING, length),
    "sentences-differ": (Severity.WARNING, sentences),
    "word-doubled": (Severity.WARNING, twice),
    "suffix-wrong": (Severity.WARNING, suffixes),
    "number-style": (Severity.WARNING, figures),
    "quotes-unbalanced": (Severity.WARNING, unbalanced),
    "quotes-style": (Severity.WARNING, style),
    "punctuation": (Severity.WARNING, punctuation),
    "spacing": (Severity.WARNING, spacing),
    "headline-style": (Severity.WARNING, headline),
}
SEVERITIES: Final[Mapping[str, Severity]] = {
    "output-empty": Severity.ERROR,
    "output-loop": Severity.ERROR,
    "output-runaway": Severity.ERROR,
    "output-copied": Severity.WARNING,  # a title or a quotation may stand untranslated on purpose
} | {code: severity for code, (severity, _) in _CHECKS.items()}


@lru_cache(maxsize=4096)
def run(source: str, target: str, source_lang: Lang, target_lang: Lang, key: Key) -> tuple[Finding, ...]:
    """Return what is wrong with ``target`` as a translation of ``source``, at most one finding a code.

    Degenerate output is reported alone: everything else would be wrong with it too. Remembered, because the choice
    among answers, asking again and the catalogue's findings ask it of one and the same text.
    """
    ruined = degenerate(source, target)
    if ruined is not None:
        code, message = ruined
        return (Finding(key=key, code=code, severity=SEVERITIES[code], message=message),)
    if not target.strip():
        return ()
    pair = Pair(source=source, target=target, source_lang=source_lang, target_lang=target_lang, kind=key.kind)
    flaws = ((code, severity, check(pair)) for code, (severity, check) in _CHECKS.items())
    return tuple(
        Finding(key=key, code=code, severity=severity, message=flaw.message, fix=flaw.fix)
        for code, severity, flaw in flaws
        if flaw is not None
    )
