"""What the parts of a run come to, in numbers that compare anywhere: shares, multiples and powers of growth."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any


def ratios(parts: Mapping[str, Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield ``what`` and ``value`` of every ratio that these parts allow."""
    ways = {
        "throughput": _throughput,
        "startup": _startup,
        "incremental": _incremental,
        "growth": _growth,
        "glossary": _glossary,
        "durability": _durability,
    }
    for name, told in ways.items():
        if "found" in parts.get(name, {}):
            for what, value in told(parts[name]["found"]):
                yield {"part": name, "what": what, "value": round(value, 3)}


def _throughput(found: Any) -> Iterator[tuple[str, float]]:
    rows = found["rows"]
    yield "engine: speed as a share of bare CTranslate2's", rows["engine"]["share_of_limit"]
    yield "engine: the same in processor seconds", rows["engine"]["share_of_limit_cpu"]
    yield "engine without second tries: share of bare CTranslate2's, which has theirs", rows["once"]["share_of_limit"]
    yield "end to end: share of bare CTranslate2's", rows["ours"]["share_of_limit"]
    for other, name in (("stock", "stock argostranslate"), ("server", "LibreTranslate"), ("batched", "its batch form")):
        if other in rows:
            yield f"end to end: times the speed of {name}", rows[other]["seconds"] / rows["ours"]["seconds"]
            yield f"engine: times the speed of {name}", rows[other]["seconds"] / rows["engine"]["seconds"]


def _startup(found: Any) -> Iterator[tuple[str, float]]:
    bare, detect, translate, *again = found
    for one in (detect, translate):
        yield f"{one['command']}: times the seconds of {bare['command']}", one["seconds"] / bare["seconds"]
    for one in again:
        yield f"{one['command']}: share of {translate['command']}", one["seconds"] / translate["seconds"]


def _incremental(found: Any) -> Iterator[tuple[str, float]]:
    size = found["sizes"][-1]
    rows, count = size["rows"], size["releases"]
    yield f"{count} releases unchanged: share of a first run", rows["unchanged"]["seconds"] / rows["new"]["seconds"]
    yield f"one new among {count}: share of a first run", rows["one"]["seconds"] / rows["new"]["seconds"]


def _growth(found: Any) -> Iterator[tuple[str, float]]:
    drafted = [size for size in found["sizes"] if not size["copied"]]
    for before, after in pairwise(drafted):
        times = after["releases"] / before["releases"]
        power = math.log(after["rows"]["new"]["cpu"] / before["rows"]["new"]["cpu"], times)
        sizes = f"{before['releases']:,} to {after['releases']:,} releases"
        yield f"first run, {sizes}: processor time grows with this power", power
    if len(drafted) > 1:
        few, many = drafted[0], drafted[-1]
        peak = many["rows"]["new"]["peak_mb"] / few["rows"]["new"]["peak_mb"]
        yield f"first run, {many['releases'] // few['releases']:,} times the releases: times the peak memory", peak


def _glossary(found: Any) -> Iterator[tuple[str, float]]:
    sizes = found if isinstance(found, list) else [found]
    few, many = sizes[0], sizes[-1]
    if few is not many:
        times = many["size"] // few["size"]
        yield f"{times:,} times the names: times the cost of a search", _searched(many) / _searched(few)
    if "share" in many:
        yield f"{many['size']:,} names: share of a translate run that finding them takes", many["share"]


def _searched(size: Any) -> float:
    return float(sum(size[f"search {lang}"]["first"] for lang in ("en", "ru", "kk")))


def _durability(found: Any) -> Iterator[tuple[str, float]]:
    trials = sum(found["trials"].values())
    yield f"{trials} passes killed or refused by the disk: edits or releases lost, files damaged", len(found["wrong"])
