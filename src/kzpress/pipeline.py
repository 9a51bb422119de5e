"""The verbs of kzpress: the stages in order, a function a verb.

::

    ingest → detect → segment → glossary.find → engine → glossary.enforce → checks → catalog
"""

from __future__ import annotations

import datetime as dt
import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

from kzpress import catalog, checks, glossary, ingest, scores
from kzpress.detect import detect
from kzpress.domain import (
    BlockKind,
    Catalog,
    Detection,
    Draft,
    Entry,
    Finding,
    Hypothesis,
    Key,
    Lang,
    NameUse,
    Release,
    Route,
    Segment,
    State,
    Step,
)
from kzpress.drafting import Leg, Sentence, by_engine, by_rule, notes_of, prepare
from kzpress.engine import Engine, Job, Package, Seal, broken, discover, find_route
from kzpress.errors import CatalogError, KzpressError, LanguageError, ModelError, ReleaseError, UsageError
from kzpress.glossary import Glossary
from kzpress.scores import Scores
from kzpress.segment import segment, split
from kzpress.workspace import Workspace

Progress = Callable[[int, int], None]  # sentences done, sentences in all


# ------------------------------------------------------------------ what the verbs answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A release and the verdict on its language."""

    path: Path
    release: Release
    detection: Detection
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What became of one locale: ``drafted`` sentences are new, the others were there before."""

    lang: Lang
    path: Path
    segments: int
    drafted: int
    reviewed: int
    names: tuple[NameUse, ...]
    findings: tuple[Finding, ...]
    route: Route
    changed: bool

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Progressed:
    """How far one locale of one release is, by state and findings, or the error that its catalogue cannot be read."""

    slug: str
    lang: Lang
    path: Path
    empty: int = 0
    draft: int = 0
    approved: int = 0
    findings: tuple[Finding, ...] = ()
    error: KzpressError | None = None

    @property
    def total(self) -> int:
        """Entries that are part of the present release."""
        return self.empty + self.draft + self.approved


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
        raise ReleaseError(f"cannot be read again ({error.strerror})", where=str(path)) from error
    if hashlib.sha256(data).hexdigest() != release.digest:
        raise ReleaseError("changed while it was read", where=str(path), hint="try again when it is written")
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
            hint="if you know the language, say so with --from kk, ru or en",
        )
    return found.detection.language


# ------------------------------------------------------------------ translate


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """One release about to be translated: its sentences, and for each target those it lacks by their index."""

    read: Read
    slug: str
    source: Lang
    segments: tuple[Segment, ...]
    sentences: tuple[Sentence, ...]
    wanted: Mapping[Leg, Mapping[int, Draft | None]]  # drafted by rule, or None for the engine to do
    redrafted: frozenset[Lang]  # targets whose untouched drafts are replaced

    def jobs(self) -> Iterator[Job]:
        """Yield what the engine is to translate, as often as it occurs."""
        for leg, lacking in self.wanted.items():
            yield from (leg.job(self.sentences[i]) for i, ruled in lacking.items() if ruled is None)


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

    One engine call serves all sentences, targets and releases. A release that fails is answered with its error and
    stops no other. Nothing is written for a release before all its targets are drafted. ``redraft`` replaces drafts
    that no person has touched.

    Raises:
        GlossaryError, WorkspaceError, LockedError: nothing was done.
    """
    terms = glossary.load(workspace.glossary)
    with workspace.lock():
        plans: list[_Plan] = []
        for path in paths:
            try:
                plan = _plan(
                    workspace,
                    terms,
                    read(path),
                    engine,
                    source=source,
                    targets=targets or workspace.settings.targets,
                    redraft=redraft,
                    taken={plan.slug: plan.read.release.digest for plan in plans},
                )
                plans.append(plan)
            except KzpressError as error:
                yield Translated(path=path, error=error)
        hypotheses = _ask(engine, (job for plan in plans for job in plan.jobs()), progress)
        for plan in plans:
            try:
                yield _finish(workspace, terms, plan, hypotheses)
            except KzpressError as error:
                yield Translated(path=plan.read.path, read=plan.read, error=error)


def _plan(
    workspace: Workspace,
    terms: Glossary,
    found: Read,
    engine: Engine,
    *,
    source: Lang | None,
    targets: Sequence[Lang],
    redraft: bool,
    taken: Mapping[str, str],
) -> _Plan:
    lang = language_of(found, source)
    wished = [target for target in targets if target is not lang]
    if not wished:
        raise UsageError(f"nothing to translate into: the release is in {lang}", where=str(found.path))
    slug = workspace.settle(found.release, lang, taken)
    segments = segment(found.release.blocks, lang)
    sentences = prepare(terms, [(part.key, part.kind) for part in segments], lang, found.release.date)
    wanted: dict[Leg, dict[int, Draft | None]] = {}
    redrafted: set[Lang] = set()
    for target in wished:
        leg = Leg(source=lang, target=target, route=engine.route(lang, target), date=found.release.date)
        there = _present(workspace, target, slug)
        # Drafts made from another source language were made from a mistake.
        if redraft or (there and dict(there.header).get("X-Source-Language") != lang):
            redrafted.add(target)
        known = {
            entry.key
            for entry in (there.entries if there else ())
            if entry.text and (target not in redrafted or catalog.is_edited(entry))
        }
        wanted[leg] = {i: by_rule(terms, part, leg) for i, part in enumerate(sentences) if part.key not in known}
    return _Plan(
        read=found,
        slug=slug,
        source=lang,
        segments=segments,
        sentences=sentences,
        wanted=wanted,
        redrafted=frozenset(redrafted),
    )


def _present(workspace: Workspace, target: Lang, slug: str) -> Catalog | None:
    place = workspace.catalog(target, slug)
    return catalog.read(place) if place.exists() else None


def _ask(engine: Engine, jobs: Iterable[Job], progress: Progress | None) -> dict[Job, tuple[Hypothesis, ...]]:
    """Translate each job once, however often it occurs."""
    wanted = list(dict.fromkeys(jobs))
    done = 0

    def tell(more: int) -> None:
        nonlocal done
        done += more
        if progress:
            progress(done, len(wanted))

    return dict(zip(wanted, engine.translate(wanted, tell), strict=True))


def _finish(
    workspace: Workspace, terms: Glossary, plan: _Plan, hypotheses: Mapping[Job, tuple[Hypothesis, ...]]
) -> Translated:
    """Draft every target of one release and merge it into the catalogue there is now, then write all, the record last.

    The catalogue is read again: a reviewer may have saved it while the engine was at work.
    """
    merged: dict[Leg, Catalog] = {}
    names: dict[Leg, tuple[NameUse, ...]] = {}
    release = plan.read.release
    for leg, lacking in plan.wanted.items():
        drafts = {
            plan.segments[i].key: ruled
            or by_engine(terms, plan.sentences[i], leg, hypotheses[leg.job(plan.sentences[i])])
            for i, ruled in lacking.items()
        }
        before = _present(workspace, leg.target, plan.slug)
        merged[leg] = catalog.merge(
            before,
            [_entry(terms, plan.slug, part, drafts.get(part.key)) for part in plan.segments],
            lang=leg.target,
            header=catalog.header(
                plan.slug,
                lang=leg.target,
                source_lang=plan.source,
                source_digest=release.digest,
                date=release.date or _first_drafted(before),
            ),
            redraft=leg.target in plan.redrafted,
        )
        names[leg] = tuple(use for draft in drafts.values() for use in draft.names)
    results = tuple(
        Target(
            lang=leg.target,
            path=workspace.catalog(leg.target, plan.slug),
            segments=len(plan.segments),
            drafted=len(plan.wanted[leg]),
            reviewed=sum(entry.state is State.APPROVED for entry in made.entries),
            names=names[leg],
            findings=_check(terms, made, plan.source, release.date),
            route=leg.route,
            changed=catalog.write(workspace.catalog(leg.target, plan.slug), made),
        )
        for leg, made in merged.items()
    )
    workspace.remember(release, plan.slug, plan.source, plan.read.data)
    return Translated(path=plan.read.path, read=plan.read, slug=plan.slug, source=plan.source, targets=results)


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
    ruled = [by_rule(terms, sentence, leg) for sentence in prepared]
    jobs = [leg.job(sentence) for sentence in prepared]
    asked = (job for job, draft in zip(jobs, ruled, strict=True) if draft is None)
    hypotheses = _ask(engine, asked, progress)
    drafts = iter(
        [
            draft or by_engine(terms, sentence, leg, hypotheses[job])
            for sentence, job, draft in zip(prepared, jobs, ruled, strict=True)
        ]
    )
    return ["".join(next(drafts).text + gap for _, gap in sentences) for sentences in shape]


def _entry(terms: Glossary, slug: str, part: Segment, draft: Draft | None) -> Entry:
    """Return the catalogue entry of a sentence; without a draft it is EMPTY, and ``merge`` keeps what there was."""
    place = f"{slug}:{part.line}"
    if draft is None:
        return Entry(key=part.key, text="", state=State.EMPTY, place=place)
    return Entry(key=part.key, text=draft.text, state=State.DRAFT, notes=notes_of(draft, terms.digest), place=place)


def _first_drafted(before: Catalog | None) -> dt.date:
    """Return the day an undated release was first drafted: its catalogue's, or today."""
    created = dict(before.header).get("POT-Creation-Date", "") if before else ""
    try:
        return dt.date.fromisoformat(created[:10])
    except ValueError:
        return dt.datetime.now(dt.UTC).date()


# ------------------------------------------------------------------ status, check


def progress_of(workspace: Workspace, slugs: Sequence[str] = (), lang: Lang | None = None) -> Iterator[Progressed]:
    """Yield how far each catalogue is, with its findings, by slug and language; one that is damaged stops no other.

    Raises:
        CatalogError: a slug has no catalogue.
        GlossaryError: the glossary is not valid.
    """
    terms = glossary.load(workspace.glossary)
    catalogs = [(slug, code, path) for slug, code, path in workspace.catalogs() if lang in (None, code)]
    for slug in slugs:
        if slug not in {known for known, _, _ in catalogs}:
            raise CatalogError("no catalogue of this release", where=slug, hint="`kzpress status` lists the releases")
    for slug, code, path in catalogs:
        if not slugs or slug in slugs:
            try:
                yield _progressed(workspace, terms, slug, code, path)
            except KzpressError as error:
                yield Progressed(slug=slug, lang=code, path=path, error=error)


def _progressed(workspace: Workspace, terms: Glossary, slug: str, lang: Lang, path: Path) -> Progressed:
    found, record = catalog.read(path), workspace.record(slug)
    named = record.language if record else dict(found.header).get("X-Source-Language")
    if named not in set(Lang) - {lang}:
        raise CatalogError(
            f"its source language is {named or 'not known'}",
            where=str(path),
            hint="translate the release again, or remove the file",
        )
    states = [entry.state for entry in found.entries]
    return Progressed(
        slug=slug,
        lang=lang,
        path=path,
        empty=states.count(State.EMPTY),
        draft=states.count(State.DRAFT),
        approved=states.count(State.APPROVED),
        findings=_check(terms, found, Lang(named), record.date if record else None),
    )


def _check(terms: Glossary, found: Catalog, source: Lang, date: dt.date | None) -> tuple[Finding, ...]:
    """Return the findings of every entry that is part of the release."""
    return tuple(
        finding
        for entry in found.entries
        if entry.state is not State.OBSOLETE
        for finding in (
            *checks.run(entry.key.source, entry.text, source, found.lang, entry.key),
            *glossary.check(
                terms,
                entry.key.source,
                entry.text,
                source_lang=source,
                target_lang=found.lang,
                date=date,
                key=entry.key,
            ),
        )
    )


# ------------------------------------------------------------------ models


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """How one direction is served: its packages, or None and the error that says what is missing."""

    source: Lang
    target: Lang
    packages: tuple[Package, ...] = ()
    error: KzpressError | None = None

    @property
    def is_sound(self) -> bool:
        """Tell whether there are packages and none is damaged."""
        return self.error is None and not any(package.seal() is Seal.DAMAGED for package in self.packages)


def directions(models: Path | None) -> Iterator[Direction]:
    """Yield all six directions with the packages that serve them."""
    packages, unreadable = discover(models), broken(models)
    for source, target in permutations(Lang, 2):
        try:
            yield Direction(source=source, target=target, packages=find_route(packages, source, target, unreadable))
        except ModelError as error:
            yield Direction(source=source, target=target, error=error)


def evaluate(
    path: Path,
    source: Lang,
    target: Lang,
    engine: Engine,
    terms: Glossary,
    *,
    limit: int | None = None,
    progress: Progress | None = None,
) -> Scores:
    """Translate a test set's sources and score them against its references.

    Raises:
        UsageError: the file is not a test set of this direction.
    """
    sources, references = scores.read_test_set(path, source, target, limit)
    started = time.perf_counter()
    outputs = translate_lines(sources, source, target, engine, terms, progress=progress)
    seconds = time.perf_counter() - started
    return scores.score(outputs, references, engine.route(source, target), seconds=seconds)
