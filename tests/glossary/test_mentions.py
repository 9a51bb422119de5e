"""The policy of abbreviations: which mention of a release is in full, which is short, and what is done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kzpress.domain import BlockKind, Hypothesis, Lang, Mention, Step
from kzpress.errors import GlossaryError
from kzpress.glossary import Source, enforce, find, lemmas, load, mentions

if TYPE_CHECKING:
    from pathlib import Path

    from kzpress.domain import NameUse
    from kzpress.glossary import Glossary

ENTRIES = """
[osce]
kind = "institution"
abbreviate = "first-full"
names.en = "Organization for Security and Co-operation in Europe"
names.ru = "Организация по безопасности и сотрудничеству в Европе"
names.kk = "Еуропадағы қауіпсіздік және ынтымақтастық ұйымы"
short.en = "OSCE"
short.ru = "ОБСЕ"
short.kk = "ЕҚЫҰ"
variants.ru = ["Организация безопасности Европы"]
source = "a"

[un]
kind = "institution"
names.en = "United Nations"
names.ru = "Организация Объединенных Наций"
names.kk = "Біріккен Ұлттар Ұйымы"
short.en = "UN"
short.ru = "ООН"
short.kk = "БҰҰ"
variants.ru = ["Объединенные Нации"]
source = "a"

[undp]
kind = "institution"
abbreviate = "never"
names.en = "Development Programme"
names.ru = "Программа развития"
names.kk = "Даму бағдарламасы"
short.en = "UNDP"
short.ru = "ПРООН"
short.kk = "БҰҰДБ"
source = "a"
"""
FULL = "Организация по безопасности и сотрудничеству в Европе"


@pytest.fixture(scope="module")
def terms(tmp_path_factory: pytest.TempPathFactory) -> Glossary:
    folder: Path = tmp_path_factory.mktemp("policy") / "glossary"
    folder.mkdir()
    (folder / "all.toml").write_text(ENTRIES, encoding="utf-8")
    return load(folder)


def enforced(
    terms: Glossary, source: str, draft: str, mention: Mention | None = None, lang: Lang = Lang.RU
) -> tuple[str, tuple[NameUse, ...]]:
    hits = find(terms, source, Lang.EN, None)
    said = Source(text=source, lang=Lang.EN, mentions={"osce": mention} if mention else {})
    return enforce(terms, hits, [Hypothesis(text=draft, score=-0.3)], lang, None, source=said)


def test_the_first_mention_in_running_text_is_told_from_later_ones(terms: Glossary) -> None:
    texts = [
        (BlockKind.HEADLINE, "OSCE visits Kazakhstan"),
        (BlockKind.LEAD, "Experts of the OSCE and the UN arrived."),
        (BlockKind.BODY, "It rained."),
        (BlockKind.BODY, "The OSCE thanked its hosts."),
    ]
    told = mentions(terms, [(kind, find(terms, text, Lang.EN, None)) for kind, text in texts])
    assert told == ({}, {"osce": Mention.FIRST}, {}, {"osce": Mention.LATER})


@pytest.mark.parametrize(
    ("draft", "final"),
    [
        (f"{FULL} сообщила об этом.", f"{FULL} (ОБСЕ) сообщила об этом."),
        ("ОБСЕ сообщила об этом.", f"{FULL} (ОБСЕ) сообщила об этом."),
        (f"{FULL} (ОБСЕ) сообщила об этом.", f"{FULL} (ОБСЕ) сообщила об этом."),
        (f"{FULL} (ОБСБ) сообщила об этом.", f"{FULL} (ОБСЕ) сообщила об этом."),
    ],
)
def test_a_first_mention_is_in_full_with_the_abbreviation_in_brackets(terms: Glossary, draft: str, final: str) -> None:
    text, uses = enforced(terms, "The OSCE said so.", draft, Mention.FIRST)
    assert text == final
    assert {use.form for use in uses} == {FULL, "ОБСЕ"}
    assert uses[0].mention is Mention.FIRST
    assert enforced(terms, "The OSCE said so.", text, Mention.FIRST)[0] == text


def test_a_first_mention_whose_case_is_open_stays_as_the_model_wrote_it(terms: Glossary) -> None:
    text, uses = enforced(terms, "The OSCE", "Также ОБСЕ, как и прежде.", Mention.FIRST)
    assert text == "Также ОБСЕ, как и прежде."
    assert {(use.form, use.step) for use in uses} == {("ОБСЕ", Step.MODEL)}


@pytest.mark.parametrize(
    ("draft", "final", "lang"),
    [
        ("Эксперты Организации по безопасности и сотрудничеству в Европе прибыли.", "Эксперты ОБСЕ прибыли.", Lang.RU),
        (
            "Еуропадағы қауіпсіздік және ынтымақтастық ұйымының сарапшылары келді.",
            "ЕҚЫҰ-ның сарапшылары келді.",
            Lang.KK,
        ),
    ],
)
def test_a_later_mention_is_by_the_abbreviation(terms: Glossary, draft: str, final: str, lang: Lang) -> None:
    source = "Experts of the Organization for Security and Co-operation in Europe arrived."
    text, uses = enforced(terms, source, draft, Mention.LATER, lang)
    assert text == final
    assert [(use.mention, use.step) for use in uses] == [(Mention.LATER, Step.VARIANT)]


def test_without_a_policy_an_abbreviation_the_source_brackets_is_bracketed(terms: Glossary) -> None:
    text, uses = enforced(terms, "The United Nations (UN) agreed.", "Организация Объединенных Наций согласилась.")
    assert text == "Организация Объединенных Наций (ООН) согласилась."
    assert [(use.form, use.step) for use in uses] == [
        ("Организация Объединенных Наций", Step.MODEL),
        ("ООН", Step.BRACKET),
    ]


@pytest.mark.parametrize(
    ("source", "final"),
    [
        (
            "The United Nations agreed, and the UN helped.",
            "Организация Объединенных Наций согласилась. ООН помогла.",
        ),
        (
            "The United Nations agreed, and the United Nations helped.",
            "Организация Объединенных Наций согласилась. Организация Объединенных Наций помогла.",
        ),
    ],
)
def test_a_name_said_twice_is_right_twice(terms: Glossary, source: str, final: str) -> None:
    draft = "Организация Объединенных Наций согласилась. Объединенные Нации помогли."
    assert enforced(terms, source, draft)[0] == final


def test_a_name_that_is_never_abbreviated_is_written_in_full(terms: Glossary) -> None:
    text, uses = enforced(terms, "A report by UNDP was heard.", "Заслушан доклад ПРООН.")
    assert text == "Заслушан доклад Программы развития."
    assert uses[0].required == "Программа развития"


def test_the_lemmas_told_to_a_model_follow_the_policy(terms: Glossary) -> None:
    source = "The OSCE and the UN met."
    hits = find(terms, source, Lang.EN, None)
    for mention, lemma in ((Mention.FIRST, FULL), (Mention.LATER, "ОБСЕ")):
        told = lemmas(terms, hits, Lang.RU, Source(text=source, lang=Lang.EN, mentions={"osce": mention}))
        assert [(source[name.start : name.end], name.lemma) for name in told] == [("OSCE", lemma), ("UN", "ООН")]


def test_a_policy_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "all.toml").write_text(ENTRIES.replace("first-full", "first-fall"), encoding="utf-8")
    with pytest.raises(GlossaryError, match="first-fall"):
        load(tmp_path)
