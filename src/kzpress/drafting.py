"""One sentence on its way: made ready for the engine, and its answer chosen, mended and put on record.

Names, checks and the engine meet on a sentence here; ``asking`` brings it to the engine.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kzpress import checks, degenerate, glossary, messages
from kzpress.domain import (
    Annotation,
    BlockKind,
    Draft,
    Hit,
    Hypothesis,
    Key,
    Lang,
    Mention,
    NameUse,
    Route,
    Severity,
    Step,
)
from kzpress.engine import Job
from kzpress.engine.casing import Evidence, Style, restore, small, style_of, to_sentence_case
from kzpress.engine.cleaning import apart, clean, one_alphabet
from kzpress.engine.conventions import set_conventions_right
from kzpress.engine.protect import Masked, free_numbers, mask, only_marks, set_numbers_right, tidy_marks, unmask
from kzpress.engine.quotes import pair_quotes
from kzpress.engine.spelling import spell_names
from kzpress.glossary import Glossary, Source
from kzpress.ingest.dates import FoundDate, find_date
from kzpress.languages import long_date

_DATELINE_END: Final = re.compile(r"\s*[-–—]\s*$")
_NUMBERS: Final = "number-mismatch"
SHORTER: Final = (18, 10)  # pieces of the parts in which a sentence is asked again
CLAUSES: Final = 48  # the same for one of more than LONG characters, which may have been decoded whole
LONG: Final = 160
_SCRIPT: Final = "script-wrong"
# Warnings for which a sentence is asked again, as for errors.
_UNSOUND: Final = frozenset({"output-repeats", _SCRIPT, "source-left"})
_NAME_NOTES: Final = {
    Step.MODEL: messages.MODEL,
    Step.ANNOTATED: messages.ANNOTATED,
    Step.N_BEST: messages.N_BEST,
    Step.VARIANT: messages.VARIANT,
    Step.GOVERNED: messages.GOVERNED,
    Step.BRACKET: messages.BRACKET,
    Step.PARTS: messages.PARTS,
    Step.PLACEHOLDER: messages.PLACEHOLDER,
    Step.RULE: messages.MODEL,
    Step.MEMORY: messages.MODEL,
    Step.MISSING: messages.MISSING,
}
_MENTION_NOTES: Final = {Mention.FIRST: messages.FIRST, Mention.LATER: messages.LATER}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence on its way through the engine: what was asked, and what is needed to put the answer right."""

    key: Key
    text: str
    kind: BlockKind
    hits: tuple[Hit, ...]
    source: Source  # what the glossary must know of it
    asked: str  # what the engine is given: sentence case, addresses masked
    marks: tuple[tuple[int, str], ...]
    tail: str  # what is kept from the engine and set after its answer
    style: Style
    requoted: bool  # its quotation marks did not pair


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """The way a release's sentences go into one language, and the day whose names they are held to."""

    source: Lang
    target: Lang
    route: Route
    date: dt.date | None
    reviewer: Lang | None = None  # the language of the notes, None for the target

    @property
    def notes_in(self) -> Lang:
        """The language that notes are written in."""
        return self.reviewer or self.target


@dataclass(frozen=True, slots=True, kw_only=True)
class Retry:
    """A sentence asked again, with a mark in the place of each name in ``gaps``, by the marks' numbers."""

    job: Job
    gaps: tuple[tuple[int, Hit], ...]


def prepare(
    terms: Glossary, parts: Sequence[tuple[Key, BlockKind]], lang: Lang, date: dt.date | None
) -> tuple[Sentence, ...]:
    """Right what a model would stumble over, find the names, undo headline capitals and take out addresses."""
    evidence = Evidence.of(key.source for key, _ in parts)
    masks: list[tuple[Masked, str]] = []
    requoted: list[bool] = []
    for key, kind in parts:
        end = _DATELINE_END.search(key.source) if kind is BlockKind.DATELINE else None
        typed = key.source[: end.start()] if end else key.source
        masked = mask(typed)  # before cleaning, which knows nothing of what addresses may have: a..b, ??
        requoted.append(pair_quotes(masked.text, lang) != masked.text)
        masks.append((replace(masked, text=clean(masked.text, lang)), end.group() if end else ""))
    found = [glossary.find(terms, masked.text, lang, date) for masked, _ in masks]
    mentions = glossary.mentions(terms, ((kind, hits) for (_, kind), hits in zip(parts, found, strict=True)))
    sentences = []
    for (key, kind), (masked, tail), astray, hits, named in zip(parts, masks, requoted, found, mentions, strict=True):
        style = style_of(masked.text, lang, kind)
        asked = to_sentence_case(masked.text, style, evidence, ((hit.start, hit.end, hit.base) for hit in hits))
        sentences.append(
            Sentence(
                key=key,
                text=key.source,
                kind=kind,
                hits=hits,
                source=Source(text=masked.text, lang=lang, mentions=named),
                # The hits are to be found in it: where a letter becomes two in another case, all capitals stay.
                asked=asked if len(asked) == len(masked.text) else masked.text,
                marks=masked.marks,
                tail=tail,
                style=style,
                requoted=astray,
            )
        )
    return tuple(sentences)


def job(terms: Glossary, sentence: Sentence, leg: Leg) -> Job:
    """Return what the engine is asked for ``sentence``."""
    names = glossary.lemmas(terms, sentence.hits, leg.target, sentence.source)
    return Job(source=leg.source, target=leg.target, text=sentence.asked, names=names)


def by_rule(terms: Glossary, sentence: Sentence, leg: Leg) -> Draft | None:
    """Draft what needs no model: figures and addresses are copied, names and datelines rendered; else None."""
    if only_marks(sentence.text):
        kept = mask(sentence.text)
        written, conventions = set_conventions_right(kept.text, kept.text, leg.source, leg.target)
        notes = tuple(_written(leg, *pair) for pair in conventions)
        return Draft(key=sentence.key, lang=leg.target, text=unmask(written, kept.marks).text, route=None, notes=notes)
    text = _rendered(terms, sentence, leg)
    if text is None:
        return None
    text, names = glossary.enforce(
        terms, sentence.hits, [Hypothesis(text=text, score=0.0)], leg.target, leg.date, source=sentence.source
    )
    uses = tuple(replace(use, step=Step.RULE) if use.form else use for use in names)
    return Draft(key=sentence.key, lang=leg.target, text=text, route=None, names=uses)


def by_engine(terms: Glossary, sentence: Sentence, leg: Leg, answers: Sequence[Hypothesis]) -> Draft:
    """Choose, mend and dress one of the engine's answers: fewest errors first, then names, capitals, addresses."""
    soundest = _soundest(terms, sentence, leg, answers)
    first = max(answers, key=lambda answer: answer.score).text
    chosen, names = glossary.enforce(
        terms, sentence.hits, soundest, leg.target, leg.date, source=sentence.source, first=first
    )
    if leg.route.annotated:
        names = tuple(replace(use, step=Step.ANNOTATED) if use.step is Step.MODEL else use for use in names)
    return replace(_dressed(sentence, leg, chosen, names), score=max(answer.score for answer in soundest))


def _soundest(terms: Glossary, sentence: Sentence, leg: Leg, answers: Sequence[Hypothesis]) -> Sequence[Hypothesis]:
    """Return the answers with fewest errors, the first alone where nothing can come before it."""
    errors = [_flaws(sentence, answers[0], leg)]
    if not errors[0] and glossary.suffices(terms, sentence.hits, answers[0].text, leg.target, sentence.source):
        return answers[:1]
    errors += [_flaws(sentence, answer, leg) for answer in answers[1:]]
    return [answer for answer, count in zip(answers, errors, strict=True) if count == min(errors)]


def _flaws(sentence: Sentence, answer: Hypothesis, leg: Leg) -> int:
    """Return how many errors are left in ``answer`` after mending, with what is mended."""
    text, notes = _mend(sentence, answer.text, leg)
    return len(_errors(sentence, text, leg)) + len(notes)


def retries(terms: Glossary, sentence: Sentence, leg: Leg, draft: Draft) -> tuple[Retry, ...]:
    """Return the ways to ask again for a sentence whose ``draft`` lacks names, or is unsound: that, in shorter parts.

    First in shorter parts, which models do better; then with gaps for all the names; then with a gap for each alone,
    since a model that loses one mark of several may keep the one. What is unsound alone is first written otherwise,
    words apart that were run together, a title in small letters; the shortest parts are for what is no translation.
    """
    missing = {use.entry for use in draft.names if use.step is Step.MISSING}
    asked = job(terms, sentence, leg)
    clauses = (CLAUSES,) if len(asked.text) > LONG else ()
    if not missing:
        if not _errors(sentence, draft.text, leg):
            return ()
        changes = (apart, small) if sentence.style is Style.TITLE else (apart,)
        others = (_rewritten(asked, change) for change in changes)
        lengths = SHORTER if degenerate.fault(sentence.text, draft.text) else SHORTER[:1]
        parts = (replace(asked, longest=longest) for longest in (*clauses, *lengths))
        jobs = (*(one for one in others if one != asked), *parts)
        return tuple(Retry(job=one, gaps=()) for one in jobs)
    lost = [hit for hit in sentence.hits if hit.entry in missing]
    alone = [[hit for hit in lost if hit.entry == entry] for entry in dict.fromkeys(hit.entry for hit in lost)]
    chosen = [lost, *alone] if len(alone) > 1 else alone
    shorter = (Retry(job=replace(asked, longest=longest), gaps=()) for longest in (*clauses, *SHORTER))
    return (*shorter, *(_with_gaps(terms, sentence, leg, hits) for hits in chosen))


def retried(
    terms: Glossary, sentence: Sentence, leg: Leg, draft: Draft, answers: Iterable[tuple[Retry, Sequence[Hypothesis]]]
) -> Draft:
    """Return the best draft that an answer makes with its gaps filled, or ``draft`` if none is better.

    Better is one that has names it lacks, or else fewer errors, and neither loses a name nor has more errors.
    """
    best, soundness = draft, _soundness(sentence, draft, leg)
    for retry, hypotheses in answers:
        for hypothesis in hypotheses:
            made = _filled(terms, sentence, leg, retry, hypothesis, before=draft)
            if made is None or not _missing(made) <= _missing(best):
                continue
            errors = _soundness(sentence, made, leg)
            if errors <= soundness and (_missing(made) < _missing(best) or errors < soundness):
                best = made
    return best


def _rewritten(asked: Job, change: Callable[[str], str]) -> Job:
    """Return ``asked`` with all but its names changed."""
    names: list[Annotation] = []
    text, end = "", 0
    for name in asked.names:
        text += change(asked.text[end : name.start])
        names.append(replace(name, start=len(text), end=len(text) + name.end - name.start))
        text += asked.text[name.start : name.end]
        end = name.end
    return replace(asked, text=text + change(asked.text[end:]), names=tuple(names))


def _with_gaps(terms: Glossary, sentence: Sentence, leg: Leg, lost: Sequence[Hit]) -> Retry:
    numbers = free_numbers(sentence.asked)
    told = {name.start: name for name in glossary.lemmas(terms, sentence.hits, leg.target, sentence.source)}
    names: list[Annotation] = []
    gaps: list[tuple[int, Hit]] = []
    text, end = "", 0
    for hit in sentence.hits:
        text += sentence.asked[end : hit.start]
        start = len(text)
        if hit in lost:
            gaps.append((next(numbers), hit))
            text += f"[{gaps[-1][0]}]"
        else:
            text += sentence.asked[hit.start : hit.end]
            names.append(replace(told[hit.start], start=start, end=len(text)))
        end = hit.end
    text += sentence.asked[end:]
    return Retry(job=Job(source=leg.source, target=leg.target, text=text, names=tuple(names)), gaps=tuple(gaps))


def _filled(
    terms: Glossary, sentence: Sentence, leg: Leg, retry: Retry, answer: Hypothesis, *, before: Draft
) -> Draft | None:
    """Return the draft of an ``answer`` with the names in its gaps; None if it lost one, or a case cannot be known."""
    numbers = [number for number, _ in retry.gaps]
    text = tidy_marks(answer.text, numbers)
    if text is None:
        return None
    needs = {
        need.concept.id: need
        for need in glossary.requirements(terms, sentence.hits, leg.target, sentence.source)
        if not need.bracket
    }
    gaps = [
        glossary.Gap(mark=f"[{number}]", need=need, role=glossary.role_of(sentence.source, hit, person=need.is_person))
        for number, hit in retry.gaps
        for need in [needs[hit.entry]]
    ]
    filled = glossary.fill(terms, text, gaps, leg.target)
    if filled is None:
        return None
    chosen, names = glossary.enforce(
        terms, sentence.hits, [replace(answer, text=filled)], leg.target, leg.date, source=sentence.source
    )
    steps = {use.entry: use.step for use in before.names if use.step is not Step.MISSING}
    steps |= {hit.entry: Step.PLACEHOLDER for _, hit in retry.gaps}
    again = Step.N_BEST if retry.gaps else Step.PARTS
    uses = tuple(replace(use, step=steps.get(use.entry, again)) if use.step is Step.MODEL else use for use in names)
    best = max(score for score in (before.score, answer.score) if score is not None)
    return replace(_dressed(sentence, leg, chosen, uses), score=best)


def _missing(draft: Draft) -> set[str]:
    return {use.entry for use in draft.names if use.step is Step.MISSING}


def _soundness(sentence: Sentence, draft: Draft, leg: Leg) -> int:
    return len(_errors(sentence, draft.text, leg))


def _dressed(sentence: Sentence, leg: Leg, chosen: str, names: tuple[NameUse, ...]) -> Draft:
    text, notes = _mend(sentence, restore(chosen, sentence.style), leg)
    return Draft(
        key=sentence.key,
        lang=leg.target,
        text=text + sentence.tail,
        route=leg.route,
        names=names,
        notes=notes,
        is_garbled=_SCRIPT in _errors(sentence, text, leg),
    )


def _rendered(terms: Glossary, sentence: Sentence, leg: Leg) -> str | None:
    """Return a sentence of names or a date alone, in a dateline of both, in the target; None if it has other words."""
    text = sentence.text
    found = find_date(text)
    if found is None or found.day is None or not (sentence.kind is BlockKind.DATELINE or _is_all(found, text)):
        return glossary.render(terms, text, leg.source, leg.target, leg.date)
    sides = [
        glossary.render(terms, side, leg.source, leg.target, leg.date) if any(ch.isalpha() for ch in side) else side
        for side in (text[: found.start], text[found.end :])
    ]
    return None if None in sides else f"{sides[0]}{long_date(leg.target, found.day)}{sides[1]}"


def _is_all(found: FoundDate, text: str) -> bool:
    return found.start == 0 and found.end >= len(text.rstrip(" .,;"))


def _mend(sentence: Sentence, text: str, leg: Leg) -> tuple[str, tuple[str, ...]]:
    """Mend what can be without asking again; return the text and what was done.

    A name in two alphabets is written in one, a phrase said twice running is said once, figures and dates copied are
    written as the target's language does, addresses put back, and a number is set right that the checks say is wrong.
    """
    notes = [messages.say(leg.notes_in, messages.QUOTES)] if sentence.requoted else []
    text, spelt = spell_names(sentence.source.text, one_alphabet(text, leg.target), (leg.source, leg.target))
    notes += [messages.say(leg.notes_in, messages.SPELT, **name._asdict()) for name in spelt]
    text, twice = degenerate.said_once(sentence.text, text)
    if twice:
        notes.append(messages.say(leg.notes_in, messages.TWICE, words=twice))
    text, conventions = set_conventions_right(sentence.text, text, leg.source, leg.target)
    notes += [_written(leg, *pair) for pair in conventions]
    back = unmask(text, sentence.marks)
    notes += [messages.say(leg.notes_in, messages.LOST, address=address) for address in back.moved]
    mended, replaced = set_numbers_right(sentence.text, back.text)
    if replaced and _NUMBERS in _errors(sentence, back.text, leg) and _NUMBERS not in _errors(sentence, mended, leg):
        notes += [messages.say(leg.notes_in, messages.NUMBER, wrong=wrong, right=right) for wrong, right in replaced]
        return mended, tuple(notes)
    return back.text, tuple(notes)


def _written(leg: Leg, copied: str, written: str) -> str:
    return messages.say(leg.notes_in, messages.CONVENTION, copied=copied, written=written)


def _errors(sentence: Sentence, text: str, leg: Leg) -> list[str]:
    found = checks.run(sentence.text, text, leg.source, leg.target, sentence.key)
    return [finding.code for finding in found if finding.severity is Severity.ERROR or finding.code in _UNSOUND]


def notes_of(draft: Draft, digest: str, lang: Lang) -> tuple[str, ...]:
    """Word for the reviewer, in ``lang``, where a draft came from, what became of its names, and what was mended.

    ``digest`` is the glossary's.
    """
    if draft.route is not None:
        packages = ", ".join(draft.route.packages)
        made = messages.say(lang, messages.BY_MODEL, packages=packages, route=str(draft.route), digest=digest[:8])
    elif (known := draft.remembered) is not None:
        facts = {"origin": known.origin, "locale": str(known.lang), "by": known.by or "", "digest": digest[:8]}
        made = messages.say(lang, messages.BY_MEMORY_OF if known.by else messages.BY_MEMORY, **facts)
    elif draft.names:
        made = messages.say(lang, messages.BY_RULE, digest=digest[:8])
    else:
        made = messages.say(lang, messages.COPIED)
    return (made, *(_of_name(use, lang) for use in draft.names), *draft.notes)


def _of_name(use: NameUse, lang: Lang) -> str:
    note = messages.say(lang, _NAME_NOTES[use.step], form=use.form or "", required=use.required)
    mention = _MENTION_NOTES.get(use.mention) if use.mention and use.form else None
    return messages.say(lang, mention, note=note) if mention else note
