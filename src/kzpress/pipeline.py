"""The walk of a release from a file to catalogues: the stages in order, a function a verb.

::

    ingest → detect → segment → glossary.find → engine → glossary.enforce → checks → catalog

``drafting`` takes one sentence through the middle of it, ``asking`` many at once. What is done with catalogues there
already is in ``reviewing`` and ``redrafting``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kzpress import catalog, glossary, ingest, records
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
    Route,
    Segment,
    State,
    Step,
)
from kzpress.drafting import Leg, Sentence, by_rule, notes_of, prepare
from kzpress.engine import Engine
from kzpress.errors import KzpressError, LanguageError, ReleaseError, UsageError
from kzpress.glossary import Glossary
from kzpress.records import Records
from kzpress.remembering import draft_remembering
from kzpress.reviewing import findings_of
from kzpress.segment import segment, split
from kzpress.speech import _, reason
from kzpress.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A release and the verdict on its language."""

    path: Path
    release: Release
    detection: Detection
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What became of one locale: ``drafted`` sentences are new, the others were there before.

    ``left`` are those a changed glossary asks to be looked at, which a person has touched and so must change.
    """

    lang: Lang
    path: Path
    segments: int
    drafted: int
    reviewed: int
    names: tuple[NameUse, ...]
    findings: tuple[Finding, ...]
    route: Route
    changed: bool
    left: int = 0

    @property
    def names_right(self) -> int:
        """How many required names stand in the target in an approved form."""
        return sum(use.step is not Step.MISSING for use in self.names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Translated:
    """One release, drafted, or the error that stopped it."""

    path: Path
    read: Read | None = None
    slug: str | None = None
    source: Lang | None = None
    targets: tuple[Target, ...] = ()
    error: KzpressError | None = None


# ------------------------------------------------------------------ detect


def read(path: Path) -> Read:
    """Ingest a release and detect its language.

    Raises:
        ReleaseError: the release cannot be read.
    """
    release = ingest.read(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ReleaseError(_("cannot be read again ({reason})", reason=reason(error)), where=str(path)) from error
    if hashlib.sha256(data).hexdigest() != release.digest:
        raise ReleaseError(_("changed while it was read"), where=str(path), hint=_("try again when it is written"))
    return Read(path=path, release=release, detection=detect(release.blocks), data=data)


def read_bytes(path: Path, name: str, data: bytes) -> Read:
    """Ingest a release that came under ``name`` and was read from ``path`` already, and detect its language.

    Raises:
        ReleaseError: it is no release that kzpress reads.
    """
    release = ingest.read_bytes(data, name)
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

    One engine call serves all sentences, targets and releases, and a second one those that lack names. A release that
    fails is answered with its error and stops no other. Nothing is written for a release before all its targets are
    drafted. ``redraft`` replaces drafts that no person has touched.

    Raises:
        GlossaryError, WorkspaceError, LockedError: nothing was done.
    """
    terms = glossary.load(workspace.glossary, cache=workspace.index)
    with workspace.lock(), records.opened(workspace) as known:
        plans: list[Plan] = []
        for path in paths:
            try:
                plan = plan_of(
                    workspace,
                    terms,
                    read(path),
                    engine,
                    source=source,
                    targets=targets or workspace.settings.targets,
                    redraft=redraft,
                    known=known,
                )
                plans.append(plan)
            except KzpressError as error:
                yield Translated(path=path, error=error)
        yield from carry_out(workspace, terms, plans, engine, progress)


def plan_of(
    workspace: Workspace,
    terms: Glossary,
    found: Read,
    engine: Engine,
    *,
    targets: Sequence[Lang],
    source: Lang | None = None,
    redraft: bool = False,
    known: Records | None = None,
) -> Plan:
    """Plan what of a release is to be drafted, and take it: another file of this call that is the same is refused.

    Raises:
        KzpressError: it cannot be: its language, its record, a catalogue, a model.
    """
    if known is None:
        with records.opened(workspace) as known:
            return plan_of(
                workspace, terms, found, engine, targets=targets, source=source, redraft=redraft, known=known
            )
    lang = language_of(found, source)
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
    reviewer = workspace.settings.reviewer
    plan = lay_out(terms, found, slug, lang, engine, reviewer=reviewer, there=there, renewed=renewed)
    known.take(slug, found.release.digest)
    return plan


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
        route = engine.route(source, target)
        leg = Leg(source=source, target=target, route=route, date=found.release.date, reviewer=reviewer)
        known = {entry.key for entry in (before.entries if before else ()) if entry.text}
        known -= renewed.get(target, frozenset())
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


def carry_out(
    workspace: Workspace, terms: Glossary, plans: Sequence[Plan], engine: Engine, progress: Progress | None
) -> Iterator[Translated]:
    """Draft what the plans want, and write it, a release at a time; one that fails stops no other."""
    work = [work for plan in plans for work in plan.work()]
    drafts = iter(draft_remembering(workspace, terms, engine, work, progress))
    for plan in plans:
        made = {leg: {plan.segments[i].key: next(drafts) for i in lacking} for leg, lacking in plan.wanted.items()}
        try:
            yield _finish(workspace, terms, plan, made)
        except KzpressError as error:
            yield Translated(path=plan.read.path, read=plan.read, error=error)


def _finish(
    workspace: Workspace, terms: Glossary, plan: Plan, drafted: Mapping[Leg, Mapping[Key, Draft]]
) -> Translated:
    """Merge every target's drafts of one release into the catalogue there is now, then write all, the record last.

    The catalogue is read again: a reviewer may have saved it while the engine was at work.
    """
    release = plan.read.release
    written = {leg: _written(workspace, terms, plan, leg, drafts) for leg, drafts in drafted.items()}
    results = tuple(
        Target(
            lang=leg.target,
            path=workspace.catalog(leg.target, plan.slug),
            segments=len(plan.segments),
            drafted=len(plan.wanted[leg]),
            reviewed=sum(entry.state is State.APPROVED for entry in made.entries),
            names=tuple(use for draft in drafted[leg].values() for use in draft.names),
            findings=findings_of(terms, made, plan.source, release.date),
            route=leg.route,
            changed=changed,
            left=plan.left.get(leg.target, 0),
        )
        for leg, (made, changed) in written.items()
    )
    workspace.remember(release, plan.slug, plan.source, plan.read.data)
    return Translated(path=plan.read.path, read=plan.read, slug=plan.slug, source=plan.source, targets=results)


def _written(
    workspace: Workspace, terms: Glossary, plan: Plan, leg: Leg, drafts: Mapping[Key, Draft]
) -> tuple[Catalog, bool]:
    """Bring one catalogue up to date on the disk; return it, and whether it changed."""
    release = plan.read.release
    entries = [_entry(terms, plan, leg, part, drafts.get(part.key)) for part in plan.segments]

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


def _entry(terms: Glossary, plan: Plan, leg: Leg, part: Segment, draft: Draft | None) -> Entry:
    """Return the catalogue entry of a sentence; without a draft it is EMPTY, and ``merge`` keeps what there was."""
    place = f"{plan.slug}:{part.line}"
    if draft is None:
        return Entry(key=part.key, text="", state=State.EMPTY, place=place)
    made_with = glossary.demands(
        terms, part.text, draft.text, source_lang=leg.source, target_lang=leg.target, date=leg.date
    )
    notes = (*notes_of(draft, terms.digest, leg.notes_in), *glossary.note_of(made_with))
    return Entry(key=part.key, text=draft.text, state=State.DRAFT, notes=notes, place=place)


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
