"""Compile the catalogues of messages when kzpress is built: people write ``.po``, gettext reads ``.mo``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LOCALES = Path(__file__).parent / "src" / "kzpress" / "data" / "locale"


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Writes a ``.mo`` beside every ``.po``, and has it packed although git ignores it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before anything is packed; an editable installation reads them where they lie."""
        for path in LOCALES.glob("*/LC_MESSAGES/*.po"):
            with path.open("rb") as file:
                catalogue = read_po(file, locale=path.parent.parent.name, abort_invalid=True)
            with path.with_suffix(".mo").open("wb") as file:
                write_mo(file, catalogue)
        build_data["artifacts"].append("/src/kzpress/data/locale/*/LC_MESSAGES/*.mo")
