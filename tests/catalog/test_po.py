from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polib
import pytest
from babel.messages.pofile import read_po
from hypothesis import given, settings
from hypothesis import strategies as st

from kzpress import catalog
from kzpress.domain import Key, State
from kzpress.errors import CatalogError
from tests.catalog.samples import QUOTE, TALKS, VISIT, approved, entry, find, merged, reviewed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.catalog.conftest import Gettext


def test_what_is_written_is_read_again(path: Path) -> None:
    written = merged(None, VISIT, TALKS, entry("Sentence without a draft."))
    assert catalog.write(path, written)
    assert catalog.read(path) == written


def test_every_field_of_an_entry_survives(path: Path) -> None:
    full = replace(
        approved(TALKS, comment="# с прописной\nсм. указ"),
        previous=Key(context="lead", source="Talks."),
        flags=("no-wrap",),
    )
    gone = replace(
        VISIT, key=Key(context="quote#2", source="Gone."), state=State.OBSOLETE, notes=(), place=None, flags=("fuzzy",)
    )
    written = replace(merged(None, VISIT), entries=(VISIT, full, gone), header_comment="Human rights\n\nsecond draft")
    catalog.write(path, written)
    assert catalog.read(path) == written


def test_writing_the_same_catalogue_leaves_the_file_alone(path: Path) -> None:
    catalog.write(path, merged(None, VISIT))
    before = path.stat().st_mtime_ns
    assert not catalog.write(path, catalog.read(path))
    assert path.stat().st_mtime_ns == before


def test_a_sentence_is_one_line_however_long(path: Path) -> None:
    long = "Министры подтвердили готовность к сотрудничеству. " * 40
    catalog.write(path, merged(None, entry("The ministers confirmed their readiness.", long.strip())))
    assert f'msgstr "{long.strip()}"\n' in path.read_text("utf-8")


@settings(deadline=None)  # each example writes a file: its time is the disk's
@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00"), min_size=1))
def test_any_text_survives_with_its_separators_quotes_and_escapes(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.po"
    written = merged(None, entry("Any text\u2028of two\u0085lines.", text))
    path.unlink(missing_ok=True)
    catalog.write(path, written)
    assert catalog.read(path) == written


def test_polib_and_babel_read_the_same_texts(path: Path) -> None:
    catalog.write(path, reviewed(merged(None, VISIT, TALKS, QUOTE), approved(TALKS)))
    ours = [(e.key.context, e.key.source, e.text, e.state is State.DRAFT) for e in catalog.read(path).entries]
    with path.open("rb") as stream:
        babel = [(m.context, m.id, m.string, m.fuzzy) for m in read_po(stream, abort_invalid=True) if m.id]
    assert babel == ours
    assert [(e.msgctxt, e.msgid, e.msgstr, e.fuzzy) for e in polib.pofile(str(path))] == ours


def test_msgfmt_has_nothing_to_say(path: Path, gettext: Gettext) -> None:
    catalog.write(path, reviewed(merged(None, VISIT, TALKS, QUOTE), approved(TALKS)))
    assert gettext("msgfmt", "--check", "--output-file=/dev/null", path) == ""


def test_i18nspector_misses_only_mail_addresses_that_kzpress_does_not_have(path: Path, gettext: Gettext) -> None:
    catalog.write(path, merged(None, VISIT, TALKS, QUOTE))
    tags = [line.split()[2] for line in gettext("i18nspector", path).splitlines()]
    assert tags == ["no-report-msgid-bugs-to-header-field", "invalid-last-translator"]


def test_a_file_rewrapped_by_an_editor_is_the_same_catalogue(path: Path, gettext: Gettext) -> None:
    written = reviewed(merged(None, VISIT, TALKS, QUOTE), approved(TALKS, comment="проверено"))
    written = merged(
        written, VISIT, replace(TALKS, key=Key(context="body", source="Talks on human rights took place on July 12."))
    )
    catalog.write(path, written)
    gettext("msgcat", "--width=79", "-o", path, path)
    assert "\\n" not in path.read_text("utf-8").partition("#. ")[2]
    wrapped = [line for line in path.read_text("utf-8").partition("#. ")[2].splitlines() if not line.startswith("#")]
    assert max(map(len, wrapped)) <= 79
    assert catalog.read(path) == written


def test_windows_line_ends_are_read(path: Path) -> None:
    written = merged(None, VISIT, TALKS)
    catalog.write(path, written)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert catalog.read(path) == written


def test_an_emptied_translation_is_empty_even_if_still_marked_fuzzy(path: Path) -> None:
    catalog.write(path, merged(None, VISIT))
    path.write_text(path.read_text("utf-8").replace(VISIT.text, ""), "utf-8")
    assert find(catalog.read(path), VISIT.key.source).state is State.EMPTY


def test_a_missing_file_is_not_parsed_as_contents(path: Path) -> None:
    with pytest.raises(CatalogError, match="no such catalogue") as caught:
        catalog.read(path)
    assert caught.value.where == str(path)


DAMAGE = [
    ('msgctxt "quote"', '<<<<<<< HEAD\nmsgctxt "quote"', 38, "merge conflict"),
    ('Брюссель."', "Брюссель.", 24, "closing quote"),
    ('Брюссель."', 'Брюссель.\\"', 24, "closing quote is missing"),
    ('Брюссель."', 'отель "Брюссель"."', 24, "double quote stands inside"),
    ('msgstr "Уполномоченный', "msgstr Уполномоченный", 24, "lacks its opening quote"),
    ('"Уполномоченный посетил Брюссель."', "“Уполномоченный посетил Брюссель.”", 24, "typographic quotes"),
    ('Брюссель."', 'Брюссель\\, Бельгия."', 24, "means nothing in gettext"),
    ('msgctxt "quote"', 'спросить у отдела\nmsgctxt "quote"', 38, "neither a comment nor a text"),
    ('msgstr "Уполномоченный посетил Брюссель."\n', "", 22, "msgstr"),
    ('msgctxt "quote"\n', "", 38, "no msgctxt"),
    ("Language: ru", "Language: de", 1, "unknown language 'de'"),
    ('"Language: ru\\n"\n', "", 1, "no language"),
    ("Language: ru", "Language: kk", 1, "the header says kk, the folder ru"),
    ("Talks on human rights were held on July 12.", VISIT.key.source, 26, "stands here again"),
    ('msgid ""\nmsgstr ""\n', "", 1, "before the first msgid"),
    ('msgctxt "quote"', 'msgid_plural "quote"', 38, "plural forms"),
]


@pytest.mark.parametrize(("old", "new", "line", "message"), DAMAGE, ids=[case[3] for case in DAMAGE])
def test_damage_is_named_by_its_line(path: Path, old: str, new: str, line: int, message: str) -> None:
    catalog.write(path, merged(None, VISIT, TALKS, QUOTE))
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(CatalogError, match=message) as caught:
        catalog.read(path)
    assert caught.value.where == f"{path}:{line}"
    assert caught.value.hint


@pytest.mark.parametrize(
    ("spoil", "line", "message"),
    [
        (lambda data: b"\xef\xbb\xbf" + data, 1, "byte order mark"),
        (lambda data: data.decode().encode("cp1251", "replace"), 24, "not UTF-8"),
        (lambda data: data.decode().encode("utf-16"), 1, "UTF-16, not UTF-8"),
        (lambda data: b"", 1, "empty"),
        (lambda data: data[: data.rindex(b"msgstr")], 38, "no msgstr"),
        (lambda data: data + "\n# а это к чему?\n".encode(), 42, "belongs to no entry"),
    ],
)
def test_a_spoilt_file_is_refused_with_its_line(path: Path, spoil: object, line: int, message: str) -> None:
    catalog.write(path, merged(None, VISIT, TALKS, QUOTE))
    path.write_bytes(spoil(path.read_bytes()))  # type: ignore[operator]
    with pytest.raises(CatalogError, match=message) as caught:
        catalog.read(path)
    assert caught.value.where == f"{path}:{line}"


def test_a_language_with_its_territory_is_the_language(path: Path) -> None:
    catalog.write(path, merged(None, VISIT))
    path.write_text(path.read_text("utf-8").replace("Language: ru", "Language: ru_KZ"), "utf-8")
    assert catalog.read(path).lang == "ru"
