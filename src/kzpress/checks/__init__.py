"""Checks of one translation against its source, by rules that need no model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kzpress.checks.acknowledged import acknowledge
from kzpress.checks.links import emails, urls
from kzpress.checks.numbers import numbers
from kzpress.checks.output import degenerate, left_over, repeated, script
from kzpress.domain import Finding, Key, Lang, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["SEVERITIES", "acknowledge", "run"]

SEVERITIES: Final[Mapping[str, Severity]] = {
    "output-empty": Severity.ERROR,
    "output-loop": Severity.ERROR,
    "output-runaway": Severity.ERROR,
    "output-copied": Severity.WARNING,  # a title or a quotation may stand untranslated on purpose
    "number-mismatch": Severity.ERROR,
    "url-mismatch": Severity.ERROR,
    "email-mismatch": Severity.ERROR,
    "output-repeats": Severity.WARNING,
    "script-wrong": Severity.WARNING,
    "source-left": Severity.WARNING,
}


def run(source: str, target: str, source_lang: Lang, target_lang: Lang, key: Key) -> tuple[Finding, ...]:
    """Return what is wrong with ``target`` as a translation of ``source``, at most one finding a code.

    Degenerate output is reported alone: everything else would be wrong with it too.
    """
    ruined = degenerate(source, target)
    if ruined is not None:
        return (_finding(key, *ruined),)
    messages = {
        "number-mismatch": numbers(source, target, source_lang, target_lang),
        "url-mismatch": urls(source, target),
        "email-mismatch": emails(source, target),
        "output-repeats": repeated(source, target),
        "script-wrong": script(source, target, target_lang),
        "source-left": left_over(source, target),
    }
    return tuple(_finding(key, code, message) for code, message in messages.items() if message is not None)


def _finding(key: Key, code: str, message: str) -> Finding:
    return Finding(key=key, code=code, severity=SEVERITIES[code], message=message)
