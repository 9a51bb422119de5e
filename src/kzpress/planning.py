"""What of a release is to be drafted: it is read, its language detected, its sentences cut, and their names found.

``detect`` and ``segment`` give what the catalogues there are is held against; nothing is written here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kzpress import catalog, files, ingest
from kzpress.detect import detect
from kzpress.domain import Catalog, Detection, Draft, Key, Lang, Release, Segment
from kzpress.drafting import Leg, Sentence, by_rule, prepare
from kzpress.engine import Engine
from kzpress.errors import LanguageError, UsageError
from kzpress.glossary import Glossary
from kzpress.limits import Limits
from kzpress.records import Records
from kzpress.segment import segment
from kzpress.speech import _
from kzpress.workspace import Workspace

_LIMITS: Final = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A release and the verdict on its language."""

    path: Path
    release: Release
    detection: Detection
    data: bytes


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


def read(path: Path, limits: Limits = _LIMITS) -> Read:
    """Ingest a release and detect its language.

    Raises:
        ReleaseError: the release cannot be read.
    """
    name, data = ingest.taken(path, limits)
    return read_bytes(path, name, data, limits, where=files.shown(str(path)))


def read_bytes(path: Path, name: str, data: bytes, limits: Limits = _LIMITS, *, where: str | None = None) -> Read:
    """Ingest a release that came under ``name`` and was read from ``path`` already, and detect its language.

    Raises:
        ReleaseError: it is no release that kzpress reads; it says ``where``: the path, or the name alone if None.
    """
    release = ingest.read_bytes(data, name, limits, where=where)
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
    """Return the sentences that a catalogue has and keeps, or that a person is asked for."""
    return frozenset(entry.key for entry in (before.entries if before else ()) if catalog.is_answered(entry)) - renewed


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
