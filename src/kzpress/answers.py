"""What comes back of a release that was drafted elsewhere: as JSON, and kept until it is written.

What another machine or a kept file says is read as data, never run.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

from kzpress import files
from kzpress.domain import (
    Detection,
    Entry,
    Key,
    Lang,
    Mention,
    NameUse,
    ParagraphLanguage,
    Release,
    Script,
    Segment,
    State,
    Step,
)
from kzpress.drafting import Leg
from kzpress.errors import BUG_HINT, KzpressError, WorkspaceError, bug
from kzpress.finishing import Made
from kzpress.planning import Plan, Read
from kzpress.review_index import (
    from_json,
    message_from_json,
    message_to_json,
    notice_from_json,
    notice_to_json,
    to_json,
)

Facts = dict[str, Any]

_FAILURE: Final = b'{"error":'


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A release read and drafted elsewhere; its blocks stayed there."""

    read: Read
    source: Lang
    segments: tuple[Segment, ...]
    made: Mapping[Lang, Made]

    @classmethod
    def of(cls, told: bytes, path: Path, data: bytes) -> Self:
        """Return what was told of the release at ``path`` with the bytes ``data``.

        Raises:
            KzpressError: the error that was told instead.
        """
        facts = json.loads(told)
        if is_failure(told):
            raise _error(facts["error"])
        return cls(
            read=Read(
                path=path,
                release=_release(facts["release"], hashlib.sha256(data).hexdigest()),
                detection=_detection(facts["detection"]),
                data=data,
            ),
            source=Lang(facts["source"]),
            segments=tuple(
                Segment(key=Key(context=context, source=source), gap=gap, block=block, line=line)
                for context, source, gap, block, line in facts["segments"]
            ),
            made={Lang(lang): _made(one) for lang, one in facts["targets"].items()},
        )


def told(plan: Plan, made: Mapping[Leg, Made]) -> bytes:
    """Return a release's drafts as they are told."""
    facts = {
        "release": _release_to_json(plan.read.release),
        "detection": _detection_to_json(plan.read.detection),
        "source": plan.source,
        "segments": [[*_key(part.key), part.gap, part.block, part.line] for part in plan.segments],
        "targets": {leg.target: _made_to_json(one) for leg, one in made.items()},
    }
    return json.dumps(facts, ensure_ascii=False).encode()


def failure(error: Exception, name: str, kind: type[KzpressError] = KzpressError) -> bytes:
    """Return an error as it is told: one that nobody foresaw as ``kind``, unless it is the machine's."""
    match error:
        case KzpressError():
            told = error
        case OSError() | MemoryError():
            told = KzpressError(bug(error), where=name, hint=BUG_HINT)
        case _:
            told = kind(bug(error), where=name, hint=BUG_HINT)
    facts = [type(told).__name__, message_to_json(told.message), told.where, told.hint and message_to_json(told.hint)]
    return json.dumps({"error": facts}, ensure_ascii=False).encode()


def is_failure(told: bytes) -> bool:
    """Tell whether an error was told."""
    return told.startswith(_FAILURE)


class Spool:
    """What came back and is yet to be written: a file each by its address, in a folder that may vanish."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def has(self, address: str) -> bool:
        """Tell whether something is kept under an address."""
        return (self._folder / address).is_file()

    def get(self, address: str) -> bytes | None:
        """Return what is kept under an address, None if it is damaged or not there."""
        with suppress(OSError):
            head, _, data = (self._folder / address).read_bytes().partition(b"\n")
            return data if head == _sum(data) else None
        return None

    def keep(self, address: str, data: bytes) -> None:
        """Keep what came back; the same again changes nothing.

        Raises:
            WorkspaceError: it cannot be written.
        """
        files.write(self._folder / address, _sum(data) + b"\n" + data, error=WorkspaceError)

    def drop(self, address: str) -> None:
        """Forget what is written by now."""
        with suppress(OSError):
            (self._folder / address).unlink()


def _sum(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()


# ------------------------------------------------------------------ to JSON and back


def _key(key: Key) -> tuple[str, str]:
    return key.context, key.source


def _made_to_json(made: Made) -> Facts:
    findings = made.findings
    return {
        "entries": [[*_key(entry.key), entry.text, entry.notes] for entry in made.entries.values()],
        "names": [[use.entry, use.required, use.form, use.step, use.mention] for use in made.names],
        "findings": None if findings is None else [to_json(finding) for finding in findings],
    }


def _made(facts: Facts) -> Made:
    keys = (Key(context=context, source=source) for context, source, _, _ in facts["entries"])
    return Made(
        entries={
            key: Entry(key=key, text=text, state=State.DRAFT if text else State.EMPTY, notes=tuple(notes))
            for key, (_, _, text, notes) in zip(keys, facts["entries"], strict=True)
        },
        names=tuple(
            NameUse(entry=entry, required=required, form=form, step=Step(step), mention=mention and Mention(mention))
            for entry, required, form, step, mention in facts["names"]
        ),
        findings=None if facts["findings"] is None else tuple(from_json(one) for one in facts["findings"]),
    )


def _release_to_json(release: Release) -> Facts:
    return {
        "slug": release.slug,
        "origin": release.origin,
        "format": release.format,
        "encoding": release.encoding,
        "title": release.title,
        "date": release.date.isoformat() if release.date else None,
        "city": release.city,
        "agency": release.agency,
        "notices": [notice_to_json(notice) for notice in release.notices],
    }


def _release(facts: Facts, digest: str) -> Release:
    notices = tuple(notice_from_json(notice) for notice in facts["notices"])
    date = dt.date.fromisoformat(facts["date"]) if facts["date"] else None
    return Release(**facts | {"digest": digest, "date": date, "notices": notices, "blocks": ()})


def _detection_to_json(found: Detection) -> Facts:
    return {
        "verdict": found.verdict,
        "language": found.language,
        "confidence": found.confidence,
        "script": found.script,
        "reason": message_to_json(found.reason),
        "deviating": [
            [part.line, part.letters, part.language, part.confidence, part.guess] for part in found.deviating
        ],
    }


def _detection(facts: Facts) -> Detection:
    return Detection(
        verdict=facts["verdict"],
        language=_lang(facts["language"]),
        confidence=facts["confidence"],
        script=Script(facts["script"]),
        reason=message_from_json(facts["reason"]),
        deviating=tuple(
            ParagraphLanguage(line=line, letters=letters, language=_lang(language), confidence=confidence, guess=guess)
            for line, letters, language, confidence, guess in facts["deviating"]
        ),
    )


def _lang(code: str | None) -> Lang | None:
    return Lang(code) if code else None


def _error(facts: Sequence[Any]) -> KzpressError:
    name, message, where, hint = facts
    kind = next((one for one in _below(KzpressError) if one.__name__ == name), KzpressError)
    return kind(message_from_json(message), where=where, hint=hint and message_from_json(hint))


def _below(kind: type[KzpressError]) -> Iterator[type[KzpressError]]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)
