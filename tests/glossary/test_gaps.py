"""A name goes into its gap in the case the words around it ask for, or not at all."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from kzpress.domain import Lang
from kzpress.glossary import Gap, Source, fill, find, requirements, role_of

if TYPE_CHECKING:
    from kzpress.glossary import Glossary

DAY = dt.date(2021, 7, 24)


def filled(glossary: Glossary, source: str, target: str, *, said: Lang = Lang.EN, lang: Lang = Lang.RU) -> str | None:
    """Fill the gaps ``[1]``, ``[2]`` of ``target`` with the names of ``source`` in their order."""
    hits = find(glossary, source, said, DAY)
    sentence = Source(text=source, lang=said)
    needs = {need.concept.id: need for need in requirements(glossary, hits, lang, sentence) if not need.bracket}
    gaps = [
        Gap(mark=f"[{number}]", need=needs[hit.entry], role=role_of(sentence, hit))
        for number, hit in enumerate(hits, 1)
        if f"[{number}]" in target
    ]
    return fill(glossary, target, gaps, lang)


MFA = "Ministry of Foreign Affairs of the Republic of Kazakhstan"


@pytest.mark.parametrize(
    ("source", "target", "text"),
    [
        (
            f"Experts met with the {MFA}.",
            "Эксперты встретились с [1].",
            "Эксперты встретились с Министерством иностранных дел Республики Казахстан.",
        ),
        (
            f"A note was sent to the {MFA}.",
            "В [1] направлена нота.",
            "В Министерство иностранных дел Республики Казахстан направлена нота.",
        ),
        (
            f"A briefing was held at the {MFA}.",
            "В [1] прошел брифинг.",
            "В Министерстве иностранных дел Республики Казахстан прошел брифинг.",
        ),
        (
            f"The position of the {MFA} was heard.",
            "Заслушана позиция [1].",
            "Заслушана позиция Министерства иностранных дел Республики Казахстан.",
        ),
        (
            f"The {MFA} also reported on the visit.",
            "[1] также сообщил о визите.",
            "Министерство иностранных дел Республики Казахстан также сообщило о визите.",
        ),
        (
            f"The {MFA} reported on the visit.",
            "Сообщил [1] о визите.",
            "Сообщило Министерство иностранных дел Республики Казахстан о визите.",
        ),
        (
            f"The forum was organised by the {MFA}.",
            "Форум организован [1].",
            "Форум организован Министерством иностранных дел Республики Казахстан.",
        ),
        (
            f"The talks were held on the initiative of the {MFA}.",
            "Переговоры прошли по инициативе [1].",
            "Переговоры прошли по инициативе Министерства иностранных дел Республики Казахстан.",
        ),
        (
            "The talks were held in Kazakhstan and the European Parliament.",
            "Переговоры прошли в [1] и [2].",
            "Переговоры прошли в Казахстане и Европейском парламенте.",
        ),
        ("A letter from E. Azimova was read out.", "Зачитано письмо от [1].", "Зачитано письмо от Э. Азимовой."),
        ("E. Azimova reported on it.", "[1] сообщил об этом.", "Э. Азимова сообщила об этом."),
    ],
)
def test_a_russian_gap_is_filled_in_the_case_its_words_ask_for(
    glossary: Glossary, source: str, target: str, text: str
) -> None:
    assert filled(glossary, source, target) == text


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (f"Kazakhstan, the {MFA} and experts.", "Также [2], как и прежде."),
        (f"Experts discussed the {MFA}.", "Эксперты обсудили в [1] доклад."),  # inside it, or on the way into it?
        (f"The {MFA} was congratulated by the guests.", "[1] поздравили гости."),  # the subject of a passive
        (f"Thanks went to the {MFA}.", "Выражена поддержка [1]."),
        (f"It was told the {MFA}.", "Сообщил [1] делегат."),
        ("The Minister E. Azimova spoke.", "Выступление министра [2] началось."),
        (f"A platform of the {MFA}.", "Платформа «[1] – Центральная Азия»."),
        (f"The {MFA} reported on the visit.", "Который [1] сообщил."),
    ],
)
def test_where_the_case_cannot_be_known_nothing_is_put_in(glossary: Glossary, source: str, target: str) -> None:
    assert filled(glossary, source, target) is None


@pytest.mark.parametrize(
    ("source", "target", "text"),
    [
        (
            "The head of the European Parliament arrived.",
            "[1] төрағасы келді.",
            "Еуропалық парламенттің төрағасы келді.",
        ),
        ("It was reported at the OSCE.", "Бұл туралы [1]-да айтылды.", "Бұл туралы ЕҚЫҰ-да айтылды."),
        (
            f"A letter was sent to the {MFA}.",
            "Хат [1]-ға жолданды.",
            "Хат Қазақстан Республикасының Сыртқы істер министрлігіне жолданды.",
        ),
        (
            "The talks with the European Parliament ended.",
            "[1]мен келіссөздер аяқталды.",
            "Еуропалық парламентпен келіссөздер аяқталды.",
        ),
        (
            "It was adopted through the European Parliament.",
            "Ол [1] арқылы қабылданды.",
            "Ол Еуропалық парламент арқылы қабылданды.",
        ),
        (
            "Kazakhstan and the OSCE signed it.",
            "[1] мен ЕҚЫҰ оған қол қойды.",
            "Қазақстан мен ЕҚЫҰ оған қол қойды.",
        ),
        (
            "The European Parliament and the OSCE signed it.",
            "[1] мен ЕҚЫҰ оған қол қойды.",
            "Еуропалық парламент пен ЕҚЫҰ оған қол қойды.",
        ),
        (
            "The European Parliament supported the project.",
            "[1] жобаны қолдады.",
            "Еуропалық парламент жобаны қолдады.",
        ),
        (
            "A new office was opened in Kazakhstan.",
            "Жаңа кеңсе [1] ашылды.",
            "Жаңа кеңсе Қазақстанда ашылды.",
        ),
        (
            "The report by E. Azimova was heard.",
            "[1]-ның есебі тыңдалды.",
            "Э. Әзімованың есебі тыңдалды.",
        ),
    ],
)
def test_a_kazakh_gap_takes_the_case_of_its_suffix_with_the_vowels_of_the_name(
    glossary: Glossary, source: str, target: str, text: str
) -> None:
    assert filled(glossary, source, target, lang=Lang.KK) == text


@pytest.mark.parametrize(
    "target", ["Тараптар [1] еуропалық жобаны талқылады.", "Бұл жоба туралы [1] егжей-тегжейлі айтылды."]
)
def test_a_kazakh_gap_without_suffix_inside_a_sentence_stays_open(glossary: Glossary, target: str) -> None:
    assert filled(glossary, "The project of the OSCE was discussed.", target, lang=Lang.KK) is None


@pytest.mark.parametrize(
    ("source", "target", "text"),
    [
        (
            "Министерство иностранных дел Республики Казахстан сообщило.",
            "[1] reported it.",
            f"The {MFA} reported it.",
        ),
        ("Визит в Казахстан завершен.", "The visit to [1] is over.", "The visit to Kazakhstan is over."),
        ("Позиция Казахстана ясна.", "[1]’s position is clear.", "Kazakhstan's position is clear."),
        (
            "Доклад Министерства иностранных дел Республики Казахстан.",
            "A report of the [1].",
            f"A report of the {MFA}.",
        ),
    ],
)
def test_an_english_gap_takes_the_article_and_the_possessive(
    glossary: Glossary, source: str, target: str, text: str
) -> None:
    assert filled(glossary, source, target, said=Lang.RU, lang=Lang.EN) == text


@pytest.mark.parametrize(
    ("source", "lang", "role"),
    [
        ("Allocations were made by the OSCE.", Lang.EN, "by"),
        ("the OSCE's mandate", Lang.EN, "of"),
        ("The OSCE has said so.", Lang.EN, "subject"),
        ("The OSCE was told so.", Lang.EN, "to"),
        ("The OSCE was praised.", Lang.EN, "patient"),
        ("A letter to the OSCE arrived.", Lang.EN, "to"),
        ("A letter to the OSCE secretariat arrived.", Lang.EN, "attribute"),
        ("Бұл туралы Қазақстанда айтылды.", Lang.KK, "at"),
        ("Ол Қазақстанға келді.", Lang.KK, "to"),
        ("Он прибыл в Центральную Азию.", Lang.RU, "to"),
        ("Он живет в Казахстане.", Lang.RU, "at"),
        ("Народ Казахстана", Lang.RU, "of"),
    ],
)
def test_the_source_tells_what_a_name_is_in_it(glossary: Glossary, source: str, lang: Lang, role: str | None) -> None:
    (hit,) = find(glossary, source, lang, DAY)
    assert role_of(Source(text=source, lang=lang), hit) == role
