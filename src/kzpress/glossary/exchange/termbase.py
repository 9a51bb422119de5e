"""What TBX-Basic calls things: categories, statuses and element names, for writing and for reading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

NAMESPACE: Final = "urn:iso:std:iso:30042:ed-2"
ORIGIN: Final = "kzpress glossary"  # in the header: the ids of such a file are ours
RIGHT_ALONE: Final = "right names alone"  # in the header: such a file says nothing of the other forms there are
VALID: Final = "valid: "  # TBX-Basic has no dates of a term; a note that begins so is read back as them

# administrativeStatus of each field's terms. A variant is never written, so it is deprecated as a forbidden form is,
# and told from one by its termType: Weblate marks both as forbidden translations.
STATUS: Final = {
    "names": "preferredTerm-admn-sts",
    "short": "admittedTerm-admn-sts",
    "variants": "deprecatedTerm-admn-sts",
    "forbidden": "deprecatedTerm-admn-sts",
}
AVOIDED: Final = frozenset({"variants", "forbidden"})  # forms that nobody is to write
# The same statuses as other programs write them, without "Term" and "-admn-sts".
FIELDS: Final = {
    "preferred": "names",
    "standardized": "names",
    "regulated": "names",
    "legal": "names",
    "admitted": "short",
    "allowed": "short",
    "superseded": "variants",
    "deprecated": "forbidden",
    "forbidden": "forbidden",
    "obsolete": "forbidden",
    "notrecommended": "forbidden",
    "rejected": "forbidden",
}
SHORT_TYPES: Final = frozenset({"abbreviation", "acronym", "shortform", "initialism"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """The element names of one version of the standard; version 3 has a namespace and wants the part of speech."""

    version: int
    root: str
    header: str
    concept: str
    language: str
    term: str
    namespace: str | None


# OmegaT and Weblate (translate-toolkit 3.20) read version 2, the martif of 2008, and nothing newer.
DIALECTS: Final = {
    2: Dialect(
        version=2,
        root="martif",
        header="martifHeader",
        concept="termEntry",
        language="langSet",
        term="tig",
        namespace=None,
    ),
    3: Dialect(
        version=3,
        root="tbx",
        header="tbxHeader",
        concept="conceptEntry",
        language="langSec",
        term="termSec",
        namespace=NAMESPACE,
    ),
}
