"""Structure: which paragraph is headline, dateline, lead, quotation or attribution."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kzpress.domain import Block, BlockKind, Notice
from kzpress.ingest.dateline import Dateline, split_dateline
from kzpress.ingest.dates import FoundDate, find_date
from kzpress.ingest.reading import Dated, Piece, Role, Trust
from kzpress.speech import _
from kzpress.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

_KINDS: Final = {
    Role.CELL: BlockKind.TABLE,
    Role.QUOTE: BlockKind.QUOTE,
    Role.NOTE: BlockKind.NOTE,
    Role.MARGIN: BlockKind.MARGIN,
}
# Patterns are matched on folded text: lower case, one kind of quote and dash.
_STATED: Final = re.compile(r"(?:date|дата|күні)\s*[:-]?\s*")
_AFTER_DATE: Final = re.compile(r"[\s,.|/-]*(?:(?:в|at|сағат)?\s*\d{1,2}[:.]\d\d(?::\d\d)?)?[\s,.|/-]*")
_KICKER: Final = re.compile(
    r"(?:(?:press|news|media) release|for immediate release|press statement|"
    r"пресс-релиз|пресс релиз|сообщение для (?:сми|печати|прессы)|для немедленного распространения|"
    r"баспасөз (?:хабарламасы|релизі|релиз)|баспасөз-релиз|бақ үшін ақпарат)[\s№\d.:/-]*"
)
_GREETING: Final = re.compile(
    r"(?:dear|уважаем(?:ые|ый|ая)|добрый день|здравствуйте|құрметті|қайырлы күн|сәлеметсіз бе)\b"
)
_ATTRIBUTIONS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:source|источник|дереккөз|фото|photo|сурет|по материалам|по информации)\s*[:-].*",
        r"this (?:was|is) (?:reported|announced) by\b.*",
        r"об этом (?:сообщает|сообщили|сообщила|сообщило|сообщил|передает|передают|информирует)\b.*",
        r"бұл (?:туралы|жөнінде) .*(?:қызмет|орталы|агентті|кеңсе|басқарма)\w* (?:хабарла|мәлімде)\w+\.?",
        r"(?:\w+ )?(?:has )?(?:learn(?:t|ed)|reports|reported) (?:this )?(?:from|with reference to|citing)\b.*",
        r"(?:the )?(?:press|information) (?:service|office|department|secretary) (?:of|at|to)\b[^.!?]*",
        r"(?:department|управление|департамент|служба|отдел|центр)\b[^.!?]*\b(?:press|media|информации|коммуникаций|сми)\b[^.!?]*",
        r"(?:пресс-(?:служба|центр|секретарь))\b[^.!?]*",
        r"[^.!?]*\bбаспасөз (?:қызметі|хатшысы|орталығы)\.?",
        r"[^.!?]*\bбаспасөз қызмет\w+ (?:хабарлайды|хабарлады|мәлімдеді)\.?",
    )
)
_WORD: Final = re.compile(r"[^\W\d_]{3}")  # "№ 12" is no headline
_SENTENCE: Final = re.compile(r".*?[.!?…](?=[»”“\"')\]]*\s)|.+", re.DOTALL)
_QUOTES: Final = {"«": "»", "“": "”", "„": "“”", '"': '"'}
_LONGEST_ASIDE = 300  # characters of an attribution or a date line
_HEAD = 6  # pieces in which a dateline is looked for
_TITLE_WORDS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """The blocks of a release and what its head says of it."""

    blocks: tuple[Block, ...]
    title: str
    city: str | None
    agency: str | None
    dates: tuple[Dated, ...]
    notices: tuple[Notice, ...]


def arrange(pieces: Sequence[Piece]) -> Arrangement:
    """Give each tidy, non-empty piece its kind; date lines become dates, everything else a block."""
    kept, dates, notices = _take_dates(pieces)
    at, dateline = _find_dateline(kept)
    headline = _find_headline(kept, at)
    if dateline and dateline.date:
        _note_date(dateline.date, dateline.text, Trust.DATELINE, dates, notices)
    blocks = _blocks(kept, headline, at, dateline)
    return Arrangement(
        blocks=blocks,
        title=kept[headline].text if headline is not None else _title(blocks),
        city=dateline.city if dateline else None,
        agency=dateline.agency if dateline else None,
        dates=tuple(dates),
        notices=tuple(notices),
    )


def _note_date(found: FoundDate, text: str, trust: Trust, dates: list[Dated], notices: list[Notice]) -> None:
    if found.day:
        dates.append(Dated(day=found.day, trust=trust))
    elif found.impossible:
        message = _("not a date of the calendar: {text}", text=text)
        notices.append(Notice(code="date-impossible", message=message))


def _take_dates(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Dated], list[Notice]]:
    """Take the ``date 2021-07-24`` lines and prefixes, and lines that are a date, off the head of the release."""
    kept: list[Piece] = []
    dates: list[Dated] = []
    notices: list[Notice] = []
    seen = 0
    for piece in pieces:
        end = _stated_date_end(piece.text) if piece.role is Role.PLAIN and seen < 3 else 0
        seen += piece.role is Role.PLAIN
        if end:
            stated = piece.text[:end].strip()
            found = find_date(stated)
            if found:
                _note_date(found, stated, Trust.STATED, dates, notices)
        rest = piece.text[end:].strip()
        if rest:
            kept.append(Piece(text=rest, line=piece.line, role=piece.role) if end else piece)
    if not kept:  # nothing but a date: better a block than an empty release
        return list(pieces), [], []
    return kept, dates, notices


def _stated_date_end(text: str) -> int:
    """Return where the date that ``text`` begins with ends; 0 where it does not state its date."""
    head = fold(text[:_LONGEST_ASIDE])
    marker = _STATED.match(head)
    start = marker.end() if marker else 0
    found = find_date(text[start : start + 60])
    if found is None or found.start > 0 or (found.day is None and not found.impossible):
        return 0
    end = start + found.end
    if marker and not text[end : end + 1].isalnum():
        return end
    after = _AFTER_DATE.match(head, end)
    return len(text) if after and after.end() == len(text) else 0


def _find_dateline(pieces: Sequence[Piece]) -> tuple[int | None, Dateline | None]:
    for i, piece in enumerate(pieces[:_HEAD]):
        if piece.role is Role.PLAIN and (dateline := split_dateline(piece.text)):
            return i, dateline
    return None, None


def _find_headline(pieces: Sequence[Piece], dateline: int | None) -> int | None:
    for i, piece in enumerate(pieces):
        if piece.role is Role.TITLE and not _KICKER.fullmatch(fold(piece.text)):
            return i
    running = [i for i, piece in enumerate(pieces) if piece.role in {Role.PLAIN, Role.HEADING, Role.TITLE}]
    for i in running:
        piece = pieces[i]
        if i == dateline:
            return None
        if _is_aside(piece.text):
            continue
        if piece.role is Role.HEADING:
            return i
        if _is_headline(piece.text) and i != running[-1]:
            return i
        if dateline is None:
            return None
    return None


def _is_aside(text: str) -> bool:
    """Tell whether a paragraph before the body is neither headline nor lead: "Press release", a greeting, a source."""
    if len(text) > _LONGEST_ASIDE:
        return False
    folded = fold(text)
    if _KICKER.fullmatch(folded.strip("*_ ")) or is_attribution(text):
        return True
    return bool(_GREETING.match(folded)) and len(text) < 100 and text.endswith((",", "!", ":"))


def _is_headline(text: str) -> bool:
    if len(text) > 200 or len(text.split()) > 30 or not _WORD.search(text):
        return False
    return not text.rstrip("»”“\"')]").endswith((".", "…", ":", ";", ","))


def _blocks(
    pieces: Sequence[Piece], headline: int | None, at: int | None, dateline: Dateline | None
) -> tuple[Block, ...]:
    blocks: list[Block] = []
    lead_from = max(-1 if headline is None else headline + 1, -1 if at is None else at, 0)
    repeated = _repeated_title(pieces, headline)
    has_lead = False
    for i, piece in enumerate(pieces):
        text = piece.text
        if i == headline:
            blocks.append(Block(kind=BlockKind.HEADLINE, text=text, line=piece.line))
            continue
        if i == repeated:
            continue
        if i == at and dateline:
            blocks.append(Block(kind=BlockKind.DATELINE, text=dateline.text, line=piece.line))
            text = dateline.rest
            if not text:
                continue
        is_lead = not has_lead and i >= lead_from and piece.role is Role.PLAIN and (i == at or not _is_aside(text))
        has_lead = has_lead or is_lead
        blocks.append(Block(kind=BlockKind.LEAD if is_lead else _kind(text, piece.role), text=text, line=piece.line))
    return tuple(blocks)


def _repeated_title(pieces: Sequence[Piece], headline: int | None) -> int | None:
    """Return the paragraph that says a page's or message's title again right after it."""
    if headline is None or pieces[headline].role is not Role.TITLE or headline + 1 >= len(pieces):
        return None
    return headline + 1 if fold(pieces[headline + 1].text) == fold(pieces[headline].text) else None


def _kind(text: str, role: Role) -> BlockKind:
    if role in _KINDS:
        return _KINDS[role]
    if is_attribution(text):
        return BlockKind.ATTRIBUTION
    return BlockKind.QUOTE if is_quotation(text) else BlockKind.BODY


def is_attribution(text: str) -> bool:
    """Tell whether a paragraph only names the source of the news; such a clause inside a sentence does not count."""
    if len(text) > _LONGEST_ASIDE or len(text.split()) > 20:
        return False
    folded = fold(text)
    return any(pattern.fullmatch(folded) for pattern in _ATTRIBUTIONS)


def is_quotation(text: str) -> bool:
    """Tell whether one quotation, with its marks, is the whole paragraph."""
    inner = text.rstrip(".,!?…")
    closers = _QUOTES.get(inner[:1])
    if not closers or len(inner) < 3 or inner[-1] not in closers:
        return False
    opener = inner[0]
    depth = 0
    for i, ch in enumerate(inner):
        if ch in closers and i > 0:
            depth -= 1
            if depth <= 0:
                return i == len(inner) - 1
        elif ch == opener:
            depth += 1
    return False


def _title(blocks: Sequence[Block]) -> str:
    """Return the first words of the first sentence of a release without a headline."""
    running = [block for block in blocks if block.kind is BlockKind.LEAD] or list(blocks)
    sentence = _SENTENCE.match(running[0].text)
    words = (sentence[0] if sentence else running[0].text).split()
    return " ".join(words[:_TITLE_WORDS]).rstrip(".,;:")
