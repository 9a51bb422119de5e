"""What `glossary check` asks a person to look at, in a glossary that is otherwise valid."""

from __future__ import annotations

from pathlib import Path

import pytest

from kzpress.domain import Lang
from kzpress.glossary import Problem, doubts, load
from kzpress.glossary.characters import untyped

GOOD = """
[osce]
kind = "institution"
names.en = "Organization for Security and Co-operation in Europe"
names.ru = "Организация по безопасности и сотрудничеству в Европе"
names.kk = "Еуропадағы қауіпсіздік және ынтымақтастық ұйымы"
short.en = "OSCE"
short.ru = "ОБСЕ"
short.kk = "ЕҚЫҰ"
source = "osce.org"
"""
JUSTICE = """
[justice-{id}]
kind = "institution"
names.en = "Ministry of Justice of {en}"
names.ru = "Министерство юстиции {ru}"
names.kk = "{kk} Әділет министрлігі"
short.en = "Ministry of Justice"
short.ru = "{short}"
short.kk = "Әділет министрлігі"
source = "a"
"""
FRANCE = {"id": "fr", "en": "France", "ru": "Франции", "kk": "Франция"}
SPAIN = {"id": "es", "en": "Spain", "ru": "Испании", "kk": "Испания"}


def asked(tmp_path: Path, text: str) -> tuple[Problem, ...]:
    folder = tmp_path / "glossary"
    folder.mkdir()
    (folder / "a.toml").write_text(text, encoding="utf-8")
    return doubts(load(folder))


def test_a_good_entry_is_not_doubted(tmp_path: Path) -> None:
    approved = 'forms.kk = { gen = "Еуропадағы қауіпсіздік және ынтымақтастық ұйымының" }'
    assert asked(tmp_path, GOOD + approved) == ()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('variants.ru = "Организации по безопасности и сотрудничеству в Европе"', "[osce] variants.ru “Организации"),
        (
            'forbidden.kk = "ЕҚЫҰ-ның"',
            "[osce] forbidden.kk “ЕҚЫҰ-ның” is a form of “ЕҚЫҰ” of [osce], and found as such",
        ),
        ("valid = { from = 0202-01-01 }", "[osce] valid has the year 202"),
        (
            'forms.ru = { dat = "Организации по безопасности и сотрудничеству в Европе", gen = "ОБСЕ" }',
            "[osce] forms.ru.gen is “ОБСЕ”, by rule “Организации по безопасности и сотрудничеству в Европе”",
        ),
        (
            'forms.ru = { acc = "Организацией по безопасности и сотрудничеству в Европе" }',
            "[osce] forms.ru.acc is “Организацией по безопасности и сотрудничеству в Европе”, by rule the case ins",
        ),
        ('forms.en = { nom = "OSCE" }', "[osce] forms.en.nom is “OSCE”, not the name “Organization"),
    ],
)
def test_what_is_odd_is_asked_about_with_file_and_key(tmp_path: Path, line: str, message: str) -> None:
    (found,) = asked(tmp_path, GOOD + line)
    assert found.where == "glossary/a.toml"
    assert found.message.startswith(message)


def test_a_shared_short_name_is_fine_where_it_means_the_same_in_all_languages(tmp_path: Path) -> None:
    same = [JUSTICE.format(**country, short="Министерство юстиции") for country in (FRANCE, SPAIN)]
    assert asked(tmp_path, "".join(same)) == ()


def test_a_shared_short_name_with_other_answers_is_asked_about(tmp_path: Path) -> None:
    text = JUSTICE.format(**FRANCE, short="Минюст") + JUSTICE.format(**SPAIN, short="Министерство юстиции")
    messages = [problem.message for problem in asked(tmp_path, text)]
    assert (
        "[justice-fr] short.en “Ministry of Justice” is taken for [justice-es], which has no ru name in common with it"
        in messages
    )


def test_russian_and_kazakh_names_may_borrow_words_with_their_letters(tmp_path: Path) -> None:
    entry = (
        '[jetisu]\nkind = "place"\nnames.en = "KOTOP Jetisu"\nnames.ru = "KOTOP Жетісу"\nnames.kk = "KOTOP Жетісу"\n'
    )
    assert asked(tmp_path, entry + 'source = "a"\n') == ()
    assert len(list(untyped("Жетісу", Lang.RU))) == 1


@pytest.mark.parametrize(
    ("lang", "name", "said"),
    [
        (Lang.KK, "Сыртқы істер министрлiгi".replace("i", "ї"), "“ї” (U+0457"),
        (Lang.KK, "Əділет министрлігі", "“Ə” (U+018F"),
        (Lang.RU, "Министерство юстіции", "“і” (U+0456"),
        (Lang.RU, "OOH", "“OOH” in Latin letters"),
        (Lang.EN, "Ministry of Foreign Affаirs", "the Cyrillic letter “а” in “Affаirs”"),
        (Lang.EN, "United\u200bNations", "an invisible character (U+200B"),
        (Lang.RU, "Мини\u00adстерство", "an invisible character (U+00AD"),
        (Lang.RU, "Республика\u00a0Казахстан", "a special space (U+00A0"),
        (Lang.RU, "Премьер\u2011Министр", "a special dash (U+2011"),
        (Lang.RU, 'Партия "Аманат"', "straight quotation marks"),
    ],
)
def test_characters_that_nobody_typed_on_purpose_are_named(lang: Lang, name: str, said: str) -> None:
    ((message, hint),) = untyped(name, lang)
    assert message.startswith(said)
    assert hint


@pytest.mark.parametrize(
    ("lang", "name"),
    [
        (Lang.KK, "Қазақстан Республикасының «Самұрық-Қазына» АҚ"),
        (Lang.RU, "Комитет ООН по правам человека, XXI сессия G20"),
        (Lang.RU, "Форум «C5+1»"),
        (Lang.EN, "Côte d’Ivoire – “Astana” SPECA"),
    ],
)
def test_ordinary_characters_pass(lang: Lang, name: str) -> None:
    assert list(untyped(name, lang)) == []
