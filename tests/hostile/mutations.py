"""Damage done to sound files: any bytes, and what only somebody who knows the format would write into one."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from hypothesis import strategies as st

# What is put into a file, as it stands. Each means something to some reader.
TOKENS: Final[tuple[bytes, ...]] = tuple(
    token if isinstance(token, bytes) else token.encode("utf-8", "surrogatepass")
    for token in (
        "\0", "\x1b]0;x\x07", "\x9b31m", "\u202e", "\u2066", "\u200b", "\ufeff", "\ufffe", "\ud800", "\U0010ffff",
        "\u2028", "\x85",
        "Аstаnа", "а\u0301" * 50, "\r", "\n\n", "\t", "'", '"', "\\", '\\"', "%00", "../../etc/passwd", "/etc/passwd",
        "C:\\x",
        "<", ">", "&", "&amp;", "&#0;", "&#x202e;", "&#xd800;", "&nbsp;", "&x;", "<![CDATA[", "]]>", "<!--", "-->",
        "<?x?>",
        '<!DOCTYPE a [<!ENTITY x "y">]>', '<!DOCTYPE a SYSTEM "file:///etc/passwd">',
        '<?xml version="1.0" encoding="utf-7"?>',
        '<?xml version="1.1"?>', "<script>alert(1)</script>", "<p hidden>", "<b>" * 300, "<article>" * 50,
        "<table><tr><td>" * 90,
        "<x a='" + "y" * 999 + "'/>", " xmlns:a='b'", " a='1' a='2'",
        "charset=utf-7", "charset=unicode_escape", "charset=utf-16", "charset=idna", "charset=punycode", "charset=\0",
        'charset="', "charset*=utf-8''%ff", "charset=rot13", "\\ud800", "+2AA-", "\\N{x}",
        "Content-Type: multipart/mixed; boundary=x\n",
        "Content-Transfer-Encoding: base64\n", "Content-Transfer-Encoding: x-uuencode\n", "=?utf-8?B?====?=",
        "=?\0?Q?x?=", "=?punycode?q?a-b?=",
        "Date: 99999999999999999999 Jan 99999999999999999999 00:00:00 +9999999999\n", "Date: 31 Feb 2023 25:61:61\n",
        "--outer--\n",
        "0", "-1", "99999999999999999999", "9" * 5000, "1e999", "NaN", "null", "true", "[]", "{}", "[" * 3000,
        '{"a":' * 3000, '"\\ud800"',
        "= [[1]]", "= 1979-05-27T07:32:00Z", "= 07:32:00", "= inf", "= { a = 1 }", '= [1, "a"]',
        "a." * 300 + "b = 1\n", "[[a]]\n", "[un]\n",
        "#, fuzzy\n", "#~ ", "#| ", "#: x:y\n", "#: \u2068a b\u2069:1\n", 'msgctxt "evil"\n', 'msgid ""\n',
        'msgstr[0] "x"\n', 'domain "x"\n',
        "nplurals=99999999999", "charset=KOI8-R", "Language: kk\\n", "<<<<<<< HEAD\n",
        "`" * 40, "*" * 99, "[a](" * 40, "> " * 150, "- " * 150, "|" * 99, "![", "](javascript:1)", "---\n",
        "=cmd|'/c calc'!A0", "@SUM(1)", ";", ",", "A1:XFD1048576", "XFD1048576", "9999-99-99", "0000-00-00",
        "-5000-01-01", "2023-03-14T25:00",
        "Mon, 01 Jan 99999 00:00:00 +9999",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a file: where it begins and ends, as shares of its length, and what stands there then."""

    start: float
    length: float
    new: bytes
    copies: bool  # what stood there stands at ``start`` as well


def changed(data: bytes, changes: Sequence[Change]) -> bytes:
    """Return ``data`` with each change made in turn."""
    for change in changes:
        start = int(change.start * len(data))
        end = min(len(data), start + int(change.length * len(data)))
        data = data[:start] + (data[start:end] * 2 if change.copies else b"") + change.new + data[end:]
    return data


_SHARE: Final = st.floats(0, 1)
# Mostly nothing or little is taken away, so that most of a sound file is left.
_LENGTH: Final = st.one_of(st.just(0.0), st.floats(0, 0.02), _SHARE)
_NEW: Final = st.one_of(st.sampled_from(TOKENS), st.binary(max_size=8), st.just(b""))
CHANGES: Final = st.lists(st.builds(Change, _SHARE, _LENGTH, _NEW, st.booleans()), min_size=1, max_size=4)
NAMES: Final = st.sampled_from(
    (
        "../x",
        "/etc/x",
        "a\\b",
        "C:x",
        "a\0b",
        "x/../../y",
        ".",
        "",
        "a" * 300,
        "\u202ecod.exe",
        "word/document.xml",
        "a/",
    )
)


@st.composite
def damaged(draw: st.DrawFn, seeds: Sequence[bytes]) -> bytes:
    """Draw one of the sound files with something changed, or any bytes."""
    if draw(st.integers(0, 9)) == 0:
        return draw(st.binary(max_size=200))
    seed = draw(st.sampled_from(seeds))
    if draw(st.booleans()):
        seed = changed(seed, [Change(draw(_SHARE), draw(_LENGTH), draw(st.sampled_from(seeds)), False)])
    return changed(seed, draw(CHANGES))


@st.composite
def repacked(draw: st.DrawFn, archives: Sequence[Mapping[str, bytes]]) -> bytes:
    """Draw a sound archive with a damaged part, which may be there twice, or under a name that leads elsewhere."""
    parts = dict(draw(st.sampled_from(archives)))
    name = draw(st.sampled_from(sorted(parts)))
    members = [(one, data) for one, data in parts.items() if one != name or draw(st.booleans())]
    given = name if draw(st.booleans()) else draw(NAMES)
    members.append((given, changed(parts[name], draw(CHANGES))))
    made, method = io.BytesIO(), draw(st.sampled_from((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)))
    with warnings.catch_warnings(), zipfile.ZipFile(made, "w", method) as new:
        warnings.simplefilter("ignore")  # of the same name twice
        for one, data in members:
            info = zipfile.ZipInfo("x")
            info.filename = one  # as it is: the constructor would cut and turn it
            info.compress_type = new.compression
            new.writestr(info, data)
    return made.getvalue()
