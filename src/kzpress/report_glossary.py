"""What the glossary's exchange, search and counts say, as words and as JSON; ``report`` prints it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kzpress.domain import Hit, Lang, State
from kzpress.report import Answer
from kzpress.speech import Message, _, counted, spoken, told

if TYPE_CHECKING:
    import datetime as dt

    from kzpress.glossary import Glossary
    from kzpress.glossary.exchange import Exported, Imported
    from kzpress.glossary.near import Near
    from kzpress.glossary.usage import Tally
    from kzpress.measuring import Usage

_LISTED = 5  # entries of a note
_SHOWN = 100  # characters of a cell; --json has all of it
_COLUMNS = (_("sentences"), "kk", "ru", "en", _("approved"), _("drafted"), _("missing"))  # of the table of ``used``


def exported(path: Path, made: Exported, *, changed: bool) -> Answer:
    """Word a file that was written; what is not in it goes to stderr, see ``left_out``."""
    facts = {
        "path": str(path),
        "concepts": made.concepts,
        "changed": changed,
        "lost": [{"entry": loss.entry, "fields": list(loss.fields)} for loss in made.lost],
        "notes": list(made.notes),
    }
    words = told("wrote {path}", path=path) if changed else told("{path} is as it was", path=path)
    return Answer(f"{words}  {_concepts(made.concepts)}", facts)


def left_out(made: Exported) -> Iterator[Message | str]:
    """Yield what a file's reader should know, and for each field the entries it was left out of."""
    yield from made.notes
    entries: dict[str, list[str]] = {}
    for loss in made.lost:
        for field in loss.fields:
            entries.setdefault(field, []).append(loss.entry)
    for field, names in sorted(entries.items()):
        left = ", ".join(names[:_LISTED])
        if len(names) > _LISTED:
            left = _("{entries} and {count} more (--json names them)", entries=left, count=len(names) - _LISTED)
        yield _("{field} is not in it, the format has no place for it: {entries}", field=field, entries=left)


def imported(path: Path, done: Imported, *, dry_run: bool) -> Answer:
    """Word what became of the concepts of a file."""
    files = ", ".join(done.files)
    lines = [f"{told('new'):7}  {name}" for name in done.new]
    for found in done.differences:
        state = told("updated") if found.taken else told("differs")
        lines.append(f"{state:7}  {found.entry}  {found.field}  ({found.place})")
        lines.append(f"           {told('ours'):6}  {_cell(found.ours)}")
        lines.append(f"           {told('theirs'):6}  {_cell(found.theirs)}")
    for refusal in done.refused:
        hint = "\n           " + told("hint: {hint}", hint=refusal.hint) if refusal.hint else ""
        lines.append(f"{told('refused'):7}  {spoken(refusal.where)}: {refusal.entry}: {spoken(refusal.reason)}{hint}")
    left = len({found.entry for found in done.differences if not found.taken})
    counts = [
        told("{count} new", count=len(done.new)) if done.new else "",
        counted("{count} updated", "{count} updated", len(done.updated)) if done.updated else "",
        told("{count} as here", count=done.unchanged),
        counted("{count} differs", "{count} differ", left) if left else "",
        counted("{count} refused", "{count} refused", len(done.refused)) if done.refused else "",
    ]
    written = told("wrote {path}", path=files) if files else told("nothing to write")
    written = told("would write {path}", path=files) if files and dry_run else written
    lines.append(f"{path}: {_concepts(done.concepts)}: {', '.join(filter(None, counts))}; {written}")
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
        lines.append("    " + told("not the name on {day}: it is the name {period}", day=day, period=valid))
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
    asked = told("did you mean “{name}”?", name=found.name)
    return Answer(f"{found.lang}  {asked}  {found.entry} ({found.kind})", facts)


def usage_head() -> str:
    """Return the heading of the table of ``used``."""
    head = (f"{spoken(word):>{width}}" for word, width in zip(_COLUMNS, _widths(), strict=True))
    return f"{''.join(head)}  {told('entry')}"


def _widths() -> list[int]:
    return [max(4, len(spoken(word))) + (2 if at else 0) for at, word in enumerate(_COLUMNS)]


def used(tally: Tally) -> Answer:
    """Word how often one concept occurs."""
    approved, drafted = tally.states[State.APPROVED], tally.states[State.DRAFT]
    locales = [tally.locales[lang] for lang in (Lang.KK, Lang.RU, Lang.EN)]
    counts = (tally.sentences, *locales, approved, drafted, tally.missing)
    words = "".join(f"{count:{width}}" for count, width in zip(counts, _widths(), strict=True)) + f"  {tally.entry}"
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
    catalogues = counted("{count} catalogue", "{count} catalogues", found.catalogues)
    sentences = counted("{count} sentence", "{count} sentences", found.sentences)
    occur = counted(
        "{some} of {count} concept occurs, {never} never",
        "{some} of {count} concepts occur, {never} never",
        concepts,
        some=len(found.tallies),
        never=len(found.never),
    )
    words = f"{catalogues}, {sentences}: {occur}"
    if shown < len(found.tallies):
        words += "; " + told("shown are the first {count}", count=shown)
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
    return shown.replace("\n", " ") or told("(none)")


def _concepts(number: int) -> str:
    return counted("{count} concept", "{count} concepts", number)
