"""Feeds of others: what is read of them, what they may not do, and that nothing is fetched twice."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from kzpress import feeds, ingest
from kzpress.domain import BlockKind, Release
from kzpress.errors import FeedError
from tests.run.served import PORT, VISIT, item, rss, served

WHERE = "https://example.kz/rss"
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"><title>News</title>
<entry><media:content url="p.jpg"/><media:title>A picture</media:title><id>urn:1</id>
<title type="text">Talks &lt;on&gt; rail</title>
<published>2026-03-04T23:30:00+05:00</published><updated>2026-03-05T10:00:00+05:00</updated>
<content type="xhtml">
<x:div xmlns:x="http://www.w3.org/1999/xhtml"><x:p>{first}</x:p><x:p>{second}</x:p></x:div></content></entry>
</feed>"""


def read(page: bytes | None) -> Release:
    assert page is not None
    return ingest.read_bytes(page, "mfa/item.html")


def test_the_whole_text_is_taken_before_the_teaser_and_the_date_as_it_is_written() -> None:
    data = rss(item("Talks in Astana", VISIT, guid="1", date="Wed, 04 Mar 2026 23:30:00 +0500"))
    (one,) = feeds.items(data, WHERE)
    release = read(one.page)
    assert release.title == "Talks in Astana"
    assert str(release.date) == "2026-03-04"
    assert " ".join(block.text for block in release.blocks if block.kind is not BlockKind.HEADLINE) == VISIT


def test_an_atom_entry_with_elements_is_read_and_those_of_other_namespaces_are_not() -> None:
    (one,) = feeds.items(ATOM.format(first=VISIT, second=PORT).encode(), WHERE)
    release = read(one.page)
    assert release.title == "Talks <on> rail"
    assert str(release.date) == "2026-03-04"
    assert [block.text for block in release.blocks][1:] == [VISIT, PORT]


def test_lines_of_a_text_without_markup_are_paragraphs() -> None:
    data = rss(
        f"<item><title>Talks</title><guid>1</guid><description>{VISIT}\n\n{PORT} A &amp;amp; B.</description></item>"
    )
    (one,) = feeds.items(data, WHERE)
    assert [block.text for block in read(one.page).blocks][1:] == [VISIT, f"{PORT} A & B."]


def test_an_item_is_known_by_guid_then_link_then_its_contents() -> None:
    by_guid = rss(item("A", VISIT, guid="g", link="https://example.kz/1"))
    by_link = rss(item("A", VISIT, link="https://example.kz/1"))
    neither = rss(item("A", VISIT))
    identities = [feeds.items(data, WHERE)[0].identity for data in (by_guid, by_link, neither)]
    assert identities[:2] == ["g", "https://example.kz/1"]
    assert identities[2] != feeds.items(rss(item("A", PORT)), WHERE)[0].identity


def test_the_file_name_of_an_item_tells_no_date_and_stays_when_its_text_changes() -> None:
    names = {feeds.items(rss(item("A", text, guid="2021-07-24")), WHERE)[0].name for text in (VISIT, PORT)}
    assert len(names) == 1
    assert not any(ch.isdigit() for ch in names.pop())


def test_items_come_the_oldest_first_and_each_once() -> None:
    data = rss(
        item("C", PORT, guid="3"),
        item("B", PORT, guid="2", date="Thu, 05 Mar 2026 10:00:00 GMT"),
        item("A", VISIT, guid="1", date="Wed, 04 Mar 2026 10:00:00 GMT"),
        item("A", VISIT, guid="1", date="Wed, 04 Mar 2026 10:00:00 GMT"),
    )
    assert [one.identity for one in feeds.items(data, WHERE)] == ["3", "1", "2"]


@pytest.mark.parametrize(
    "date",
    [
        "Mon, 01 Jan 99999999999999999999 00:00:00 +0000",
        "Mon, 05 Jan 2026 10:00:00 +99999999999999999999999",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59-14:00",
    ],
)
def test_a_date_that_cannot_be_meant_is_none(date: str) -> None:
    (one,) = feeds.items(rss(item("A", VISIT, guid="1", date=date)), WHERE)
    assert one.published is None
    assert read(one.page).date is None


def test_an_item_without_a_text_has_no_page() -> None:
    (one,) = feeds.items(rss("<item><title>Talks</title><guid>1</guid></item>"), WHERE)
    assert one.page is None


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"<html><body>News</body></html>", "is no feed"),
        (b"<rss><channel><item>", "is damaged"),
        (b"", "is damaged"),
        (b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss>&x;</rss>', "document type"),
        (b"<rss>" + b"<item/>" * 2001 + b"</rss>", "more than 2000 items"),
    ],
)
def test_what_is_no_sound_feed_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(FeedError, match=message) as caught:
        feeds.items(data, WHERE)
    assert caught.value.hint


def test_an_encoding_is_taken_as_declared() -> None:
    text = (
        "<?xml version='1.0' encoding='windows-1251'?><rss><item><title>Переговоры</title><guid>1</guid></item></rss>"
    )
    assert len(feeds.items(text.encode("cp1251"), WHERE)) == 1


# ------------------------------------------------------------------ fetching


def test_a_feed_that_is_as_before_is_not_sent_again() -> None:
    with served(rss()) as server:
        server.headers = {"ETag": '"1"', "Last-Modified": "Wed, 04 Mar 2026 10:00:00 GMT"}
        first = feeds.fetch(server.address)
        again = feeds.fetch(server.address, first.etag, first.modified)
    assert first.data == rss()
    assert again.data is None
    assert (again.etag, again.modified) == (first.etag, first.modified)
    assert server.asked[1]["If-Modified-Since"] == first.modified


@pytest.mark.parametrize(
    ("status", "headers", "message"),
    [
        (404, {}, "the server answers 404"),
        (500, {}, "the server answers 500"),
        (302, {"Location": "file:///etc/passwd"}, "less safe|not allowed"),
        (302, {"Location": "/feed"}, "redirect"),
        (200, {"Content-Length": "5000"}, "broke off|IncompleteRead"),
    ],
)
def test_what_cannot_be_fetched_says_why(status: int, headers: dict[str, str], message: str) -> None:
    with served(rss()) as server:
        server.status, server.headers = status, headers
        with pytest.raises(FeedError, match=message):
            feeds.fetch(server.address)
    assert len(server.asked) <= 6


def test_nobody_there_is_told() -> None:
    with served() as server:
        address = server.address
    with pytest.raises(FeedError, match="cannot be fetched"):
        feeds.fetch(address)


def test_a_feed_without_end_is_refused() -> None:
    with served(b"<rss>" + b" " * 100_000) as server, pytest.raises(FeedError, match="larger than"):
        feeds.fetch(server.address, size=50_000)


@pytest.mark.parametrize("pause", [0.05, 10.0])
def test_a_server_that_dribbles_is_left(pause: float) -> None:
    with served(rss()) as server:
        server.pause = pause
        began = time.monotonic()
        with pytest.raises(FeedError, match="cannot be fetched"):
            feeds.fetch(server.address, silence=1.0, deadline=0.6)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("status", "headers", "body"),
    [
        (200, {"Transfer-Encoding": "chunked"}, b"0" * 1000),
        (302, {"Location": "/feed"}, b" " * 1000),
        (404, {}, b" " * 1000),
    ],
)
def test_no_part_of_an_answer_holds_up_a_run(status: int, headers: dict[str, str], body: bytes) -> None:
    with served(body) as server:
        server.status, server.headers, server.pause = status, headers, 0.05
        began = time.monotonic()
        with pytest.raises(FeedError):
            feeds.fetch(server.address, silence=1.0, deadline=0.6)
    assert time.monotonic() - began < 5


def test_an_answer_that_is_cut_before_its_text_says_that_it_took_too_long() -> None:
    with served() as server:
        server.dribble = b"HTTP/1.0 200 OK\r\nX-Long: " + b"a" * 1000
        with pytest.raises(FeedError, match="more than"):
            feeds.fetch(server.address, silence=1.0, deadline=0.6)


def test_what_a_redirect_says_besides_is_not_read() -> None:
    with served(b" " * 30_000_000) as server:
        server.status, server.headers = 302, {"Location": "/feed"}
        with pytest.raises(FeedError, match="redirect") as caught:
            feeds.fetch(server.address)
    assert server.whole == 0
    assert "\n" not in str(caught.value)


def test_only_addresses_of_the_web_are_opened(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_bytes(rss())
    with pytest.raises(FeedError, match="unknown url type"):
        feeds.fetch((tmp_path / "feed.xml").as_uri())


def test_a_file_is_read_again_only_when_it_changed(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(rss())
    first = feeds.from_file(path)
    assert first.data == rss()
    assert feeds.from_file(path, first.etag).data is None
    with pytest.raises(FeedError, match="cannot be read"):
        feeds.from_file(tmp_path / "none.xml")
