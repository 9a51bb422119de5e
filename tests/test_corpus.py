"""The filters of training/corpus.py, and the table it writes."""

from __future__ import annotations

import importlib.util
import lzma
import runpy
import sys
import tomllib
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

PLACE = Path(__file__).parent.parent / "training" / "corpus.py"
EN = "The Ministers discussed the schedule of the forthcoming visit to Astana."
RU = "Министры обсудили график предстоящего визита в Астану."
KK = "Министрлер Астанаға алда тұрған сапардың кестесін талқылады."


@pytest.fixture(scope="module")
def corpus() -> Iterator[Any]:
    """The program as a module; it is no part of the package."""
    spec = importlib.util.spec_from_file_location("corpus", PLACE)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["corpus"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    yield module
    del sys.modules["corpus"]


def test_a_good_pair_is_kept_in_every_direction(corpus: Any) -> None:
    sides = {"en": EN, "ru": RU, "kk": KK}
    for (a, source), (b, target) in permutations(sides.items(), 2):
        assert corpus.refusal(source, target, (a, b), lexicon=False) is None


@pytest.mark.parametrize(
    ("a", "b", "langs", "why"),
    [
        ("", RU, ("en", "ru"), "empty side"),
        (EN * 10, RU, ("en", "ru"), "too long"),
        (RU, EN, ("en", "ru"), "wrong script"),
        (KK, KK.upper(), ("kk", "kk"), "copied side"),
        ("Visit to Astana.", RU + " " + RU, ("en", "ru"), "length ratio"),
        (
            "Trade grew to 1,250,000 dollars in 2023.",
            "Торговля выросла до 10 долларов.",
            ("en", "ru"),
            "numbers disagree",
        ),
    ],
)
def test_each_filter_refuses_what_it_is_named_for(
    corpus: Any, a: str, b: str, langs: tuple[str, str], why: str
) -> None:
    assert corpus.refusal(a, b, langs, lexicon=False) == why


def test_russian_is_not_taken_for_kazakh_nor_kazakh_for_russian(corpus: Any) -> None:
    assert corpus.right_script(KK, "kk")
    assert not corpus.right_script(RU, "kk")
    assert corpus.right_script(RU, "ru")
    assert not corpus.right_script(KK, "ru")


def test_a_short_name_without_kazakh_letters_passes_as_kazakh(corpus: Any) -> None:
    assert corpus.right_script("Астана", "kk")


def test_names_of_a_lexicon_may_be_alike(corpus: Any) -> None:
    assert corpus.refusal("Павлодар", "Павлодар", ("kk", "ru"), lexicon=True) is None
    assert corpus.refusal("Павлодар", "Павлодар", ("kk", "ru"), lexicon=False) == "copied side"


def test_numbers_in_words_and_regrouped_thousands_are_no_disagreement(corpus: Any) -> None:
    assert not corpus.numbers_disagree("a delegation of 12 people", "делегация из двенадцати человек")
    assert not corpus.numbers_disagree("31,000 citizens", "31 000 граждан")
    assert corpus.numbers_disagree("31,000 citizens in 2020", "граждане")


def test_cleaning_joins_lines_composes_letters_and_drops_the_dots_of_yo(corpus: Any) -> None:
    assert corpus.clean(" Посол \u00a0 Й.\tЁлкин  — всё ") == "Посол Й. Елкин — все"
    assert corpus.clean("и\u0306") == "й"


def test_folding_ignores_case_punctuation_and_yo(corpus: Any) -> None:
    assert corpus.fold("«Всё, что нужно» — 2021!") == corpus.fold("все что нужно 2021")


def test_the_columns_are_named_by_the_end_of_the_file_name(corpus: Any) -> None:
    assert corpus.columns(Path("a/news.kk-ru-en.tsv")) == ("kk", "ru", "en")
    assert corpus.columns(Path("law.kk-ru.tsv.xz")) == ("kk", "ru")
    assert corpus.columns(Path("notes.tsv")) is None


def test_the_first_pattern_that_matches_gives_the_weight_and_no_pattern_leaves_out(corpus: Any) -> None:
    weights = {"news/titles.*": 0.5, "news/*": 2}
    assert corpus.weight_of("news/titles.kk-en.tsv", weights) == 0.5
    assert corpus.weight_of("news/other.kk-en.tsv", weights) == 2
    assert corpus.weight_of("no-licence/bible.kk-en.tsv", weights) == 0


def test_the_recipe_takes_nothing_without_a_licence(corpus: Any) -> None:
    weights = tomllib.loads((PLACE.parent / "recipe.toml").read_text("utf-8"))["weights"]
    assert corpus.weight_of("corpus/bilateral.en-ru-kk.tsv", weights) > 0
    assert corpus.weight_of("no-licence/bible-nt.kk-en.tsv.xz", weights) == 0


def test_a_share_of_rows_is_the_same_rows_every_time(corpus: Any) -> None:
    taken = [n for n in range(2000) if corpus.sampled(f"row {n}", 0.25)]
    assert 400 < len(taken) < 600
    assert taken == [n for n in range(2000) if corpus.sampled(f"row {n}", 0.25)]


def test_the_table_has_each_pair_once_and_nothing_of_the_test_sets(
    corpus: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    held_out = ("The Embassy opened a consular office in Aktau.", "Посольство открыло консульский отдел в Актау.")
    (tmp_path / "data" / "own").mkdir(parents=True)
    (tmp_path / "data" / "no-licence").mkdir()
    (tmp_path / "tests").mkdir()
    rows = [f"{EN}\t{RU}\t{KK}", f"{EN.upper()}\t{RU}\t{KK}", "\t".join((*held_out, KK)), "one column"]
    with lzma.open(tmp_path / "data" / "own" / "news.en-ru-kk.tsv.xz", "wt", encoding="utf-8") as file:
        file.write("\n".join(rows) + "\n")
    (tmp_path / "data" / "no-licence" / "book.kk-ru.tsv").write_text(f"{KK}\t{RU}\n", "utf-8")
    (tmp_path / "tests" / "set.en-ru.tsv").write_text("\t".join(held_out) + "\n", "utf-8")
    (tmp_path / "recipe.toml").write_text('[weights]\n"own/*" = 2\n', "utf-8")
    out = tmp_path / "examples.tsv"
    folders = ["--corpora", str(tmp_path / "data"), "--eval", str(tmp_path / "tests")]
    corpus.main([str(tmp_path / "recipe.toml"), *folders, "--out", str(out)])
    written = [line.split("\t") for line in out.read_text("utf-8").splitlines()]
    assert len(written) == 6
    assert {(a, b) for a, b, *_ in written} == {
        (a, b) for a in ("kk", "ru", "en") for b in ("kk", "ru", "en") if a != b
    }
    assert {weight for _, _, weight, _, _ in written} == {"2"}
    told = capsys.readouterr().err
    assert "'kept': 6" in told
    assert "'duplicate': 6" in told
    assert "'test overlap': 1" in told
    assert "'wrong column count': 1" in told
    assert "book" not in told


def kept(corpus: Any, folder: Path, lines: list[str], recipe: str = "") -> int:
    """Write ``lines`` as a crawled Kazakh-Russian file; return how many examples it gives."""
    (folder / "public").mkdir()
    (folder / "tests").mkdir()
    (folder / "tests" / "a.en-ru.tsv").write_text(f"{EN}\t{RU}\n", "utf-8")
    (folder / "public" / "crawl.kk-ru.tsv").write_text("".join(f"{line}\n" for line in lines), "utf-8")
    (folder / "recipe.toml").write_text(f'{recipe}\n[weights]\n"public/*" = 1\n', "utf-8")
    out = folder / "examples.tsv"
    corpus.main(
        [
            *(str(folder / "recipe.toml"), "--corpora", str(folder)),
            *("--eval", str(folder / "tests"), "--out", str(out)),
        ]
    )
    return len(out.read_text("utf-8").splitlines())


def test_pairs_that_differ_only_by_their_figures_are_one(corpus: Any, tmp_path: Path) -> None:
    pair = (
        "{n} маусымда министрлікте елшілердің қатысуымен кеңейтілген отырыс өтіп, онда жоспар бекітілді.\t"
        "{n} июня в министерстве с участием послов прошло расширенное заседание, на котором утвержден план."
    )
    assert kept(corpus, tmp_path, [pair.format(n=n) for n in (11, 12, 13)]) == 2


def test_crawled_text_in_a_neighbouring_language_is_left_out(corpus: Any, tmp_path: Path) -> None:
    russian = "Министр иностранных дел провел встречу с послом, на которой обсуждены вопросы сотрудничества."
    kyrgyz = "Тышкы иштер министри элчи менен жолугушуп, кызматташуу маселелерин талкуулаган жолугушуу өткөрдү."
    kazakh = "Сыртқы істер министрі елшімен кездесіп, ынтымақтастық мәселелері талқыланған кездесу өткізді."
    lines = [f"{kyrgyz}\t{russian}", f"{kazakh}\t{russian}"]
    assert kept(corpus, tmp_path, lines, 'crawled = ["public/*"]') == 2


def test_what_a_machine_wrote_is_learnt_from_and_never_learnt_to_write(corpus: Any, tmp_path: Path) -> None:
    back = tmp_path / "back"
    back.mkdir()
    (back / "news.kk-ru-en.tsv").write_text(f"{KK}\t{RU}\t{EN}\n", "utf-8")
    recipe = tmp_path / "recipe.toml"
    recipe.write_text('[weights]\n"back/*" = 1\n', "utf-8")
    (tmp_path / "eval").mkdir()
    (tmp_path / "eval" / "a.kk-ru.tsv").write_text("Келіссөздер өтті.\tПрошли переговоры.\n", "utf-8")
    out = tmp_path / "out.tsv"
    corpus.main([str(recipe), "--corpora", str(tmp_path), "--eval", str(tmp_path / "eval"), "--out", str(out)])
    directions = [tuple(line.split("\t")[:2]) for line in out.read_text("utf-8").splitlines()]
    assert directions == [("kk", "ru"), ("kk", "en")]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("none", "eval", "1"), "no such folder"),
        ((".", "none", "1"), "no such folder"),
        ((".", "empty", "1"), "nothing to keep out"),
        ((".", "eval", "1.5"), "no whole number"),
        ((".", "eval", "0"), "no example is left"),
    ],
)
def test_what_would_pass_in_silence_is_refused(
    corpus: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str], given: tuple[str, ...], said: str
) -> None:
    for folder in ("eval", "empty"):
        (tmp_path / folder).mkdir()
    (tmp_path / "eval" / "a.en-ru.tsv").write_text(f"{EN}\t{RU}\n", "utf-8")
    (tmp_path / "news.en-kk.tsv").write_text(f"The talks are over.\t{KK}\n", "utf-8")
    recipe = tmp_path / "recipe.toml"
    recipe.write_text(f'[weights]\n"news*" = {given[2]}\n', "utf-8")
    corpora, tests = (str(tmp_path / folder) for folder in given[:2])
    with pytest.raises(SystemExit) as ended:
        corpus.main([str(recipe), "--corpora", corpora, "--eval", tests, "--out", str(tmp_path / "out.tsv")])
    assert said in f"{ended.value} {capsys.readouterr().err}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "table.tsv: no examples"),
        ("en\tkk\t2\ta\tb\nen\tkk\t2\ta\n", "table.tsv:2: "),
        ("en\tkk\t0.5\ta\tb\n", "table.tsv:1: "),
        ("en\tkk\t0\ta\tb\n", "table.tsv:1: "),
    ],
)
def test_a_table_that_is_none_is_told_by_its_line(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "table.tsv"
    path.write_text(text, "utf-8")
    rows = runpy.run_path(str(PLACE.with_name("table.py")))["rows"]
    with pytest.raises(SystemExit, match=said):
        list(rows(path))
    path.write_text(f"en\tkk\t2\t{EN}\t{KK}\n", "utf-8")
    assert list(rows(path)) == [("en", "kk", "2", EN, KK)]
