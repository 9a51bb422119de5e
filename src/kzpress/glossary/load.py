"""Reads the glossary's TOML files and says exactly what is wrong in them; alone turns TOML into concepts."""

from __future__ import annotations

import datetime as dt
import difflib
import hashlib
import json
import re
import tomllib
from typing import TYPE_CHECKING, Any, Final

from kzpress import text as folding
from kzpress.domain import Lang
from kzpress.errors import GlossaryError
from kzpress.glossary import inflect_kk, inflect_ru
from kzpress.glossary.conflicts import conflicts
from kzpress.glossary.model import Case, Concept, ConceptKind, Glossary, Period, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

_KEYS: Final = ("kind", "names", "short", "variants", "forbidden", "forms", "valid", "gender", "source", "note")
_LANGUAGE: Final = {Lang.KK: "Kazakh", Lang.RU: "Russian", Lang.EN: "English"}
_CASES: Final[Mapping[Lang, tuple[str, ...]]] = {
    Lang.RU: inflect_ru.CASES,
    Lang.KK: tuple(case for case in inflect_kk.CASES if case is not Case.ATTR),
    Lang.EN: (Case.NOM, Case.GEN),
}
_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LINE: Final = re.compile(r"\s*\(at line (\d+), column \d+\)")


def load(folder: Path) -> Glossary:
    """Return the glossary in the ``*.toml`` files of ``folder``, hidden ones left out.

    A glossary without entries is refused: with it every name would silently go unenforced.

    Raises:
        GlossaryError: for the first problem, saying how many more there are.

    """
    concepts, found = _read(folder)
    if found:
        first, more = found[0], len(found) - 1
        message = first.message + (
            f" (and {more} more problem{'s' if more > 1 else ''} in the glossary)" if more else ""
        )
        raise GlossaryError(message, where=first.where, hint=first.hint)
    return Glossary(entries=concepts, digest=_digest(concepts))


def problems(folder: Path) -> tuple[Problem, ...]:
    """Return everything wrong in the glossary in ``folder``, by file; empty for a valid one.

    Raises:
        GlossaryError: where there is no such folder, or it cannot be listed.

    """
    return _read(folder)[1]


def _read(folder: Path) -> tuple[dict[str, Concept], tuple[Problem, ...]]:
    concepts: dict[str, Concept] = {}
    places: dict[str, str] = {}
    found: list[Problem] = []
    for path in _files(folder):
        place = f"{folder.name}/{path.name}"
        for name, table in _tables(path, place, found).items():
            if name in places:
                hint = "give one of them another id, or delete it"
                found.append(Problem(where=place, message=f"[{name}] is also in {places[name]}", hint=hint))
                continue
            places[name] = place
            concept = _Reader(place, name, found).concept(table)
            if concept is not None:
                concepts[name] = concept
    if not places and not found:
        hint = "write some in a .toml file there, or delete the folder and run: kzpress init"
        found.append(Problem(where=folder.name, message="has no entries", hint=hint))
    found += conflicts(concepts.values())
    return concepts, tuple(found)


def _files(folder: Path) -> list[Path]:
    """Return the glossary's files by name; what begins with a dot is an editor's, such as the lock ``.#mfa.toml``."""
    if not folder.is_dir():
        raise GlossaryError("there is no glossary folder here", where=str(folder), hint="make one with: kzpress init")
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == ".toml" and not path.name.startswith("."))
    except OSError as error:
        reason = error.strerror or str(error)
        raise GlossaryError(f"cannot be read: {reason}", where=str(folder), hint="check its permissions") from error


def _tables(path: Path, place: str, found: list[Problem]) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))  # Notepad begins UTF-8 with a byte order mark
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        found.append(Problem(where=place, message=message, hint="make it a file that can be read, or rename it"))
    except UnicodeDecodeError:
        found.append(Problem(where=place, message="is not UTF-8", hint="save the file as UTF-8"))
    except tomllib.TOMLDecodeError as error:
        line = _LINE.search(str(error))
        where = f"{place}:{line[1]}" if line else place
        reason = _LINE.sub("", str(error))
        message = f"is not TOML: {reason[:1].lower()}{reason[1:]}"
        found.append(Problem(where=where, message=message, hint="correct that line"))
    return {}


class _Reader:
    """Reads one table, collecting what is wrong with it; a value that is wrong reads as absent."""

    def __init__(self, place: str, name: str, found: list[Problem]) -> None:
        self._place = place
        self._name = name
        self._found = found

    def concept(self, table: object) -> Concept | None:
        before = len(self._found)
        if not isinstance(table, dict):
            self._wrong(f"{self._name} stands outside a table", "put it under a [heading]", bare=True)
            return None
        if not _ID.fullmatch(self._name):
            self._wrong("has an id that is not lower-case words with hyphens", "write it like mfa-kz")
        self._known(table, _KEYS, "")
        names = self._by_language(table, "names", self._string)
        for lang in Lang:
            if lang not in names and lang not in _as_table(table.get("names")):
                self._wrong(f"has no {_LANGUAGE[lang]} name", f"add names.{lang}")
        kind = self._choice(table, "kind", tuple(ConceptKind))
        gender = self._choice(table, "gender", ("f", "m"), required=False)
        concept_args: dict[str, Any] = {
            "short": self._by_language(table, "short", self._strings),
            "variants": self._by_language(table, "variants", self._strings),
            "forbidden": self._by_language(table, "forbidden", self._strings),
            "forms": self._by_language(table, "forms", self._forms),
            "valid": self._periods(table.get("valid", [])),
            "source": self._string(table["source"], "source") if "source" in table else None,
            "note": self._string(table["note"], "note") if "note" in table else "",
        }
        if "source" not in table:
            self._wrong("has no source", 'add source = "the act or site the name is from"')
        if len(self._found) > before:
            return None
        return Concept(
            id=self._name, kind=ConceptKind(kind), names=names, gender=gender or None, place=self._place, **concept_args
        )

    def _wrong(self, message: str, hint: str | None = None, *, bare: bool = False) -> None:
        self._found.append(
            Problem(where=self._place, message=message if bare else f"[{self._name}] {message}", hint=hint)
        )

    def _known(self, table: Mapping[str, object], known: Iterable[str], prefix: str) -> None:
        for key in table:
            if key not in known:
                near = difflib.get_close_matches(key, list(known), n=1, cutoff=0.5)
                hint = f"did you mean {prefix}{near[0]}?" if near else f"known here: {', '.join(known)}"
                self._wrong(f"has an unknown key {prefix}{key}", hint)

    def _choice(self, table: Mapping[str, object], key: str, known: tuple[str, ...], *, required: bool = True) -> str:
        value = table.get(key)
        if value is None:
            if required:
                self._wrong(f"has no {key}", f"add {key} = one of {', '.join(known)}")
            return ""
        if value not in known:
            near = difflib.get_close_matches(str(value), known, n=1)
            self._wrong(
                f"has {key} {value!r}", f"did you mean {near[0]}?" if near else f"write one of {', '.join(known)}"
            )
            return ""
        return str(value)

    def _by_language(
        self, table: Mapping[str, object], key: str, read: Callable[[object, str], Any]
    ) -> dict[Lang, Any]:
        given = table.get(key, {})
        if not isinstance(given, dict):
            self._wrong(f"has {key} without a language", f"write {key}.en, {key}.ru, {key}.kk")
            return {}
        self._known(given, tuple(Lang), f"{key}.")
        values = {lang: read(given[lang], f"{key}.{lang}") for lang in Lang if lang in given}
        return {lang: value for lang, value in values.items() if value}

    def _string(self, value: object, key: str) -> str:
        if not isinstance(value, str):
            self._wrong(f"has {key} that is not a string", f'write {key} = "…"')
            return ""
        if not value.strip() or value != value.strip() or "\n" in value or "  " in value:
            self._wrong(
                f"has {key} that is empty or has stray white space", "write the name on one line, without stray spaces"
            )
            return ""
        for word in _mixed_words(value):
            self._wrong(f"has Latin letters inside the Cyrillic word “{word}” of {key}", "type the word again")
        return folding.nfc(value)

    def _strings(self, value: object, key: str) -> tuple[str, ...]:
        if isinstance(value, list):
            return tuple(string for item in value if (string := self._string(item, key)))
        string = self._string(value, key)
        return (string,) if string else ()

    def _forms(self, value: object, key: str) -> dict[str, str]:
        if not isinstance(value, dict):
            self._wrong(f"has {key} that is not a table of cases", f'write {key} = {{ gen = "…" }}')
            return {}
        self._known(value, _CASES[Lang(key.rpartition(".")[2])], f"{key}.")
        return {case: self._string(form, f"{key}.{case}") for case, form in value.items()}

    def _periods(self, value: object) -> tuple[Period, ...]:
        given = value if isinstance(value, list) else [value]
        periods = tuple(self._period(item) for item in given)
        for i, period in enumerate(periods):
            for other in periods[:i]:
                if period.overlaps(other):
                    self._wrong(f"has valid periods that overlap: {other}, {period}", "join them or correct the dates")
        return periods

    def _period(self, value: object) -> Period:
        if not isinstance(value, dict):
            self._wrong("has valid that is not a table", "write valid = { from = 2002-09-19 }")
            return Period()
        self._known(value, ("from", "to"), "valid.")
        for key in ("from", "to"):
            given = value.get(key)
            if given is not None and (not isinstance(given, dt.date) or isinstance(given, dt.datetime)):
                self._wrong(f"has valid.{key} that is not a date", f"write valid.{key} = 2002-09-19, without quotes")
                return Period()
        period = Period(start=value.get("from"), end=value.get("to"))
        if period.start and period.end and period.start >= period.end:
            self._wrong(f"has valid from {period.start} to {period.end}, which is no day", "correct the dates")
        return period


def _as_table(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _mixed_words(value: str) -> list[str]:
    """Return the words with both Latin and Cyrillic letters; parts joined by a hyphen are words of their own."""
    return [
        word
        for word in re.findall(r"[^\W\d_]+", value)
        if any(folding.is_cyrillic(ch) for ch in word) and any("a" <= ch.lower() <= "z" for ch in word)
    ]


def _digest(concepts: Mapping[str, Concept]) -> str:
    """Return the SHA-256 of all that decides on names: everything but sources, notes and files, in one order."""
    content = [
        [
            concept.id,
            concept.kind,
            concept.gender,
            [[str(period.start), str(period.end)] for period in concept.valid],
            [sorted(table.items()) for table in (concept.names, concept.short, concept.variants, concept.forbidden)],
            sorted((lang, sorted(forms.items())) for lang, forms in concept.forms.items()),
        ]
        for _, concept in sorted(concepts.items())
    ]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()
