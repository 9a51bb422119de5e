"""What machines leave behind, lengths and sentences that no translation has, and input nobody foresaw."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzpress import checks
from kzpress.domain import BlockKind, Finding, Key, Lang

KK, RU, EN = Lang.KK, Lang.RU, Lang.EN


def found(source: str, target: str, langs: tuple[Lang, Lang] = (EN, RU)) -> tuple[Finding, ...]:
    return checks.run(source, target, *langs, Key(context="body", source=source))


@pytest.mark.parametrize(
    ("left", "fix"),
    [
        ("Министр &amp; посол обсудили план.", "Министр & посол обсудили план."),
        ("Министр и посол обсу\u00adдили план.", "Министр и посол обсудили план."),
        ("Министр\u200b и посол обсудили план.", "Министр и посол обсудили план."),
        ("\u202bМинистр и посол обсудили план.", "Министр и посол обсудили план."),
        ("▁Министр и посол ▁обсудили план.", "Министр и посол обсудили план."),
        ("Министр и посол обсудили план [1].", None),
        ("Министр и посол ⟦0⟧ план.", None),
        ("Министр и посол <unk> план.", None),
        ("Министр <t> и посол <=> обсудили план.", None),
        ("Министр и посол обсудили пла\ufffd.", None),
        ("Министр и посол обсудили \ue000 план.", None),
        ("As an AI, переводчик: министр и посол обсудили.", None),
        ("Перевод: министр и посол обсудили план.", None),
    ],
)
def test_what_a_machine_left_is_an_error(left: str, fix: str | None) -> None:
    findings = {finding.code: finding for finding in found("The minister and envoy discussed it.", left)}
    assert findings["output-artefact"].fix == fix


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("The plan [1] was adopted.", "План [1] был принят."),
        ("Work on R&As; it goes on.", "Работа над R&As; она идет."),
        ("Translation: the text of the treaty", "Перевод: текст договора"),
        ("See <b>here</b> &amp; there.", "Смотрите <b>здесь</b> &amp; там."),
        ("Happy Nauryz to every family 👨‍👩‍👧!", "С Наурызом каждой семье 👨‍👩‍👧!"),
    ],
)
def test_what_the_source_has_may_stay(source: str, target: str) -> None:
    assert "output-artefact" not in [finding.code for finding in found(source, target)]


def test_a_sentence_more_or_less_is_told() -> None:
    one = "The ministers discussed trade and transit between the two countries."
    two = f"{one} They also signed a joint declaration on the protection of the environment."
    ru = "Министры обсудили торговлю и транзит между двумя странами."
    ru_two = f"{ru} Они также подписали совместную декларацию об охране окружающей среды."
    assert [f.message for f in found(one, ru_two) if f.code == "sentences-differ"] == [
        "sentences: 1 in the source, 2 in the translation"
    ]
    assert [f.message for f in found(two, ru) if f.code == "sentences-differ"] == [
        "sentences: 2 in the source, 1 in the translation"
    ]
    assert found(two, ru_two) == ()
    assert found(one, "Министры обсудили торговлю. Говорили они и о транзите между двумя странами.") == ()


def test_a_length_that_translations_seldom_have_is_told() -> None:
    source = "The ministers discussed trade, transit, energy and education between the two countries in detail."
    (finding,) = found(source, "Министры обсудили торговлю между странами.")
    assert (finding.code, finding.message) == ("length-unlikely", "much shorter than usual: about 95 characters")


SIGNS = "aяқ.,;:!?…-–—«»“”„\"'()[] \u00a0\n5 05%‰$€₸°№&<>=#⟦⟧▁\u200b\u202e\ufffd\ue000кмmlрgа\u0301İǅ٣²👨\u200d"
WORDS = """
5-ші 40-ке 0-ге 00-ші $5 млн 3:30 p.m. сағат 25:99 в 24.00 +7 701 « » " 10 000 %-ға доллар АҚШ 1,5 1.250,5 - .. [1]
&#99; &#0; &bogus; &#999999; что что the the 21th 5-ый «а»ге ЕО-нің
"""
TEXTS = st.one_of(
    st.text(max_size=60),
    st.text(alphabet=SIGNS, max_size=60),
    st.lists(st.sampled_from(WORDS.split()), max_size=12).map(" ".join),
)


@settings(max_examples=150, deadline=None)
@given(
    source=TEXTS,
    target=TEXTS,
    langs=st.tuples(st.sampled_from(Lang), st.sampled_from(Lang)).filter(lambda two: two[0] != two[1]),
    kind=st.sampled_from(BlockKind),
)
def test_no_text_makes_a_check_fail(source: str, target: str, langs: tuple[Lang, Lang], kind: BlockKind) -> None:
    for finding in checks.run(source, target, *langs, Key(context=kind.value, source=source)):
        assert finding.code in checks.SEVERITIES
        assert finding.message.strip()
        assert finding.fix != target
