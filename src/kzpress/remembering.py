"""The translation memory of a workspace: what its people approved, given to drafts; files of others brought in."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Protocol, Self

from kzpress import catalog, checks, files, glossary, memory, messages
from kzpress.asking import Asking, Work, asking
from kzpress.catalog.header import MACHINE
from kzpress.domain import Draft, Hypothesis, Lang, Remembered, Severity, State, Step
from kzpress.drafting import Leg, Sentence
from kzpress.errors import CatalogError, ExchangeError, UsageError
from kzpress.glossary import Glossary
from kzpress.memory import Memory, Near
from kzpress.review_index import stamp
from kzpress.speech import _, joined, reason
from kzpress.workspace import Workspace

_TMX: Final = ".tmx"
_FILE_BYTES: Final = 200_000_000  # of a TMX file; 100,000 sentences in two languages have a quarter of it
_SUGGESTIONS: Final = 2  # more would bury the notes on names


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What of a TMX file came into ``place``: sentences by direction, and how often what was ``lost``, by its name."""

    place: Path
    counts: Mapping[tuple[Lang, Lang], int]
    lost: Mapping[str, int]
    changed: bool


@contextmanager
def recalled(workspace: Workspace) -> Iterator[Memory]:
    """Open the memory of a workspace: every approved entry of its catalogues, and every file in ``tm/``."""
    root = workspace.root
    skipped = len(root.as_posix()) + 1
    digests = {path.as_posix()[skipped:]: _digest(path) for _, _, path in workspace.catalogs()}
    digests |= {workspace.relative(path): _digest(path) for path in sorted(workspace.memories.glob(f"*{_TMX}"))}
    # Without files there is nothing to index, and no index to make.
    place = workspace.memory_index if digests else None
    with memory.opened(place, digests, lambda name: _read(root / name)) as found:
        yield found


class Recall:
    """The memory of a workspace for one call, opened when a sentence is first asked for, and what it knew then.

    Raises:
        ExchangeError: when it is opened, a file in ``tm/`` cannot be read.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace, self._stack = workspace, ExitStack()
        self._memory: Memory | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @property
    def memory(self) -> Memory:
        """The memory itself."""
        if self._memory is None:
            self._memory = self._stack.enter_context(recalled(self._workspace))
            for name, error in self._memory.failed:
                if name.endswith(_TMX):  # a damaged catalogue is its own release's affair: `status` tells of it
                    raise error
        return self._memory


class Recalling(Protocol):
    """What has a memory."""

    @property
    def memory(self) -> Memory:
        """The memory itself."""
        ...


def asking_what_is_new(recall: Recalling, terms: Glossary, work: Sequence[Work]) -> Asking:
    """Draft ``work``: with a person's translation of the same sentence where it holds today, else ask the engine.

    What people approved for sentences like it is noted in a draft.
    """
    found = [(ruled, ()) if ruled else _recall(recall.memory, terms, sentence, leg) for leg, sentence, ruled in work]
    filled = [(leg, sentence, draft) for (leg, sentence, _), (draft, _) in zip(work, found, strict=True)]
    drafts = yield from asking(terms, filled)
    return [
        replace(draft, notes=(*draft.notes, *notes)) if notes else draft
        for draft, (_, notes) in zip(drafts, found, strict=True)
    ]


def bring_in(workspace: Workspace, path: Path, *, force: bool = False) -> Brought:
    """Take a TMX file of others into ``tm/``: its sentences in our languages, without another program's codes.

    Raises:
        ExchangeError: it cannot be read, is damaged, or has nothing for us.
        UsageError: another file of its name is there, and ``force`` does not say to replace it.
    """
    place = workspace.memories / f"{path.stem}{_TMX}"
    read = memory.read_tmx(_bytes(path), where=str(path), origin=workspace.relative(place))
    if not read.found:
        hint = _("it has {lost}", lost=joined(", ", read.lost)) if read.lost else _("is it empty?")
        raise ExchangeError(_("has no sentence in two of kk, ru and en"), where=str(path), hint=hint)
    data = memory.write_tmx(read.found)
    if place.exists() and not force and place.read_bytes() != data:
        hint = _("rename your file, or replace what is there with --force")
        raise UsageError(_("{path} exists and holds something else", path=workspace.relative(place)), hint=hint)
    changed = files.write(place, data, error=ExchangeError)
    return Brought(place=place, counts=_counted(read.found), lost=read.lost, changed=changed)


def write_out(
    workspace: Workspace, path: Path, source: Lang | None, lang: Lang | None, *, force: bool = False
) -> Brought:
    """Write what is remembered, of one direction or all, to a TMX file.

    Raises:
        ExchangeError: it cannot be written.
        UsageError: another file is there, and ``force`` does not say to replace it.
    """
    with recalled(workspace) as known:
        found = tuple(known.every(source, lang))
    data = memory.write_tmx(found)
    if path.is_file() and not force and path.read_bytes() != data:
        raise UsageError(
            _("{path} exists and is another file", path=path), hint=_("give another name, or --force to write over it")
        )
    changed = files.write(path, data, error=ExchangeError)
    return Brought(place=path, counts=_counted(found), lost={}, changed=changed)


def alike(known: Memory, text: str, source: Lang, lang: Lang, limit: int) -> tuple[Near, ...]:
    """Return what was approved for ``text``, then for sentences like it."""
    same = tuple(Near(remembered=one, likeness=1.0) for one in known.exact(text, source, lang)[:limit])
    return (*same, *(known.near(text, source, lang, limit=limit - len(same)) if len(same) < limit else ()))


# ------------------------------------------------------------------ one sentence


def _recall(known: Memory, terms: Glossary, sentence: Sentence, leg: Leg) -> tuple[Draft | None, tuple[str, ...]]:
    """Return a draft of a person's making, if there is one that holds today, and notes on what else is remembered."""
    same = known.exact(sentence.text, leg.source, leg.target, sentence.kind)
    drafts = (_drafted(terms, sentence, leg, one) for one in same)
    draft = next((made for made in drafts if made), None)
    other = messages.LIKE_OTHER if draft else messages.LIKE_UNFIT
    left = [one for one in same if draft is None or one is not draft.remembered][:_SUGGESTIONS]
    notes = [messages.say(leg.notes_in, other, origin=one.origin, text=one.text) for one in left]
    if draft is None and len(left) < _SUGGESTIONS:
        for near in known.near(sentence.text, leg.source, leg.target, limit=_SUGGESTIONS - len(left)):
            changes = memory.changes(near.remembered.source, sentence.text)
            facts = {"percent": str(near.percent), "origin": near.remembered.origin, "changes": changes}
            notes.append(messages.say(leg.notes_in, messages.LIKE, **facts))
            notes.append(messages.say(leg.notes_in, messages.LIKE_TEXT, text=near.remembered.text))
    return draft, tuple(notes)


def _drafted(terms: Glossary, sentence: Sentence, leg: Leg, one: Remembered) -> Draft | None:
    """Return a draft with the remembered text; None where a check or the names of the release's day object to it."""
    hypothesis = Hypothesis(text=one.text, score=0.0)
    chosen, names = glossary.enforce(terms, sentence.hits, [hypothesis], leg.target, leg.date, source=sentence.source)
    findings = (
        *checks.run(sentence.text, one.text, leg.source, leg.target, sentence.key),
        *glossary.check(
            terms,
            sentence.text,
            one.text,
            source_lang=leg.source,
            target_lang=leg.target,
            date=leg.date,
            key=sentence.key,
        ),
    )
    unsound = any(finding.severity is Severity.ERROR for finding in findings)
    if unsound or chosen != one.text or any(use.step is Step.MISSING for use in names):
        return None
    uses = tuple(replace(use, step=Step.MEMORY) for use in names)
    return Draft(key=sentence.key, lang=leg.target, text=one.text, route=None, names=uses, remembered=one)


# ------------------------------------------------------------------ files


def _digest(path: Path) -> str:
    """Return what changes when the file does: its stamp, and of one that is just being changed its contents' sum."""
    if mark := stamp(path):
        return mark
    with suppress(OSError):
        return hashlib.sha256(path.read_bytes()).hexdigest()
    return ""  # no file's: reading it will say why


def _read(path: Path) -> tuple[Remembered, ...]:
    if path.suffix == _TMX:
        return memory.read_tmx(_bytes(path), where=str(path), origin=f"tm/{path.name}").found
    found = catalog.read(path)
    header = dict(found.header)
    named = header.get("X-Source-Language")
    if named not in set(Lang) - {found.lang}:
        raise CatalogError(_("its source language is {lang}", lang=named or _("not known")), where=str(path))
    by = header.get("Last-Translator", "")
    return tuple(
        Remembered(
            source=entry.key.source,
            text=entry.text,
            source_lang=Lang(named),
            lang=found.lang,
            origin=path.stem,
            kind=entry.key.context.partition("#")[0],
            by=by.partition("<")[0].strip() or None if by != MACHINE else None,
            date=_day(header.get("POT-Creation-Date", "")),
        )
        for entry in found.entries
        if entry.state is State.APPROVED
    )


def _day(stamp: str) -> dt.date | None:
    with suppress(ValueError):
        return dt.date.fromisoformat(stamp[:10])
    return None


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(_FILE_BYTES + 1)
    except OSError as error:
        raise ExchangeError(
            _("cannot be read ({reason})", reason=reason(error)), where=str(path), hint=_("give a .tmx file")
        ) from error
    if len(data) > _FILE_BYTES:
        raise ExchangeError(
            _("is larger than {size} MB", size=_FILE_BYTES // 1_000_000), where=str(path), hint=_("split it")
        )
    return data


def _counted(found: Iterable[Remembered]) -> Mapping[tuple[Lang, Lang], int]:
    counts: dict[tuple[Lang, Lang], int] = {}
    for one in found:
        pair = (one.source_lang, one.lang)
        counts[pair] = counts.get(pair, 0) + 1
    return dict(sorted(counts.items()))
