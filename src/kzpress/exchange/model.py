"""What goes out and comes back whatever the format: a sheet of rows, and the line that says whose it is."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kzpress.domain import Lang, State
from kzpress.errors import ExchangeError
from kzpress.speech import _
from kzpress.text import nfc

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kzpress.domain import Entry, Key

MARK: Final = re.compile(
    r"kzpress 1: release (?P<slug>\S+), (?P<source>[a-z]{2}) → (?P<lang>[a-z]{2}), "
    r"source (?P<source_digest>[0-9a-f]{16}), catalogue (?P<digest>[0-9a-f]{16})"
)
ID: Final = re.compile(r"\b(?P<key>[0-9a-f]{10})-(?P<base>[0-9a-f]{8})(?P<state>[aef])\b")
_UNFIT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_SPACE: Final = re.compile(r"\s+")
_QUOTES: Final = str.maketrans(
    dict.fromkeys("«»\u201c\u201d\u201e\u201f", '"') | dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc", "'")
)
_STATES: Final = {State.APPROVED: "a", State.DRAFT: "f", State.EMPTY: "e"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One sentence on its way out or back.

    ``id`` tells the sentence and what its translation was when it went out. ``ready`` of a row that came back says that
    a person wrote there that the translation is right; of one that goes out, that it is approved. ``notes`` are for the
    person to read, ``remark`` is for them to write.
    """

    id: str
    source: str
    text: str
    ready: bool = False
    notes: tuple[str, ...] = ()
    remark: str = ""
    where: str = ""  # its place in the file that came back

    @property
    def key(self) -> str:
        """The part of the id that tells the sentence."""
        return self.id[:10]

    @property
    def was_approved(self) -> bool:
        """Tell whether the translation was approved when it went out."""
        return self.id.endswith("a")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One locale of a release as it goes out or came back; ``title`` and ``labels`` are only for the way out.

    ``digest`` is the catalogue's when it went out, ``labels`` the language of headings and instructions.
    """

    slug: str
    source_lang: Lang
    lang: Lang
    source_digest: str
    digest: str
    rows: tuple[Row, ...]
    title: str = ""
    labels: Lang = Lang.EN

    @property
    def mark(self) -> str:
        """The line by which the sheet is known again; ``MARK`` reads it."""
        pair = f"{self.source_lang} → {self.lang}"
        return f"kzpress 1: release {self.slug}, {pair}, source {self.source_digest[:16]}, catalogue {self.digest[:16]}"


def sheet_of(mark: str, rows: Iterable[Row], where: str) -> Sheet:
    """Return the sheet that came back with this text around its ``rows``.

    Raises:
        ExchangeError: the text has no line of ours, or no sentence has its number.
    """
    found = MARK.search(_SPACE.sub(" ", mark))
    if found is None or not {found["source"], found["lang"]} <= set(Lang):
        hint = _("give the file that `kzpress export` wrote; its line “kzpress 1: release …” must stay in it")
        raise ExchangeError(_("does not say which release it belongs to"), where=where, hint=hint)
    kept = tuple(rows)
    if not kept:
        raise ExchangeError(
            _("has no sentence with its number"), where=where, hint=_("the column № must stay as it was")
        )
    return Sheet(
        slug=found["slug"],
        source_lang=Lang(found["source"]),
        lang=Lang(found["lang"]),
        source_digest=found["source_digest"],
        digest=found["digest"],
        rows=kept,
    )


def row_id(entry: Entry) -> str:
    """Return the id of an entry: ten figures of its sentence, eight of its translation, and its state."""
    return f"{key_digest(entry.key)}-{base(entry.text, entry.state)}"


def key_digest(key: Key) -> str:
    """Return the part of an id that tells the sentence."""
    return digest(f"{key.context}\n{key.source}")[:10]


def base(text: str, state: State) -> str:
    """Return the part of an id that tells a translation and its state."""
    return digest(flat(text))[:8] + _STATES[state]


def digest(text: str) -> str:
    """Return the digest of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def flat(text: str) -> str:
    """Return ``text`` as it comes back from a cell: on one line, NFC, with single spaces but for no-break ones."""
    return re.sub(r"[ \t\r\n\u2028\u2029]+", " ", fit(nfc(text))).strip()


def fit(text: str) -> str:
    """Return ``text`` with U+FFFD for what no XML can hold."""
    return _UNFIT.sub("\ufffd", text)


def alike(one: str, other: str) -> bool:
    """Tell whether two source sentences are the same but for what programs do to spaces and quotation marks."""
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return _SPACE.sub(" ", nfc(fit(text)).translate(_QUOTES).replace("\u2011", "-").replace("\u00ad", "")).strip()
