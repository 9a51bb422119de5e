"""What ``kzpress doctor`` saw, as words and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kzpress.diagnosing import Health
from kzpress.report import Answer
from kzpress.speech import _, spoken, told

if TYPE_CHECKING:
    from kzpress.diagnosing import Seen

_SUBJECTS: Final = {
    "program": _("program"),
    "libraries": _("libraries"),
    "locale": _("locale"),
    "workspace": _("workspace"),
    "release": _("release"),
    "folders": _("folders"),
    "unfinished": _("unfinished"),
    "lock": _("lock"),
    "disk": _("disk"),
    "glossary": _("glossary"),
    "models": _("models"),
}
_HEALTH: Final = {Health.OK: _("ok"), Health.WARNING: _("warning"), Health.ERROR: _("error")}


def seen(one: Seen) -> Answer:
    """Word one thing that was looked at."""
    subject, health = spoken(_SUBJECTS.get(one.subject, one.subject)), spoken(_HEALTH[one.health])
    words = f"{subject:16}{health:16}{spoken(one.what)}"
    if one.remedy:
        words += "\n" + " " * 32 + told("remedy: {what}", what=one.remedy)
    facts = {"subject": one.subject, "health": one.health, "what": one.what, "remedy": one.remedy}
    return Answer(words, facts)
