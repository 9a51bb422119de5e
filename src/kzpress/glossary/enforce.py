"""Gets required names into a translation: the best hypothesis first, then known variants replaced in their own case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kzpress.domain import Hit, Hypothesis, Lang, NameKind, NameUse, Step
from kzpress.glossary.find import find
from kzpress.glossary.replace import replaced
from kzpress.glossary.require import Requirement, is_adjective_of, requirements, standing, standings

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from kzpress.glossary.model import Glossary

# Mean log-probability a token that a name may cost: beyond half a nat the sentence itself is another one.
LARGEST_LOSS: Final = 0.5


def enforce(
    glossary: Glossary,
    hits: Iterable[Hit],
    hypotheses: Sequence[Hypothesis],
    lang: Lang,
    date: dt.date | None,
    *,
    first: str | None = None,
) -> tuple[str, tuple[NameUse, ...]]:
    """Return the translation with most required names and what became of each name the source ``hits`` call for.

    ``hypotheses`` are in the caller's order of preference, which need not be that of their scores; ``first`` is the
    text the model itself put first, if that is not theirs. A name counts as enforced only where an approved form was
    found in the final text. A place answered by its adjective (казахстанский) is neither enforced nor missing.

    Raises:
        ValueError: without hypotheses.

    """
    if not hypotheses:
        raise ValueError("no hypotheses to choose from")
    needs = requirements(glossary, hits, lang)
    if not needs:
        return hypotheses[0].text, ()
    chosen = _choose(glossary, needs, hypotheses, lang)
    text = chosen.text
    for need in needs:
        text = _repair(glossary, need, text, lang, date)
    uses: list[NameUse] = []
    for need in needs:
        form = standing(glossary, need, text, lang)
        if form is None and is_adjective_of(need, text, lang):
            continue
        step = _step(glossary, need, form, (hypotheses[0].text if first is None else first, chosen.text), lang)
        uses.append(NameUse(entry=need.concept.id, required=need.required, form=form, step=step))
    return text, tuple(uses)


def _choose(
    glossary: Glossary, needs: Sequence[Requirement], hypotheses: Sequence[Hypothesis], lang: Lang
) -> Hypothesis:
    """Return the hypothesis with most required names that costs no more than a name may, of equals the first."""
    floor = hypotheses[0].score - LARGEST_LOSS

    def names(text: str) -> int:
        return sum(
            standing(glossary, need, text, lang) is not None or is_adjective_of(need, text, lang) for need in needs
        )

    eligible = [hypothesis for hypothesis in hypotheses if hypothesis.score >= floor]
    return max(eligible, key=lambda hypothesis: names(hypothesis.text))


def _step(glossary: Glossary, need: Requirement, form: str | None, texts: tuple[str, str], lang: Lang) -> Step:
    """Return how ``form`` came to stand in the final text; ``texts`` are the model's first and the chosen one."""
    if form is None:
        return Step.MISSING
    in_first, in_chosen = (form in standings(glossary, need, text, lang) for text in texts)
    if not in_chosen:
        return Step.VARIANT
    return Step.MODEL if in_first else Step.N_BEST


def _repair(glossary: Glossary, need: Requirement, text: str, lang: Lang, date: dt.date | None) -> str:
    """Return ``text`` with forbidden forms replaced and, if the name is missing, its first variant."""
    missing = standing(glossary, need, text, lang) is None and not is_adjective_of(need, text, lang)
    wrong: list[Hit] = []
    for hit in find(glossary, text, lang, date):
        if hit.entry != need.concept.id:
            continue
        if hit.kind is NameKind.FORBIDDEN or missing:
            wrong.append(hit)
            missing = False
    for hit in reversed(wrong):
        text = replaced(text, hit, need, lang)
    return text
