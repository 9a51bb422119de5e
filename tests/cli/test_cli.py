"""The command line as a user meets it: words, JSON, statuses, one clear line for every mistake."""

from __future__ import annotations

import io
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kzpress.cli import run
from kzpress.errors import Exit
from tests.cli.calling import Call, calling, kept

ROOT = Path(__file__).parent.parent.parent
TALKS = ROOT / "examples" / "inbox" / "2021-07-24-video-talks.txt"
SHORT = "The ministers of the two countries discussed trade. They agreed to meet again in Astana next year.\n"


@pytest.fixture
def kzpress(capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Run a command in a fresh workspace that is the current folder."""
    monkeypatch.chdir(tmp_path)
    run(["init"])
    return calling(capfd)


def write(name: str, data: str | bytes) -> Path:
    path = Path(name)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


# ------------------------------------------------------------------ the main job


def test_in_place_of_a_folder_its_files_are_taken_in_order(kzpress: Call) -> None:
    for name in ("b.txt", "a.txt", "more/c.txt"):
        Path("new", name).parent.mkdir(parents=True, exist_ok=True)
        write(f"new/{name}", f"{name}\n\n{SHORT}")
    write("new/.hidden.txt", SHORT)
    write("new/d.txt.part", SHORT)
    Path("new/link.txt").symlink_to(Path("new/a.txt").resolve())
    said = kzpress("detect", "new", "--json")
    assert said.status == Exit.PARTIAL
    assert [Path(one["path"]).as_posix() for one in said.objects] == [
        "new/link.txt",
        "new/a.txt",
        "new/b.txt",
        "new/more/c.txt",
    ]
    assert said.objects[0]["error"]["message"] == "a link, not a file"


def test_a_folder_without_files_is_told(kzpress: Call) -> None:
    Path("new").mkdir()
    said = kzpress("translate", "new")
    assert said.status == Exit.RELEASE
    assert said.err == "error: new: no files in this folder\nhint: give the folder that the releases are in\n"


@pytest.mark.model
def test_a_release_is_drafted_and_told_line_by_line(kzpress: Call) -> None:
    said = kzpress("translate", TALKS)
    assert (said.status, said.err) == (Exit.DONE, "")
    source, kazakh, russian = (line for line in said.out.splitlines() if not line.startswith(" "))
    assert source.startswith("source  en (100 %)")
    assert source.endswith("2021-07-24  NUR-SULTAN")
    assert re.match(r"kk {6}(11|\d+ of 11) segments drafted", kazakh)
    assert re.match(r"ru {6}(11|\d+ of 11) segments drafted", russian)
    assert russian.endswith(".po")
    assert len(list(Path("locales").rglob("*.po"))) == 2


@pytest.mark.model
def test_a_second_run_says_that_nothing_changed(kzpress: Call) -> None:
    kzpress("translate", TALKS)
    before = kept()
    said = kzpress("translate", TALKS)
    assert "11 segments unchanged" in said.out
    assert kept() == before


@pytest.mark.model
def test_json_has_what_scripts_need(kzpress: Call) -> None:
    (result,) = kzpress("translate", TALKS, "--json").objects
    assert {"path", "slug", "source", "targets"} <= set(result)
    assert {"lang", "catalogue", "segments", "findings"} <= set(result["targets"][0])
    assert [target["drafted"] + target["guesses"] for target in result["targets"]] == [11, 11]
    (verdict,) = kzpress("detect", TALKS, "--json").objects
    assert {"path", "language", "confidence", "script", "reason", "paragraphs"} <= set(verdict)
    assert verdict["language"] == "en"
    lines = kzpress("status", "--json").objects
    assert [(line["lang"], line["segments"], line["approved"]) for line in lines] == [("kk", 11, 0), ("ru", 11, 0)]


@pytest.mark.model
def test_plain_translation_has_as_many_lines_out_as_in(kzpress: Call) -> None:
    path = write("lines.txt", "The sides met.\n\nThey discussed trade. They agreed.\n")
    said = kzpress("translate", "--stdout", "--from", "en", "--to", "ru", path)
    assert said.status == Exit.DONE
    assert len(said.out.splitlines()) == 3
    assert said.out.splitlines()[1] == ""
    assert not Path("releases").exists() or not list(Path("releases").iterdir())


@pytest.mark.model
def test_plain_translation_tells_the_lines_at_which_the_model_only_guesses(kzpress: Call) -> None:
    known = "The parties discussed the prospects of cooperation."
    path = write("lines.txt", f"{known}\nWobbly fridges guffaw, sneezing puddles sideways up the treacle.\n")
    said = kzpress("translate", "--stdout", "--from", "en", "--to", "kk", path)
    assert len(said.out.splitlines()) == 2
    assert "the model only guesses here: 2\n" in said.err


@pytest.mark.model
def test_plain_translation_reads_standard_input(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kzpress", "translate", "--stdout", "--from", "kk", "--to", "en", "-"],
        input="Тараптар сауданы талқылады.\nКездесу Астанада өтті.\n",
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == Exit.DONE
    assert len(done.stdout.splitlines()) == 2
    assert "starter glossary" in done.stderr


@pytest.mark.model
def test_a_reviewed_catalogue_is_reported_as_reviewed_and_never_rewritten(kzpress: Call) -> None:
    kzpress("translate", TALKS, "--to", "ru")
    (po,) = Path("locales/ru").rglob("*.po")
    po.write_text(po.read_text("utf-8").replace("#, fuzzy\n", ""), "utf-8")
    reviewed = po.read_bytes()
    assert "100 % reviewed" in kzpress("status").out
    kzpress("translate", TALKS, "--to", "ru")
    assert po.read_bytes() == reviewed


@pytest.mark.model
def test_two_sentences_are_scored(kzpress: Call) -> None:
    path = write("set.tsv", "The sides met.\tСтороны встретились.\nThey agreed.\tОни договорились.\n")
    (scores,) = kzpress("models", "evaluate", path, "--from", "en", "--to", "ru", "--json").objects
    assert scores["lines"] == 2
    assert 0 <= scores["chrf"] <= 100
    assert "version" in scores["signatures"][0]


# ------------------------------------------------------------------ looking things up


def test_models_list_shows_six_intact_directions(kzpress: Call) -> None:
    said = kzpress("models", "list", "--json")
    packages = [line["packages"][0] for line in said.objects]
    assert len(packages) == 6
    assert {package["sha256"] for package in packages} == {"intact"}
    assert all(line["kind"] == "direct" for line in said.objects)


def test_a_package_that_cannot_be_read_is_told_beside_the_one_that_serves_instead(kzpress: Call) -> None:
    Path("models/translate-en_ru").mkdir(parents=True)
    write("models/translate-en_ru/metadata.json", '{"from_code": "en",')
    said = kzpress("models", "list", "--models", "models")
    assert said.status == Exit.MODEL
    assert "note: passed over: models/translate-en_ru/metadata.json: " in said.err
    assert "install the package again" in said.err
    assert len(said.out.splitlines()) == 6


def test_the_starter_glossary_is_sound(kzpress: Call) -> None:
    said = kzpress("glossary", "check")
    assert said.status == Exit.DONE
    assert "nothing wrong" in said.out


def test_a_name_is_found_in_an_oblique_case(kzpress: Call) -> None:
    said = kzpress(
        "glossary", "find", "Встреча с Уполномоченным по правам человека прошла в среду", "--lang", "ru", "--json"
    )
    assert said.objects[0]["text"] == "Уполномоченным по правам человека"
    assert kzpress("glossary", "find", "ничего", "--lang", "ru").status == Exit.NO


def test_forms_are_printed_for_approval(kzpress: Call) -> None:
    (found,) = kzpress("glossary", "find", "OSCE", "--lang", "en", "--json").objects
    said = kzpress("glossary", "forms", found["entry"])
    assert "ЕҚЫҰ" in said.out or "ұйымының" in said.out


def test_init_leaves_a_workspace_as_it_is(kzpress: Call) -> None:
    write("kzpress.toml", 'version = 1\ntargets = ["ru"]\n')
    assert "nothing was changed" in kzpress("init").out
    assert Path("kzpress.toml").read_text("utf-8") == 'version = 1\ntargets = ["ru"]\n'


# ------------------------------------------------------------------ a changed glossary, an acknowledged finding


AGENCY = """
[kazinform]
kind = "institution"
names = { en = "Kazinform", ru = "Казинформ", kk = "ҚазАқпарат" }
source = "its site"
"""
RENAMED = AGENCY.replace('"Казинформ"', '"Агентство Казинформ"')


@pytest.mark.model
def test_a_changed_glossary_is_listed_and_drafted_again_on_request(kzpress: Call) -> None:
    for path in Path("glossary").glob("*.toml"):
        path.unlink()
    write("glossary/names.toml", AGENCY)
    kzpress("translate", TALKS, "--to", "ru")
    assert kzpress("status", "--stale")[:2] == (Exit.DONE, "nothing is stale\n")
    write("glossary/names.toml", RENAMED)
    said = kzpress("status", "--stale")
    assert said.status == Exit.NO
    assert (
        ".po: stale draft: “Kazinform”: write “Агентство Казинформ”\n    dateline: NUR-SULTAN. KAZINFORM -" in said.out
    )
    (listed,) = kzpress("status", "--stale", "--json").objects
    assert 0 < len(listed["stale"]) < listed["segments"]
    assert {"context", "source", "state", "touched", "reasons"} <= set(listed["stale"][0])
    (again,) = kzpress("redraft", "--stale", "--json").objects
    assert again["targets"][0]["drafted"] == len(listed["stale"])
    before = kept()
    assert kzpress("status", "--stale").status == Exit.DONE
    assert kzpress("redraft", "--stale").out == "nothing is stale\n"
    assert kept() == before


@pytest.mark.model
def test_an_interrupted_run_says_so_and_leaves_nothing_half_written(kzpress: Call) -> None:
    assert kzpress("status").status == Exit.DONE
    # Jobs that a shell runs in the background have the signal ignored, and with them all that they start.
    code = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from kzpress.cli import main; main()"
    )
    call = [sys.executable, "-c", code, "translate", str(TALKS)]
    started = subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while started.poll() is None and not Path(".kzpress/lock").exists():
        time.sleep(0.05)
    started.send_signal(signal.SIGINT)
    out, err = started.communicate()
    assert started.returncode == Exit.INTERRUPTED
    assert out == b""
    assert err.decode().strip() == "note: interrupted: what is written is complete, the rest is as it was"
    assert not list(Path("releases").iterdir())
    assert not list(Path("locales").rglob("*.*"))


def test_redraft_asks_what_to_redraft(kzpress: Call) -> None:
    said = kzpress("redraft")
    assert said.status == Exit.USAGE
    assert "--stale" in said.err
    assert kzpress("redraft", "nowhere").status == Exit.CATALOG


def test_an_acknowledged_finding_does_not_block(kzpress: Call) -> None:
    po = Path("locales/ru/LC_MESSAGES/road.po")
    po.write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: ru\\n"\n'
        '"X-Source-Language: en\\n"\n\n# \nmsgctxt "body"\nmsgid "The road is 310 miles long."\n'
        'msgstr "Длина дороги – 499 километров."\n',
        "utf-8",
    )
    said = kzpress("check")
    assert said.status == Exit.NO
    (finding,) = kzpress("check", "--json").objects[0]["findings"]
    assert f"[number-mismatch {finding['mark']}]" in said.out
    word = f"# kzpress: ok {finding['code']} {finding['mark']} kilometres here"
    po.write_text(po.read_text("utf-8").replace("# \n", f"{word}\n"), "utf-8")
    said = kzpress("check")
    assert said.status == Exit.DONE
    assert "acknowledged: " in said.out and "0 findings, 1 acknowledged in 1 segment" in said.out
    assert "0 findings, 1 acknowledged" in kzpress("status").out


# ------------------------------------------------------------------ bad luck


def zip_bomb() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"0" * 200_000_000)
    return held.getvalue()


BAD_RELEASES: dict[str, Callable[[], bytes]] = {
    "empty.txt": lambda: b"",
    "blank.txt": lambda: b" \n\t\n",
    "binary.txt": lambda: bytes(range(256)) * 40,
    "truncated.docx": lambda: zip_bomb()[:900],
    "bomb.docx": zip_bomb,
    "huge.txt": lambda: b"word " * 10_000_001,
    "old.doc": lambda: bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600,
    "scan.pdf": lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "script.html": lambda: b"<html><body><script>alert(1)</script></body></html>",
}


@pytest.mark.parametrize("name", BAD_RELEASES)
def test_a_release_that_cannot_be_read_is_refused_in_one_line(kzpress: Call, name: str) -> None:
    write(name, BAD_RELEASES[name]())
    said = kzpress("translate", name)
    assert said.status == Exit.RELEASE
    first, *hint = said.err.splitlines()
    assert first.startswith(f"error: {name}: ")
    assert hint and hint[0].startswith("hint: ")
    assert not list(Path().rglob("*.po"))


def test_a_missing_file_is_named(kzpress: Call) -> None:
    said = kzpress("translate", "nowhere.txt")
    assert (said.status, said.err.splitlines()[0]) == (Exit.RELEASE, "error: nowhere.txt: no such file")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Die Ministerin empfing am Montag den Botschafter der Republik Kasachstan in Berlin zu Gesprächen.", "German"),
        (
            "Qazaqstan Respublikasynyñ Syrtqy ister ministri Brüsselge jūmys saparymen bardy jäne kezdesuler ötkizdi.",
            "Latin",
        ),
        ("قازاقستان رەسپۋبليكاسىنىڭ سىرتقى ىستەر مينيسترى بريۋسسەلگە جۇمىس ساپارىمەن باردى", "Arabic"),
    ],
)
def test_a_language_that_is_not_ours_is_refused_with_the_reason(kzpress: Call, text: str, word: str) -> None:
    said = kzpress("translate", write("release.txt", text))
    assert said.status == Exit.LANGUAGE
    assert word in said.err
    assert "--from" in said.err


def test_a_missing_package_is_named_with_the_next_step(kzpress: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    from kzpress.engine import packages

    monkeypatch.setattr(packages, "EMBEDDED", Path("none"))
    said = kzpress("translate", write("release.txt", SHORT))
    assert said.status == Exit.MODEL
    assert "translate-en_kk" in said.err
    assert "--models" in said.err
    assert not list(Path().rglob("*.po"))


def test_a_damaged_package_is_refused(kzpress: Call) -> None:
    from kzpress.engine.packages import EMBEDDED

    shutil.copytree(EMBEDDED, "models")
    Path("models/weights/model/model.bin").write_bytes(b"broken")
    said = kzpress("translate", "--models", "models", write("release.txt", SHORT))
    assert said.status == Exit.MODEL
    assert "SHA-256" in said.err


def test_a_half_edited_catalogue_is_named_by_line_and_kept(kzpress: Call) -> None:
    place = Path("locales/ru/LC_MESSAGES/2024-01-01-x.po")
    place.write_text('msgid ""\nmsgstr "Language: ru\\n"\n\nmsgctxt "body"\nmsgid "A\n', "utf-8")
    said = kzpress("check")
    assert said.status == Exit.CATALOG
    assert f"{place.name}:5: " in said.err
    assert place.read_text("utf-8").endswith('msgid "A\n')


def test_a_wrong_glossary_names_file_and_entry(kzpress: Call) -> None:
    write("glossary/mine.toml", '[mfa-x]\nkind = "institution"\nnames.en = "X"\nnames.ru = "Х"\nsource = "me"\n')
    said = kzpress("translate", write("release.txt", SHORT))
    assert said.status == Exit.GLOSSARY
    assert "mine.toml: [mfa-x] has no Kazakh name" in said.err


@pytest.mark.parametrize(
    "args",
    [
        ("translate", "--to", "de", "x.txt"),
        ("translate",),
        ("translate", "--stdout", "x.txt"),
        ("status", "--colour"),
        ("models", "evaluate", "none.tsv", "--from", "en", "--to", "kk"),
        ("glossary", "forms", "no-such-entry"),
        ("nonsense",),
    ],
)
def test_a_command_that_cannot_be_meant_is_a_usage_error(kzpress: Call, args: tuple[str, ...]) -> None:
    said = kzpress(*args)
    assert said.status == Exit.USAGE
    assert said.err.startswith("error: ")
    assert "Traceback" not in said.err


def test_outside_a_workspace_the_way_in_is_told(kzpress: Call, tmp_path: Path) -> None:
    Path("kzpress.toml").unlink()
    said = kzpress("status")
    assert said.status == Exit.USAGE
    assert "kzpress init" in said.err


def test_unknown_settings_are_refused_with_a_suggestion(kzpress: Call) -> None:
    write("kzpress.toml", 'target = ["ru"]\n')
    said = kzpress("status")
    assert said.status == Exit.USAGE
    assert "did you mean targets?" in said.err


@pytest.mark.model
def test_of_several_releases_the_good_ones_are_done(kzpress: Call) -> None:
    good, bad = write("good.txt", SHORT), write("bad.txt", "")
    said = kzpress("translate", "--to", "ru", good, bad)
    assert said.status == Exit.PARTIAL
    assert "bad.txt" in said.err
    assert len(list(Path().rglob("*.po"))) == 1


@pytest.mark.model
@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_named(kzpress: Call) -> None:
    folder = Path("locales/ru/LC_MESSAGES")
    folder.chmod(0o500)
    said = kzpress("translate", "--to", "ru", write("release.txt", SHORT))
    folder.chmod(0o700)
    assert said.status == Exit.CATALOG
    assert "cannot be written" in said.err


@pytest.mark.model
def test_a_folder_that_is_a_file_is_named(kzpress: Call) -> None:
    shutil.rmtree("locales/ru")
    write("locales/ru", "")
    said = kzpress("translate", "--to", "ru", write("release.txt", SHORT))
    assert said.status == Exit.CATALOG
    assert "cannot be written" in said.err or "cannot be read" in said.err


def test_a_bug_is_said_to_be_one(kzpress: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    from kzpress import workspace

    def broken(_: Path) -> None:
        raise RuntimeError("unexpected")

    monkeypatch.setattr(workspace, "find", broken)
    said = kzpress("status")
    assert said.status == Exit.BUG
    assert "KZPRESS_DEBUG=1" in said.err


def test_variables_of_other_programs_do_no_harm(kzpress: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KZPRESS_VERSION", "0.1.0")
    assert kzpress("status").status == Exit.DONE


def test_options_can_be_given_by_the_environment(kzpress: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KZPRESS_JSON", "1")
    assert len(kzpress("models", "list").objects) == 6


def test_no_arguments_show_the_help(kzpress: Call) -> None:
    said = kzpress("glossary")
    assert said.status == Exit.USAGE
    assert said.err.startswith("Usage: ")


def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path) -> None:
    command = f"{sys.executable} -m kzpress models list | head -n 1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (done.returncode, done.stderr) == (Exit.DONE, "")


def test_the_same_language_twice_is_refused(kzpress: Call) -> None:
    path = write("lines.txt", "The sides met.")
    assert kzpress("translate", "--stdout", "--from", "en", "--to", "en", path).status == Exit.USAGE
    assert kzpress("translate", "--to", "en", write("release.txt", SHORT)).status == Exit.USAGE


@pytest.mark.model
def test_nothing_in_gives_nothing_out(kzpress: Call) -> None:
    said = kzpress("translate", "--stdout", "--from", "en", "--to", "kk", write("empty.txt", ""))
    assert (said.status, said.out) == (Exit.DONE, "")
