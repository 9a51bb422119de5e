"""Exchange: the glossary as a table (CSV) and as a termbase (TBX), out and in, telling what a format cannot hold."""

from kzpress.glossary.exchange.export import to_csv, to_tbx
from kzpress.glossary.exchange.merge import import_file
from kzpress.glossary.exchange.model import Difference, Exported, Imported, Loss, Refusal

__all__ = ["Difference", "Exported", "Imported", "Loss", "Refusal", "import_file", "to_csv", "to_tbx"]
