"""A reviewer's word that a finding may stand: what it answers, and when it answers no more."""

from __future__ import annotations

import pytest

from kzpress import checks
from kzpress.domain import Finding, Key, Lang, Severity

KEY = Key(context="body", source="The road is 310 miles long.")


def found(source: str = KEY.source, target: str = "Длина дороги – 499 километров.") -> tuple[Finding, ...]:
    return checks.run(source, target, Lang.EN, Lang.RU, Key(context="body", source=source))


def weighed(comment: str, findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    key = findings[0].key if findings else KEY
    return [(finding.code, finding.severity.value) for finding in checks.acknowledge(findings, {key: comment})]


@pytest.mark.parametrize("before", ["", "Проверено по карте.\n"])
@pytest.mark.parametrize("ok", ["kzpress: ok", "KZPRESS:ok", "- kzpress:  ок"])
def test_the_code_and_mark_in_a_comment_acknowledge_the_finding(before: str, ok: str) -> None:
    (finding,) = found()
    comment = f"{before}{ok} {finding.code} {finding.mark} мили переведены в километры"
    assert weighed(comment, (finding,)) == [("number-mismatch", "acknowledged")]


def test_other_words_acknowledge_nothing() -> None:
    assert weighed("The number is ok, see kzpress.", found()) == [("number-mismatch", "error")]


def test_another_wrong_number_is_told_again() -> None:
    (first,) = found()
    (second,) = found(target="Длина дороги – 4990 километров.")
    comment = f"kzpress: ok {first.code} {first.mark}"
    told = checks.acknowledge((second,), {KEY: comment})
    assert [finding.severity for finding in told] == [Severity.ERROR, Severity.WARNING]
    assert second.mark in told[1].message


def test_an_edit_that_leaves_the_finding_as_it_was_leaves_it_acknowledged() -> None:
    (first,) = found()
    (second,) = found(target="Протяженность дороги составляет 499 километров.")
    assert weighed(f"kzpress: ok {first.code} {first.mark}", (second,)) == [("number-mismatch", "acknowledged")]


def test_a_corrected_source_asks_for_another_look() -> None:
    (first,) = found()
    corrected = found("The new road is 310 miles long.")
    told = weighed(f"kzpress: ok {first.code} {first.mark}", corrected)
    assert told == [("number-mismatch", "error"), ("ok-unused", "warning")]


def test_a_word_without_a_mark_is_told_which_one_it_lacks() -> None:
    (finding,) = found()
    told = checks.acknowledge((finding,), {KEY: "kzpress: ok number-mismatch"})
    assert told[0].severity is Severity.ERROR
    assert f"add {finding.mark}" in told[1].message


def test_a_word_that_answers_nothing_is_told() -> None:
    assert weighed("kzpress: ok number-mismatch 3f2a", ()) == [("ok-unused", "warning")]
