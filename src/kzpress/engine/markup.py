"""Writes the names a sentence must have into its source, for packages trained to read them there.

``the <t> Senate <=> Сенат </t> said``: the name as the source has it, and the approved lemma, which the model copies in
the form its sentence needs (Dinu et al. 2019; Bergmanis and Pinnis 2021). A package says that it reads this by
``"annotations": "<t> <=> </t>"`` in its metadata; stock Argos ignores the key and never sees the markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from kzpress.domain import Annotation

KEY: Final = "annotations"
SIGNS: Final = ("<t>", "<=>", "</t>")
VALUE: Final = " ".join(SIGNS)

_GLUE: Final = "\ue000"  # stands for the spaces of an annotated name, so that a cut between words leaves it whole
_ANNOTATED: Final = re.compile(rf"<t>{_GLUE}(.*?){_GLUE}<=>.*?</t>")
_SIGN: Final = re.compile("|".join(SIGNS))


def annotate(text: str, names: Iterable[Annotation]) -> str:
    """Return ``text`` with its names annotated, to be cut between words if need be; see :func:`asked`.

    A sign that the text itself has is broken up, so that a source cannot write annotations.
    """
    parts: list[str] = []
    end = 0
    for name in sorted(names, key=lambda name: name.start):
        term, lemma = _broken(text[name.start : name.end]), _broken(name.lemma)
        parts += (_broken(text[end : name.start]), f"<t> {term} <=> {lemma} </t>".replace(" ", _GLUE))
        end = name.end
    return "".join((*parts, _broken(text[end:])))


def asked(annotated: str) -> str:
    """Return what the model is given."""
    return annotated.replace(_GLUE, " ")


def plain(annotated: str) -> str:
    """Return the text without its annotations."""
    return _ANNOTATED.sub(r"\1", annotated).replace(_GLUE, " ")


def _broken(text: str) -> str:
    return _SIGN.sub(lambda sign: f"{sign[0][0]} {sign[0][1:]}", text.replace(_GLUE, " "))
