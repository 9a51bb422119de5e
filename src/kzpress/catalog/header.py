"""The header of a catalogue: which fields kzpress keeps right, and which belong to the reviewer's tools."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from kzpress.languages import english_name, plural_forms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kzpress.domain import Catalog, Lang

Fields = tuple[tuple[str, str], ...]

MACHINE: Final = "kzpress (machine translation, unreviewed)"

# Facts about the release: true again after every run. All other fields, known or not, are a tool's once it wrote them.
_OWNED: Final = frozenset(
    {
        "Project-Id-Version",
        "POT-Creation-Date",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
        "X-Source-Language",
        "X-Source-Digest",
    }
)


def header(slug: str, *, lang: Lang, source_lang: Lang, source_digest: str, date: dt.date) -> Fields:
    """Return the header of a new catalogue; ``date`` is the release's, so that no field changes by itself.

    The offset is Kazakhstan's since 1 March 2024. Dates are in gettext's form: Babel refuses the ISO one. Where to
    report a fault of the source is the newsroom's to fill in.
    """
    midnight = f"{date.isoformat()} 00:00+0500"
    return (
        ("Project-Id-Version", f"kzpress {slug}"),
        ("Report-Msgid-Bugs-To", ""),
        ("POT-Creation-Date", midnight),
        ("PO-Revision-Date", midnight),
        ("Last-Translator", MACHINE),
        ("Language-Team", english_name(lang)),
        ("Language", lang),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=UTF-8"),
        ("Content-Transfer-Encoding", "8bit"),
        ("Plural-Forms", plural_forms(lang)),
        ("X-Generator", "kzpress"),
        ("X-Source-Language", source_lang),
        ("X-Source-Digest", source_digest),
    )


def first_drafted(found: Catalog | None) -> dt.date:
    """Return the day an undated release was first drafted: its catalogue's, or today."""
    created = dict(found.header).get("POT-Creation-Date", "") if found else ""
    try:
        return dt.date.fromisoformat(created[:10])
    except ValueError:
        return dt.datetime.now(dt.UTC).date()


def refresh(old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]) -> Fields:
    """Return ``old`` in its own order with the release's facts of ``new``, and whatever it lacked at the end."""
    fields = dict(old)
    untouched = fields.get("Last-Translator") == MACHINE
    for name, value in new:
        if name in _OWNED or name not in fields or (name == "PO-Revision-Date" and untouched):
            fields[name] = value
    return tuple(fields.items())
