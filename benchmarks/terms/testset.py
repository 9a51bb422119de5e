"""The test set as values, and what is wrong with it.

A row of ``terms.en-ru-kk.tsv`` is a sentence in English, Russian and Kazakh, its kind, the day of its release or
nothing, and its names: ``un|en=UN|ru=dat:ООН|kk=dat:БҰҰ-ға; …``, the glossary's id and in each language the form that
stands in the sentence, with its case where the language has cases. The rows of kind ``near`` have words that only look
like a name of the entry, those of kind ``plain`` none.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from kzpress import glossary
from kzpress.domain import Lang
from kzpress.glossary import Glossary
from kzpress.glossary.model import POSSESSED, Case

PATH: Final = Path(__file__).parent / "terms.en-ru-kk.tsv"
HEADER: Final = ("en", "ru", "kk", "kind", "date", "names")
_FORM: Final = re.compile(rf"(?P<lang>en|ru|kk)=(?:(?P<case>{'|'.join(Case)}):)?(?P<text>.+)")


class Kind(StrEnum):
    """What a row is for: ``term`` has names to enforce, the others have none."""

    TERM = "term"
    NEAR = "near"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What stands in a sentence; ``case`` None: English, or no name."""

    text: str
    case: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One glossary entry in one row, by its form in each language; in a ``near`` row, what could be taken for it."""

    entry: str
    forms: Mapping[Lang, Form]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One sentence in three languages; ``line`` is its line in the file."""

    line: int
    texts: Mapping[Lang, str]
    kind: Kind
    date: dt.date | None
    names: tuple[Name, ...]

    @property
    def uses(self) -> tuple[Name, ...]:
        """The names that must be right: none in the controls."""
        return self.names if self.kind is Kind.TERM else ()


def read(path: Path = PATH) -> tuple[Row, ...]:
    """Return the rows of a test set.

    Raises:
        ValueError: the file does not follow the format; the message begins with its path and line.
    """
    lines = path.read_text("utf-8").rstrip("\n").split("\n")
    if tuple(lines[0].split("\t")) != HEADER:
        raise ValueError(f"{path}:1: the columns must be {', '.join(HEADER)}")
    return tuple(_row(path, number, line) for number, line in enumerate(lines[1:], 2))


def _row(path: Path, number: int, line: str) -> Row:
    cells = line.split("\t")
    if len(cells) != len(HEADER):
        raise ValueError(f"{path}:{number}: {len(cells)} columns, {len(HEADER)} expected")
    try:
        return Row(
            line=number,
            texts={Lang(code): text for code, text in zip(HEADER[:3], cells[:3], strict=True)},
            kind=Kind(cells[3]),
            date=dt.date.fromisoformat(cells[4]) if cells[4] else None,
            names=tuple(_name(item) for item in cells[5].split("; ")) if cells[5] else (),
        )
    except ValueError as error:
        raise ValueError(f"{path}:{number}: {error}") from error


def _name(item: str) -> Name:
    entry, *forms = item.split("|")
    found = [_FORM.fullmatch(form) for form in forms]
    if None in found or [match["lang"] for match in found if match] != list(HEADER[:3]):
        raise ValueError(f"not an annotation: {item}")
    return Name(
        entry=entry,
        forms={Lang(match["lang"]): Form(text=match["text"], case=match["case"]) for match in found if match},
    )


def flaws(rows: Sequence[Row], terms: Glossary) -> Iterator[str]:
    """Yield what an annotation claims and its sentence or the glossary denies, each as ``line: lang: what``."""
    for row in rows:
        for name in row.names:
            if name.entry not in terms.entries:
                yield f"{row.line}: no glossary entry {name.entry}"
                continue
            for lang, form in name.forms.items():
                if form.text not in row.texts[lang]:
                    yield f"{row.line}: {lang}: “{form.text}” does not stand in the sentence"
                elif row.kind is Kind.TERM and (said := _unrecognised(row, name.entry, form, lang, terms)):
                    yield f"{row.line}: {lang}: “{form.text}” {said}"


def _unrecognised(row: Row, entry: str, form: Form, lang: Lang, terms: Glossary) -> str | None:
    text = row.texts[lang]
    hits = [
        hit
        for hit in glossary.find(terms, text, lang, row.date)
        if hit.entry == entry and text[hit.start : hit.end] == form.text
    ]
    if not hits:
        return f"is not recognised as {entry}"
    cases = {case.removeprefix(POSSESSED) for hit in hits for case in hit.cases}
    return f"is {'/'.join(sorted(cases))}, not {form.case}" if form.case and cases and form.case not in cases else None
