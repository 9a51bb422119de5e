"""The page a reviewer looks at: complete, safe to open, the same every time; and seen in a real browser."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from kzpress import preview, workspace
from kzpress.domain import Entry, Key, Lang, State
from kzpress.errors import UsageError
from kzpress.progress import Order
from tests import reviewed
from tests.reviewed import SLUG, entry

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
MINISTRY = "Ministry of Foreign Affairs of the Republic of Kazakhstan"
ENTRIES = (
    replace(
        entry("ASTANA. KAZINFORM –", "АСТАНА. КАЗИНФОРМ –", kind="dateline", line=1),
        state=State.APPROVED,
    ),
    entry(
        f"The {MINISTRY} held a meeting in Astana.",
        "Министерство иностранных дел Республики Казахстан провело встречу в Астане.",
        "по глоссарию: Министерство иностранных дел Республики Казахстан (вставлено на место пропуска: "
        "проверьте соседние слова)",
        "по глоссарию: Астане (подсказано модели вместе с предложением)",
        kind="lead",
        line=1,
    ),
    entry(f"The {MINISTRY} invited 12 <b>experts</b> & guests.", "Приглашены 15 <script>alert(1)</script> экспертов."),
    replace(
        entry("The talks will be held next week.", "Переговоры пройдут на следующей неделе."),
        previous=Key(context="body", source="The talks will be held this week."),
        comment="Айгерим: уточнить дату",
    ),
    entry("They came from Astana.", "Они прибыли из Астана.", line=5),
    entry("The parties agreed to meet again.", "", line=7),
    Entry(
        key=Key(context="body", source="It was warm."), text="Было тепло.", state=State.OBSOLETE, flags=("fuzzy",)
    ),
)  # fmt: skip


def page(root: Path, *entries: Entry, order: Order = Order.SOURCE) -> str:
    reviewed.workspace(root, *(entries or ENTRIES))
    (made,) = preview.preview(workspace.find(root), [SLUG], order=order)
    return made.path.read_text("utf-8")


def plain(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def parsed(text: str) -> html.HtmlElement:
    tree: html.HtmlElement = html.document_fromstring(text)
    return tree


def rows(root: Path, *entries: Entry, order: Order = Order.SOURCE) -> list[html.HtmlElement]:
    return list(parsed(page(root, *entries, order=order)).find_class("row"))


def test_every_sentence_stands_beside_its_translation_in_its_own_language(tmp_path: Path) -> None:
    found = rows(tmp_path)
    assert [plain(row.find_class("source")[0].find("p")) for row in found] == [one.key.source for one in ENTRIES[:-1]]
    for row, one in zip(found, ENTRIES, strict=False):
        assert row.find_class("source")[0].find("p").get("lang") == "en"
        if one.text:
            assert row.find_class("target")[0].find("p").get("lang") == "ru"
            assert plain(row.find_class("target")[0].find("p")) == one.text


def test_states_are_told_in_words(tmp_path: Path) -> None:
    edited = replace(ENTRIES[1], text="Министерство иностранных дел Республики Казахстан провело в Астане встречу.")
    found = rows(tmp_path, *ENTRIES[:1], edited, *ENTRIES[2:])
    words = [plain(row.find_class("word")[0]) for row in found]
    assert words == ["approved", "draft, edited", "draft", "draft", "draft", "empty"]
    assert "1 of 6 sentences approved, 4 drafts, 1 empty" in plain(parsed(page(tmp_path)))


def test_the_page_is_in_the_users_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "ru_RU.UTF-8")
    found = parsed(page(tmp_path))
    assert found.get("lang") == "ru"
    assert [plain(one) for one in found.find_class("columns")[0]] == ["Английский", "Русский"]
    assert "утверждено 1 из 6 предложений, 4 черновика, пусто: 1" in plain(found)
    assert found.get_element_by_id("at").get("data-finding") == "замечание {number} из {total}"
    assert [plain(one) for one in found.iter("h2")][:3] == ["Посмотреть, худшее сначала", "Место и дата", "Лид"]
    (lead,) = [row for row in found.find_class("row") if row.get("value") == "2"]
    assert "вставлено на место пропуска: прочтите соседние слова" in plain(lead.find_class("names")[0])
    assert not re.search(r"\b(draft|approved|empty|finding|sentence)s?\b", plain(found.find("body").find("header")))


def test_names_are_marked_on_both_sides_with_what_became_of_them(tmp_path: Path) -> None:
    _, lead, missing, *_ = rows(tmp_path)
    marked = [(mark.getparent().get("lang"), mark.get("data-name"), plain(mark)) for mark in lead.iter("mark")]
    assert marked == [
        ("en", "1", MINISTRY),
        ("en", "2", "Astana"),
        ("ru", "1", "Министерство иностранных дел Республики Казахстан"),
        ("ru", "2", "Астане"),
    ]
    ministry, astana = map(plain, lead.find_class("names")[0])
    assert ministry.endswith("set into a gap left for it: read around it")
    assert astana == "Astana → Астане told to the model"
    assert "doubtful" in lead.find_class("names")[0][0].get("class")
    (name,) = map(plain, missing.find_class("names")[0])
    assert name == f"{MINISTRY} → missing: write Министерство иностранных дел Республики Казахстан"


def test_findings_stand_beside_their_sentence_with_mark_and_fix(tmp_path: Path) -> None:
    finding = plain(rows(tmp_path)[4].find_class("finding")[0])
    assert re.fullmatch(
        r"error “из Астана”: “из” takes the genitive: write “Астаны” name-wrong-form [0-9a-f]{4} "
        r"Fix: Они прибыли из АстанаАстаны\.",
        finding,
    )


def test_what_changed_since_the_last_version_is_marked_word_by_word(tmp_path: Path) -> None:
    row = rows(tmp_path)[3]
    assert plain(row.find_class("changed")[0]).endswith("The talks will be held thisnext week.")
    assert ([plain(old) for old in row.iter("del")], [plain(new) for new in row.iter("ins")]) == (
        ["this"],
        ["next"],
    )
    assert plain(row.find_class("comment")[0]) == "Reviewer: Айгерим: уточнить дату"


def test_what_left_the_release_is_kept_in_sight(tmp_path: Path) -> None:
    assert plain(parsed(page(tmp_path)).find_class("obsolete")[0]) == "It was warm.Было тепло."


def test_the_worst_sentence_comes_first_on_request_and_in_the_index(tmp_path: Path) -> None:
    order = [row.get("id") for row in rows(tmp_path, order=Order.RISK)]
    assert order == ["s3", "s6", "s5", "s2", "s4", "s1"]
    (index,) = parsed(page(tmp_path)).iter("nav")
    assert [link.get("href") for link in index.iter("a")] == ["#s3", "#s6", "#s5"]


def test_nothing_of_a_text_becomes_markup_and_nothing_is_loaded(tmp_path: Path) -> None:
    text = page(tmp_path)
    assert "<script>alert(1)" not in text and "&lt;script&gt;alert(1)" in text
    assert "&lt;of &amp; for&gt;" in text
    tree = parsed(text)
    assert not tree.xpath("//@src | //link | //img | //iframe | //@style | //@onclick")
    assert all(link.get("href", "").startswith("#s") for link in tree.iter("a"))
    assert "default-src 'none'" in text
    assert "http:" not in text and "https:" not in text and "url(" not in text and "@import" not in text


def test_the_page_is_the_same_every_time_and_written_once(tmp_path: Path) -> None:
    first = page(tmp_path)
    (again,) = preview.preview(workspace.find(tmp_path), [SLUG])
    assert not again.changed
    assert again.path.read_text("utf-8") == first


def test_a_page_goes_where_it_is_told_to_and_over_no_other_file(tmp_path: Path) -> None:
    reviewed.workspace(tmp_path, *ENTRIES)
    place, out = workspace.find(tmp_path), tmp_path / "review.html"
    (made,) = preview.preview(place, [SLUG], out=out)
    (made,) = preview.preview(place, [SLUG], out=out, order=Order.RISK)
    assert (made.path, made.changed) == (out, True)
    out.write_text("<p>mine</p>", "utf-8")
    for wrong in (out, tmp_path / "review.po"):
        with pytest.raises(UsageError):
            list(preview.preview(place, [SLUG], out=wrong))
    reviewed.workspace(tmp_path, *ENTRIES[:1], lang=Lang.KK)
    with pytest.raises(UsageError, match="one file for 2 pages"):
        list(preview.preview(place, [SLUG], out=tmp_path / "both.html"))


def test_a_catalogue_that_cannot_be_read_stops_no_other(tmp_path: Path) -> None:
    reviewed.workspace(tmp_path, *ENTRIES)
    reviewed.workspace(tmp_path, *ENTRIES, lang=Lang.KK).write_bytes(b"\xff\xfe")
    kazakh, russian = preview.preview(workspace.find(tmp_path), [SLUG])
    assert kazakh.error is not None
    assert russian.changed


# ------------------------------------------------------------------ in a browser


PROBE = """
<script>
const press = (key) => document.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
const here = () => document.activeElement.closest(".row").id + "/" + document.activeElement.className;
const seen = [];
for (const key of ["j", "j", "j", "j", "k", "n", "n"]) { press(key); seen.push(here()); }
document.title = seen.join(" ");
</script>
"""


def browse(path: Path, profile: Path, *args: str) -> str:
    assert BROWSER
    call = [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}", *args, path.as_uri()]
    done = subprocess.run(call, capture_output=True, text=True, encoding="utf-8", timeout=240, check=True)
    return done.stdout


@pytest.mark.slow
@pytest.mark.skipif(not BROWSER, reason="needs a browser: apt-get install chromium")
def test_in_a_browser_the_keys_lead_from_finding_to_finding_and_foreign_scripts_do_not_run(tmp_path: Path) -> None:
    text = page(tmp_path)
    forbidden = tmp_path / "forbidden.html"
    forbidden.write_text(text.replace("</body>", PROBE + "</body>"), "utf-8")
    dom = browse(forbidden, tmp_path / "profile", "--dump-dom")
    assert "<title>en → ru: Meeting at the Ministry" in dom  # the page's policy stopped the probe
    assert '<p class="keys" id="keys">' in dom  # and let its own script run
    allowed = tmp_path / "allowed.html"
    allowed.write_text(re.sub(r"<meta http-equiv=[^\n]*\n", "", text).replace("</body>", PROBE + "</body>"), "utf-8")
    dom = browse(allowed, tmp_path / "profile", "--dump-dom")
    stops = re.findall(r"<title>(.*?)</title>", dom)[0].split(" s")
    assert [stop.removeprefix("s").partition("/")[0] for stop in stops] == ["3", "3", "3", "3", "3", "4", "5"]


@pytest.mark.slow
@pytest.mark.skipif(not BROWSER, reason="needs a browser: apt-get install chromium")
def test_in_a_browser_the_page_is_drawn_and_printed(tmp_path: Path) -> None:
    page(tmp_path)
    (path,) = (tmp_path / ".kzpress" / "preview").glob("*.html")
    shot, printed = tmp_path / "page.png", tmp_path / "page.pdf"
    browse(path, tmp_path / "profile", "--window-size=1280,1600", f"--screenshot={shot}")
    browse(path, tmp_path / "profile", "--no-pdf-header-footer", f"--print-to-pdf={printed}")
    assert shot.stat().st_size > 50_000  # a blank one has 8,000 bytes
    assert printed.read_bytes().startswith(b"%PDF")
