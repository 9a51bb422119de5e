"""Draw the results of suite.py as SVG figures, the same bytes for the same results.

    pip install -r benchmarks/requirements.txt
    python benchmarks/plot.py benchmarks/results.json --to docs/figures

What the results lack is not drawn, and that is told. Text stays text; the colours are Okabe and Ito's, which
colour-blind people tell apart, and marks and dashes differ as well; every figure has a white ground of its own.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

BLUE, ORANGE, GREEN, PINK, GREY = "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#6b6b6b"
AIM: Final = 0.9  # share of bare CTranslate2's speed that the engine is to have
GROWTH: Final = {
    "new": ("first run", BLUE, "o", "-"),
    "unchanged": ("run again, nothing new", ORANGE, "s", "--"),
    "one": ("run again, one new", GREEN, "^", "-."),
    "status": ("status", PINK, "D", ":"),
    "check": ("check", GREY, "v", (0, (5, 1, 1, 1))),
}
SEARCHES: Final = {
    "en": ("English", BLUE, "o", "-"),
    "ru": ("Russian", ORANGE, "s", "--"),
    "kk": ("Kazakh", GREEN, "^", "-."),
}
STARTS: Final = {"index made": ("index made anew", ORANGE, "s", "--"), "index there": ("index found", BLUE, "o", "-")}
STYLE: Final = {
    "svg.fonttype": "none",
    "svg.hashsalt": "kzpress",
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans", "Verdana"],  # of one width; the first comes with matplotlib
    "font.size": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.grid": True,
    "grid.color": "#e4e4e4",
    "grid.linewidth": 0.6,
    "legend.frameon": False,
    "legend.fontsize": 9,
    "figure.constrained_layout.use": True,
    "savefig.facecolor": "white",
}

Point = tuple[float, float, bool]  # x, y, and whether it was measured on copies


# ------------------------------------------------------------------ figures, a function each


def throughput(found: Mapping[str, Any], new: Callable[..., Any]) -> Any:
    """Draw each way's speed as a share of bare CTranslate2's, with the limit and the aim."""
    rows = list(found["throughput"]["rows"].items())[::-1]
    figure, axes = new(figsize=(7.2, 0.42 * len(rows) + 1.1))
    ours = {"ours": BLUE, "engine": BLUE, "once": BLUE, "bare": GREY}
    bars = axes.barh(
        [row["label"].removesuffix(" (limit)") for _, row in rows],
        [row["share_of_limit"] for _, row in rows],
        color=[ours.get(way, ORANGE) for way, _ in rows],
        height=0.62,
    )
    edge = max(1.0, *(row["share_of_limit"] for _, row in rows)) + 0.03
    for bar, (_, row) in zip(bars, rows, strict=True):
        told = f"{row['share_of_limit']:.2f} · {row['words_per_second']:,.0f} words/s"
        axes.text(edge, bar.get_y() + bar.get_height() / 2, told, va="center", fontsize=9)
    axes.axvline(1, color="black", linewidth=1)
    axes.axvline(AIM, color="black", linewidth=1, linestyle=(0, (2, 2)))
    axes.set(xlim=(0, edge + 0.42), xlabel=f"share of bare CTranslate2's speed (dashed: {AIM})")
    axes.set_xticks([0, 0.2, 0.4, 0.6, 0.8, 1])
    axes.grid(visible=False, axis="y")
    axes.tick_params(axis="y", length=0)
    return figure


def growth(found: Mapping[str, Any], new: Callable[..., Any]) -> Any:
    """Draw processor seconds and peak memory against releases, with the line of proportion."""
    sizes = found["growth"]["sizes"]
    figure, (above, below) = new(nrows=2, sharex=True, figsize=(7.2, 7.6), height_ratios=(3, 2))
    for row, look in GROWTH.items():
        there = [size for size in sizes if row in size["rows"]]
        for axes, key in ((above, "cpu"), (below, "peak_mb")):
            _line(axes, [(size["releases"], size["rows"][row][key], size["copied"]) for size in there], look)
    drafted = [size for size in sizes if not size["copied"]]
    first, last = drafted[0], drafted[-1]
    start, times = first["rows"]["new"]["cpu"], last["releases"] / first["releases"]
    ends = [first["releases"], last["releases"]]
    above.plot(ends, [start, start * times], color="black", linewidth=0.8, label="first run, if in proportion")
    copied = "; hollow: copied, not drafted" if len(drafted) < len(sizes) else ""
    above.set(xscale="log", yscale="log", ylabel="processor seconds")
    below.set(ylabel="peak memory, MB", xlabel=f"releases, two locales each{copied}")
    below.set_ylim(bottom=0)
    _plain([size["releases"] for size in sizes], above, below)
    figure.legend(*above.get_legend_handles_labels(), loc="outside upper left", ncols=3)
    return figure


def incremental(found: Mapping[str, Any], new: Callable[..., Any]) -> Any:
    """Draw what a run costs that finds little or nothing new, beside the first, with the real model."""
    size = found["incremental"]["sizes"][-1]
    rows = {row: size["rows"][row]["seconds"] for row in ("new", "one", "unchanged")}
    figure, axes = new(figsize=(7.2, 2.1))
    names = {"new": f"{size['releases']:,} releases, all new", "one": "one new among them", "unchanged": "none new"}
    bars = axes.barh([names[row] for row in rows][::-1], list(rows.values())[::-1], color=BLUE, height=0.62)
    words = [f"{value:.1f} s · {value / rows['new']:.1%}" for value in list(rows.values())[::-1]]
    axes.bar_label(bars, words, padding=5, fontsize=9)
    axes.set(xlabel="seconds, embedded model, two locales", xlim=(0, 1.25 * rows["new"]))
    axes.grid(visible=False, axis="y")
    axes.tick_params(axis="y", length=0)
    return figure


def glossary(found: Mapping[str, Any], new: Callable[..., Any]) -> Any:
    """Draw the cost of a search and of a start against the glossary's size."""
    sizes = found["glossary"]
    figure, (left, right) = new(ncols=2, figsize=(7.2, 3.6))
    for lang, look in SEARCHES.items():
        rows = [(size["size"], size[f"search {lang}"]) for size in sizes]
        _line(left, [(n, row["first"] / row["sentences"] * 1e3, False) for n, row in rows], look)
    for row, look in STARTS.items():
        _line(right, [(size["size"], size[row]["cpu"], False) for size in sizes], look)
    left.set(xscale="log", xlabel="names in the glossary", ylabel="milliseconds to search a sentence")
    left.set_ylim(bottom=0)
    right.set(xscale="log", yscale="log", xlabel="names in the glossary", ylabel="processor seconds to start")
    _plain([size["size"] for size in sizes], left, right)
    left.legend()
    right.legend()
    return figure


def startup(found: Mapping[str, Any], new: Callable[..., Any]) -> Any:
    """Draw seconds and peak memory of single calls."""
    rows = found["startup"][::-1]
    figure, (left, right) = new(ncols=2, sharey=True, figsize=(7.2, 0.42 * len(rows) + 1.1))
    for axes, key, word, colour in ((left, "seconds", "seconds", BLUE), (right, "peak_mb", "peak memory, MB", GREY)):
        bars = axes.barh([row["command"] for row in rows], [row[key] for row in rows], color=colour, height=0.62)
        axes.bar_label(bars, [f"{row[key]:.3g}" for row in rows], padding=4, fontsize=9)
        axes.set(xlabel=word, xlim=(0, 1.25 * max(row[key] for row in rows)))
        axes.grid(visible=False, axis="y")
        axes.tick_params(axis="y", length=0)
    return figure


FIGURES: Final = (throughput, growth, incremental, glossary, startup)


# ------------------------------------------------------------------ lines and files


def _line(axes: Any, points: Sequence[Point], look: tuple[str, str, str, Any]) -> None:
    """Draw a line through points; those measured on copies are hollow."""
    label, colour, mark, dash = look
    across, up = [x for x, _, _ in points], [y for _, y, _ in points]
    axes.plot(across, up, label=label, color=colour, marker=mark, linestyle=dash, linewidth=1.6, markersize=5.5)
    hollow = [(x, y) for x, y, copied in points if copied]
    axes.scatter(
        [x for x, _ in hollow], [y for _, y in hollow], s=30, marker=mark, facecolor="white", edgecolor=colour, zorder=3
    )


def _plain(measured: Sequence[int], *every: Any) -> None:
    """Mark what was measured across; write 1,000 and 0.1 on logarithmic axes, not powers of ten."""
    from matplotlib.ticker import FuncFormatter, NullFormatter

    for axes in every:
        axes.set_xticks(measured)
        axes.tick_params(axis="x", which="minor", length=0)
        for axis in (axes.xaxis, axes.yaxis):
            if axis.get_scale() == "log":
                axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.10g}"))
                axis.set_minor_formatter(NullFormatter())


def draw(results: Mapping[str, Any], folder: Path) -> list[Path]:
    """Write every figure that the results have parts for into ``folder``, and return the files."""
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot

    found = {name: part["found"] for name, part in results["parts"].items() if "found" in part}
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    with mpl.rc_context(STYLE):
        for one in FIGURES:
            if one.__name__ in found:
                made.append(folder / f"{one.__name__}.svg")
                figure = one(found, pyplot.subplots)
                figure.savefig(made[-1], metadata={"Date": None, "Creator": None}, bbox_inches="tight", pad_inches=0.2)
                pyplot.close(figure)
    return made


def main() -> None:
    """Draw and tell what was drawn and what not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("results", type=Path, help="what suite.py wrote")
    parser.add_argument("--to", type=Path, required=True, metavar="DIR", help="folder of the figures")
    options = parser.parse_args()
    try:
        made = draw(json.loads(options.results.read_text("utf-8")), options.to)
    except ImportError:
        sys.exit("there is no matplotlib: pip install -r benchmarks/requirements.txt")
    except (OSError, ValueError) as error:
        sys.exit(f"{options.results}: {error}: name a file that suite.py wrote")
    print(*made, sep="\n")
    if missing := {one.__name__ for one in FIGURES} - {path.stem for path in made}:
        print(f"not in {options.results}, not drawn: {', '.join(sorted(missing))}", file=sys.stderr)


if __name__ == "__main__":
    main()
