"""What goes out and comes in, as values: what was left out, what differs, what was refused and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """Fields of one entry that a format cannot hold."""

    entry: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A file's contents, how many concepts are in it, what is not, and what its reader should know."""

    data: bytes
    concepts: int
    lost: tuple[Loss, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A concept read from a file: ``fields`` are its cells, ``said`` the fields the file speaks about at all.

    ``id`` is empty where the file gives none; ``where`` is "row 12" or "line 340".
    """

    id: str
    where: str
    fields: Mapping[str, str]
    said: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A concept that was not taken: ``entry`` as the file calls it, why, and what to do about it."""

    where: str
    entry: str
    reason: str
    hint: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A file as read: its concepts, those that cannot be meant, and what the reader passed over."""

    entries: tuple[Incoming, ...]
    refused: tuple[Refusal, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field in which the file and the glossary disagree; empty is none, ``taken``: the glossary has theirs now."""

    entry: str
    place: str
    field: str
    ours: str
    theirs: str
    taken: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did, or would do: ``new`` and ``updated`` are ids, ``files`` the glossary's files it changed."""

    concepts: int
    new: tuple[str, ...]
    updated: tuple[str, ...]
    unchanged: int
    differences: tuple[Difference, ...]
    refused: tuple[Refusal, ...]
    notes: tuple[str, ...]
    files: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """Tell whether the glossary now says all that the file says."""
        return not self.refused and all(difference.taken for difference in self.differences)
