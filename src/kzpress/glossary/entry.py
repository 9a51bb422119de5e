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
from kzpress.speech import _

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
_NO_NAME: Final = {
    Lang.KK: _("has no Kazakh name"),
    Lang.RU: _("has no Russian name"),
    Lang.EN: _("has no English name"),
}
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
            self._wrong(_("{key} stands outside a table", key=self._name), _("put it under a [heading]"), bare=True)
            return None
        if not _ID.fullmatch(self._name):
            self._wrong(_("has an id that is not lower-case words with hyphens"), _("write it like mfa-kz"))
        self._known(table, KEYS, "")
        names = self._by_language(table, "names", self._string)
        for lang in Lang:
            if lang not in names and lang not in _as_table(table.get("names")):
                self._wrong(_NO_NAME[lang], _("add {key}", key=f"names.{lang}"))
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
            self._wrong(_("has no source"), _('add source = "the act or site the name is from"'))
        each = self._choice(table, "each", patterns.EACH, required=False)
        excluded = self._strings(table.get("except", []), "except")
        if "except" in table and "each" not in table:
            self._wrong(_("has except without each"), _('add each = "country", or delete except'))
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
            message = _("has iso {value!r}, which is not two capital letters", value=value)
            self._wrong(message, _('write it like iso = "FR"'))
            return None
        if "each" in table:
            self._wrong(_("has both iso and each"), _("a country is no pattern: delete one"))
        if kind and kind != ConceptKind.PLACE:
            self._wrong(_("has iso, but is of kind {kind}", kind=kind), _('a country has kind = "place"'))
        return value

    def _adjective(self, table: Mapping[str, object]) -> str | None:
        if "adjective" not in table:
            return None
        if "iso" not in table:
            self._wrong(_("has adjective without iso"), _('add iso = "FR" and the like, or delete adjective'))
        return self._string(table["adjective"], "adjective") or None

    def _slots(self, concept: Concept, *, pattern: bool) -> None:
        """Check the slots of a pattern's names, and that no other name has any."""
        for key, lang, name in _strings_of(concept):
            if pattern:
                for message, hint in patterns.faults(name, lang, key):
                    self._wrong(message, hint)
            elif patterns.has_slot(name):
                hint = _('add each = "country", or write the name without braces')
                self._wrong(_("has a slot in {key} without each", key=key), hint)

    def _wrong(self, message: str, hint: str | None = None, *, bare: bool = False) -> None:
        entry = "" if bare else self._name
        self._found.append(Problem(where=self._place, entry=entry, problem=message, hint=hint))

    def _known(self, table: Mapping[str, object], known: Iterable[str], prefix: str) -> None:
        for key in table:
            if key not in known:
                near = difflib.get_close_matches(key, list(known), n=1, cutoff=0.5)
                hint = (
                    _("did you mean {near}?", near=prefix + near[0])
                    if near
                    else _("known here: {known}", known=", ".join(known))
                )
                self._wrong(_("has an unknown key {key}", key=prefix + key), hint)

    def _choice(self, table: Mapping[str, object], key: str, known: tuple[str, ...], *, required: bool = True) -> str:
        value = table.get(key)
        if value is None:
            if required:
                hint = _("add {key} = one of {known}", key=key, known=", ".join(known))
                self._wrong(_("has no {key}", key=key), hint)
            return ""
        if value not in known:
            near = difflib.get_close_matches(str(value), known, n=1)
            options = _("write one of {known}", known=", ".join(known))
            hint = _("did you mean {near}?", near=near[0]) if near else options
            self._wrong(_("has {key} {value!r}", key=key, value=value), hint)
            return ""
        return str(value)

    def _by_language(
        self, table: Mapping[str, object], key: str, read: Callable[[object, str], Any]
    ) -> dict[Lang, Any]:
        given = table.get(key, {})
        if not isinstance(given, dict):
            keys = ", ".join(f"{key}.{lang}" for lang in (Lang.EN, Lang.RU, Lang.KK))
            self._wrong(_("has {key} without a language", key=key), _("write {keys}", keys=keys))
            return {}
        self._known(given, tuple(Lang), f"{key}.")
        values = {lang: read(given[lang], f"{key}.{lang}") for lang in Lang if lang in given}
        return {lang: value for lang, value in values.items() if value}

    def _string(self, value: object, key: str) -> str:
        if not isinstance(value, str):
            self._wrong(_("has {key} that is not a string", key=key), _("write {example}", example=f'{key} = "…"'))
            return ""
        if not value.strip() or value != value.strip() or "\n" in value or "  " in value:
            message = _("has {key} that is empty or has stray white space", key=key)
            self._wrong(message, _("write the name on one line, without stray spaces"))
            return ""
        for word in _mixed_words(value):
            message = _("has Latin letters inside the Cyrillic word “{word}” of {key}", word=word, key=key)
            self._wrong(message, _("type the word again"))
        return folding.nfc(value)

    def _strings(self, value: object, key: str) -> tuple[str, ...]:
        if isinstance(value, list):
            return tuple(string for item in value if (string := self._string(item, key)))
        string = self._string(value, key)
        return (string,) if string else ()

    def _forms(self, value: object, key: str) -> dict[str, str]:
        if not isinstance(value, dict):
            example = f'{key} = {{ gen = "…" }}'
            self._wrong(_("has {key} that is not a table of cases", key=key), _("write {example}", example=example))
            return {}
        self._known(value, _CASES[Lang(key.rpartition(".")[2])], f"{key}.")
        return {case: self._string(form, f"{key}.{case}") for case, form in value.items()}

    def _periods(self, value: object) -> tuple[Period, ...]:
        given = value if isinstance(value, list) else [value]
        periods = tuple(self._period(item) for item in given)
        for i, period in enumerate(periods):
            for other in periods[:i]:
                if period.overlaps(other):
                    facts = {"one": other.said, "other": period.said}
                    message = _("has valid periods that overlap: {one}, {other}", **facts)
                    self._wrong(message, _("join them or correct the dates"))
        return periods

    def _period(self, value: object) -> Period:
        if not isinstance(value, dict):
            example = "valid = { from = 2002-09-19 }"
            self._wrong(_("has valid that is not a table"), _("write {example}", example=example))
            return Period()
        self._known(value, ("from", "to"), "valid.")
        for key in ("from", "to"):
            given = value.get(key)
            if given is not None and (not isinstance(given, dt.date) or isinstance(given, dt.datetime)):
                example = f"valid.{key} = 2002-09-19"
                hint = _("write {example}, without quotes", example=example)
                self._wrong(_("has {key} that is not a date", key=f"valid.{key}"), hint)
                return Period()
        period = Period(start=value.get("from"), end=value.get("to"))
        if period.start and period.end and period.start >= period.end:
            days = {"start": str(period.start), "end": str(period.end)}
            self._wrong(_("has valid from {start} to {end}, which is no day", **days), _("correct the dates"))
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
