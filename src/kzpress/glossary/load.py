"""Reads the glossary's TOML files and says exactly what is wrong in them; alone turns TOML into concepts."""

from __future__ import annotations

import difflib
import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kzpress import toml
from kzpress.errors import GlossaryError
from kzpress.glossary import patterns, rows
from kzpress.glossary.conflicts import conflicts
from kzpress.glossary.entry import Reader
from kzpress.glossary.kept import kept
from kzpress.glossary.model import Concept, Glossary, Problem, decisive
from kzpress.speech import _, n_, reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """An entry as it stands in the file ``path``."""

    id: str
    table: Mapping[str, Any]
    path: Path


_LINE: Final = re.compile(r"\s*\(at line (\d+), column \d+\)")


def load(folder: Path, *, cache: Path | None = None) -> Glossary:
    """Return the glossary in the ``*.toml`` files of ``folder``, hidden ones left out.

    A glossary without entries is refused: with it every name would silently go unenforced. In the folder ``cache`` is
    kept what was read and worked out, so that a glossary that has not changed is ready at once; it may be deleted.

    Raises:
        GlossaryError: for the first problem, saying how many more there are.

    """
    found: list[Problem] = []
    contents = _contents(folder, found)

    def checked() -> bytes:
        concepts = _read(folder, contents, found)
        if found:
            raise _error(found)
        return rows.encode(_digest(concepts), concepts.values())

    origin = hashlib.sha256(
        json.dumps([[path.name, hashlib.sha256(data).hexdigest()] for path, data in contents.items()]).encode()
    )
    data = (
        checked() if found else kept(cache and cache / "concepts.json", f"{folder.name} {origin.hexdigest()}", checked)
    )
    return unpacked(data, cache=cache)


def packed(glossary: Glossary) -> bytes:
    """Return a glossary as bytes, to be read where its files are not."""
    return rows.encode(glossary.digest, glossary.entries.values())


def unpacked(data: bytes, *, cache: Path | None = None) -> Glossary:
    """Return the glossary that :func:`packed` made bytes of; for ``cache`` see :func:`load`."""
    digest, concepts = rows.decode(data)
    return Glossary(entries=concepts, digest=digest, cache=cache)


def _error(found: Sequence[Problem]) -> GlossaryError:
    first, more = found[0], len(found) - 1
    if not more:
        return GlossaryError(first.message, where=first.where, hint=first.hint)
    message = n_(
        "{problem} (and {count} more problem in the glossary)",
        "{problem} (and {count} more problems in the glossary)",
        more,
        problem=first.message,
    )
    return GlossaryError(message, where=first.where, hint=first.hint)


def problems(folder: Path) -> tuple[Problem, ...]:
    """Return everything wrong in the glossary in ``folder``, by file; empty for a valid one.

    Raises:
        GlossaryError: where there is no such folder, or it cannot be listed.

    """
    found: list[Problem] = []
    _read(folder, _contents(folder, found), found)
    return tuple(found)


def tables(folder: Path) -> Iterator[Table]:
    """Yield the entries of a glossary as they are written, patterns unexpanded, in the order of files and lines."""
    for path, data in _contents(folder, []).items():
        for name, table in _tables(data, path.name, []).items():
            yield Table(id=name, table=table, path=path)


def _read(folder: Path, contents: Mapping[Path, bytes], found: list[Problem]) -> dict[str, Concept]:
    concepts: dict[str, Concept] = {}
    each: list[patterns.Pattern] = []
    places: dict[str, str] = {}
    for path, data in contents.items():
        place = f"{folder.name}/{path.name}"
        for name, table in _tables(data, place, found).items():
            if name in places:
                hint = _("give one of them another id, or delete it")
                twice = _("is also in {place}", place=places[name])
                found.append(Problem(where=place, entry=name, problem=twice, hint=hint))
                continue
            places[name] = place
            match Reader(place, name, found).read(table):
                case Concept() as concept:
                    concepts[name] = concept
                case patterns.Pattern() as pattern:
                    each.append(pattern)
                case None:
                    pass
    if not places and not found:
        hint = _("write some in a .toml file there, or delete the folder and run: kzpress init")
        found.append(Problem(where=folder.name, problem=_("has no entries"), hint=hint))
    found += _doubtful_countries(concepts.values(), each)
    countries = [concept for concept in concepts.values() if concept.iso]
    for pattern in each:
        concepts |= {concept.id: concept for concept in patterns.expand(pattern, countries)}
    found += conflicts(concepts.values())
    return concepts


def _doubtful_countries(concepts: Iterable[Concept], each: Iterable[patterns.Pattern]) -> Iterator[Problem]:
    """Yield two countries of one code on some day, and countries that a pattern leaves out and that are none."""
    countries = [concept for concept in concepts if concept.iso]
    by_code: dict[str | None, list[Concept]] = {}
    for country in countries:
        for other in by_code.setdefault(country.iso, []):
            if country.shares_days(other):
                facts = {"iso": country.iso, "other": other.id, "place": other.place}
                message = _("has iso {iso!r}, as has [{other}] in {place}", **facts)
                hint = _("correct one, or give them dates that do not overlap")
                yield Problem(where=country.place, entry=country.id, problem=message, hint=hint)
        by_code[country.iso].append(country)
    known = {country.id for country in countries}
    for pattern in each:
        place, name = pattern.concept.place, pattern.concept.id
        for excluded in pattern.excluded:
            if excluded not in known:
                message = _("has {country!r} in except, which is no country of the glossary", country=excluded)
                near = difflib.get_close_matches(excluded, known, n=1)
                hint = _("did you mean {near}?", near=near[0]) if near else _("delete it")
                yield Problem(where=place, entry=name, problem=message, hint=hint)
        if not known:
            hint = _('add iso = "FR" and the like to the entries of countries')
            message = _("is for each country, but no entry has iso")
            yield Problem(where=place, entry=name, problem=message, hint=hint)


def _files(folder: Path) -> list[Path]:
    """Return the glossary's files by name; what begins with a dot is an editor's, such as the lock ``.#mfa.toml``."""
    if not folder.is_dir():
        raise GlossaryError(
            _("there is no glossary folder here"), where=str(folder), hint=_("make one with: kzpress init")
        )
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == ".toml" and not path.name.startswith("."))
    except OSError as error:
        message = _("cannot be read: {reason}", reason=reason(error))
        raise GlossaryError(message, where=str(folder), hint=_("check its permissions")) from error


def _contents(folder: Path, found: list[Problem]) -> dict[Path, bytes]:
    contents: dict[Path, bytes] = {}
    for path in _files(folder):
        try:
            contents[path] = path.read_bytes()
        except OSError as error:
            where, message = f"{folder.name}/{path.name}", _("cannot be read: {reason}", reason=reason(error))
            hint = _("make it a file that can be read, or rename it")
            found.append(Problem(where=where, problem=message, hint=hint))
    return contents


def _tables(data: bytes, place: str, found: list[Problem]) -> dict[str, Any]:
    try:
        return toml.loads(data.decode("utf-8-sig"))  # Notepad begins UTF-8 with a byte order mark
    except UnicodeDecodeError:
        found.append(Problem(where=place, problem=_("is not UTF-8"), hint=_("save the file as UTF-8")))
    except RecursionError:
        message = _("has values nested too deeply")
        found.append(Problem(where=place, problem=message, hint=_("write it as the starter glossary is written")))
    except ValueError as error:  # not TOML, or a number of more figures than Python reads
        line = _LINE.search(str(error))
        where = f"{place}:{line[1]}" if line else place
        reason = _LINE.sub("", str(error))
        message = _("is not TOML: {reason}", reason=reason[:1].lower() + reason[1:])
        found.append(Problem(where=where, problem=message, hint=_("correct that line")))
    return {}


def _digest(concepts: Mapping[str, Concept]) -> str:
    """Return the SHA-256 of all that decides on names: everything but sources, notes and files, in one order."""
    content = [decisive(concept) for _, concept in sorted(concepts.items())]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()
