"""The table is the glossary, losing nothing; it is read as Excel and people leave it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzpress.errors import GlossaryError
from kzpress.glossary import load
from kzpress.glossary.entry import KEYS
from kzpress.glossary.exchange import fields, import_file, table, to_csv
from kzpress.glossary.exchange.model import Imported
from kzpress.workspace import STARTER_GLOSSARY
from tests.glossary.exchange.samples import ENTRIES, OWN, glossary_in, written

UNLIKE = """[unlike]
kind = "event"
names.en = "Unlike"
names.ru = "Непохожее"
names.kk = "Ұқсамас"
source = "a"
"""
HEADER = "id,kind,names.en,names.ru,names.kk,source\r\n"
SENATE = 'senate-kz,institution,Senate of the Parliament,Сенат Парламента,Парламент Сенаты,"Constitution, Art. 50"\r\n'


def took(folder: Path, data: str | bytes) -> Imported:
    return import_file(glossary_in(folder, OWN), written(folder, "terms.csv", data))


def test_every_key_of_an_entry_has_its_columns() -> None:
    assert {column.partition(".")[0] for column in fields.COLUMNS} == set(KEYS)


def test_out_and_into_an_empty_glossary_is_the_same_glossary(tmp_path: Path) -> None:
    folder = glossary_in(tmp_path / "from")
    path = written(tmp_path, "terms.csv", to_csv(folder).data)
    empty = glossary_in(tmp_path / "to", OWN)
    done = import_file(empty, path)
    assert not done.refused
    (empty / "all.toml").unlink()
    there, here = load(empty), load(folder)
    assert there.digest == here.digest
    for name, entry in here.entries.items():
        again = there.entries[name]
        assert (again.source, again.note, again.iso) == (entry.source, entry.note, entry.iso)
    assert to_csv(empty).data == to_csv(folder).data


def test_the_starter_glossary_survives_a_table(tmp_path: Path) -> None:
    path = written(tmp_path, "terms.csv", to_csv(STARTER_GLOSSARY).data)
    empty = glossary_in(tmp_path, UNLIKE)
    done = import_file(empty, path)
    assert not done.refused
    (empty / "all.toml").unlink()
    assert load(empty).digest == load(STARTER_GLOSSARY).digest


def test_the_same_table_again_changes_nothing(tmp_path: Path) -> None:
    folder = glossary_in(tmp_path)
    done = import_file(folder, written(tmp_path, "terms.csv", to_csv(folder).data))
    assert (done.unchanged, done.new, done.differences, done.files) == (8, (), (), ())
    assert (folder / "all.toml").read_text("utf-8") == ENTRIES


def test_no_cell_is_a_formula_to_a_spreadsheet(tmp_path: Path) -> None:
    text = to_csv(glossary_in(tmp_path)).data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert len(rows) == 9
    beginnings = {cell[0] for row in rows for cell in row if cell}
    assert not beginnings & set("=+-@\t\r")
    agenda = next(row for row in rows if row[0] == "2030-agenda")
    assert agenda[2] == '\'=Agenda | \\2030\\ "for" development'


@given(st.lists(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1), min_size=1, max_size=4))
def test_a_cell_gives_back_its_items(items: list[str]) -> None:
    assert fields.split(fields.join(items)) == items


@given(st.text(st.sampled_from("'=+-@a|\";,"), min_size=1, max_size=8), st.sampled_from(",;\t"))
def test_a_table_gives_back_its_cells(cell: str, delimiter: str) -> None:
    data = table.write([("x", {"names.en": cell, "source": "y"})], delimiter)
    (entry,) = table.read(data, "terms.csv").entries
    assert (entry.id, dict(entry.fields)) == ("x", {"names.en": cell, "source": "y"})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_what_excel_makes_of_it_is_read(tmp_path: Path, encoding: str, delimiter: str) -> None:
    line = 'senate-kz;"Сенат Парламента";Senate of the Parliament;institution;"a;b\tc,d";Парламент Сенаты\r\n'
    quoted = line.replace(";", delimiter, 1).replace('";Sen', f'"{delimiter}Sen').replace(";i", f"{delimiter}i")
    quoted = quoted.replace(';"a', f'{delimiter}"a').replace('";П', f'"{delimiter}П')
    header = delimiter.join(["ID", "names.ru ", "Names.EN", "kind", "source", "names.kk"])
    done = took(tmp_path, f"{header}\r\n{quoted}".encode(encoding))
    assert done.new == ("senate-kz",)
    assert load(tmp_path / "glossary").entries["senate-kz"].source == "a;b c,d"


def test_the_line_by_which_excel_knows_a_delimiter_is_passed_over(tmp_path: Path) -> None:
    done = took(tmp_path, "sep=;\r\n" + (HEADER + SENATE.replace('"Constitution, Art. 50"', "a")).replace(",", ";"))
    assert done.new == ("senate-kz",)
    assert done.notes == ("read with semicolons between its columns",)


def test_windows_1251_is_refused_because_kazakh_letters_are_gone(tmp_path: Path) -> None:
    with pytest.raises(GlossaryError, match="is not UTF-8") as caught:
        took(tmp_path, (HEADER + SENATE).encode("cp1251"))
    assert caught.value.hint is not None
    assert "CSV UTF-8" in caught.value.hint


def test_letters_lost_on_the_way_are_noticed(tmp_path: Path) -> None:
    lost = SENATE.replace("Парламент Сенаты", "?аза?стан Парламентіні? Сенаты")
    (refusal,) = took(tmp_path, HEADER + lost).refused
    assert refusal.reason == "has question marks for letters in names.kk"


def test_a_column_that_is_not_ours_is_passed_over_aloud(tmp_path: Path) -> None:
    data = (HEADER + SENATE).replace("source", "source,reviewer,name.kk").replace('50"', '50",Айгүл,x')
    done = took(tmp_path, data)
    assert done.new == ("senate-kz",)
    assert done.notes == (
        "passed over the column reviewer, which is not ours",
        "passed over the column name.kk, which is not ours; did you mean names.kk?",
    )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("a,b\r\n1,2\r\n", "has no column named id or names"),
        (HEADER.replace("kind", "id") + SENATE, "has the column id twice"),
        ("id,names.en\r\nx,\x1b[31mred\r\n", "is not text but binary data"),
        ('id,names.en\r\nx,"never closed\r\n', "is not a table"),
        ("id,names.en\r\nx," + "A" * 200_000, "is not a table"),
        ("", "is empty"),
    ],
)
def test_what_is_no_table_of_ours_is_refused(tmp_path: Path, data: str, message: str) -> None:
    with pytest.raises(GlossaryError, match=message):
        took(tmp_path, data)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("senate-kz", "../../etc/passwd", "has an id that is not lower-case words with hyphens"),
        ("senate-kz", "x]\n[y", "has an id that is not lower-case words with hyphens"),
        ("Парламент Сенаты", "", "has no Kazakh name"),
        ("institution", "ministry", "has kind 'ministry'"),
        ("Сенат Парламента", "Сенат\u202eПарламента", "has the invisible character U+202E in names.ru"),
        ("Сенат Парламента", "Сенат\u009bПарламента", "has the invisible character U+009B in names.ru"),
        ("Сенат Парламента", "Ceнaт Парламента", "has Latin letters inside the Cyrillic word"),
        ("Senate of the Parliament", "S" * 20_000, "has names.en of 20,000 characters"),
        ("Сенат Парламента", "Организация по безопасности и сотрудничеству в Европе", "which is the name of [osce]"),
    ],
)
def test_a_concept_that_does_not_fit_is_refused_alone(tmp_path: Path, old: str, new: str, reason: str) -> None:
    good = SENATE.replace("senate-kz", "mazhilis-kz").replace("Senate", "Mazhilis").replace("Сенат", "Мажилис")
    data = HEADER + SENATE.replace(old, f'"{new}"', 1) + good.replace("Сенаты", "Мәжілісі")
    done = took(tmp_path, data)
    (refusal,) = done.refused
    assert reason in refusal.reason
    assert refusal.entry.isprintable()
    assert done.new == ("mazhilis-kz",)
    assert set(load(tmp_path / "glossary").entries) == {"osce", "mazhilis-kz"}
    assert {path.name for path in (tmp_path / "glossary").iterdir()} == {"all.toml", "imported.toml"}


def test_dates_are_read_as_people_write_them(tmp_path: Path) -> None:
    for cell in ("from 2013-01-01 to 2020-06-01", "2013-01-01 to 2020-06-01", "01.01.2013 – 1.6.2020"):
        data = HEADER.replace("source", "source,valid") + SENATE.replace('50"', f'50","{cell}"')
        assert took(tmp_path / cell[:6], data).new == ("senate-kz",)
        (period,) = load(tmp_path / cell[:6] / "glossary").entries["senate-kz"].valid
        assert str(period) == "2013-01-01 to 2020-06-01"


def test_a_date_that_is_none_is_refused_with_its_row(tmp_path: Path) -> None:
    data = HEADER.replace("source", "source,valid") + SENATE.replace('50"', '50",since 2013')
    (refusal,) = took(tmp_path, data).refused
    assert refusal.where == "row 2"
    assert "valid has “since 2013”, which is no period" in refusal.reason


def test_a_row_without_an_id_gets_one_from_its_english_name(tmp_path: Path) -> None:
    done = took(tmp_path, HEADER + SENATE.replace("senate-kz", ""))
    assert done.new == ("senate-of-the-parliament",)
    assert done.notes == ("row 2: no id: entered as senate-of-the-parliament",)
