"""The translation memory and what goes out to people and comes back, as words and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from kzpress.domain import Lang, Severity
from kzpress.report import Answer

if TYPE_CHECKING:
    from kzpress.exchange import Outcome
    from kzpress.exchanging import Exported, Imported
    from kzpress.memory import Near
    from kzpress.remembering import Brought
    from kzpress.workspace import Workspace

_REASONS: Final = {  # by exchange.Fate
    "both": "changed there and here since; the file's text is in the entry's comment",
    "unmarked": "approved here, changed there and not marked ready; the file's text is in the entry's comment",
    "twice": "stands there more than once, differently: nothing of it was taken",
    "source": "its source sentence is not the release's",
    "gone": "no such sentence in the release any more",
    "unnumbered": "has lost its number",
}


def remembered(counts: Mapping[tuple[Lang, Lang], int], files: int) -> Answer:
    """Word how much is remembered."""
    total = sum(counts.values())
    lines = [f"{source}→{lang}  {_count(number, 'sentence')}" for (source, lang), number in counts.items()]
    lines.append(f"{_count(total, 'approved sentence')} from {_count(files, 'file')}")
    facts = {"sentences": total, "files": files, "directions": _directions(counts)}
    return Answer("\n".join(lines), facts)


def recalled(near: Near, text: str) -> Answer:
    """Word one translation that was approved, and how like its sentence is to ``text``."""
    from kzpress.memory import changes

    one = near.remembered
    by = f" by {one.by}" if one.by else ""
    lines = [f"{near.percent:3} %  {one.source_lang}→{one.lang}  {one.origin}{by}"]
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
    head = f"wrote {name}" if done.changed else f"{name} is as it was"
    pairs = ", ".join(f"{source}→{lang} {number}" for (source, lang), number in done.counts.items())
    words = f"{head}  {_count(total, 'sentence')}" + (f"  ({pairs})" if pairs else "")
    facts = {
        "file": name,
        "sentences": total,
        "directions": _directions(done.counts),
        "lost": dict(done.lost),
        "changed": done.changed,
    }
    return Answer(words, facts)


def lost(done: Brought) -> Iterator[str]:
    """Yield what a TMX file had that did not come with it."""
    for what, number in done.lost.items():
        yield f"passed over: {what}, {number} times" if number > 1 else f"passed over: {what}"


def exported(done: Exported) -> Answer:
    """Word a file that went out."""
    head = f"wrote {done.path}" if done.changed else f"{done.path} is as it was"
    findings = _count(done.findings, "finding")
    words = f"{head}  {_count(done.sentences, 'sentence')}, {done.approved} approved, {findings}"
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
        (done.count(Fate.APPROVED), "approved"),
        (done.count(Fate.TAKEN), "taken, still to review"),
        (done.count(Fate.SAME), "as here"),
        (done.count(Fate.BLANK), "left blank"),
        (done.missing, "not in the file"),
        (len(done.left), "left for you"),
    ]
    told = ", ".join(f"{number} {what}" for number, what in counts if number)
    name = workspace.relative(done.place)
    end = ("would write " if dry_run else "wrote ") + name if done.changed else f"{name} is as it was"
    lines = [f"{done.path}: {done.slug} {done.lang}: {told}; {end}"]
    if done.is_older and (done.changed or done.left):
        lines.append("        the catalogue was changed since the file went out: merged")
    for outcome in done.left:
        lines += _left(outcome)
    open_findings = sum(finding.severity is not Severity.ACKNOWLEDGED for finding in done.findings)
    lines += [f"        {_count(open_findings, 'finding')} now: kzpress check {done.slug}"] if open_findings else []
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
    yield f"left    {row.where}: {_REASONS[outcome.fate]}"
    yield f"          {row.source if len(row.source) <= 72 else row.source[:71] + '…'}"
    if outcome.text is not None:
        yield f"          catalogue  {outcome.text}"
    yield f"          file       {row.text}"


def _directions(counts: Mapping[tuple[Lang, Lang], int]) -> dict[str, int]:
    return {f"{source}-{lang}": number for (source, lang), number in counts.items()}


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
