"""A glossary is refused with the exact place and the next action."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from kzpress.domain import Lang
from kzpress.errors import GlossaryError
from kzpress.glossary import Problem, forms, load, problems

GOOD = """
[osce]
kind = "institution"
names.en = "Organization for Security and Co-operation in Europe"
names.ru = "Организация по безопасности и сотрудничеству в Европе"
names.kk = "Еуропадағы қауіпсіздік және ынтымақтастық ұйымы"
source = "osce.org"
"""


def written(tmp_path: Path, **files: str) -> Path:
    folder = tmp_path / "glossary"
    folder.mkdir(exist_ok=True, parents=True)
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def only_problem(tmp_path: Path, **files: str) -> Problem:
    found = problems(written(tmp_path, **files))
    assert len(found) == 1, found
    return found[0]


def test_a_missing_name_is_told_with_file_entry_and_language(tmp_path: Path) -> None:
    text = GOOD.replace("names.kk", "# names.kk")
    with pytest.raises(GlossaryError) as caught:
        load(written(tmp_path, ministries=text))
    assert str(caught.value) == "glossary/ministries.toml: [osce] has no Kazakh name"
    assert caught.value.hint == "add names.kk"


def test_the_first_of_several_problems_says_how_many_more(tmp_path: Path) -> None:
    text = GOOD.replace("names.kk", "# names.kk").replace("source", "# source")
    with pytest.raises(GlossaryError, match=r"has no Kazakh name \(and 1 more problem in the glossary\)"):
        load(written(tmp_path, ministries=text))


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        ('variant.ru = ["БСЕ"]', "[osce] has an unknown key variant", "did you mean variants?"),
        ('short.kz = "ЕҚЫҰ"', "[osce] has an unknown key short.kz", "did you mean short.kk?"),
        ('forms.ru = { abl = "ОБСЕ" }', "[osce] has an unknown key forms.ru.abl", None),
        ("short.en = 5", "[osce] has short.en that is not a string", 'write short.en = "…"'),
        ('valid = { from = "2002" }', "[osce] has valid.from that is not a date", None),
        (
            "valid = { from = 2020-01-01, to = 2019-01-01 }",
            "[osce] has valid from 2020-01-01 to 2019-01-01, which is no day",
            None,
        ),
        (
            "valid = [{ to = 2020-01-01 }, { from = 2019-01-01 }]",
            "[osce] has valid periods that overlap: until 2020-01-01, from 2019-01-01",
            None,
        ),
        (
            'short.ru = "OБСЕ"',
            "[osce] has Latin letters inside the Cyrillic word “OБСЕ” of short.ru",
            "type the word again",
        ),
        ('short.ru = " ОБСЕ"', "[osce] has short.ru that is empty or has stray white space", None),
        ('gender = "x"', "[osce] has gender 'x'", "write one of f, m"),
    ],
)
def test_what_is_wrong_with_an_entry_is_told(tmp_path: Path, line: str, message: str, hint: str | None) -> None:
    problem = only_problem(tmp_path, a=GOOD + line)
    assert problem.message == message
    assert hint is None or problem.hint == hint


def test_a_kind_that_does_not_exist_is_answered_with_the_nearest(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, a=GOOD.replace('"institution"', '"instituton"'))
    assert (problem.message, problem.hint) == ("[osce] has kind 'instituton'", "did you mean institution?")


def test_broken_toml_is_told_with_its_line(tmp_path: Path) -> None:
    assert only_problem(tmp_path, a=GOOD + "short.en = OSCE\n").where == "glossary/a.toml:8"


def test_a_key_of_thousands_of_parts_is_told_with_its_line_and_not_read(tmp_path: Path) -> None:
    for key in (".".join("a" * 5_000), '"a" . ' * 5_000 + "'b'"):
        problem = only_problem(tmp_path, a=f"{GOOD}{key} = 1\n")
        assert problem.where == "glossary/a.toml:8"
        assert problem.message == "is not TOML: a key of more than 100 parts"


def test_full_stops_in_a_note_are_no_parts_of_a_key(tmp_path: Path) -> None:
    assert load(written(tmp_path, a=f'{GOOD}note = "{"See there." * 500}"\n')).entries
    assert load(written(tmp_path, a=f"#{' .' * 500}\n{GOOD}")).entries
    assert load(written(tmp_path, a=f'{GOOD}note = "\\"{"See there." * 500}"\n')).entries


def test_an_impossible_date_is_told_with_its_line(tmp_path: Path) -> None:
    assert only_problem(tmp_path, a=GOOD + "valid = { from = 2022-02-30 }\n").where == "glossary/a.toml:8"


def test_a_file_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    folder = written(tmp_path)
    (folder / "a.toml").write_bytes('[osce]\nnames.ru = "ОБСЕ"'.encode("cp1251"))
    assert problems(folder)[0].message == "is not UTF-8"


def test_the_mark_notepad_puts_before_utf8_is_no_part_of_the_file(tmp_path: Path) -> None:
    folder = written(tmp_path)
    (folder / "a.toml").write_text(GOOD.lstrip(), encoding="utf-8-sig")
    assert list(load(folder).entries) == ["osce"]


def test_hidden_files_are_no_part_of_the_glossary(tmp_path: Path) -> None:
    folder = written(tmp_path, a=GOOD)
    (folder / ".#a.toml").symlink_to("editor@host.4711:1626400000")  # the lock of an editor: it leads nowhere
    (folder / ".a.toml").write_text(GOOD, encoding="utf-8")
    assert problems(folder) == ()


def test_a_folder_named_like_a_file_is_told(tmp_path: Path) -> None:
    folder = written(tmp_path, a=GOOD)
    (folder / "d.toml").mkdir()
    (problem,) = problems(folder)
    assert (problem.where, problem.message) == ("glossary/d.toml", "cannot be read: Is a directory")
    with pytest.raises(GlossaryError, match="cannot be read") as caught:
        load(folder)
    assert caught.value.where == "glossary/d.toml"


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    folder = written(tmp_path, a=GOOD)
    (folder / "b.toml").symlink_to("moved.toml")
    (problem,) = problems(folder)
    assert (problem.where, problem.message) == ("glossary/b.toml", "cannot be read: No such file or directory")


@pytest.mark.parametrize("files", [{}, {"a": ""}, {"a": "# to be written\n"}])
def test_a_glossary_without_entries_is_refused_since_it_would_enforce_nothing(
    tmp_path: Path, files: dict[str, str]
) -> None:
    problem = only_problem(tmp_path, **files)
    assert (problem.where, problem.message) == ("glossary", "has no entries")
    with pytest.raises(GlossaryError, match="has no entries") as caught:
        load(tmp_path / "glossary")
    assert caught.value.hint is not None


def test_one_id_in_two_files_is_told(tmp_path: Path) -> None:
    assert only_problem(tmp_path, a=GOOD, b=GOOD).message == "[osce] is also in glossary/a.toml"


def test_a_value_outside_a_table_is_told(tmp_path: Path) -> None:
    assert only_problem(tmp_path, a='osce = "ОБСЕ"').message == "osce stands outside a table"


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(GlossaryError, match="no glossary folder") as caught:
        load(tmp_path / "glossary")
    assert caught.value.hint == "make one with: kzpress init"


CITY = """
[astana]
kind = "place"
names = { en = "Astana", ru = "Астана", kk = "Астана" }
source = "decree"
valid = { from = 2022-09-17 }

[nur-sultan]
kind = "place"
names = { en = "Nur-Sultan", ru = "Нур-Султан", kk = "Нұр-Сұлтан" }
variants.ru = ["Астана"]
source = "decree"
"""


def test_a_variant_that_is_another_concepts_name_is_told_only_if_their_days_meet(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, a=CITY)
    assert problem.message == "[nur-sultan] has “Астана” in variants.ru, which is the name of [astana]"
    folder = written(tmp_path, a=CITY + "valid = { to = 2022-09-17 }")
    assert problems(folder) == ()


def test_a_name_both_approved_and_forbidden_is_told(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, a=GOOD + 'short.ru = "ОБСЕ"\nforbidden.ru = ["ОБСЕ"]')
    assert "both as an approved name and in forbidden.ru" in problem.message


def test_the_digest_is_of_names_and_not_of_files_or_order(tmp_path: Path) -> None:
    one, other = CITY.replace('variants.ru = ["Астана"]\n', ""), GOOD
    first = load(written(tmp_path, a=one + other))
    (tmp_path / "glossary" / "a.toml").unlink()
    second = load(written(tmp_path, b=other.replace("osce.org", "the Charter"), c=one))
    third = load(written(tmp_path, b=other.replace("ұйымы", "кеңесі")))
    assert first == second
    assert len(first.digest) == 64
    assert third.digest != first.digest
    place = '[bx]\nkind = "place"\nnames = { en = "Borduria", ru = "Бордурия", kk = "Бордурия" }\nsource = "x"\n'
    assert (
        load(written(tmp_path / "plain", a=place)).digest
        != load(written(tmp_path / "iso", a=place + 'iso = "BX"\n')).digest
    )
    assert len(first) == 3


def test_overrides_replace_only_the_forms_they_name(tmp_path: Path) -> None:
    loaded = load(written(tmp_path, a=GOOD + 'forms.kk = { loc = "Еуропа қауіпсіздік ұйымында" }'))
    table = forms(loaded.entries["osce"], Lang.KK)
    assert table["loc"] == "Еуропа қауіпсіздік ұйымында"
    assert table["attr"] == "Еуропа қауіпсіздік ұйымындағы"
    assert table["gen"] == "Еуропадағы қауіпсіздік және ынтымақтастық ұйымының"
    assert tuple(forms(loaded.entries["osce"], Lang.RU)) == ("nom", "gen", "dat", "acc", "ins", "loc")


def test_a_concept_knows_the_days_its_name_holds(tmp_path: Path) -> None:
    astana = load(written(tmp_path, a=CITY.replace('variants.ru = ["Астана"]\n', ""))).entries["astana"]
    assert not astana.is_valid(dt.date(2022, 9, 16))
    assert astana.is_valid(dt.date(2022, 9, 17))
    assert astana.is_valid(None)
