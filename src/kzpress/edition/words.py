"""What an edition says beside the release itself, in the edition's own language."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kzpress.domain import Lang
from kzpress.edition.latin import to_latin
from kzpress.languages import long_date

if TYPE_CHECKING:
    from collections.abc import Mapping

KAZAKHSTAN: Final = dt.timezone(dt.timedelta(hours=5))  # since 1 March 2024


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of one language; ``{date}`` is a day as releases write it, ``{name}`` the organisation."""

    language: str  # its own name
    others: str
    formats: str
    notes: str
    corrected: str
    withdrawn: str
    withdrawn_why: str
    feed: str
    press_releases: str
    document: str
    plain: str


_WORDS: Final[Mapping[Lang, Words]] = {
    Lang.KK: Words(
        language="Қазақша",
        others="Басқа тілдерде",
        formats="Басқа форматтарда",
        notes="Ескертпелер",
        corrected="Түзету енгізілді: {date}.",
        withdrawn="Баспасөз релизі кері қайтарып алынды",
        withdrawn_why="Бұл баспасөз релизі кері қайтарып алынды ({date}). Оны пайдаланбауыңызды және таратпауыңызды "
        "сұраймыз.",
        feed="Жаңалықтар таспасы",
        press_releases="{name}: баспасөз релиздері",
        document="Word құжаты",
        plain="Мәтін",
    ),
    Lang.RU: Words(
        language="Русский",
        others="На других языках",
        formats="В других форматах",
        notes="Примечания",
        corrected="Исправлено {date}.",
        withdrawn="Пресс-релиз отозван",
        withdrawn_why="Этот пресс-релиз отозван {date}. Просим не использовать и не распространять его.",
        feed="Лента новостей",
        press_releases="{name}: пресс-релизы",
        document="Документ Word",
        plain="Текст",
    ),
    Lang.EN: Words(
        language="English",
        others="In other languages",
        formats="In other formats",
        notes="Notes",
        corrected="Corrected on {date}.",
        withdrawn="Press release withdrawn",
        withdrawn_why="This press release was withdrawn on {date}. Please do not use or distribute it.",
        feed="News feed",
        press_releases="{name}: press releases",
        document="Word document",
        plain="Plain text",
    ),
}
# As Word names them, so that it spells the text by the right dictionary.
WORD_LANGUAGES: Final = {"kk": "kk-KZ", "kk-Latn": "kk-Latn-KZ", "ru": "ru-RU", "en": "en-US"}


def words_of(lang: Lang, *, latin: bool = False) -> Words:
    """Return the words of ``lang``, in Latin letters if asked."""
    known = _WORDS[lang]
    return Words(**{name: to_latin(getattr(known, name)) for name in Words.__slots__}) if latin else known


def day_in_words(lang: Lang, day: dt.date, *, latin: bool = False) -> str:
    """Return ``day`` as releases in ``lang`` write it."""
    written = long_date(lang, day)
    return to_latin(written) if latin else written


def day_of(instant: dt.datetime) -> dt.date:
    """Return the day that ``instant`` is in, in Kazakhstan."""
    return instant.astimezone(KAZAKHSTAN).date()


def stamp(instant: dt.datetime) -> str:
    """Return ``instant`` as RFC 3339 writes it, in UTC, to the second."""
    return instant.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
