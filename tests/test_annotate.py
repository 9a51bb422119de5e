"""The training examples whose source says how to name things."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from annotate import Annotator, Term, lemmas, main, marked
from kzpress import glossary
from kzpress.domain import Lang

ROOT = Path(__file__).parent.parent

LINES = [
    ("en", "ru", "2", "The Senate received Marek Wysocki.", "Сенат принял Марека Высоцкого."),
    ("en", "kk", "1", "The delegation left Warsaw for Lisbon.", "Делегация Варшавадан Лиссабонға аттанды."),
]


@pytest.fixture(scope="module")
def annotator(starter: glossary.Glossary) -> Annotator:
    return Annotator(starter, LINES)


def test_a_glossary_name_is_annotated_with_the_name_the_target_uses(annotator: Annotator) -> None:
    source = "He informed the Ministry of Foreign Affairs of the Republic of Kazakhstan."
    target = "Он проинформировал об этом МИД."
    (term,) = annotator.names("en", "ru", source, target)
    assert source[term.start : term.end] == "Ministry of Foreign Affairs of the Republic of Kazakhstan"
    assert term.lemma == "МИД"


def test_proper_names_are_known_by_their_sound_and_annotated_uninflected(annotator: Annotator) -> None:
    senate = Term(4, 10, "Сенат", "glossary")
    terms = annotator.proper("en", "ru", LINES[0][3], LINES[0][4], [senate])
    assert [term.lemma for term in terms] == ["Марек Высоцкий"]


@pytest.mark.parametrize(
    ("form", "lang", "lemma"),
    [("Каримовой", "ru", "Каримова"), ("Высоцкого", "ru", "Высоцкий"), ("Лиссабонға", "kk", "Лиссабон")],
)
def test_what_a_name_may_be_a_form_of(form: str, lang: str, lemma: str) -> None:
    assert lemma in lemmas(form, lang)


def test_markup_stands_around_the_term_alone() -> None:
    rng = random.Random(0)
    terms = [Term(4, 10, "Сенат", "glossary")]
    texts = {marked("The Senate met.", terms, rng) for _ in range(50)}
    assert texts == {None, "The <t> Senate <=> Сенат </t> met."}  # chance leaves some out


def test_a_swapped_name_is_in_the_same_case_on_both_sides(annotator: Annotator) -> None:
    source, target = "The talks were held in Germany.", "Переговоры прошли в Германии."
    found = {annotator.swapped("en", "ru", source, target, random.Random(seed)) for seed in range(8)} - {None}
    assert found
    for pair in found:
        assert pair is not None
        assert pair[0].startswith("The talks were held in ")
        assert "Germany" not in pair[0]
        assert "Герман" not in pair[1]
        assert glossary.find(annotator.terms, pair[1], Lang.RU, None)[0].cases.count("loc") == 1


def test_every_plain_example_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table, out = tmp_path / "examples.tsv", tmp_path / "annotated.tsv"
    table.write_text("".join("\t".join(line) + "\n" for line in LINES), "utf-8")
    monkeypatch.setattr(
        "sys.argv", ["annotate.py", str(table), "--glossary", str(ROOT / "glossary"), "--out", str(out)]
    )
    main()
    lines = [line.split("\t") for line in out.read_text("utf-8").splitlines()]
    assert {line[3] for line in lines if "<t>" not in line[3]} >= {line[3] for line in LINES}
    assert all(line[4] in {row[4] for row in LINES} for line in lines if "<t>" in line[3])


def test_a_name_both_sides_have_is_masked_on_both(annotator: Annotator) -> None:
    source, target = "On 14 March talks were held in Germany.", "14 марта переговоры прошли в Германии."
    found = {annotator.masked("en", "ru", source, target, random.Random(seed)) for seed in range(30)} - {None}
    assert ("On [1] March talks were held in Germany.", "[1] марта переговоры прошли в Германии.") in found
    assert ("On 14 March talks were held in [1].", "14 марта переговоры прошли в [1].") in found
    assert ("On [1] March talks were held in [2].", "[1] марта переговоры прошли в [2].") in found


def test_without_a_name_on_both_sides_nothing_is_masked(annotator: Annotator) -> None:
    assert annotator.masked("en", "ru", "The talks went on.", "Переговоры продолжились.", random.Random(1)) is None
