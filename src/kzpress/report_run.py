"""Unattended work as words for people, as JSON lines for logs, and as the reason beside refused input.

A JSON line has nothing of a release's text unless that is asked for; its slug is made of date and headline.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from kzpress.domain import Severity
from kzpress.errors import CatalogError, FeedError, KzpressError, LanguageError, ModelError, ReleaseError
from kzpress.events import Event, Kind, Tally
from kzpress.report import Answer, unweighed
from kzpress.speech import _, counted, n_, spoken, told, withheld

if TYPE_CHECKING:
    from kzpress.results import Target
    from kzpress.workspace import Workspace

_LABELS: Final = {
    Kind.DONE: _("done"),
    Kind.UPDATED: _("updated"),
    Kind.KNOWN: _("known"),
    Kind.REFUSED: _("refused"),
    Kind.FAILED: _("failed"),
    Kind.WAITING: _("waiting"),
    Kind.LEFT: _("left"),
    Kind.FEED: _("feed"),
    Kind.FEED_FAILED: _("feed"),
    Kind.FEED_QUIET: _("quiet"),
}
# Errors whose words may be a release's, and the facts of them that are not: other texts are left out of logs.
_QUOTING: Final = frozenset({KzpressError, ReleaseError, LanguageError, CatalogError, FeedError, ModelError})
_TOLD: Final = frozenset(
    {"answer", "code", "encoding", "folder", "kind", "kinds", "language", "name", "pair", "reason", "script", "suffix"}
)
_FEEDS: Final = frozenset({Kind.FEED, Kind.FEED_FAILED, Kind.FEED_QUIET})


def event(workspace: Workspace, one: Event, tally: Tally, *, with_text: bool = False) -> Answer:
    """Word one event; at the end of a pass, what it came to."""
    words = _summary(tally) if one.kind is Kind.ENDED else _line(workspace, one)
    facts = _facts(workspace, one, with_text=with_text)
    if one.kind is Kind.ENDED:
        facts |= {"status": int(tally.status), "counts": {kind: tally.kinds[kind] for kind in _LABELS}}
    return Answer(words, facts, one.error)


def reason(name: str, error: KzpressError, now: dt.datetime) -> str:
    """Word what stands beside refused input: lines that a program can read too, and what to do."""
    lines = {
        "time": now.astimezone().isoformat(timespec="seconds"),
        "file": f"inbox/{name}",
        "error": error.message,
        "hint": error.hint or "",
        "status": int(error.status),
    }
    facts = "".join(f"{key}: {' '.join(str(value).split())}\n" for key, value in lines.items() if value != "")
    todo = told(
        "When it is put right, move it back to inbox/{name}; this note may be deleted then, as may the file if it is"
        " no release.",
        name=name,
    )
    return f"{facts}\n{todo}\n"


def sparing(error: KzpressError) -> KzpressError:
    """Return an error without what it may quote of a release, for logs; what the glossary is told stays."""
    if type(error) not in _QUOTING:
        return error
    hint = withheld(error.hint, _TOLD) if error.hint else None
    return type(error)(withheld(error.message, _TOLD), where=error.where, hint=hint)


def kept(workspace: Workspace, one: Event) -> str:
    """Word where refused input is now."""
    place = workspace.relative(one.kept) if one.kept else ""
    return told("it is {place} now; put right, it goes back to inbox/{name}", place=place, name=one.name)


def quiet(one: Event) -> str:
    """Word that a feed has gone quiet."""
    return told("feed {name}: nothing new since {time}", name=one.name, time=_time(one.last))


# ------------------------------------------------------------------ words


def _line(workspace: Workspace, one: Event) -> str:
    if one.kind not in _LABELS:
        return ""
    return f"{spoken(_LABELS[one.kind]):10}{_what(workspace, one)}"


def _what(workspace: Workspace, one: Event) -> str:
    place = f"inbox/{one.name}"
    match one.kind:
        case Kind.DONE | Kind.UPDATED:
            targets = one.result.targets if one.result else ()
            langs = " ".join(target.lang for target in targets)
            found = sum(len(unweighed(target.findings)) for target in targets)
            source = one.result.source if one.result else ""
            findings = counted("{count} finding", "{count} findings", found)
            return f"{one.slug}  {source}→{langs}  {findings}  {place}"
        case Kind.KNOWN:
            return f"{one.slug}  " + told("was done before: {place}", place=place)
        case Kind.REFUSED:
            return f"{place} → {workspace.relative(one.kept) if one.kept else ''}"
        case Kind.FAILED:
            return told("{place} is still there: the next run tries again", place=place)
        case Kind.WAITING:
            return told("{place} is still being written", place=place)
        case Kind.LEFT:
            return counted(
                "{count} release is still in the inbox: the next run drafts it",
                "{count} releases are still in the inbox: the next run drafts them",
                one.count,
            )
        case Kind.FEED_FAILED:
            return told("{name}: not read", name=one.name)
        case Kind.FEED_QUIET:
            return told("{name}: nothing new since {time}", name=one.name, time=_time(one.last))
        case _:
            new = counted("{count} new item", "{count} new items", one.count)
            empty = told(", {count} without a text", count=one.empty) if one.empty else ""
            return f"{one.name}: {new}{empty}"


def _summary(tally: Tally) -> str:
    counts = (
        n_("{count} release done", "{count} releases done", tally.kinds[Kind.DONE]),
        n_("{count} updated", "{count} updated", tally.kinds[Kind.UPDATED]),
        n_("{count} known", "{count} known", tally.kinds[Kind.KNOWN]),
        n_("{count} refused", "{count} refused", tally.kinds[Kind.REFUSED]),
        n_("{count} failed", "{count} failed", tally.kinds[Kind.FAILED]),
        n_("{count} still being written", "{count} still being written", tally.kinds[Kind.WAITING]),
        n_("stopped, {count} left", "stopped, {count} left", tally.kinds[Kind.LEFT]),
        n_("{count} feed not read", "{count} feeds not read", tally.kinds[Kind.FEED_FAILED]),
        n_("{count} feed quiet", "{count} feeds quiet", tally.kinds[Kind.FEED_QUIET]),
    )
    said = ", ".join(spoken(count) for count in counts if count.number)
    if not said:
        return "" if tally.kinds[Kind.STOPPED] else told("nothing to do")
    return told("{counts} in {seconds} s", counts=said, seconds=f"{tally.seconds:.1f}")


def _time(instant: dt.datetime | None) -> str:
    return instant.astimezone().strftime("%Y-%m-%d %H:%M") if instant else ""


# ------------------------------------------------------------------ facts


def _facts(workspace: Workspace, one: Event, *, with_text: bool) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "time": dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds"),
        "level": one.level,
        "event": one.kind,
        "seconds": round(one.seconds, 3),
    }
    if one.kind in _FEEDS:
        facts |= {"feed": one.name, "last": one.last.isoformat() if one.last else None}
        facts |= {"new": one.count, "empty": one.empty} if one.kind is Kind.FEED else {}
    elif one.name:
        facts |= {"path": f"inbox/{one.name}", "slug": one.slug}
    if one.kind is Kind.LEFT:
        facts["count"] = one.count
    if one.kept:
        facts["kept"] = workspace.relative(one.kept)
    if one.error:
        error = one.error if with_text else sparing(one.error)
        facts["error"] = {"message": error.message, "where": error.where, "hint": error.hint}
        facts["status"] = int(error.status)
    if one.result:
        facts["source"] = one.result.source
        facts["targets"] = [_target(target, with_text=with_text) for target in one.result.targets]
        if with_text and one.result.seen:
            facts["title"] = one.result.seen.title
    return facts


def _target(target: Target, *, with_text: bool) -> dict[str, Any]:
    severities = [finding.severity for finding in target.findings]
    facts: dict[str, Any] = {
        "lang": target.lang,
        "segments": target.segments,
        "drafted": target.drafted,
        "guesses": target.guesses,
        "errors": severities.count(Severity.ERROR),
        "warnings": severities.count(Severity.WARNING),
    }
    if with_text:
        said = unweighed(target.findings)
        facts["findings"] = [{"code": one.code, "message": one.message, "source": one.key.source} for one in said]
    return facts
