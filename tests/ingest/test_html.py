"""Web pages."""

from __future__ import annotations

import datetime as dt

import pytest

from kzpress.errors import ReleaseError

from .samples import codes, kinds, of, shape

PAGE = """<!DOCTYPE html>
<html lang="ru"><head>
<title>Новая школа | Министерство науки</title>
<meta property="article:published_time" content="2023-03-14T23:30:00+06:00">
<style>p { color: red }</style><script>var x = "не текст";</script>
</head><body>
<nav><ul><li>Главная</li><li>Новости</li></ul></nav>
<article>
<h1>Новая школа откроется в&nbsp;Кызылорде</h1>
<p><time datetime="2023-03-15">вчера</time></p>
<p>АСТАНА. КАЗИНФОРМ – Министр принял <a href="/posol">посла</a> <b>Финляндии</b>.</p>
<h2>Что решено</h2>
<ul><li>открыть школу</li><li>обменяться студентами</li></ul>
<blockquote>Мы рассчитываем на опыт наших партнёров.<footer>Министр</footer></blockquote>
<table><tr><th>Год</th><th>Студенты</th></tr><tr><td>2023</td><td><p>сорок</p><p>два</p></td></tr></table>
<form><input name="q"><button>Подписаться</button></form>
</article>
<aside>Читайте также</aside><footer>Все права защищены</footer>
</body></html>"""


def test_a_page_gives_its_article_in_order() -> None:
    release = of(PAGE, "page.html")
    assert shape(release) == [
        ("headline", "Новая школа откроется в Кызылорде"),
        ("body", "вчера"),
        ("dateline", "АСТАНА. КАЗИНФОРМ –"),
        ("lead", "Министр принял посла Финляндии."),
        ("body", "Что решено"),
        ("body", "открыть школу"),
        ("body", "обменяться студентами"),
        ("quote", "Мы рассчитываем на опыт наших партнёров."),
        ("quote", "Министр"),
        ("table", "Год"),
        ("table", "Студенты"),
        ("table", "2023"),
        ("table", "сорок два"),
    ]
    assert release.format == "html"
    assert release.blocks[0].line == 9
    assert release.blocks[2].line == 11


def test_the_meta_date_is_the_day_as_written() -> None:
    assert of(PAGE, "page.html").date == dt.date(2023, 3, 14)


def test_what_stands_around_the_article_is_told() -> None:
    release = of(PAGE, "page.html")
    assert codes(release) == {"left-out"}


def test_content_tells_a_page_whatever_its_suffix() -> None:
    assert of(PAGE, "release.txt").format == "html"


def test_a_page_without_h1_takes_its_title_less_the_site_s_name() -> None:
    page = (
        "<html><head><title>Новая школа | Министерство</title></head><body><p>Министр принял посла.</p></body></html>"
    )
    assert shape(of(page, "page.html")) == [("headline", "Новая школа"), ("lead", "Министр принял посла.")]


def test_a_heading_outside_the_article_is_its_headline() -> None:
    page = "<body><header><h1>Новая школа</h1></header><article><p>Министр принял посла.</p></article></body>"
    assert kinds(of(page, "page.html")) == ["headline", "lead"]


def test_a_page_wholly_in_a_form_is_read() -> None:
    page = "<body><form action='/'><h1>Новая школа</h1><p>Министр принял посла.</p></form></body>"
    assert kinds(of(page, "page.html")) == ["headline", "lead"]


def test_forced_line_breaks_end_a_paragraph_after_a_sentence() -> None:
    page = "<body><p>Министр принял посла.<br>Встреча прошла<br>в столице.<br><br>Стороны обсудили торговлю.</p></body>"
    assert [text for _, text in shape(of(page, "page.html"))] == [
        "Министр принял посла.",
        "Встреча прошла в столице.",
        "Стороны обсудили торговлю.",
    ]


def test_text_between_blocks_is_kept() -> None:
    page = "<body>Начало<div>Середина.<p>Внутри.</p>Хвост.</div>Конец.</body>"
    assert [text for _, text in shape(of(page, "page.html"))] == ["Начало", "Середина.", "Внутри.", "Хвост.", "Конец."]


def test_a_plain_text_named_html_is_read_as_text() -> None:
    assert kinds(of("Новая школа\n\nМинистр принял посла.", "page.html")) == ["headline", "lead"]


def test_an_impossible_date_of_a_page_is_told() -> None:
    page = "<body><article><time datetime='2023-02-30'></time><p>Министр принял посла.</p></article></body>"
    release = of(page, "page.html")
    assert release.date is None
    assert codes(release) == {"date-impossible"}


def test_deep_nesting_is_refused_and_not_cut_short() -> None:
    with pytest.raises(ReleaseError, match="nested too deeply"):
        of("<html><body>" + "<div>" * 400 + "<p>Министр принял посла.</p>", "page.html")
    assert kinds(of("<html><body>" + "<div>" * 200 + "<p>Министр принял посла.</p>", "page.html")) == ["lead"]


def test_a_page_without_words_is_refused() -> None:
    with pytest.raises(ReleaseError, match="no words"):
        of("<html><body><img src='scan.png'></body></html>", "page.html")


def test_an_entity_that_names_a_file_is_not_opened() -> None:
    doctype = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    page = f"{doctype}<html><body><p>Министр &x; принял посла.</p></body></html>"
    blocks = of(page, "page.html").blocks
    assert "Министр &x; принял посла." in [block.text for block in blocks]
