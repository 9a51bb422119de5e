"""Recognition of names in sentences written in the register of ministry releases."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest

from kzpress.domain import Lang, NameKind
from kzpress.glossary import find

if TYPE_CHECKING:
    from kzpress.glossary import Glossary

DAY = dt.date(2021, 7, 24)
_MARK = re.compile(r"\[([\w-]+)\|(.*?)\]")

# Names are marked [id|name]; what is unmarked must not be recognised.
SENTENCES = {
    Lang.RU: """
В [mfa-kz|Министерстве иностранных дел Республики Казахстан] состоялась встреча с послом.
Об этом сообщила пресс-служба [mfa-kz|МИД РК].
Нота передана в [mfa|МИДе] накануне визита.
Письмо [ombudsman-kz|Уполномоченному по правам человека в Республике Казахстан] поступило в среду.
[azimova|Э. Азимовой] вручено приглашение [european-parliament|Европейского парламента].
Доклад [ombudsman-kz|Омбудсмена] обсудили с [osce|Организацией по безопасности и сотрудничеству в Европе].
Эксперты [osce|ОБСЕ] и [un|ООН] прибыли в [nur-sultan|Нур-Султан].
Выступая в [un|Организации Объединенных Наций], [tokayev|К. Токаев] призвал к диалогу.
Указ подписан [tokayev|Касым-Жомартом Токаевым].
Уполномоченное лицо явилось в министерство обороны.
Премьер-Министр и вице-министр провели совещание.
Европейские парламентарии посетили обсерваторию.
""",
    Lang.KK: """
[mfa-kz|Қазақстан Республикасының Сыртқы істер министрлігінде] кездесу өтті.
Бұл туралы [mfa-kz|ҚР СІМ-нің] баспасөз қызметі хабарлады.
[un|БҰҰ-ның] және [osce|ЕҚЫҰ-ға] мүше елдер бас қосты.
[osce|Еуропадағы қауіпсіздік және ынтымақтастық ұйымындағы] миссия ашылды.
[ombudsman-kz|Қазақстан Республикасындағы Адам құқықтары жөніндегі уәкілге] хат жолданды.
[european-parliament|Еуропалық парламенттің] депутаттары [nur-sultan|Нұр-Сұлтанға] келді.
[tokayev|Қасым-Жомарт Тоқаевтың] Жарлығы жарияланды.
[azimova|Э. Әзімова] сөз сөйледі.
[un|Біріккен Ұлттар Ұйымымен] келісім жасалды.
Өкілетті тұлға қорғаныс министрлігіне барды.
""",
    Lang.EN: """
The [mfa-kz|Ministry of Foreign Affairs of the Republic of Kazakhstan] hosted the talks.
[azimova|E. Azimova] met the [un|United Nations'] envoy.
The [european-parliament|European Parliament's] delegation thanked the [ombudsman-kz|Commissioner].
[kazakhstan|Kazakhstan]-[un|UN] cooperation and the [osce|OSCE’s] mission were discussed.
A commissioner of the city parliament and the unusual oscean affairs were not.
[tokayev|K.Tokayev] addressed the [parliament-kz|Parliament].
""",
}


def unmarked(sentence: str) -> tuple[str, list[tuple[str, str]]]:
    return _MARK.sub(r"\2", sentence), _MARK.findall(sentence)


@pytest.mark.parametrize("lang", list(Lang))
def test_all_marked_names_and_no_others_are_recognised(glossary: Glossary, lang: Lang) -> None:
    for sentence in SENTENCES[lang].strip().splitlines():
        text, expected = unmarked(sentence)
        hits = find(glossary, text, lang, DAY)
        assert [(hit.entry, text[hit.start : hit.end]) for hit in hits] == expected


def test_a_hit_tells_kind_base_and_every_case_its_form_can_be(glossary: Glossary) -> None:
    (hit,) = find(glossary, "Созвана Организация Объединённых Наций.", Lang.RU, DAY)
    assert (hit.kind, hit.base, hit.cases) == (NameKind.NAME, "Организация Объединённых Наций", ("nom",))
    (hit,) = find(glossary, "по линии Организации Объединённых Наций", Lang.RU, DAY)
    assert hit.cases == ("gen", "dat", "loc")


def test_a_shouted_headline_is_read_like_any_other(glossary: Glossary) -> None:
    text = "ВСТРЕЧА В МИНИСТЕРСТВЕ ИНОСТРАННЫХ ДЕЛ РЕСПУБЛИКИ КАЗАХСТАН И ОБСЕ"
    assert [hit.entry for hit in find(glossary, text, Lang.RU, DAY)] == ["mfa-kz", "osce"]


def test_latin_look_alikes_and_no_break_spaces_do_not_hide_a_name(glossary: Glossary) -> None:
    assert [hit.entry for hit in find(glossary, "Бipiккен\u00a0Ұлттap Ұйымы", Lang.KK, DAY)] == ["un"]


def test_of_two_concepts_with_one_form_the_date_decides(glossary: Glossary) -> None:
    def city(date: dt.date | None) -> str:
        return find(glossary, "Встреча прошла в Астане.", Lang.RU, date)[0].entry

    assert city(dt.date(2021, 7, 24)) == "nur-sultan"
    assert city(dt.date(2018, 7, 24)) == "astana"
    assert city(dt.date(2023, 7, 24)) == "astana"
    assert city(None) == "astana"


def test_a_name_outside_its_dates_is_still_recognised(glossary: Glossary) -> None:
    assert find(glossary, "Nur-Sultan", Lang.EN, dt.date(2024, 1, 1))[0].entry == "nur-sultan"


def test_forms_are_whole_words(glossary: Glossary) -> None:
    assert find(glossary, "ООНовский МИДЛ обсеменён", Lang.RU, DAY) == ()
    assert find(glossary, "", Lang.RU, DAY) == ()


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Товарооборот достиг 3,5 млрд долларов США.", Lang.RU),
        ("Тауар айналымы 3,5 млрд АҚШ долларын құрады.", Lang.KK),
        ("Trade reached 3.5 billion US dollars.", Lang.EN),
    ],
)
def test_a_currency_names_no_country(starter: Glossary, text: str, lang: Lang) -> None:
    assert not find(starter, text, lang, None)


@pytest.mark.parametrize("text", ["The European Union adopted a strategy.", "THE EUROPEAN UNION ADOPTED A STRATEGY."])
def test_a_longer_english_name_is_known_by_a_capital_after_its_first_word(starter: Glossary, text: str) -> None:
    assert [hit.entry for hit in find(starter, text, Lang.EN, None)] == ["eu"]


@pytest.mark.parametrize("text", ["A European union of beekeepers met in Graz.", "They called it the united nations."])
def test_common_words_are_no_longer_english_name(starter: Glossary, text: str) -> None:
    assert not find(starter, text, Lang.EN, None)
