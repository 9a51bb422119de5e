"""Translation memory: what people approved, found again by the same sentence or one like it; TMX out and in."""

from kzpress.memory.likeness import LIKE, Near, changes
from kzpress.memory.store import Memory, opened
from kzpress.memory.tmx import Exchanged, read_tmx, write_tmx

__all__ = ["LIKE", "Exchanged", "Memory", "Near", "changes", "opened", "read_tmx", "write_tmx"]
