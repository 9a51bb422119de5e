"""What a check is given, a translation beside its source, and what it answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kzpress import addresses
from kzpress.domain import BlockKind, Lang
from kzpress.speech import _, joined, n_


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A sentence and its translation, with their languages, in a block of this ``kind``."""

    source: str
    target: str
    source_lang: Lang
    target_lang: Lang
    kind: BlockKind = BlockKind.BODY


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """What is wrong with a translation, in words with the evidence; ``fix`` is the whole of it put right."""

    message: str
    fix: str | None = None


Check = Callable[[Pair], Flaw | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A slip of writing: where it stands, and what to write there."""

    pattern: re.Pattern[str]
    write: Callable[[re.Match[str]], str]


def mended(text: str, rules: Iterable[Rule]) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return ``text`` with every rule applied outside addresses, and what was written, each as (before, after).

    Before and after stand with the words around them, to be found by.
    """
    written: list[tuple[str, str]] = []
    for rule in rules:
        slips = list(rule.pattern.finditer(text))
        spans = [(address.start, address.end) for address in addresses.find(text)] if slips else []
        out, last = "", 0
        for found in slips:
            if found.start() == found.end() or any(start < found.end() and found.start() < end for start, end in spans):
                continue
            new = rule.write(found)
            if new == found[0]:
                continue
            out += text[last : found.start()] + new
            last = found.end()
            before, after = _around(text, found)
            written.append((before + found[0] + after, before + new + after))
        text = out + text[last:]
    return text, tuple(dict.fromkeys(written))


def told(written: Sequence[tuple[str, str]]) -> str:
    """Say what to write instead of what, three of it at most."""
    shown = joined(
        "; ", (_("“{before}”: write “{after}”", before=before, after=after) for before, after in written[:3])
    )
    if len(written) <= 3:
        return shown
    return n_("{shown}; and {count} more", "{shown}; and {count} more", len(written) - 3, shown=shown)


def _around(text: str, found: re.Match[str]) -> tuple[str, str]:
    before = re.search(r"[^\W_]*\W{0,2}$", text[max(0, found.start() - 24) : found.start()])
    after = re.match(r"\W{0,2}[^\W_]*", text[found.end() : found.end() + 24])
    return (before[0].lstrip() if before else ""), (after[0].rstrip() if after else "")
