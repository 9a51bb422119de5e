"""Test sets and their scores: the only module that imports sacrebleu."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kzpress.domain import Lang, Route
from kzpress.errors import UsageError
from kzpress.speech import _, reason

_SHAPE: Final = _("a TSV file: one sentence a line, columns separated by TAB")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """chrF, chrF++ and BLEU of a direction over ``lines`` lines, 0..100, each with sacrebleu's signature.

    Of the glossary's ``names`` that the sources call for, ``names_found`` stand in the translations. ``seconds`` is the
    wall time of translating, model loading included.
    """

    route: Route
    lines: int
    seconds: float
    chrf: float
    chrf_plus_plus: float
    bleu: float
    names: int
    names_found: int
    signatures: tuple[str, ...]


def read_test_set(path: Path, source: Lang, target: Lang, limit: int | None = None) -> tuple[list[str], list[str]]:
    """Return the sources and references of a TSV file.

    Its columns are named by the end of its name (``news.kk-ru-en.tsv``); otherwise it has two, source and reference.

    Raises:
        UsageError: the file cannot be read, lacks a language, or a line has another number of columns.
    """
    named = re.search(r"\.((?:kk|ru|en)(?:-(?:kk|ru|en))+)\.tsv$", path.name)
    columns = named[1].split("-") if named else [source, target]
    if source not in columns or target not in columns:
        raise UsageError(
            _(
                "this file has {columns}, not {source} and {target}",
                columns=", ".join(columns),
                source=source,
                target=target,
            ),
            where=str(path),
            hint=_("--from and --to are two of the languages that its name ends in"),
        )
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except OSError as error:
        why = _("this test set cannot be read ({reason})", reason=reason(error))
        raise UsageError(why, where=str(path), hint=_SHAPE) from error
    except UnicodeDecodeError as error:
        hint = _("save it as UTF-8 text")
        raise UsageError(_("this test set is not UTF-8"), where=str(path), hint=hint) from error
    i, j = columns.index(source), columns.index(target)
    rows = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        cells = line.rstrip("\r").split("\t")
        if len(cells) != len(columns):
            raise UsageError(
                _("{count} in place of {expected} columns", count=len(cells), expected=len(columns)),
                where=f"{path}:{number}",
                hint=_SHAPE,
            )
        if not (cells[i].strip() and cells[j].strip()):
            raise UsageError(
                _("a source or a reference is empty"),
                where=f"{path}:{number}",
                hint=_("take the line out: it would count as a translation that is all wrong"),
            )
        rows.append(cells)
    rows = rows[:limit]
    if not rows:
        raise UsageError(_("this test set is empty"), where=str(path), hint=_SHAPE)
    return [row[i] for row in rows], [row[j] for row in rows]


def score(
    outputs: list[str], references: list[str], route: Route, *, seconds: float, names: tuple[int, int] = (0, 0)
) -> Scores:
    """Score ``outputs`` against ``references``, line by line; ``names`` are called for, and found."""
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF

    metrics = (CHRF(), CHRF(word_order=2), BLEU())
    values = [metric.corpus_score(outputs, [references]).score for metric in metrics]
    return Scores(
        route=route,
        lines=len(references),
        seconds=seconds,
        chrf=values[0],
        chrf_plus_plus=values[1],
        bleu=values[2],
        names=names[0],
        names_found=names[1],
        signatures=tuple(str(metric.get_signature()) for metric in metrics),
    )
