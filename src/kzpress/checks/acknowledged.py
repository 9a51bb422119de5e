"""Findings that may stand: a person looked, found the translation right, and said so in the entry's own comment.

``# kzpress: ok number-mismatch 3f2a kilometres here``: the code, the finding's mark, and why. A comment and not a flag
(``#, ignore-…``), because msgcat, and Poedit with it, drops the flags it does not know and keeps every comment.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kzpress.domain import Finding, Key, Severity
from kzpress.speech import _, either

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

UNUSED: Final = "ok-unused"
# The second ok is Cyrillic, as a reviewer's keyboard may be.
_LINE: Final = re.compile(r"\W*kzpress:\s*(?:ok|ок)\b\s*(?P<code>[a-z-]*)\s*(?P<mark>[0-9a-f]{4}\b)?", re.IGNORECASE)


def acknowledge(findings: Iterable[Finding], comments: Mapping[Key, str]) -> tuple[Finding, ...]:
    """Return ``findings`` with those acknowledged that the entries' ``comments`` say may stand.

    A mark answers one finding of one source sentence, so that a corrected source, another wrong number or a name the
    glossary demands since then is told again. A line that answers none is a finding itself: ``ok-unused``.
    """
    lines = {key: _lines(comment) for key, comment in comments.items()}
    weighed = tuple(
        replace(finding, severity=Severity.ACKNOWLEDGED)
        if (finding.code, finding.mark) in lines.get(finding.key, ())
        else finding
        for finding in findings
    )
    used = {(finding.key, finding.code, finding.mark) for finding in weighed}
    unused = (
        Finding(key=key, code=UNUSED, severity=Severity.WARNING, message=_unused(key, code, mark, weighed))
        for key, said in lines.items()
        for code, mark in said
        if (key, code, mark) not in used
    )
    return (*weighed, *unused)


def _lines(comment: str) -> tuple[tuple[str, str], ...]:
    """Return the code and mark of each acknowledgement in ``comment``, empty where it lacks one."""
    found = (_LINE.match(line) for line in comment.split("\n"))
    return tuple((match["code"].lower(), (match["mark"] or "").lower()) for match in found if match)


def _unused(key: Key, code: str, mark: str, findings: Iterable[Finding]) -> str:
    said = _("“{words}”", words=" ".join(filter(None, ("kzpress: ok", code, mark))))
    same = [f.mark for f in findings if (f.key, f.code) == (key, code) and f.severity is not Severity.ACKNOWLEDGED]
    if same and mark:
        return _(
            "{said} was said of another finding: look again; of what is found now it would be {marks}",
            said=said,
            marks=either(same),
        )
    if same:
        return _("{said} does not say which finding: add {marks}", said=said, marks=either(same))
    return _("{said} answers no finding here: delete it", said=said)
