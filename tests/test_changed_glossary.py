"""After a change of the glossary only what it may touch is read again, and all is told as if everything had been."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from kzpress import catalog, glossary, progress, review_index, workspace
from kzpress.domain import Catalog, Entry, Lang, State
from kzpress.glossary import Glossary, changes
from kzpress.progress import Progressed
from kzpress.workspace import Workspace
from tests.reviewed import HEADER, entry


def block(kind: str, en: str, ru: str, kk: str, *more: str) -> str:
    return "\n".join(
        [f'kind = "{kind}"', f'names = {{ en = "{en}", ru = "{ru}", kk = "{kk}" }}', *more, 'source = "x"']
    )


ASTANA = block("place", "Astana", "Астана", "Астана")
SLOVENIA = block("place", "Slovenia", "Словения", "Словения")
GONE = block("document", "Quarterly Review", "Квартальный обзор", "Тоқсандық шолу")
OSCE = block(
    "institution",
    "Organization for Security and Co-operation in Europe",
    "Организация по безопасности и сотрудничеству в Европе",
    "Еуропадағы қауіпсіздік және ынтымақтастық ұйымы",
    'short = { en = "OSCE", ru = "ОБСЕ", kk = "ЕҚЫҰ" }',
)
PERSON = block("person", "Serik Zhandosov", "Серик Жандосов", "Серік Жандосов")
MINISTRY = block("institution", "Ministry of Water", "Министерство водных ресурсов", "Су ресурстары министрлігі")
BASE = {"astana": ASTANA, "slovenia": SLOVENIA, "gone": GONE, "osce": OSCE, "serik": PERSON, "water": MINISTRY}
ADDED = block("institution", "Lake Council", "Озерный совет", "Көл кеңесі")
UNMET = block("institution", "Harbour Office", "Портовое управление", "Порт басқармасы")

CHANGES: Mapping[str, Mapping[str, str | None]] = {
    "nothing": {},
    "one that no text has": {"harbour": UNMET},
    "one that a text has": {"council": ADDED},
    "one that only a forbidden name finds": {"harbour": UNMET + '\nforbidden.ru = ["хозяева"]'},
    "one that only the text of a fix has": {"harbour": UNMET + '\nforbidden.ru = ["Словении палата"]'},
    "one taken away": {"slovenia": None},
    "one that only a note names": {"gone": None},
    "another name in the source": {"osce": OSCE.replace('en = "OSCE"', 'en = "OSC"')},
    "another name in the target": {"water": MINISTRY.replace("водных ресурсов", "водного хозяйства")},
    "dates": {"astana": ASTANA + "\nvalid = { to = 2019-03-23 }"},
    "an owner of the same name": {
        "slovenia": SLOVENIA + "\nvalid = { from = 2000-01-01 }",
        "older": SLOVENIA + "\nvalid = { to = 2000-01-01 }",
    },
    "a variant": {"water": MINISTRY + '\nvariants.en = ["water office"]'},
    "a look-alike": {"astana": ASTANA + '\nunlike.en = ["Astana Hub"]'},
    "a form of a person": {"astana": ASTANA + '\nforms.ru = { loc = "Астанах", gen = "Астан" }'},
    "no abbreviation": {"osce": OSCE + '\nabbreviate = "never"'},
    "an abbreviation from the second on": {"osce": OSCE + '\nabbreviate = "first-full"'},
    "another kind": {"slovenia": SLOVENIA.replace("place", "institution")},
    "another surname": {"serik": PERSON.replace("Жандосов", "Жандосұлы").replace("Zhandosov", "Zhandosuly")},
    "small letters": {"water": MINISTRY.replace("Министерство", "министерство")},
    "a note": {"astana": ASTANA + '\nnote = "y"'},
}
TEXTS: Mapping[str, tuple[Entry, ...]] = {
    "a": (
        entry("The guests were received in Astana.", "Гостей приняли в Астана."),
        entry("The meeting is over.", "Встреча закончилась.", line=4),
    ),
    "b": (
        entry("The chamber came from Slovenia.", "Прибыла из Словения палата."),
        entry("The hosts came later.", "Хозяева приехали позже.", line=4),
    ),
    "c": (
        entry("The OSCE will meet again in May.", "ОБСЕ соберется снова в мае."),
        entry("The OSCE thanked the delegates.", "Она поблагодарила делегатов.", line=4),
    ),
    "d": (
        entry("The Lake Council met on Monday.", "Совет озера собрался в понедельник."),
        replace(entry("The Lake Council has a room.", "У озера есть совет.", line=4), state=State.APPROVED, notes=()),
    ),
    "e": (
        entry("Serik Zhandosov spoke on Monday.", "Серик Жандосов выступил в понедельник."),
        entry("The Ministry of Water answered.", "Ответило Министерство водных ресурсов.", line=4),
    ),
    "f": (
        entry("A review was sent to the water office.", "Обзор отправлен.", "kzpress: names gone=123456"),
        entry("He opened Astana Hub.", "Он открыл центр.", line=4),
        entry("He left Astana.", "Он покинул Aстану.", line=5),
    ),
    "g": (entry("Nobody is named here.", "Здесь никто не назван."), entry("Nor here.", "", line=4)),
}


def write(place: Workspace, change: Mapping[str, str | None]) -> None:
    entries = {**BASE, **change}
    told = "\n\n".join(f"[{name}]\n{text}" for name, text in entries.items() if text)
    (place.glossary / "names.toml").write_text(told, "utf-8")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setattr(review_index, "_FRESH", -10_000_000_000)
    (tmp_path / "glossary").mkdir()
    (tmp_path / "glossary" / "names.toml").write_text("", "utf-8")
    workspace.create(tmp_path)
    made = workspace.find(tmp_path)
    write(made, {})
    for slug, entries in TEXTS.items():
        folder = made.record_of(slug).parent
        folder.mkdir(parents=True)
        record = {"slug": slug, "title": slug, "date": "2021-07-24", "city": None, "agency": None, "language": "en"}
        record |= {"digest": "0" * 64, "origin": f"{slug}.txt", "source": "source.txt"}
        (folder / "release.json").write_text(json.dumps(record), "utf-8")
        made.catalog(Lang.RU, slug).parent.mkdir(parents=True, exist_ok=True)
        catalog.write(made.catalog(Lang.RU, slug), Catalog(lang=Lang.RU, header=HEADER, entries=entries))
    return made


def told(place: Workspace) -> list[Progressed]:
    lines = [replace(line, opened=None) for line in progress.progress_of(place)]
    assert [line.slug for line in lines if not line.error] == list(TEXTS)
    return lines


def reread(place: Workspace) -> set[str]:
    return {line.slug for line in progress.progress_of(place) if line.opened}


def afresh(place: Workspace) -> list[Progressed]:
    place.review_index.rename(place.root / "aside")
    try:
        return told(place)
    finally:
        shutil.move(place.root / "aside", place.review_index)


def deviating(place: Workspace, names: Iterable[str] = CHANGES) -> Iterator[str]:
    """Yield the changes after which, or after whose undoing, something is told otherwise than without an index."""
    base = told(place)
    for name in names:
        write(place, CHANGES[name])
        shortly, fully = told(place), afresh(place)
        write(place, {})
        if shortly != fully or told(place) != base:
            yield name
        place.review_index.unlink()
        told(place)


def test_whatever_changes_is_told_as_if_everything_had_been_read_again(place: Workspace) -> None:
    assert list(deviating(place)) == []


def test_changes_change_what_is_told_or_nothing_would_be_tested(place: Workspace) -> None:
    base, same = told(place), []
    for name, change in CHANGES.items():
        write(place, change)
        same += [name] if told(place) == base else []
    assert same == [
        "nothing",
        "one that no text has",
        "one that only a note names",
        "an owner of the same name",
        "another kind",
        "another surname",
        "small letters",
        "a note",
    ]


def test_only_what_a_change_may_touch_is_read_again(place: Workspace) -> None:
    told(place)
    read = {}
    for name in ("nothing", "one that no text has", "a note", "another surname", "one that a text has"):
        write(place, CHANGES[name])
        read[name] = reread(place)
        assert reread(place) == set()
        write(place, {})
        told(place)
    assert read.pop("another surname") == {"e"} and read.pop("one that a text has") == {"d"}
    assert set().union(*read.values()) == set()


def test_where_entries_change_places_everything_is_read_again(place: Workspace) -> None:
    told(place)
    text = (place.glossary / "names.toml").read_text("utf-8")
    first, rest = text.split("\n\n", 1)
    (place.glossary / "names.toml").write_text(f"{rest}\n\n{first}\n\n[harbour]\n{UNMET}\n", "utf-8")
    assert reread(place) == set(TEXTS)


def test_another_kzpress_reads_everything_again(place: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    told(place)
    write(place, CHANGES["one that no text has"])
    monkeypatch.setattr(review_index, "program", lambda: "another")
    assert reread(place) == set(TEXTS)


def same_in(old: Glossary, new: Glossary) -> Glossary:
    return replace(old, entries={name: one for name, one in old.entries.items() if new.entries.get(name) == one})


def forget_what_was(old: Glossary, new: Glossary) -> frozenset[frozenset[str]] | None:
    return changes.touched_by(same_in(old, new), new)


def forget_what_is(old: Glossary, new: Glossary) -> frozenset[frozenset[str]] | None:
    return changes.touched_by(old, same_in(old, new))


def forget_fixes(texts: Iterable[str]) -> frozenset[str]:
    return changes.words_of(text for text in texts if "Словении палата" not in text)


@pytest.mark.parametrize(
    ("rule", "forgetful", "caught_by"),
    [
        ("touched_by", forget_what_was, "one taken away"),
        ("touched_by", forget_what_is, "one that a text has"),
        ("words_of", forget_fixes, "one that only the text of a fix has"),
    ],
)
def test_a_rule_that_forgot_something_would_be_caught(
    place: Workspace, monkeypatch: pytest.MonkeyPatch, rule: str, forgetful: Callable[..., object], caught_by: str
) -> None:
    monkeypatch.setattr(glossary, rule, forgetful)
    assert list(deviating(place, [caught_by])) == [caught_by]
