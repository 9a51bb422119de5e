"""Kazakh names put into the case that the closing verb and their part in the source agree on, or left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from kzpress import glossary as terms
from kzpress.domain import Hypothesis, Lang
from kzpress.glossary import Glossary, Source, enforce, find

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def starter() -> Glossary:
    """The glossary of the repository: names of every kind."""
    return terms.load(ROOT / "glossary")


def enforced(glossary: Glossary, told: Lang, source: str, draft: str) -> str:
    said = Source(text=source, lang=told)
    hits = find(glossary, source, told, None)
    return enforce(glossary, hits, [Hypothesis(text=draft, score=-0.4)], Lang.KK, None, source=said)[0]


MENDED = (
    (  # whom: the object stands first, its subject bare before the verb
        Lang.RU,
        "Ассамблею народа Казахстана поддерживают меценаты.",
        "Қазақстан халқы Ассамблеясы меценаттар қолдайды.",
        "Қазақстан халқы Ассамблеясын меценаттар қолдайды.",
    ),
    (
        Lang.EN,
        "Farmers congratulated the Ministry of Agriculture on the harvest.",
        "Фермерлер Ауыл шаруашылығы министрлігіне өніммен құттықтады.",
        "Фермерлер Ауыл шаруашылығы министрлігін өніммен құттықтады.",
    ),
    (  # nothing follows that belongs to the genitive
        Lang.EN,
        "Experts compared Kazakhstan with Canada.",
        "Сарапшылар Қазақстанның Канадамен салыстырды.",
        "Сарапшылар Қазақстанды Канадамен салыстырды.",
    ),
    (  # the subject of a passive, of an active verb in Kazakh
        Lang.EN,
        "The Ministry of Ecology and Natural Resources was headed by a scientist.",
        "Экология және табиғи ресурстар министрлігі ғалым басқарды.",
        "Экология және табиғи ресурстар министрлігін ғалым басқарды.",
    ),
    (  # to whom
        Lang.RU,
        "Медаль вручена Ерлану Карину.",
        "Медаль Ерлан Қарин тапсырылды.",
        "Медаль Ерлан Қаринге тапсырылды.",
    ),
    (
        Lang.EN,
        "Schools sent the Ministry of Education a draft of the textbook.",
        "Мектептер Оқу-ағарту министрлігі оқулықтың жобасын жіберді.",
        "Мектептер Оқу-ағарту министрлігіне оқулықтың жобасын жіберді.",
    ),
    (
        Lang.EN,
        "The Head of State was told about the flood.",
        "Мемлекет басшысы су тасқыны туралы айтты.",
        "Мемлекет басшысына су тасқыны туралы айтты.",
    ),
    (  # of whom
        Lang.RU,
        "Врачи попросили у Министерства здравоохранения лекарства.",
        "Дәрігерлер Денсаулық сақтау министрлігіне дәрі-дәрмек сұрады.",
        "Дәрігерлер Денсаулық сақтау министрлігінен дәрі-дәрмек сұрады.",
    ),
    (
        Lang.RU,
        "Ерлана Карина спросили о бюджете.",
        "Ерлан Қарин бюджет туралы сұрады.",
        "Ерлан Қариннен бюджет туралы сұрады.",
    ),
    (  # where
        Lang.EN,
        "The results were discussed at the Ministry of Finance with economists.",
        "Қаржы министрлігі экономистермен нәтижелер талқыланды.",
        "Қаржы министрлігінде экономистермен нәтижелер талқыланды.",
    ),
    (  # where people come from
        Lang.RU,
        "Мост построили рабочие из Индии.",
        "Көпірді Үндістаннан жұмысшылар салды.",
        "Көпірді Үндістаннан келген жұмысшылар салды.",
    ),
    (  # a verb of two words, or a closed phrase, between the name and its verb
        Lang.RU,
        "Банк помог Министерству здравоохранения купить томографы.",
        "Банк Денсаулық сақтау министрлігі жаңа томографтар сатып алуға көмектесті.",
        "Банк Денсаулық сақтау министрлігіне жаңа томографтар сатып алуға көмектесті.",
    ),
    (
        Lang.EN,
        "Volunteers sent the Ministry of Education their books for schoolchildren.",
        "Еріктілер Оқу-ағарту министрлігі оқушыларға арналған кітаптар жіберді.",
        "Еріктілер Оқу-ағарту министрлігіне оқушыларға арналған кітаптар жіберді.",
    ),
    (  # what one leaves
        Lang.EN,
        "The rescuers left Jordan on Sunday.",
        "Құтқарушылар жексенбіде Иорданияға аттанды.",
        "Құтқарушылар жексенбіде Иорданиядан аттанды.",
    ),
    (
        Lang.RU,
        "Альпинисты покинули Непал.",
        "Альпинистер Непалға ұшты.",
        "Альпинистер Непалдан ұшты.",
    ),
    (  # where one was
        Lang.RU,
        "Ректор посетил Бангладеш.",
        "Ректор Бангладеш болды.",
        "Ректор Бангладеште болды.",
    ),
    (  # a broken stem, a head said twice, a suffix without the abbreviation's vowels
        Lang.RU,
        "В Эстонии открылся музей.",
        "Эстониде музей ашылды.",
        "Эстонияда музей ашылды.",
    ),
    (
        Lang.EN,
        "The judges of the Supreme Court met.",
        "Жоғарғы Сот Сот Соттың судьялары кездесті.",
        "Жоғарғы Соттың судьялары кездесті.",
    ),
    (
        Lang.EN,
        "The port applied to the EBRD for funds.",
        "Порт қаражат үшін ЕҚДБ-ға жүгінді.",
        "Порт қаражат үшін ЕҚДБ-ге жүгінді.",
    ),
)


@pytest.mark.parametrize(("told", "source", "draft", "mended"), MENDED)
def test_a_name_takes_the_case_of_the_closing_verb(
    starter: Glossary, told: Lang, source: str, draft: str, mended: str
) -> None:
    assert enforced(starter, told, source, draft) == mended


LEFT = (
    # a passive has its subject as it is
    (Lang.RU, "Ерлана Карина пригласили в Актау.", "Ерлан Қарин Ақтауға шақырылды."),
    # what follows belongs to the name
    (Lang.RU, "Гости посетили Казахстан.", "Қонақтар Қазақстан музейлерін аралады."),
    (Lang.EN, "The report was sent to the Senate.", "Баяндама Сенат Төрағасына жіберілді."),
    # a participle stands between: the name is its own
    (Lang.EN, "Students invited Erlan Karin.", "Студенттер Ерлан Қарин бастаған топты шақырды."),
    # an infinitive stands between: the place is its own
    (Lang.EN, "The rector invited them to visit Tokyo.", "Ректор оларды Токиоға келуге шақырды."),
    # to note is no happening, and what is compared takes the dative
    (Lang.RU, "В Министерстве финансов отметили рост доходов.", "Қаржы министрлігі табыстың өскенін атап өтті."),
    (Lang.EN, "The vote began earlier than in Tokyo.", "Дауыс беру Токиоға қарағанда ерте басталды."),
    # coordinated names share an ending
    (Lang.EN, "The mission was sent to Astana and Tashkent.", "Миссия Астана мен Ташкентке жіберілді."),
    # a verb of coming takes the ablative itself
    (Lang.RU, "Прибыли специалисты из Италии.", "Италиядан мамандар келді."),
    # without the source's word for it nothing is known
    (Lang.EN, "Erlan Karin invited the students.", "Ерлан Қарин студенттерді шақырды."),
)


@pytest.mark.parametrize(("told", "source", "draft"), LEFT)
def test_a_name_that_may_be_right_is_left(starter: Glossary, told: Lang, source: str, draft: str) -> None:
    assert enforced(starter, told, source, draft) == draft
