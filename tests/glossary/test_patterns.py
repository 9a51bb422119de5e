"""A pattern entry becomes one concept a country, in the grammar of each language."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from kzpress.domain import Lang, NameKind
from kzpress.glossary import Glossary, Problem, find, load, problems

COUNTRIES = """
[kazakhstan]
kind = "place"
iso = "KZ"
names.en = "Kazakhstan"
names.ru = "Казахстан"
names.kk = "Қазақстан"
source = "a"

[france]
kind = "place"
iso = "FR"
names.en = "French Republic"
names.ru = "Французская Республика"
names.kk = "Франция Республикасы"
short.en = "France"
short.ru = "Франция"
short.kk = "Франция"
source = "a"

[netherlands]
kind = "place"
iso = "NL"
names.en = "Kingdom of the Netherlands"
names.ru = "Королевство Нидерландов"
names.kk = "Нидерланд Корольдігі"
short.en = "Netherlands"
short.ru = "Нидерланды"
short.kk = "Нидерланд"
variants.ru = "Голландия"
source = "a"

[cuba]
kind = "place"
iso = "CU"
names.en = "Cuba"
names.ru = "Куба"
names.kk = "Куба"
source = "a"

[uae]
kind = "place"
iso = "AE"
names.en = "United Arab Emirates"
names.ru = "Объединенные Арабские Эмираты"
names.kk = "Біріккен Араб Әмірліктері"
short.en = "UAE"
short.ru = "ОАЭ"
short.kk = "БАӘ"
source = "a"
"""
EMBASSY = """
[embassy-kz-in]
kind = "institution"
each = "country"
names.en = "Embassy of the Republic of Kazakhstan in {country}"
names.ru = "Посольство Республики Казахстан {in:country}"
names.kk = "Қазақстан Республикасының {country:attr} Елшілігі"
short.en = "Embassy of Kazakhstan in {country}"
short.ru = "Посольство Казахстана {in:country}"
short.kk = "Қазақстанның {country:attr} Елшілігі"
source = "mfa.gov.kz"
note = "the formal name of the country is as right"
"""
MINISTRY = """
[mfa-of]
kind = "institution"
each = "country"
except = ["cuba"]
names.en = "Ministry of Foreign Affairs of {formal}"
names.ru = "Министерство иностранных дел {formal:gen}"
names.kk = "{formal:gen} Сыртқы істер министрлігі"
short.en = "{country} Foreign Ministry"
short.ru = "МИД {country:gen}"
short.kk = "{country} СІМ"
valid = { from = 1992-03-02 }
source = "a"
"""


def written(tmp_path: Path, text: str) -> Path:
    folder = tmp_path / "glossary"
    folder.mkdir()
    (folder / "a.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def patterned(tmp_path_factory: pytest.TempPathFactory) -> Glossary:
    return load(written(tmp_path_factory.mktemp("patterns"), COUNTRIES + EMBASSY + MINISTRY))


@pytest.mark.parametrize(
    ("entry", "en", "ru", "kk"),
    [
        ("embassy-kz-in/france", "in France", "во Франции", "Франциядағы"),
        ("embassy-kz-in/netherlands", "in the Netherlands", "в Нидерландах", "Нидерландтағы"),
        ("embassy-kz-in/cuba", "in Cuba", "на Кубе", "Кубадағы"),
        ("embassy-kz-in/uae", "in the UAE", "в ОАЭ", "БАӘ-дегі"),
        ("mfa-of/france", "of the French Republic", "Французской Республики", "Франция Республикасының"),
    ],
)
def test_a_slot_takes_article_preposition_and_case(patterned: Glossary, entry: str, en: str, ru: str, kk: str) -> None:
    names = patterned.entries[entry].names
    assert names[Lang.EN].endswith(en)
    assert names[Lang.RU].endswith(ru)
    assert kk in names[Lang.KK].split(" ", 2)[-1] or names[Lang.KK].startswith(kk)


def test_a_pattern_has_a_concept_for_every_country_but_kazakhstan_and_those_left_out(patterned: Glossary) -> None:
    made = {entry for entry in patterned.entries if "/" in entry}
    assert made == {
        *(f"embassy-kz-in/{country}" for country in ("france", "netherlands", "cuba", "uae")),
        *(f"mfa-of/{country}" for country in ("france", "netherlands", "uae")),
    }


def test_what_a_pattern_says_of_itself_stands_in_each_of_its_concepts(patterned: Glossary) -> None:
    concept = patterned.entries["embassy-kz-in/france"]
    assert (concept.place, concept.source) == ("glossary/a.toml", "mfa.gov.kz")
    assert concept.note == "the formal name of the country is as right"
    assert concept.iso is None


def test_no_article_stands_at_the_beginning_of_a_name(patterned: Glossary) -> None:
    assert patterned.entries["mfa-of/netherlands"].short[Lang.EN][0] == "Netherlands Foreign Ministry"


@pytest.mark.parametrize(
    ("lang", "text", "entry", "kind"),
    [
        (Lang.RU, "Об этом сообщили в Посольстве Республики Казахстан во Франции.", "embassy-kz-in/france", "name"),
        (Lang.RU, "Посольством Казахстана во Французской Республике", "embassy-kz-in/france", "short"),
        (Lang.RU, "сотрудники Посольства Казахстана в Голландии", "embassy-kz-in/netherlands", "variant"),
        (Lang.RU, "по приглашению МИД Франции", "mfa-of/france", "short"),
        (Lang.EN, "the Embassy of Kazakhstan in the United Arab Emirates", "embassy-kz-in/uae", "short"),
        (Lang.EN, "Embassy of Kazakhstan in Netherlands", "embassy-kz-in/netherlands", "variant"),
        (Lang.KK, "Қазақстан Республикасының Кубадағы Елшілігінде", "embassy-kz-in/cuba", "name"),
        (Lang.KK, "Қазақстанның Франция Республикасындағы Елшілігіне", "embassy-kz-in/france", "short"),
    ],
)
def test_a_pattern_is_recognised_with_every_name_of_the_country(
    patterned: Glossary, lang: Lang, text: str, entry: str, kind: str
) -> None:
    (hit,) = find(patterned, text, lang, None)
    assert (hit.entry, hit.kind) == (entry, NameKind(kind))


def test_a_pattern_holds_while_the_name_of_the_country_does(tmp_path: Path) -> None:
    macedonia = """
[macedonia]
kind = "place"
iso = "MK"
names.en = "Macedonia"
names.ru = "Македония"
names.kk = "Македония"
valid = { to = 2019-02-12 }
source = "a"

[north-macedonia]
kind = "place"
iso = "MK"
names.en = "North Macedonia"
names.ru = "Северная Македония"
names.kk = "Солтүстік Македония"
valid = { from = 2019-02-12 }
source = "a"
"""
    glossary = load(written(tmp_path, COUNTRIES + macedonia + MINISTRY))
    old, new = (glossary.entries[f"mfa-of/{name}"] for name in ("macedonia", "north-macedonia"))
    assert not old.is_valid(dt.date(1992, 1, 1))
    assert old.is_valid(dt.date(2000, 1, 1))
    assert [old.is_valid(dt.date(2020, 1, 1)), new.is_valid(dt.date(2020, 1, 1))] == [False, True]


@pytest.mark.parametrize(
    ("old", "new", "message", "hint"),
    [
        ("{in:country}", "{in:city}", "[embassy-kz-in] has an unknown slot {in:city} in names.ru", "{in:country}"),
        ("in {country}", "in {land}", "[embassy-kz-in] has an unknown slot {land} in names.en", "write {country}"),
        (
            "{country:attr}",
            "{country:att}",
            "[embassy-kz-in] has an unknown case 'att' of {country:att} in names.kk",
            "gen",
        ),
        (
            "in {country}",
            "in {country:dat}",
            "[embassy-kz-in] has an unknown case 'dat' of {country:dat} in names.en",
            "write one of gen",
        ),
        ("in {country}", "abroad", "[embassy-kz-in] has no slot in names.en", "put {country}"),
        ("in {country}", "in {country", "[embassy-kz-in] has a brace that belongs to no slot in names.en", "{country}"),
        ('each = "country"', 'each = "city"', "[embassy-kz-in] has each 'city'", "write one of country"),
        ('each = "country"\n', "", "[embassy-kz-in] has a slot in names.kk without each", 'add each = "country"'),
        (
            'each = "country"',
            'each = "country"\nexcept = ["frence"]',
            "[embassy-kz-in] has 'frence' in except, which is no country of the glossary",
            "did you mean france?",
        ),
    ],
)
def test_what_is_wrong_with_a_pattern_is_told_with_its_key(
    tmp_path: Path, old: str, new: str, message: str, hint: str
) -> None:
    found = problems(written(tmp_path, COUNTRIES + EMBASSY.replace(old, new, 1)))
    assert (found[0].where, found[0].message) == ("glossary/a.toml", message)
    assert hint in (found[0].hint or "")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"FR"', '"fr"', "[france] has iso 'fr', which is not two capital letters"),
        ('"FR"', '"NL"', "[netherlands] has iso 'NL', as has [france] in glossary/a.toml"),
        ('kind = "place"\niso = "FR"', 'kind = "event"\niso = "FR"', "[france] has iso, but is of kind event"),
        ('iso = "FR"', 'except = ["cuba"]', "[france] has except without each"),
    ],
)
def test_what_is_wrong_with_a_country_is_told(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert [problem.message for problem in problems(written(tmp_path, COUNTRIES.replace(old, new, 1)))] == [message]


def test_a_pattern_without_countries_is_told(tmp_path: Path) -> None:
    def messages(found: tuple[Problem, ...]) -> list[str]:
        return [problem.message for problem in found]

    assert messages(problems(written(tmp_path, EMBASSY))) == [
        "[embassy-kz-in] is for each country, but no entry has iso"
    ]
