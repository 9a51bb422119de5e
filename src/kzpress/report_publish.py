"""What became of releases that were to be published or withdrawn, as words and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kzpress.edition.words import day_of
from kzpress.publishing import Done, Outcome, Withdrawal
from kzpress.readiness import Reason, Why
from kzpress.report import Answer, failed

if TYPE_CHECKING:
    from kzpress.workspace import Workspace

_REASONS: Final = {
    Why.NOT_APPROVED: "{count} of {total} entries are not approved",
    Why.FINDING: "error finding {finding} at {context}: {detail}",
    Why.SOURCE_CHANGED: "the source changed since this catalogue was made: run `kzpress translate` again",
    Why.INCOMPLETE: "{count} of {total} sentences are not in the catalogue: run `kzpress translate` again",
    Why.CHARACTERS: "a text has characters that no page may have: {detail}",
    Why.NO_CATALOGUE: "there is no catalogue of it any more: restore it, or run `kzpress translate` again",
    Why.NO_TRANSLATION: "it is published together with the first translation that is ready",
    Why.WITHDRAWN: "it was withdrawn on {detail}; `kzpress withdraw --undo {slug}` lets it be published again",
}
_SHOWN: Final = 5  # reasons of one locale


def done(workspace: Workspace, one: Done) -> Answer:
    """Word what became of one locale."""
    if one.error:
        path = workspace.catalog(one.lang, one.slug) if one.lang else workspace.root / "releases" / one.slug
        return failed(path, one.error)
    reasons = [_reason(one.slug, reason) for reason in one.reasons]
    lines = [f"{one.slug}  {one.lang}  {one.outcome or '':10}  {_files(workspace, one)}".rstrip()]
    lines += [f"    {reason}" for reason in reasons[:_SHOWN]]
    if len(reasons) > _SHOWN:
        more = "    and {count} more: kzpress check {slug} --lang {lang}"
        lines.append(more.format(count=len(reasons) - _SHOWN, slug=one.slug, lang=one.lang))
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
    if one.since is None:
        words = "{slug}  may be published again; until then its withdrawal stays online: kzpress publish {slug}"
        if not one.changed:
            words = "{slug}  is not withdrawn"
    else:
        words = "{slug}  withdrawn in {langs}" if one.changed else "{slug}  was withdrawn on {day}"
    day = day_of(one.since).isoformat() if one.since else ""
    facts = {
        "slug": one.slug,
        "withdrawn": one.since.isoformat() if one.since else None,
        "changed": one.changed,
        "langs": list(one.langs),
        "written": [workspace.relative(path) for path in one.written],
    }
    return Answer(words.format(slug=one.slug, langs=", ".join(one.langs), day=day), facts)


def _reason(slug: str, reason: Reason) -> str:
    key = reason.key
    context = f"{key.context} “{_short(key.source)}”" if key else ""
    return _REASONS[reason.why].format(
        count=reason.count, total=reason.total, finding=reason.finding, context=context, detail=reason.detail, slug=slug
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
