"""Drafts become catalogues: merged into what there is by now, checked, and put on record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kzpress import catalog, glossary, messages
from kzpress.domain import Catalog, Draft, Entry, Finding, Key, NameUse, State
from kzpress.drafting import Leg, notes_of
from kzpress.glossary import Glossary
from kzpress.planning import Plan
from kzpress.recognising import Recognised
from kzpress.results import Seen, Target, Translated
from kzpress.reviewing import findings_of
from kzpress.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What was drafted of one release into one language: its entries by key, and what became of its names.

    ``findings`` are those of a catalogue of these entries alone, None if they are yet to be looked for.
    """

    entries: Mapping[Key, Entry]
    names: tuple[NameUse, ...]
    findings: tuple[Finding, ...] | None = None


def made_of(terms: Glossary, plan: Plan, drafts: Sequence[Draft]) -> dict[Leg, Made]:
    """Return the drafts of what a plan wants, in its order, as the entries they become."""
    rest = iter(drafts)
    return {leg: _made(terms, leg, [next(rest) for _ in lacking]) for leg, lacking in plan.wanted.items()}


def finish(
    workspace: Workspace,
    terms: Glossary,
    plan: Plan,
    drafted: Mapping[Leg, Made],
    recognised: Recognised | None = None,
) -> Translated:
    """Merge every target's drafts of one release into the catalogue there is now, then write all, the record last.

    The catalogue is read again: a reviewer may have saved it while the engine was at work.

    Raises:
        KzpressError: a catalogue or the record cannot be read or written.
    """
    release = plan.read.release
    written = {leg: _written(workspace, plan, leg, made) for leg, made in drafted.items()}
    results = tuple(
        Target(
            lang=leg.target,
            path=workspace.catalog(leg.target, plan.slug),
            segments=len(plan.segments),
            guesses=(guesses := _guesses(plan, leg, made)),
            drafted=len(plan.wanted[leg]) - guesses,
            reviewed=sum(entry.state is State.APPROVED for entry in made.entries),
            names=drafted[leg].names,
            findings=_findings(terms, plan, made, drafted[leg]),
            route=leg.route,
            changed=changed,
            left=plan.left.get(leg.target, 0),
        )
        for leg, (made, changed) in written.items()
    )
    workspace.remember(release, plan.slug, plan.source, plan.read.data)
    seen = Seen.of(release, plan.read.detection)
    result = Translated(path=plan.read.path, seen=seen, slug=plan.slug, source=plan.source, targets=results)
    if recognised:
        kept = f"source.{release.format}"
        recognised.keep(result, release.origin, release.digest, kept, (made for made, _ in written.values()))
    return result


def _written(workspace: Workspace, plan: Plan, leg: Leg, drafted: Made) -> tuple[Catalog, bool]:
    """Bring one catalogue up to date on the disk; return it, and whether it changed.

    The entry of a sentence without a draft is EMPTY, and ``merge`` keeps what there was.
    """
    release = plan.read.release
    entries = [
        replace(
            drafted.entries.get(part.key) or Entry(key=part.key, text="", state=State.EMPTY),
            place=f"{plan.slug}:{part.line}",
        )
        for part in plan.segments
    ]

    def merged(before: Catalog | None) -> Catalog:
        header = catalog.header(
            plan.slug,
            lang=leg.target,
            source_lang=plan.source,
            source_digest=release.digest,
            date=release.date or catalog.first_drafted(before),
        )
        redraft = leg.target in plan.redrafted
        return catalog.merge(before, entries, lang=leg.target, header=header, redraft=redraft, notes_in=leg.notes_in)

    return catalog.update(workspace.catalog(leg.target, plan.slug), merged)


def _guesses(plan: Plan, leg: Leg, made: Catalog) -> int:
    """Return at how many of the sentences that were wanted the model guessed, and nobody has filled them since."""
    wanted = {plan.segments[i].key for i in plan.wanted[leg]}
    return sum(entry.key in wanted and catalog.is_left_to_a_person(entry) for entry in made.entries)


def _findings(terms: Glossary, plan: Plan, there: Catalog, drafted: Made) -> tuple[Finding, ...]:
    """Return the findings of a catalogue: those that came with the drafts if it has nothing but these."""
    if drafted.findings is not None:
        fresh = [(entry.key, entry.text, "") for entry in drafted.entries.values()]
        if [(entry.key, entry.text, entry.comment) for entry in there.entries] == fresh:
            return drafted.findings
    return findings_of(terms, there, plan.source, plan.read.release.date)


def _made(terms: Glossary, leg: Leg, drafts: Sequence[Draft]) -> Made:
    entries = {draft.key: _entry(terms, leg, draft) for draft in drafts}
    return Made(entries=entries, names=tuple(use for draft in drafts if not draft.is_guess for use in draft.names))


def _entry(terms: Glossary, leg: Leg, draft: Draft) -> Entry:
    """Return the catalogue entry of a draft, but for its place: empty where it is a guess, with the guess in a note."""
    text = "" if draft.is_guess else draft.text
    made_with = glossary.demands(
        terms, draft.key.source, text, source_lang=leg.source, target_lang=leg.target, date=leg.date
    )
    first, *notes = notes_of(draft, terms.digest, leg.notes_in)
    if draft.is_guess:
        notes.insert(0, messages.say(leg.notes_in, messages.GUESS, text=" ".join(draft.text.split())))
    state = State.EMPTY if draft.is_guess else State.DRAFT
    return Entry(key=draft.key, text=text, state=state, notes=(first, *notes, *glossary.note_of(made_with)))
