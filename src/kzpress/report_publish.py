"""What became of releases that were to be published or withdrawn, as words and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kzpress.edition.words import day_of
from kzpress.publishing import Done, Outcome, Withdrawal
from kzpress.readiness import Reason, Why
from kzpress.report import Answer, failed
from kzpress.speech import Message, _, spoken, told

if TYPE_CHECKING:
    from kzpress.workspace import Workspace

_OUTCOMES: Final = {
    Outcome.PUBLISHED: _("published"),
    Outcome.CORRECTED: _("corrected"),
    Outcome.CURRENT: _("up to date"),
    Outcome.NOT_READY: _("not ready"),
    Outcome.STALE: _("stale"),
    Outcome.WITHDRAWN: _("withdrawn"),
}
_SHOWN: Final = 5  # reasons of one locale


def done(workspace: Workspace, one: Done) -> Answer:
    """Word what became of one locale."""
    if one.error:
        path = workspace.catalog(one.lang, one.slug) if one.lang else workspace.root / "releases" / one.slug
        return failed(path, one.error)
    reasons = [_reason(one.slug, reason) for reason in one.reasons]
    outcome = spoken(_OUTCOMES[one.outcome]) if one.outcome else ""
    lines = [f"{one.slug}  {one.lang}  {outcome:10}  {_files(workspace, one)}".rstrip()]
    lines += [f"    {spoken(reason)}" for reason in reasons[:_SHOWN]]
    if len(reasons) > _SHOWN:
        command = f"kzpress check {one.slug} --lang {one.lang}"
        more = told("and {count} more: {command}", count=len(reasons) - _SHOWN, command=command)
        lines.append(f"    {more}")
    facts = {
        "slug": one.slug,
        "lang": one.lang,
        "outcome": one.outcome,
        "reasons": [_facts(one.slug, reason) for reason in one.reasons],
        "written": [workspace.relative(path) for path in one.written],
    }
    return Answer("\n".join(lines), facts)


def withdrawn(workspace: Workspace, one: Withdrawal) -> Answer:
    """Word that a release is withdrawn, or is no more."""
    if one.since is None and one.changed:
        command = f"kzpress publish {one.slug}"
        words = told("may be published again; until then its withdrawal stays online: {command}", command=command)
    elif one.since is None:
        words = told("is not withdrawn")
    elif one.changed:
        words = told("withdrawn in {langs}", langs=", ".join(one.langs))
    else:
        words = told("was withdrawn on {day}", day=day_of(one.since))
    facts = {
        "slug": one.slug,
        "withdrawn": one.since.isoformat() if one.since else None,
        "changed": one.changed,
        "langs": list(one.langs),
        "written": [workspace.relative(path) for path in one.written],
    }
    return Answer(f"{one.slug}  {words}", facts)


def _reason(slug: str, reason: Reason) -> Message:
    match reason.why:
        case Why.NOT_APPROVED:
            return _("{count} of {total} entries are not approved", count=reason.count, total=reason.total)
        case Why.FINDING:
            place = f"{reason.key.context} “{_short(reason.key.source)}”" if reason.key else ""
            return _(
                "error finding {code} at {place}: {detail}", code=reason.finding, place=place, detail=reason.detail
            )
        case Why.SOURCE_CHANGED:
            return _("the source changed since this catalogue was made: run `kzpress translate` again")
        case Why.INCOMPLETE:
            missing = _("{count} of {total} sentences are not in the catalogue", count=reason.count, total=reason.total)
            return _("{missing}: run `kzpress translate` again", missing=missing)
        case Why.CHARACTERS:
            return _("a text has characters that no page may have: {detail}", detail=reason.detail)
        case Why.NO_CATALOGUE:
            return _("there is no catalogue of it any more: restore it, or run `kzpress translate` again")
        case Why.NO_TRANSLATION:
            return _("it is published together with the first translation that is ready")
        case Why.WITHDRAWN:
            again = f"kzpress withdraw --undo {slug}"
            return _(
                "it was withdrawn on {day}; `{command}` lets it be published again", day=reason.detail, command=again
            )


def _facts(slug: str, reason: Reason) -> dict[str, Any]:
    facts: dict[str, Any] = {"code": reason.why, "message": _reason(slug, reason)}
    if reason.total:
        facts |= {"count": reason.count, "total": reason.total}
    if reason.key:
        facts |= {"finding": reason.finding, "context": reason.key.context, "source": reason.key.source}
    return facts


def _files(workspace: Workspace, one: Done) -> str:
    """Name the page and say how many other files were written; nothing where nothing was."""
    pages = [path for path in one.written if path.suffix == ".html"]
    if one.outcome is Outcome.CURRENT or not pages:
        return ""
    names = [workspace.relative(path) for path in pages]
    return ", ".join(names) + " " + " ".join(sorted({path.suffix for path in one.written} - {".html"}))


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
