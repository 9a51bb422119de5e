"""Datelines: city, agency and date at the head of a release, as agencies of Kazakhstan write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kzpress.ingest.dates import FoundDate, find_date
from kzpress.text import fold

# A dash with a space on one side at least; the hyphen of NUR-SULTAN has none. Matched on folded text: one kind of dash.
_DASH: Final = re.compile(r"\s+-+\s*|-+\s+")
_STOP: Final = re.compile(r"\.\s+")
_SEPARATOR: Final = re.compile(r"(?<=\w\w\w)\.(?:\s+|$)|\s*,\s*|[/()]|\s+[-–—]+\s+")
_CITY_MARK: Final = re.compile(r"(?:г\.|қ\.)\s*", re.IGNORECASE)
_CITY: Final = re.compile(r"[^\W\d_][\w'\u2019-]*(?: [^\W\d_][\w'\u2019-]*){0,3}")
_LONGEST: Final = 120
_PARTICLES: Final = frozenset({"de", "of", "on", "the", "на", "la"})

_AGENCY_NAMES: Final = (
    "kazinform qazinform казинформ қазинформ қазақпарат qazaqparat казтаг kaztag tengrinews informburo интерфакс "
    "interfax тасс tass азертадж azertac кабар kabar уза uza trend"
)
# Cities that may stand in capitals alone before the dash: those of Kazakhstan by their present and earlier names, and
# seats of the organisations and governments it deals with, as its foreign ministry writes them.
_PLACE_NAMES: Final = (
    "ASTANA NUR-SULTAN ALMATY SHYMKENT AKTAU AKTOBE ATYRAU KARAGANDA KOKSHETAU KOSTANAY KYZYLORDA PAVLODAR "
    "PETROPAVLOVSK SEMEY TALDYKORGAN TARAZ TURKISTAN TURKESTAN URALSK ORAL UST-KAMENOGORSK OSKEMEN KONAEV "
    "ZHEZKAZGAN BAIKONUR MOSCOW BRUSSELS LUXEMBOURG GENEVA VIENNA NEW_YORK WASHINGTON LONDON PARIS BERLIN ROME "
    "ANKARA ISTANBUL BEIJING TOKYO SEOUL NEW_DELHI TASHKENT BISHKEK DUSHANBE ASHGABAT BAKU TBILISI MINSK KYIV "
    "WARSAW BUDAPEST HELSINKI DOHA RIYADH ABU_DHABI TEHRAN CAIRO JERUSALEM STRASBOURG THE_HAGUE MADRID АСТАНА "
    "НУР-СУЛТАН АЛМАТЫ ШЫМКЕНТ АКТАУ АКТОБЕ АТЫРАУ КАРАГАНДА КОКШЕТАУ КОСТАНАЙ КЫЗЫЛОРДА ПАВЛОДАР ПЕТРОПАВЛОВСК "
    "СЕМЕЙ ТАЛДЫКОРГАН ТАРАЗ ТУРКЕСТАН УРАЛЬСК УСТЬ-КАМЕНОГОРСК КОНАЕВ ЖЕЗКАЗГАН БАЙКОНУР МОСКВА БРЮССЕЛЬ "
    "ЛЮКСЕМБУРГ ЖЕНЕВА ВЕНА НЬЮ-ЙОРК ВАШИНГТОН ЛОНДОН ПАРИЖ БЕРЛИН РИМ АНКАРА СТАМБУЛ ПЕКИН ТОКИО СЕУЛ НЬЮ-ДЕЛИ "
    "ТАШКЕНТ БИШКЕК ДУШАНБЕ АШХАБАД БАКУ ТБИЛИСИ МИНСК КИЕВ ВАРШАВА БУДАПЕШТ ХЕЛЬСИНКИ ДОХА ЭР-РИЯД АБУ-ДАБИ "
    "ТЕГЕРАН КАИР ИЕРУСАЛИМ СТРАСБУРГ ГААГА МАДРИД НҰР-СҰЛТАН АҚТАУ АҚТӨБЕ ҚАРАҒАНДЫ КӨКШЕТАУ ҚОСТАНАЙ ҚЫЗЫЛОРДА "
    "ПЕТРОПАВЛ "
    "ТАЛДЫҚОРҒАН ТҮРКІСТАН ОРАЛ ӨСКЕМЕН ҚОНАЕВ ЖЕЗҚАЗҒАН БАЙҚОҢЫР МӘСКЕУ БЕЙЖІҢ ЫСТАНБҰЛ ТӘШКЕНТ БІШКЕК АШҒАБАТ"
)
# Words that stand where a city would: "Today, February 6 – …".
_DAY_NAMES: Final = (
    "today yesterday tomorrow monday tuesday wednesday thursday friday saturday sunday "
    "сегодня вчера завтра понедельник вторник среда четверг пятница суббота воскресенье "
    "бүгін кеше ертең дүйсенбі сейсенбі сәрсенбі бейсенбі жұма сенбі жексенбі"
)
_AGENCIES: Final = frozenset(map(fold, _AGENCY_NAMES.split()))
_PLACES: Final = frozenset(fold(name.replace("_", " ")) for name in _PLACE_NAMES.split())
_NOT_CITIES: Final = frozenset(map(fold, _DAY_NAMES.split()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """A dateline and the text after it. ``text`` keeps the dash at its end, so that nothing is lost."""

    text: str
    rest: str
    city: str | None
    agency: str | None
    date: FoundDate | None


def split_dateline(paragraph: str) -> Dateline | None:
    """Split the dateline off a paragraph; None where it has none. A dateline may be the whole paragraph."""
    folded = fold(paragraph[:_LONGEST])
    found: Dateline | None = None
    for dash in _DASH.finditer(folded):
        head, rest = paragraph[: dash.start()], paragraph[dash.end() :].lstrip()
        if not rest[:1].islower():
            found = _parse(head, text=paragraph[: dash.end()].strip(), rest=rest) or found
    if found is None:
        found = _before_full_stop(paragraph, folded)
    if found is None and len(paragraph) <= _LONGEST:
        whole = _parse(paragraph.rstrip("."), text=paragraph, rest="")
        # Capitals alone may be a headline: AKTAU. A whole paragraph must show its date or agency.
        found = whole if whole and (whole.date or whole.agency) else None
    return found


def _before_full_stop(paragraph: str, folded: str) -> Dateline | None:
    """Return a dateline that ends in a full stop: a known place, and then a date with its year, or an agency."""
    for stop in _STOP.finditer(folded):
        dateline = _parse(paragraph[: stop.start()], text=paragraph[: stop.start() + 1], rest=paragraph[stop.end() :])
        dated = dateline and dateline.date and dateline.date.day
        if dateline and dateline.city and _is_place(dateline.city) and (dated or dateline.agency):
            return dateline
    return None


def _parse(head: str, *, text: str, rest: str) -> Dateline | None:
    date = find_date(head)
    named = head if date is None else f"{head[: date.start]},{head[date.end :]}"
    parts = [part.strip(" .,") for part in _SEPARATOR.split(_CITY_MARK.sub("", named, count=1))]
    parts = [part for part in parts if part]
    if not parts:
        return None
    if _is_agency(parts[0]):
        parts = [*parts[1:2], parts[0], *parts[2:]] if parts[1:] else ["", parts[0]]
    city, others = parts[0], parts[1:]
    if city and not _is_city(city):
        return None
    agency = next((part for part in others if _is_agency(part)), None)
    certain = date is not None or agency is not None
    if agency is None and others and _is_place(city) and all(map(_is_shouted, [city, *others])):
        agency = others[0]
    if others and not certain and agency is None:
        return None
    if any(not _is_city(part) and not _is_agency(part) for part in others if part != agency):
        return None
    if not others and not certain and not (_is_shouted(city) and _is_place(city)):
        return None
    return Dateline(text=text, rest=rest, city=city or None, agency=agency, date=date)


def _is_city(words: str) -> bool:
    if not _CITY.fullmatch(words) or len(words) > 40 or not _NOT_CITIES.isdisjoint(fold(words).split()):
        return False
    return all(word[0].isupper() or word in _PARTICLES for word in words.split(" "))


def _is_place(words: str) -> bool:
    return fold(words) in _PLACES


def _is_agency(words: str) -> bool:
    return fold(words) in _AGENCIES


def _is_shouted(words: str) -> bool:
    return words.isupper()
