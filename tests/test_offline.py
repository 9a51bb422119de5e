"""Offline is a promise: but for feeds by URL, `models install PAIR` and `run --dask`, no command opens a socket."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

SCRIPT = """
import io, json, sys
from contextlib import redirect_stderr, redirect_stdout

heard = []
sys.addaudithook(lambda event, args: heard.append(f"{event} {args}") if event.startswith("socket.") else None)
from kzpress.cli import cli

said = {}
for line in sys.stdin.read().splitlines():
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            status = cli.main(line.split("|"), standalone_mode=False)
        except BaseException as error:
            status = f"{type(error).__name__}: {error}"
    said[line] = str(status or 0)
print(json.dumps({"said": said, "heard": heard}))
"""
RELEASE = """Ministers agree on a water council

ASTANA. 12 July 2023 - The Ministry of Foreign Affairs said on 12 July 2023 that the talks were useful.
"""
SLUG = "2023-07-12-ministers-agree-on-a-water-council"
COMMANDS = f"""\
init
detect|inbox/water.txt
translate|inbox/water.txt
run
status
check
check|--fix
preview|{SLUG}
export|{SLUG}|--as|xlsx|--lang|ru
import|{SLUG}.ru.xlsx
redraft|--stale
memory|stats
memory|find|--from|en|Water
memory|export|all.tmx
glossary|check
glossary|find|Ministry of Foreign Affairs
glossary|stats
glossary|export|all.tbx
models|list
models|verify
publish
doctor"""


def test_no_command_opens_a_socket(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "water.txt").write_text(RELEASE, "utf-8")
    command = [sys.executable, "-c", SCRIPT]
    run = subprocess.run(command, input=COMMANDS, capture_output=True, text=True, check=True, cwd=tmp_path)
    told = json.loads(run.stdout.splitlines()[-1])
    assert told["heard"] == []
    wrong = {line: status for line, status in told["said"].items() if status not in {"0", "1"}}
    assert [*wrong] == ["publish"], wrong  # which nothing was said of in the settings
