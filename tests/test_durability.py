"""The proof of durability, in small: benchmarks/durability.py runs several hundred trials of it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="it forks, and looks into /proc")
def test_no_edit_and_no_release_is_lost_whenever_a_pass_is_killed_or_the_disk_fails() -> None:
    command = [sys.executable, str(ROOT / "benchmarks" / "durability.py"), "--trials", "12", "--seed", "7", "--json"]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    result = json.loads(said.stdout)
    assert result["wrong"] == []
    assert sum(result["struck"].values()) >= 1 and result["edits"] >= 10, "faults were felt, and people at work"
