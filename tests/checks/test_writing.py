"""How a translation is written: what is told, what is put right, and what is right as it stands."""

from __future__ import annotations

import pytest

from kzpress import checks
from kzpress.domain import Finding, Key, Lang

KK, RU, EN = Lang.KK, Lang.RU, Lang.EN


def found(source: str, target: str, langs: tuple[Lang, Lang], context: str = "body") -> tuple[Finding, ...]:
    return checks.run(source, target, *langs, Key(context=context, source=source))


def fixed(source: str, target: str, langs: tuple[Lang, Lang], context: str = "body") -> list[tuple[str, str | None]]:
    return [(finding.code, finding.fix) for finding in found(source, target, langs, context)]


MENDED = [
    ("spacing", EN, RU, "The talks, he said, went well.", "Переговоры , по его словам, прошли успешно.",
     "Переговоры, по его словам, прошли успешно."),
    ("spacing", EN, KK, "The sides signed a plan.", "Тараптар  жоспарға қол қойды.", "Тараптар жоспарға қол қойды."),
    ("spacing", RU, KK, "Форум «Болашақ» завершился.", "« Болашақ » форумы аяқталды.", "«Болашақ» форумы аяқталды."),
    ("spacing", KK, EN, "Кездесуге министр, елші қатысты.", "The minister,the envoy attended the meeting.",
     "The minister, the envoy attended the meeting."),
    ("punctuation", EN, RU, "The plan was adopted.", "План был принят..", "План был принят."),
    ("punctuation", RU, KK, "Министр, посол и консул приехали.", "Министр,, елші және консул келді.",
     "Министр, елші және консул келді."),
    ("punctuation", EN, RU, "Trade, he said, grows.", "Торговля растет, - сказал он.", "Торговля растет, – сказал он."),
    ("number-style", EN, RU, "Trade grew by 12.5%.", "Товарооборот вырос на 12.5%.", "Товарооборот вырос на 12,5%."),
    ("number-style", RU, EN, "Инвестиции достигли 1 250,5 млн евро.", "Investment reached 1 250,5 million euros.",
     "Investment reached 1,250.5 million euros."),
    ("number-style", EN, KK, "Exports grew by 3.4 million tonnes.", "Экспорт 3.4 млн тоннаға өсті.",
     "Экспорт 3,4 млн тоннаға өсті."),
    ("word-doubled", EN, RU, "He noted that the plan is ready.", "Он отметил, что что план готов.",
     "Он отметил, что план готов."),
    ("word-doubled", RU, EN, "Стороны подписали план.", "The the sides signed a plan.", "The sides signed a plan."),
    ("word-doubled", EN, KK, "Ministers and envoys came.", "Министрлер және және елшілер келді.",
     "Министрлер және елшілер келді."),
    ("quotes-style", EN, RU, 'He called it "an open door".', 'Он назвал это "открытой дверью".',
     "Он назвал это «открытой дверью»."),
    ("quotes-style", EN, KK, 'The "Open Door" forum began.', "“Ашық есік” форумы басталды.",
     "«Ашық есік» форумы басталды."),
    ("quotes-style", RU, EN, "Форум «Открытая дверь» начался.", "The «Open Door» forum has begun.",
     "The “Open Door” forum has begun."),
    ("quotes-style", EN, RU, 'He said: "It is neutrality".', "Он сказал: «Это “нейтралитет”».",
     "Он сказал: «Это „нейтралитет“»."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "langs", "source", "target", "right"),
    [(code, (source, target), *texts) for code, source, target, *texts in MENDED],
    ids=[case[4] for case in MENDED],
)
def test_a_slip_of_writing_is_told_and_put_right(
    code: str, langs: tuple[Lang, Lang], source: str, target: str, right: str
) -> None:
    assert fixed(source, target, langs) == [(code, right)]
    assert fixed(source, right, langs) == []


RIGHT = [
    (EN, KK, "Step by step, trust grows.", "Сенім бірте-бірте нығая береді."),
    (EN, KK, "Snow-white pages were shown.", "Ақ ақ парақтар көрсетілді."),
    (EN, RU, "Little by little, trade revives.", "Торговля еле еле оживает."),
    (EN, RU, "The Roa Roa Hotel reopened.", "Отель «Роа Роа» вновь открыт."),
    (EN, RU, "He met with S. Zhumabekov.", "Он встретился с С. Жумабековым."),
    (EN, RU, "NUR-SULTAN. KAZINFORM - The talks began.", "НУР-СУЛТАН. КАЗИНФОРМ - начались переговоры."),
    (EN, RU, "The Kazakhstan–EU council met.", "Прошло заседание совета «Казахстан - ЕС»."),
    (EN, RU, "See version 2.5 and section 3.4.", "Смотрите версию 2.5 и раздел 3.4."),
    (EN, RU, "The meeting starts at 3.30 p.m.", "Встреча начнется в 3.30 дня."),
    (EN, RU, 'He said: "Trust is not built in a day.', "Он сказал: «Доверие не строится за день."),
    (EN, KK, 'He quoted the word "neutrality".', "Ол «„бейтараптық“ деген сөз бар» деді."),
    (RU, EN, "Он сказал: «Мы готовы».", 'He said, "We are ready."'),
    (EN, RU, 'NC "Railways" JSC joined.', "Присоединилось АО «НК «Железные дороги»."),
    (EN, RU, 'The "Centre of Trust" opened.', "Открылся «Центр «Доверие»»."),
    (RU, EN, "Трубы диаметром 12 дюймов заменены.", 'The 12" pipes were replaced by "Trust" pipes.'),
    (EN, RU, "The draft (including annexes) etc.", "Проект (включая приложения) и т.д., и т.п."),
    (EN, RU, "See https://gov.kz/a..b,,c for more.", "Подробнее: https://gov.kz/a..b,,c здесь."),
    (EN, RU, "What a day… and what a night!", "Какой день… и какая ночь!.."),
]


@pytest.mark.parametrize(("source_lang", "target_lang", "source", "target"), RIGHT, ids=[case[3] for case in RIGHT])
def test_what_is_written_rightly_is_left_alone(source_lang: Lang, target_lang: Lang, source: str, target: str) -> None:
    assert fixed(source, target, (source_lang, target_lang)) == []


def test_marks_without_a_fellow_are_told_where_the_source_has_pairs() -> None:
    (finding,) = found("Форум «Болашақ» завершился.", "«Болашақ форумы аяқталды.", (RU, KK))
    assert (finding.code, finding.fix) == ("quotes-unbalanced", None)
    assert finding.message == "quotation marks not in pairs: «"


def test_a_message_shows_the_words_around_a_slip() -> None:
    (finding,) = found("The plan was adopted.", "План был принят..", (EN, RU))
    assert finding.message == "“принят..”: write “принят.”"


def test_a_headline_ends_without_a_full_stop() -> None:
    source, target = "Министры обсудили торговлю", "Министрлер сауданы талқылады."
    assert fixed(source, target, (RU, KK), "headline") == [("headline-style", "Министрлер сауданы талқылады")]
    assert fixed(source, target, (RU, KK)) == []
    assert fixed(source, f"{target}.", (RU, KK), "headline")[1] == ("headline-style", "Министрлер сауданы талқылады")
    assert fixed("Year in Review: Trade and So On", "Итоги года: торговля и т.д.", (EN, RU), "headline") == []
    assert fixed("Trade Grew in 2021", "Торговля выросла в 2021 г.", (EN, RU), "headline") == []


def test_a_headline_in_english_capitals_is_told_in_russian_and_kazakh() -> None:
    source = "Foreign Ministers Discuss Trade and Transit Corridors"
    (finding,) = found(source, "Министры Иностранных Дел Обсудили Торговлю и Транзитные Коридоры", (EN, RU), "headline")
    assert (finding.code, finding.fix) == ("headline-style", None)
    assert fixed(source, "Министры иностранных дел обсудили торговлю и транзитные коридоры", (EN, RU), "headline") == []


SUFFIXES = [
    (KK, "The 6th session was held.", "6-ші сессия өтті.", "6-шы сессия өтті."),
    (KK, "It grew to 40 by spring.", "Көктемге қарай 40-ке жетті.", "Көктемге қарай 40-қа жетті."),
    (KK, "It fell by 12.5%.", "Ол 12,5%-ке төмендеді.", "Ол 12,5%-ға төмендеді."),
    (KK, "Exports exceeded 5 million.", "Экспорт 5 млн-нен асты.", "Экспорт 5 млн-нан асты."),
    (KK, "The EEAC met.", "ЕҰАК пен АЭСО-нің өкілдері кездесті.", "ЕҰАК пен АЭСО-ның өкілдері кездесті."),
    (KK, "The house of Bolashak opened.", "«Болашақ»тің үйі ашылды.", "«Болашақ»тың үйі ашылды."),
    (RU, "The 5th session was held in 2021.", "В 2021 году прошла 5-ая сессия.", "В 2021 году прошла 5-я сессия."),
    (RU, "He took part in the 77th session.", "Он выступил на 77-ой сессии.", "Он выступил на 77-й сессии."),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "source", "target", "right"), SUFFIXES, ids=[case[2] for case in SUFFIXES])
def test_a_suffix_sounds_with_what_it_stands_on(lang: Lang, source: str, target: str, right: str) -> None:
    assert ("suffix-wrong", right) in fixed(source, target, (EN, lang))
    assert not {"suffix-wrong"} & {finding.code for finding in found(source, right, (EN, lang))}


def test_english_ordinals_end_as_they_are_read() -> None:
    assert fixed("Прошла 21-я сессия.", "The 21th session was held.", (RU, EN)) == [
        ("suffix-wrong", "The 21st session was held.")
    ]
    for figure in ("1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "112th"):
        assert fixed(f"Прошла {figure[:-2]}-я сессия.", f"The {figure} session was held.", (RU, EN)) == []


RIGHT_SUFFIXES = """
2021-ден 5-ші 9-шы 10-ға 20-сы 30-да 50-ге 50-і 60-тан 70-ке 80-нен 90-нан 100-ге 1000-нан 3-інде 2-сін 4-тен 8000-ға
38%-ға 12%-ын 12,5%-дан ЮНЕСКО-ның БҰҰ-да БАӘ-ден МАГАТЭ-нің ЕО-мен «Болашақ»қа «Егемен»нің БҰҰ-әйелдер 5-сынып
"""


@pytest.mark.parametrize("words", [*RIGHT_SUFFIXES.split(), "7 млн-нан", "2 млрд-тан", "1,5 млрд-қа", "8 000-ға"])
def test_suffixes_as_editors_write_them_are_right(words: str) -> None:
    codes = [finding.code for finding in found("", f"Құжатта {words} деп жазылған.", (RU, KK))]
    assert "suffix-wrong" not in codes
