"""The verdict on a release: a vote of its paragraphs, weighted by letters, and the reason in words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from kzpress.detect.reading import MIN_LETTERS, NAMES, SURE_LETTERS, Reading, read
from kzpress.domain import BlockKind, Detection, Lang, ParagraphLanguage, Script
from kzpress.speech import _, joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kzpress.domain import Block

MIXED_SHARE: Final = 0.15
# These stand outside the running text: a letterhead or a list of places says little about the release.
_NO_VOTE: Final = frozenset({BlockKind.DATELINE, BlockKind.MARGIN})


def detect(blocks: Sequence[Block]) -> Detection:
    """Decide the language of a release by a vote of its paragraphs, weighted by letters.

    Datelines and margins are read but vote only when there is nothing else. A paragraph under 12 letters takes the
    release's language. ``mixed``: a second language of ours has at least 15 % and 60 letters. ``unknown``: more than
    half of the letters are not in a language of ours; the reason then names the best guess.

    ``confidence`` is the share of voting letters that read as the leading language of ours, times the mean probability
    langdetect gave them. That probability is close to 1 even when it errs, so in practice this is a share of letters.
    """
    readings = [read(block.text) for block in blocks]
    pairs = list(zip(blocks, readings, strict=True))
    votes = _votes([pair for pair in pairs if pair[0].kind not in _NO_VOTE]) or _votes(pairs)
    verdict, leader = _verdict(votes)
    confidence = _confidence(votes, leader)
    leads = leader if verdict == leader else None
    paragraphs = tuple(_paragraph(block.line, parts, leads, confidence) for block, parts in pairs)
    deviating = tuple(
        paragraph for paragraph, parts in zip(paragraphs, readings, strict=True) if leads and _deviates(parts[0], leads)
    )
    return Detection(
        verdict=verdict,
        language=leads,
        confidence=confidence,
        script=_script(votes or [parts[0] for parts in readings]),
        reason=_reason(verdict, leader, votes, deviating),
        paragraphs=paragraphs,
        deviating=deviating,
    )


def detect_text(text: str, *, line: int = 1) -> ParagraphLanguage:
    """Decide the language of one text on its own, as for one paragraph."""
    return _paragraph(line, read(text), None, 0.0)


# ------------------------------------------------------------------ the vote


def _votes(pairs: Sequence[tuple[Block, tuple[Reading, ...]]]) -> list[Reading]:
    """Return the readings that are long enough to vote; a release of a few short lines is read as one text."""
    votes = [part for _, parts in pairs for part in parts if part.letters >= MIN_LETTERS]
    if sum(part.letters for part in votes) >= SURE_LETTERS:
        return votes
    together = read("\n".join(block.text for block, _ in pairs))
    return [part for part in together if part.letters >= MIN_LETTERS]


def _shares(votes: Sequence[Reading]) -> dict[Lang, float]:
    letters: Counter[Lang] = Counter()
    for vote in votes:
        if vote.language:
            letters[vote.language] += vote.letters
    total = sum(vote.letters for vote in votes)
    return {language: count / total for language, count in letters.most_common()}


def _verdict(votes: Sequence[Reading]) -> tuple[str, Lang | None]:
    """Return the verdict and the leading language of ours, if any paragraph is in one."""
    total = sum(vote.letters for vote in votes)
    shares = _shares(votes)
    leader = next(iter(shares), None)
    if leader is None or sum(shares.values()) < 0.5:
        return "unknown", leader
    second = [s for language, s in shares.items() if language is not leader]
    if any(share >= MIXED_SHARE and share * total >= SURE_LETTERS for share in second):
        return "mixed", leader
    return leader.value, leader


def _confidence(votes: Sequence[Reading], leader: Lang | None) -> float:
    total = sum(vote.letters for vote in votes)
    weight = sum(vote.letters * vote.probability for vote in votes if leader and vote.language is leader)
    return round(weight / total, 4) if total else 0.0


def _script(readings: Sequence[Reading]) -> Script:
    letters: Counter[Script] = Counter()
    for reading in readings:
        letters[reading.script] += reading.letters
    return letters.most_common(1)[0][0] if letters else Script.OTHER


def _deviates(reading: Reading, release: Lang) -> bool:
    """Tell whether a paragraph is in another language than its release.

    Under 60 letters only another script is sure enough to trouble a reviewer with.
    """
    if reading.letters < MIN_LETTERS or release in (reading.language, reading.guess):
        return False
    usual = Script.LATIN if release is Lang.EN else Script.CYRILLIC
    return reading.letters >= SURE_LETTERS or reading.script is not usual


def _paragraph(line: int, parts: tuple[Reading, ...], release: Lang | None, confidence: float) -> ParagraphLanguage:
    """Word the verdict on one paragraph; one that is too short takes the language and confidence of the release."""
    reading = parts[0]
    letters = sum(part.letters for part in parts)
    if reading.letters < MIN_LETTERS:
        return ParagraphLanguage(
            line=line,
            letters=letters,
            language=release,
            confidence=confidence if release else 0.0,
            reason=_("{reason}, so it takes the language of the release", reason=reading.reason)
            if release
            else reading.reason,
        )
    return ParagraphLanguage(
        line=line,
        letters=letters,
        language=reading.language,
        confidence=round(reading.probability * reading.letters / letters, 4),
        guess=reading.guess,
        reason=reading.reason,
    )


# ------------------------------------------------------------------ in words


def _reason(verdict: str, leader: Lang | None, votes: Sequence[Reading], deviating: Sequence[ParagraphLanguage]) -> str:
    total = sum(vote.letters for vote in votes)
    if not total:
        return _("under {count} letters in all, which is too few to tell a language", count=MIN_LETTERS)
    if verdict == "unknown" or leader is None:
        return _unknown_reason(votes, total)
    shares = _shares(votes)
    if verdict == "mixed":
        parts = (
            _("{share:.0%} {language}", share=share, language=NAMES[language]) for language, share in shares.items()
        )
        return _(
            "written in more than one language: {parts} by letters; send each language as a release of its own",
            parts=joined(", ", parts),
        )
    said = _(
        "{share:.0%} of {total} letters read as {language}", share=shares[leader], total=total, language=NAMES[leader]
    )
    if deviating:
        return _("{verdict}; {lines}", verdict=said, lines=joined(", ", map(_line, deviating)))
    return said


def _line(part: ParagraphLanguage) -> str:
    if part.guess:
        return _("line {line} reads as {language}", line=part.line, language=NAMES[part.guess])
    return _("line {line} is in no language kzpress knows", line=part.line)


def _unknown_reason(votes: Sequence[Reading], total: int) -> str:
    letters: Counter[str | None] = Counter()
    for vote in votes:
        if vote.language is None:
            letters[vote.reason] += vote.letters
    reason, count = letters.most_common(1)[0]
    script = _script(votes)
    if reason is None:
        return _("{count} letters of {script} in no language kzpress knows", count=total, script=script)
    if count == total:
        return reason
    return _("{reason} ({share:.0%} of {total} letters)", reason=reason, share=count / total, total=total)
