"""A glossary with everything an entry can have: lists, dates, forms, a country, a pattern, awkward characters."""

from __future__ import annotations

from pathlib import Path

ENTRIES = """\
# Ministries come first.

[mfa-kz]
kind = "institution"
names.en = "Ministry of Foreign Affairs of the Republic of Kazakhstan"
names.ru = "Министерство иностранных дел Республики Казахстан"
names.kk = "Қазақстан Республикасының Сыртқы істер министрлігі"
short.en = ["MFA", "Foreign Ministry"]  # the first is written
short.ru = "МИД"
variants.ru = [
    "МИД Казахстана",
    "министерство внешних дел",
]
forbidden.ru = ["Министерство внешних сношений"]
forms.kk = { gen = "Қазақстан Республикасы Сыртқы істер министрлігінің" }
source = "Resolution of the Government of 28 October 2004 No. 1118"
note = "Asked often; «МИД РК» is the short name and a country."

# Places.

[astana]
kind = "place"
names.en = "Astana"
names.ru = "Астана"
names.kk = "Астана"
valid = [{ to = 2019-03-23 }, { from = 2022-09-17 }]
source = "Decree of the President of 17 September 2022"

[2030-agenda]
kind = "document"
names.en = "=Agenda | \\\\2030\\\\ \\"for\\" development"
names.ru = "Повестка дня, 2030; устойчивое развитие"
names.kk = "2030 күн тәртібі"
short.en = ["-Agenda|2030", "'+Agenda"]
valid = { from = 2016-01-01, to = 2031-01-01 }
source = "@un.org"

[azimova]
kind = "person"
names.en = "Elvira Azimova"
names.ru = "Эльвира Азимова"
names.kk = "Эльвира Әзімова"
gender = "f"
source = "akorda.kz"

[kazakhstan]
kind = "place"
iso = "KZ"
names.en = "Kazakhstan"
names.ru = "Казахстан"
names.kk = "Қазақстан"
source = "a"

[france]
kind = "place"
iso = "FR"
names.en = "France"
names.ru = "Франция"
names.kk = "Франция"
source = "a"

[mongolia]
kind = "place"
iso = "MN"
names.en = "Mongolia"
names.ru = "Монголия"
names.kk = "Моңғолия"
source = "a"

[embassy-kz-in]
kind = "institution"
each = "country"
except = ["mongolia"]
names.en = "Embassy of the Republic of Kazakhstan in {country}"
names.ru = "Посольство Республики Казахстан {in:country}"
names.kk = "Қазақстан Республикасының {country:attr} Елшілігі"
source = "a"
"""

OWN = """\
[osce]
kind = "institution"
names.en = "Organization for Security and Co-operation in Europe"
names.ru = "Организация по безопасности и сотрудничеству в Европе"
names.kk = "Еуропадағы қауіпсіздік және ынтымақтастық ұйымы"
source = "osce.org"
"""


def glossary_in(folder: Path, text: str = ENTRIES) -> Path:
    """Make a glossary of one file ``all.toml`` in ``folder``."""
    place = folder / "glossary"
    place.mkdir(parents=True, exist_ok=True)
    (place / "all.toml").write_text(text, encoding="utf-8")
    return place


def written(folder: Path, name: str, data: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path
