"""Times, sums of money, measures and telephone numbers: the same in each language's writing, or told."""

from __future__ import annotations

import pytest

from kzpress import checks
from kzpress.domain import Key, Lang, Severity

KK, RU, EN = Lang.KK, Lang.RU, Lang.EN


def told(source: str, target: str, langs: tuple[Lang, Lang]) -> list[tuple[str, str]]:
    findings = checks.run(source, target, *langs, Key(context="body", source=source))
    return [(finding.code, finding.message) for finding in findings]


SAME = [
    (EN, RU, "The meeting starts at 3:30 p.m.", "Встреча начнется в 15:30."),
    (EN, RU, "The briefing is at 12:15 a.m.", "Брифинг состоится в 00:15."),
    (EN, KK, "The meeting starts at 3:30 p.m.", "Кездесу сағат 15.30-да басталады."),
    (EN, KK, "The meeting starts at 9:00 a.m.", "Кездесу таңғы сағат 9:00-де басталады."),
    (KK, EN, "Кездесу кешкі 7:30-да басталады.", "The meeting starts at 7:30 p.m."),
    (RU, EN, "Форум откроется в 10:00.", "The forum opens at 10 a.m."),
    (EN, RU, "The call is at 3:30.", "Звонок состоится в 15:30."),
    (EN, RU, "Aid worth $5 million was sent.", "Направлена помощь на 5 млн долларов США."),
    (EN, KK, "Aid worth $5 million was sent.", "5 млн АҚШ доллары көлемінде көмек жіберілді."),
    (RU, KK, "Выделено 2,5 млрд тенге.", "2,5 млрд теңге бөлінді."),
    (KK, EN, "Бюджеттен 300 мың теңге бөлінді.", "The budget provided 300,000 tenge."),
    (EN, RU, "It costs from 28 to 41 billion tenge.", "Стоимость – от 28 до 41 млрд тенге."),
    (EN, RU, "Trade grew by 12.5 per cent.", "Товарооборот вырос на 12,5%."),
    (EN, KK, "Trade grew by 12.5 per cent.", "Тауар айналымы 12,5 пайызға өсті."),
    (EN, RU, "The share rose by 3 percentage points.", "Доля выросла на 3 процентных пункта."),
    (RU, KK, "Площадь – 350 гектаров.", "Аумағы – 350 га."),
    (EN, KK, "The road is 310 km long.", "Жолдың ұзындығы – 310 шақырым."),
    (EN, RU, "The visit lasted 3 days and 3 weeks passed.", "Прошло 3 недели, визит длился 3 дня."),
    (EN, RU, "A 30-year agreement was signed.", "Подписано соглашение на 30 лет."),
    (EN, KK, "Call +7 (7172) 72-05-18.", "Телефон: 8 7172 72 05 18."),
    (EN, RU, "Our team won 6–3 and then 112-109.", "Наша команда победила 6:3, а потом 112:109."),
    (EN, KK, "Our team won 5-0.", "Біздің құрама 5:0 есебімен жеңді."),
    (EN, RU, "They lost 5-4 on penalties.", "Они проиграли по пенальти 4:5."),
    (RU, EN, "Она победила 7:6, 4:6, 7:5.", "She won 7-6, 4-6, 7-5."),
    (RU, KK, "Матч завершился со счетом 2:1.", "Ойын 2:1 есебімен аяқталды."),
    (EN, RU, "She touched the wall in 2:06.12.", "Она финишировала с результатом 2:06,12."),
    (RU, KK, "Завод построили в 1953-м, школу – в 1960-м.", "Зауыт 1953 жылы, мектеп 1960 жылы салынды."),
]


@pytest.mark.parametrize(("source_lang", "target_lang", "source", "target"), SAME, ids=[case[3] for case in SAME])
def test_the_same_amounts_are_the_same_in_each_languages_writing(
    source_lang: Lang, target_lang: Lang, source: str, target: str
) -> None:
    assert told(source, target, (source_lang, target_lang)) == []


DIFFERENT = [
    (EN, RU, "The meeting starts at 3:30 p.m.", "Встреча начнется в 3:30.", "time-mismatch"),
    (RU, EN, "Форум откроется в 17:00.", "The forum opens at 7:00 a.m.", "time-mismatch"),
    (EN, RU, "Aid worth $5 million was sent.", "Направлена помощь на 5 млн тенге.", "currency-mismatch"),
    (KK, EN, "Бюджеттен 300 мың теңге бөлінді.", "The budget provided $300,000.", "currency-mismatch"),
    (RU, KK, "Инвестиции составили 20 млн евро.", "Инвестиция көлемі 20 млн АҚШ долларын құрады.", "currency-mismatch"),
    (EN, RU, "Aid worth $5 million was sent.", "Направлена помощь на 5 млн.", "currency-mismatch"),
    (EN, RU, "Trade grew by 12%.", "Товарооборот вырос на 12 процентных пунктов.", "unit-mismatch"),
    (EN, KK, "The road is 310 km long.", "Жолдың ұзындығы – 310 метр.", "unit-mismatch"),
    (RU, KK, "Площадь – 350 гектаров.", "Аумағы – 350 шаршы километр.", "unit-mismatch"),
    (RU, EN, "Визит продлится 5 дней.", "The visit will last 5 weeks.", "unit-mismatch"),
    (RU, KK, "Рождаемость – 21‰.", "Туу көрсеткіші – 21%.", "unit-mismatch"),
    (EN, RU, "Call +7 (7172) 72-05-18.", "Телефон: +7 (7172) 72-05-81.", "phone-mismatch"),
    (EN, RU, "Our team won 6-3.", "Наша команда победила 6:2.", "number-mismatch"),
    (EN, KK, "They won 6-3 and 7-5.", "Олар 6:3 есебімен жеңді.", "number-mismatch"),
    (EN, RU, "The bridge is 60 years old.", "Длина моста 60 м, а высота иная.", "unit-mismatch"),
]


@pytest.mark.parametrize(
    ("source_lang", "target_lang", "source", "target", "code"), DIFFERENT, ids=[case[3] for case in DIFFERENT]
)
def test_another_amount_is_an_error_of_its_own_kind(
    source_lang: Lang, target_lang: Lang, source: str, target: str, code: str
) -> None:
    codes = [found for found, _ in told(source, target, (source_lang, target_lang))]
    assert code in codes
    assert checks.SEVERITIES[code] is Severity.ERROR


def test_the_message_has_both_sides() -> None:
    assert told("Aid worth $5 million was sent.", "Направлена помощь на 5 млн тенге.", (EN, RU)) == [
        ("currency-mismatch", "the source has 5 million dollar, the translation 5 млн tenge")
    ]
