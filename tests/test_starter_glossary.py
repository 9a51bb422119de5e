"""The starter glossary says what is so: names by date, forms as approved by reading, no nonsense from patterns."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import pytest

from kzpress.domain import Key, Lang
from kzpress.glossary import Glossary, accepted, check, find, forms
from kzpress.workspace import STARTER_GLOSSARY

GOLD = Path(__file__).parent / "gold" / "starter_forms.tsv"
KEY = Key(context="body", source="x")
NEIGHBOURS = ("russia", "china", "kyrgyzstan", "uzbekistan", "turkmenistan")


def said(glossary: Glossary, text: str, source: Lang, target: Lang, year: int) -> list[str]:
    """The names to write in ``target`` for those found in ``text``."""
    return [accepted(glossary, hit, target)[0] for hit in find(glossary, text, source, dt.date(year, 5, 15))]


def complaints(glossary: Glossary, source: str, target: str, langs: str, year: int = 2024) -> list[str]:
    a, b = (Lang(lang) for lang in langs.split(">"))
    findings = check(glossary, source, target, source_lang=a, target_lang=b, date=dt.date(year, 5, 15), key=KEY)
    return [finding.message for finding in findings]


def test_it_has_what_a_ministry_needs() -> None:
    written = [name for path in STARTER_GLOSSARY.glob("*.toml") for name in tomllib.loads(path.read_text("utf-8"))]
    assert len(written) == len(set(written)) >= 480


def test_every_member_of_the_united_nations_is_there_once(starter: Glossary) -> None:
    today = [country for country in starter.entries.values() if country.iso and country.is_valid(None)]
    assert len(today) == len({country.iso for country in today}) == 193 + 2  # the Holy See and Palestine observe


@pytest.mark.parametrize(
    ("year", "place"),
    [(2018, "Astana Астана Астана"), (2021, "Nur-Sultan Нур-Султан Нұр-Сұлтан"), (2023, "Astana Астана Астана")],
)
@pytest.mark.parametrize("source", list(Lang))
@pytest.mark.parametrize("target", list(Lang))
def test_the_capital_has_the_name_of_the_day(
    starter: Glossary, year: int, place: str, source: Lang, target: Lang
) -> None:
    names = dict(zip((Lang.EN, Lang.RU, Lang.KK), place.split(), strict=True))
    (hit,) = find(starter, names[source], source, dt.date(year, 5, 15))
    assert accepted(starter, hit, target)[0] == names[target]
    assert starter.entries[hit.entry].is_valid(dt.date(year, 5, 15))


@pytest.mark.parametrize(
    ("before", "after", "day"),
    [
        ("turkic-council", "organization-of-turkic-states", dt.date(2021, 11, 12)),
        ("turkic-council-secretary-general", "ots-secretary-general", dt.date(2021, 11, 12)),
        ("constitutional-council-kz", "constitutional-court-kz", dt.date(2023, 1, 1)),
        ("state-secretary-kz", "state-counsellor-kz", dt.date(2022, 6, 14)),
        ("min-education-science", "min-science-higher-education", dt.date(2022, 6, 11)),
        ("min-education-science", "min-enlightenment", dt.date(2022, 6, 11)),
        ("min-ecology-geology", "min-ecology", dt.date(2023, 1, 2)),
        ("min-culture-sports", "min-tourism-sports", dt.date(2023, 9, 1)),
        ("min-information-social-development", "min-culture-information", dt.date(2023, 9, 1)),
        ("min-industry-infrastructure", "min-transport", dt.date(2023, 9, 1)),
        ("min-investments-development", "min-industry-infrastructure", dt.date(2018, 12, 26)),
        ("min-digital-defense", "min-digital-development", dt.date(2019, 6, 17)),
        ("prime-minister-chancellery", "government-apparatus", dt.date(2023, 1, 2)),
        ("accounts-committee", "supreme-audit-chamber", dt.date(2022, 11, 26)),
        ("south-kazakhstan-region", "turkistan-region", dt.date(2018, 6, 19)),
        ("organization-islamic-conference", "oic", dt.date(2011, 6, 28)),
        ("turkey", "turkiye", dt.date(2022, 6, 1)),
        ("embassy-of-in-kz/turkey", "embassy-of-in-kz/turkiye", dt.date(2022, 6, 1)),
    ],
)
def test_a_name_ends_on_the_day_the_next_begins(starter: Glossary, before: str, after: str, day: dt.date) -> None:
    old, new, eve = starter.entries[before], starter.entries[after], day - dt.timedelta(days=1)
    assert (old.is_valid(eve), old.is_valid(day), new.is_valid(eve), new.is_valid(day)) == (True, False, False, True)


def test_the_regions_of_2022_did_not_exist_before(starter: Glossary) -> None:
    for name in ("abai-region", "zhetysu-region", "ulytau-region", "akim-abai-region"):
        assert not starter.entries[name].is_valid(dt.date(2022, 6, 7))
        assert starter.entries[name].is_valid(dt.date(2022, 6, 8))


@pytest.mark.parametrize("row", [line for line in GOLD.read_text("utf-8").splitlines() if not line.startswith("#")])
def test_forms_are_those_approved_by_reading(starter: Glossary, row: str) -> None:
    entry, lang, *approved = row.split("\t")
    table = forms(starter.entries[entry], Lang(lang))
    assert [form for case, form in table.items() if case != "attr"] == approved


@pytest.mark.parametrize(
    ("pattern", "country"),
    [
        ("president-of", "denmark"),
        ("president-of", "japan"),
        ("president-of", "uk"),
        ("president-of", "china"),
        ("president-of", "germany"),
        ("prime-minister-of", "usa"),
        ("prime-minister-of", "germany"),
        ("prime-minister-of", "switzerland"),
        ("prime-minister-of", "turkiye"),
        ("ministry-foreign-affairs-of", "usa"),
        ("ministry-foreign-affairs-of", "germany"),
        ("minister-foreign-affairs-of", "uk"),
        ("embassy-of-in-kz", "holy-see"),
        ("parliament-of", "usa"),
        ("embassy-kz-in", "kazakhstan"),
    ],
)
def test_patterns_make_no_offices_that_a_country_has_not(starter: Glossary, pattern: str, country: str) -> None:
    assert country in starter.entries
    assert f"{pattern}/{country}" not in starter.entries


@pytest.mark.parametrize("country", NEIGHBOURS)
def test_every_neighbour_has_an_embassy(starter: Glossary, country: str) -> None:
    assert f"embassy-kz-in/{country}" in starter.entries
    assert f"embassy-of-in-kz/{country}" in starter.entries


@pytest.mark.parametrize(
    ("langs", "text", "name"),
    [
        ("ru>en", "Посольство Казахстана во Франции", "Embassy of Kazakhstan in France"),
        ("ru>en", "Посольство Казахстана в Нидерландах", "Embassy of Kazakhstan in the Netherlands"),
        ("en>ru", "Embassy of Kazakhstan in France", "Посольство Казахстана во Франции"),
        ("en>ru", "Embassy of Kazakhstan in Cuba", "Посольство Казахстана на Кубе"),
        ("en>ru", "Embassy of Kazakhstan in the UAE", "Посольство Республики Казахстан в ОАЭ"),
        ("en>kk", "Embassy of Kazakhstan in France", "Қазақстанның Франциядағы Елшілігі"),
        ("ru>kk", "Министерство иностранных дел Франции", "Франция СІМ"),
        ("kk>ru", "Өзбекстан Республикасының Сыртқы істер министрі", "Министр иностранных дел Республики Узбекистан"),
        ("en>kk", "President of the People's Republic of China", "Қытай Халық Республикасының Төрағасы"),
        ("kk>en", "АҚШ Мемлекеттік хатшысы", "U.S. Secretary of State"),
    ],
)
def test_a_name_is_answered_by(starter: Glossary, langs: str, text: str, name: str) -> None:
    a, b = (Lang(lang) for lang in langs.split(">"))
    (hit,) = find(starter, text, a, dt.date(2024, 5, 15))
    assert name in accepted(starter, hit, b)


@pytest.mark.parametrize(
    ("langs", "source", "target"),
    [
        (
            "en>kk",
            "The President of Georgia received the Ambassador of Kazakhstan.",
            "Грузия Президенті Қазақстан Елшісін қабылдады.",
        ),
        ("en>kk", "The President of Georgia will visit Almaty.", "Грузияның Президенті Алматыға келеді."),
        ("ru>en", "Президент Франции прибыл в Астану.", "The French President arrived in Astana."),
        (
            "en>ru",
            "The Deputy Minister of Foreign Affairs of Poland opened the Consulate General.",
            "Заместитель министра иностранных дел Польши открыл Генеральное консульство.",
        ),
        (
            "en>kk",
            "The Consulate General of Kazakhstan in Istanbul was opened.",
            "Қазақстанның Ыстанбұлдағы Бас консулдығы ашылды.",
        ),
        (
            "ru>kk",
            "Аким Туркестанской области побывал в Бишкеке.",
            "Түркістан облысының әкімі Бішкекте болды.",
        ),
        (
            "kk>en",
            "Өзбекстан Республикасы Президентінің сапары Самарқандта басталды.",
            "The visit of the President of the Republic of Uzbekistan began in Samarkand.",
        ),
        (
            "ru>en",
            "Стороны подписали дорожную карту и обменялись вербальными нотами в Дохе.",
            "The sides signed a road map and exchanged notes verbales in Doha.",
        ),
        ("en>ru", "The road map was discussed at the G20.", "Дорожную карту обсудили на саммите G20."),
        (
            "ru>kk",
            "Министерство просвещения и Министерство науки и высшего образования провели форум.",
            "Оқу-ағарту министрлігі мен Ғылым және жоғары білім министрлігі форум өткізді.",
        ),
        (
            "en>ru",
            "The roadmap covers Turkmenistan and the Republic of Korea.",
            "Дорожная карта касается Туркменистана и Республики Корея.",
        ),
        (
            "kk>ru",
            "Бельгия Королі Қазақстан Елшісінен сенім грамоталарын қабылдады.",
            "Король Бельгии принял верительные грамоты Посла Казахстана.",
        ),
        (
            "en>kk",
            "The delegation of South Korea arrived in Bangkok.",
            "Оңтүстік Кореяның делегациясы Бангкокке келді.",
        ),
        (
            "en>ru",
            "The head of KazMunayGas met the Secretary-General of the OTS.",
            "Глава «КазМунайГаза» встретился с Генеральным секретарем ОТГ.",
        ),
        (
            "ru>en",
            "Глава внешнеполитического ведомства рассказал о выполнении ЦУР 6.",
            "The Foreign Minister spoke of progress on SDG 6.",
        ),
    ],
)
def test_a_right_translation_is_not_complained_of(starter: Glossary, langs: str, source: str, target: str) -> None:
    assert complaints(starter, source, target, langs) == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (Lang.RU, "Того требует обстановка, или решение будет отложено."),
        (Lang.KK, "Наурыз айында кездесу өтеді."),
        (Lang.KK, "Қонаққа палау ұсынылды."),
        (Lang.EN, "Oral statements are limited to two minutes."),
        (Lang.EN, "The government and the minister took the floor; the parliament did not."),
        (Lang.RU, "Министр и правительство, парламент и посольство приняли участие."),
        (Lang.KK, "Министр мен үкімет, парламент пен елшілік қатысты."),
        (Lang.EN, "The counsellor and the attaché attended, as did the consul."),
    ],
)
def test_common_words_are_no_names(starter: Glossary, lang: Lang, text: str) -> None:
    assert find(starter, text, lang, dt.date(2024, 5, 15)) == ()


@pytest.mark.parametrize(
    ("langs", "source", "target", "wrong"),
    [
        ("en>ru", "The President of China arrived.", "Прибыл Президент КНР.", "Президент КНР"),
        ("en>kk", "A summit of the Organization of Turkic States", "Түрік мемлекеттері ұйымының саммиті", "Түрік"),
        ("kk>ru", "Жетісу облысы", "Жетысуская область", "Жетысуская область"),
        ("ru>en", "Тюркская академия и ОТГ", "The Turkic Academy and the Organization of Turkish States", "Turkish"),
    ],
)
def test_what_people_get_wrong_is_told(starter: Glossary, langs: str, source: str, target: str, wrong: str) -> None:
    assert any(wrong in message for message in complaints(starter, source, target, langs))
