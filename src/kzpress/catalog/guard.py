"""What polib lets pass: a catalogue file is refused here if reading it would lose or mix up somebody's words.

polib drops the last letter of a string whose quote is missing, and overwrites an entry whose msgstr was deleted.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Final

from kzpress.errors import CatalogError

if TYPE_CHECKING:
    from pathlib import Path

_CONFLICT: Final = re.compile(r"(<{7}|={7}|>{7}|\|{7})(\s|$)")
_STRING: Final = r'"(?:[^"\\]|\\["\\abfnrtv])*"'
_LINE: Final = re.compile(rf"(?:(msgctxt|msgid_plural|msgid|msgstr\[\d+\]|msgstr)\s*)?{_STRING}")
_KEYWORD: Final = re.compile(r"(msg\w+(?:\[\d+\])?)(?!\w)")
_CLOSED: Final = re.compile(r'"(?:.*[^\\])?(?:\\\\)*"', re.DOTALL)
_ESCAPE: Final = re.compile(r'(?<!\\)(?:\\\\)*(\\[^"\\abfnrtv])')
# The keyword that may follow each one.
_NEXT: Final = {"": ("msgctxt", "msgid"), "msgctxt": ("msgid",), "msgid": ("msgstr",), "msgstr": ("msgctxt", "msgid")}


def check(path: Path) -> None:
    """Refuse the file at ``path`` unless it reads without loss.

    Raises:
        CatalogError: with the file and line as ``where``.

    """
    lines = _lines(path)
    for number, line in enumerate(lines, 1):
        if _CONFLICT.match(line):
            raise _refusal("a merge conflict is not resolved", path, number, "choose one side and delete the marks")
    keyword = ""
    begun = 0  # the line of the entry's first keyword
    entries = 0
    loose = 0  # the line of a comment that no entry followed yet
    for number, raw in enumerate(lines, 1):
        line = raw.strip()
        if line.startswith("#") and not line.startswith("#~ "):
            if keyword not in ("", "msgstr"):
                break
            loose = loose or number
            continue
        if not (line := line.removeprefix("#~ ").strip()):
            continue
        found, begins = _keyword(line, keyword, path, number)
        if begins:
            _check_entry(line, found, path, number, is_first=entries == 0)
            entries, begun = entries + 1, number
        keyword, loose = found, 0
    if keyword not in ("", "msgstr"):
        raise _refusal("the entry has no msgstr", path, begun, "restore it, or delete the entry whole")
    if not entries:
        raise _refusal("the catalogue is empty", path, 1, "restore it from git, or delete it to have it drafted anew")
    if loose:
        hint = "move it above the entry it speaks of; if the end of the file is missing, restore it from git"
        raise _refusal("a comment belongs to no entry", path, loose, hint)


def _keyword(line: str, before: str, path: Path, number: int) -> tuple[str, bool]:
    """Return the keyword ``line`` stands under and whether it begins an entry."""
    match = _LINE.fullmatch(line)
    if not match:
        raise _refusal(*_fault(line, path, number))
    if match[1] is None:
        if not before:
            raise _refusal("a string before the first msgid", path, number, "restore the line above it")
        return before, False
    found = match[1]
    if found not in ("msgctxt", "msgid", "msgstr"):
        raise _refusal("plural forms have no place here", path, number, "kzpress writes whole sentences")
    if found not in _NEXT[before]:
        after = before or "the beginning"
        raise _refusal(f"{found} after {after}", path, number, "an entry is msgctxt, msgid, msgstr in this order")
    return found, before in ("", "msgstr")


def _fault(line: str, path: Path, number: int) -> tuple[str, Path, int, str]:
    """Return what is wrong with a line that is no line of gettext, as the arguments of a refusal."""
    keyword = match[1] if (match := _KEYWORD.match(line)) else ""
    rest = line[len(keyword) :].lstrip()
    if rest.startswith(tuple("“”„«»")):
        return "the text stands in typographic quotes", path, number, 'put it between straight ones: "…"'
    if not rest.startswith('"'):
        if keyword:
            return f"{keyword} lacks its opening quote", path, number, 'put the text between straight quotes: "…"'
        hint = "a remark begins with #, a text stands between double quotes; delete what is neither"
        return "neither a comment nor a text in quotes", path, number, hint
    if not _CLOSED.fullmatch(rest):
        hint = "close it; if the end of the file is missing, restore it from git"
        return "the closing quote is missing", path, number, hint
    if escape := _ESCAPE.search(rest):
        return f"“{escape[1]}” means nothing in gettext", path, number, r"write \\ where a backslash is meant"
    return "a double quote stands inside the text", path, number, r"write \" for it, or « »"


def _check_entry(line: str, keyword: str, path: Path, number: int, *, is_first: bool) -> None:
    if is_first and not re.fullmatch(r'msgid\s*""', line):
        raise _refusal("the header is missing", path, number, 'the first entry has msgid "" and the header fields')
    if not is_first and keyword == "msgid":
        raise _refusal("the entry has no msgctxt", path, number, "was the file made by kzpress? restore the line")


def _lines(path: Path) -> list[str]:
    try:
        data = path.read_bytes()
    except FileNotFoundError as problem:
        hint = "draft the release first"
        raise CatalogError("there is no such catalogue", where=str(path), hint=hint) from problem
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise CatalogError(f"cannot be read: {reason}", where=str(path), hint="check its permissions") from problem
    if data.startswith(codecs.BOM_UTF8):
        raise _refusal("begins with a byte order mark", path, 1, "save it as UTF-8 without BOM; msgfmt refuses it too")
    try:
        text = data.decode()
    except UnicodeDecodeError as problem:
        number = data[: problem.start].count(b"\n") + 1
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise _refusal("UTF-16, not UTF-8", path, 1, "save the file as UTF-8") from problem
        hint = "save the file as UTF-8; if letters became question marks, restore it from git"
        raise _refusal("not UTF-8", path, number, hint) from problem
    # Only these end a line in a .po file; str.splitlines() would also break at U+2028, U+0085 and form feeds.
    return re.split(r"\r\n|\r|\n", text)


def _refusal(message: str, path: Path, number: int, hint: str) -> CatalogError:
    return CatalogError(message, where=f"{path}:{number}", hint=hint)
