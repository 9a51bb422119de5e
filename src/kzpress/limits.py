"""Limits: how large and how deep an input may be before it is refused; ``[limits]`` of kzpress.toml changes some."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds on one input; a press release is some kilobytes, so all of them are generous.

    ``archive_bytes`` are those a whole archive unpacks to, ``archive_ratio`` that size to its own; Word's and Excel's
    own XML stays under 30. ``nesting`` counts blocks within blocks, and e-mail parts within parts.
    """

    file_bytes: int = 50_000_000
    text_bytes: int = 10_000_000
    paragraph_characters: int = 100_000
    archive_bytes: int = 100_000_000
    archive_ratio: int = 100
    entries: int = 2_000
    nesting: int = 100
