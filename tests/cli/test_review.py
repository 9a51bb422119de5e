"""``status``, ``check`` and ``preview`` as a user meets them: on a terminal, in a pipe, with bad luck."""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from kzpress.domain import Lang, State
from kzpress.errors import Exit
from tests import reviewed
from tests.cli.calling import Call, calling
from tests.reviewed import SLUG, entry

READY = replace(entry("The sides met.", "Стороны встретились."), state=State.APPROVED)
WRONG = entry("They opened 12 schools.", "Они открыли 15 школ.")
CASE = entry("They came from Astana.", "Они прибыли из Астана.")
EMPTY = entry("The parties agreed to meet again.", "")
CATALOG = f"locales/ru/LC_MESSAGES/{SLUG}.po"


@pytest.fixture
def kzpress(capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Run a command in a workspace with one release, Russian under review and Kazakh approved."""
    monkeypatch.chdir(tmp_path)
    reviewed.workspace(tmp_path, READY, CASE, WRONG, EMPTY)
    reviewed.workspace(tmp_path, READY, lang=Lang.KK)
    return calling(capfd)


def test_status_in_a_pipe_is_a_line_a_catalogue(kzpress: Call) -> None:
    reviewed.published(Path(), kk="0" * 64)
    said = kzpress("status")
    assert said.status == Exit.DONE
    assert said.out.splitlines() == [
        f"{SLUG}  kk  100 % reviewed  1/1  0 findings  published 2021-07-26",
        f"{SLUG}  ru   25 % reviewed  1/4  3 errors",
    ]


@pytest.mark.parametrize("asked", [("status",), ("check", "--json")])
def test_where_nothing_is_listed_a_note_says_why(kzpress: Call, asked: tuple[str, ...]) -> None:
    for catalogue in Path("locales").rglob("*.po"):
        catalogue.unlink()
    said = kzpress(*asked)
    assert (said.status, said.out) == (Exit.DONE, "")
    assert said.err == "note: no catalogues found: `kzpress translate FILE` makes them\n"


def test_status_of_several_releases_ends_with_totals(kzpress: Call) -> None:
    for folder in ("locales/kk/LC_MESSAGES", "locales/ru/LC_MESSAGES"):
        Path(f"{folder}/another.po").write_bytes(Path(f"{folder}/{SLUG}.po").read_bytes())
    Path("locales/ru/LC_MESSAGES/broken.po").write_bytes(b"msgid")
    said = kzpress("status")
    assert said.status == Exit.PARTIAL
    assert said.out.splitlines()[-1] == "3 releases, 5 catalogues: 40 % reviewed, 4/10, 6 errors, 1 unreadable"


def test_status_tells_programs_what_it_tells_people(kzpress: Call) -> None:
    reviewed.published(Path(), ru="1")
    kazakh, russian = kzpress("status", "--json").objects
    assert kazakh["published"] is None
    assert russian["published"] == {"updated": "2021-07-26", "late": True, "withdrawn": False}
    assert (russian["empty"], russian["drafted"], russian["approved"], russian["errors"]) == (1, 2, 1, 3)
    assert russian["reviewed"] == 0.25
    assert kzpress("status", "--sort", "risk", "--json").objects == [russian, kazakh]


def test_status_on_a_terminal_is_a_picture(kzpress: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    said = terminal("utf-8", monkeypatch, "status")
    assert said[0] == SLUG
    assert said[1].startswith("  kk  ████████████████████  100 %    1/1    0 findings")
    assert said[2].startswith("  ru  █████▒▒▒▒▒▒▒▒▒▒·····   25 %    1/4    3 errors")
    assert said[-1] == "█ approved   ▒ drafted   · empty"
    assert "  ru  #####==========.....   25 %" in terminal("ascii", monkeypatch, "status")[2]


def terminal(encoding: str, monkeypatch: pytest.MonkeyPatch, *args: str) -> list[str]:
    """Return the lines that a command shows on a terminal."""
    from kzpress.cli import run

    class Terminal(io.TextIOWrapper):
        def isatty(self) -> bool:
            return True

    shown = io.BytesIO()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", Terminal(shown, encoding=encoding, write_through=True))
        patch.setenv("COLUMNS", "100")
        run(list(args))
        return shown.getvalue().decode(encoding).splitlines()


def test_a_damaged_record_of_what_is_published_is_told_with_its_place(kzpress: Call) -> None:
    Path(f"releases/{SLUG}/published.json").write_text("{", "utf-8")
    said = kzpress("status")
    assert said.status == Exit.USAGE
    assert "published.json: what is published cannot be read" in said.err
    assert "hint: restore it" in said.err


def test_check_puts_the_worst_first_on_request(kzpress: Call) -> None:
    codes = [one["code"] for one in kzpress("check", "--lang", "ru", "--json").objects[0]["findings"]]
    assert codes == ["name-wrong-form", "number-mismatch", "output-empty"]
    russian, kazakh = kzpress("check", "--sort", "risk", "--json").objects
    assert [one["code"] for one in russian["findings"]] == ["output-empty", "number-mismatch", "name-wrong-form"]
    assert kazakh["lang"] == "kk"


def test_check_offers_its_fixes_and_applies_them_when_asked(kzpress: Call) -> None:
    offered = kzpress("check", "--lang", "ru")
    assert offered.out.splitlines()[-1] == f"{CATALOG}: 3 errors in 4 segments, 1 for kzpress check --fix"
    before = Path(CATALOG).read_text("utf-8")
    said = kzpress("check", "--lang", "ru", "--fix")
    assert said.status == Exit.NO
    first, old, new, *_, last = said.out.splitlines()
    assert first == f"{CATALOG}: fixed: “из Астана”: “из” takes the genitive: write “Астаны” [name-wrong-form]"
    assert (old, new) == ("    - Они прибыли из Астана.", "    + Они прибыли из Астаны.")
    assert last == f"{CATALOG}: 2 errors in 4 segments"
    after = Path(CATALOG).read_text("utf-8")
    assert after.count("#, fuzzy") == before.count("#, fuzzy")
    assert kzpress("check", "--lang", "ru", "--fix", "--json").objects[0]["fixed"] == []
    assert Path(CATALOG).read_text("utf-8") == after


def test_check_tells_what_it_leaves_because_it_is_approved(kzpress: Call) -> None:
    Path(CATALOG).write_text(Path(CATALOG).read_text("utf-8").replace("#, fuzzy\n", ""), "utf-8")
    before = Path(CATALOG).read_bytes()
    said = kzpress("check", "--lang", "ru", "--fix")
    assert "approved, so left as it is [name-wrong-form" in said.out
    assert Path(CATALOG).read_bytes() == before


def test_check_fixes_nothing_while_somebody_else_works(kzpress: Call) -> None:
    from kzpress import workspace

    with workspace.find(Path()).lock():
        assert kzpress("check", "--fix").status == Exit.LOCKED
        assert kzpress("check").status == Exit.NO


def test_preview_writes_a_page_a_locale_and_says_where(kzpress: Call) -> None:
    said = kzpress("preview", SLUG)
    assert said.status == Exit.DONE
    assert said.out.splitlines() == [f"wrote .kzpress/preview/{SLUG}.{lang}.html" for lang in ("kk", "ru")]
    assert kzpress("preview", SLUG, "--lang", "ru").out == f".kzpress/preview/{SLUG}.ru.html is as it was\n"
    assert kzpress("preview", SLUG, "--json").objects[0]["changed"] is False
    assert kzpress("preview", SLUG, "--lang", "ru", "--out", "page.html").out == "wrote page.html\n"


def test_preview_says_what_it_cannot_show(kzpress: Call) -> None:
    assert kzpress("preview").status == Exit.USAGE
    said = kzpress("preview", "nowhere")
    assert (said.status, "kzpress status" in said.err) == (Exit.CATALOG, True)
    Path(CATALOG).write_text(Path(CATALOG).read_text("utf-8").replace('школ."', "школ."), "utf-8")
    said = kzpress("preview", SLUG)
    assert said.status == Exit.PARTIAL
    assert "the closing quote is missing" in said.err
    assert ".kk.html" in said.out
    Path(".kzpress/preview").rename("elsewhere")
    Path(".kzpress/preview").write_text("")
    said = kzpress("preview", SLUG, "--lang", "kk")
    assert said.status == Exit.USAGE
    assert "cannot be written" in said.err
