"""From the gentlest step to the finding: which name ends up in the translation, and in which case."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from kzpress.domain import Hypothesis, Lang, Step
from kzpress.glossary import Source, accepted, enforce, find, suffices

if TYPE_CHECKING:
    from kzpress.domain import NameUse
    from kzpress.glossary import Glossary

DAY = dt.date(2021, 7, 24)


def enforced(
    glossary: Glossary,
    source: str,
    *translations: str,
    lang: Lang = Lang.RU,
    scores: tuple[float, ...] = (),
    first: str | None = None,
) -> tuple[str, tuple[NameUse, ...]]:
    hits = find(glossary, source, Lang.EN, DAY)
    given = scores or tuple(-0.4 - 0.01 * i for i in range(len(translations)))
    hypotheses = [Hypothesis(text=text, score=score) for text, score in zip(translations, given, strict=True)]
    return enforce(glossary, hits, hypotheses, lang, DAY, first=first)


FOREIGN = "The Ministry of Foreign Affairs of the Republic of Kazakhstan was told."


def test_a_name_the_model_wrote_in_any_case_is_left_alone(glossary: Glossary) -> None:
    text, uses = enforced(glossary, FOREIGN, "В Министерстве иностранных дел Республики Казахстан узнали.")
    assert text == "В Министерстве иностранных дел Республики Казахстан узнали."
    assert [(use.step, use.form) for use in uses] == [(Step.MODEL, "Министерстве иностранных дел Республики Казахстан")]


def test_a_later_hypothesis_with_the_name_is_preferred(glossary: Glossary) -> None:
    right = "Об этом сообщили Министерству иностранных дел Республики Казахстан."
    text, uses = enforced(glossary, FOREIGN, "Об этом сообщили ведомству.", right)
    assert text == right
    assert uses[0].step is Step.N_BEST


def test_where_the_first_hypothesis_suffices_no_other_is_taken(glossary: Glossary) -> None:
    right = "Об этом сообщили Министерству иностранных дел Республики Казахстан."
    wrong = "Об этом сообщили в Министерство иностранным дел Республики Казахстан."
    hits = find(glossary, FOREIGN, Lang.EN, DAY)
    assert [suffices(glossary, hits, text, Lang.RU) for text in (right, "Сообщили ведомству.", wrong)] == [
        True,
        False,
        False,
    ]
    assert suffices(glossary, (), "Сообщили ведомству.", Lang.RU)
    assert enforced(glossary, FOREIGN, right, "В Министерстве иностранных дел Республики Казахстан узнали.")[0] == right


def test_a_much_worse_hypothesis_is_not_bought_for_a_name(glossary: Glossary) -> None:
    worse = "Министерство иностранных дел Республики Казахстан да да да."
    text, uses = enforced(glossary, FOREIGN, "Ведомству сообщили.", worse, scores=(-0.3, -1.9))
    assert text == "Ведомству сообщили."
    assert (uses[0].step, uses[0].form) == (Step.MISSING, None)


def test_of_equals_the_one_the_caller_prefers_is_taken_whatever_its_score(glossary: Glossary) -> None:
    sound = "Министерству иностранных дел Республики Казахстан сообщили 12 июля."
    likelier = "Министерству иностранных дел Республики Казахстан сообщили 2 июля."
    assert enforced(glossary, FOREIGN, sound, likelier, scores=(-0.6, -0.3))[0] == sound


def test_what_a_name_may_cost_is_counted_from_the_one_the_caller_prefers(glossary: Glossary) -> None:
    right = "Министерству иностранных дел Республики Казахстан сообщили 12 июля."
    drafts = ("Ведомству сообщили 12 июля.", right, "Ведомству сообщили 2 июля.")
    assert enforced(glossary, FOREIGN, *drafts, scores=(-0.7, -1.1, -0.2))[0] == right


RIGHT = "В Министерстве иностранных дел Республики Казахстан узнали об этом 12 июля."


@pytest.mark.parametrize(
    ("first", "step"),
    [
        (RIGHT, Step.MODEL),
        ("В Министерстве иностранных дел Республики Казахстан узнали об этом.", Step.MODEL),
        ("В ведомстве узнали об этом 2 июля.", Step.N_BEST),
        (None, Step.MODEL),
    ],
)
def test_a_name_is_the_models_own_only_if_its_first_text_has_it(
    glossary: Glossary, first: str | None, step: Step
) -> None:
    text, uses = enforced(glossary, FOREIGN, RIGHT, first=first)
    assert text == RIGHT
    assert [use.step for use in uses] == [step]


def test_a_replaced_variant_is_told_though_the_models_first_text_had_the_name(glossary: Glossary) -> None:
    text, uses = enforced(glossary, FOREIGN, "Сообщили в МИД Казахстана 12 июля.", first=RIGHT)
    assert text == "Сообщили в Министерстве иностранных дел Республики Казахстан 12 июля."
    assert [use.step for use in uses] == [Step.VARIANT]


@pytest.mark.parametrize(
    ("draft", "final"),
    [
        ("Сообщили в МИД Казахстана.", "Сообщили в Министерстве иностранных дел Республики Казахстан."),
        ("Нота вручена МИДу Казахстана.", "Нота вручена Министерству иностранных дел Республики Казахстан."),
        ("Позиция МИД Казахстана ясна.", "Позиция Министерства иностранных дел Республики Казахстан ясна."),
        ("МИД Казахстана сообщил об этом.", "Министерство иностранных дел Республики Казахстан сообщило об этом."),
        (
            "Встреча с министерством внешних дел Казахстана прошла.",
            "Встреча с Министерством иностранных дел Республики Казахстан прошла.",
        ),
        ("ВСТРЕЧА В КАЗАХСТАНСКОМ МИДЕ", "ВСТРЕЧА В МИНИСТЕРСТВЕ ИНОСТРАННЫХ ДЕЛ РЕСПУБЛИКИ КАЗАХСТАН"),
        ("Доклад министерства зарубежных дел.", "Доклад Министерства иностранных дел Республики Казахстан."),
        (
            "Сообщило министерство зарубежных дел Казахстана.",
            "Сообщило Министерство иностранных дел Республики Казахстан.",
        ),
    ],
)
def test_a_russian_variant_gives_way_to_the_name_in_its_case(glossary: Glossary, draft: str, final: str) -> None:
    text, uses = enforced(glossary, FOREIGN, draft)
    assert text == final
    assert uses[0].step is Step.VARIANT


@pytest.mark.parametrize(
    ("draft", "final"),
    [
        (
            "Адам құқықтары жөніндегі комиссарға хат жолданды.",
            "Қазақстан Республикасындағы Адам құқықтары жөніндегі уәкілге хат жолданды.",
        ),
        (
            "Бұл адам құқықтары жөніндегі комиссардан келді.",
            "Бұл Қазақстан Республикасындағы Адам құқықтары жөніндегі уәкілден келді.",
        ),
        ("Омбудсменнің есебі.", "Қазақстан Республикасындағы Адам құқықтары жөніндегі уәкілдің есебі."),
    ],
)
def test_a_kazakh_variant_gives_way_to_the_name_in_its_case(glossary: Glossary, draft: str, final: str) -> None:
    source = "The Commissioner for Human Rights in the Republic of Kazakhstan was told."
    text, uses = enforced(glossary, source, draft, lang=Lang.KK)
    assert text == final
    assert uses[0].step is Step.VARIANT


def test_an_english_possessive_stays_possessive(glossary: Glossary) -> None:
    hits = find(glossary, "Доклад Уполномоченного по правам человека в Республике Казахстан", Lang.RU, DAY)
    draft = Hypothesis(text="The Commissioner for Human Rights of the Republic of Kazakhstan’s report", score=-0.2)
    text, _ = enforce(glossary, hits, [draft], Lang.EN, DAY)
    assert text == "The Commissioner for Human Rights in the Republic of Kazakhstan’s report"


def test_an_undecidable_case_is_left_to_the_reviewer(glossary: Glossary) -> None:
    source = "The Organization for Security and Co-operation in Europe"
    text, uses = enforced(glossary, source, "Также ОБСЕ, как и прежде.")
    assert text == "Также ОБСЕ, как и прежде."
    assert uses[0].step is Step.MISSING


@pytest.mark.parametrize("draft", ["Обновлённый МИД Казахстана сообщил об этом.", "Сообщил МИД Казахстана об этом."])
def test_a_word_before_that_would_no_longer_agree_leaves_the_name_to_the_reviewer(
    glossary: Glossary, draft: str
) -> None:
    text, uses = enforced(glossary, FOREIGN, draft)
    assert text == draft
    assert uses[0].step is Step.MISSING


def test_a_surname_alone_is_neither_accepted_nor_replaced(glossary: Glossary) -> None:
    text, uses = enforced(glossary, "E. Azimova noted it.", "Азимова отметила это.")
    assert text == "Азимова отметила это."
    assert uses[0].step is Step.MISSING
    assert uses[0].required == "Э. Азимова"


def test_initials_answer_initials_and_so_does_the_full_name(glossary: Glossary) -> None:
    for target in ("Об этом сказано Э. Азимовой.", "Об этом сказано Эльвирой Азимовой."):
        assert enforced(glossary, "E. Azimova said so.", target)[1][0].step is Step.MODEL


def test_a_name_wanted_twice_is_wanted_once(glossary: Glossary) -> None:
    source = "The United Nations, or UN, and the UN again"
    text, uses = enforced(glossary, source, "Организация Объединённых Наций, или ООН")
    assert text == "Организация Объединённых Наций, или ООН"
    assert [use.step for use in uses] == [Step.MODEL]


def test_a_place_answered_by_its_adjective_is_neither_enforced_nor_missing(glossary: Glossary) -> None:
    assert enforced(glossary, "Kazakhstan side", "казахстанская сторона") == ("казахстанская сторона", ())


def test_a_sentence_without_names_keeps_the_first_hypothesis(glossary: Glossary) -> None:
    assert enforced(glossary, "It rained.", "Шёл дождь.", "Дождило.") == ("Шёл дождь.", ())


def test_no_hypotheses_is_a_mistake_of_the_caller(glossary: Glossary) -> None:
    with pytest.raises(ValueError, match="no hypotheses"):
        enforce(glossary, (), [], Lang.RU, DAY)


def test_every_claimed_form_stands_in_the_text(glossary: Glossary) -> None:
    drafts = ("Сообщили в МИД Казахстана и ОБСЕ.", "Встреча Уполномоченного и МИДа Казахстана.", "ООН.")
    source = "The Ministry of Foreign Affairs of the Republic of Kazakhstan, the Commissioner, OSCE and UN met."
    for draft in drafts:
        text, uses = enforced(glossary, source, draft)
        assert len(uses) == 4
        assert all(use.form in text for use in uses if use.form is not None)
        assert enforced(glossary, source, text)[0] == text


def test_the_accepted_forms_of_a_hit_begin_with_the_one_to_write(glossary: Glossary) -> None:
    (hit,) = find(glossary, "the UN", Lang.EN, DAY)
    answers = accepted(glossary, hit, Lang.KK)
    assert answers[0] == "БҰҰ"
    assert {"БҰҰ-ның", "Біріккен Ұлттар Ұйымына"} <= set(answers)


@pytest.mark.parametrize(
    ("source", "draft", "mended"),
    [
        ("A letter came from Canada.", "Письмо пришло из Канада.", "Письмо пришло из Канады."),
        ("Talks were held in Warsaw.", "Переговоры прошли в Варшава.", "Переговоры прошли в Варшаве."),
        ("The envoy flew to Warsaw.", "Посол вылетел в Варшавы.", "Посол вылетел в Варшаву."),
    ],
)
def test_a_name_is_put_into_the_case_its_preposition_takes(
    starter: Glossary, source: str, draft: str, mended: str
) -> None:
    said = Source(text=source, lang=Lang.EN)
    hits = find(starter, source, Lang.EN, None)
    text, uses = enforce(starter, hits, [Hypothesis(text=draft, score=0.0)], Lang.RU, None, source=said)
    assert text == mended
    assert [use.step for use in uses] == [Step.GOVERNED]


def test_a_case_that_only_the_sense_can_tell_is_left_to_the_reviewer(starter: Glossary) -> None:
    source = "Warsaw hosts."
    hits = find(starter, source, Lang.EN, None)
    said = Source(text=source, lang=Lang.EN)
    text, _ = enforce(starter, hits, [Hypothesis(text="Прием в Варшавы.", score=0.0)], Lang.RU, None, source=said)
    assert text == "Прием в Варшавы."


@pytest.mark.parametrize(
    ("draft", "mended"),
    [
        ("Встреча прошла после Варшава.", "Встреча прошла после Варшавы."),
        ("Встреча с Варшава прошла.", "Встреча с Варшавой прошла."),
        ("Это было накануне Варшава.", "Это было накануне Варшавы."),
    ],
)
def test_a_draft_is_mended_where_a_person_would_only_be_asked(starter: Glossary, draft: str, mended: str) -> None:
    source = "Warsaw hosts."
    hits = find(starter, source, Lang.EN, None)
    said = Source(text=source, lang=Lang.EN)
    text, _ = enforce(starter, hits, [Hypothesis(text=draft, score=0.0)], Lang.RU, None, source=said)
    assert text == mended
