"""One sentence on its way: made ready for the engine, and its answer chosen, mended and put on record.

Beside ``pipeline`` this is the only module that knows several stages: names, checks and the engine meet on a sentence.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from kzpress import checks, glossary
from kzpress.domain import BlockKind, Draft, Hit, Hypothesis, Key, Lang, Route, Severity, Step
from kzpress.engine import Job
from kzpress.engine.casing import Evidence, Style, restore, style_of, to_sentence_case
from kzpress.engine.protect import mask, only_marks, set_numbers_right, unmask
from kzpress.glossary import Glossary
from kzpress.ingest.dates import find_date
from kzpress.languages import long_date

_DATELINE_END: Final = re.compile(r"\s*[-–—]\s*$")
_NUMBERS: Final = "number-mismatch"
_NAME_NOTES: Final = {
    Step.MODEL: "name: {use.form}",
    Step.N_BEST: "name: {use.form} (another hypothesis of the model)",
    Step.VARIANT: "name: {use.form} (a variant was replaced)",
    Step.RULE: "name: {use.form}",
    Step.MISSING: "name MISSING: {use.required}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence on its way through the engine: what was asked, and what is needed to put the answer right."""

    key: Key
    text: str
    kind: BlockKind
    hits: tuple[Hit, ...]
    asked: str  # what the engine is given: sentence case, addresses masked
    marks: tuple[tuple[int, str], ...]
    tail: str  # what is kept from the engine and set after its answer
    style: Style


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """The way a release's sentences go into one language, and the day whose names they are held to."""

    source: Lang
    target: Lang
    route: Route
    date: dt.date | None

    def job(self, sentence: Sentence) -> Job:
        """Return what the engine is asked for ``sentence``."""
        return Job(source=self.source, target=self.target, text=sentence.asked)


def prepare(
    terms: Glossary, parts: Sequence[tuple[Key, BlockKind]], lang: Lang, date: dt.date | None
) -> tuple[Sentence, ...]:
    """Find the names, undo headline capitals and take out addresses."""
    evidence = Evidence.of(key.source for key, _ in parts)
    sentences = []
    for key, kind in parts:
        tail = _DATELINE_END.search(key.source) if kind is BlockKind.DATELINE else None
        masked = mask(key.source[: tail.start()] if tail else key.source)
        hits = glossary.find(terms, masked.text, lang, date)
        style = style_of(masked.text, lang, kind)
        names = ((hit.start, hit.end, hit.base) for hit in hits)
        sentences.append(
            Sentence(
                key=key,
                text=key.source,
                kind=kind,
                hits=hits,
                asked=to_sentence_case(masked.text, style, evidence, names),
                marks=masked.marks,
                tail=tail.group() if tail else "",
                style=style,
            )
        )
    return tuple(sentences)


def by_rule(terms: Glossary, sentence: Sentence, leg: Leg) -> Draft | None:
    """Draft what needs no model: figures and addresses are copied, names and datelines rendered; else None."""
    if only_marks(sentence.text):
        return Draft(key=sentence.key, lang=leg.target, text=sentence.text, route=None)
    text = _rendered(terms, sentence, leg)
    if text is None:
        return None
    _, names = glossary.enforce(terms, sentence.hits, [Hypothesis(text=text, score=0.0)], leg.target, leg.date)
    uses = tuple(replace(use, step=Step.RULE) if use.form else use for use in names)
    return Draft(key=sentence.key, lang=leg.target, text=text, route=None, names=uses)


def by_engine(terms: Glossary, sentence: Sentence, leg: Leg, answers: Sequence[Hypothesis]) -> Draft:
    """Choose, mend and dress one of the engine's answers: fewest errors first, then names, capitals, addresses."""
    errors = [len(_errors(sentence, _mend(sentence, answer.text, leg)[0], leg)) for answer in answers]
    soundest = [answer for answer, count in zip(answers, errors, strict=True) if count == min(errors)]
    first = max(answers, key=lambda answer: answer.score).text
    chosen, names = glossary.enforce(terms, sentence.hits, soundest, leg.target, leg.date, first=first)
    text, notes = _mend(sentence, restore(chosen, sentence.style), leg)
    return Draft(
        key=sentence.key, lang=leg.target, text=text + sentence.tail, route=leg.route, names=names, notes=notes
    )


def _rendered(terms: Glossary, sentence: Sentence, leg: Leg) -> str | None:
    """Return a sentence of names alone, and in a dateline of a date, in the target; None if it has other words."""
    text = sentence.text
    found = find_date(text) if sentence.kind is BlockKind.DATELINE else None
    if found is None or found.day is None:
        return glossary.render(terms, text, leg.source, leg.target, leg.date)
    sides = [
        glossary.render(terms, side, leg.source, leg.target, leg.date) if any(ch.isalpha() for ch in side) else side
        for side in (text[: found.start], text[found.end :])
    ]
    return None if None in sides else f"{sides[0]}{long_date(leg.target, found.day)}{sides[1]}"


def _mend(sentence: Sentence, text: str, leg: Leg) -> tuple[str, tuple[str, ...]]:
    """Put addresses back, and a number right that the checks say is wrong; return the text and what was done."""
    back = unmask(text, sentence.marks)
    notes = [f"the model lost {address}: it stands at the end, move it to its place" for address in back.moved]
    mended, replaced = set_numbers_right(sentence.text, back.text)
    if replaced and _NUMBERS in _errors(sentence, back.text, leg) and _NUMBERS not in _errors(sentence, mended, leg):
        notes += [f"the model wrote {wrong} for {right}: set right from the source" for wrong, right in replaced]
        return mended, tuple(notes)
    return back.text, tuple(notes)


def _errors(sentence: Sentence, text: str, leg: Leg) -> list[str]:
    found = checks.run(sentence.text, text, leg.source, leg.target, sentence.key)
    return [finding.code for finding in found if finding.severity is Severity.ERROR]


def notes_of(draft: Draft, digest: str) -> tuple[str, ...]:
    """Word for the reviewer where a draft came from, what became of its names, and what was mended.

    ``digest`` is the glossary's.
    """
    if draft.route is not None:
        made = f"kzpress: {', '.join(draft.route.packages)}, {draft.route}, glossary {digest[:8]}"
    elif draft.names:
        made = f"kzpress: rendered by rule, glossary {digest[:8]}"
    else:
        made = "kzpress: copied, there is nothing to translate"
    return (made, *(_NAME_NOTES[use.step].format(use=use) for use in draft.names), *draft.notes)
