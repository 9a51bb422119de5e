"""One sentence on its way: made ready for the engine, and its answer chosen, mended and put on record.

Beside ``pipeline`` this is the only module that knows several stages: names, checks and the engine meet on a sentence.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
_NAME_NOTES: Final = {
    Step.MODEL: "name: {use.form}",
    Step.N_BEST: "name: {use.form} (another hypothesis of the model)",
    Step.VARIANT: "name: {use.form} (a variant was replaced)",
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
    addresses: tuple[str, ...]
    tail: str  # what is kept from the engine and set after its answer
    style: Style
    ready: str | None  # rendered by rule, the engine is not asked


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
        text = key.source
        hits = glossary.find(terms, text, lang, date)
        style = style_of(text, lang, shouted=kind is BlockKind.DATELINE)
        plain = to_sentence_case(text, style, evidence, ((hit.start, hit.end, hit.base) for hit in hits))
        tail = _DATELINE_END.search(plain) if kind is BlockKind.DATELINE else None
        masked = mask(plain[: tail.start()] if tail else plain)
        sentences.append(
            Sentence(
                key=key,
                text=text,
                kind=kind,
                hits=hits,
                asked=masked.text,
                addresses=masked.addresses,
                tail=tail.group() if tail else "",
                style=style,
                ready=text if only_marks(text) else None,
            )
        )
    return tuple(sentences)


def draft_of(terms: Glossary, sentence: Sentence, leg: Leg, hypotheses: Mapping[Job, tuple[Hypothesis, ...]]) -> Draft:
    """Choose, mend and dress one translation: names enforced, addresses back, numbers right, capitals restored."""
    if sentence.ready is not None:
        return Draft(key=sentence.key, lang=leg.target, text=sentence.ready, route=None)
    rendered = _rendered(terms, sentence, leg)
    if rendered is not None:
        return Draft(key=sentence.key, lang=leg.target, text=rendered, route=None)
    answers = sorted(
        hypotheses[leg.job(sentence)], key=lambda answer: _errors(sentence, _mend(sentence, answer.text)[0], leg)
    )
    chosen, names = glossary.enforce(terms, sentence.hits, answers, leg.target, leg.date)
    text, notes = _mend(sentence, chosen)
    dressed = restore(text, sentence.style) + sentence.tail
    return Draft(key=sentence.key, lang=leg.target, text=dressed, route=leg.route, names=names, notes=notes)


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


def _mend(sentence: Sentence, text: str) -> tuple[str, tuple[str, ...]]:
    """Put addresses back and numbers right; return the text and what was done, in words."""
    back = unmask(text, sentence.addresses)
    mended, replaced = set_numbers_right(sentence.text, back.text)
    notes = (
        *(f"the model lost {address}: it stands at the end, move it to its place" for address in back.moved),
        *(f"the model wrote {wrong} for {right}: set right from the source" for wrong, right in replaced),
    )
    return mended, notes


def _errors(sentence: Sentence, text: str, leg: Leg) -> int:
    found = checks.run(sentence.text, text, leg.source, leg.target, sentence.key)
    return sum(finding.severity is Severity.ERROR for finding in found)


def notes_of(draft: Draft, digest: str) -> tuple[str, ...]:
    """Word for the reviewer where a draft came from, what became of its names, and what was mended.

    ``digest`` is the glossary's.
    """
    if draft.route is None:
        return ("kzpress: rendered from the glossary",)
    made = f"kzpress: {', '.join(draft.route.packages)}, {draft.route}, glossary {digest[:8]}"
    return (made, *(_NAME_NOTES[use.step].format(use=use) for use in draft.names), *draft.notes)
