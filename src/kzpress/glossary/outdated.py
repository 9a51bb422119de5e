"""Tells which translations a changed glossary affects, from a digest a concept that each draft keeps in its notes.

``kzpress: names astana=5c0e91 osce=91d2ab``: what the glossary said of each concept when the draft was made. Where it
still says the same, nothing is asked of the text; where it does not, the text is held to what it says now.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kzpress import text as folding
from kzpress.domain import Hit, Lang, NameKind
from kzpress.glossary.find import find
from kzpress.glossary.require import Requirement, is_adjective_of, requirements, standing
from kzpress.glossary.surfaces import written
from kzpress.speech import _

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping

    from kzpress.glossary.model import Concept, Glossary

_NOTE: Final = "kzpress: names "
_FORBIDDEN: Final = "!"


def demands(
    glossary: Glossary, source: str, target: str, *, source_lang: Lang, target_lang: Lang, date: dt.date | None
) -> Mapping[str, str]:
    """Return a digest of what the glossary says of each concept that ``source`` names, by its id.

    So too, as ``!id``, of those that ``target`` names by a forbidden name.
    """
    needs = requirements(glossary, find(glossary, source, source_lang, date), target_lang)
    return _said(glossary, needs, _forbidden(glossary, target, target_lang, date), target_lang)


def _said(
    glossary: Glossary, needs: Iterable[Requirement], forbidden: Iterable[Hit], target_lang: Lang
) -> Mapping[str, str]:
    said = {need.concept.id: _digest(need.required, need.bases, need.concept, target_lang) for need in needs}
    for hit in forbidden:
        said[_FORBIDDEN + hit.entry] = _digest(hit.base, (), glossary.entries[hit.entry], target_lang)
    return said


def outdated(
    glossary: Glossary,
    source: str,
    target: str,
    *,
    source_lang: Lang,
    target_lang: Lang,
    date: dt.date | None,
    made_with: Mapping[str, str],
    is_machines: bool,
) -> tuple[str, ...]:
    """Return in words what the glossary asks of ``target`` now and did not when it was ``made_with`` those demands.

    Empty where nothing changed, and where what changed is answered already. A name that is no longer called for is
    told of the machine's own texts only: a person who kept it meant it.
    """
    needs = requirements(glossary, find(glossary, source, source_lang, date), target_lang)
    forbidden = _forbidden(glossary, target, target_lang, date)
    now = _said(glossary, needs, forbidden, target_lang)
    changed = {name for name, digest in now.items() if made_with.get(name) != digest}
    reasons = [
        reason
        for need in needs
        if need.concept.id in changed and (reason := _unanswered(glossary, need, target, target_lang))
    ]
    for hit in forbidden:
        if _FORBIDDEN + hit.entry in changed:
            name = glossary.entries[hit.entry].names[target_lang]
            facts = {"found": target[hit.start : hit.end], "name": name}
            reasons.append(_("“{found}” is forbidden: write “{name}”", **facts))
    if is_machines:
        for name in (name for name in made_with if name not in now and not name.startswith(_FORBIDDEN)):
            known = glossary.entries.get(name)
            said = known.names[target_lang] if known else name
            reasons.append(_("“{name}” is no longer called for", name=said))
    return tuple(dict.fromkeys(reasons))


def note_of(made_with: Mapping[str, str]) -> Iterator[str]:
    """Yield the line a draft keeps of what it was made with, none where its sentence names nothing."""
    if made_with:
        yield _NOTE + " ".join(f"{name}={digest}" for name, digest in made_with.items())


def noted(notes: Iterable[str]) -> Mapping[str, str]:
    """Return what :func:`note_of` wrote among ``notes``; empty for a draft older than that."""
    lines = (note.removeprefix(_NOTE) for note in notes if note.startswith(_NOTE))
    return dict(part.split("=", 1) for line in lines for part in line.split() if "=" in part)


def _forbidden(glossary: Glossary, text: str, lang: Lang, date: dt.date | None) -> list[Hit]:
    return [hit for hit in find(glossary, text, lang, date) if hit.kind is NameKind.FORBIDDEN]


def _unanswered(glossary: Glossary, need: Requirement, target: str, lang: Lang) -> str | None:
    form = standing(glossary, need, target, lang)
    if form is None:
        if is_adjective_of(need, target, lang):
            return None
        return _("“{named}”: write “{required}”", named=need.named, required=need.required)
    if better := _displaced(need, lang).get(folding.fold(form)):
        return _("write “{right}”, not “{found}”", right=better, found=form)
    return None


def _displaced(need: Requirement, lang: Lang) -> Mapping[str, str]:
    """Return the approved form by each form of the rules that it has displaced: both are recognised, one is right."""
    approved = {base: written(need.concept, base, lang) for base in need.bases}
    right = {folding.fold(form) for table in approved.values() for form in table.values()}
    return {
        folding.fold(form): approved[base][case]
        for base in need.bases
        for case, form in written(replace(need.concept, forms={}), base, lang).items()
        if case in approved[base] and folding.fold(form) not in right
    }


def _digest(required: str, bases: Iterable[str], concept: Concept, lang: Lang) -> str:
    tables = [sorted(written(concept, base, lang).items()) for base in bases]
    said = [required, tables, concept.variants.get(lang, ()), concept.forbidden.get(lang, ())]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:6]
