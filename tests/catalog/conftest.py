from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Gettext = Callable[..., str]


@pytest.fixture
def gettext() -> Gettext:
    """Run a gettext program and return what it printed; it must succeed."""

    def run(program: str, *arguments: str | Path) -> str:
        found = shutil.which(program)
        if found is None:
            if os.environ.get("CI"):
                pytest.fail(f"{program} is not installed: apt-get install gettext i18nspector")
            pytest.skip(f"{program} is not installed: apt-get install gettext i18nspector")
        done = subprocess.run([found, *arguments], capture_output=True, text=True, check=False, encoding="utf-8")
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    return run


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "locales" / "ru" / "LC_MESSAGES" / "2021-07-16-human-rights.po"
