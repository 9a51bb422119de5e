"""The workspace on disk: which release is which, what is remembered of it, and settings that say what is wrong."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from pathlib import Path

import pytest

from kzpress import records, workspace
from kzpress.domain import Lang, Release
from kzpress.errors import NoWorkspaceError, ReleaseError, WorkspaceError
from kzpress.workspace import Workspace

TITLE = "Minister of Transport opened a railway terminal in Aktau"
SLUG = "2024-02-06-minister-of-transport-opened-a-railway-terminal-in-aktau"
DAY = dt.date(2024, 2, 6)


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    workspace.create(tmp_path / "desk")
    return workspace.find(tmp_path / "desk")


def release(
    text: str = "As received.",
    *,
    slug: str = SLUG,
    title: str = TITLE,
    origin: str = "terminal.txt",
    form: str = "txt",
    date: dt.date | None = DAY,
) -> Release:
    return Release(
        slug=slug,
        origin=origin,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        format=form,
        encoding="utf-8",
        title=title,
        date=date,
        city=None,
        agency=None,
        blocks=(),
    )


def settle(place: Workspace, found: Release, lang: Lang, taken: Mapping[str, str] = {}) -> str:
    """Return the slug of a release in a call that has ``taken`` others, digests by slug."""
    with records.opened(place) as known:
        for slug, digest in taken.items():
            known.take(slug, digest)
        return known.settle(found, lang)


def keep(place: Workspace, known: Release, lang: Lang = Lang.EN) -> str:
    slug = settle(place, known, lang)
    place.remember(known, slug, lang, b"As received.")
    return slug


def spoil(place: Workspace, slug: str, text: str = "{") -> Path:
    path = place.root / "releases" / slug / "release.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def settings(place: Workspace, data: bytes) -> None:
    (place.root / "kzpress.toml").write_bytes(data)


# ------------------------------------------------------------------ which release is which


def test_the_same_bytes_are_the_same_release_whatever_their_name(place: Workspace) -> None:
    slug = keep(place, release())
    renamed = release(slug="2024-02-07-railway", title="Railway", origin="copy.txt")
    assert settle(place, renamed, Lang.EN) == slug


def test_the_same_bytes_twice_in_one_call_are_one_release(place: Workspace) -> None:
    known = release()
    assert settle(place, release(origin="copy.txt"), Lang.EN, {f"{SLUG}-2": known.digest}) == f"{SLUG}-2"


def test_another_release_with_that_slug_gets_a_number(place: Workspace) -> None:
    keep(place, release())
    other = release("Another.", origin="other.txt")
    assert settle(place, other, Lang.EN) == f"{SLUG}-2"
    assert settle(place, other, Lang.EN, {f"{SLUG}-2": "0" * 64}) == f"{SLUG}-3"


def test_a_corrected_text_under_the_same_title_is_the_same_release(place: Workspace) -> None:
    slug = keep(place, release(date=None))
    assert settle(place, release("Corrected."), Lang.EN) == slug


def test_a_corrected_headline_of_the_same_day_is_the_same_release(place: Workspace) -> None:
    slug = keep(place, release())
    corrected = release("Corrected.", slug="2024-02-06-x", title=TITLE.replace("Transport", "Industry"))
    assert settle(place, corrected, Lang.EN) == slug


def test_another_headline_of_the_same_day_is_another_release(place: Workspace) -> None:
    keep(place, release())
    other = release("Another.", slug="2024-02-06-grain", title="Grain exports doubled since January")
    assert settle(place, other, Lang.EN) == "2024-02-06-grain"


def test_a_like_headline_without_a_date_is_another_release(place: Workspace) -> None:
    keep(place, release(date=None))
    other = release("Another.", slug="terminal", title=TITLE.replace("Aktau", "Almaty"), date=None)
    assert settle(place, other, Lang.EN) == "terminal"


def test_the_same_name_in_another_language_is_another_release(place: Workspace) -> None:
    keep(place, release(), Lang.RU)
    assert settle(place, release("Another."), Lang.EN) == f"{SLUG}-2"


def test_of_two_releases_that_may_be_meant_the_one_of_that_day_is(place: Workspace) -> None:
    keep(place, release(slug="2024-02-05-terminal", origin="a.txt", date=dt.date(2024, 2, 5)))
    keep(place, release("Second.", origin="b.txt"))
    for slug in ("2024-02-05-terminal", SLUG):
        path = place.root / "releases" / slug / "release.json"
        path.write_text(path.read_text("utf-8").replace("a.txt", "release.txt").replace("b.txt", "release.txt"))
    assert settle(place, release("Corrected.", origin="release.txt"), Lang.EN) == SLUG


def test_two_files_of_one_call_that_correct_the_same_release_are_refused(place: Workspace) -> None:
    slug = keep(place, release())
    with pytest.raises(ReleaseError, match="another file of this call is the same release") as caught:
        settle(place, release("Second correction."), Lang.EN, {slug: release("First correction.").digest})
    assert caught.value.where == "terminal.txt"
    assert caught.value.hint == "give one of them another name, or translate them one after the other"


def test_a_correction_and_what_it_corrects_are_refused_in_one_call(place: Workspace) -> None:
    slug = keep(place, release())
    with pytest.raises(ReleaseError, match="another file of this call"):
        settle(place, release(), Lang.EN, {slug: release("Corrected.").digest})


# ------------------------------------------------------------------ records


def test_a_record_comes_back_as_it_was_kept(place: Workspace) -> None:
    record = place.record(keep(place, release()))
    assert record is not None
    assert (record.slug, record.title, record.date, record.language) == (SLUG, TITLE, DAY, Lang.EN)
    assert place.record("no-such-release") is None


@pytest.mark.parametrize("text", ["{", "[]", '{"date": null, "language": "de"}', "\0"])
def test_a_broken_record_is_named(place: Workspace, text: str) -> None:
    path = spoil(place, "x", text)
    with pytest.raises(WorkspaceError, match="cannot be read") as caught:
        place.record("x")
    assert caught.value.where == str(path)


def test_a_record_whose_title_is_no_text_is_broken(place: Workspace) -> None:
    slug = keep(place, release())
    path = place.root / "releases" / slug / "release.json"
    path.write_text(path.read_text("utf-8").replace(f'"{TITLE}"', "null"), "utf-8")
    with pytest.raises(WorkspaceError, match="cannot be read"):
        place.record(slug)


def test_a_broken_record_stops_no_other_release(place: Workspace) -> None:
    slug = keep(place, release())
    spoil(place, "2020-01-01-old")
    assert [record.slug for record in place.records()] == [slug]
    assert settle(place, release("Corrected."), Lang.EN) == slug


@pytest.mark.parametrize("broken", [SLUG, f"{SLUG}-2"])
def test_a_broken_record_stops_the_release_that_would_replace_it(place: Workspace, broken: str) -> None:
    if broken != SLUG:
        keep(place, release())
    path = spoil(place, broken)
    with pytest.raises(WorkspaceError, match="cannot be read") as caught:
        settle(place, release("Another.", origin="other.txt"), Lang.EN)
    assert caught.value.where == str(path)


@pytest.mark.parametrize(
    ("origin", "form", "copy"),
    [
        ("U.S. agree on trade", "txt", "source.txt"),
        ("release.final version", "md", "source.md"),
        ("page.HTM", "html", "source.html"),
        ("letter", "eml", "source.eml"),
        ("release.docx", "docx", "source.docx"),
    ],
)
def test_the_copy_is_named_by_its_format(place: Workspace, origin: str, form: str, copy: str) -> None:
    slug = keep(place, release(origin=origin, form=form))
    record = place.record(slug)
    assert record is not None and record.source == copy
    assert {path.name for path in (place.root / "releases" / slug).iterdir()} == {copy, "release.json"}


# ------------------------------------------------------------------ making and finding a workspace


def test_a_glossary_that_cannot_be_copied_whole_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    starter, desk = tmp_path / "starter", tmp_path / "desk"
    starter.mkdir()
    (starter / "a.toml").write_text("", "utf-8")
    (starter / "b.toml").symlink_to(tmp_path / "nowhere")
    monkeypatch.setattr(workspace, "STARTER_GLOSSARY", starter)
    with pytest.raises(WorkspaceError, match="cannot be written"):
        workspace.create(desk)
    assert {path.name for path in desk.iterdir()} == {"inbox", "releases", "locales"}
    (tmp_path / "nowhere").write_text("", "utf-8")
    assert desk / "glossary" in workspace.create(desk)
    assert {path.name for path in (desk / "glossary").iterdir()} == {"a.toml", "b.toml"}


def test_settings_saved_with_a_byte_order_mark_are_read(place: Workspace) -> None:
    settings(place, b'\xef\xbb\xbftargets = ["ru"]\n')
    assert workspace.find(place.root).settings.targets == (Lang.RU,)


def test_no_targets_at_all_are_refused_with_a_hint(place: Workspace) -> None:
    settings(place, b"targets = []\n")
    with pytest.raises(WorkspaceError, match="targets") as caught:
        workspace.find(place.root)
    assert caught.value.where == str(place.root / "kzpress.toml")
    assert caught.value.hint is not None and '["kk", "ru", "en"]' in caught.value.hint


def test_a_workspace_is_found_from_a_folder_within(place: Workspace) -> None:
    assert workspace.find(place.root / "locales" / "kk").root == place.root


def test_where_there_is_no_workspace_the_error_says_so_by_its_class(tmp_path: Path) -> None:
    with pytest.raises(NoWorkspaceError, match=r"no kzpress\.toml") as caught:
        workspace.find(tmp_path)
    assert caught.value.hint is not None and "kzpress init" in caught.value.hint


def test_wrong_settings_are_not_taken_for_no_workspace(place: Workspace) -> None:
    settings(place, b"targets =")
    with pytest.raises(WorkspaceError, match="cannot be read") as caught:
        workspace.find(place.root)
    assert not isinstance(caught.value, NoWorkspaceError)


def test_a_folder_that_does_not_exist_is_not_a_folder_without_a_workspace(place: Workspace) -> None:
    with pytest.raises(WorkspaceError, match="no such folder") as caught:
        workspace.find(place.root / "desc")
    assert caught.value.where == str(place.root / "desc")
    assert not isinstance(caught.value, NoWorkspaceError)


def test_the_language_of_notes_is_a_setting(place: Workspace) -> None:
    assert workspace.find(place.root).settings.reviewer is None
    settings(place, b'[review]\nlanguage = "ru"\n')
    assert workspace.find(place.root).settings.reviewer is Lang.RU


@pytest.mark.parametrize(
    ("said", "hint"),
    [(b'[review]\nlangauge = "ru"\n', "review.language"), (b'[review]\nlanguage = "de"\n', "language")],
)
def test_a_wrong_review_setting_is_told(place: Workspace, said: bytes, hint: str) -> None:
    settings(place, said)
    with pytest.raises(WorkspaceError) as caught:
        workspace.find(place.root)
    assert hint in (caught.value.hint or "")
