"""The words of a table for people, in each language, and how they say that a translation is right."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kzpress.domain import Lang
from kzpress.errors import ExchangeError
from kzpress.speech import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Column(StrEnum):
    """The columns of a table."""

    NUMBER = "number"
    SOURCE = "source"
    TEXT = "text"
    READY = "ready"
    NOTES = "notes"
    REMARK = "remark"


HEADINGS: Final[Mapping[Lang, Mapping[Column, str]]] = {
    Lang.EN: {
        Column.NUMBER: "№",
        Column.SOURCE: "Source",
        Column.TEXT: "Translation",
        Column.READY: "Ready",
        Column.NOTES: "Notes",
        Column.REMARK: "Comment",
    },
    Lang.RU: {
        Column.NUMBER: "№",
        Column.SOURCE: "Исходный текст",
        Column.TEXT: "Перевод",
        Column.READY: "Готово",
        Column.NOTES: "Замечания",
        Column.REMARK: "Комментарий",
    },
    Lang.KK: {
        Column.NUMBER: "№",
        Column.SOURCE: "Түпнұсқа",
        Column.TEXT: "Аударма",
        Column.READY: "Дайын",
        Column.NOTES: "Ескертпелер",
        Column.REMARK: "Пікір",
    },
}
INSTRUCTIONS: Final[Mapping[Lang, str]] = {
    Lang.EN: "Correct the column “Translation”. Where a translation is right as it stands, write “ok” in the column "
    "“Ready”. Leave the number and the source as they are.",
    Lang.RU: "Исправляйте столбец «Перевод». Если перевод верен и окончателен, напишите в столбце «Готово» слово "
    "«готово». Номер и исходный текст не меняйте.",
    Lang.KK: "«Аударма» бағанын түзетіңіз. Аударма дұрыс әрі түпкілікті болса, «Дайын» бағанына «дайын» деп жазыңыз. "
    "Нөмір мен түпнұсқаны өзгертпеңіз.",
}
# What stands in the column Ready of a sentence that was approved before: it is not what a person says of a new text.
APPROVED: Final[Mapping[Lang, str]] = {Lang.EN: "approved", Lang.RU: "утверждено", Lang.KK: "бекітілген"}
_READY: Final = frozenset(
    {"ok", "ок", "okay", "ready", "done", "yes", "готово", "готов", "да", "дайын", "иә", "ия", "+", "✓", "✔", "☑", "✅"}
)


def is_ready(cell: str) -> bool:
    """Tell whether a person wrote in the column Ready that the translation is right."""
    return cell.strip().strip(".!").casefold() in _READY


def is_odd(cell: str) -> bool:
    """Tell whether the cell of the column Ready says something that is neither yes nor what stood there before."""
    said = cell.strip().strip(".!").casefold()
    return bool(said) and said not in _READY and said not in APPROVED.values()


def columns_of(header: Sequence[str]) -> Mapping[Column, int] | None:
    """Return where each column stands by a row of headings in any of our languages, None for another row."""
    told = [" ".join(cell.split()).casefold() for cell in header]
    places: dict[Column, int] = {}
    for names in HEADINGS.values():
        for column, name in names.items():
            if name.casefold() in told:
                places.setdefault(column, told.index(name.casefold()))
    needed = {Column.NUMBER, Column.SOURCE, Column.TEXT}
    return places if needed <= places.keys() else None


def no_headings(where: str) -> ExchangeError:
    """Return the error of a file without our table."""
    return ExchangeError(
        _("has no table with the columns №, Source and Translation"),
        where=where,
        hint=_("give the file that `kzpress export` wrote, with its row of headings"),
    )
