"""Ingest: a press release in any accepted format becomes a Release. The only stage that changes characters.

What is changed, and nothing else: text is NFC; every run of white space (no-break and typographic spaces too) is one
ordinary space, since a reviewer cannot see the difference and a memory would miss on it; control and invisible format
characters (soft hyphens, zero-width, bidi) are removed with a notice. Words, quotes, dashes and apostrophes stay as
they came.
"""

from __future__ import annotations

from kzpress.ingest.intake import read, read_bytes, taken
from kzpress.ingest.slugs import slug
from kzpress.limits import Limits

__all__ = ["Limits", "read", "read_bytes", "slug", "taken"]
