r"""The nouns of kzpress: immutable values that the stages hand to each other.

Conventions: text is NFC with ``\n`` line ends; offsets are code points, half-open; lines are 1-based; confidences and
shares are 0..1; digests are hex SHA-256. ``None`` is "not known", empty is "known to be empty".
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

# A sentence of so few words must have a score so much higher not to be a guess; training/README.md has the figures.
FEW_WORDS: Final = 10
STRICTER: Final = 0.2


class Lang(StrEnum):
    """The languages kzpress translates between, by ISO 639-1 code."""

    KK = "kk"
    RU = "ru"
    EN = "en"


class Script(StrEnum):
    """The writing system most letters of a text belong to."""

    CYRILLIC = "Cyrl"
    LATIN = "Latn"
    ARABIC = "Arab"
    OTHER = "Zyyy"


class BlockKind(StrEnum):
    """What a block is in the release; the gettext context of its sentences."""

    HEADLINE = "headline"
    DATELINE = "dateline"
    LEAD = "lead"
    BODY = "body"
    QUOTE = "quote"
    ATTRIBUTION = "attribution"
    TABLE = "table"
    NOTE = "note"  # footnotes and endnotes
    MARGIN = "margin"  # running headers and footers


class Severity(StrEnum):
    """Errors block publishing; warnings are for the reviewer to weigh; what is acknowledged a person has weighed."""

    ERROR = "error"
    WARNING = "warning"
    ACKNOWLEDGED = "acknowledged"  # either, and a person wrote into the entry that it may stand


# ------------------------------------------------------------------ a release as it came in


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph, heading, cell or dateline: ``text`` without surrounding white space, ``line`` where it starts."""

    kind: BlockKind
    text: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something a reader of the input did that its owner should know, such as a guess at an encoding."""

    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A release as ingested.

    ``slug`` is date and transliterated title, before the workspace settles collisions; ``origin`` the name it came
    under; ``digest`` of the bytes as received; ``title`` the headline, or the first words where there is none;
    ``city`` and ``agency`` as the dateline has them.
    """

    slug: str
    origin: str
    digest: str
    format: str
    encoding: str | None
    title: str
    date: dt.date | None
    city: str | None
    agency: str | None
    blocks: tuple[Block, ...]
    notices: tuple[Notice, ...] = ()


# ------------------------------------------------------------------ its language


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphLanguage:
    """The verdict on one block: a language of ours, or None with the best ``guess`` (any ISO code) and why."""

    line: int
    letters: int
    language: Lang | None
    confidence: float
    guess: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """The verdict on a release. ``verdict`` is ``kk``, ``ru``, ``en``, ``mixed`` or ``unknown``.

    ``language`` is set only for a verdict that names one; ``reason`` is a sentence for people; ``deviating`` holds the
    paragraphs whose own language differs from the release's.
    """

    verdict: str
    language: Lang | None
    confidence: float
    script: Script
    reason: str
    paragraphs: tuple[ParagraphLanguage, ...] = ()
    deviating: tuple[ParagraphLanguage, ...] = ()


# ------------------------------------------------------------------ its sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """gettext's identity of an entry: ``context`` (msgctxt) and ``source`` (msgid).

    The context is the block's kind, with ``#2``, ``#3`` … when the same sentence returns in one release.
    """

    context: str
    source: str

    @property
    def kind(self) -> BlockKind:
        """The kind of the block it stands in."""
        return BlockKind(self.context.partition("#")[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A sentence: its key, the white space ``gap`` after it, its block's index and its line in the source."""

    key: Key
    gap: str
    block: int
    line: int

    @property
    def text(self) -> str:
        """The sentence itself."""
        return self.key.source

    @property
    def kind(self) -> BlockKind:
        """The kind of the block it stands in."""
        return self.key.kind


# ------------------------------------------------------------------ names


class NameKind(StrEnum):
    """How a text refers to a glossary entry."""

    NAME = "name"
    SHORT = "short"
    VARIANT = "variant"
    FORBIDDEN = "forbidden"
    UNLIKE = "unlike"  # no name at all: what only looks like one


APPROVED: Final = frozenset({NameKind.NAME, NameKind.SHORT})  # the kinds of names that may be written


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A glossary entry recognised in a text at [start, end), as ``kind``, by the form ``base`` inflects to.

    ``base`` is the uninflected name that matched; ``cases`` the cases its form can be (a form may be ambiguous);
    empty where the language or the form has none.
    """

    entry: str
    kind: NameKind
    start: int
    end: int
    base: str
    cases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """The approved, uninflected name ``lemma`` that a translation owes the source's text at [start, end)."""

    start: int
    end: int
    lemma: str


class Step(StrEnum):
    """How a required name came to stand in a target, from gentle to strict."""

    MODEL = "model"  # the model's first hypothesis had it
    ANNOTATED = "annotated"  # so it had, from a model that was told the name with the sentence
    N_BEST = "n-best"  # a later hypothesis had it
    VARIANT = "variant"  # a known variant was replaced by the approved name in the same case
    GOVERNED = "governed"  # the model's form was put into the case that the word beside it takes
    BRACKET = "bracket"  # an abbreviation was added in brackets behind the full name
    PARTS = "parts"  # asked again in shorter parts
    PLACEHOLDER = "placeholder"  # asked again with a mark in its place, and the mark replaced
    RULE = "rule"  # the text is names alone and no model was asked
    MEMORY = "memory"  # a person's translation of the same sentence has it
    MISSING = "missing"  # none of these: a finding for the reviewer


class Mention(StrEnum):
    """Whether a release has named a thing before, told only of names that are to be abbreviated from then on."""

    FIRST = "first"
    LATER = "later"


@dataclass(frozen=True, slots=True, kw_only=True)
class NameUse:
    """What became of one required name in one target: ``form`` is what now stands there, None if missing."""

    entry: str
    required: str
    form: str | None
    step: Step
    mention: Mention | None = None


# ------------------------------------------------------------------ drafts and findings


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a check saw in one entry. ``code`` is kebab-case and listed in the README.

    ``fix`` is the whole translation put right, where a rule alone can do that.
    """

    key: Key
    code: str
    severity: Severity
    message: str
    fix: str | None = None

    @property
    def mark(self) -> str:
        """Four figures by which a person acknowledges this finding: others for another source or another message."""
        said = f"{self.key.source}\n{self.code}\n{self.message}"
        return hashlib.sha256(said.encode()).hexdigest()[:4]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """One translation of one segment; ``score`` is the model's mean log-probability a piece, 0 at best."""

    text: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """The languages a translation passes through, ``(en, kk)`` or ``(kk, en, ru)``, and the packages it uses."""

    langs: tuple[Lang, ...]
    packages: tuple[str, ...]  # "name version (origin)", one a step
    annotated: bool = False  # the packages were told the names with the sentence
    doubtful_below: float | None = None  # the score under which a translation is a guess, where that is known

    @property
    def is_pivot(self) -> bool:
        """Tell whether a third language stands between source and target."""
        return len(self.langs) > 2

    def __str__(self) -> str:
        return "→".join(self.langs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """A sentence and the translation of it that a person approved.

    ``origin`` is the release's slug or the file's name in ``tm/``; ``kind`` the block's as a word, empty if not
    known; ``by`` who approved it, and ``date`` the release's, where they are known.
    """

    source: str
    text: str
    source_lang: Lang
    lang: Lang
    origin: str
    kind: str = ""
    by: str | None = None
    date: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A translation of one segment not by a person: where it came from, what became of its names, what was mended."""

    key: Key
    lang: Lang
    text: str
    route: Route | None  # None: copied, rendered by rule or remembered, no model was asked
    names: tuple[NameUse, ...] = ()
    notes: tuple[str, ...] = ()  # what was mended mechanically, and what is like it, in words for the reviewer
    remembered: Remembered | None = None
    score: float | None = None  # the engine's, of the best of the answers it was chosen from
    is_garbled: bool = False  # a word in the letters of another alphabet is left in it, "номинацияs"

    @property
    def is_guess(self) -> bool:
        """Tell whether the text may have little to do with its source: unlikely to the model itself, or garbled.

        That is for packages that say what is unlikely. Of few words the mean says less, and so it must be higher.
        """
        if self.route is None or self.route.doubtful_below is None or self.score is None:
            return False
        is_short = len(self.key.source.split()) <= FEW_WORDS
        return self.is_garbled or self.score < self.route.doubtful_below + (STRICTER if is_short else 0)


# ------------------------------------------------------------------ catalogues


class State(StrEnum):
    """The state of a catalogue entry; only a person's edit makes APPROVED."""

    EMPTY = "empty"
    DRAFT = "draft"  # #, fuzzy
    APPROVED = "approved"
    OBSOLETE = "obsolete"  # #~


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a catalogue: ``notes`` are the ``#.`` lines of kzpress, ``comment`` the reviewer's ``#`` lines."""

    key: Key
    text: str
    state: State
    notes: tuple[str, ...] = ()
    comment: str = ""
    place: str | None = None  # "release:line"
    previous: Key | None = None  # #| of a changed source
    flags: tuple[str, ...] = ()  # other than fuzzy, which only an obsolete entry keeps here


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """One locale of one release: header fields in order and entries in source order, obsolete ones last."""

    lang: Lang
    header: tuple[tuple[str, str], ...]
    entries: tuple[Entry, ...]
    header_comment: str = ""
