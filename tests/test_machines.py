"""The proof that two machines never work at once, in small and on one disk: benchmarks/machines.py has more of it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="it kills, and looks into /proc")
def test_two_machines_on_one_folder_do_nothing_twice_and_lose_nothing(tmp_path: Path) -> None:
    program = str(ROOT / "benchmarks" / "machines.py")
    for desk in ("first", "second", "third"):  # whether one meets the other is chance, above all on a busy machine
        command = [sys.executable, program, str(tmp_path / desk), "--rounds", "3", "--deaths", "0", "--json"]
        said = subprocess.run(command, capture_output=True, text=True, check=False)
        result = json.loads(said.stdout)
        assert result["wrong"] == []
        if result["releases"] >= 1 and sum(result["refused"].values()) >= 1:
            return
    pytest.fail("neither ever met the other")
