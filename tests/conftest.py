from __future__ import annotations

import os
from itertools import count

import pytest

from kzpress.engine import Origin, discover
from kzpress.engine.argos import ArgosEngine
from kzpress.glossary import Glossary, load
from kzpress.workspace import STARTER_GLOSSARY

FOLDERS = count()


@pytest.fixture(autouse=True)
def no_packages_of_this_machine(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep what a developer or another test has installed or exported out of a test."""
    folder = tmp_path_factory.getbasetemp() / f"argos-{next(FOLDERS)}" / "packages"
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(folder))
    for name in [name for name in os.environ if name.startswith("KZPRESS_")]:
        monkeypatch.delenv(name)
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):  # a developer's own language, too
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Glossary:
    """The glossary of this repository, read and indexed once for all tests."""
    return load(STARTER_GLOSSARY, cache=tmp_path_factory.mktemp("starter"))


@pytest.fixture(scope="session")
def embedded() -> ArgosEngine:
    """The engine on the embedded packages."""
    return ArgosEngine([package for package in discover() if package.origin is Origin.EMBEDDED], threads=2)
