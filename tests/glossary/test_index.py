"""The index is kept between runs, believed only when it is right, and lost without loss."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import pytest

from kzpress.domain import Hit, Lang
from kzpress.errors import GlossaryError
from kzpress.glossary import Concept, Glossary, find, load, rows
from kzpress.glossary.find import matches, named, seen
from kzpress.glossary.index import index
from kzpress.glossary.model import Abbreviate
from kzpress.glossary.surfaces import surfaces

ENTRIES = """
[osce]
kind = "institution"
names.en = "Organization for Security and Co-operation in Europe"
names.ru = "Организация по безопасности и сотрудничеству в Европе"
names.kk = "Еуропадағы қауіпсіздік және ынтымақтастық ұйымы"
short.en = "OSCE"
short.ru = "ОБСЕ"
short.kk = "ЕҚЫҰ"
valid = [{ from = 1995-01-01, to = 2030-01-01 }, { from = 2031-01-01 }]
forms.ru = { acc = "Организацию по безопасности и сотрудничеству в Европе" }
source = "osce.org"
note = "renamed from the CSCE"

[france]
kind = "place"
iso = "FR"
names.en = "France"
names.ru = "Франция"
names.kk = "Франция"
variants.ru = ["Французская Республика"]
source = "a"

[orlova]
kind = "person"
gender = "f"
names.en = "Anna Orlova"
names.ru = "Анна Орлова"
names.kk = "Анна Орлова"
source = "a"
"""
TEXT = "С председателем ОБСЕ и А. Орловой во Франции говорили об Организации по безопасности и сотрудничеству в Европе."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "glossary"
    place.mkdir()
    (place / "a.toml").write_text(ENTRIES, encoding="utf-8")
    return place


def started(folder: Path, cache: Path | None) -> tuple[Glossary, tuple[Hit, ...]]:
    """Load and search as a process of its own would, remembering nothing but the files."""
    index.cache_clear()
    seen.cache_clear()
    named.cache_clear()
    glossary = load(folder, cache=cache)
    return glossary, find(glossary, TEXT, Lang.RU, None)


def test_a_kept_glossary_is_the_glossary_that_was_read(folder: Path, tmp_path: Path) -> None:
    plain, hits = started(folder, None)
    for _ in ("made", "kept"):
        glossary, found = started(folder, tmp_path / "cache")
        assert glossary == plain
        assert glossary.entries == plain.entries
        assert found == hits
    assert [hit.entry for hit in hits] == ["osce", "orlova", "france", "osce"]


def test_every_field_of_a_concept_is_kept(folder: Path) -> None:
    plain = load(folder).entries["osce"]
    strange = {"iso": "XX", "adjective": "Oscean", "formal": False, "abbreviate": Abbreviate.FIRST_FULL, "gender": "f"}
    concept = replace(plain, **strange)  # type: ignore[arg-type]
    left = {field.name for field in fields(Concept) if getattr(concept, field.name) == field.default}
    assert left == set(), "give each new field a value here, and a place in rows.py"
    assert rows.decode(rows.encode("digest", [concept])) == ("digest", {"osce": concept})


def test_a_second_start_writes_nothing(folder: Path, tmp_path: Path) -> None:
    started(folder, tmp_path / "cache")
    times = {path: path.stat().st_mtime_ns for path in (tmp_path / "cache").iterdir()}
    started(folder, tmp_path / "cache")
    assert {path.name for path in times} == {"concepts.json", "forms-ru.json"}
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "cache").iterdir()} == times


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def altered(data: bytes) -> bytes:
    return data.replace("ОБСЕ".encode(), "ОБСУ".encode())


def foreign(data: bytes) -> bytes:
    return b"0" * 64 + data[64:]


def pickled(data: bytes) -> bytes:
    return b"\x80\x04\x95" + data


@pytest.mark.parametrize("damage", [cut, altered, foreign, pickled, bytes.upper, lambda _: b""])
def test_a_file_that_is_damaged_or_foreign_is_made_again(
    folder: Path, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    cache = tmp_path / "cache"
    glossary, hits = started(folder, cache)
    sound = {path: path.read_bytes() for path in cache.iterdir()}
    for path, data in sound.items():
        path.write_bytes(damage(data))
    again, found = started(folder, cache)
    assert (again.entries, found) == (glossary.entries, hits)
    assert {path: path.read_bytes() for path in cache.iterdir()} == sound


def test_a_changed_glossary_is_read_anew(folder: Path, tmp_path: Path) -> None:
    started(folder, tmp_path / "cache")
    (folder / "b.toml").write_text(
        ENTRIES[: ENTRIES.index("[france]")]
        .replace("[osce]", "[chair]")
        .replace("ОБСЕ", "председателем ОБСЕ")
        .replace('"Организация ', '"Глава ')
        .replace("Организацию", "Главу")
        .replace('"Еуропадағы', '"Азиядағы')
        .replace('"Organization', '"Head'),
        encoding="utf-8",
    )
    glossary, hits = started(folder, tmp_path / "cache")
    assert "chair" in glossary.entries
    assert hits[0].entry == "chair"
    (folder / "b.toml").unlink()
    assert started(folder, tmp_path / "cache")[1][0].entry == "osce"


def test_a_glossary_with_a_mistake_is_refused_every_time(folder: Path, tmp_path: Path) -> None:
    started(folder, tmp_path / "cache")
    (folder / "b.toml").write_text("[osce]\n", encoding="utf-8")
    for _ in ("first", "second"):
        with pytest.raises(GlossaryError, match="is also in"):
            load(folder, cache=tmp_path / "cache")


def test_where_nothing_can_be_kept_the_glossary_works_all_the_same(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be", encoding="utf-8")
    assert started(folder, tmp_path / "cache")[1] == started(folder, None)[1]


@pytest.mark.parametrize("lang", list(Lang))
def test_every_form_is_found_where_it_stands(glossary: Glossary, lang: Lang) -> None:
    for concept in glossary.entries.values():
        for surface in surfaces(concept, lang):
            text = f"… {surface.form}: 1"
            spans = [
                (match.start, match.end)
                for match in matches(glossary, text, lang)
                if any(concept.id == reading.concept.id for reading in (*match.candidates, *match.loose))
            ]
            assert (2, 2 + len(surface.form)) in spans
