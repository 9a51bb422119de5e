"""The controlled glossary: the one place that knows what institutions, offices, people and places are called."""

from kzpress.glossary.changes import touched_by, words_of
from kzpress.glossary.check import check
from kzpress.glossary.consistency import check_release
from kzpress.glossary.doubts import doubts
from kzpress.glossary.enforce import enforce, suffices
from kzpress.glossary.find import find
from kzpress.glossary.gaps import Gap, fill
from kzpress.glossary.index import prepare
from kzpress.glossary.load import load, packed, problems, unpacked
from kzpress.glossary.mentions import mentions
from kzpress.glossary.model import Abbreviate, Concept, ConceptKind, Glossary, Period, Problem
from kzpress.glossary.outdated import demands, note_of, noted, outdated
from kzpress.glossary.render import render
from kzpress.glossary.require import accepted, answered, lemmas, requirements
from kzpress.glossary.source import Source, role_of
from kzpress.glossary.surfaces import forms

__all__ = [
    "Abbreviate",
    "Concept",
    "ConceptKind",
    "Gap",
    "Glossary",
    "Period",
    "Problem",
    "Source",
    "accepted",
    "answered",
    "check",
    "check_release",
    "demands",
    "doubts",
    "enforce",
    "fill",
    "find",
    "forms",
    "lemmas",
    "load",
    "mentions",
    "note_of",
    "noted",
    "outdated",
    "packed",
    "prepare",
    "problems",
    "render",
    "requirements",
    "role_of",
    "suffices",
    "touched_by",
    "unpacked",
    "words_of",
]
