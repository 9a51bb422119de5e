"""Paragraphs put together again from approved sentences."""

from __future__ import annotations

from kzpress.domain import Block, BlockKind, Lang
from kzpress.edition import arrange, strange_characters
from kzpress.segment import segment


def blocks(*parts: tuple[BlockKind, str, int]) -> tuple[Block, ...]:
    return tuple(Block(kind=kind, text=text, line=line) for kind, text, line in parts)


def test_sentences_become_their_paragraphs_with_a_space_between_them_even_where_the_source_forgot_it() -> None:
    segments = segment(blocks((BlockKind.LEAD, "They met today.They agreed on trade.", 1)), Lang.EN)
    assert len(segments) == 2
    words = dict(zip([part.key for part in segments], ["Они встретились сегодня.", "Они  договорились."], strict=True))
    (lead,) = arrange(segments, words, city=None).paragraphs
    assert (lead.kind, lead.text) == (BlockKind.LEAD, "Они встретились сегодня. Они договорились.")


def test_a_dateline_goes_before_the_paragraph_it_was_cut_off_and_no_other() -> None:
    same = segment(blocks((BlockKind.DATELINE, "ASTANA -", 3), (BlockKind.LEAD, "They met.", 3)), Lang.EN)
    own = segment(blocks((BlockKind.DATELINE, "Astana, 5 March", 3), (BlockKind.LEAD, "They met.", 5)), Lang.EN)
    texts = {part.key: part.text for part in (*same, *own)}
    assert [(p.dateline, p.text) for p in arrange(same, texts, city="ASTANA").paragraphs] == [("ASTANA -", "They met.")]
    assert [p.text for p in arrange(own, texts, city=None).paragraphs] == ["Astana, 5 March", "They met."]


def test_notes_come_last_and_margins_are_left_out() -> None:
    segments = segment(
        blocks(
            (BlockKind.HEADLINE, "Council", 1),
            (BlockKind.MARGIN, "Page 1", 2),
            (BlockKind.LEAD, "They met.", 3),
            (BlockKind.NOTE, "See the treaty.", 4),
            (BlockKind.BODY, "They left.", 5),
        ),
        Lang.EN,
    )
    article = arrange(segments, {part.key: part.text for part in segments}, city=None)
    assert article.title == "Council"
    assert [part.text for part in article.paragraphs] == ["They met.", "They left.", "See the treaty."]


def test_the_city_is_taken_from_a_translated_dateline_only_where_the_sources_begins_with_it() -> None:
    segments = segment(blocks((BlockKind.DATELINE, "NUR-SULTAN. KAZINFORM -", 1), (BlockKind.LEAD, "Hm.", 1)), Lang.EN)
    texts = {segments[0].key: "НУР-СУЛТАН. КАЗИНФОРМ –", segments[1].key: "Вот."}
    assert arrange(segments, texts, city="NUR-SULTAN").city == "НУР-СУЛТАН"
    assert arrange(segments, texts, city="ASTANA").city is None


def test_a_release_without_a_headline_is_called_by_its_first_words() -> None:
    segments = segment(
        blocks((BlockKind.LEAD, "The ministers of the five countries met today to speak of rivers.", 1)), Lang.EN
    )
    article = arrange(segments, {part.key: part.text for part in segments}, city=None)
    assert article.title == "The ministers of the five countries met today to speak of rivers."
    long = segment(blocks((BlockKind.LEAD, " ".join(["one two three, four"] * 5) + ".", 1)), Lang.EN)
    assert arrange(long, {part.key: part.text for part in long}, city=None).title.endswith("three, four…")


def test_characters_that_no_page_may_have_are_named() -> None:
    assert strange_characters("tidy\ttext\n«»–ұ\u00a0") == ""
    assert strange_characters("bell\x07 and \ufffe") == "U+0007, U+FFFE"
