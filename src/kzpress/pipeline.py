"""The walk of a release from a file to catalogues: the stages in order, a function a verb.

::

    ingest → detect → segment → glossary.find → engine → glossary.enforce → checks → catalog

``drafting`` takes one sentence through the middle of it, ``asking`` many at once. What is done with catalogues there
already is in ``reviewing`` and ``redrafting``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from kzpress import catalog, glossary, ingest, recognising, records
from kzpress.asking import Progress, draft_all
from kzpress.detect import detect
from kzpress.domain import (
    BlockKind,
    Catalog,
    Detection,
    Draft,
    Entry,
    Finding,
    Key,
    Lang,
    NameUse,
    Release,
    Segment,
    State,
)
from kzpress.drafting import Leg, Sentence, by_rule, notes_of, prepare
from kzpress.engine import Engine
from kzpress.errors import KzpressError, LanguageError, ReleaseError, UsageError
from kzpress.flowing import Item, flow
from kzpress.glossary import Glossary
from kzpress.limits import Limits
from kzpress.recognising import Recognised
from kzpress.records import Records
from kzpress.remembering import Recall, asking_what_is_new
from kzpress.results import Seen, Target, Translated
from kzpress.reviewing import findings_of
from kzpress.segment import segment, split
from kzpress.speech import _, reason
from kzpress.workspace import Workspace

_LIMITS = Limits()
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A release and the verdict on its language."""

    path: Path
    release: Release
    detection: Detection
    data: bytes


# ------------------------------------------------------------------ detect


def read(path: Path, limits: Limits = _LIMITS) -> Read:
    """Ingest a release and detect its language.

    Raises:
        ReleaseError: the release cannot be read.
    """
    release = ingest.read(path, limits)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ReleaseError(_("cannot be read again ({reason})", reason=reason(error)), where=str(path)) from error
    if hashlib.sha256(data).hexdigest() != release.digest:
        raise ReleaseError(_("changed while it was read"), where=str(path), hint=_("try again when it is written"))
    return Read(path=path, release=release, detection=detect(release.blocks), data=data)


def read_bytes(path: Path, name: str, data: bytes, limits: Limits = _LIMITS) -> Read:
    """Ingest a release that came under ``name`` and was read from ``path`` already, and detect its language.

    Raises:
        ReleaseError: it is no release that kzpress reads.
    """
    release = ingest.read_bytes(data, name, limits)
    return Read(path=path, release=release, detection=detect(release.blocks), data=data)


def language_of(found: Read, source: Lang | None) -> Lang:
    """Return the language to translate from: the one asked for, else the one detected.

    Raises:
        LanguageError: the verdict names none of ours.
    """
    if source is not None:
        return source
    if found.detection.language is None:
        raise LanguageError(
            found.detection.reason,
            where=str(found.path),
            hint=_("if you know the language, say so with --from kk, ru or en"),
        )
    return found.detection.language


# ------------------------------------------------------------------ translate


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One release about to be translated: its sentences, and for each target those it lacks by their index."""

    read: Read
    slug: str
    source: Lang
    segments: tuple[Segment, ...]
    sentences: tuple[Sentence, ...]
    wanted: Mapping[Leg, Mapping[int, Draft | None]]  # drafted by rule, or None for the engine to do
    redrafted: frozenset[Lang]  # targets whose untouched drafts are replaced
    left: Mapping[Lang, int]  # stale sentences that are a person's

    def work(self) -> Iterator[tuple[Leg, Sentence, Draft | None]]:
        """Yield the sentences to draft, those of one target after those of another."""
        for leg, lacking in self.wanted.items():
            yield from ((leg, self.sentences[i], ruled) for i, ruled in lacking.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What was drafted of one release into one language: its entries by key, and what became of its names.

    ``findings`` are those of a catalogue of these entries alone, None if they are yet to be looked for.
    """

    entries: Mapping[Key, Entry]
    names: tuple[NameUse, ...]
    findings: tuple[Finding, ...] | None = None


def translate(
    workspace: Workspace,
    paths: Sequence[Path],
    engine: Engine,
    *,
    source: Lang | None = None,
    targets: Sequence[Lang] = (),
    redraft: bool = False,
    progress: Progress | None = None,
) -> Iterator[Translated]:
    """Draft catalogues for releases; what a catalogue already has is neither asked for again nor touched.

    The releases stream through, see ``flowing``: however many there are, some of them are held at once, and those of
    all targets are decoded together. A release that fails is answered with its error and stops no other. Nothing is
    written for a release before all its targets are drafted. ``redraft`` replaces drafts that no person has touched.

    Raises:
        GlossaryError, WorkspaceError, LockedError: nothing was done.
    """
    terms = glossary.load(workspace.glossary, cache=workspace.index)
    wished = targets or workspace.settings.targets
    with (
        workspace.lock(),
        records.opened(workspace) as known,
        recognising.opened(workspace, terms, known, wished, source) as recognised,
    ):

        def planned(path: Path) -> Item[Translated]:
            try:
                if not redraft and (result := recognised.find(path, engine)):
                    return settled(result)
                plan = plan_of(
                    workspace,
                    terms,
                    read(path, workspace.settings.limits),
                    engine,
                    source=source,
                    targets=wished,
                    redraft=redraft,
                    known=known,
                )
            except KzpressError as error:
                return settled(Translated(path=path, error=error))
            return item_of(workspace, terms, plan, recognised)

        yield from carry_out(workspace, terms, map(planned, paths), engine, progress, expected=len(paths))


def plan_of(
    workspace: Workspace,
    terms: Glossary,
    found: Read,
    engine: Engine,
    *,
    targets: Sequence[Lang],
    known: Records,
    source: Lang | None = None,
    redraft: bool = False,
) -> Plan:
    """Plan what of a release is to be drafted, and take it: another file of this call that is the same is refused.

    Raises:
        KzpressError: it cannot be: its language, its record, a catalogue, a model.
    """
    lang = language_of(found, source)
    slug, there, renewed = _standing(workspace, found, lang, targets, known, redraft=redraft)
    reviewer = workspace.settings.reviewer
    plan = lay_out(terms, found, slug, lang, engine, reviewer=reviewer, there=there, renewed=renewed)
    known.take(slug, found.release.digest)
    return plan


def plan_of_drafted(
    workspace: Workspace,
    found: Read,
    segments: Sequence[Segment],
    source: Lang,
    engine: Engine,
    *,
    targets: Sequence[Lang],
    known: Records,
) -> Plan:
    """Plan what becomes of a release that was read and drafted elsewhere, and take it, see :func:`plan_of`.

    Raises:
        KzpressError: it cannot be: its record, a catalogue, a model.
    """
    slug, there, renewed = _standing(workspace, found, source, targets, known)
    wanted: dict[Leg, dict[int, Draft | None]] = {}
    for target, before in there.items():
        leg = _leg(found, source, target, engine, workspace.settings.reviewer)
        known_keys = _known_keys(before, renewed.get(target, frozenset()))
        wanted[leg] = {i: None for i, part in enumerate(segments) if part.key not in known_keys}
    known.take(slug, found.release.digest)
    return Plan(
        read=found,
        slug=slug,
        source=source,
        segments=tuple(segments),
        sentences=(),
        wanted=wanted,
        redrafted=frozenset(renewed),
        left={},
    )


def _standing(
    workspace: Workspace, found: Read, lang: Lang, targets: Sequence[Lang], known: Records, *, redraft: bool = False
) -> tuple[str, Mapping[Lang, Catalog | None], Mapping[Lang, frozenset[Key]]]:
    """Return a release's slug, the catalogues there are of it, and what in them is to be drafted anew."""
    wished = [target for target in targets if target is not lang]
    if not wished:
        raise UsageError(_("nothing to translate into: the release is in {lang}", lang=lang), where=str(found.path))
    slug = known.settle(found.release, lang)
    there = {target: _present(workspace, target, slug) for target in wished}
    renewed = {
        target: catalog.untouched(before)
        for target, before in there.items()
        # Drafts made from another source language were made from a mistake.
        if before and (redraft or dict(before.header).get("X-Source-Language") != lang)
    }
    return slug, there, renewed


def _leg(found: Read, source: Lang, target: Lang, engine: Engine, reviewer: Lang | None) -> Leg:
    route = engine.route(source, target)
    return Leg(source=source, target=target, route=route, date=found.release.date, reviewer=reviewer)


def _known_keys(before: Catalog | None, renewed: frozenset[Key]) -> frozenset[Key]:
    """Return the sentences that a catalogue has and keeps."""
    return frozenset(entry.key for entry in (before.entries if before else ()) if entry.text) - renewed


def lay_out(
    terms: Glossary,
    found: Read,
    slug: str,
    source: Lang,
    engine: Engine,
    *,
    reviewer: Lang | None,
    there: Mapping[Lang, Catalog | None],
    renewed: Mapping[Lang, frozenset[Key]],
    left: Mapping[Lang, int] = {},
) -> Plan:
    """Plan the sentences that the catalogues ``there`` lack, and those to be ``renewed``."""
    segments = segment(found.release.blocks, source)
    sentences = prepare(terms, [(part.key, part.kind) for part in segments], source, found.release.date)
    wanted: dict[Leg, dict[int, Draft | None]] = {}
    for target, before in there.items():
        leg = _leg(found, source, target, engine, reviewer)
        known = _known_keys(before, renewed.get(target, frozenset()))
        wanted[leg] = {i: by_rule(terms, part, leg) for i, part in enumerate(sentences) if part.key not in known}
    return Plan(
        read=found,
        slug=slug,
        source=source,
        segments=segments,
        sentences=sentences,
        wanted=wanted,
        redrafted=frozenset(renewed),
        left=left,
    )


def _present(workspace: Workspace, target: Lang, slug: str) -> Catalog | None:
    place = workspace.catalog(target, slug)
    return catalog.read(place) if place.exists() else None


def item_of(
    workspace: Workspace, terms: Glossary, plan: Plan, recognised: Recognised | None = None
) -> Item[Translated]:
    """Return what is to be drafted for a plan, and how it is written then, to be ``recognised`` from then on."""

    def done(drafts: Sequence[Draft]) -> Translated:
        try:
            return finish(workspace, terms, plan, made_of(terms, plan, drafts), recognised)
        except KzpressError as error:
            return Translated(path=plan.read.path, error=error)

    return Item(work=list(plan.work()), done=done)


def made_of(terms: Glossary, plan: Plan, drafts: Sequence[Draft]) -> dict[Leg, Made]:
    """Return the drafts of what a plan wants, in its order, as the entries they become."""
    rest = iter(drafts)
    return {leg: _made(terms, leg, [next(rest) for _ in lacking]) for leg, lacking in plan.wanted.items()}


def settled(result: Translated) -> Item[Translated]:
    """Return a result there is already, to stand in its place among the others."""
    return Item(work=(), done=lambda _: result)


def carry_out(
    workspace: Workspace,
    terms: Glossary,
    items: Iterable[Item[T]],
    engine: Engine,
    progress: Progress | None = None,
    *,
    expected: int = 1,
    first: int | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> Iterator[T]:
    """Draft what the ``items`` want, and write it, a release at a time; one that fails stops no other.

    They are read as they are needed; ``expected`` is how many there are. For the rest see ``flowing.flow``.

    Raises:
        ExchangeError: a file in ``tm/`` cannot be read; nothing was drafted.
        ModelError: the engine failed; what was answered by then is written.
    """
    with Recall(workspace) as recall:
        yield from flow(
            items,
            lambda work: asking_what_is_new(recall, terms, work),
            engine,
            progress=progress,
            expected=expected,
            first=first,
            stopped=stopped,
            meanwhile=lambda work: glossary.prepare(terms, (leg.target for leg, _, _ in work)),
        )


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
            drafted=len(plan.wanted[leg]),
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


def _findings(terms: Glossary, plan: Plan, there: Catalog, drafted: Made) -> tuple[Finding, ...]:
    """Return the findings of a catalogue: those that came with the drafts if it has nothing but these."""
    if drafted.findings is not None:
        fresh = [(entry.key, entry.text, "") for entry in drafted.entries.values()]
        if [(entry.key, entry.text, entry.comment) for entry in there.entries] == fresh:
            return drafted.findings
    return findings_of(terms, there, plan.source, plan.read.release.date)


def _made(terms: Glossary, leg: Leg, drafts: Sequence[Draft]) -> Made:
    entries = {draft.key: _entry(terms, leg, draft) for draft in drafts}
    return Made(entries=entries, names=tuple(use for draft in drafts for use in draft.names))


def _entry(terms: Glossary, leg: Leg, draft: Draft) -> Entry:
    """Return the catalogue entry of a draft, but for its place."""
    made_with = glossary.demands(
        terms, draft.key.source, draft.text, source_lang=leg.source, target_lang=leg.target, date=leg.date
    )
    notes = (*notes_of(draft, terms.digest, leg.notes_in), *glossary.note_of(made_with))
    return Entry(key=draft.key, text=draft.text, state=State.DRAFT, notes=notes)


def translate_lines(
    lines: Sequence[str],
    source: Lang,
    target: Lang,
    engine: Engine,
    terms: Glossary,
    *,
    date: dt.date | None = None,
    progress: Progress | None = None,
) -> list[str]:
    """Translate plain lines, as many out as in; a line may hold several sentences, an empty one stays empty."""
    parts: list[tuple[Key, BlockKind]] = []
    shape: list[list[tuple[str, str]]] = []
    for line in lines:
        sentences = list(split(line.strip(), source)) if line.strip() else []
        shape.append(sentences)
        parts += [(Key(context=BlockKind.BODY, source=text), BlockKind.BODY) for text, _ in sentences]
    prepared = prepare(terms, parts, source, date)
    leg = Leg(source=source, target=target, route=engine.route(source, target), date=date)
    work = [(leg, sentence, by_rule(terms, sentence, leg)) for sentence in prepared]
    drafts = iter(draft_all(terms, engine, work, progress))
    return ["".join(next(drafts).text + gap for _, gap in sentences) for sentences in shape]
