"""Reads one table of the glossary's TOML as a concept or a pattern, and says what is wrong with it."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from typing import TYPE_CHECKING, Any, Final

from kzpress import text as folding
from kzpress.domain import Lang
from kzpress.glossary import inflect_kk, inflect_ru, patterns
from kzpress.glossary.model import Abbreviate, Case, Concept, ConceptKind, Period, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

KEYS: Final = (
    "kind",
    "iso",
    "adjective",
    "each",
    "except",
    "names",
    "short",
    "variants",
    "forbidden",
    "unlike",
    "forms",
    "valid",
    "gender",
    "abbreviate",
    "source",
    "note",
)
_LANGUAGE: Final = {Lang.KK: "Kazakh", Lang.RU: "Russian", Lang.EN: "English"}
_CASES: Final[Mapping[Lang, tuple[str, ...]]] = {
    Lang.RU: inflect_ru.CASES,
    Lang.KK: tuple(case for case in inflect_kk.CASES if case is not Case.ATTR),
    Lang.EN: (Case.NOM, Case.GEN),
}
_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ISO: Final = re.compile(r"[A-Z]{2}")


class Reader:
    """Reads the table ``name``, adding what is wrong with it to ``found``; a value that is wrong reads as absent."""

    def __init__(self, place: str, name: str, found: list[Problem]) -> None:
        self._place = place
        self._name = name
        self._found = found

    def read(self, table: object) -> Concept | patterns.Pattern | None:
        """Return the concept or the pattern in ``table``, None if anything is wrong with it."""
        before = len(self._found)
        if not isinstance(table, dict):
            self._wrong(f"{self._name} stands outside a table", "put it under a [heading]", bare=True)
            return None
        if not _ID.fullmatch(self._name):
            self._wrong("has an id that is not lower-case words with hyphens", "write it like mfa-kz")
        self._known(table, KEYS, "")
        names = self._by_language(table, "names", self._string)
        for lang in Lang:
            if lang not in names and lang not in _as_table(table.get("names")):
                self._wrong(f"has no {_LANGUAGE[lang]} name", f"add names.{lang}")
        kind = self._choice(table, "kind", tuple(ConceptKind))
        gender = self._choice(table, "gender", ("f", "m"), required=False)
        concept_args: dict[str, Any] = {
            "iso": self._iso(table, kind),
            "adjective": self._adjective(table),
            "abbreviate": self._abbreviate(table),
            "short": self._by_language(table, "short", self._strings),
            "variants": self._by_language(table, "variants", self._strings),
            "forbidden": self._by_language(table, "forbidden", self._strings),
            "unlike": self._by_language(table, "unlike", self._strings),
            "forms": self._by_language(table, "forms", self._forms),
            "valid": self._periods(table.get("valid", [])),
            "source": self._string(table["source"], "source") if "source" in table else None,
            "note": self._string(table["note"], "note") if "note" in table else "",
        }
        if "source" not in table:
            self._wrong("has no source", 'add source = "the act or site the name is from"')
        each = self._choice(table, "each", patterns.EACH, required=False)
        excluded = self._strings(table.get("except", []), "except")
        if "except" in table and "each" not in table:
            self._wrong("has except without each", 'add each = "country", or delete except')
        if len(self._found) > before:
            return None
        concept = Concept(
            id=self._name, kind=ConceptKind(kind), names=names, gender=gender or None, place=self._place, **concept_args
        )
        self._slots(concept, pattern=bool(each))
        if len(self._found) > before:
            return None
        return patterns.Pattern(concept=concept, excluded=excluded) if each else concept

    def _abbreviate(self, table: Mapping[str, object]) -> Abbreviate:
        return Abbreviate(self._choice(table, "abbreviate", tuple(Abbreviate), required=False) or Abbreviate.AS_SOURCE)

    def _iso(self, table: Mapping[str, object], kind: str) -> str | None:
        value = table.get("iso")
        if value is None:
            return None
        if not isinstance(value, str) or not _ISO.fullmatch(value):
            self._wrong(f"has iso {value!r}, which is not two capital letters", 'write it like iso = "FR"')
            return None
        if "each" in table:
            self._wrong("has both iso and each", "a country is no pattern: delete one")
        if kind and kind != ConceptKind.PLACE:
            self._wrong(f"has iso, but is of kind {kind}", 'a country has kind = "place"')
        return value

    def _adjective(self, table: Mapping[str, object]) -> str | None:
        if "adjective" not in table:
            return None
        if "iso" not in table:
            self._wrong("has adjective without iso", 'add iso = "FR" and the like, or delete adjective')
        return self._string(table["adjective"], "adjective") or None

    def _slots(self, concept: Concept, *, pattern: bool) -> None:
        """Check the slots of a pattern's names, and that no other name has any."""
        for key, lang, name in _strings_of(concept):
            if pattern:
                for message, hint in patterns.faults(name, lang, approved=key.startswith("names.")):
                    self._wrong(f"{message} {key}", hint)
            elif patterns.has_slot(name):
                self._wrong(
                    f"has a slot in {key} without each", 'add each = "country", or write the name without braces'
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


def _strings_of(concept: Concept) -> Iterator[tuple[str, Lang, str]]:
    """Yield every name and form of ``concept`` with its key path and language."""
    for lang in Lang:
        yield f"names.{lang}", lang, concept.names[lang]
        for key in ("short", "variants", "forbidden", "unlike"):
            for name in getattr(concept, key).get(lang, ()):
                yield f"{key}.{lang}", lang, name
        for case, form in concept.forms.get(lang, {}).items():
            yield f"forms.{lang}.{case}", lang, form
