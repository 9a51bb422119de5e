"""Every error kzpress raises on purpose, each with the exit status it leads to.

::

    KzpressError              70
    ├── UsageError             2   an option or argument that cannot be meant
    ├── WorkspaceError         2   a workspace that is not there, or whose settings or records are wrong
    │   └── NoWorkspaceError   2   no workspace here or above
    ├── ReleaseError           3   a release that cannot be read
    ├── LanguageError          4   a release whose language is unknown, mixed or unsupported
    ├── GlossaryError          5   the controlled glossary is not valid
    ├── ModelError             6   a model is missing or damaged
    ├── CatalogError           7   a catalogue that cannot be read or written
    ├── FeedError              3   a feed that cannot be fetched or read
    ├── ExchangeError          3   a table, bilingual file or memory from outside that cannot be taken
    ├── LockedError           75   somebody else is working; try again later
    └── WorkersError          75   other machines that are to help cannot be had, or are not fit

Statuses 0 (done), 1 (it ran and the answer is "no") and 8 (some releases failed, the rest are done) are not errors.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import ClassVar, Final

from kzpress.speech import Message, _, joined

BUG_HINT: Final = _("report it with the file, if the file may be shown")


class Exit(IntEnum):
    """The exit statuses of the command line."""

    DONE = 0
    NO = 1
    USAGE = 2
    RELEASE = 3
    LANGUAGE = 4
    GLOSSARY = 5
    MODEL = 6
    CATALOG = 7
    PARTIAL = 8
    BUG = 70
    LOCKED = 75
    INTERRUPTED = 130
    TERMINATED = 143

    @classmethod
    def over(cls, outcomes: Iterable[Exit]) -> Exit:
        """Return the one status of a call over several releases: theirs if they agree, else PARTIAL."""
        different = set(outcomes) or {cls.DONE}
        return different.pop() if len(different) == 1 else cls.PARTIAL


class KzpressError(Exception):
    """What went wrong, where, and what to do next.

    ``message`` begins in lower case and has no full stop; ``where`` names a file, with line or key where known;
    ``hint`` is the next action.
    """

    status: ClassVar[Exit] = Exit.BUG

    def __init__(self, message: str, *, where: str | None = None, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.hint = hint

    @property
    def said(self) -> Message:
        """Where and what, to be said to a person."""
        return joined(": ", (self.where, self.message) if self.where else (self.message,))

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message


def bug(error: BaseException) -> Message:
    """Return in words that kzpress met what it should have foreseen."""
    return _("this is a bug in kzpress ({kind}: {error})", kind=type(error).__name__, error=error)


class Terminated(BaseException):
    """SIGTERM came; like KeyboardInterrupt it passes whoever catches errors."""


class UsageError(KzpressError):
    """An option or argument that cannot be meant."""

    status = Exit.USAGE


class WorkspaceError(KzpressError):
    """A workspace that is not there, or whose settings or records are wrong."""

    status = Exit.USAGE


class NoWorkspaceError(WorkspaceError):
    """No workspace here or in a folder above."""


class ReleaseError(KzpressError):
    """A release that cannot be read, or a place that cannot be written."""

    status = Exit.RELEASE


class LanguageError(KzpressError):
    """A release whose language is unknown, mixed or not one of ours."""

    status = Exit.LANGUAGE


class GlossaryError(KzpressError):
    """A glossary that is not valid."""

    status = Exit.GLOSSARY


class ModelError(KzpressError):
    """A model that is missing or damaged."""

    status = Exit.MODEL


class CatalogError(KzpressError):
    """A catalogue that cannot be read or written."""

    status = Exit.CATALOG


class FeedError(KzpressError):
    """A feed that cannot be fetched or read."""

    status = Exit.RELEASE


class ExchangeError(KzpressError):
    """A table, bilingual file or translation memory from outside that cannot be taken."""

    status = Exit.RELEASE


class LockedError(KzpressError):
    """A workspace or catalogue that somebody else is working on."""

    status = Exit.LOCKED


class WorkersError(KzpressError):
    """Other machines that are to help and cannot be reached, are gone, or have other programs or models."""

    status = Exit.LOCKED
