"""Figures: how often a glossary's concepts occur in catalogues, how well packages do on a test set."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kzpress import catalog, glossary, scores
from kzpress.asking import Progress
from kzpress.domain import Catalog, Lang
from kzpress.engine import Engine
from kzpress.errors import CatalogError, KzpressError
from kzpress.glossary import Glossary
from kzpress.glossary.usage import Tally, tally
from kzpress.pipeline import translate_lines
from kzpress.scores import Scores
from kzpress.speech import _


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
            raise CatalogError(_("no such folder"), where=str(folder), hint=_("give a folder with .po files"))
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
            date=catalog.first_drafted(found),
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
        hint = _("set X-Source-Language in its header")
        raise CatalogError(_("its source language is {lang}", lang=named or _("not known")), where=str(path), hint=hint)
    return Lang(named)


def evaluate(
    path: Path,
    source: Lang,
    target: Lang,
    engine: Engine,
    terms: Glossary,
    *,
    judge: Glossary | None = None,
    limit: int | None = None,
    progress: Progress | None = None,
) -> Scores:
    """Translate a test set's sources with the names of ``terms`` enforced, and score them against its references.

    Names are counted by ``judge``, if that is not ``terms``.

    Raises:
        UsageError: the file is not a test set of this direction.
    """
    sources, references = scores.read_test_set(path, source, target, limit)
    started = time.perf_counter()
    outputs = [line.text for line in translate_lines(sources, source, target, engine, terms, progress=progress)]
    seconds = time.perf_counter() - started
    names = _names(judge or terms, list(zip(sources, outputs, strict=True)), source, target)
    return scores.score(outputs, references, engine.route(source, target), seconds=seconds, names=names)


def _names(terms: Glossary, pairs: Sequence[tuple[str, str]], source: Lang, target: Lang) -> tuple[int, int]:
    """Return how many names the first of each pair calls for, and how many stand in the second."""
    owed = [
        (glossary.requirements(terms, glossary.find(terms, text, source, None), target), output)
        for text, output in pairs
    ]
    found = (glossary.answered(terms, needs, output, target) for needs, output in owed)
    return sum(len(needs) for needs, _ in owed), sum(found)
