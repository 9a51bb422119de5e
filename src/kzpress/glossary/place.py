"""A place for a name in a sentence: the words around it, its part in the source, and what stands in it already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kzpress.glossary.replace import words_before

if TYPE_CHECKING:
    from collections.abc import Collection

    from kzpress.domain import Lang
    from kzpress.glossary.model import Glossary
    from kzpress.glossary.require import Requirement
    from kzpress.glossary.source import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The place between ``before`` and ``after`` for the name that is ``role`` in a source in ``told``.

    ``cases`` are those that the form standing there can be; none for a gap, whose case the rest alone must tell.
    """

    glossary: Glossary
    before: str
    after: str
    need: Requirement
    role: Role | None
    told: Lang | None = None
    cases: Collection[str] = ()

    @property
    def is_gap(self) -> bool:
        """Tell whether nothing stands there."""
        return not self.cases

    @property
    def opens(self) -> bool:
        """Tell whether the sentence begins here."""
        return not any(ch.isalnum() for ch in self.before)

    @property
    def words(self) -> list[str]:
        """Up to three words before it, the nearest first, in lower case, back to a punctuation mark."""
        return words_before(self.before)
