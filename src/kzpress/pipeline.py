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
from dataclasses import dataclass
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
    Key,
    Lang,
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
        recognising.opened(workspace, terms, known, source, wished) as recognised,
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


def item_of(
    workspace: Workspace, terms: Glossary, plan: Plan, recognised: Recognised | None = None
) -> Item[Translated]:
    """Return what is to be drafted for a plan, and how it is written then, to be ``recognised`` from then on."""

    def done(drafts: Sequence[Draft]) -> Translated:
        rest = iter(drafts)
        made = {leg: {plan.segments[i].key: next(rest) for i in lacking} for leg, lacking in plan.wanted.items()}
        try:
            return _finish(workspace, terms, plan, made, recognised)
        except KzpressError as error:
            return Translated(path=plan.read.path, error=error)

    return Item(work=list(plan.work()), done=done)


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
        )


def _finish(
    workspace: Workspace,
    terms: Glossary,
    plan: Plan,
    drafted: Mapping[Leg, Mapping[Key, Draft]],
    recognised: Recognised | None,
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
    seen = Seen.of(release, plan.read.detection)
    result = Translated(path=plan.read.path, seen=seen, slug=plan.slug, source=plan.source, targets=results)
    if recognised:
        recognised.keep(result, release.digest, f"source.{release.format}", (made for made, _ in written.values()))
    return result


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
