"""Limits are settings: what is over one is refused with the key that raises it, and what is raised lets it in."""

from __future__ import annotations

from pathlib import Path

import pytest

from kzpress import planning
from kzpress.errors import ReleaseError, WorkspaceError
from kzpress.limits import Limits
from kzpress.settings import LIMITS, TEMPLATE, read_settings
from tests.hostile.readers import CORPUS, DOCX, zipped

TEXT = (CORPUS / "release.txt").read_bytes()


def settings(folder: Path, text: str) -> Limits:
    path = folder / "kzpress.toml"
    path.write_text(text, "utf-8")
    return read_settings(path).limits


def test_without_a_table_the_limits_are_those_that_the_template_shows(tmp_path: Path) -> None:
    assert settings(tmp_path, TEMPLATE) == Limits()
    lines = TEMPLATE.splitlines()
    start = lines.index("# [limits]")
    shown = "\n".join(line.removeprefix("# ") for line in lines[start : start + 1 + len(LIMITS)])
    assert settings(tmp_path, shown) == Limits()


@pytest.mark.parametrize(
    ("key", "name", "data"),
    [
        ("file_bytes", "a.txt", TEXT),
        ("text_bytes", "a.txt", TEXT),
        ("text_bytes", "a.docx", zipped(DOCX)),
        ("paragraph_characters", "a.txt", TEXT),
        ("archive_bytes", "a.docx", zipped(DOCX)),
        ("archive_ratio", "a.docx", zipped({**DOCX, "word/theme.xml": b"<a/>" * 4_000_000})),
    ],
)
def test_what_is_over_a_limit_is_refused_with_the_key_that_raises_it(
    tmp_path: Path, key: str, name: str, data: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ReleaseError) as refused:
        planning.read(path, settings(tmp_path, f"[limits]\n{key} = 12"))
    assert f"limits.{key} in kzpress.toml" in str(refused.value.hint)
    assert refused.value.where
    assert planning.read(path, settings(tmp_path, f"[limits]\n{key} = 90_000_000")).release.title


def test_a_long_paragraph_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT + b"\n\n" + b"water " * 20_000)
    with pytest.raises(ReleaseError, match=r"a\.txt:10: a paragraph of more than 100000 characters"):
        planning.read(path)


@pytest.mark.parametrize("value", ["0", "-1", "1.5", '"50 MB"', "true", "[1]"])
def test_a_limit_is_a_whole_number_above_nought(tmp_path: Path, value: str) -> None:
    with pytest.raises(WorkspaceError, match=r"limits\.file_bytes is no number above 0"):
        settings(tmp_path, f"[limits]\nfile_bytes = {value}")


def test_an_unknown_limit_is_told_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError) as refused:
        settings(tmp_path, "[limits]\nfile_byte = 1")
    assert refused.value.hint == "did you mean limits.file_bytes?"
