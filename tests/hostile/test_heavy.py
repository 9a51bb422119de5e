"""What is made to use up memory or time is read or refused within bounds of both."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.hostile.heavy import FILES

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="needs limits of processes"),
    pytest.mark.skipif(os.environ.get("HYPOTHESIS_PROFILE") != "long", reason="minutes: HYPOTHESIS_PROFILE=long"),
]
SECONDS = 20  # of the processor; an ordinary one needs under three for any of these
PEAK = 800_000_000


@pytest.fixture(scope="module")
def outcomes() -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.hostile.heavy"]
    done = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, (lines[-1:], done.stderr)
    return {line["kind"]: line for line in lines}


@pytest.mark.parametrize("kind", FILES)
def test_it_takes_little_and_says_why_it_is_refused(outcomes: dict[str, Any], kind: str) -> None:
    found = outcomes[kind]
    assert found["outcome"].startswith(("read", "refused")), found
    assert found["seconds"] < SECONDS, found
    assert found["peak"] < PEAK, found
