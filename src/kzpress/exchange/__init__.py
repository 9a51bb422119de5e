"""Exchange: one locale of a release as a table in Word or Excel, or as XLIFF, for people without a PO editor."""

from kzpress.exchange.formats import Format, read, write
from kzpress.exchange.merge import FOREIGN, LEFT, Fate, Outcome, merge, rows_of
from kzpress.exchange.model import Row, Sheet, digest

__all__ = [
    "FOREIGN",
    "LEFT",
    "Fate",
    "Format",
    "Outcome",
    "Row",
    "Sheet",
    "digest",
    "merge",
    "read",
    "rows_of",
    "write",
]
