"""Gets required names into a translation: the best hypothesis first, then known variants replaced in their own case."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kzpress.domain import Hit, Hypothesis, Lang, Mention, NameKind, NameUse, Step
from kzpress.glossary import case_kk, case_ru, inflect_kk
from kzpress.glossary.agreement import clashes
from kzpress.glossary.find import find
from kzpress.glossary.government import UNBENT
from kzpress.glossary.model import POSSESSED, Case
from kzpress.glossary.place import Place
from kzpress.glossary.replace import replaced
from kzpress.glossary.require import (
    Requirement,
    answered,
    is_adjective_of,
    places,
    requirements,
    small_first,
    standing,
    standings,
)
from kzpress.glossary.source import CHOSEN, Role, Source
from kzpress.glossary.surfaces import written

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from kzpress.glossary.model import Glossary

# Mean log-probability a token that a name may cost: beyond half a nat the sentence itself is another one.
LARGEST_LOSS: Final = 0.5

_SUFFIX: Final = inflect_kk.suffixes()
_ASKED_CASE: Final = {Lang.RU: case_ru.asked_case, Lang.KK: case_kk.asked_case}
_BRACKETED: Final = re.compile(r"\s\(\s*[«\"“]?([^\W\d_a-zа-яәғқңөұүһіё]{2,12})[»\"”]?\s*\)")


def enforce(
    glossary: Glossary,
    hits: Iterable[Hit],
    hypotheses: Sequence[Hypothesis],
    lang: Lang,
    date: dt.date | None,
    *,
    source: Source | None = None,
    first: str | None = None,
) -> tuple[str, tuple[NameUse, ...]]:
    """Return the translation with most required names and what became of each name the source ``hits`` call for.

    ``hypotheses`` are in the caller's order of preference, which need not be that of their scores; ``first`` is the
    text the model itself put first, if that is not theirs. With the ``source`` sentence cases are told apart that the
    translation alone leaves open, and abbreviations follow their entries' policy. A name counts as enforced only where
    an approved form was found in the final text. A place answered by its adjective (казахстанский) is neither enforced
    nor missing.

    Raises:
        ValueError: without hypotheses.

    """
    if not hypotheses:
        raise ValueError("no hypotheses to choose from")
    needs = requirements(glossary, hits, lang, source)
    if not needs:
        return hypotheses[0].text, ()
    chosen = _choose(glossary, needs, hypotheses, lang)
    text = chosen.text
    for need in needs:
        text = (_bracketed if need.bracket else _repair)(glossary, need, text, lang, date)
    text, governed = _governed(glossary, needs, text, lang)
    if source is not None:
        text, owed = _in_owed_cases(glossary, needs, text, lang, source.lang)
        governed += owed
    uses: list[NameUse] = []
    for need in needs:
        form = _form(glossary, need, text, lang)
        if form is None and (need.bracket or is_adjective_of(need, text, lang)):
            continue
        step = _step(glossary, need, form, (hypotheses[0].text if first is None else first, chosen.text), lang)
        step = Step.GOVERNED if form and any(form in whole for whole in governed) else step
        uses.append(NameUse(entry=need.concept.id, required=need.required, form=form, step=step, mention=need.mention))
    return text, tuple(uses)


def suffices(glossary: Glossary, hits: Iterable[Hit], text: str, lang: Lang, source: Source | None = None) -> bool:
    """Tell whether ``text`` has all names, and none that clashes: if it comes first, :func:`enforce` takes no other."""
    needs = requirements(glossary, hits, lang, source)
    return not needs or (answered(glossary, needs, text, lang) == len(needs) and not any(clashes(glossary, text, lang)))


def _choose(
    glossary: Glossary, needs: Sequence[Requirement], hypotheses: Sequence[Hypothesis], lang: Lang
) -> Hypothesis:
    """Return the hypothesis with most required names that costs no more than a name may, of equals the soundest.

    Sounder is one with fewer names in a form that the words beside them exclude; then the caller's order decides.
    """
    floor = hypotheses[0].score - LARGEST_LOSS
    eligible = [hypothesis for hypothesis in hypotheses if hypothesis.score >= floor]
    counts = [answered(glossary, needs, one.text, lang) for one in eligible]
    best = [one for one, count in zip(eligible, counts, strict=True) if count == max(counts)]
    return min(best, key=lambda one: sum(1 for _ in clashes(glossary, one.text, lang)) if len(best) > 1 else 0)


def _form(glossary: Glossary, need: Requirement, text: str, lang: Lang) -> str | None:
    """Return the accepted form in ``text``, that of the name to write first."""
    return standing(glossary, _exact(need), text, lang) or standing(glossary, need, text, lang)


def _exact(need: Requirement) -> Requirement:
    """Return ``need`` answered by nothing but the name that its mention asks for, if it asks for one."""
    return need if need.mention is None else replace(need, bases=(need.required,))


def _step(glossary: Glossary, need: Requirement, form: str | None, texts: tuple[str, str], lang: Lang) -> Step:
    """Return how ``form`` came to stand in the final text; ``texts`` are the model's first and the chosen one."""
    if form is None:
        return Step.MISSING
    in_first, in_chosen = (form in standings(glossary, need, text, lang) for text in texts)
    if not in_chosen:
        return Step.BRACKET if need.bracket else Step.VARIANT
    return Step.MODEL if in_first else Step.N_BEST


def _repair(glossary: Glossary, need: Requirement, text: str, lang: Lang, date: dt.date | None) -> str:
    """Return ``text`` with forbidden forms replaced, and as many variants as mentions of the name are missing.

    A name that lacks only its first capital is given that.
    """
    exact = _exact(need)
    if lang is Lang.KK:
        text = _said_once(need, _respelt(glossary, exact, text))
    small = small_first(glossary, need, text, lang)
    if small is not None:
        text = text[:small] + text[small].upper() + text[small + 1 :]
    standing_now = sum(1 for _ in standings(glossary, exact, text, lang))
    lacking = 0 if is_adjective_of(need, text, lang) else max(need.count - standing_now, 0)
    wrong: list[tuple[Hit, Requirement]] = []
    for hit in find(glossary, text, lang, date):
        if hit.entry != need.concept.id or (hit.kind is not NameKind.FORBIDDEN and hit.base in exact.bases):
            continue
        is_other_name = hit.kind is NameKind.VARIANT or standing_now == 0 or need.mention is Mention.LATER
        if hit.kind is NameKind.FORBIDDEN or (lacking > 0 and is_other_name):
            again = standing_now + len(wrong) > 0
            wrong.append((hit, replace(need, required=need.further) if again else need))
            lacking -= 1
    for hit, wanted in reversed(wrong):
        text = replaced(text, hit, wanted, lang)
    return text


def _said_once(need: Requirement, text: str) -> str:
    """Return Kazakh ``text`` without the last word of a name said again for its ending: Жоғарғы Сот Соттың."""
    for base in need.bases:
        head, _, last = base.rpartition(" ")
        if not head or f"{base} {last}" not in text:
            continue
        endings = "|".join(sorted({form[len(head) + 1 :] for form in written(need.concept, base, Lang.KK).values()}))
        text = re.sub(rf"(?<!\w){re.escape(base)}(?: {last})* ({endings})(?!\w)", rf"{head} \1", text)
    return text


def _respelt(glossary: Glossary, need: Requirement, text: str) -> str:
    """Return Kazakh ``text`` with the suffix spelt right of a name that else does not stand in it: Ирандан."""
    if standing(glossary, need, text, Lang.KK) is not None:
        return text
    for base in need.bases:
        for found in reversed(tuple(_suffixed(base).finditer(text))):
            case = _SUFFIX[found[1]]
            table = written(need.concept, base, Lang.KK)
            form = table[Case.ATTR if found[2] and case is Case.LOC else case]
            text = text[: found.start()] + form + text[found.end() :]
    return text


@lru_cache(maxsize=1024)
def _suffixed(base: str) -> re.Pattern[str]:
    """Return a pattern for ``base`` with any case suffix, and for the attributive's end."""
    stem = re.escape(base[:-1]) + "я?" if base.endswith("ия") else re.escape(base)  # Сербиде
    return re.compile(rf"(?<!\w){stem}-?({'|'.join(_SUFFIX)})([ғг][ыі])?(?!\w)")


def _governed(glossary: Glossary, needs: Sequence[Requirement], text: str, lang: Lang) -> tuple[str, tuple[str, ...]]:
    """Return ``text`` with names in the case that the word beside them takes, where no other can be, and their forms.

    Of the two cases of «в», «на» and the like the one is taken that the name's role in the source calls for, after «с»
    without one the instrumental.
    """
    roles = {need.concept.id: need.role for need in needs}
    forms: list[str] = []
    for clash in sorted(clashes(glossary, text, lang), key=lambda clash: -clash.start):
        if clash.entry not in roles:
            continue
        called_for = CHOSEN.get(roles[clash.entry] or Role.WITH, frozenset())
        chosen = {form for case, form in clash.governed if case in called_for}
        possible = chosen or {form for _, form in clash.governed}
        if len(possible) == 1:
            forms += possible
            text = text[: clash.start] + forms[-1] + text[clash.end :]
    return text, tuple(forms)


def _in_owed_cases(
    glossary: Glossary, needs: Sequence[Requirement], text: str, lang: Lang, told: Lang
) -> tuple[str, tuple[str, ...]]:
    """Return ``text`` with names in the case that their part in the source and their place ask for, and those forms."""
    forms: list[str] = []
    for need in needs:
        found = tuple(places(glossary, need, text, lang))
        for start, end, readings in reversed(found):
            inside = any(one <= start and end <= other and (one, other) != (start, end) for one, other, _ in found)
            if inside or (lang is Lang.RU and any(UNBENT.match(reading.base) for reading in readings)):
                continue
            cases = {case.removeprefix(POSSESSED) for reading in readings for case in reading.cases}
            place = Place(
                glossary=glossary,
                before=text[:start],
                after=text[end:],
                need=need,
                role=need.role,
                told=told,
                cases=cases,
            )
            case = _ASKED_CASE[lang](place) if cases and lang in _ASKED_CASE else None
            if case is not None and case not in cases:
                forms.append(written(need.concept, readings[0].base, lang)[case])
                text = text[:start] + forms[-1] + text[end:]
            elif lang is Lang.KK and case_kk.lacks_coming(place):
                forms.append(text[start:end])
                text = f"{text[:end]} {case_kk.COMING}{text[end:]}"
    return text, tuple(forms)


def _bracketed(glossary: Glossary, need: Requirement, text: str, lang: Lang, date: dt.date | None) -> str:
    """Return ``text`` with the abbreviation in brackets behind the full name, unless it stands in it already."""
    if standing(glossary, need, text, lang) is not None:
        return text
    name = need.concept.names[lang]
    full = next((hit for hit in find(glossary, text, lang, date) if hit.base == name), None)
    if full is None or full.entry != need.concept.id:
        return text
    there = _BRACKETED.match(text, full.end)  # the model's own guess at the abbreviation
    return f"{text[: full.end]} ({need.required}){text[there.end() if there else full.end :]}"
