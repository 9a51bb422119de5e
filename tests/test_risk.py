"""What comes first for a reviewer: by risk, and what a rule alone can put right."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from kzpress import catalog, fixing, progress, workspace
from kzpress.domain import Entry, Finding, Key, Lang, Severity, State
from kzpress.progress import Order
from kzpress.reviewing import risk_of
from tests import reviewed
from tests.reviewed import SLUG, entry

ONE = entry("The sides met.", "Стороны встретились.")
APPROVED = replace(ONE, state=State.APPROVED)


def found(code: str, severity: Severity = Severity.ERROR) -> Finding:
    return Finding(key=ONE.key, code=code, severity=severity, message=code)


LADDER = [
    (ONE, [found("name-missing")] * 2),
    (ONE, [found("name-missing"), found("output-repeats", Severity.WARNING)]),
    (ONE, [found("name-missing")]),
    (ONE, [found("output-loop")]),
    (ONE, [found("number-mismatch")]),
    (ONE, [found("name-forbidden"), found("source-left", Severity.WARNING)]),
    (ONE, [found("name-forbidden")]),
    (APPROVED, [found("name-forbidden")]),
    (ONE, [found("output-copied", Severity.WARNING)]),
    (ONE, [found("source-left", Severity.WARNING)] * 2),
    (ONE, [found("source-left", Severity.WARNING)]),
    (APPROVED, [found("source-left", Severity.WARNING)]),
    (ONE, []),
    (APPROVED, []),
]


@pytest.mark.parametrize(("worse", "better"), list(pairwise(LADDER)))
def test_errors_names_output_numbers_warnings_and_the_unreviewed_come_in_this_order(
    worse: tuple[Entry, list[Finding]], better: tuple[Entry, list[Finding]]
) -> None:
    assert risk_of(*worse) > risk_of(*better)


def test_what_a_person_has_weighed_and_what_is_found_elsewhere_is_no_risk() -> None:
    other = replace(found("name-missing"), key=Key(context="body", source="Another sentence."))
    assert risk_of(ONE, [found("name-missing", Severity.ACKNOWLEDGED), other]) == risk_of(ONE, [])


NUMBERS = entry("They opened 12 schools.", "Они открыли 15 школ.")
LETTERS = entry("The road is ready.", "Дорoга готова.")  # with a Latin o
CASE = entry("It came from Astana.", "Оно прибыло из Астана.")
SMALL = entry("Kazinform was told of the meeting.", "Кездесу туралы қазинформға хабарланды.")
NAME = entry("The guests heard Fleetwood.", "Гости слушали Флеетwoodа.")
LOOP = entry("The new agreement was signed.", "Новое соглашение соглашение было подписано.")
FIGURES = entry("The grain harvest was 1,250 tons.", "Урожай зерна составил 1,250 тонн.")


def test_findings_stand_in_source_order_and_by_risk_on_request(tmp_path: Path) -> None:
    reviewed.workspace(tmp_path, LETTERS, ONE, NUMBERS, CASE)
    place = workspace.find(tmp_path)
    (line,) = progress.progress_of(place)
    assert [one.code for one in line.findings] == ["script-wrong", "number-mismatch", "name-wrong-form"]
    (line,) = progress.progress_of(place, order=Order.RISK)
    assert [one.code for one in line.findings] == ["number-mismatch", "name-wrong-form", "script-wrong"]


@pytest.mark.parametrize(
    ("draft", "right"),
    [
        (LETTERS, "Дорога готова."),
        (NAME, "Гости слушали Флитвуда."),
        (CASE, "Оно прибыло из Астаны."),
        (FIGURES, "Урожай зерна составил 1 250 тонн."),
        (LOOP, "Новое соглашение было подписано."),
    ],
)
def test_what_a_rule_can_put_right_is_put_right_and_stays_a_draft(tmp_path: Path, draft: Entry, right: str) -> None:
    path = reviewed.workspace(tmp_path, draft, ONE)
    (fixed,) = fixing.fix(workspace.find(tmp_path))
    assert [(fix.before, fix.after) for fix in fixed.done] == [(draft.text, right)]
    mended, other = catalog.read(path).entries
    assert (mended.text, mended.state) == (right, State.DRAFT)
    assert not catalog.is_edited(mended)
    assert other == ONE


def test_a_name_that_lacks_only_its_capital_is_given_that(tmp_path: Path) -> None:
    path = reviewed.workspace(tmp_path, SMALL, lang=Lang.KK)
    list(fixing.fix(workspace.find(tmp_path)))
    (mended,) = catalog.read(path).entries
    assert mended.text == "Кездесу туралы Қазинформға хабарланды."


def test_a_persons_draft_is_put_right_and_stays_the_persons(tmp_path: Path) -> None:
    path = reviewed.workspace(tmp_path, replace(CASE, text="Груз прибыл из Астана."))
    list(fixing.fix(workspace.find(tmp_path)))
    (mended,) = catalog.read(path).entries
    assert mended.text == "Груз прибыл из Астаны."
    assert catalog.is_edited(mended)


def test_an_approved_sentence_is_told_of_and_left(tmp_path: Path) -> None:
    path = reviewed.workspace(tmp_path, replace(CASE, state=State.APPROVED))
    before = path.read_bytes()
    (fixed,) = fixing.fix(workspace.find(tmp_path))
    assert not fixed.done
    assert [fix.after for fix in fixed.approved] == ["Оно прибыло из Астаны."]
    assert path.read_bytes() == before


def test_two_faults_of_one_sentence_are_both_put_right_and_a_second_run_changes_nothing(tmp_path: Path) -> None:
    path = reviewed.workspace(
        tmp_path, entry("It came from Astana by a new road.", "Оно прибыло из Астана новой дорoгой.")
    )
    place = workspace.find(tmp_path)
    (fixed,) = fixing.fix(place)
    assert len(fixed.done) == 2
    before = path.read_bytes()
    assert "из Астаны новой дорогой" in before.decode()
    (again,) = fixing.fix(place)
    assert not again.done
    assert path.read_bytes() == before


def test_what_is_not_certain_is_left_to_a_person(tmp_path: Path) -> None:
    path = reviewed.workspace(tmp_path, NUMBERS, entry("It is in Astana.", "Это находится в Астаны."))
    before = path.read_bytes()
    (fixed,) = fixing.fix(workspace.find(tmp_path))
    assert not fixed.done
    assert path.read_bytes() == before


def test_a_fix_that_a_person_said_no_to_is_not_applied(tmp_path: Path) -> None:
    path = reviewed.workspace(tmp_path, CASE)
    place = workspace.find(tmp_path)
    ((mark,),) = [[one.mark for one in line.findings] for line in progress.progress_of(place)]
    reviewed.workspace(tmp_path, replace(CASE, comment=f"kzpress: ok name-wrong-form {mark} a title"))
    before = path.read_bytes()
    (fixed,) = fixing.fix(place)
    assert not fixed.done
    assert path.read_bytes() == before


def test_what_was_published_is_told_and_nothing_is_said_where_nothing_was(tmp_path: Path) -> None:
    reviewed.workspace(tmp_path, ONE)
    place = workspace.find(tmp_path)
    assert progress.published_of(place, SLUG) == {}
    reviewed.published(tmp_path, ru="1")
    (line,) = progress.progress_of(place)
    assert line.published == progress.Published(updated="2021-07-26", late=True, withdrawn=False)
