"""The walk of a release from a file to catalogues: the stages in order, a function a verb.

::

    ingest → detect → segment → glossary.find → engine → glossary.enforce → checks → catalog

``planning`` goes from a file to the sentences a catalogue lacks, ``drafting`` takes one of them through the middle,
``asking`` many at once, ``finishing`` writes what came out. What is done with catalogues there already is in
``reviewing`` and ``redrafting``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar

from kzpress import glossary, recognising, records
from kzpress.asking import Progress, asking
from kzpress.domain import BlockKind, Draft, Key, Lang
from kzpress.drafting import Leg, by_rule, prepare
from kzpress.engine import Engine
from kzpress.errors import KzpressError
from kzpress.finishing import finish, made_of
from kzpress.flowing import Item, flow
from kzpress.glossary import Glossary
from kzpress.planning import Plan, plan_of, read
from kzpress.recognising import Recognised
from kzpress.remembering import Recall, asking_what_is_new
from kzpress.results import Translated
from kzpress.segment import split
from kzpress.workspace import Workspace

T = TypeVar("T")


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
        recognising.opened(workspace, terms, known, wished) as recognised,
    ):

        def planned(path: Path) -> Item[Translated]:
            try:
                if not redraft and (result := recognised.find(path, source, engine)):
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


class Line(NamedTuple):
    """The translation of a line; ``is_guess`` where the model was guessing at a sentence of it."""

    text: str
    is_guess: bool


def translate_lines(
    lines: Sequence[str],
    source: Lang,
    target: Lang,
    engine: Engine,
    terms: Glossary,
    *,
    date: dt.date | None = None,
    progress: Progress | None = None,
) -> list[Line]:
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
    (found,) = flow([Item(work=work, done=list)], partial(asking, terms), engine, progress=progress, expected=1)
    drafts = iter(found)
    lines_of_drafts = [[(next(drafts), gap) for _, gap in sentences] for sentences in shape]
    return [
        Line("".join(draft.text + gap for draft, gap in line), any(draft.is_guess for draft, _ in line))
        for line in lines_of_drafts
    ]
