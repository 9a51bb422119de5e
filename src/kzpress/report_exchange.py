"""The translation memory and what goes out to people and comes back, as words and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from kzpress.domain import Lang, Severity
from kzpress.report import Answer
from kzpress.speech import Message, _, counted, figure, n_, spoken, told

if TYPE_CHECKING:
    from kzpress.exchange import Outcome
    from kzpress.exchanging import Exported, Imported
    from kzpress.memory import Near
    from kzpress.remembering import Brought
    from kzpress.workspace import Workspace

_REASONS: Final = {  # by exchange.Fate
    "both": _("changed there and here since; the file's text is in the entry's comment"),
    "unmarked": _("approved here, changed there and not marked ready; the file's text is in the entry's comment"),
    "twice": _("stands there more than once, differently: nothing of it was taken"),
    "source": _("its source sentence is not the release's"),
    "gone": _("no such sentence in the release any more"),
    "unnumbered": _("has lost its number"),
}


def remembered(counts: Mapping[tuple[Lang, Lang], int], files: int) -> Answer:
    """Word how much is remembered."""
    total = sum(counts.values())
    lines = [f"{source}→{lang}  {_sentences(number)}" for (source, lang), number in counts.items()]
    number = figure(total)
    approved = counted("{number} approved sentence", "{number} approved sentences", total, number=number)
    lines.append(counted("{sentences} from {count} file", "{sentences} from {count} files", files, sentences=approved))
    facts = {"sentences": total, "files": files, "directions": _directions(counts)}
    return Answer("\n".join(lines), facts)


def recalled(near: Near, text: str) -> Answer:
    """Word one translation that was approved, and how like its sentence is to ``text``."""
    from kzpress.memory import changes

    one = near.remembered
    origin = told("{origin} by {person}", origin=one.origin, person=one.by) if one.by else one.origin
    lines = [f"{near.percent:3} %  {one.source_lang}→{one.lang}  {origin}"]
    lines += [f"       {changes(one.source, text)}"] if near.percent < 100 else []
    facts = {
        "likeness": near.percent,
        "from": one.source_lang,
        "to": one.lang,
        "source": one.source,
        "text": one.text,
        "origin": one.origin,
        "by": one.by,
        "date": one.date.isoformat() if one.date else None,
    }
    return Answer("\n".join([*lines, f"       {one.text}"]), facts)


def brought(workspace: Workspace, done: Brought) -> Answer:
    """Word what a TMX file now holds."""
    name = workspace.relative(done.place)
    total = sum(done.counts.values())
    head = _written(name, changed=done.changed)
    pairs = ", ".join(f"{source}→{lang} {number}" for (source, lang), number in done.counts.items())
    words = f"{head}  {_sentences(total)}" + (f"  ({pairs})" if pairs else "")
    facts = {
        "file": name,
        "sentences": total,
        "directions": _directions(done.counts),
        "lost": dict(done.lost),
        "changed": done.changed,
    }
    return Answer(words, facts)


def lost(done: Brought) -> Iterator[Message]:
    """Yield what a TMX file had that did not come with it."""
    for what, number in done.lost.items():
        yield n_("passed over: {what}", "passed over: {what}, {count} times", number, what=what)


def exported(done: Exported) -> Answer:
    """Word a file that went out."""
    head = _written(done.path, changed=done.changed)
    approved = told("{count} approved", count=done.approved)
    words = f"{head}  {_sentences(done.sentences)}, {approved}, {_findings(done.findings)}"
    facts = {
        "slug": done.slug,
        "lang": done.lang,
        "file": str(done.path),
        "sentences": done.sentences,
        "approved": done.approved,
        "findings": done.findings,
        "changed": done.changed,
    }
    return Answer(words, facts)


def imported(workspace: Workspace, done: Imported, *, dry_run: bool) -> Answer:
    """Word what became of a file that came back, and every row of it that somebody must look at."""
    from kzpress.exchange import Fate

    counts = [
        _("{count} approved", count=done.count(Fate.APPROVED)),
        _("{count} taken, still to review", count=done.count(Fate.TAKEN)),
        _("{count} as here", count=done.count(Fate.SAME)),
        _("{count} left blank", count=done.count(Fate.BLANK)),
        _("{count} not in the file", count=done.missing),
        _("{count} left for you", count=len(done.left)),
    ]
    words = ", ".join(spoken(one) for one in counts if one.facts["count"])
    name = workspace.relative(done.place)
    end = told("would write {path}", path=name) if dry_run and done.changed else _written(name, changed=done.changed)
    lines = [f"{done.path}: {done.slug} {done.lang}: {words}; {end}"]
    if done.is_older and (done.changed or done.left):
        lines.append("        " + told("the catalogue was changed since the file went out: merged"))
    for outcome in done.left:
        lines += _left(outcome)
    open_findings = sum(finding.severity is not Severity.ACKNOWLEDGED for finding in done.findings)
    if open_findings:
        lines.append(
            "        "
            + told("{findings} now: {command}", findings=_findings(open_findings), command=f"kzpress check {done.slug}")
        )
    facts = {
        "file": str(done.path),
        "slug": done.slug,
        "lang": done.lang,
        "catalogue": name,
        "counts": {fate.value: done.count(fate) for fate in Fate if done.count(fate)},
        "missing": done.missing,
        "older": done.is_older,
        "changed": done.changed,
        "findings": open_findings,
        "left": [
            {
                "where": outcome.row.where,
                "reason": outcome.fate,
                "source": outcome.row.source,
                "file": outcome.row.text,
                "catalogue": outcome.text,
            }
            for outcome in done.left
        ],
    }
    return Answer("\n".join(lines), facts)


def _left(outcome: Outcome) -> Iterator[str]:
    row = outcome.row
    yield f"{told('left'):6}  {spoken(row.where)}: {spoken(_REASONS[outcome.fate])}"
    yield f"          {row.source if len(row.source) <= 72 else row.source[:71] + '…'}"
    if outcome.text is not None:
        yield f"          {told('catalogue'):9}  {outcome.text}"
    yield f"          {told('file'):9}  {row.text}"


def _directions(counts: Mapping[tuple[Lang, Lang], int]) -> dict[str, int]:
    return {f"{source}-{lang}": number for (source, lang), number in counts.items()}


def _written(path: object, *, changed: bool) -> str:
    return told("wrote {path}", path=path) if changed else told("{path} is as it was", path=path)


def _sentences(number: int) -> str:
    return counted("{number} sentence", "{number} sentences", number, number=figure(number))


def _findings(number: int) -> str:
    return counted("{count} finding", "{count} findings", number)
