"""What the review's commands say, as words and as JSON; ``report`` prints it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import asdict
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kzpress.domain import Key, Lang, State
from kzpress.report import Answer, failed, finding_facts, unweighed
from kzpress.reviewing import SEVERITIES
from kzpress.speech import Message, _, counted, language, n_, spoken, told

if TYPE_CHECKING:
    from kzpress.fixing import Fix, Fixed
    from kzpress.preview import Previewed
    from kzpress.progress import Progressed, Published
    from kzpress.reviewing import Stale, StaleEntry
    from kzpress.workspace import Workspace

_BARS: Final = ("█", "▒", "·")  # approved, drafted, empty
_PLAIN_BARS: Final = ("#", "=", ".")  # where the terminal's encoding has no blocks
_SHOWN: Final = 72  # characters of a sentence


# ------------------------------------------------------------------ how far


def progressed(workspace: Workspace, line: Progressed) -> Answer:
    """Word how far one catalogue is, in one line."""
    if line.error:
        return failed(line.path, line.error)
    errors, warnings, acknowledged = line.found
    facts = {
        "slug": line.slug,
        "lang": line.lang,
        "catalogue": workspace.relative(line.path),
        "segments": line.total,
        "empty": line.empty,
        "drafted": line.draft,
        "approved": line.approved,
        "reviewed": round(line.approved / line.total, 4) if line.total else 1.0,
        "findings": errors + warnings,
        "errors": errors,
        "warnings": warnings,
        "acknowledged": acknowledged,
        "stale": line.stale,
        "published": asdict(line.published) if line.published else None,
    }
    words = (
        f"{line.slug}  {line.lang}  {_share(_reviewed(line), language())}  {line.approved}/{line.total}  {_rest(line)}"
    )
    return Answer(words, facts)


def pictured(line: Progressed, before: str) -> Answer:
    """Draw how far one catalogue is, for a terminal, below its release's name unless that was ``before``."""
    if line.error:
        return failed(line.path, line.error)
    head = f"{line.slug}\n" if line.slug != before else ""
    size = 20 if shutil.get_terminal_size().columns >= 80 else 10
    done, drafted, lacking = _bars()
    approved = line.approved * size // line.total if line.total else size  # full only when all are
    filled = (line.approved + line.draft) * size // line.total if line.total else size
    bar = done * approved + drafted * (filled - approved) + lacking * (size - filled)
    words = f"{head}  {line.lang}  {bar}  {_reviewed(line):>5}  {line.approved:>3}/{line.total:<3}  {_rest(line)}"
    return Answer(words, {})


def legend() -> str:
    """Say what the bars of ``pictured`` are made of."""
    done, drafted, lacking = _bars()
    return f"{done} {told('approved')}   {drafted} {told('drafted')}   {lacking} {told('empty')}"


class Totals:
    """How far all of several catalogues are, counted as they come."""

    def __init__(self) -> None:
        self._slugs: set[str] = set()
        self._catalogues = self._unread = self._approved = self._total = self._stale = self._online = 0
        self._found = (0, 0, 0)

    @property
    def releases(self) -> int:
        """How many releases there are."""
        return len(self._slugs)

    def add(self, line: Progressed) -> None:
        """Count one catalogue."""
        self._slugs.add(line.slug)
        self._catalogues += 1
        self._unread += line.error is not None
        self._approved += line.approved
        self._total += line.total
        self._stale += line.stale
        self._online += _is_online(line)
        errors, warnings, weighed = (one + more for one, more in zip(self._found, line.found, strict=True))
        self._found = errors, warnings, weighed

    def words(self) -> str:
        """Word the totals."""
        released = counted("{count} release", "{count} releases", self.releases)
        catalogues = counted("{count} catalogue", "{count} catalogues", self._catalogues)
        reviewed = told("{share} reviewed", share=_percent(self._approved, self._total))
        counts = (
            told("{count} stale", count=self._stale) if self._stale else "",
            told("{count} published", count=self._online) if self._online else "",
            told("{count} unreadable", count=self._unread) if self._unread else "",
        )
        head = f"{released}, {catalogues}: {reviewed}, {self._approved}/{self._total}"
        return ", ".join([head, _numbers(self._found), *filter(None, counts)])


def _is_online(line: Progressed) -> bool:
    return line.published is not None and not line.published.withdrawn


def _bars() -> tuple[str, str, str]:
    try:
        "".join(_BARS).encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return _PLAIN_BARS
    return _BARS


def _rest(line: Progressed) -> str:
    words = [_numbers(line.found)]
    words += [told("{count} stale", count=line.stale)] if line.stale else []
    words += [_published(line.published)] if line.published else []
    return "  ".join(words)


def _published(published: Published) -> str:
    if published.withdrawn:
        return told("withdrawn {day}", day=published.updated)
    if published.late:
        return told("published {day}, its source changed since", day=published.updated)
    return told("published {day}", day=published.updated)


@lru_cache(maxsize=1_000)
def _share(reviewed: str, lang: Lang) -> str:
    return spoken(_("{share} reviewed", share=f"{reviewed:>5}"), lang)


def _reviewed(line: Progressed) -> str:
    return _percent(line.approved, line.total)


def _percent(part: int, whole: int) -> str:
    """Word a share, rounded down: 100 % is all of it."""
    return f"{part * 100 // whole if whole else 100} %"


# ------------------------------------------------------------------ findings


def checked(workspace: Workspace, line: Progressed, fixed: Fixed | None = None) -> Answer:
    """Word the findings of one catalogue, after what was ``fixed`` in it."""
    if line.error:
        return failed(line.path, line.error)
    name = workspace.relative(line.path)
    lines = [words for fix in fixed.done for words in _fixed(name, fix)] if fixed else []
    for finding in line.findings:
        words = f"{spoken(SEVERITIES[finding.severity])}: {spoken(finding.message)} [{finding.code} {finding.mark}]"
        lines.append(f"{name}: {words}\n    {_shown(finding.key)}")
    lines += [words for fix in fixed.approved for words in _left(name, fix)] if fixed else []
    can = sum(finding.fix is not None for finding in unweighed(line.findings)) if fixed is None else 0
    offer = ", " + told("{count} for kzpress check --fix", count=can) if can else ""
    findings = _numbers(line.found)
    found = counted("{findings} in {count} segment", "{findings} in {count} segments", line.total, findings=findings)
    lines.append(f"{name}: {found}{offer}")
    facts = {
        "slug": line.slug,
        "lang": line.lang,
        "catalogue": name,
        "segments": line.total,
        "findings": [finding_facts(finding) for finding in line.findings],
    }
    if fixed is not None:
        facts |= {"fixed": [_fix_facts(fix) for fix in fixed.done], "left": [_fix_facts(f) for f in fixed.approved]}
    return Answer("\n".join(lines), facts)


def _fixed(name: str, fix: Fix) -> Iterator[str]:
    yield f"{name}: {told('fixed: {finding}', finding=fix.finding.message)} [{fix.finding.code}]"
    yield from _both(fix)


def _left(name: str, fix: Fix) -> Iterator[str]:
    code = f"{fix.finding.code} {fix.finding.mark}"
    yield f"{name}: {told('approved, so left as it is [{code}]; it could be:', code=code)}"
    yield from _both(fix)


def _both(fix: Fix) -> Iterator[str]:
    yield f"    - {fix.before}"
    yield f"    + {fix.after}"


def _fix_facts(fix: Fix) -> dict[str, str]:
    key = fix.finding.key
    said = {"code": fix.finding.code, "message": fix.finding.message, "before": fix.before, "after": fix.after}
    return {"context": key.context, "source": key.source} | said


def _numbers(found: tuple[int, int, int]) -> str:
    return _said(found, language())


@lru_cache(maxsize=1_000)  # of 200,000 catalogues many have the same to say
def _said(found: tuple[int, int, int], lang: Lang) -> str:
    errors, warnings, weighed = found
    words = [n_("{count} error", "{count} errors", errors)] if errors else []
    words += [n_("{count} warning", "{count} warnings", warnings)] if warnings else []
    words += [_("{count} acknowledged", count=weighed)] if weighed else []
    none = n_("{count} finding", "{count} findings", 0)
    return ", ".join(spoken(one, lang) for one in (words if errors or warnings else [none, *words]))


def _shown(key: Key) -> str:
    return f"{key.context}: {key.source if len(key.source) <= _SHOWN else key.source[: _SHOWN - 1] + '…'}"


def previewed(workspace: Workspace, page: Previewed) -> Answer:
    """Word a page that was written."""
    if page.error:
        return failed(page.path, page.error)
    name = workspace.relative(page.path)
    facts = {"slug": page.slug, "lang": page.lang, "path": name, "changed": page.changed}
    words = told("wrote {path}", path=name) if page.changed else told("{path} is as it was", path=name)
    return Answer(words, facts)


# ------------------------------------------------------------------ what a changed glossary affects


def stale(workspace: Workspace, line: Stale) -> Answer:
    """Word what a changed glossary affects in one catalogue; of one it does not affect there is nothing to say."""
    if line.error:
        return failed(line.path, line.error)
    name = workspace.relative(line.path)
    lines = [
        f"{name}: {spoken(_stale_state(entry))}: {spoken(reason)}\n    {_shown(entry.key)}"
        for entry in line.entries
        for reason in entry.reasons
    ]
    if line.entries:
        people = sum(entry.touched for entry in line.entries)
        own = ", " + told("{count} for a person to look at", count=people) if people else ""
        affected = told("{count} of {total} segments stale", count=len(line.entries), total=line.total)
        lines.append(f"{name}: {affected}{own}")
    facts = {
        "slug": line.slug,
        "lang": line.lang,
        "catalogue": name,
        "segments": line.total,
        "stale": [
            {
                "context": entry.key.context,
                "source": entry.key.source,
                "state": entry.state,
                "touched": entry.touched,
                "reasons": list(entry.reasons),
            }
            for entry in line.entries
        ],
    }
    return Answer("\n".join(lines), facts)


def _stale_state(entry: StaleEntry) -> Message:
    if not entry.touched:
        return _("stale draft")
    return _("approved, look again") if entry.state is State.APPROVED else _("edited, look again")
