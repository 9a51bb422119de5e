"""Whatever a release says, its editions have the elements, attributes and keys of a tame one, and its words as text."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from pathlib import Path
from typing import Any, Final

import html5lib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from kzpress.domain import BlockKind, Lang
from kzpress.edition import (
    Article,
    Edition,
    Ledger,
    Paragraph,
    Publication,
    Renderer,
    Site,
    editions_of,
    feed,
    strange_characters,
)

SITE: Final = Site(
    url="https://press.example.kz",
    names={Lang.KK: "Баспасөз қызметі", Lang.RU: "Пресс-служба", Lang.EN: "Press Service"},
    latin=False,
)
WHEN: Final = dt.datetime(2024, 3, 5, 4, 30, tzinfo=dt.UTC)
KINDS: Final = (BlockKind.LEAD, BlockKind.BODY, BlockKind.QUOTE, BlockKind.TABLE, BlockKind.NOTE)
MARKUP: Final = (
    "</script><script>alert(1)</script>", "<!--", "-->", "<![CDATA[", "]]>", '" onload="x', "' onload='x", "<b>",
    "</p>",
    "</article></main>", "&lt;", "&#x202e;", "&", "{{ site }}", "{% raw %}", "{#", "\\u003c", "<svg/onload=x>",
    "javascript:x",
    "</title><meta http-equiv=refresh>", "</style>", "w:t", "_x0041_", "_x005F_x0007_", "\u200b", "Аstаnа",
    "\U0001f4a7", "\\", '"',
)  # fmt: skip
WORDS: Final = st.lists(st.one_of(st.sampled_from(MARKUP), st.text(max_size=12)), min_size=1, max_size=6).map(
    lambda parts: " ".join("".join(ch for ch in " ".join(parts) if not strange_characters(ch)).split()) or "x"
)


def edition(words: list[str]) -> Edition:
    """Return the one edition of an article of these words: title, city, dateline, and a paragraph of each kind."""
    title, city, dateline, *texts = words
    lead, *others = (Paragraph(kind=kind, text=text) for kind, text in zip(KINDS, texts, strict=True))
    lead = Paragraph(kind=lead.kind, text=lead.text, dateline=dateline)
    told = Article(title=title, city=city, paragraphs=(lead, *others))
    one = Publication(lang=Lang.RU, id="tag:x", source="0", article=told, date=None, first=WHEN, updated=WHEN)
    return editions_of("2024-03-05-water", Ledger(language=Lang.RU, publications=(one,)))[0]


def made(words: list[str]) -> dict[str, bytes]:
    """Return the files of an edition, and the feed that has it."""
    one = edition(words)
    return Renderer(SITE, Path("nowhere")).files(one) | {"atom": feed([one], SITE)}


def html(data: bytes) -> Any:
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(data.decode())


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def shape(tree: Any) -> list[Any]:
    """Return the elements of a tree in order, each with the names of its attributes."""
    return [(str(element.tag), sorted(map(str, element.attrib))) for element in tree.iter()]


def keys(facts: Any) -> Any:
    """Return what JSON is made of, without its values."""
    if isinstance(facts, dict):
        return {key: keys(value) for key, value in facts.items()}
    return [keys(value) for value in facts] if isinstance(facts, list) else type(facts)


@pytest.fixture(scope="module")
def tame() -> dict[str, bytes]:
    return made(["Title", "City", "CITY –", "Lead.", "Body.", "Quote.", "12", "A note."])


@given(words=st.lists(WORDS, min_size=3 + len(KINDS), max_size=3 + len(KINDS)))
@settings(deadline=None, max_examples=15, suppress_health_check=list(HealthCheck), database=None)
def test_no_edition_has_more_than_its_template(tame: dict[str, bytes], words: list[str]) -> None:
    files = made(words)
    page, plain = html(files["html"]), html(tame["html"])
    assert shape(page) == shape(plain)
    (facts,), (other) = page.iter("script"), next(plain.iter("script"))
    assert keys(json.loads(facts.text)) == keys(json.loads(other.text))
    assert page.find(".//h1").text == words[0]
    assert page.find(".//blockquote/p").text == words[5]
    item = json.loads(files["json"])
    assert keys(item) == keys(json.loads(tame["json"]))
    assert item["title"] == words[0]
    atom = etree.fromstring(files["atom"])
    assert shape(atom) == shape(etree.fromstring(tame["atom"]))
    assert atom.findtext(".//{*}entry/{*}title") == words[0]
    document, sound = parts(files["docx"]), parts(tame["docx"])
    assert document.keys() == sound.keys()
    body = etree.fromstring(document["word/document.xml"])
    preserved = "{http://www.w3.org/XML/1998/namespace}space"  # python-docx's own, where a text has spaces at its ends
    for one in body.iter():
        one.attrib.pop(preserved, "")
    assert shape(body) == shape(etree.fromstring(sound["word/document.xml"]))
    assert next("".join(map(str, one.itertext())) for one in body.iter("{*}p")) == words[0]


@pytest.mark.parametrize(
    "sign", "\x00\x07\x1b\x7f\x9b\u061c\u200e\u200f\u202a\u202e\u2066\u2069\ufff9\ufffe\ud800\ue000\U000e0041"
)
def test_what_turns_or_hides_letters_is_kept_from_editions(sign: str) -> None:
    assert strange_characters(f"Астана{sign}") == f"U+{ord(sign):04X}"


@pytest.mark.parametrize("text", ["сло\u00adво", "a\u200bb", "мәтін\u00a0№\u202f5", "«Қазақ»", "\ufeffa", "\U0001f4a7"])
def test_what_readers_see_is_let_through(text: str) -> None:
    assert strange_characters(text) == ""
