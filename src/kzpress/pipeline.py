"""The verbs of kzpress: the stages in order, a function a verb. Only this module knows two stages at once.

::

    ingest → detect → segment → glossary.find → engine → glossary.enforce → checks → catalog
"""

from __future__ import annotations

import datetime as dt
import re
import time
from collections.abc import Callable, Collection, Iterator, Sequence
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
    Hit,
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
from kzpress.engine import Engine, Job, Package, discover, find_route
from kzpress.engine.casing import Evidence, Style, restore, style_of, to_sentence_case
from kzpress.engine.protect import mask, only_marks, set_numbers_right, unmask
from kzpress.errors import CatalogError, KzpressError, LanguageError, ModelError
from kzpress.glossary import Glossary
from kzpress.ingest.dates import find_date
from kzpress.languages import long_date
from kzpress.scores import Scores
from kzpress.segment import segment, split
from kzpress.workspace import Workspace

_DATELINE_END = re.compile(r"\s*[-–—]\s*$")

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
class _Sentence:
    """A sentence on its way through the engine: what was asked, and what is needed to put the answer right."""

    key: Key
    text: str
    kind: BlockKind
    hits: tuple[Hit, ...]
    asked: str  # what the engine is given: sentence case, addresses masked
    addresses: tuple[str, ...]
    tail: str  # what is kept from the engine and set after its answer
    style: Style
    ready: str | None  # rendered by rule, the engine is not asked


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """One release being translated: its sentences, and for each target the catalogue there is and what it lacks."""

    read: Read
    slug: str
    source: Lang
    segments: tuple[Segment, ...]
    sentences: tuple[_Sentence, ...]
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
                taken = {plan.slug for plan in plans}
                plans.append(_plan(workspace, terms, path, source, targets or workspace.settings.targets, taken))
            except KzpressError as error:
                yield Translated(path=path, error=error)
        routes = {(p.source, lang): engine.route(p.source, lang) for p in plans for lang in p.wanted}
        hypotheses = _ask(engine, plans, progress)
        for plan in plans:
            try:
                yield _finish(workspace, terms, plan, routes, hypotheses)
            except KzpressError as error:
                yield Translated(path=plan.read.path, read=plan.read, error=error)


def _plan(
    workspace: Workspace,
    terms: Glossary,
    path: Path,
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
    sentences = _prepare(terms, [(part.key, part.kind) for part in segments], lang, found.release.date)
    return _Plan(
        read=found, slug=slug, source=lang, segments=segments, sentences=sentences, before=before, wanted=wanted
    )


def _prepare(
    terms: Glossary, parts: Sequence[tuple[Key, BlockKind]], lang: Lang, date: dt.date | None
) -> tuple[_Sentence, ...]:
    """Find the names, undo headline capitals and take out addresses."""
    evidence = Evidence.of(key.source for key, _ in parts)
    sentences = []
    for key, kind in parts:
        text = key.source
        hits = glossary.find(terms, text, lang, date)
        style = style_of(text, lang, shouted=kind is BlockKind.DATELINE)
        plain = to_sentence_case(text, style, evidence, ((hit.start, hit.end, hit.base) for hit in hits))
        tail = _DATELINE_END.search(plain) if kind is BlockKind.DATELINE else None
        masked = mask(plain[: tail.start()] if tail else plain)
        sentences.append(
            _Sentence(
                key=key,
                text=text,
                kind=kind,
                hits=hits,
                asked=masked.text,
                addresses=masked.addresses,
                tail=tail.group() if tail else "",
                style=style,
                ready=text if only_marks(text) else None,
            )
        )
    return tuple(sentences)


def _ask(engine: Engine, plans: Sequence[_Plan], progress: Progress | None) -> dict[Job, tuple[Hypothesis, ...]]:
    """Translate every sentence that some catalogue lacks, each once, however often it occurs."""
    jobs = list(
        dict.fromkeys(
            Job(source=plan.source, target=target, text=plan.sentences[i].asked)
            for plan in plans
            for target, lacking in plan.wanted.items()
            for i in lacking
            if plan.sentences[i].ready is None
        )
    )
    done = 0

    def tell(more: int) -> None:
        nonlocal done
        done += more
        if progress:
            progress(done, len(jobs))

    return dict(zip(jobs, engine.translate(jobs, tell), strict=True))


def _finish(
    workspace: Workspace,
    terms: Glossary,
    plan: _Plan,
    routes: dict[tuple[Lang, Lang], Route],
    hypotheses: dict[Job, tuple[Hypothesis, ...]],
) -> Translated:
    """Draft and merge every target of one release, then write them, the record last."""
    merged: dict[Lang, Catalog] = {}
    names: dict[Lang, tuple[NameUse, ...]] = {}
    release = plan.read.release
    for target, lacking in plan.wanted.items():
        route = routes[plan.source, target]
        drafts = {
            plan.segments[i].key: _draft(terms, plan.sentences[i], plan.source, target, release.date, route, hypotheses)
            for i in lacking
        }
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
            route=routes[plan.source, target],
            changed=catalog.write(workspace.catalog(target, plan.slug), made),
        )
        for target, made in merged.items()
    )
    workspace.remember(release, plan.slug, plan.source, plan.read.data)
    return Translated(path=plan.read.path, read=plan.read, slug=plan.slug, source=plan.source, targets=results)


def _draft(
    terms: Glossary,
    sentence: _Sentence,
    source: Lang,
    target: Lang,
    date: dt.date | None,
    route: Route,
    hypotheses: dict[Job, tuple[Hypothesis, ...]],
) -> Draft:
    """Choose, mend and dress one translation: addresses back, numbers right, names enforced, capitals restored."""
    if sentence.ready is not None:
        return Draft(key=sentence.key, lang=target, text=sentence.ready, route=None)
    rendered = _rendered(terms, sentence, source, target, date)
    if rendered is not None:
        return Draft(key=sentence.key, lang=target, text=rendered, route=None)
    answers = sorted(
        hypotheses[Job(source=source, target=target, text=sentence.asked)],
        key=lambda answer: _errors(sentence, _mend(sentence, answer.text)[0], source, target),
    )
    chosen, names = glossary.enforce(terms, sentence.hits, answers, target, date)
    text, notes = _mend(sentence, chosen)
    return Draft(
        key=sentence.key,
        lang=target,
        text=restore(text, sentence.style) + sentence.tail,
        route=route,
        names=names,
        notes=notes,
    )


def _rendered(terms: Glossary, sentence: _Sentence, source: Lang, target: Lang, date: dt.date | None) -> str | None:
    """Return a sentence made of names alone, and in a dateline of a date, in ``target``; None if it has other words."""
    text = sentence.text
    found = find_date(text) if sentence.kind is BlockKind.DATELINE else None
    if found is None or found.day is None:
        return glossary.render(terms, text, source, target, date)
    sides = [
        glossary.render(terms, side, source, target, date) if any(ch.isalpha() for ch in side) else side
        for side in (text[: found.start], text[found.end :])
    ]
    return None if None in sides else f"{sides[0]}{long_date(target, found.day)}{sides[1]}"


def _mend(sentence: _Sentence, text: str) -> tuple[str, tuple[str, ...]]:
    """Put addresses back and numbers right; return the text and what was done, in words."""
    back = unmask(text, sentence.addresses)
    mended, replaced = set_numbers_right(sentence.text, back.text)
    notes = (
        *(f"the model lost {address}: it stands at the end, move it to its place" for address in back.moved),
        *(f"the model wrote {wrong} for {right}: set right from the source" for wrong, right in replaced),
    )
    return mended, notes


def _errors(sentence: _Sentence, text: str, source: Lang, target: Lang) -> int:
    found = checks.run(sentence.text, text, source, target, sentence.key)
    return sum(finding.severity is Severity.ERROR for finding in found)


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
    prepared = _prepare(terms, parts, source, date)
    route = engine.route(source, target)
    jobs = list(dict.fromkeys(Job(source=source, target=target, text=s.asked) for s in prepared if s.ready is None))
    done = 0

    def tell(more: int) -> None:
        nonlocal done
        done += more
        if progress:
            progress(done, len(jobs))

    hypotheses = dict(zip(jobs, engine.translate(jobs, tell), strict=True))
    drafts = iter([_draft(terms, s, source, target, date, route, hypotheses) for s in prepared])
    return ["".join(next(drafts).text + gap for _, gap in sentences) for sentences in shape]


def _entry(terms: Glossary, slug: str, part: Segment, draft: Draft | None) -> Entry:
    """Return the catalogue entry of a sentence; without a draft it is EMPTY, and ``merge`` keeps what there was."""
    place = f"{slug}:{part.line}"
    if draft is None:
        return Entry(key=part.key, text="", state=State.EMPTY, place=place)
    return Entry(key=part.key, text=draft.text, state=State.DRAFT, notes=_notes(terms, draft), place=place)


def _notes(terms: Glossary, draft: Draft) -> tuple[str, ...]:
    """Word for the reviewer where a draft came from, what became of its names, and what was mended."""
    if draft.route is None:
        return ("kzpress: rendered from the glossary",)
    made = f"kzpress: {', '.join(draft.route.packages)}, {draft.route}, glossary {terms.digest[:8]}"
    return (made, *(_NAME_NOTES[use.step].format(use=use) for use in draft.names), *draft.notes)


_NAME_NOTES = {
    Step.MODEL: "name: {use.form}",
    Step.N_BEST: "name: {use.form} (another hypothesis of the model)",
    Step.VARIANT: "name: {use.form} (a variant was replaced)",
    Step.MISSING: "name MISSING: {use.required}",
}


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
