"""A small controlled glossary, read from TOML as any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kzpress.glossary import Glossary, load

if TYPE_CHECKING:
    from pathlib import Path

ENTRIES = """
[mfa-kz]
kind = "institution"
names.en = "Ministry of Foreign Affairs of the Republic of Kazakhstan"
names.ru = "Министерство иностранных дел Республики Казахстан"
names.kk = "Қазақстан Республикасының Сыртқы істер министрлігі"
short.en = ["Kazakh MFA"]
short.ru = ["МИД РК"]
short.kk = "ҚР СІМ"
variants.ru = ["министерство внешних дел Казахстана", "МИД Казахстана", "казахстанский МИД"]
variants.kk = ["Қазақстан сыртқы істер министрлігі"]
forbidden.ru = ["министерство зарубежных дел"]
source = "a"

[mfa]
kind = "institution"
names.en = "Ministry of Foreign Affairs"
names.ru = "Министерство иностранных дел"
names.kk = "Сыртқы істер министрлігі"
short.en = "Foreign Ministry"
short.ru = "МИД"
short.kk = "СІМ"
source = "a"

[ombudsman-kz]
kind = "office"
names.en = "Commissioner for Human Rights in the Republic of Kazakhstan"
names.ru = "Уполномоченный по правам человека в Республике Казахстан"
names.kk = "Қазақстан Республикасындағы Адам құқықтары жөніндегі уәкіл"
short.en = ["Commissioner", "Ombudsperson"]
short.ru = ["Уполномоченный", "Омбудсмен"]
short.kk = ["Уәкіл", "Омбудсмен"]
variants.en = ["Commissioner for Human Rights of the Republic of Kazakhstan"]
variants.ru = ["комиссар по правам человека Республики Казахстан"]
variants.kk = ["адам құқықтары жөніндегі комиссар"]
forbidden.ru = ["омбудсвумен"]
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

[un]
kind = "institution"
names.en = "United Nations"
names.ru = "Организация Объединённых Наций"
names.kk = "Біріккен Ұлттар Ұйымы"
short.en = "UN"
short.ru = "ООН"
short.kk = "БҰҰ"
source = "a"

[european-parliament]
kind = "institution"
names.en = "European Parliament"
names.ru = "Европейский парламент"
names.kk = "Еуропалық парламент"
short.ru = "Европарламент"
source = "a"

[parliament-kz]
kind = "institution"
names.en = "Parliament of the Republic of Kazakhstan"
names.ru = "Парламент Республики Казахстан"
names.kk = "Қазақстан Республикасының Парламенті"
short.en = "Parliament"
short.ru = "Парламент"
short.kk = "Парламент"
source = "a"

[minister]
kind = "office"
names.en = "Minister"
names.ru = "Министр"
names.kk = "Министр"
source = "a"

[kazakhstan]
kind = "place"
names.en = "Republic of Kazakhstan"
names.ru = "Республика Казахстан"
names.kk = "Қазақстан Республикасы"
short.en = "Kazakhstan"
short.ru = "Казахстан"
short.kk = "Қазақстан"
source = "a"

[central-asia]
kind = "place"
names.en = "Central Asia"
names.ru = "Центральная Азия"
names.kk = "Орталық Азия"
source = "a"

[astana]
kind = "place"
names.en = "Astana"
names.ru = "Астана"
names.kk = "Астана"
valid = [{ to = 2019-03-23 }, { from = 2022-09-17 }]
source = "a"

[nur-sultan]
kind = "place"
names.en = "Nur-Sultan"
names.ru = "Нур-Султан"
names.kk = "Нұр-Сұлтан"
variants.ru = ["Астана"]
valid = { from = 2019-03-23, to = 2022-09-17 }
source = "a"

[kazinform]
kind = "institution"
names.en = "Kazinform"
names.ru = "Казинформ"
names.kk = "ҚазАқпарат"
source = "a"

[azimova]
kind = "person"
names.en = "Elvira Azimova"
names.ru = "Эльвира Азимова"
names.kk = "Эльвира Әзімова"
source = "a"

[tokayev]
kind = "person"
names.en = "Kassym-Jomart Tokayev"
names.ru = "Касым-Жомарт Токаев"
names.kk = "Қасым-Жомарт Тоқаев"
source = "a"
"""


@pytest.fixture(scope="session")
def glossary(tmp_path_factory: pytest.TempPathFactory) -> Glossary:
    folder: Path = tmp_path_factory.mktemp("workspace") / "glossary"
    folder.mkdir()
    (folder / "all.toml").write_text(ENTRIES, encoding="utf-8")
    return load(folder)
