from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzpress.domain import Block, BlockKind, Key, Lang
from kzpress.segment import segment, split

GOLD = Path(__file__).parent / "gold"
# Pieces that make trouble together; random letters alone would hardly ever form an abbreviation.
PIECES = ["Сөз", "word", "г", "К", "Mr", "U.S", "2021", "12", ".", "...", "…", "!", "?", " ", "\u00a0", "\n", "\n\n"]
PIECES += ["«", "»", '"', "”", "(", ")", "–", ",", "т. д", "The", "Стороны", "a", "eGov", "İ", "№"]


def gold(lang: Lang) -> list[tuple[str, list[str]]]:
    lines = (GOLD / f"segment.{lang}.txt").read_text("utf-8").splitlines()
    cases = [line for line in lines if line and not line.startswith("#")]
    return [(case.replace("|", " ").replace("‖", ""), case.replace("‖", "|").split("|")) for case in cases]


def sentences(text: str, lang: Lang) -> list[str]:
    return [sentence for sentence, _ in split(text, lang)]


def body(text: str, *, line: int = 1, kind: BlockKind = BlockKind.BODY) -> Block:
    return Block(kind=kind, text=text, line=line)


@pytest.mark.parametrize(("lang", "text", "expected"), [(lang, *case) for lang in Lang for case in gold(lang)])
def test_gold_paragraphs_are_cut_where_an_editor_cuts_them(lang: Lang, text: str, expected: list[str]) -> None:
    assert sentences(text, lang) == expected


@pytest.mark.parametrize("lang", Lang)
def test_there_are_sixty_gold_paragraphs_or_more_for_each_language(lang: Lang) -> None:
    assert len(gold(lang)) >= 60


@pytest.mark.parametrize("lang", Lang)
def test_gold_paragraphs_between_blank_lines_keep_their_sentences(lang: Lang) -> None:
    cases = gold(lang)
    text = "\n\n".join(case for case, _ in cases)
    assert "".join(sentence + gap for sentence, gap in split(text, lang)) == text
    assert sentences(text, lang) == [sentence for _, expected in cases for sentence in expected]


@given(text=st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join)), lang=st.sampled_from(Lang))
def test_sentences_and_gaps_joined_are_the_text_and_no_sentence_is_blank(text: str, lang: Lang) -> None:
    parts = split(text, lang)
    assert "".join(sentence + gap for sentence, gap in parts) == (text if text.strip() else "")
    assert all(sentence.strip() and not gap.strip() for sentence, gap in parts)


@given(text=st.lists(st.sampled_from(PIECES)).map("".join), lang=st.sampled_from(Lang))
def test_a_sentence_ends_where_its_white_space_begins(text: str, lang: Lang) -> None:
    assert all(sentence == sentence.rstrip() for sentence, _ in split(text, lang))


def test_a_headline_stays_whole_whatever_stops_it_has() -> None:
    headline = "NUR-SULTAN. KAZINFORM. The talks are over. What next?"
    kinds = (BlockKind.HEADLINE, BlockKind.DATELINE)
    cut = segment([body(headline, kind=kind, line=n) for n, kind in enumerate(kinds, 1)], Lang.EN)
    assert [part.text for part in cut] == [headline, headline]
    assert [part.kind for part in cut] == list(kinds)


def test_a_sentence_that_returns_in_the_same_kind_of_block_gets_a_number() -> None:
    blocks = [
        body("Вопросов нет. Спасибо. Вопросов нет."),
        body("Вопросов нет."),
        body("Спасибо.", kind=BlockKind.QUOTE),
    ]
    assert [part.key for part in segment(blocks, Lang.RU)] == [
        Key(context="body", source="Вопросов нет."),
        Key(context="body", source="Спасибо."),
        Key(context="body#2", source="Вопросов нет."),
        Key(context="body#3", source="Вопросов нет."),
        Key(context="quote", source="Спасибо."),
    ]


def test_a_key_does_not_change_when_another_paragraph_is_edited() -> None:
    before = segment([body("Кездесу өтті."), body("Тараптар келісті.")], Lang.KK)
    after = segment([body("Кездесу Астанада өтті. Ол ұзаққа созылды."), body("Тараптар келісті.")], Lang.KK)
    assert before[-1].key == after[-1].key


def test_blocks_come_back_from_their_segments() -> None:
    blocks = [body("Mr. Lee left.  Nobody\u00a0spoke. "), body("It is over.", kind=BlockKind.QUOTE)]
    cut = segment(blocks, Lang.EN)
    for index, block in enumerate(blocks):
        assert "".join(part.text + part.gap for part in cut if part.block == index) == block.text


def test_a_segment_knows_its_line_in_the_source() -> None:
    cut = segment([body("Встреча прошла\nв Астане. Стороны\nдоговорились. Итоги подведены.", line=7)], Lang.RU)
    assert [part.line for part in cut] == [7, 8, 9]


def test_a_line_end_is_white_space_and_a_blank_line_ends_a_sentence() -> None:
    assert sentences("Address of the\nembassy\n\nOpening hours", Lang.EN) == [
        "Address of the\nembassy",
        "Opening hours",
    ]


def test_blank_blocks_have_no_segments() -> None:
    assert segment([body(""), body(" \n ")], Lang.KK) == ()


def test_a_press_agency_line_left_in_the_lead_does_not_end_a_sentence() -> None:
    lead = "АСТАНА. КАЗИНФОРМ – Министр принял посла. Стороны обсудили торговлю."
    assert len(sentences(lead, Lang.RU)) == 2


def test_latin_titles_are_known_in_cyrillic_copy() -> None:
    assert len(sentences("Грант получила компания Dr. Green из Дании.", Lang.RU)) == 1


def test_an_address_is_not_a_forgotten_space() -> None:
    assert len(sentences("Visit mfa.Gov.kz, or write to info@press.Kz today.", Lang.EN)) == 1
