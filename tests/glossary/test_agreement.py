"""An approved name in a form that its sentence cannot take, and the forms it may take."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kzpress.domain import Key, Lang, Severity
from kzpress.glossary import Glossary, check, find, load

if TYPE_CHECKING:
    from kzpress.domain import Finding


SOURCES = {Lang.RU: (Lang.EN, "A note."), Lang.KK: (Lang.RU, "Заметка."), Lang.EN: (Lang.RU, "Заметка.")}


def findings(glossary: Glossary, lang: Lang, target: str, context: str = "body") -> tuple[Finding, ...]:
    """Return what is said of ``target``; its source names nothing."""
    source_lang, source = SOURCES[lang]
    key = Key(context=context, source=source)
    return check(glossary, source, target, source_lang=source_lang, target_lang=lang, date=None, key=key)


@pytest.mark.parametrize(
    ("lang", "target", "severity", "message"),
    [
        (
            Lang.RU,
            "Делегация прибыла в Министерству иностранных дел.",
            Severity.ERROR,
            (
                "“в Министерству иностранных дел”: “в” takes the accusative or prepositional: write "
                "“Министерстве иностранных дел” or “Министерство иностранных дел”"
            ),
        ),
        (
            Lang.RU,
            "Соглашение с Республика Казахстан вступило в силу.",
            Severity.ERROR,
            (
                "“с Республика Казахстан”: “с” takes the genitive or instrumental: write "
                "“Республикой Казахстан” or “Республики Казахстан”"
            ),
        ),
        (
            Lang.RU,
            "Меморандум подписан по инициативе Казахстан в апреле.",
            Severity.ERROR,
            "“по инициативе Казахстан”: “по инициативе” takes the genitive: write “Казахстана”",
        ),
        (
            Lang.RU,
            "Приоритетом председательства остается связанность, после Казахстаном подчеркнули эксперты.",
            Severity.WARNING,
            "“после Казахстаном”: “после” takes the genitive: write “Казахстана”",
        ),
        (
            Lang.RU,
            "Гости посетили казахстанское Министерством иностранных дел.",
            Severity.ERROR,
            "“казахстанское Министерством иностранных дел”: the adjective and the name do not agree",
        ),
        (
            Lang.RU,
            "Об этом уведомлена казахстанская Министерство иностранных дел.",
            Severity.WARNING,
            "“казахстанская Министерство иностранных дел”: the adjective and the name do not agree",
        ),
        (
            Lang.RU,
            "Астана стал местом проведения форума.",
            Severity.WARNING,
            "“Астана стал”: the name is feminine: “стала”",
        ),
        (
            Lang.RU,
            "Эксперты обменялись опытом с Казахстаном и Астана.",
            Severity.WARNING,
            "“Казахстаном и Астана”: the names stand in different cases",
        ),
        (
            Lang.RU,
            "Страны Казахстана, Астаной и Центральной Азии договорились.",
            Severity.WARNING,
            "“Казахстана, Астаной и Центральной Азии”: the names stand in different cases",
        ),
        (
            Lang.RU,
            "Письмо вручено Министру Эльвира Азимова.",
            Severity.WARNING,
            "“Министру Эльвира Азимова”: the names stand in different cases",
        ),
        (
            Lang.RU,
            "Казахстане поддержал инициативу.",
            Severity.ERROR,
            "“Казахстане”: the prepositional case without в, на, о, по or при before it",
        ),
        (
            Lang.KK,
            "Құжатқа Қазақстандағы атынан қол қойылды.",
            Severity.ERROR,
            (
                "“Қазақстандағы атынан”: “атынан” takes the nominative or genitive: write "
                "“Қазақстан атынан” or “Қазақстанның атынан”"
            ),
        ),
        (
            Lang.KK,
            "Бұл ұсынысты Қазақстанның қолдады.",
            Severity.WARNING,
            "“Қазақстанның қолдады.”: nothing follows that belongs to it",
        ),
        (
            Lang.KK,
            "Құжатта Қазақстанның туралы айтылды.",
            Severity.ERROR,
            "“Қазақстанның туралы”: “туралы” takes the nominative: write “Қазақстан туралы”",
        ),
        (
            Lang.KK,
            "Пойыз Астана дейін барады.",
            Severity.ERROR,
            "“Астана дейін”: “дейін” takes the dative: write “Астанаға дейін”",
        ),
        (
            Lang.KK,
            "Есеп БҰҰ-нің сайтында жарияланды.",
            Severity.ERROR,
            "“БҰҰ-нің”: the suffix does not follow the sound of the abbreviation: write “БҰҰ-ның”",
        ),
        (
            Lang.KK,
            "Есеп БҰҰның сайтында жарияланды.",
            Severity.ERROR,
            "“БҰҰның”: a hyphen stands between an abbreviation and its suffix: write “БҰҰ-ның”",
        ),
        (
            Lang.EN,
            "The guests spoke highly of the Kazakhstan.",
            Severity.WARNING,
            "“the Kazakhstan”: this name takes no article: write “Kazakhstan”",
        ),
        (
            Lang.EN,
            "The note was sent to Parliament of the Republic of Kazakhstan.",
            Severity.WARNING,
            (
                "“to Parliament of the Republic of Kazakhstan”: this name takes the article: "
                "write “to the Parliament of the Republic of Kazakhstan”"
            ),
        ),
    ],
)
def test_a_form_that_its_neighbour_excludes_is_found(
    glossary: Glossary, lang: Lang, target: str, severity: Severity, message: str
) -> None:
    (found,) = findings(glossary, lang, target)
    assert (found.code, found.severity, found.message) == ("name-wrong-form", severity, message)


@pytest.mark.parametrize(
    ("lang", "target"),
    [
        (Lang.RU, "В Министерство иностранных дел поступила нота, в Министерстве иностранных дел ее изучают."),
        (Lang.RU, "С Республикой Казахстан сотрудничают, с Республики Казахстан сняты ограничения."),
        (Lang.RU, "По МИД РК дежурит вторая смена, к МИД РК обращаются ежедневно."),
        (Lang.RU, "Форум «Центральная Азия – Европейский союз» прошел в формате Центральная Азия – ЕС."),
        (Lang.RU, "При поддержке Казахстаном этой инициативы документ был принят."),
        (Lang.RU, "Подготовленный Министерством иностранных дел доклад размещен на сайте."),
        (Lang.RU, "Подписки, выписки и переписку с перепиской Министерства иностранных дел хранит архив."),
        (Lang.RU, "Казахстан посетила делегация, Астану посетил комиссар."),
        (Lang.RU, "Столица Казахстана Астана стала побратимом Сеула, город Астана принял форум."),
        (Lang.RU, "После Казахстана делегация посетит Кыргызстан."),
        (Lang.RU, "Астана и Казахстан, в Казахстане и Центральной Азии, президент Казахстана и министр."),
        (Lang.RU, "Министру Эльвире Азимовой и в Казахстане, Центральной Азии и Астане рады."),
        (Lang.RU, "Команда стартовала в «Астана Хаб», матч пройдет в Астана Арена."),
        (Lang.RU, "Среди участников группы С Казахстан занял второе место."),
        (Lang.KK, "Қазақстан туралы, Қазақстан үшін, Астанаға дейін, Астана арқылы."),
        (Lang.KK, "Қазақстан кейін де қолдау көрсетеді, Қазақстанның басқа өңірлері де қатысты."),
        (Lang.KK, "БҰҰ-ның, БҰҰ-ға, БҰҰ-мен, ЕҚЫҰ-дан, ЕҚЫҰ-ны, ҚР СІМ-нің, ҚР СІМ-ге."),
        (
            Lang.KK,
            "Қазақстан мен Қытай, Қазақстан атынан және Қазақстанның атынан. Бастаманы Қазақстан қолдады.",
        ),
        (Lang.KK, "БҰҰ-НЫҢ ЕСЕБІ ЖАРИЯЛАНДЫ."),
        (Lang.EN, "The Kazakhstan delegation thanked the Kazakhstan of today."),
        (Lang.EN, "It was sent to the Parliament of the Republic of Kazakhstan."),
        (Lang.EN, "He works with Ministry of Foreign Affairs officials."),
    ],
)
def test_a_right_form_raises_no_alarm(glossary: Glossary, lang: Lang, target: str) -> None:
    assert [f.message for f in findings(glossary, lang, target) if f.code == "name-wrong-form"] == []


def test_headlines_may_drop_the_article(glossary: Glossary) -> None:
    target = "Statement by Parliament of the Republic of Kazakhstan"
    assert findings(glossary, Lang.EN, target, "headline") == ()
    assert [f.code for f in findings(glossary, Lang.EN, target)] == ["name-wrong-form"]


def test_a_missing_kazakh_name_with_the_wrong_suffix_is_told_as_such(glossary: Glossary) -> None:
    key = Key(context="body", source="Центральная Азия и развитие Казахстана")
    (found,) = check(
        glossary,
        key.source,
        "Орталық Азия және Қазақстаннің дамуы",
        source_lang=Lang.RU,
        target_lang=Lang.KK,
        date=None,
        key=key,
    )
    assert (found.code, found.severity) == ("name-wrong-form", Severity.ERROR)
    assert found.message == "“Қазақстаннің”: the suffix does not follow the sound of the name: write “Қазақстанның”"


def test_loans_that_are_heard_both_ways_are_left_to_the_missing_name(tmp_path: Path) -> None:
    text = '[baku]\nkind = "place"\nnames.en = "Baku"\nnames.ru = "Баку"\nnames.kk = "Баку"\nsource = "a"\n'
    key = Key(context="body", source="Talks in Baku")
    found = check(
        of(tmp_path, text), key.source, "Бакуде келіссөз", source_lang=Lang.EN, target_lang=Lang.KK, date=None, key=key
    )
    assert "name-wrong-form" not in [f.code for f in found]


def test_places_are_answered_by_adjectives_that_begin_otherwise(tmp_path: Path) -> None:
    text = '[turkiye]\nkind = "place"\nnames.en = "Türkiye"\nnames.ru = "Турция"\nnames.kk = "Түркия"\nsource = "a"\n'
    for langs, source, target in (
        ((Lang.EN, Lang.RU), "Bursa, Türkiye", "турецкая Бурса"),
        ((Lang.RU, Lang.EN), "Делегация Турции", "The Turkish delegation"),
    ):
        key = Key(context="body", source=source)
        glossary = of(tmp_path, text)
        assert check(glossary, source, target, source_lang=langs[0], target_lang=langs[1], date=None, key=key) == ()


def test_a_place_inside_a_longer_word_is_not_that_place(glossary: Glossary) -> None:
    assert [
        hit.entry for hit in find(glossary, "A Trans-Kazakhstan route, a Kazakhstan-OSCE forum", Lang.EN, None)
    ] == [
        "kazakhstan",
        "osce",
    ]


def test_kazakh_names_lose_their_genitive_in_a_chain_of_genitives(tmp_path: Path) -> None:
    text = (
        '[deputy]\nkind = "office"\nnames.en = "Deputy Minister of Culture"\n'
        'names.ru = "Заместитель министра культуры"\nnames.kk = "Мәдениет министрінің орынбасары"\nsource = "a"\n'
    )
    key = Key(context="body", source="A visit of the Deputy Minister of Culture")
    target = "Мәдениет министрі орынбасарының сапары"
    found = check(of(tmp_path, text), key.source, target, source_lang=Lang.EN, target_lang=Lang.KK, date=None, key=key)
    assert found == ()


def test_a_long_kazakh_name_loses_its_first_genitive_in_a_chain(glossary: Glossary) -> None:
    target = "Қазақстан Республикасы Сыртқы істер министрлігінің хабарлауынша"
    key = Key(context="body", source="Министерство иностранных дел Республики Казахстан")
    said = check(glossary, key.source, target, source_lang=Lang.RU, target_lang=Lang.KK, date=None, key=key)
    assert said == ()


def test_a_date_may_stand_before_the_head_of_a_kazakh_name(tmp_path: Path) -> None:
    text = (
        '[decree]\nkind = "document"\nnames.en = "Decree of the President"\nnames.ru = "Указ Президента"\n'
        'names.kk = "Президенттің Жарлығы"\nsource = "a"\n'
    )
    key = Key(context="body", source="Appointed by Decree of the President")
    for target, codes in (
        ("Президенттің 2018 жылғы 10 қыркүйектегі Жарлығымен тағайындалды", []),
        ("Президенттің қолдауымен тағайындалды. Жарлығы бар", ["name-missing"]),
    ):
        found = check(
            of(tmp_path, text), key.source, target, source_lang=Lang.EN, target_lang=Lang.KK, date=None, key=key
        )
        assert [f.code for f in found] == codes


def of(tmp_path: Path, text: str) -> Glossary:
    """Return a glossary of one file."""
    folder = tmp_path / "glossary"
    folder.mkdir(exist_ok=True)
    (folder / "a.toml").write_text(text, encoding="utf-8")
    return load(folder)
