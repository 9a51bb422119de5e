"""The verbs of kzpress: the stages in order, a function a verb.

::

    ingest → detect → segment → glossary.find → engine → glossary.enforce → checks → catalog
"""

from __future__ import annotations

import datetime as dt
import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, permutations
from operator import itemgetter
from pathlib import Path
from typing import Final

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
    Severity,
    State,
    Step,
)
from kzpress.drafting import Leg, Sentence, by_engine, by_rule, job, notes_of, prepare, retried, retries
from kzpress.engine import Engine, Job, Package, Seal, broken, discover, find_route
from kzpress.errors import CatalogError, KzpressError, LanguageError, ModelError, ReleaseError, UsageError
from kzpress.glossary import Glossary
from kzpress.glossary.usage import Tally, tally
from kzpress.scores import Scores
from kzpress.segment import segment, split
from kzpress.workspace import Workspace

Progress = Callable[[int, int], None]  # sentences done, sentences in all

_OWED: Final = frozenset({"name-missing", "name-wrong-form", "name-forbidden"})  # what a glossary can ask of a text


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


@dataclass(frozen=True, slots=True, kw_only=True)
class StaleEntry:
    """A sentence of which the glossary asks something now that it did not when it was drafted, and what.

    One that a person has ``touched``, approved or not, is theirs to change.
    """

    key: Key
    state: State
    touched: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stale:
    """The stale sentences of one locale of one release, or the error that its catalogue cannot be read."""

    slug: str
    lang: Lang
    path: Path
    total: int = 0
    entries: tuple[StaleEntry, ...] = ()
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
        yield from _carry_out(workspace, terms, plans, engine, progress)


def redraft(
    workspace: Workspace,
    slugs: Sequence[str],
    engine: Engine,
    *,
    lang: Lang | None = None,
    stale_only: bool = False,
    progress: Progress | None = None,
) -> Iterator[Translated]:
    """Draft the catalogues there are again from the kept sources, but for what a person has touched.

    ``stale_only`` leaves alone what the present glossary asks no more of than when it was drafted; a release without
    such sentences is passed over.

    Raises:
        CatalogError, GlossaryError, WorkspaceError, LockedError: nothing was done.
    """
    terms = glossary.load(workspace.glossary, cache=workspace.index)
    with workspace.lock():
        plans: list[_Plan] = []
        for slug, chosen in groupby(_chosen(workspace, slugs, lang), key=itemgetter(0)):
            try:
                plan = _replan(workspace, terms, slug, [path for _, _, path in chosen], engine, stale_only=stale_only)
                plans += [plan] if plan.wanted else []
            except KzpressError as error:
                yield Translated(path=Path(slug), slug=slug, error=error)
        yield from _carry_out(workspace, terms, plans, engine, progress)


def _carry_out(
    workspace: Workspace, terms: Glossary, plans: Sequence[_Plan], engine: Engine, progress: Progress | None
) -> Iterator[Translated]:
    drafts = iter(_draft(terms, engine, [work for plan in plans for work in plan.work()], progress))
    for plan in plans:
        made = {leg: {plan.segments[i].key: next(drafts) for i in lacking} for leg, lacking in plan.wanted.items()}
        try:
            yield _finish(workspace, terms, plan, made)
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
    there = {target: _present(workspace, target, slug) for target in wished}
    renewed = {
        target: _untouched(before)
        for target, before in there.items()
        # Drafts made from another source language were made from a mistake.
        if before and (redraft or dict(before.header).get("X-Source-Language") != lang)
    }
    reviewer = workspace.settings.reviewer
    return _lay_out(terms, found, slug, lang, engine, reviewer=reviewer, there=there, renewed=renewed)


def _replan(
    workspace: Workspace, terms: Glossary, slug: str, paths: Sequence[Path], engine: Engine, *, stale_only: bool
) -> _Plan:
    """Plan to draft again what is untouched, or of that what is stale, in the catalogues at ``paths``."""
    there = {found.lang: found for found in map(catalog.read, paths)}
    found, source = _reread(workspace, slug)
    renewed, left = {lang: _untouched(before) for lang, before in there.items()}, dict.fromkeys(there, 0)
    if stale_only:
        for lang, before in there.items():
            stale = _stale(terms, before, source, found.release.date)
            renewed[lang] = frozenset(entry.key for entry in stale if not entry.touched)
            left[lang] = len(stale) - len(renewed[lang])
        there = {lang: before for lang, before in there.items() if renewed[lang] or left[lang]}
    reviewer = workspace.settings.reviewer
    return _lay_out(terms, found, slug, source, engine, reviewer=reviewer, there=there, renewed=renewed, left=left)


def _reread(workspace: Workspace, slug: str) -> tuple[Read, Lang]:
    """Read the kept source of a release again, under the language and date its record has."""
    record = workspace.record(slug)
    if record is None:
        raise CatalogError("its source is not kept here", where=slug, hint="translate the release's file again")
    path = workspace.source(record)
    try:
        data = path.read_bytes()
    except OSError as error:
        hint = "translate the release's file again"
        raise ReleaseError(f"the kept source cannot be read ({error.strerror})", where=str(path), hint=hint) from error
    if hashlib.sha256(data).hexdigest() != record.digest:
        hint = "restore it, or translate the release's file again"
        raise ReleaseError("this is not the source as it was received", where=str(path), hint=hint)
    release = replace(ingest.read_bytes(data, record.origin), date=record.date)
    return Read(path=path, release=release, detection=detect(release.blocks), data=data), record.language


def _lay_out(
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
) -> _Plan:
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
    return _Plan(
        read=found,
        slug=slug,
        source=source,
        segments=segments,
        sentences=sentences,
        wanted=wanted,
        redrafted=frozenset(renewed),
        left=left,
    )


def _untouched(found: Catalog) -> frozenset[Key]:
    return frozenset(entry.key for entry in found.entries if not catalog.is_edited(entry))


def _present(workspace: Workspace, target: Lang, slug: str) -> Catalog | None:
    place = workspace.catalog(target, slug)
    return catalog.read(place) if place.exists() else None


def _draft(
    terms: Glossary, engine: Engine, work: Sequence[tuple[Leg, Sentence, Draft | None]], progress: Progress | None
) -> list[Draft]:
    """Draft by the engine what the rules did not; for what lacks names it is asked once more, with gaps for them."""
    jobs = {i: job(terms, sentence, leg) for i, (leg, sentence, ruled) in enumerate(work) if ruled is None}
    answers = _ask(engine, jobs.values(), progress)
    drafts = [
        ruled or by_engine(terms, sentence, leg, answers[jobs[i]]) for i, (leg, sentence, ruled) in enumerate(work)
    ]
    tries = {i: retries(terms, work[i][1], work[i][0], drafts[i]) for i in jobs}
    again = _ask(engine, (retry.job for asked in tries.values() for retry in asked), None)
    for i, asked in tries.items():
        leg, sentence, _ = work[i]
        drafts[i] = retried(terms, sentence, leg, drafts[i], ((retry, again[retry.job]) for retry in asked))
    return drafts


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
    workspace: Workspace, terms: Glossary, plan: _Plan, drafted: Mapping[Leg, Mapping[Key, Draft]]
) -> Translated:
    """Merge every target's drafts of one release into the catalogue there is now, then write all, the record last.

    The catalogue is read again: a reviewer may have saved it while the engine was at work.
    """
    merged: dict[Leg, Catalog] = {}
    names: dict[Leg, tuple[NameUse, ...]] = {}
    release = plan.read.release
    for leg, drafts in drafted.items():
        before = _present(workspace, leg.target, plan.slug)
        merged[leg] = catalog.merge(
            before,
            [_entry(terms, plan, leg, part, drafts.get(part.key)) for part in plan.segments],
            lang=leg.target,
            header=catalog.header(
                plan.slug,
                lang=leg.target,
                source_lang=plan.source,
                source_digest=release.digest,
                date=release.date or _first_drafted(before),
            ),
            redraft=leg.target in plan.redrafted,
            notes_in=leg.notes_in,
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
            left=plan.left.get(leg.target, 0),
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
    work = [(leg, sentence, by_rule(terms, sentence, leg)) for sentence in prepared]
    drafts = iter(_draft(terms, engine, work, progress))
    return ["".join(next(drafts).text + gap for _, gap in sentences) for sentences in shape]


def _entry(terms: Glossary, plan: _Plan, leg: Leg, part: Segment, draft: Draft | None) -> Entry:
    """Return the catalogue entry of a sentence; without a draft it is EMPTY, and ``merge`` keeps what there was."""
    place = f"{plan.slug}:{part.line}"
    if draft is None:
        return Entry(key=part.key, text="", state=State.EMPTY, place=place)
    made_with = glossary.demands(
        terms, part.text, draft.text, source_lang=leg.source, target_lang=leg.target, date=leg.date
    )
    notes = (*notes_of(draft, terms.digest, leg.notes_in), *glossary.note_of(made_with))
    return Entry(key=part.key, text=draft.text, state=State.DRAFT, notes=notes, place=place)


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
    terms = glossary.load(workspace.glossary, cache=workspace.index)
    for slug, code, path in _chosen(workspace, slugs, lang):
        try:
            yield _progressed(workspace, terms, slug, code, path)
        except KzpressError as error:
            yield Progressed(slug=slug, lang=code, path=path, error=error)


def stale_of(workspace: Workspace, slugs: Sequence[str] = (), lang: Lang | None = None) -> Iterator[Stale]:
    """Yield for each catalogue what a changed glossary affects in it; one that is damaged stops no other.

    Raises:
        CatalogError: a slug has no catalogue.
        GlossaryError: the glossary is not valid.
    """
    terms = glossary.load(workspace.glossary, cache=workspace.index)
    for slug, code, path in _chosen(workspace, slugs, lang):
        try:
            found, source, date = _opened(workspace, slug, code, path)
        except KzpressError as error:
            yield Stale(slug=slug, lang=code, path=path, error=error)
        else:
            total = sum(entry.state is not State.OBSOLETE for entry in found.entries)
            yield Stale(slug=slug, lang=code, path=path, total=total, entries=_stale(terms, found, source, date))


def _chosen(workspace: Workspace, slugs: Sequence[str], lang: Lang | None) -> list[tuple[str, Lang, Path]]:
    catalogs = [(slug, code, path) for slug, code, path in workspace.catalogs() if lang in (None, code)]
    for slug in slugs:
        if slug not in {known for known, _, _ in catalogs}:
            raise CatalogError("no catalogue of this release", where=slug, hint="`kzpress status` lists the releases")
    return [one for one in catalogs if not slugs or one[0] in slugs]


def _opened(workspace: Workspace, slug: str, lang: Lang, path: Path) -> tuple[Catalog, Lang, dt.date | None]:
    """Return a catalogue with the language and date of its source."""
    found, record = catalog.read(path), workspace.record(slug)
    named = record.language if record else dict(found.header).get("X-Source-Language")
    if named not in set(Lang) - {lang}:
        raise CatalogError(
            f"its source language is {named or 'not known'}",
            where=str(path),
            hint="translate the release again, or remove the file",
        )
    return found, Lang(named), record.date if record else None


def _progressed(workspace: Workspace, terms: Glossary, slug: str, lang: Lang, path: Path) -> Progressed:
    found, source, date = _opened(workspace, slug, lang, path)
    states = [entry.state for entry in found.entries]
    return Progressed(
        slug=slug,
        lang=lang,
        path=path,
        empty=states.count(State.EMPTY),
        draft=states.count(State.DRAFT),
        approved=states.count(State.APPROVED),
        findings=_check(terms, found, source, date),
    )


def _stale(terms: Glossary, found: Catalog, source: Lang, date: dt.date | None) -> tuple[StaleEntry, ...]:
    """Return the sentences that the present glossary asks more of than when they were drafted.

    A person's sentence is not among them where its findings about required names are acknowledged.
    """
    stale: list[StaleEntry] = []
    for entry in found.entries:
        if entry.state in {State.EMPTY, State.OBSOLETE}:
            continue
        touched = catalog.is_edited(entry)
        reasons = glossary.outdated(
            terms,
            entry.key.source,
            entry.text,
            source_lang=source,
            target_lang=found.lang,
            date=date,
            made_with=glossary.noted(entry.notes),
            is_machines=not touched,
        )
        if reasons:
            stale.append(StaleEntry(key=entry.key, state=entry.state, touched=touched, reasons=reasons))
    if not any(entry.touched for entry in stale):
        return tuple(stale)
    weighed: dict[Key, set[Severity]] = {}
    for finding in _check(terms, found, source, date):
        if finding.code in _OWED:
            weighed.setdefault(finding.key, set()).add(finding.severity)
    settled = {key for key, severities in weighed.items() if severities == {Severity.ACKNOWLEDGED}}
    return tuple(entry for entry in stale if not (entry.touched and entry.key in settled))


def _check(terms: Glossary, found: Catalog, source: Lang, date: dt.date | None) -> tuple[Finding, ...]:
    """Return the findings of every entry that is part of the release, those acknowledged that a person weighed."""
    entries = [entry for entry in found.entries if entry.state is not State.OBSOLETE]
    findings = [
        finding
        for entry in entries
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
    ]
    findings += glossary.check_release(
        terms,
        [(entry.key, entry.text) for entry in entries],
        source_lang=source,
        target_lang=found.lang,
        date=date,
    )
    return checks.acknowledge(findings, {entry.key: entry.comment for entry in entries if entry.comment})


# ------------------------------------------------------------------ the glossary in use


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """How often concepts occur in some catalogues, the most frequent first, and the ids of those that never do."""

    catalogues: int
    sentences: int
    tallies: tuple[Tally, ...]
    never: tuple[str, ...]
    failed: tuple[tuple[Path, KzpressError], ...]


def usage_of(folders: Sequence[Path], terms: Glossary) -> Usage:
    """Count the concepts in the sources of every ``.po`` file in ``folders``; one that is damaged stops no other.

    Raises:
        CatalogError: one of ``folders`` is none.
    """
    for folder in folders:
        if not folder.is_dir():
            raise CatalogError("no such folder", where=str(folder), hint="give a folder with .po files")
    tallies: dict[str, Tally] = {}
    failed: list[tuple[Path, KzpressError]] = []
    catalogues = sentences = 0
    for path in sorted({path for folder in folders for path in folder.rglob("*.po")}):
        try:
            found = catalog.read(path)
            source = _named_source(found, path)
        except KzpressError as error:
            failed.append((path, error))
            continue
        catalogues += 1
        sentences += tally(
            terms,
            found.entries,
            source_lang=source,
            target_lang=found.lang,
            date=_first_drafted(found),
            into=tallies,
        )
    return Usage(
        catalogues=catalogues,
        sentences=sentences,
        tallies=tuple(sorted(tallies.values(), key=lambda count: (-count.sentences, count.entry))),
        never=tuple(name for name in terms.entries if name not in tallies),
        failed=tuple(failed),
    )


def _named_source(found: Catalog, path: Path) -> Lang:
    """Return the source language that a catalogue's header names."""
    named = dict(found.header).get("X-Source-Language")
    if named not in set(Lang) - {found.lang}:
        hint = "set X-Source-Language in its header"
        raise CatalogError(f"its source language is {named or 'not known'}", where=str(path), hint=hint)
    return Lang(named)


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
