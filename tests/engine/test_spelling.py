"""Names that a model left in two alphabets, written in one from the source."""

from __future__ import annotations

import pytest

from kzpress.domain import Lang
from kzpress.engine.spelling import spell_names, to_cyrillic, to_english

KK, RU, EN = Lang.KK, Lang.RU, Lang.EN


@pytest.mark.parametrize(
    ("langs", "source", "drafted", "mended"),
    [
        (
            (RU, EN),
            "Приз вручён Дине Аксаковой.",
            "The prize went to Dina Aksаковa.",
            "The prize went to Dina Aksakova.",
        ),
        ((RU, EN), "Тренера «Ланкастера» сменили.", "The coach of Ланkaster left.", "The coach of Lankaster left."),
        (
            (KK, EN),
            "Олар Сарыағаш қаласын аралады.",
            "They toured Saryағаш's streets.",
            "They toured Saryagash's streets.",
        ),
        ((RU, EN), "Интервью взяли у Симпсона.", "They spoke with Simpsона.", "They spoke with Simpson."),
        ((RU, EN), "Аксакова Дина победила.", "Aksаkova Dina won.", "Aksakova Dina won."),
        ((RU, EN), "Беседа с Дорпиным прошла.", "The talk with Dorpиным is over.", "The talk with Dorpin is over."),
        ((RU, EN), "Её вручили Дорпиной.", "It went to Dorpиной.", "It went to Dorpina."),
        ((KK, EN), "Мұны Тоқаев айтты.", "It was said by Toқаев.", "It was said by Tokayev."),
        ((EN, RU), "The guests heard Fleetwood in Oral.", "Гости слушали Флеетwoodа.", "Гости слушали Флитвуда."),
        ((EN, KK), "The Parasat order was awarded.", "Парасat ордені табыс етілді.", "Парасат ордені табыс етілді."),
        ((EN, KK), "They left Kokshetau on Friday.", "Олар Көкshetauдан кетті.", "Олар Көкшетаудан кетті."),
        (
            (RU, KK),
            "Делегацию принял Симпсон.",
            "Делегацияны Симпsonға таныстырды.",
            "Делегацияны Симпсонға таныстырды.",
        ),
        ((KK, RU), "Бұл туралы Әзімов айтты.", "Об этом рассказал Azімов.", "Об этом рассказал Азимов."),
    ],
)
def test_a_name_in_two_alphabets_is_written_as_the_source_has_it(
    langs: tuple[Lang, Lang], source: str, drafted: str, mended: str
) -> None:
    text, (spelt,) = spell_names(source, drafted, langs)
    assert text == mended
    assert (spelt.wrong in drafted, spelt.right in mended, spelt.original in source) == (True, True, True)


@pytest.mark.parametrize(
    ("drafted", "mended"), [("Бұл Исtagram желісінде шықты.", "Instagram"), ("Бұл исtagramда шықты.", "Instagram-да")]
)
def test_a_latin_name_of_a_cyrillic_source_stays_latin(drafted: str, mended: str) -> None:
    text, _ = spell_names("Это появилось в Instagram.", drafted, (RU, KK))
    assert mended in text.split()


@pytest.mark.parametrize(
    ("langs", "source", "drafted"),
    [
        ((EN, KK), "The IT company sold iPhone sets.", "IT-компания iPhone-дарды сатты."),
        ((EN, KK), "Posted on Twitter and Zoom.", "Twitterде және Zoomда жарияланды."),  # no hyphen, but meant so
        ((KK, RU), "АКИpress агенттігі мен DosbolLIKE бағдарламасы.", "Агентство АКИpress, программа ДосболLIKE."),
        ((EN, KK), "The C5+1 format and the 1A unit of QazTech.", "C5+1 пішімі және QazTech-тің АЭС-1A блогы."),
        ((RU, EN), "Стороны обсудили номинации фонда.", "The sides discussed номинациоs of the fund."),  # no name
        ((EN, RU), "In Addition, The Parties Confirmed Their Plans", "В Additionе стороны подтвердили планы"),
        ((EN, RU), "The sides met in Geneva.", "Стороны встретились с Холmogor."),  # in no word of the source
        ((RU, EN), "Правительство одобрило закон.", "The Правительstvo approved the law."),  # no name, but a head
        ((EN, RU), "Talks ended. Government approved it.", "Гоvernment одобрило это."),
        ((RU, EN), "Он читает «Егемен Қазақстан».", "He reads Егемен Қазақстан."),
        ((RU, EN), "Век XIX в зале ХІ.", "The ХIХ century is in hall ХІ."),
        ((KK, RU), "Сайланған ХХХVІІ сессия.", "Созванная ХХХVII сессия."),
    ],
)
def test_what_is_meant_so_or_is_no_name_stays(langs: tuple[Lang, Lang], source: str, drafted: str) -> None:
    assert spell_names(source, drafted, langs) == (drafted, ())


def test_the_same_name_is_written_the_same_and_told_once() -> None:
    text, spelt = spell_names("Симпсон и жена Симпсона.", "Simpсон and the wife of Simpсон.", (RU, EN))
    assert text == "Simpson and the wife of Simpson."
    assert [one.right for one in spelt] == ["Simpson"]


@pytest.mark.parametrize(
    ("written", "english"),
    [
        ("Ерлан", "yerlan"),
        ("Назарбаев", "nazarbayev"),
        ("Қайрат", "kairat"),
        ("Жуковский", "zhukovsky"),
        ("Ғалымжан", "galymzhan"),
        ("Шахрай", "shakhrai"),
    ],
)
def test_names_go_into_english_as_the_authorities_write_them(written: str, english: str) -> None:
    assert to_english(written) == english


@pytest.mark.parametrize(
    ("written", "cyrillic"),
    [
        ("Yerlan", "ерлан"),
        ("Nazarbayev", "назарбаев"),
        ("Shymkent", "шымкент"),
        ("Zhukovsky", "жуковский"),
        ("Greenwood", "гринвуд"),
        ("Chicago", "чикаго"),
        ("Brighton", "брайтон"),
    ],
)
def test_names_go_into_cyrillic_by_sound(written: str, cyrillic: str) -> None:
    assert to_cyrillic(written) == cyrillic
