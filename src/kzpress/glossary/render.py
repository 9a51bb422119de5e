"""Translates texts made of nothing but names, such as datelines, without a model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzpress.glossary.find import find
from kzpress.glossary.model import Case
from kzpress.glossary.require import requirements
from kzpress.glossary.surfaces import is_abbreviation

if TYPE_CHECKING:
    import datetime as dt

    from kzpress.domain import Lang
    from kzpress.glossary.model import Glossary


def render(glossary: Glossary, text: str, lang: Lang, target: Lang, date: dt.date | None) -> str | None:
    """Return ``text`` with every name in ``target``, if names cover all its letters; else None.

    ``NUR-SULTAN. KAZINFORM -`` gives ``НҰР-СҰЛТАН. ҚАЗАҚПАРАТ -``: capitals, spaces and punctuation stay. A name that
    can only be an oblique case is part of a phrase, so that None is returned.
    """
    hits = find(glossary, text, lang, date)
    if not hits or any(hit.cases and Case.NOM not in hit.cases for hit in hits):
        return None
    parts: list[str] = []
    end = 0
    for hit in hits:
        between, found = text[end : hit.start], text[hit.start : hit.end]
        name = requirements(glossary, (hit,), target)[0].required
        shouted = found.isupper() and not is_abbreviation(hit.base)
        parts += (between, name.upper() if shouted else name)
        end = hit.end
    parts.append(text[end:])
    return None if any(ch.isalpha() for part in parts[::2] for ch in part) else "".join(parts)
