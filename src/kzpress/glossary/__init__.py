"""The controlled glossary: the one place that knows what institutions, offices, people and places are called."""

from kzpress.glossary.check import check
from kzpress.glossary.enforce import enforce
from kzpress.glossary.find import find
from kzpress.glossary.load import load, problems
from kzpress.glossary.model import Concept, ConceptKind, Glossary, Period, Problem
from kzpress.glossary.render import render
from kzpress.glossary.require import accepted
from kzpress.glossary.surfaces import forms

__all__ = [
    "Concept",
    "ConceptKind",
    "Glossary",
    "Period",
    "Problem",
    "accepted",
    "check",
    "enforce",
    "find",
    "forms",
    "load",
    "problems",
    "render",
]
