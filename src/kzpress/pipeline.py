"""The verbs of kzpress: the stages in order, a function a verb.

::

    ingest → detect → segment → glossary.find → engine → glossary.enforce → checks → catalog
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
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
from kzpress.drafting import Leg, Sentence, draft_of, notes_of, prepare
from kzpress.engine import Engine, Job, Package, discover, find_route
from kzpress.errors import CatalogError, KzpressError, LanguageError, ModelError
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
    """How far one locale of one release is: entries by state, and the findings of its checks."""

    slug: str
    lang: Lang
    path: Path
    empty: int
    draft: int
    approved: int
    findings: tuple[Finding, ...]

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
    release, data = ingest.read(path), path.read_bytes()
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
    """One release being translated: its sentences, and for each target the catalogue there is and what it lacks."""

    read: Read
    slug: str
    source: Lang
    segments: tuple[Segment, ...]
    sentences: tuple[Sentence, ...]
    before: dict[Lang, Catalog | None]
    wanted: dict[Lang, tuple[int, ...]]


def translate(
    workspace: Workspace,
    paths: Sequence[Path],
    engine: Engine,
    *,
    source: Lang | None = None,
    targets: Sequence[Lang] = (),
    progress: Progress | None = None,
) -> Iterator[Translated]:
    """Draft catalogues for releases; what a catalogue already has is neither asked for again nor touched.

    One engine call serves all sentences, targets and releases. A release that fails is answered with its error and
    stops no other. Nothing is written for a release before all its targets are drafted.

    Raises:
        GlossaryError, ModelError, LockedError: nothing was done.
    """
    terms = glossary.load(workspace.glossary)
    with workspace.lock():
        plans: list[_Plan] = []
        for path in paths:
            try:
                plan = _plan(
                    workspace,
                    terms,
                    path,
                    source=source,
                    targets=targets or workspace.settings.targets,
                    taken={plan.slug for plan in plans},
                )
                plans.append(plan)
            except KzpressError as error:
                yield Translated(path=path, error=error)
        legs = {
            (plan.slug, target): Leg(
                source=plan.source,
                target=target,
                route=engine.route(plan.source, target),
                date=plan.read.release.date,
            )
            for plan in plans
            for target in plan.wanted
        }
        jobs = (
            legs[plan.slug, target].job(plan.sentences[i])
            for plan in plans
            for target, lacking in plan.wanted.items()
            for i in lacking
            if plan.sentences[i].ready is None
        )
        hypotheses = _ask(engine, jobs, progress)
        for plan in plans:
            try:
                yield _finish(workspace, terms, plan, legs, hypotheses)
            except KzpressError as error:
                yield Translated(path=plan.read.path, read=plan.read, error=error)


def _plan(
    workspace: Workspace,
    terms: Glossary,
    path: Path,
    *,
    source: Lang | None,
    targets: Sequence[Lang],
    taken: Collection[str],
) -> _Plan:
    found = read(path)
    lang = language_of(found, source)
    slug = workspace.settle(found.release, taken)
    segments = segment(found.release.blocks, lang)
    before: dict[Lang, Catalog | None] = {}
    wanted: dict[Lang, tuple[int, ...]] = {}
    for target in targets:
        if target is lang:
            continue
        place = workspace.catalog(target, slug)
        there = before[target] = catalog.read(place) if place.exists() else None
        known = {entry.key for entry in there.entries if entry.text} if there else set()
        wanted[target] = tuple(i for i, part in enumerate(segments) if part.key not in known)
    sentences = prepare(terms, [(part.key, part.kind) for part in segments], lang, found.release.date)
    return _Plan(
        read=found, slug=slug, source=lang, segments=segments, sentences=sentences, before=before, wanted=wanted
    )


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
    workspace: Workspace,
    terms: Glossary,
    plan: _Plan,
    legs: Mapping[tuple[str, Lang], Leg],
    hypotheses: Mapping[Job, tuple[Hypothesis, ...]],
) -> Translated:
    """Draft and merge every target of one release, then write them, the record last."""
    merged: dict[Lang, Catalog] = {}
    names: dict[Lang, tuple[NameUse, ...]] = {}
    release = plan.read.release
    for target, lacking in plan.wanted.items():
        leg = legs[plan.slug, target]
        drafts = {plan.segments[i].key: draft_of(terms, plan.sentences[i], leg, hypotheses) for i in lacking}
        before = plan.before[target]
        merged[target] = catalog.merge(
            before,
            [_entry(terms, plan.slug, part, drafts.get(part.key)) for part in plan.segments],
            lang=target,
            header=catalog.header(
                plan.slug,
                lang=target,
                source_lang=plan.source,
                source_digest=release.digest,
                date=release.date or _first_drafted(before),
            ),
        )
        names[target] = tuple(use for draft in drafts.values() for use in draft.names)
    results = tuple(
        Target(
            lang=target,
            path=workspace.catalog(target, plan.slug),
            segments=len(plan.segments),
            drafted=len(plan.wanted[target]),
            reviewed=sum(entry.state is State.APPROVED for entry in made.entries),
            names=names[target],
            findings=_check(terms, made, plan.source, release.date),
            route=legs[plan.slug, target].route,
            changed=catalog.write(workspace.catalog(target, plan.slug), made),
        )
        for target, made in merged.items()
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
    jobs = (leg.job(sentence) for sentence in prepared if sentence.ready is None)
    hypotheses = _ask(engine, jobs, progress)
    drafts = iter([draft_of(terms, sentence, leg, hypotheses) for sentence in prepared])
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
    """Yield how far each catalogue is, with its findings, by slug and language.

    Raises:
        CatalogError: a catalogue cannot be read, or a slug has none.
    """
    terms = glossary.load(workspace.glossary)
    records = {record.slug: record for record in workspace.records()}
    catalogs = [(slug, code, path) for slug, code, path in workspace.catalogs() if lang in (None, code)]
    for slug in slugs:
        if slug not in {known for known, _, _ in catalogs}:
            raise CatalogError("no catalogue of this release", where=slug, hint="`kzpress status` lists the releases")
    for slug, code, path in catalogs:
        if slugs and slug not in slugs:
            continue
        found = catalog.read(path)
        record = records.get(slug)
        source = record.language if record else Lang(dict(found.header).get("X-Source-Language", ""))
        states = [entry.state for entry in found.entries]
        yield Progressed(
            slug=slug,
            lang=code,
            path=path,
            empty=states.count(State.EMPTY),
            draft=states.count(State.DRAFT),
            approved=states.count(State.APPROVED),
            findings=_check(terms, found, source, record.date if record else None),
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


def directions(models: Path | None) -> Iterator[Direction]:
    """Yield all six directions with the packages that serve them."""
    packages = discover(models)
    for source, target in permutations(Lang, 2):
        try:
            yield Direction(source=source, target=target, packages=find_route(packages, source, target))
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
    return scores.score(outputs, references, source, target, seconds=time.perf_counter() - started)
