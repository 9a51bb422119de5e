"""What the glossary's exchange, search and counts say, as words and as JSON; ``report`` prints it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kzpress.domain import Hit, Lang, State
from kzpress.report import Answer

if TYPE_CHECKING:
    import datetime as dt

    from kzpress.glossary import Glossary
    from kzpress.glossary.exchange import Exported, Imported
    from kzpress.glossary.near import Near
    from kzpress.glossary.usage import Tally
    from kzpress.measuring import Usage

_SHOWN = 100  # characters of a cell; --json has all of it


def exported(path: Path, made: Exported, *, changed: bool) -> Answer:
    """Word a file that was written; what is not in it goes to stderr, see ``left_out``."""
    facts = {
        "path": str(path),
        "concepts": made.concepts,
        "changed": changed,
        "lost": [{"entry": loss.entry, "fields": list(loss.fields)} for loss in made.lost],
        "notes": list(made.notes),
    }
    words = f"wrote {path}" if changed else f"{path} is as it was"
    return Answer(f"{words}  {_count(made.concepts, 'concept')}", facts)


def left_out(made: Exported) -> Iterator[str]:
    """Yield what a file's reader should know, and for each field the entries it was left out of."""
    yield from made.notes
    entries: dict[str, list[str]] = {}
    for loss in made.lost:
        for field in loss.fields:
            entries.setdefault(field, []).append(loss.entry)
    for field, names in sorted(entries.items()):
        yield f"{field} is not in it, the format has no place for it: {', '.join(names)}"


def imported(path: Path, done: Imported, *, dry_run: bool) -> Answer:
    """Word what became of the concepts of a file."""
    files = ", ".join(done.files)
    lines = [f"new      {name}" for name in done.new]
    for found in done.differences:
        lines.append(f"{'updated' if found.taken else 'differs':9}{found.entry}  {found.field}  ({found.place})")
        lines.append(f"           ours    {_cell(found.ours)}")
        lines.append(f"           theirs  {_cell(found.theirs)}")
    for refusal in done.refused:
        hint = f"\n           hint: {refusal.hint}" if refusal.hint else ""
        lines.append(f"refused  {refusal.where}: {refusal.entry}: {refusal.reason}{hint}")
    left = len({found.entry for found in done.differences if not found.taken})
    counts = [
        f"{len(done.new)} new" if done.new else "",
        f"{len(done.updated)} updated" if done.updated else "",
        f"{done.unchanged} as here",
        f"{left} {'differs' if left == 1 else 'differ'}" if left else "",
        f"{len(done.refused)} refused" if done.refused else "",
    ]
    written = f"; {'would write' if dry_run else 'wrote'} {files}" if files else "; nothing to write"
    lines.append(f"{path}: {_count(done.concepts, 'concept')}: {', '.join(filter(None, counts))}{written}")
    facts: dict[str, Any] = {
        "path": str(path),
        "concepts": done.concepts,
        "new": list(done.new),
        "updated": list(done.updated),
        "unchanged": done.unchanged,
        "differences": [
            {
                "entry": found.entry,
                "where": found.place,
                "field": found.field,
                "ours": found.ours,
                "theirs": found.theirs,
                "taken": found.taken,
            }
            for found in done.differences
        ],
        "refused": [
            {"where": refusal.where, "entry": refusal.entry, "reason": refusal.reason, "hint": refusal.hint}
            for refusal in done.refused
        ],
        "notes": list(done.notes),
        "files": list(done.files),
        "dry_run": dry_run,
    }
    return Answer("\n".join(lines), facts)


def name_found(terms: Glossary, text: str, lang: Lang, hit: Hit, day: dt.date | None = None) -> Answer:
    """Word one recognised name: what it is, where it stands in the glossary, what it is in the other languages.

    With a ``day``, also whether the name holds on it.
    """
    entry = terms.entries[hit.entry]
    cases = " ".join(dict.fromkeys(case.removeprefix("poss-") for case in hit.cases))
    valid = ", ".join(str(period) for period in entry.valid)
    facts = {
        "lang": lang,
        "text": text[hit.start : hit.end],
        "start": hit.start,
        "end": hit.end,
        "entry": hit.entry,
        "kind": hit.kind,
        "base": hit.base,
        "cases": list(hit.cases),
        "concept": entry.kind,
        "valid": valid or None,
        "holds": entry.is_valid(day),
        "where": entry.place,
        "names": {code: str(entry.names[code]) for code in Lang if code is not lang},
    }
    about = "  ".join(filter(None, (cases, str(entry.kind), valid, entry.place)))
    lines = [f"{lang}  “{text[hit.start : hit.end]}”  {hit.entry} ({hit.kind})  {about}"]
    if day and not entry.is_valid(day):
        lines.append(f"    not the name on {day}: it is the name {valid}")
    if hit.kind != "name":
        lines.append(f"    {lang}: {entry.names[lang]}")
    lines += [f"    {code}: {entry.names[code]}" for code in Lang if code is not lang]
    return Answer("\n".join(lines), facts)


def near(found: Near) -> Answer:
    """Word a name that may have been meant."""
    facts = {
        "near": found.name,
        "lang": found.lang,
        "entry": found.entry,
        "kind": found.kind,
        "alike": round(found.alike / 100, 2),
    }
    return Answer(f"{found.lang}  did you mean “{found.name}”?  {found.entry} ({found.kind})", facts)


def usage_head() -> str:
    """Return the heading of the table of ``used``."""
    return "sentences    kk    ru    en  approved  drafted  missing  entry"


def used(tally: Tally) -> Answer:
    """Word how often one concept occurs."""
    approved, drafted = tally.states[State.APPROVED], tally.states[State.DRAFT]
    locales = "".join(f"{tally.locales[lang]:6}" for lang in (Lang.KK, Lang.RU, Lang.EN))
    words = f"{tally.sentences:9}{locales}{approved:10}{drafted:9}{tally.missing:9}  {tally.entry}"
    facts = {
        "entry": tally.entry,
        "sentences": tally.sentences,
        "locales": {lang: tally.locales[lang] for lang in Lang},
        "approved": approved,
        "drafted": drafted,
        "missing": tally.missing,
    }
    return Answer(words, facts)


def unused(terms: Glossary, name: str) -> Answer:
    """Word a concept that never occurs."""
    entry = terms.entries[name]
    facts = {"entry": name, "sentences": 0, "kind": entry.kind, "where": entry.place}
    return Answer(f"{name}  {entry.kind}  {entry.place}  {entry.names[Lang.EN]}", facts)


def usage(found: Usage, concepts: int, shown: int) -> Answer:
    """Word the sum of all."""
    words = (
        f"{_count(found.catalogues, 'catalogue')}, {_count(found.sentences, 'sentence')}: "
        f"{len(found.tallies)} of {_count(concepts, 'concept')} occur, {len(found.never)} never"
    )
    if shown < len(found.tallies):
        words += f"; shown are the first {shown}"
    facts = {
        "catalogues": found.catalogues,
        "sentences": found.sentences,
        "concepts": concepts,
        "occurring": len(found.tallies),
        "never": len(found.never),
    }
    return Answer(words, facts)


def _cell(text: str) -> str:
    shown = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    return shown.replace("\n", " ") or "(none)"


def _count(number: int, one: str) -> str:
    return f"{number} {one if number == 1 else one + 's'}"
