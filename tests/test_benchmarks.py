"""The benchmarks start, keep what they find, and draw it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from ratios import ratios
from suite import PARTS, Part, measure

ROOT = Path(__file__).parent.parent
BENCHMARKS = ROOT / "benchmarks"
PROGRAMS = sorted(
    path
    for path in BENCHMARKS.rglob("*.py")
    if re.search(r"^    parser = argparse|^    options = argparse", path.read_text("utf-8"), re.MULTILINE)
)
RESULTS = BENCHMARKS / "results.json"


def called(program: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(program), *arguments], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda path: path.stem)
def test_every_program_starts_and_says_how_it_is_called(program: Path) -> None:
    said = called(program, "--help")
    assert said.returncode == 0, said.stderr
    assert said.stdout.startswith("usage: ")


@pytest.mark.parametrize("part", [part for part in PARTS if (BENCHMARKS / part.program).exists()], ids=lambda p: p.name)
def test_every_part_of_the_suite_names_options_its_program_has(part: Part) -> None:
    usage = called(BENCHMARKS / part.program, "--help").stdout
    options = {word for word in f"{part.full} {part.quick} --json".split() if word.startswith("--")}
    assert [option for option in sorted(options) if option not in usage] == []


def test_the_suite_keeps_what_a_part_found_with_the_machine_and_the_command(tmp_path: Path) -> None:
    out = tmp_path / "results.json"
    said = called(BENCHMARKS / "suite.py", "--quick", "--only", "detect", "--out", str(out))
    results = json.loads(out.read_text("utf-8"))
    assert said.returncode == 0, said.stderr
    assert results["machine"]["cores"] >= 1 and "ctranslate2" in results["machine"]["packages"]
    part = results["parts"]["detect"]
    assert part["command"].startswith("python benchmarks/detect.py training/eval/")
    assert {row["language"] for row in part["found"]} == {"en", "ru", "kk"}


def test_a_part_run_again_leaves_the_others_as_they_were(tmp_path: Path) -> None:
    out = tmp_path / "results.json"
    called(BENCHMARKS / "suite.py", "--quick", "--only", "detect", "--out", str(out))
    results = json.loads(out.read_text("utf-8"))
    results["parts"]["durability"] = {"found": {"trials": {"none": 4}, "wrong": []}}
    out.write_text(json.dumps(results), "utf-8")
    said = called(BENCHMARKS / "suite.py", "--quick", "--only", "detect", "--out", str(out))
    again = json.loads(out.read_text("utf-8"))
    assert again["parts"]["durability"] == results["parts"]["durability"]
    assert "4 passes killed" in said.stdout


def test_results_of_another_machine_are_not_mixed_with_these(tmp_path: Path) -> None:
    out = tmp_path / "results.json"
    out.write_text(json.dumps({"version": 1, "machine": {"cores": 4096}, "parts": {}, "ratios": []}), "utf-8")
    said = called(BENCHMARKS / "suite.py", "--quick", "--only", "detect", "--out", str(out))
    assert said.returncode == 1 and "another machine" in said.stderr
    assert json.loads(out.read_text("utf-8"))["machine"] == {"cores": 4096}


def test_a_part_that_fails_is_told_with_what_it_said() -> None:
    told = measure(Part(name="x", program="detect.py", full="", quick=""), ["no-such-file.tsv"], quick=True)
    assert "no-such-file.tsv" in told["error"] and "found" not in told


def test_a_part_without_its_package_is_skipped_and_says_so() -> None:
    told = measure(Part(name="x", program="detect.py", full="", quick="", needs="no_such_package"), [], quick=True)
    assert told["skipped"] == "no_such_package is not installed"


def test_growth_in_proportion_has_the_power_one() -> None:
    def size(releases: int, cpu: float, peak: int) -> dict[str, Any]:
        return {"releases": releases, "copied": False, "rows": {"new": {"cpu": cpu, "peak_mb": peak}}}

    found = {"sizes": [size(10, 2.0, 100), size(100, 20.0, 110)]}
    values = [line["value"] for line in ratios({"growth": {"found": found}})]
    assert values == [1.0, 1.1]


def test_the_committed_results_draw_every_figure_of_the_page(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="benchmarks/requirements.txt")
    for folder in ("once", "again"):
        said = called(BENCHMARKS / "plot.py", str(RESULTS), "--to", str(tmp_path / folder))
        assert said.returncode == 0, said.stderr
    page = (ROOT / "docs" / "benchmarks.md").read_text("utf-8")
    for name in re.findall(r"\(figures/([\w-]+\.svg)\)", page):
        drawn = (tmp_path / "once" / name).read_bytes()
        assert drawn == (tmp_path / "again" / name).read_bytes()
        words = [text.text for text in ET.fromstring(drawn).iter("{http://www.w3.org/2000/svg}text")]
        assert any(word and re.search(r"seconds|speed|memory", word) for word in words), "axes with units, as text"


def test_results_that_are_none_are_refused_with_the_next_step(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="benchmarks/requirements.txt")
    wrong = tmp_path / "results.json"
    wrong.write_text("not JSON", "utf-8")
    said = called(BENCHMARKS / "plot.py", str(wrong), "--to", str(tmp_path))
    assert said.returncode == 1 and "name a file that suite.py wrote" in said.stderr
