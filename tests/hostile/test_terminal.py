"""Names and words from outside are shown on a terminal, and never obeyed by it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kzpress import report
from kzpress.errors import ReleaseError


@pytest.mark.parametrize("sign", ["\x1b]0;x\x07", "\x9b31m", "\r", "\u202e", "\x7f"])
def test_an_error_shows_signs_that_a_terminal_would_obey_as_their_codes(
    sign: str, capsys: pytest.CaptureFixture[str]
) -> None:
    error = ReleaseError(f"no words {sign}", where=f"release{sign}.txt", hint=f"rename {sign}")
    report.tell(report.failed(Path(f"release{sign}.txt"), error), as_json=False)
    report.note(f"passed over {sign}")
    shown = capsys.readouterr().err
    assert sign[0] not in shown
    assert shown.count(f"\\u{ord(sign[0]):04x}") == 4


def test_an_answer_shows_them_so_and_keeps_its_lines(capsys: pytest.CaptureFixture[str]) -> None:
    report.tell(report.Answer("one\x1b[2J\n\ttwo «Қазақ»\u00a0№", {}), as_json=False)
    assert capsys.readouterr().out == "one\\u001b[2J\n\ttwo «Қазақ»\u00a0№\n"
