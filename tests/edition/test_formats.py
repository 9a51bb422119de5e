"""The files of an edition, read by programs nobody here wrote."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import feedparser
import html5lib
import pytest
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
    amend,
    editions_of,
    feed,
    read,
    sitemap,
    write,
)
from kzpress.errors import WorkspaceError

HERE = Path(__file__).parent
SLUG = "2024-03-05-water"
MORNING = dt.datetime(2024, 3, 5, 4, 30, tzinfo=dt.UTC)
NEXT_DAY = dt.datetime(2024, 3, 5, 20, 0, tzinfo=dt.UTC)  # 6 March in Kazakhstan
SITE = Site(
    url="https://press.example.kz",
    names={Lang.KK: "Баспасөз қызметі", Lang.RU: "Пресс-служба & Ко", Lang.EN: "Press Service"},
    latin=True,
)
NOWHERE = Path("nowhere")
# The properties of a news item by IPTC's ninjs-schema_2.1.json, which allows no others.
NINJS = set(
    "uri type representationtype profile version firstcreated versioncreated contentcreated embargoed pubstatus "  # noqa: SIM905
    "urgency copyrightholder copyrightnotice usageterms ednote language descriptions bodies headlines people "
    "organisations places subjects events objects infosources title by slugline located renditions associations altids "
    "trustindicators standard genres expires rightsinfo".split()
)


def article(title: str, lead: str) -> Article:
    return Article(
        title=title,
        city="ASTANA",
        paragraphs=(
            Paragraph(kind=BlockKind.LEAD, text=lead, dateline="ASTANA –"),
            Paragraph(kind=BlockKind.QUOTE, text='"<script>alert(1)</script>" & more'),
            Paragraph(kind=BlockKind.TABLE, text="12"),
            Paragraph(kind=BlockKind.TABLE, text="13"),
            Paragraph(kind=BlockKind.NOTE, text="</article> is no end"),
        ),
    )


TITLES = {Lang.KK: "Су кеңесі туралы", Lang.RU: "О водном совете </script><b>", Lang.EN: "On the water council"}


@pytest.fixture
def ledger() -> Ledger:
    ledger = Ledger(language=Lang.EN, latin=True)
    for lang, title in TITLES.items():
        ledger = amend(
            ledger,
            Publication(
                lang=lang,
                id=f"tag:press.example.kz,2024-03-05:{SLUG}/{lang}",
                source="0" * 64,
                article=article(title, f"{title}: ok."),
                date=dt.date(2024, 3, 4),
                first=MORNING,
                updated=MORNING,
            ),
        )
    return ledger


def corrected(ledger: Ledger, lang: Lang) -> Ledger:
    one = ledger.of(lang)
    assert one is not None
    return amend(ledger, replace(one, article=article(TITLES[lang], "Other words."), first=NEXT_DAY, updated=NEXT_DAY))


def withdrawn(ledger: Ledger) -> Ledger:
    gone = tuple(replace(one, withdrawn=NEXT_DAY, updated=NEXT_DAY) for one in ledger.publications)
    return replace(ledger, withdrawn=NEXT_DAY, publications=gone)


def by_tag(ledger: Ledger) -> dict[str, Edition]:
    return {one.tag: one for one in editions_of(SLUG, ledger)}


def made(edition: Edition, own: Path = NOWHERE) -> dict[str, bytes]:
    return Renderer(SITE, own).files(edition)


def page(edition: Edition) -> Any:
    """Parse a page as browsers do; any error of the standard's parser is an exception."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(made(edition)["html"].decode())


# ------------------------------------------------------------------ the ledger


def test_a_ledger_reads_as_it_was_written(ledger: Ledger, tmp_path: Path) -> None:
    full = withdrawn(corrected(ledger, Lang.RU))
    assert write(tmp_path / "published.json", full)
    assert read(tmp_path / "published.json") == full
    assert not write(tmp_path / "published.json", full)
    assert read(tmp_path / "no.json") is None


def test_published_words_that_were_changed_by_hand_are_refused(ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "published.json"
    write(path, ledger)
    path.write_text(path.read_text("utf-8").replace("Су кеңесі туралы", "Су кеңесі"), "utf-8")
    with pytest.raises(WorkspaceError, match="the words published in kk were changed by hand"):
        read(path)


@pytest.mark.parametrize("text", ["{", "[]", '{"language": "de"}', '{"language": "en", "withdrawn": 3}', "\x00"])
def test_a_damaged_ledger_is_told_with_its_place(text: str, tmp_path: Path) -> None:
    (tmp_path / "published.json").write_text(text, "utf-8")
    with pytest.raises(WorkspaceError, match="cannot be read") as caught:
        read(tmp_path / "published.json")
    assert caught.value.where == str(tmp_path / "published.json")


def test_the_same_words_again_change_nothing_and_other_words_are_a_correction(ledger: Ledger) -> None:
    one = ledger.of(Lang.RU)
    assert one is not None
    assert amend(ledger, replace(one, first=NEXT_DAY, updated=NEXT_DAY, id="tag:other")) == ledger
    new = corrected(ledger, Lang.RU).of(Lang.RU)
    assert new is not None
    assert (new.id, new.first, new.updated, new.corrected) == (one.id, MORNING, NEXT_DAY, NEXT_DAY)


def test_what_comes_back_after_a_withdrawal_is_new_to_its_readers_but_no_correction(ledger: Ledger) -> None:
    one = ledger.of(Lang.RU)
    back = amend(withdrawn(ledger), replace(one, updated=NEXT_DAY)).of(Lang.RU) if one else None
    assert back is not None
    assert (back.withdrawn, back.updated, back.corrected) == (None, NEXT_DAY, None)


# ------------------------------------------------------------------ pages


@pytest.mark.parametrize("tag", ["kk", "kk-Latn", "ru", "en"])
def test_a_page_is_valid_and_says_its_language(ledger: Ledger, tag: str) -> None:
    tree = page(by_tag(ledger)[tag])
    assert tree.get("lang") == tag
    assert len(tree.findall(".//h1")) == 1
    assert {child.tag for child in tree.find("body")} == {"header", "main", "footer"}


def test_nothing_of_a_release_is_taken_for_markup(ledger: Ledger) -> None:
    tree = page(by_tag(ledger)["ru"])
    assert tree.find(".//h1").text == TITLES[Lang.RU]
    assert tree.find(".//blockquote/p").text == '"<script>alert(1)</script>" & more'
    assert [script.get("type") for script in tree.iter("script")] == ["application/ld+json"]
    assert not list(tree.iter("b"))


def test_every_page_of_a_release_names_the_same_languages_itself_and_a_default(ledger: Ledger) -> None:
    found = {}
    for tag, edition in by_tag(ledger).items():
        links = [link for link in page(edition).iter("link") if link.get("hreflang")]
        found[tag] = {link.get("hreflang"): link.get("href") for link in links}
        assert [link.get("href") for link in page(edition).iter("link") if link.get("rel") == "canonical"] == [
            found[tag][tag]
        ]
    assert len({tuple(sorted(links.items())) for links in found.values()}) == 1
    assert set(found["kk"]) == {"kk", "kk-Latn", "ru", "en", "x-default"}
    assert found["kk"]["x-default"] == found["kk"]["en"] == f"https://press.example.kz/en/{SLUG}.html"


def test_a_page_describes_itself_to_search_engines(ledger: Ledger) -> None:
    facts = {tag: json.loads(page(edition).find(".//script").text) for tag, edition in by_tag(ledger).items()}
    russian = facts["ru"]
    assert (russian["@type"], russian["inLanguage"], russian["headline"]) == ("NewsArticle", "ru", TITLES[Lang.RU])
    assert russian["datePublished"] == "2024-03-05T04:30:00Z"
    assert russian["dateline"] == "ASTANA –"
    assert russian["translationOfWork"]["@id"] == facts["en"]["@id"]
    assert {work["@id"] for work in facts["en"]["workTranslation"]} == {
        facts[tag]["@id"] for tag in ("kk", "kk-Latn", "ru")
    }
    assert russian["publisher"]["name"] == "Пресс-служба & Ко"


@pytest.mark.parametrize(
    ("tag", "day", "note"),
    [
        ("kk", "2024 жылғы 4 наурыз", "Түзету енгізілді: 2024 жылғы 6 наурыз."),
        ("kk-Latn", "2024 jylğy 4 nauryz", "Tüzetu engızıldı: 2024 jylğy 6 nauryz."),
        ("ru", "4 марта 2024 года", "Исправлено 6 марта 2024 года."),
        ("en", "March 4, 2024", "Corrected on March 6, 2024."),
    ],
)
def test_days_and_the_note_of_a_correction_are_in_the_pages_own_language(
    ledger: Ledger, tag: str, day: str, note: str
) -> None:
    before = page(by_tag(ledger)[tag])
    assert before.find(".//time").text == day
    assert not [part for part in before.iter("p") if part.get("class") == "correction"]
    after = by_tag(corrected(ledger, Lang(tag[:2])))[tag]
    assert [part.text for part in page(after).iter("p") if part.get("class") == "correction"] == [note]
    assert note in made(after)["txt"].decode()
    assert json.loads(made(after)["json"])["ednote"] == note


def test_a_tombstone_says_when_and_nothing_of_what_was_withdrawn(ledger: Ledger) -> None:
    for tag, edition in by_tag(withdrawn(ledger)).items():
        files = made(edition)
        for data in (
            files["html"],
            files["txt"],
            files["json"],
            zipfile.ZipFile(io.BytesIO(files["docx"])).read("word/document.xml"),
        ):
            assert "ASTANA" not in data.decode() and "alert" not in data.decode()
        tree = page(edition)
        assert [m.get("content") for m in tree.iter("meta") if m.get("name") == "robots"] == ["noindex"]
        assert not [link for link in tree.iter("link") if link.get("hreflang")]
        assert json.loads(files["json"])["pubstatus"] == "canceled"
        assert edition.in_words(dt.date(2024, 3, 6)) in files["txt"].decode(), tag


# ------------------------------------------------------------------ documents, wire, feeds


def test_a_document_has_styles_and_nothing_formatted_by_hand(ledger: Ledger) -> None:
    opened = docx.Document(io.BytesIO(made(by_tag(ledger)["kk"])["docx"]))
    assert [(part.style.name if part.style else "", part.text) for part in opened.paragraphs] == [
        ("Title", "Су кеңесі туралы"),
        ("Subtitle", "2024 жылғы 4 наурыз"),
        ("Normal", "ASTANA – Су кеңесі туралы: ok."),
        ("Quote", '"<script>alert(1)</script>" & more'),
        ("List Paragraph", "12"),
        ("List Paragraph", "13"),
        ("Heading 1", "Ескертпелер"),
        ("Normal", "</article> is no end"),
    ]
    assert all(run._r.rPr is None for part in opened.paragraphs for run in part.runs)
    about = opened.core_properties
    assert (about.language, about.title, about.author) == ("kk", "Су кеңесі туралы", "Баспасөз қызметі")
    assert about.created == about.modified == MORNING
    assert b'w:lang w:val="kk-KZ"' in zipfile.ZipFile(io.BytesIO(made(by_tag(ledger)["kk"])["docx"])).read(
        "word/styles.xml"
    )


def test_the_same_ledger_is_the_same_bytes(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    first = {tag: made(edition) for tag, edition in by_tag(ledger).items()}
    monkeypatch.setenv("TZ", "Asia/Almaty")
    with zipfile.ZipFile(io.BytesIO(first["ru"]["docx"])) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert {tag: made(edition) for tag, edition in by_tag(ledger).items()} == first


def test_a_document_takes_its_styles_from_the_workspaces_own(ledger: Ledger, tmp_path: Path) -> None:
    own = docx.Document()
    own.styles["Title"].font.name = "Arial"
    own.add_paragraph("A sample to look at")
    own.save(str(tmp_path / "edition.docx"))
    opened = docx.Document(io.BytesIO(made(by_tag(ledger)["ru"], tmp_path)["docx"]))
    assert opened.styles["Title"].font.name == "Arial"
    assert opened.paragraphs[0].text == TITLES[Lang.RU]
    (tmp_path / "edition.docx").write_bytes(b"PK no archive")
    with pytest.raises(WorkspaceError, match="not a Word document"):
        made(by_tag(ledger)["ru"], tmp_path)


def test_a_wire_item_has_only_what_ninjs_knows_and_names_its_translations(ledger: Ledger) -> None:
    items = {tag: json.loads(made(edition)["json"]) for tag, edition in by_tag(ledger).items()}
    for tag, item in items.items():
        assert set(item) <= NINJS
        assert (item["language"], item["pubstatus"], item["located"]) == (tag, "usable", "ASTANA")
        assert {one["uri"] for one in item["associations"]} == {items[other]["uri"] for other in items if other != tag}
        assert item["bodies"][0]["charcount"] == len(item["bodies"][0]["value"])
    assert {one["name"] for one in items["kk"]["associations"]} == {"original", "translation-kk-Latn", "translation-ru"}


def test_a_feed_reader_finds_every_release_with_identifiers_for_ever(ledger: Ledger) -> None:
    russian = next(one for one in ledger.publications if one.lang is Lang.RU)
    other = Ledger(language=Lang.EN, publications=(replace(russian, id="tag:x,2024:y"),))
    editions = [by_tag(ledger)["ru"], *(one for one in editions_of("later", withdrawn(other)) if one.tag == "ru")]
    data = feed(editions, SITE)
    parsed = feedparser.parse(data)
    assert not parsed.bozo
    assert (parsed.version, parsed.feed.id) == ("atom10", "tag:press.example.kz,2024-03-05:ru/feed")
    assert parsed.feed.language == "ru" and parsed.feed.title == "Пресс-служба & Ко: пресс-релизы"
    assert parsed.feed.updated == "2024-03-05T20:00:00Z"
    assert [entry.title for entry in parsed.entries] == ["Пресс-релиз отозван", TITLES[Lang.RU]]
    assert "отозван 6 марта 2024 года" in parsed.entries[0].summary
    assert parsed.entries[1].id == f"tag:press.example.kz,2024-03-05:{SLUG}/ru"
    languages = {link.hreflang for link in parsed.entries[1].links}
    assert languages == {"ru", "en", "kk", "kk-Latn"}


def test_a_feed_has_all_that_rfc_4287_asks_for(ledger: Ledger) -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    root = etree.fromstring(feed([by_tag(ledger)["kk-Latn"]], SITE))
    assert [child.tag.removeprefix(atom) for child in root] == [
        "id",
        "title",
        "updated",
        "link",
        "author",
        "generator",
        "entry",
    ]
    entry = root.find(f"{atom}entry")
    assert entry is not None
    for name in ("id", "title", "updated", "published", "summary", "content"):
        assert len(entry.findall(f"{atom}{name}")) == 1
    links = [(link.get("rel"), link.get("type"), link.get("hreflang")) for link in entry.findall(f"{atom}link")]
    assert len(set(links)) == len(links)


@pytest.mark.parametrize("change", [withdrawn, lambda ledger: corrected(ledger, Lang.RU)])
def test_feeds_are_valid_by_their_grammar(ledger: Ledger, change: Callable[[Ledger], Ledger]) -> None:
    grammar = etree.RelaxNG(etree.parse(HERE / "atom.rng"))
    for tag, edition in by_tag(change(ledger)).items():
        assert grammar.validate(etree.fromstring(feed([edition], SITE))), (tag, grammar.error_log)
    assert not grammar.validate(etree.fromstring(feed([edition], SITE).replace(b"<updated>", b"<updated>on ")))


def test_sitemaps_are_valid_by_their_schema(ledger: Ledger) -> None:
    schema = etree.XMLSchema(etree.parse(HERE / "sitemap.xsd"))
    for tag, edition in by_tag(ledger).items():
        data = sitemap([edition], SITE)
        assert data and schema.validate(etree.fromstring(data)), (tag, schema.error_log)
        assert not schema.validate(etree.fromstring(data.replace(b"https:", b"")))


def test_a_sitemap_has_the_alternates_of_the_pages_and_no_withdrawn_one(ledger: Ledger) -> None:
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    gone = [one for one in editions_of("gone", withdrawn(ledger)) if one.tag == "kk"]
    data = sitemap([by_tag(ledger)["kk"], *gone], SITE)
    assert data
    root = etree.fromstring(data)
    assert root.xpath("s:url/s:loc/text()", namespaces=names) == [f"https://press.example.kz/kk/{SLUG}.html"]
    links = {
        link.get("hreflang"): link.get("href")
        for link in page(by_tag(ledger)["kk"]).iter("link")
        if link.get("hreflang")
    }
    found = root.xpath("s:url/x:link", namespaces=names)
    assert isinstance(found, list)
    assert {link.get("hreflang"): link.get("href") for link in found} == links  # type: ignore[union-attr]


# ------------------------------------------------------------------ templates


def test_a_workspaces_own_template_takes_the_place_of_ours(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "edition.html").write_text("<h1>{{ title }}</h1>\n{% include 'foot.html' %}", "utf-8")
    (tmp_path / "foot.html").write_text("<p>{{ organisation }}</p>", "utf-8")
    text = made(by_tag(ledger)["ru"], tmp_path)["html"].decode()
    assert text == "<h1>О водном совете &lt;/script&gt;&lt;b&gt;</h1>\n<p>Пресс-служба &amp; Ко</p>"


@pytest.mark.parametrize(
    ("template", "line", "message"),
    [
        ("<p>\n{{ headline }}\n", 2, "'headline' is undefined"),
        ("<p>\n\n{% for one in others %}\n", 3, "Unexpected end of template"),
        ("{{ title }}\n{{ 1 // 0 }}", 2, "ZeroDivisionError"),
        ("{{ title }}\n\n\n{{ title.upper.__globals__ }}", 4, "no attribute '__globals__'"),
        ("{% include 'none.html' %}", 1, "none.html"),
    ],
)
def test_a_template_that_cannot_be_used_is_told_with_its_line(
    ledger: Ledger, tmp_path: Path, template: str, line: int, message: str
) -> None:
    (tmp_path / "edition.html").write_text(template, "utf-8")
    with pytest.raises(WorkspaceError) as caught:
        made(by_tag(ledger)["ru"], tmp_path)
    assert caught.value.where == f"{tmp_path / 'edition.html'}:{line}"
    assert message in caught.value.message


def test_a_template_that_is_no_text_is_told_with_its_file(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "edition.txt").write_bytes("Пресс-служба".encode("cp1251"))
    with pytest.raises(WorkspaceError, match="UnicodeDecodeError") as caught:
        made(by_tag(ledger)["ru"], tmp_path)
    assert caught.value.where == str(tmp_path / "edition.txt")


# ------------------------------------------------------------------ programs a laptop may lack


@pytest.mark.slow
@pytest.mark.skipif(
    "VNU_JAR" not in os.environ or not shutil.which("java"), reason="needs VNU_JAR, the Nu HTML Checker"
)
def test_the_html_checker_of_the_w3c_has_nothing_to_say(ledger: Ledger, tmp_path: Path) -> None:
    for state, known in {"new": ledger, "corrected": corrected(ledger, Lang.KK), "gone": withdrawn(ledger)}.items():
        for tag, edition in by_tag(known).items():
            (tmp_path / f"{state}-{tag}.html").write_bytes(made(edition)["html"])
    pages = sorted(map(str, tmp_path.glob("*.html")))
    done = subprocess.run(
        ["java", "-jar", os.environ["VNU_JAR"], "--errors-only", *pages], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_libreoffice_opens_the_document(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "edition.docx").write_bytes(made(by_tag(ledger)["kk"])["docx"])
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            "txt:Text (encoded):UTF8",
            "edition.docx",
        ],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=120,
    )
    assert "Су кеңесі туралы" in (tmp_path / "edition.txt").read_text("utf-8-sig")
