from __future__ import annotations

import pytest

from kzpress import checks
from kzpress.domain import Finding, Key, Lang, Severity

KEY = Key(context="body", source="")
KK, RU, EN = Lang.KK, Lang.RU, Lang.EN


def found(source: str, target: str, source_lang: Lang = EN, target_lang: Lang = RU) -> tuple[Finding, ...]:
    return checks.run(source, target, source_lang, target_lang, KEY)


def codes(source: str, target: str, langs: tuple[Lang, Lang] = (EN, RU)) -> list[str]:
    return [finding.code for finding in found(source, target, *langs)]


SAME = [
    (EN, RU, "The consulate received 600 appeals.", "Консульство получило шестьсот обращений."),
    (EN, RU, "Aid reached 200 families.", "Помощь оказана двумстам семьям."),
    (EN, KK, "More than 10 countries took part.", "Оған оннан астам ел қатысты."),
    (EN, KK, "The 10th session was held.", "Оныншы сессия өтті."),
    (EN, KK, "The 40th session was held.", "Қырқыншы сессия өтті."),
    (EN, KK, "The visit took place on 12 July.", "Сапар шілденің 12-сінде өтті."),
    (EN, RU, "Trade grew by 12.5% to $1,250.5 million.", "Товарооборот вырос на 12,5 % до 1 250,5 млн долларов."),
    (EN, KK, "Trade reached 1.5 billion dollars.", "Сауда айналымы 1,5 млрд долларға жетті."),
    (EN, KK, "Some 2,500 people came in 2021.", "2021 жылы 2500 адам келді."),
    (RU, EN, "В 2021 году 300 студентов получили гранты.", "In 2021, 300 students received grants."),
    (RU, EN, "Экспорт достиг 500 тыс. тонн.", "Exports reached 500,000 tonnes."),
    (EN, KK, "The cost rose from 28 to 41 billion tenge.", "Құны 28 млрд-тан 41 млрд теңгеге дейін өсті."),
    (KK, RU, "250 мың теңге бөлінді.", "Выделено двести пятьдесят тысяч тенге."),
    (EN, RU, "On July 12, 2021, talks were held.", "12 июля 2021 года прошли переговоры."),
    (EN, KK, "On July 12, 2021, talks were held.", "2021 жылғы 12 шілдеде келіссөздер өтті."),
    (RU, KK, "Встреча состоится 12.07.2021.", "Кездесу 2021 жылғы 12 шілдеде өтеді."),
    (EN, RU, "In the period from July 12 to 15, 2021", "В период с 12 по 15 июля 2021 года"),
    (EN, KK, "The talks ran from 28 June to 3 July.", "Келіссөздер 28 маусымнан 3 шілдеге дейін жүрді."),
    (EN, RU, "The four-day visit ended.", "Завершился 4-дневный визит."),
    (EN, RU, "The 4-day visit ended.", "Завершился четырехдневный визит."),
    (EN, KK, "The 3rd session took place.", "Үшінші сессия өтті."),
    (RU, EN, "План на 2019–2020 гг. принят.", "The plan for 2019–20 was adopted."),
    (RU, EN, "В XXI веке это важно.", "In the 21st century this matters."),
    (EN, KK, "A 19th-century map was shown.", "ХІХ ғасырдың картасы көрсетілді."),
    (EN, RU, "The meeting starts at 3:30 p.m.", "Встреча начнется в 15.30."),
    (EN, RU, "On the sidelines of COP29 in Baku", "На полях КС-29 в Баку"),
    (KK, RU, "Желі: 8 800 080 77 77", "Горячая линия: 8-800-080-77-77"),
    (EN, RU, "A meeting 0f the ta1ks group", "Заседание переговорной группы"),  # a bad scan
]


@pytest.mark.parametrize(("source_lang", "target_lang", "source", "target"), SAME, ids=[case[2] for case in SAME])
def test_the_same_figures_are_the_same_in_each_languages_writing(
    source_lang: Lang, target_lang: Lang, source: str, target: str
) -> None:
    assert found(source, target, source_lang, target_lang) == ()


DIFFERENT = [
    (EN, RU, "It grew by 12.5%.", "Рост составил 12 %.", "the source has 12.5%, the translation 12 %"),
    (EN, RU, "It is 1,250 km long.", "Длина – 1,250 км.", "the source has 1,250, the translation 1,250"),
    (RU, EN, "Приехали 2 500 человек.", "25,000 people came.", "the source has 2 500, the translation 25,000"),
    (EN, RU, "It cost 500 thousand.", "Стоимость – 500 млн.", "the source has 500 thousand, the translation 500 млн."),
    (EN, KK, "Twelve of 53 candidates", "Үміткерлердің он екісі", "53 of the source is not in the translation"),
    (EN, RU, "The plan is ready.", "План на 2022 год готов.", "the translation has 2022, the source has not"),
    (EN, KK, "It was held on July 12.", "Ол 12 маусымда өтті.", "the source has July, the translation маусым"),
    (EN, RU, "From 28 June to 3 July", "С 28 июля по 3 июня", "the source has 3 July, the translation 3 июня"),
]


@pytest.mark.parametrize(("source_lang", "target_lang", "source", "target", "message"), DIFFERENT)
def test_a_figure_or_date_that_differs_is_named(
    source_lang: Lang, target_lang: Lang, source: str, target: str, message: str
) -> None:
    (finding,) = found(source, target, source_lang, target_lang)
    assert (finding.code, finding.severity, finding.message) == ("number-mismatch", Severity.ERROR, message)


def test_an_address_may_change_its_language_and_take_a_suffix() -> None:
    assert codes("See https://www.gov.kz/memleket/mfa?lang=en.", "Смотрите gov.kz/memleket/mfa?lang=ru.") == []
    assert codes("See https://www.gov.kz.", "gov.kz-тен қараңыз.", langs=(EN, KK)) == []


def test_another_address_is_found() -> None:
    (finding,) = found("See www.gov.kz (in English).", "Смотрите www.gov.ru (на русском языке).")
    assert (finding.code, finding.severity) == ("url-mismatch", Severity.ERROR)
    assert finding.message == "the source has the address www.gov.kz, the translation www.gov.ru"


def test_an_abbreviation_with_points_is_no_address() -> None:
    assert codes("The U.S. and the E.U. signed it.", "США и ЕС подписали его.") == []


def test_a_lost_mailbox_is_found() -> None:
    assert codes("Write to press@mfa.gov.kz.", "Пишите в пресс-службу.") == ["email-mismatch"]
    assert codes("Write to press@mfa.gov.kz.", "press@mfa.gov.kz-ке жазыңыз.", langs=(EN, KK)) == []


def test_a_target_in_another_alphabet_is_found() -> None:
    assert codes("Тараптар уағдаласты және құжат қабылдады.", "The parties agreed on it.", langs=(KK, RU)) == [
        "script-wrong"
    ]
    assert codes("The parties agreed on a document.", "Стороны договорились о документе.", langs=(RU, EN)) == [
        "script-wrong"
    ]


def test_russian_in_the_place_of_kazakh_is_found() -> None:
    source = "The parties agreed to deepen cooperation in trade and investment."
    russian = "Стороны договорились углублять сотрудничество в торговле и инвестициях, а также в культуре."
    assert codes(source, russian, langs=(EN, KK)) == ["script-wrong"]
    assert codes(source, russian) == []


def test_latin_names_may_stand_in_a_kazakh_text() -> None:
    source = "Air Astana met with Lufthansa Technik and Rolls-Royce."
    assert codes(source, "Air Astana Lufthansa Technik және Rolls-Royce-пен кездесті.", langs=(EN, KK)) == []


def test_words_of_the_source_left_in_the_target_are_quoted() -> None:
    (finding,) = found(
        "The parties agreed to deepen cooperation in trade.",
        "По итогам переговоров стороны agreed to deepen cooperation в торговле.",
    )
    assert (finding.code, finding.severity) == ("source-left", Severity.WARNING)
    assert finding.message == "not translated: agreed to deepen cooperation"


def test_a_name_that_stays_is_not_left_over() -> None:
    source = "У. фон дер Ляйен провела встречу с премьер-министром."
    assert codes(source, "У. фон дер Ляйен премьер-министрмен кездесті.", langs=(RU, KK)) == []


def test_degenerate_output_is_reported_alone() -> None:
    (finding,) = found("On July 12, 2021, talks were held.", "")
    assert (finding.code, finding.severity) == ("output-empty", Severity.ERROR)
    assert finding.message == "there is no translation"
    (runaway,) = found("On July 12, 2021, important talks were held.", "Да, 5.")
    assert runaway.message == "the translation has 6 characters, the source 44"


def test_every_finding_carries_the_key_it_was_asked_for() -> None:
    assert {finding.key for finding in found("See gov.kz, 5.", "Смотрите mfa.kz, 6.")} == {KEY}


@pytest.mark.parametrize(
    ("langs", "source", "target"),
    [
        ((RU, EN), "Палаты обсудили торговлю.", "The палаты discussed trade."),
        ((EN, RU), "The chambers discussed a list of measures.", "Палаты обсудили listом мер."),
        ((EN, KK), "IMF and WTO experts came.", "IMFF және WTO сарапшылары келді."),
    ],
)
def test_a_word_in_the_wrong_letters_is_told(langs: tuple[Lang, Lang], source: str, target: str) -> None:
    assert codes(source, target, langs) == ["script-wrong"]


@pytest.mark.parametrize(
    ("langs", "source", "target"),
    [
        ((EN, RU), "Google and the WTO signed a memorandum.", "Google и WTO подписали меморандум."),
        ((EN, KK), "In the 19th century, Louis V ruled.", "XIX ғасырда V Людовик билік етті."),
        ((RU, KK), "Компания «Самсунг» открыла офис.", "Samsung компаниясы кеңсе ашты."),
        ((KK, RU), "Twitterде жазды.", "Написал в Twitter."),
    ],
)
def test_names_and_numerals_in_latin_letters_are_right(langs: tuple[Lang, Lang], source: str, target: str) -> None:
    assert codes(source, target, langs) == []


def test_a_phrase_said_twice_is_a_warning() -> None:
    source = "The sides agreed on cooperation in trade and transit next year and signed a plan."
    target = "Стороны договорились о сотрудничестве в торговле и подписали план о сотрудничестве в торговле на год."
    (finding,) = found(source, target)
    assert (finding.code, finding.severity) == ("output-repeats", Severity.WARNING)
    assert "о сотрудничестве в торг" in finding.message
