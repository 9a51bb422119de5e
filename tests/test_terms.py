"""The test set of names, and how the benchmark counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import permutations
from pathlib import Path

import pytest
from measure import Judge, Tally, WordBoundary, by_find, detected
from systems import Bench, Collecting, System
from testset import Kind, Row, flaws, read

from kzpress import glossary
from kzpress.domain import Hypothesis, Key, Lang, Route
from kzpress.engine import Job
from kzpress.glossary import Glossary

ROOT = Path(__file__).parent.parent

DIRECTIONS = list(permutations(Lang, 2))


@pytest.fixture(scope="module")
def terms(starter: Glossary) -> Glossary:
    return starter


@pytest.fixture(scope="module")
def rows() -> tuple[Row, ...]:
    return read()


class Answering:
    """An engine that knows the answers, and counts how often it is called."""

    def __init__(self, answers: dict[str, str]) -> None:
        self.answers = answers
        self.calls = 0

    def route(self, source: Lang, target: Lang) -> Route:
        return Route(langs=(source, target), packages=("answers 1",))

    def translate(
        self, jobs: Sequence[Job], progress: Callable[[int], None] | None = None
    ) -> tuple[tuple[Hypothesis, ...], ...]:
        self.calls += 1
        return tuple((Hypothesis(text=self.answers.get(job.text, job.text), score=-0.1),) for job in jobs)


def bench(terms: Glossary, engine: Answering) -> Bench:
    return Bench(terms=terms, plain=Collecting(engine, tells_names=False), told=Collecting(engine, tells_names=True))


# ------------------------------------------------------------------ the set


def test_every_annotated_form_stands_in_its_sentence_and_is_recognised_in_its_case(
    rows: tuple[Row, ...], terms: Glossary
) -> None:
    assert list(flaws(rows, terms)) == []


def test_the_set_is_as_large_and_as_mixed_as_its_readme_says(rows: tuple[Row, ...]) -> None:
    kinds = Counter(row.kind for row in rows)
    assert kinds[Kind.TERM] >= 250
    assert (kinds[Kind.NEAR], kinds[Kind.PLAIN]) == (60, 40)
    names = [name for row in rows for name in row.uses]
    assert len({name.entry for name in names}) >= 290
    for lang, cases in ((Lang.RU, "nom gen dat acc ins loc"), (Lang.KK, "nom gen dat acc loc abl ins attr")):
        count = Counter(name.forms[lang].case for name in names)
        assert set(count) == set(cases.split())
        assert min(count.values()) >= 20
        assert count["nom"] <= 0.31 * len(names)


def test_no_sentence_comes_twice_or_from_the_other_test_sets(rows: tuple[Row, ...]) -> None:
    known = {
        cell for path in (ROOT / "training" / "eval").glob("*.tsv") for cell in path.read_text("utf-8").split("\n")
    }
    columns = {cell for line in known for cell in line.split("\t")}
    for lang in Lang:
        texts = [row.texts[lang] for row in rows]
        assert len(set(texts)) == len(texts)
        assert columns.isdisjoint(texts)


def test_the_check_accepts_the_names_of_every_reference(rows: tuple[Row, ...], terms: Glossary) -> None:
    alarms = [
        f"{row.line} {source}-{target}: {finding.message}"
        for row in rows
        for source, target in DIRECTIONS
        for finding in glossary.check(
            terms,
            row.texts[source],
            row.texts[target],
            source_lang=source,
            target_lang=target,
            date=row.date,
            key=Key(context="body", source=row.texts[source]),
        )
        if row.kind is Kind.TERM
    ]
    assert alarms == []


# ------------------------------------------------------------------ the counting


def test_references_are_right_in_every_way_of_counting(rows: tuple[Row, ...], terms: Glossary) -> None:
    for source, target in DIRECTIONS:
        judge = Judge(terms=terms, source=source, target=target)
        verdicts = [judge.verdict(row, name, row.texts[target]) for row in rows for name in row.uses]
        tally = Tally.of(verdicts)
        assert tally.exact == tally.lemma == tally.accepted == tally.names
        assert tally.right_case == tally.right_surface == tally.oblique


def test_sources_left_as_they_are_are_wrong_but_for_names_alike_in_both_languages(
    rows: tuple[Row, ...], terms: Glossary
) -> None:
    judge = Judge(terms=terms, source=Lang.RU, target=Lang.EN)
    verdicts = [judge.verdict(row, name, row.texts[Lang.RU]) for row in rows for name in row.uses]
    assert {verdict.entry for verdict in verdicts if verdict.exact} == {"kazaid", "kazakh-invest"}


def test_a_name_called_two_ways_is_not_consistent(rows: tuple[Row, ...], terms: Glossary) -> None:
    judge = Judge(terms=terms, source=Lang.EN, target=Lang.RU)
    uses = [(row, name) for row in rows for name in row.uses if name.entry == "mazhilis-kz"]
    alike = [
        judge.verdict(row, name, "Выступил Мажилис.") for row, name in uses if name.forms[Lang.EN].text == "Mazhilis"
    ]
    other = judge.verdict(*uses[0], "Выступил Мажилис Парламента.")
    assert Tally.of(alike).alike == len(alike) > 1
    assert Tally.of([other, *alike[1:]]).alike == len(alike) - 1


# ------------------------------------------------------------------ the ways


def test_the_ladder_leaves_right_names_and_sentences_without_names_alone(
    rows: tuple[Row, ...], terms: Glossary
) -> None:
    some = [*rows[:12], *(row for row in rows if row.kind is Kind.PLAIN)]
    engine = Answering({row.texts[Lang.EN]: row.texts[Lang.KK] for row in some})
    outputs = bench(terms, engine).translate(System.LADDER, some, Lang.EN, Lang.KK)
    assert outputs == [row.texts[Lang.KK] for row in some]
    assert engine.calls == 1


def test_masking_puts_the_name_as_listed_where_the_model_left_its_mark(rows: tuple[Row, ...], terms: Glossary) -> None:
    row = next(row for row in rows if row.texts[Lang.EN].startswith("The OECD review"))
    engine = Answering({"The [1] review of regional policy will be published in [2] in three languages.": "Обзор [1]."})
    output = bench(terms, engine).translate(System.MASKED, [row], Lang.EN, Lang.RU)
    assert output == ["Обзор ОЭСР."]


def test_words_between_boundaries_miss_inflected_names(rows: tuple[Row, ...], terms: Glossary) -> None:
    for lang, most in ((Lang.RU, 0.6), (Lang.KK, 0.5)):
        listed = WordBoundary.of(terms, lang)
        theirs = detected(rows, [listed(row, lang) for row in rows])
        ours = detected(rows, [by_find(terms, row, lang) for row in rows])
        assert theirs.recall < most
        assert ours.recall > 0.99
        assert ours.precision > 0.93
