"""An import adds and tells; what a person wrote changes only when asked, and nothing beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kzpress.domain import Lang
from kzpress.errors import GlossaryError, UsageError
from kzpress.glossary import load
from kzpress.glossary.exchange import import_file, to_csv
from tests.glossary.exchange.samples import ENTRIES, OWN, glossary_in, written

SENATE = "senate-kz,institution,Senate,Сенат,Сенат,parlam.kz\r\n"
HEADER = "id,kind,names.en,names.ru,names.kk,source\r\n"


def edited(folder: Path, *changes: tuple[str, str]) -> Path:
    """Write the glossary's table with some cells changed, as a translator sends it back."""
    text = to_csv(folder).data.decode("utf-8-sig")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return written(folder.parent, "back.csv", text)


def test_new_entries_go_into_a_file_of_their_own(tmp_path: Path) -> None:
    folder = glossary_in(tmp_path, OWN)
    done = import_file(folder, written(tmp_path, "terms.csv", HEADER + SENATE))
    assert (done.new, done.files) == (("senate-kz",), ("glossary/imported.toml",))
    assert (
        (folder / "imported.toml")
        .read_text("utf-8")
        .endswith(
            '\n[senate-kz]\nkind = "institution"\nnames.en = "Senate"\nnames.ru = "Сенат"\nnames.kk = "Сенат"\n'
            'source = "parlam.kz"\n'
        )
    )
    assert (folder / "all.toml").read_text("utf-8") == OWN


def test_new_entries_are_put_at_the_end_of_a_file_that_is_there(tmp_path: Path) -> None:
    folder = glossary_in(tmp_path)
    (folder / "all.toml").write_bytes(ENTRIES.replace("\n", "\r\n").encode())
    import_file(folder, written(tmp_path, "terms.csv", HEADER + SENATE), into="all.toml")
    data = (folder / "all.toml").read_bytes()
    assert data.startswith(ENTRIES.rstrip().replace("\n", "\r\n").encode())
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert "senate-kz" in load(folder).entries


@pytest.mark.parametrize("into", ["../elsewhere.toml", "/tmp/elsewhere.toml", "imported.txt", ".hidden.toml"])
def test_new_entries_go_nowhere_but_into_the_glossary(tmp_path: Path, into: str) -> None:
    folder = glossary_in(tmp_path, OWN)
    with pytest.raises(UsageError):
        import_file(folder, written(tmp_path, "terms.csv", HEADER + SENATE), into=into)


def test_what_differs_is_told_and_left(tmp_path: Path) -> None:
    folder = glossary_in(tmp_path)
    done = import_file(folder, edited(folder, ("MFA | Foreign Ministry", "Foreign Ministry")))
    (found,) = done.differences
    assert (found.entry, found.field, found.place) == ("mfa-kz", "short.en", "glossary/all.toml")
    assert (found.ours, found.theirs, found.taken) == ("MFA | Foreign Ministry", "Foreign Ministry", False)
    assert not done.is_complete
    assert (folder / "all.toml").read_text("utf-8") == ENTRIES


def test_an_update_changes_its_lines_and_no_other(tmp_path: Path) -> None:
    folder = glossary_in(tmp_path)
    changes = (
        ("MFA | Foreign Ministry", "Foreign Ministry"),
        ("МИД Казахстана | министерство внешних дел", ""),
        ("until 2019-03-23 | from 2022-09-17", "from 2022-09-17"),
        ("akorda.kz", "akorda.kz/ru"),
    )
    done = import_file(folder, edited(folder, *changes), update=True)
    assert (done.updated, done.refused, done.is_complete) == (("mfa-kz", "astana", "azimova"), (), True)
    expected = (
        ENTRIES.replace('["MFA", "Foreign Ministry"]  # the', '"Foreign Ministry"  # the')
        .replace('variants.ru = [\n    "МИД Казахстана",\n    "министерство внешних дел",\n]\n', "")
        .replace("[{ to = 2019-03-23 }, { from = 2022-09-17 }]", "{ from = 2022-09-17 }")
        .replace('"akorda.kz"', '"akorda.kz/ru"')
    )
    assert (folder / "all.toml").read_text("utf-8") == expected


def test_an_update_puts_a_new_field_where_it_belongs(tmp_path: Path) -> None:
    folder = glossary_in(tmp_path)
    path = written(tmp_path, "back.csv", "id,forbidden.ru,note\r\nastana,Нурсултан,Renamed twice\r\n")
    import_file(folder, path, update=True)
    assert (folder / "all.toml").read_text("utf-8") == ENTRIES.replace(
        'names.kk = "Астана"\nvalid = [{ to = 2019-03-23 }, { from = 2022-09-17 }]\n'
        'source = "Decree of the President of 17 September 2022"\n',
        'names.kk = "Астана"\nforbidden.ru = "Нурсултан"\nvalid = [{ to = 2019-03-23 }, { from = 2022-09-17 }]\n'
        'source = "Decree of the President of 17 September 2022"\nnote = "Renamed twice"\n',
    )


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('names.en = "Astana"', 'names = { en = "Astana", ru = "Астана", kk = "Астана" }', "not on a line of its own"),
        ('short.en = ["MFA", "Foreign Ministry"]', 'short.en = [\n"MFA", # x\n"Foreign Ministry"]', "a comment stands"),
    ],
)
def test_what_cannot_be_changed_safely_is_left_to_a_person(tmp_path: Path, old: str, new: str, reason: str) -> None:
    text = ENTRIES.replace(old, new)
    if "names = " in new:
        text = text.replace('names.ru = "Астана"\nnames.kk = "Астана"\n', "")
    folder = glossary_in(tmp_path, text)
    english = "Ministry of Foreign Affairs of the Republic of Kazakhstan"
    table = f"id,names.en,short.en\r\nastana,Astana City,\r\nmfa-kz,{english},X\r\n"
    done = import_file(folder, written(tmp_path, "back.csv", table), update=True)
    assert any(reason in refusal.reason for refusal in done.refused)
    assert not done.is_complete
    assert new in (folder / "all.toml").read_text("utf-8")


def test_a_file_that_begins_with_a_mark_is_updated(tmp_path: Path) -> None:
    folder = glossary_in(tmp_path)
    (folder / "all.toml").write_bytes(b"\xef\xbb\xbf" + ENTRIES.encode())
    done = import_file(folder, written(tmp_path, "back.csv", "id,source\r\nfrance,un.org\r\n"), update=True)
    assert done.updated == ("france",)
    assert load(folder).entries["france"].source == "un.org"


def test_an_update_that_would_make_the_glossary_invalid_is_refused(tmp_path: Path) -> None:
    folder = glossary_in(tmp_path)
    table = "id,names.ru\r\nfrance,Монголия\r\nastana,Астана-город\r\n"
    done = import_file(folder, written(tmp_path, "back.csv", table), update=True)
    assert done.updated == ("astana",)
    (refusal,) = done.refused
    assert refusal.entry == "france"
    assert load(folder).entries["france"].names[Lang.RU] == "Франция"


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    folder = glossary_in(tmp_path, OWN)
    done = import_file(folder, written(tmp_path, "terms.csv", HEADER + SENATE), dry_run=True)
    assert done.new == ("senate-kz",)
    assert [path.name for path in folder.iterdir()] == ["all.toml"]


def test_a_concept_under_another_id_is_known_by_its_names(tmp_path: Path) -> None:
    folder = glossary_in(tmp_path, OWN)
    text = OWN.partition("names.en")[2].replace('"', "")
    english, russian, kazakh = (line.partition("= ")[2] for line in text.splitlines()[:3])
    table = f"id,names.en,names.ru,names.kk\r\nobse,{english},{russian},{kazakh}\r\n"
    done = import_file(folder, written(tmp_path, "terms.csv", table))
    assert (done.unchanged, done.new) == (1, ())


def test_a_glossary_that_is_not_valid_is_not_imported_into(tmp_path: Path) -> None:
    folder = glossary_in(tmp_path, OWN.replace("kind", "# kind"))
    with pytest.raises(GlossaryError, match="has no kind"):
        import_file(folder, written(tmp_path, "terms.csv", HEADER + SENATE))
    assert [path.name for path in folder.iterdir()] == ["all.toml"]
