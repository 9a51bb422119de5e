"""Brings a table or termbase into the glossary: new concepts are added, what differs is told, nothing is lost."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections import ChainMap
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from kzpress import files
from kzpress import text as folding
from kzpress.errors import GlossaryError, UsageError
from kzpress.glossary.exchange import fields as cells
from kzpress.glossary.exchange import safety, table, tbx_read, toml_text
from kzpress.glossary.exchange.export import of
from kzpress.glossary.exchange.model import Difference, Imported, Incoming, Reading, Refusal
from kzpress.glossary.load import load, problems, tables
from kzpress.glossary.model import Glossary, Problem
from kzpress.speech import _

_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NAMED: Final = re.compile(r"\[([a-z0-9/-]+)\]")
_ID_LENGTH: Final = 60
_MOST_CONCEPTS: Final = 20_000  # each is checked against all
_HEADER: Final = "# Imported entries: check each against its source, then move it to the file where it belongs.\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ours:
    """An entry of the glossary as cells; ``path`` is None for one that a pattern makes."""

    fields: Mapping[str, str]
    place: str
    path: Path | None


_ByName = dict[tuple[str, str], set[str]]


@dataclass(slots=True, kw_only=True)
class _Plan:
    """What is to be done: ``new`` entries by id, ``changes`` by id to the entries there are."""

    new: dict[str, Incoming] = field(default_factory=dict)
    changes: dict[str, list[Difference]] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)  # the last one given to an id made from a name
    unchanged: int = 0

    def refuse(self, name: str, reason: str, hint: str | None) -> None:
        """Take a concept out of the plan, saying why."""
        if name in self.new:
            self.refused.append(Refusal(where=self.new.pop(name).where, entry=name, reason=reason, hint=hint))
        else:
            self.differences += [replace(change, taken=False) for change in self.changes.pop(name)]
            self.refused.append(Refusal(where="update", entry=name, reason=reason, hint=hint))


def import_file(
    folder: Path,
    path: Path,
    *,
    into: str = "imported.toml",
    update: bool = False,
    dry_run: bool = False,
    defaults: Mapping[str, str] | None = None,
) -> Imported:
    """Take the concepts of a ``.csv`` or ``.tbx`` file into the glossary in ``folder`` and tell what became of each.

    A concept that the glossary lacks becomes an entry at the end of the file ``into``. One that it has, by id or by
    its names, is compared field by field; what differs is changed only with ``update``, and only where nothing else
    in the file changes with it. ``defaults`` are cells for concepts that have none, such as ``source``. A concept
    with which the glossary would not be valid is refused. ``dry_run`` writes nothing.

    Raises:
        GlossaryError: the file cannot be read, or the glossary is not valid before.
        UsageError: ``into`` is no file of the glossary.

    """
    target = _target(folder, into)
    terms = load(folder)
    found = _read(path)
    if len(found.entries) > _MOST_CONCEPTS:
        message = _("has more than {count} concepts", count=_MOST_CONCEPTS)
        raise GlossaryError(message, where=str(path), hint=_("import it in several parts"))
    ours = _ours(folder, terms)
    named = _by_name(ours)
    plan = _Plan(refused=list(found.refused), notes=list(found.notes))
    for entry in found.entries:
        _consider(plan, entry, ours, named, update=update, defaults=defaults or {})
    texts = _settled(plan, folder, target, ours)
    if not dry_run:
        for changed, text in texts.items():
            files.write(changed, text.encode(), error=GlossaryError)
    plan.differences += [change for changes in plan.changes.values() for change in changes]
    return Imported(
        concepts=len(found.entries) + len(found.refused),
        new=tuple(plan.new),
        updated=tuple(plan.changes),
        unchanged=plan.unchanged,
        differences=tuple(plan.differences),
        refused=tuple(plan.refused),
        notes=tuple(plan.notes),
        files=tuple(f"{folder.name}/{changed.name}" for changed in texts),
    )


def _target(folder: Path, into: str) -> Path:
    """Return the file for new entries, which must be one that the glossary reads."""
    given = Path(into)
    name = given.name
    if given.parent not in {Path(), Path(folder.name)} and given.resolve().parent != folder.resolve():
        message = _("--into {name} is not in the glossary", name=into)
        raise UsageError(message, hint=_("give a name such as imported.toml"))
    if not name.endswith(".toml") or name.startswith("."):
        message = _("--into {name} is not a .toml file", name=into)
        raise UsageError(message, hint=_("give a name such as imported.toml"))
    return folder / name


def _read(path: Path) -> Reading:
    suffix = path.suffix.lower()
    if suffix not in {".csv", ".tsv", ".txt", ".tbx", ".xml"}:
        hint = _("Excel: “Save as”, “CSV UTF-8”; other programs: export TBX")
        raise GlossaryError(_("is neither a table nor a termbase"), where=str(path), hint=hint)
    data = safety.read(path)
    return tbx_read.read(data, str(path)) if suffix in {".tbx", ".xml"} else table.read(data, str(path))


def _ours(folder: Path, terms: Glossary) -> dict[str, _Ours]:
    found = {
        entry.id: _Ours(
            fields={name: cells.tidy(cell) for name, cell in cells.cells(entry.table).items()},
            place=f"{folder.name}/{entry.path.name}",
            path=entry.path,
        )
        for entry in tables(folder)
    }
    made = (concept for name, concept in terms.entries.items() if name not in found)
    return found | {concept.id: _Ours(fields=of(concept), place=concept.place, path=None) for concept in made}


def _by_name(ours: Mapping[str, _Ours]) -> _ByName:
    """Return the ids of our entries by language and folded name."""
    found: _ByName = {}
    for name, own in ours.items():
        for key, cell in own.fields.items():
            if key.startswith("names."):
                found.setdefault((key, folding.fold(cell)), set()).add(name)
    return found


def _consider(
    plan: _Plan,
    entry: Incoming,
    ours: Mapping[str, _Ours],
    named: _ByName,
    *,
    update: bool,
    defaults: Mapping[str, str],
) -> None:
    """Put a concept where it belongs in the plan: refused, unchanged, different or new."""
    said = entry.id or entry.fields.get("names.en", "")
    try:
        fields = cells.cells(cells.table(entry.fields))  # as the glossary would have them
    except ValueError as error:
        reason = _("has a cell: {problem}", problem=error.args[0])
        plan.refused.append(Refusal(where=entry.where, entry=safety.shown(said), reason=reason))
        return
    entry = replace(entry, fields=fields)
    name = entry.id if entry.id in ours else _same(entry, named) or entry.id
    wrong = safety.fault(fields) or (None if name in ours else _unfit(name, fields))
    if wrong:
        plan.refused.append(Refusal(where=entry.where, entry=safety.shown(said), reason=wrong[0], hint=wrong[1]))
    elif name in ours:
        _compare(plan, name, entry, ours[name], update=update)
    else:
        _add(plan, name, entry, ours, defaults)


def _unfit(name: str, fields: Mapping[str, str]) -> tuple[str, str] | None:
    if not name and not fields.get("names.en"):
        return _("has neither an id nor an English name"), _("add names.en")
    if name and not _ID.fullmatch(name.replace("/", "-")):
        return _("has an id that is not lower-case words with hyphens"), _("write it like mfa-kz, or leave it empty")
    return None


def _same(entry: Incoming, named: _ByName) -> str | None:
    """Return the one entry of ours that has the same names in every language the concept has, two at least."""
    alike = [
        named.get((key, folding.fold(cell)), set()) for key, cell in entry.fields.items() if key.startswith("names.")
    ]
    common = set.intersection(*alike) if len(alike) > 1 else set()
    return common.pop() if len(common) == 1 else None


def _compare(plan: _Plan, name: str, entry: Incoming, own: _Ours, *, update: bool) -> None:
    pairs = [(key, own.fields.get(key, ""), entry.fields.get(key, "")) for key in cells.COLUMNS if key in entry.said]
    differing = [
        Difference(entry=name, place=own.place, field=key, ours=mine, theirs=theirs)
        for key, mine, theirs in pairs
        if mine != theirs
    ]
    if not differing:
        plan.unchanged += 1
    elif not update or name in plan.changes:
        plan.differences += differing
    elif own.path is None:
        plan.differences += differing
        reason = _("is made by the pattern {pattern}", pattern=name.partition("/")[0])
        plan.refused.append(Refusal(where=entry.where, entry=name, reason=reason, hint=_("change the pattern")))
    else:
        plan.changes[name] = [replace(difference, taken=True) for difference in differing]


def _add(plan: _Plan, name: str, entry: Incoming, ours: Mapping[str, _Ours], defaults: Mapping[str, str]) -> None:
    taken: Container[str] = ChainMap[str, Any](plan.new, ours)  # type: ignore[arg-type]  # it is only looked into
    made = name.replace("/", "-") if name else _named(entry.fields["names.en"], taken, plan.numbers)
    if made != name:
        said = safety.shown(name) or _("no id")
        plan.notes.append(_("{where}: {name}: entered as {id}", where=entry.where, name=said, id=made))
    if made in taken:
        reason = _("has an id that is taken") if made in ours else _("has the id of another concept in the file")
        plan.refused.append(Refusal(where=entry.where, entry=made, reason=reason, hint=_("give it another id")))
        return
    fields = {key: cell for key, cell in defaults.items() if cell} | dict(entry.fields)
    ordered = {key: fields[key] for key in cells.COLUMNS if key in fields}
    plan.new[made] = replace(entry, id=made, fields=ordered)


def _named(english: str, taken: Container[str], numbers: dict[str, int]) -> str:
    """Return an id made from an English name, cut at a word, numbered if it is taken."""
    words: list[str] = re.findall(r"[a-z0-9]+", english.lower()) or ["entry"]
    name = words[0][:_ID_LENGTH]
    for word in words[1:]:
        if len(name) + len(word) >= _ID_LENGTH:
            break
        name += f"-{word}"
    free = name
    while free in taken:
        numbers[name] = numbers.get(name, 1) + 1
        free = f"{name}-{numbers[name]}"
    return free


def _settled(plan: _Plan, folder: Path, target: Path, ours: Mapping[str, _Ours]) -> dict[Path, str]:
    """Return the files' new texts, having refused every concept with which the glossary would not be valid."""
    while plan.new or plan.changes:
        texts = _texts(plan, target, ours)
        wrong = _problems(folder, texts)
        if not wrong:
            return texts
        refused = False
        for problem in wrong:
            for name in _NAMED.findall(problem.message):
                if name in plan.new or name in plan.changes:
                    plan.refuse(name, problem.problem if name == problem.entry else problem.message, problem.hint)
                    refused = True
                    break
        if not refused:
            message = _("would not be valid: {problem}", problem=wrong[0].message)
            raise GlossaryError(message, where=str(folder), hint=_("nothing was changed"))
    return {}


def _texts(plan: _Plan, target: Path, ours: Mapping[str, _Ours]) -> dict[Path, str]:
    texts: dict[Path, str] = {}
    for name, changes in list(plan.changes.items()):
        path = ours[name].path or target
        text = texts.get(path) or _contents(path)
        try:
            for change in changes:
                text = toml_text.changed(text, name, change.field, change.theirs)
        except toml_text.CannotEditError as error:
            plan.refuse(name, error.args[0], _("change it by hand in {place}", place=ours[name].place))
            continue
        texts[path] = text
    if plan.new:
        before = texts.get(target) or _contents(target) or _HEADER
        newline = "\r\n" if "\r\n" in before else "\n"
        added = "".join("\n" + toml_text.entry(name, entry.fields) for name, entry in plan.new.items())
        texts[target] = before.rstrip("\r\n") + newline + added.replace("\n", newline)
    return texts


def _contents(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")  # Notepad begins with a mark, which TOML has none of
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        message = _("cannot be read: {reason}", reason=str(error))
        raise GlossaryError(message, where=str(path), hint=_("check the file")) from error


def _problems(folder: Path, texts: Mapping[Path, str]) -> Sequence[Problem]:
    """Return what would be wrong with the glossary if its files had these texts."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / folder.name
        copy.mkdir()
        for path in folder.glob("*.toml"):
            if path not in texts and not path.name.startswith("."):
                shutil.copyfile(path, copy / path.name)
        for path, text in texts.items():
            (copy / path.name).write_bytes(text.encode())
        return problems(copy)
