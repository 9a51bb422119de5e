"""Publishing and withdrawing as a newsroom meets them."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from kzpress import catalog
from kzpress.domain import Lang, State
from kzpress.errors import Exit
from kzpress.workspace import Workspace
from tests.cli.calling import Call, calling
from tests.edition.desk import SETTINGS, TEXT, approve, desk, receive

CORRECTED = TEXT.replace("12 experts", "15 experts")
FIFTEEN = {
    Lang.RU: "На первую встречу приедут 15 экспертов из <b>каждой</b> страны & Организации Объединённых Наций.",
    Lang.KK: "Алғашқы отырысқа <b>әр</b> елден & Біріккен Ұлттар Ұйымынан 15 сарапшы келеді.",
}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.chdir(tmp_path)
    return desk(tmp_path)


@pytest.fixture
def slug(place: Workspace) -> str:
    return receive(place)


@pytest.fixture
def kzpress(place: Workspace, capfd: pytest.CaptureFixture[str]) -> Call:
    return calling(capfd)


def outcomes(kzpress: Call, *args: str) -> dict[str, str]:
    return {line["lang"]: line["outcome"] for line in kzpress("publish", "--json", *args).objects}


def test_where_there_is_nothing_to_publish_a_note_says_why(kzpress: Call) -> None:
    said = kzpress("publish")
    assert (said.status, said.out) == (Exit.DONE, "")
    assert said.err == "note: no catalogues found: `kzpress translate FILE` makes them\n"


def online(place: Workspace) -> dict[str, bytes]:
    return {path.relative_to(place.root).as_posix(): path.read_bytes() for path in place.root.glob("editions/*/*")}


def correct(place: Workspace, slug: str, *langs: Lang) -> None:
    """Let the source be corrected and these translations follow it, as their reviewers would."""
    assert receive(place, CORRECTED) == slug
    for lang in langs:
        path = place.catalog(lang, slug)
        found = catalog.read(path)
        old = next(entry for entry in found.entries if entry.state is State.DRAFT)
        text = (
            path.read_text("utf-8")
            .replace("#, fuzzy\n", "")
            .replace(f'msgstr "{old.text}"', f'msgstr "{FIFTEEN[lang]}"')
        )
        path.write_text(text, "utf-8")


# ------------------------------------------------------------------ the gate


def test_without_settings_it_says_what_to_write_where(place: Workspace, slug: str, kzpress: Call) -> None:
    (place.root / "kzpress.toml").write_text("version = 1\n", "utf-8")
    said = kzpress("publish")
    assert said.status == Exit.USAGE
    assert "kzpress.toml" in said.err and 'url = "https://press.example.kz"' in said.err


def test_what_no_person_has_approved_is_not_published(place: Workspace, slug: str, kzpress: Call) -> None:
    said = kzpress("publish")
    assert (said.status, said.err) == (Exit.NO, "")
    assert said.out.splitlines() == [
        f"{slug}  kk  not ready",
        "    6 of 6 entries are not approved",
        f"{slug}  ru  not ready",
        "    6 of 6 entries are not approved",
        f"{slug}  en  not ready",
        "    it is published together with the first translation that is ready",
    ]
    assert not online(place)


def test_a_reviewed_locale_is_published_and_the_source_with_it(place: Workspace, slug: str, kzpress: Call) -> None:
    approve(place, slug, Lang.RU)
    said = kzpress("publish")
    assert said.status == Exit.DONE
    assert f"{slug}  ru  published   editions/ru/{slug}.html .docx .json .txt" in said.out.splitlines()
    assert {path.parent.name for path in place.root.glob("editions/*/*.html")} == {"ru", "en"}
    assert {path.name for path in place.root.glob("editions/ru/*")} == {
        *(f"{slug}.{suffix}" for suffix in ("html", "docx", "txt", "json")),
        "feed.atom",
        "sitemap.xml",
    }
    text = (place.root / "editions" / "ru" / f"{slug}.txt").read_text("utf-8")
    assert "АСТАНА. КАЗИНФОРМ – Министры пяти стран" in text and "в год.\n" in text
    assert "&lt;b&gt;каждой&lt;/b&gt;" in (place.root / "editions" / "ru" / f"{slug}.html").read_text("utf-8")


def test_a_named_release_must_be_ready_in_every_locale_asked_for(place: Workspace, slug: str, kzpress: Call) -> None:
    approve(place, slug, Lang.RU)
    assert kzpress("publish", slug).status == Exit.NO
    assert kzpress("publish", slug, "--lang", "ru").status == Exit.DONE
    assert kzpress("publish", slug, "--lang", "kk").status == Exit.NO
    assert kzpress("publish", slug, "--lang", "en").status == Exit.DONE
    said = kzpress("publish", "2020-no-such")
    assert said.status == Exit.CATALOG and "2020-no-such" in said.err


def test_one_fuzzy_entry_is_enough_to_hold_a_locale_back(place: Workspace, slug: str, kzpress: Call) -> None:
    approve(place, slug, Lang.RU)
    path = place.catalog(Lang.RU, slug)
    path.write_text(path.read_text("utf-8").replace('msgctxt "headline"', '#, fuzzy\nmsgctxt "headline"'), "utf-8")
    assert "1 of 6 entries are not approved" in kzpress("publish", "--lang", "ru").out
    assert not online(place)


def test_an_error_finding_holds_a_locale_back_until_it_is_mended_or_acknowledged(
    place: Workspace, slug: str, kzpress: Call
) -> None:
    approve(place, slug, Lang.RU)
    path = place.catalog(Lang.RU, slug)
    path.write_text(path.read_text("utf-8").replace("12 экспертов", "13 экспертов"), "utf-8")
    (line,) = kzpress("publish", "--json", "--lang", "ru").objects
    (reason,) = line["reasons"]
    assert (line["outcome"], reason["code"], reason["finding"], reason["context"]) == (
        "not ready",
        "finding",
        "number-mismatch",
        "body",
    )
    assert "error finding number-mismatch at body “The first meeting" in reason["message"]
    (finding,) = kzpress("check", "--json", "--lang", "ru").objects[0]["findings"]
    head, tail = path.read_text("utf-8").rsplit("\n\n", 1)  # the sentence is the last entry
    path.write_text(f"{head}\n\n# kzpress: ok number-mismatch {finding['mark']}\n{tail}", "utf-8")
    assert outcomes(kzpress, "--lang", "ru") == {"ru": "published", "en": "published"}


def test_a_catalogue_of_another_source_is_not_published(place: Workspace, slug: str, kzpress: Call) -> None:
    approve(place, slug, Lang.RU)
    approve(place, slug, Lang.KK)
    receive(place, CORRECTED, (Lang.KK,))
    said = kzpress("publish", "--lang", "ru").out
    assert "the source changed since this catalogue was made: run `kzpress translate` again" in said
    assert "1 of 6 sentences are not in the catalogue" in said
    assert not online(place)


def test_a_kept_source_that_is_not_what_was_received_stops_its_release(
    place: Workspace, slug: str, kzpress: Call
) -> None:
    approve(place, slug, Lang.RU)
    (place.root / "releases" / slug / "source.txt").write_text(CORRECTED, "utf-8")
    said = kzpress("publish")
    assert said.status == Exit.RELEASE
    assert "this is not the source as it was received" in said.err
    assert not online(place)


def test_a_damaged_catalogue_stops_no_other(place: Workspace, slug: str, kzpress: Call) -> None:
    approve(place, slug, Lang.RU)
    place.catalog(Lang.KK, slug).write_text("<<<<<<< HEAD\n", "utf-8")
    said = kzpress("publish")
    assert said.status == Exit.PARTIAL
    assert "merge conflict" in said.err and f"{slug}  ru  published" in said.out


def test_characters_that_no_page_may_have_are_a_reason(place: Workspace, slug: str, kzpress: Call) -> None:
    approve(place, slug, Lang.RU)
    path = place.catalog(Lang.RU, slug)
    path.write_text(path.read_text("utf-8").replace("дважды в год", "дважды\\v в год"), "utf-8")
    assert "characters that no page may have: U+000B" in kzpress("publish", "--lang", "ru").out


def test_no_option_publishes_what_is_not_reviewed(kzpress: Call) -> None:
    said = kzpress("publish", "--help").out
    options = {word for word in said.replace(",", " ").split() if word.startswith("--")}
    assert options == {"--lang", "--json", "--help"}


# ------------------------------------------------------------------ again, and corrected


def test_publishing_twice_changes_no_byte(place: Workspace, slug: str, kzpress: Call) -> None:
    approve(place, slug, Lang.RU)
    approve(place, slug, Lang.KK)
    assert outcomes(kzpress) == {"kk": "published", "ru": "published", "en": "published"}
    ledger = place.ledger(slug)
    before = online(place) | {"ledger": ledger.read_bytes()}
    stamps = {path: path.stat().st_mtime_ns for path in place.root.glob("editions/*/*")}
    assert outcomes(kzpress) == {"kk": "up to date", "ru": "up to date", "en": "up to date"}
    assert online(place) | {"ledger": ledger.read_bytes()} == before
    assert {path: path.stat().st_mtime_ns for path in place.root.glob("editions/*/*")} == stamps


def test_editions_that_are_lost_come_back_byte_for_byte(place: Workspace, slug: str, kzpress: Call) -> None:
    approve(place, slug, Lang.RU)
    kzpress("publish")
    before = online(place)
    shutil.rmtree(place.root / "editions")
    assert kzpress("publish").status == Exit.DONE
    assert online(place) == before


def test_a_language_published_later_is_linked_from_the_pages_there_are(
    place: Workspace, slug: str, kzpress: Call
) -> None:
    approve(place, slug, Lang.RU)
    kzpress("publish")
    assert b'hreflang="kk"' not in online(place)[f"editions/ru/{slug}.html"]
    approve(place, slug, Lang.KK)
    assert outcomes(kzpress) == {"kk": "published", "ru": "up to date", "en": "up to date"}
    assert all(b'hreflang="kk"' in data for name, data in online(place).items() if name.endswith(".html"))


def test_a_corrected_source_leaves_what_is_online_until_its_translation_is_approved_again(
    place: Workspace, slug: str, kzpress: Call
) -> None:
    approve(place, slug, Lang.RU)
    approve(place, slug, Lang.KK)
    kzpress("publish")
    before = online(place)
    correct(place, slug)
    assert outcomes(kzpress) == {"kk": "stale", "ru": "stale", "en": "stale"}
    assert online(place) == before
    said = kzpress("publish", slug)
    assert said.status == Exit.NO and "1 of 6 entries are not approved" in said.out


def test_a_correction_is_noted_in_every_language_that_has_it_and_no_other(
    place: Workspace, slug: str, kzpress: Call
) -> None:
    approve(place, slug, Lang.RU)
    approve(place, slug, Lang.KK)
    kzpress("publish")
    before = online(place)
    correct(place, slug, Lang.RU)
    assert outcomes(kzpress) == {"kk": "stale", "ru": "corrected", "en": "corrected"}
    after = online(place)
    assert "Исправлено" in after[f"editions/ru/{slug}.txt"].decode()
    assert "15 экспертов" in after[f"editions/ru/{slug}.txt"].decode()
    assert "Corrected on" in after[f"editions/en/{slug}.txt"].decode()
    assert after[f"editions/kk/{slug}.html"] == before[f"editions/kk/{slug}.html"]
    assert outcomes(kzpress) == {"kk": "stale", "ru": "up to date", "en": "up to date"}


def test_kazakh_in_latin_letters_is_a_setting(place: Workspace, slug: str, kzpress: Call) -> None:
    approve(place, slug, Lang.KK)
    (place.root / "kzpress.toml").write_text(SETTINGS + "latin = true\n", "utf-8")
    assert f"editions/kk-Latn/{slug}.html" in kzpress("publish").out
    text = online(place)[f"editions/kk-Latn/{slug}.txt"].decode()
    assert "Bes eldıñ ministrlerı 5 nauryzda ortaq özender jönındegı keñes qūruğa kelıstı." in text


# ------------------------------------------------------------------ withdrawing


def test_a_withdrawn_release_leaves_a_notice_in_every_edition_and_is_refused(
    place: Workspace, slug: str, kzpress: Call
) -> None:
    approve(place, slug, Lang.RU)
    kzpress("publish")
    said = kzpress("withdraw", slug)
    assert (said.status, said.out) == (Exit.DONE, f"{slug}  withdrawn in en, ru\n")
    files = online(place)
    assert b'content="noindex"' in files[f"editions/ru/{slug}.html"]
    assert "Этот пресс-релиз отозван" in files[f"editions/ru/{slug}.txt"].decode()
    assert "Press release withdrawn" in files["editions/en/feed.atom"].decode()
    assert "editions/en/sitemap.xml" not in files, "no sitemap without an address"
    assert not any("совет" in data.decode("utf-8", "ignore") for data in files.values())
    refused = kzpress("publish", slug)
    assert refused.status == Exit.NO and "it was withdrawn on" in refused.out
    assert online(place) == files
    assert "was withdrawn on" in kzpress("withdraw", slug).out


def test_what_was_withdrawn_comes_back_by_publishing_alone(place: Workspace, slug: str, kzpress: Call) -> None:
    approve(place, slug, Lang.RU)
    approve(place, slug, Lang.KK)
    kzpress("publish")
    kzpress("withdraw", slug)
    files = online(place)
    assert "may be published again" in kzpress("withdraw", "--undo", slug).out
    assert online(place) == files
    correct(place, slug, Lang.RU)
    assert outcomes(kzpress) == {"kk": "not ready", "ru": "published", "en": "published"}
    assert b'content="noindex"' in online(place)[f"editions/kk/{slug}.html"]
    page = online(place)[f"editions/ru/{slug}.html"].decode()
    assert "noindex" not in page and "15 экспертов" in page and 'hreflang="kk"' not in page
    assert kzpress("withdraw", "--undo", slug).out == f"{slug}  is not withdrawn\n"


def test_only_what_was_published_can_be_withdrawn(place: Workspace, slug: str, kzpress: Call) -> None:
    said = kzpress("withdraw", slug)
    assert said.status == Exit.USAGE and "nothing of this release was published" in said.err


def test_a_slug_with_a_stroke_withdraws_nothing_rather_than_half(place: Workspace, slug: str, kzpress: Call) -> None:
    approve(place, slug, Lang.RU)
    kzpress("publish")
    before, known = online(place), place.ledger(slug).read_bytes()
    said = kzpress("withdraw", f"{slug}/")
    assert said.status == Exit.USAGE and "nothing of this release was published" in said.err
    assert (online(place), place.ledger(slug).read_bytes()) == (before, known)


# ------------------------------------------------------------------ bad luck


def test_a_broken_template_is_told_with_its_line_and_nothing_is_published(
    place: Workspace, slug: str, kzpress: Call
) -> None:
    approve(place, slug, Lang.RU)
    place.templates.mkdir()
    (place.templates / "edition.html").write_text("<h1>{{ title }}</h1>\n{{ lead }}\n", "utf-8")
    said = kzpress("publish")
    assert said.status == Exit.USAGE
    assert f"{place.templates / 'edition.html'}:2: " in said.err and "'lead' is undefined" in said.err
    assert not online(place) and not place.ledger(slug).exists()


def test_while_another_is_working_nothing_is_done(place: Workspace, slug: str, kzpress: Call) -> None:
    approve(place, slug, Lang.RU)
    with place.lock():
        assert kzpress("publish").status == Exit.LOCKED
        assert kzpress("withdraw", slug).status == Exit.LOCKED
    assert not online(place)


def test_a_run_that_could_not_write_is_completed_by_the_next(place: Workspace, slug: str, kzpress: Call) -> None:
    approve(place, slug, Lang.RU)
    (place.root / "editions").mkdir()
    (place.root / "editions" / "ru").write_text("no folder", "utf-8")
    said = kzpress("publish")
    assert said.status == Exit.USAGE and "cannot be written" in said.err
    first = json.loads(place.ledger(slug).read_text("utf-8"))["locales"]["ru"]["first"]
    (place.root / "editions" / "ru").unlink()
    assert outcomes(kzpress) == {"kk": "not ready", "ru": "up to date", "en": "up to date"}
    assert first.encode() in online(place)["editions/ru/feed.atom"]


def test_a_withdrawal_that_could_not_write_is_completed_by_the_next(place: Workspace, slug: str, kzpress: Call) -> None:
    approve(place, slug, Lang.RU)
    kzpress("publish")
    (place.root / "editions" / "ru").rename(place.root / "aside")
    (place.root / "editions" / "ru").write_text("no folder", "utf-8")
    assert kzpress("withdraw", slug).status == Exit.USAGE
    (place.root / "editions" / "ru").unlink()
    (place.root / "aside").rename(place.root / "editions" / "ru")
    assert "was withdrawn on" in kzpress("withdraw", slug).out
    assert not any("совет" in data.decode("utf-8", "ignore") for data in online(place).values())


def test_the_only_ledger_damaged_leaves_the_feeds_as_they_were(place: Workspace, slug: str, kzpress: Call) -> None:
    approve(place, slug, Lang.RU)
    kzpress("publish")
    before = online(place)
    place.ledger(slug).write_text("{", "utf-8")
    said = kzpress("publish")
    assert said.status == Exit.USAGE and said.err.count("error:") == 1
    assert online(place) == before


def test_a_damaged_ledger_holds_up_no_other_release(place: Workspace, slug: str, kzpress: Call) -> None:
    approve(place, slug, Lang.RU)
    kzpress("publish")
    feed = place.edition("ru", "feed.atom")
    name = re.search(r"<id>.*?</id>", feed.read_text("utf-8"))
    text = TEXT.replace("Ministers agree on a water council", "It will meet twice a year.")
    other = receive(place, text, name="2024-03-06-council.txt")
    approve(place, other, Lang.RU)
    place.ledger(slug).write_text("{", "utf-8")
    said = kzpress("publish", "--lang", "ru")
    assert said.err.count("error:") == 1
    assert f"/{other}.html" in feed.read_text("utf-8") and f"/{slug}.html" not in feed.read_text("utf-8")
    assert name and name[0] in feed.read_text("utf-8"), "readers know the feed by its identifier"
    said = kzpress("withdraw", other)
    assert said.status == Exit.PARTIAL and "withdrawn in" in said.out and said.err.count("error:") == 1
    assert not place.edition("ru", "sitemap.xml").exists(), "no sitemap without an address"


# ------------------------------------------------------------------ settings


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (SETTINGS.replace("url", "adress"), "unknown key 'publish.adress'"),
        (SETTINGS.replace("kk =", "kz ="), "unknown key 'publish.organisation.kz'"),
        (SETTINGS.replace("https://press.example.kz/", "press.example.kz"), "no address of a site"),
        (SETTINGS.replace("press.example.kz", "пресс.қаз"), "beyond ASCII"),
        (SETTINGS.replace("Пресс-служба", " "), "organisation in kk, ru and en"),
        (SETTINGS + "latin = 3\n", "latin as true or false"),
        ("publish = 3\n", "not iterable"),
    ],
)
def test_settings_that_cannot_be_meant_are_refused(place: Workspace, kzpress: Call, settings: str, told: str) -> None:
    (place.root / "kzpress.toml").write_text(settings, "utf-8")
    said = kzpress("publish")
    assert said.status == Exit.USAGE and told in said.err and "hint: " in said.err
