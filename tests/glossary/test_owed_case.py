"""Names that the model left in a case which their part in the source and the words beside them exclude."""

from __future__ import annotations

from pathlib import Path

import pytest

from kzpress import glossary as terms
from kzpress.domain import Hypothesis, Lang, Step
from kzpress.glossary import Glossary, Source, enforce, find

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def starter() -> Glossary:
    """The glossary of the repository: names of every kind."""
    return terms.load(ROOT / "glossary")


def enforced(glossary: Glossary, langs: str, source: str, draft: str) -> tuple[str, set[Step]]:
    told, lang = map(Lang, langs.split("-"))
    hits = find(glossary, source, told, None)
    said = Source(text=source, lang=told)
    text, uses = enforce(glossary, hits, [Hypothesis(text=draft, score=-0.4)], lang, None, source=said)
    return text, {use.step for use in uses}


MENDED = (
    (  # whose: a genitive after a noun
        "en-ru",
        "Judges of the Constitutional Court met.",
        "Судьи Конституционный Суд встретились.",
        "Судьи Конституционного Суда встретились.",
    ),
    (
        "kk-ru",
        "Ерлан Қариннің баяндамасы жарияланды.",
        "Доклад Ерлан Карин опубликован.",
        "Доклад Ерлана Карина опубликован.",
    ),
    (
        "en-ru",
        "According to Erlan Karin, the report is ready.",
        "По словам Ерлан Карин, доклад готов.",
        "По словам Ерлана Карина, доклад готов.",
    ),
    (  # by whom: an instrumental after a passive
        "en-ru",
        "An exhibition organized by the Ministry of Culture and Information opened.",
        "Открылась выставка, организованная Министерство культуры и информации.",
        "Открылась выставка, организованная Министерством культуры и информации.",
    ),
    (  # to whom: a dative after a verb of giving and telling
        "en-ru",
        "The Administration reported to the Head of State on the reform.",
        "Администрация доложила Глава государства о реформе.",
        "Администрация доложила Главе государства о реформе.",
    ),
    (  # whom: an accusative after a transitive verb
        "en-ru",
        "Students invited the Chairman of the Senate to a debate.",
        "Студенты пригласили Председатель Сената на дебаты.",
        "Студенты пригласили Председателя Сената на дебаты.",
    ),
    (
        "en-ru",
        "Senators greeted Erlan Karin standing.",
        "Сенаторы приветствовали Ерлан Карин стоя.",
        "Сенаторы приветствовали Ерлана Карина стоя.",
    ),
    (  # where to: an accusative after a verb of moving
        "en-ru",
        "The minister arrived in Ankara.",
        "Министр прибыл в Анкаре.",
        "Министр прибыл в Анкару.",
    ),
    (  # a Kazakh locative says that nothing moves
        "kk-ru",
        "Байқоңырда музей ашылды.",
        "В Байконур открылся музей.",
        "В Байконуре открылся музей.",
    ),
    (  # with whom, not from where
        "en-ru",
        "The memorandum was initialled with Serbia.",
        "Меморандум парафирован с Сербии.",
        "Меморандум парафирован с Сербией.",
    ),
    (  # two places in one case
        "en-ru",
        "The number of flights between Astana and Tashkent has grown.",
        "Число рейсов между Астаной и Ташкент выросло.",
        "Число рейсов между Астаной и Ташкентом выросло.",
    ),
    (
        "en-kk",
        "Students invited Erlan Karin to a debate.",
        "Студенттер Ерлан Қарин пікірсайысқа шақырды.",
        "Студенттер Ерлан Қаринді пікірсайысқа шақырды.",
    ),
    (
        "ru-kk",
        "Лидеры приняли программу в Самарканде.",
        "Көшбасшылар Самарқандқа бағдарламаны қабылдады.",
        "Көшбасшылар Самарқандта бағдарламаны қабылдады.",
    ),
)


@pytest.mark.parametrize(("langs", "source", "draft", "mended"), MENDED)
def test_a_name_is_put_into_the_case_that_source_and_place_ask_for(
    starter: Glossary, langs: str, source: str, draft: str, mended: str
) -> None:
    text, steps = enforced(starter, langs, source, draft)
    assert text == mended
    assert Step.GOVERNED in steps


RIGHT = (
    ("en-ru", "Citizens of Bangladesh came.", "Граждане Бангладеш приехали."),
    ("en-ru", "The ports of Riga have grown.", "Порты Рига выросли."),  # a place beside its kind
    ("en-ru", "Kazakhstan's exports have grown.", "По итогам года Казахстан увеличил экспорт."),  # now the subject
    ("en-ru", "The letter of Erlan Karin was read.", "Письмо посла Ерлан Карин прочел."),  # beside a person
    ("kk-ru", "Елші Астанаға келді.", "Посол прибыл в Астану."),
    ("en-ru", "The ministry told the Ministry of Justice the date.", "Ведомство сообщило Министерству юстиции дату."),
    ("ru-kk", "Самолет приземлился в Астане.", "Ұшақ Астанаға қонды."),  # motion in Kazakh
    ("en-ru", "Flights of Astana – Tashkent resume.", "Рейсы Астана – Ташкент возобновятся."),
    ("en-kk", "The minister met Erlan Karin.", "Министр Ерлан Қарин мырзамен кездесті."),
)


@pytest.mark.parametrize(("langs", "source", "draft"), RIGHT)
def test_a_name_that_may_be_right_is_left_as_it_is(starter: Glossary, langs: str, source: str, draft: str) -> None:
    assert enforced(starter, langs, source, draft)[0] == draft


@pytest.mark.parametrize(
    ("draft", "spelt"),
    [
        ("Вашингтондан келген сарапшылар.", "Вашингтоннан келген сарапшылар."),
        ("Ирандан келген сарапшылар.", "Ираннан келген сарапшылар."),
        ("Ирандық сарапшылар.", "Ирандық сарапшылар."),  # an adjective, no case
    ],
)
def test_a_kazakh_suffix_that_does_not_fit_its_name_is_spelt_right(starter: Glossary, draft: str, spelt: str) -> None:
    source = "Experts from Washington and Iran came."
    assert enforced(starter, "en-kk", source, draft)[0] == spelt
