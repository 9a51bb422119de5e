"""The .po format: reading with every fault named by its line, and writing the same bytes for the same catalogue.

The only module that imports polib. polib is given paths, never contents: from a string it loses text before U+2028
and U+0085, and a path that does not exist it would parse as contents.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Final

from kzpress import files
from kzpress.catalog.guard import check
from kzpress.domain import BlockKind, Catalog, Entry, Key, Lang, State
from kzpress.errors import CatalogError
from kzpress.speech import _, reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    import polib

_ATTEMPTS: Final = 20  # at a catalogue that somebody keeps saving
_KINDS: Final = tuple(map(str, BlockKind))
_POLIB_LINE: Final = re.compile(r"\(line (\d+)\)")


def read(path: Path) -> Catalog:
    """Return the catalogue at ``path``.

    An entry without text is EMPTY whatever its flags. The state of an OBSOLETE entry cannot say whether its text was
    approved, so ``fuzzy`` stays in its flags; nowhere else.

    Raises:
        CatalogError: if the file is missing, damaged, half edited, ambiguous, or not of the language of its folder.

    """
    import polib

    check(path)
    try:
        parsed = polib.pofile(str(path), encoding="utf-8")
    except OSError as problem:
        line = _POLIB_LINE.search(str(problem))
        where = f"{path}:{line[1]}" if line else str(path)
        raise CatalogError(_("not valid gettext"), where=where, hint=_("compare the line with `git diff`")) from problem
    fields = {name: value for name, value in parsed.metadata.items() if name}
    entries = tuple(_entry(parsed_entry) for parsed_entry in parsed)
    _refuse_duplicates(path, parsed)
    _refuse_strange_contexts(path, parsed)
    return Catalog(
        lang=_language(path, fields),
        header=tuple(fields.items()),
        entries=tuple(sorted(entries, key=lambda entry: entry.state is State.OBSOLETE)),
        header_comment=_strip_lines(parsed.header),
    )


def update(path: Path, made_of: Callable[[Catalog | None], Catalog]) -> tuple[Catalog, bool]:
    """Write what ``made_of`` makes of the catalogue at ``path``, over that one and no other.

    Return it, and whether the file changed. Who saves the file meanwhile is not overwritten: ``made_of`` is asked
    again. It is given None where there is no catalogue yet.

    Raises:
        CatalogError: if the file cannot be read or written, or somebody saves it again and again.
    """
    for _attempt in range(_ATTEMPTS):
        before = _bytes(path)
        old = read(path) if before is not None else None
        new = made_of(old)
        # A file that another program wrapped or ordered in its own way is left so: or the two would rewrite it in turn.
        if old == new:
            return new, False
        if files.swap(path, before, render(new).encode(), error=CatalogError):
            return new, True
    raise CatalogError(_("somebody saves it again and again"), where=str(path), hint=_("run the command again"))


def write(path: Path, catalog: Catalog, *, over: Catalog | None = None) -> bool:
    """Write ``catalog`` at ``path`` over the one it was made from, None for nothing; tell whether the file changed.

    Raises:
        CatalogError: if another catalogue lies there, or the file cannot be read or written.
    """

    def made_of(found: Catalog | None) -> Catalog:
        if found not in (over, catalog):
            raise CatalogError(_("somebody saved it at this moment"), where=str(path), hint=_("run the command again"))
        return catalog

    return update(path, made_of)[1]


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes() if path.exists() else None
    except OSError as problem:
        message = _("cannot be read: {reason}", reason=reason(problem))
        raise CatalogError(message, where=str(path), hint=_("check its permissions")) from problem


def render(catalog: Catalog) -> str:
    """Return ``catalog`` as the text of a .po file: unwrapped, in its own order, obsolete entries last."""
    lines = [*_comment_lines("#", catalog.header_comment), 'msgid ""', 'msgstr ""']
    lines += [_quoted(f"{name}: {value}\n") for name, value in catalog.header]
    ordered = sorted(catalog.entries, key=lambda entry: entry.state is State.OBSOLETE)
    return "\n".join(chain(lines, *(_entry_lines(entry) for entry in ordered))) + "\n"


# ------------------------------------------------------------------ reading


def _entry(parsed: polib.POEntry) -> Entry:
    previous = None
    if parsed.previous_msgid is not None and not parsed.obsolete:
        previous = Key(context=parsed.previous_msgctxt or "", source=parsed.previous_msgid)
    places = [f"{file}:{line}" if line else file for file, line in parsed.occurrences]
    return Entry(
        key=Key(context=parsed.msgctxt or "", source=parsed.msgid),
        text=parsed.msgstr,
        state=_state(parsed),
        notes=tuple(line.strip() for line in parsed.comment.split("\n") if line.strip()) if not parsed.obsolete else (),
        comment=_strip_lines(parsed.tcomment),
        place=None if parsed.obsolete else " ".join(places) or None,
        previous=previous,
        flags=tuple(flag for flag in parsed.flags if flag and (flag != "fuzzy" or parsed.obsolete)),
    )


def _state(parsed: polib.POEntry) -> State:
    if parsed.obsolete:
        return State.OBSOLETE
    if not parsed.msgstr:
        return State.EMPTY
    return State.DRAFT if "fuzzy" in parsed.flags else State.APPROVED


def _language(path: Path, fields: dict[str, str]) -> Lang:
    """Return the language the header names: ``kk``, or with a territory, as Poedit may write it, ``kk_KZ``."""
    named = fields.get("Language", "")
    code = re.split(r"[_@-]", named)[0]
    known = {str(lang): lang for lang in Lang}
    if code not in known:
        known_fields = ", ".join(f"Language: {lang}" for lang in Lang)
        raise CatalogError(
            _("unknown language {language!r}", language=named) if named else _("no language"),
            where=f"{path}:1",
            hint=_("the header needs one of: {fields}", fields=known_fields),
        )
    folder = path.absolute().parent.parent.name
    if path.absolute().parent.name == "LC_MESSAGES" and folder in known and folder != code:
        hint = _("was the file saved into another language's folder?")
        message = _("the header says {named}, the folder {folder}", named=named, folder=folder)
        raise CatalogError(message, where=f"{path}:1", hint=hint)
    return known[code]


def _refuse_duplicates(path: Path, parsed: Iterable[polib.POEntry]) -> None:
    seen: dict[tuple[str | None, str], int] = {}
    for entry in parsed:
        line = entry.linenum or 1
        key = (entry.msgctxt, entry.msgid)
        if key in seen:
            begins = entry.msgid[:60]
            message = _("the entry of line {line} stands here again: {begins!r}", line=seen[key], begins=begins)
            raise CatalogError(message, where=f"{path}:{line}", hint=_("keep the right one and delete the other"))
        seen[key] = line


def _refuse_strange_contexts(path: Path, parsed: Iterable[polib.POEntry]) -> None:
    for entry in parsed:
        context = entry.msgctxt or ""
        if context.partition("#")[0] not in _KINDS and not entry.obsolete:
            message = _("unknown context {context!r}", context=context[:60])
            hint = _("restore the line; a context is one of {kinds}", kinds=", ".join(_KINDS))
            raise CatalogError(message, where=f"{path}:{entry.linenum or 1}", hint=hint)


def _strip_lines(comment: str) -> str:
    return "\n".join(line.rstrip() for line in comment.split("\n")).strip("\n")


# ------------------------------------------------------------------ writing


def _entry_lines(entry: Entry) -> Iterator[str]:
    """Yield the lines of ``entry`` in gettext's order, after an empty one; an obsolete entry keeps only its words."""
    obsolete = entry.state is State.OBSOLETE
    mark = "#~ " if obsolete else ""
    flags = [flag for flag in entry.flags if flag != "fuzzy" or obsolete]
    if entry.state is State.DRAFT:
        flags.insert(0, "fuzzy")
    yield ""
    yield from _comment_lines("#", entry.comment)
    if not obsolete:
        yield from _comment_lines("#.", "\n".join(entry.notes))
        yield from [f"#: {entry.place}"] if entry.place else []
    yield from [f"#, {', '.join(flags)}"] if flags else []
    if entry.previous is not None and not obsolete:
        yield from _field_lines("#| ", "msgctxt", entry.previous.context) if entry.previous.context else []
        yield from _field_lines("#| ", "msgid", entry.previous.source)
    yield from _field_lines(mark, "msgctxt", entry.key.context)
    yield from _field_lines(mark, "msgid", entry.key.source)
    yield from _field_lines(mark, "msgstr", entry.text)


def _comment_lines(mark: str, comment: str) -> Iterator[str]:
    if comment:
        yield from (f"{mark} {line}".rstrip() for line in comment.split("\n"))


def _field_lines(mark: str, keyword: str, text: str) -> Iterator[str]:
    """Yield ``text`` on one line, or, as gettext itself does, a line each if it holds line ends."""
    parts = re.findall(r"[^\n]*\n|[^\n]+", text)
    if len(parts) < 2:
        yield f"{mark}{keyword} {_quoted(text)}"
        return
    yield f'{mark}{keyword} ""'
    yield from (f"{mark}{_quoted(part)}" for part in parts)


def _quoted(text: str) -> str:
    import polib

    return f'"{polib.escape(text)}"'
