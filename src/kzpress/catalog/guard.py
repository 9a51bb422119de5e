"""What polib lets pass: a catalogue file is refused here if reading it would lose or mix up somebody's words.

polib drops the last letter of a string whose quote is missing, and overwrites an entry whose msgstr was deleted.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Final

from kzpress.errors import CatalogError
from kzpress.speech import _, reason

if TYPE_CHECKING:
    from pathlib import Path

_MOST_LINES: Final = 5_000  # of an entry; polib takes the square of them
_CONFLICT: Final = re.compile(r"(<{7}|={7}|>{7}|\|{7})(\s|$)")
# Nothing is given back: of a string of megabytes each letter would be a place to return to.
_STRING: Final = r'"(?:[^"\\]++|\\["\\abfnrtv])*+"'
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
            raise _refusal(
                _("a merge conflict is not resolved"), path, number, _("choose one side and delete the marks")
            )
    keyword = ""
    begun = 0  # the line of the entry's first keyword
    entries = 0
    loose = 0  # the line of a comment that no entry followed yet
    size = 0  # lines of the entry, with the comments above it
    for number, raw in enumerate(lines, 1):
        line = raw.strip()
        size += bool(line)
        if size > _MOST_LINES:
            message = _("an entry of more than {count} lines", count=_MOST_LINES)
            raise _refusal(message, path, number, _("restore it from git"))
        if line.startswith("#") and not line.startswith("#~ "):
            size = size if loose else 1
            if keyword not in ("", "msgstr"):
                break
            loose = loose or number
            continue
        if not (line := line.removeprefix("#~ ").strip()):
            continue
        found, begins = _keyword(line, keyword, path, number)
        if begins:
            _check_entry(line, found, path, number, is_first=entries == 0)
            entries, begun, size = entries + 1, number, size if loose else 1
        keyword, loose = found, 0
    if keyword not in ("", "msgstr"):
        raise _refusal(_("the entry has no msgstr"), path, begun, _("restore it, or delete the entry whole"))
    if not entries:
        raise _refusal(
            _("the catalogue is empty"), path, 1, _("restore it from git, or delete it to have it drafted anew")
        )
    if loose:
        hint = _("move it above the entry it speaks of; if the end of the file is missing, restore it from git")
        raise _refusal(_("a comment belongs to no entry"), path, loose, hint)


def _keyword(line: str, before: str, path: Path, number: int) -> tuple[str, bool]:
    """Return the keyword ``line`` stands under and whether it begins an entry."""
    match = _LINE.fullmatch(line)
    if not match:
        raise _refusal(*_fault(line, path, number))
    if match[1] is None:
        if not before:
            raise _refusal(_("a string before the first msgid"), path, number, _("restore the line above it"))
        return before, False
    found = match[1]
    if found not in ("msgctxt", "msgid", "msgstr"):
        raise _refusal(_("plural forms have no place here"), path, number, _("kzpress writes whole sentences"))
    if found not in _NEXT[before]:
        message = _("{found} after {before}", found=found, before=before or _("the beginning"))
        raise _refusal(message, path, number, _("an entry is msgctxt, msgid, msgstr in this order"))
    return found, before in ("", "msgstr")


def _fault(line: str, path: Path, number: int) -> tuple[str, Path, int, str]:
    """Return what is wrong with a line that is no line of gettext, as the arguments of a refusal."""
    keyword = match[1] if (match := _KEYWORD.match(line)) else ""
    rest = line[len(keyword) :].lstrip()
    if rest.startswith(tuple("“”„«»")):
        return _("the text stands in typographic quotes"), path, number, _('put it between straight ones: "…"')
    if not rest.startswith('"'):
        if keyword:
            hint = _('put the text between straight quotes: "…"')
            return _("{keyword} lacks its opening quote", keyword=keyword), path, number, hint
        hint = _("a remark begins with #, a text stands between double quotes; delete what is neither")
        return _("neither a comment nor a text in quotes"), path, number, hint
    if not _CLOSED.fullmatch(rest):
        hint = _("close it; if the end of the file is missing, restore it from git")
        return _("the closing quote is missing"), path, number, hint
    if escape := _ESCAPE.search(rest):
        message = _("“{escape}” means nothing in gettext", escape=escape[1])
        return message, path, number, _("write {sign} where a backslash is meant", sign=r"\\")
    return _("a double quote stands inside the text"), path, number, _("write {sign} for it, or « »", sign=r"\"")


def _check_entry(line: str, keyword: str, path: Path, number: int, *, is_first: bool) -> None:
    if is_first and not re.fullmatch(r'msgid\s*""', line):
        raise _refusal(
            _("the header is missing"), path, number, _('the first entry has msgid "" and the header fields')
        )
    if not is_first and keyword == "msgid":
        raise _refusal(_("the entry has no msgctxt"), path, number, _("was the file made by kzpress? restore the line"))


def _lines(path: Path) -> list[str]:
    try:
        data = path.read_bytes()
    except FileNotFoundError as problem:
        hint = _("draft the release first")
        raise CatalogError(_("there is no such catalogue"), where=str(path), hint=hint) from problem
    except OSError as problem:
        message = _("cannot be read: {reason}", reason=reason(problem))
        raise CatalogError(message, where=str(path), hint=_("check its permissions")) from problem
    if data.startswith(codecs.BOM_UTF8):
        raise _refusal(
            _("begins with a byte order mark"), path, 1, _("save it as UTF-8 without BOM; msgfmt refuses it too")
        )
    try:
        text = data.decode()
    except UnicodeDecodeError as problem:
        number = data[: problem.start].count(b"\n") + 1
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise _refusal(_("UTF-16, not UTF-8"), path, 1, _("save the file as UTF-8")) from problem
        hint = _("save the file as UTF-8; if letters became question marks, restore it from git")
        raise _refusal(_("not UTF-8"), path, number, hint) from problem
    # Only these end a line in a .po file; str.splitlines() would also break at U+2028, U+0085 and form feeds.
    return re.split(r"\r\n|\r|\n", text)


def _refusal(message: str, path: Path, number: int, hint: str) -> CatalogError:
    return CatalogError(message, where=f"{path}:{number}", hint=hint)
