"""Names as releases have them: people with patronymics, abbreviations with suffixes, look-alike letters."""

from __future__ import annotations

from pathlib import Path

import pytest

from kzpress.domain import Lang
from kzpress.glossary import Glossary, find, load

ENTRIES = """
[beketova]
kind = "person"
names.en = "Alma Serikovna Beketova-Orlova"
names.ru = "Алма Сериковна Бекетова-Орлова"
names.kk = "Алма Серікқызы Бекетова-Орлова"
source = "a"

[sabituly]
kind = "person"
names.en = "Yermek Sabituly"
names.ru = "Ермек Сабитулы"
names.kk = "Ермек Сәбитұлы"
source = "a"

[ellin]
kind = "person"
names.en = "Peter Ellin"
names.ru = "Питер Эллин"
names.kk = "Питер Эллин"
source = "a"

[osce]
kind = "institution"
names.en = "Organization for Security and Co-operation in Europe"
names.ru = "Организация по безопасности и сотрудничеству в Европе"
names.kk = "Еуропадағы қауіпсіздік және ынтымақтастық ұйымы"
short.en = "OSCE"
short.ru = "ОБСЕ"
short.kk = "ЕҚЫҰ"
source = "a"

[kaztag]
kind = "institution"
names.en = "KazTAG"
names.ru = "КазТАГ"
names.kk = "ҚазТАГ"
source = "a"

[carec]
kind = "institution"
names.en = "Central Asia Regional Economic Cooperation"
names.ru = "Центральноазиатское региональное экономическое сотрудничество"
names.kk = "Орталық Азия өңірлік экономикалық ынтымақтастығы"
short.en = "CAREC"
short.ru = "ЦАРЭС"
short.kk = "CAREC"
source = "a"
"""


@pytest.fixture(scope="module")
def met(tmp_path_factory: pytest.TempPathFactory) -> Glossary:
    folder: Path = tmp_path_factory.mktemp("met") / "glossary"
    folder.mkdir()
    (folder / "a.toml").write_text(ENTRIES, encoding="utf-8")
    return load(folder)


@pytest.mark.parametrize(
    ("lang", "text", "entry"),
    [
        (Lang.RU, "встретился с Алмой Сериковной Бекетовой-Орловой", "beketova"),
        (Lang.RU, "по словам Алмы Бекетовой-Орловой", "beketova"),
        (Lang.RU, "по словам А.С. Бекетовой\u2011Орловой", "beketova"),
        (Lang.KK, "Алма Серікқызы Бекетова-Орловаға табыс етілді", "beketova"),
        (Lang.KK, "А. Бекетова-Орлованың айтуынша", "beketova"),
        (Lang.EN, "Alma Beketova-Orlova’s statement", "beketova"),
        (Lang.RU, "с Ермеком Сабитулы", "sabituly"),
        (Lang.KK, "Ермек Сәбитұлына алғыс айтты", "sabituly"),
        (Lang.KK, "Е. Сәбитұлымен кездесті", "sabituly"),
        (Lang.RU, "подписан Питером Эллином", "ellin"),
        (Lang.KK, "ЕҚЫҰ-ның өкілі", "osce"),
        (Lang.KK, "ЕҚЫҰ\u2011мен ынтымақтастық", "osce"),
        (Lang.KK, "ЕҚЫҰ-дағы төрағалық", "osce"),
        (Lang.RU, "саммит OБCE в Астане", "osce"),
        (Lang.EN, "the OSCE’s field operations", "osce"),
        (Lang.KK, "ҚазТАГ-тың хабарлауынша", "kaztag"),
        (Lang.KK, "CAREC-тің отырысы", "carec"),
        (Lang.KK, "CAREC-ке мүше", "carec"),
    ],
)
def test_a_name_is_recognised_as_people_write_it(met: Glossary, lang: Lang, text: str, entry: str) -> None:
    assert [hit.entry for hit in find(met, text, lang, None)] == [entry]


@pytest.mark.parametrize("text", ["обсе", "Обсетов", "ЕҚЫҰлар"])
def test_abbreviations_need_their_capitals_and_their_end(met: Glossary, text: str) -> None:
    assert find(met, text, Lang.RU, None) == ()
    assert find(met, text, Lang.KK, None) == ()
