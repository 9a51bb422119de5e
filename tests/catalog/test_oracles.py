"""What other programs make of a catalogue: all read the same in it, and none that saves it loses a person's work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polib
import pytest
from babel.messages.pofile import read_po
from translate.storage.pypo import pofile

from kzpress import catalog, messages
from kzpress.domain import Catalog, Entry, Finding, Key, Lang, Severity, State
from tests.catalog.conftest import Gettext

SLUG = "2021-07-20-visit-to-the-regions"
SOURCES = {Lang.KK: Lang.RU, Lang.RU: Lang.EN, Lang.EN: Lang.KK}
# Of one release, by language: the headline, the dateline, then sentences.
TEXTS = {
    Lang.KK: (
        "Омбудсман өңірлерге барды",
        "НҰР-СҰЛТАН. ҚАЗАҚПАРАТ –",
        "Уәкіл Қарағанды облысында 1\u00a0250,5 мың тұрғынмен және «Жібек жолы» бірлестігімен кездесті.",
        "Ол түзеу мекемелеріндегі жағдайды көріп, қызметкерлермен сөйлесті.",
        "Жиынға үкіметтік емес ұйымдардың 40\u202f%-ы қатысты.",
        "Толығырақ: https://press.example.kz/regions?lang=kk&year=2021, C:\\баспасөз\\мұрағат.",
        "«Әр азаматтың дауысы естілуге тиіс», – деді ол.",
        "Келесі сапар қыркүйекке жоспарланған.",
        "Кездесуге әкім де қатысты.",
    ),
    Lang.RU: (
        "Омбудсмен посетила регионы",
        "НУР-СУЛТАН. КАЗИНФОРМ –",
        "В Караганде Уполномоченный встретилась с 1\u00a0250,5 тысячами жителей и с объединением «Жибек жолы».",
        "Она осмотрела исправительные учреждения и побеседовала с их сотрудниками.",
        "Во встрече приняли участие 40\u00a0% неправительственных организаций.",
        "Подробнее: https://press.example.kz/regions?lang=ru&year=2021, C:\\пресса\\новое.",
        "«Голос каждого гражданина должен быть услышан», – сказала она.",
        "Следующая поездка намечена на сентябрь.",
        "Во встрече участвовал и аким.",
    ),
    Lang.EN: (
        "Ombudsman visits the regions",
        "NUR-SULTAN. KAZINFORM –",
        "In Karaganda the Commissioner met 1,250.5 thousand residents and the public association “Zhibek Zholy”.",
        "She inspected the correctional institutions and talked to their staff.",
        "Of all non-governmental organisations 40% took part in the meeting.",
        "Details: https://press.example.kz/regions?lang=en&year=2021, C:\\press\\new.",
        'She said: "The voice of every citizen must be heard".',
        "The next journey is planned for September.",
        "The akim took part in the meeting too.",
    ),
}
KINDS = ("headline", "dateline", "lead", "body", "body", "body", "quote", "body", "body")
# What i18nspector tells of a catalogue, and why it may.
OLD_TABLE = (
    "unusual-unused-plural-forms"  # CLDR, and Babel with it, counts two forms in Kazakh; here is no plural at all
)
ACCEPTED = {
    "no-report-msgid-bugs-to-header-field": "where to report a fault of the source is the newsroom's to fill in",
    "invalid-last-translator": "a machine has no mail address; the first reviewer's program writes the reviewer's",
}
# Fields of a header that a program that saves a catalogue writes as its own.
TOOLS_OWN = {"X-Generator", "Last-Translator", "PO-Revision-Date", "X-Poedit-Basepath"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A catalogue under review, and the drafts that a run on the same release would merge into it."""

    reviewed: Catalog
    drafts: tuple[Entry, ...]
    header: tuple[tuple[str, str], ...]

    def again(self, found: Catalog) -> Catalog:
        return catalog.merge(found, self.drafts, lang=found.lang, header=self.header)


def drafted(lang: Lang, at: int, *, source: str = "", context: str = "") -> Entry:
    key = Key(context=context or KINDS[at], source=source or TEXTS[SOURCES[lang]][at])
    notes = (
        messages.say(
            lang,
            messages.BY_MODEL,
            packages=f"translate-{SOURCES[lang]}_{lang} 1.2 (embedded), translate-en_ru 1.9 (argos)",
            route=f"{SOURCES[lang]}→{lang}",
            digest="d925a730",
        ),
        messages.say(lang, messages.VARIANT, form=TEXTS[lang][1]),
        messages.say(lang, messages.LIKE, percent="87", origin="2020-11-02-visit", changes="−“40”, +“60”"),
        messages.say(lang, messages.LIKE_TEXT, text=TEXTS[lang][2]),
    )
    return Entry(key=key, text=TEXTS[lang][at], state=State.DRAFT, notes=notes, place=f"{SLUG}:{at + 1}")


def remembered(lang: Lang, at: int, *, context: str) -> Entry:
    origin = {"origin": "2020-11-02-visit", "locale": str(lang)}
    by = messages.say(lang, messages.BY_MEMORY_OF, by="Айгүл Сейітова <a@example.kz>", digest="d925a730", **origin)
    return replace(drafted(lang, at, context=context), notes=(by,))


def case(lang: Lang) -> Case:
    """Draft a release, review it, and merge its corrected source: every state and every kind of comment is there."""
    source = SOURCES[lang]
    header = catalog.header(SLUG, lang=lang, source_lang=source, source_digest="a" * 64, date=dt.date(2021, 7, 20))
    old = tuple(drafted(lang, at) for at in range(9))
    first = catalog.merge(None, old, lang=lang, header=header)
    found = Finding(key=old[4].key, code="number-mismatch", severity=Severity.WARNING, message="40 %")
    weighed = f"kzpress: ok number-mismatch {found.mark} тысяч, а не штук"
    hands: dict[Key, Callable[[Entry], Entry]] = {
        old[0].key: lambda e: replace(e, state=State.APPROVED),
        old[3].key: lambda e: replace(e, text=f"{e.text} !", comment="сверить с указом\n\n# и с 2-м абзацем"),
        old[4].key: lambda e: replace(e, state=State.APPROVED, comment=weighed, flags=("no-wrap",)),
        old[6].key: lambda e: replace(e, state=State.APPROVED, comment="согласовано"),
        old[7].key: lambda e: replace(e, state=State.APPROVED, comment="было в старой версии"),
        old[8].key: lambda e: replace(e, text=f"{e.text} ?"),
    }
    entries = tuple(hands[entry.key](entry) if entry.key in hands else entry for entry in first.entries)
    reviewed = replace(first, entries=entries, header_comment="Поездка в регионы\n\nвторая правка")
    drafts = (
        *old[:6],
        drafted(lang, 6, source=f"{TEXTS[source][6]} (2021)"),
        remembered(lang, 2, context="body#2"),
        replace(drafted(lang, 0, context="table"), text="", state=State.EMPTY, notes=()),
    )
    return Case(reviewed=catalog.merge(reviewed, drafts, lang=lang, header=header), drafts=drafts, header=header)


@pytest.fixture(params=list(Lang))
def made(request: pytest.FixtureRequest) -> Case:
    lang: Lang = request.param
    return case(lang)


@pytest.fixture
def path(tmp_path: Path, made: Case) -> Path:
    path = tmp_path / "locales" / made.reviewed.lang / "LC_MESSAGES" / f"{SLUG}.po"
    catalog.write(path, made.reviewed)
    return path


def test_the_catalogue_of_these_tests_has_all_that_a_catalogue_can_have(made: Case) -> None:
    entries = made.reviewed.entries
    assert {entry.state for entry in entries} == set(State)
    assert [entry.flags for entry in entries if entry.state is State.OBSOLETE] == [(), ("fuzzy",)]
    assert sum(entry.previous is not None for entry in entries) == 1
    assert any("kzpress: ok" in entry.comment for entry in entries)
    assert made.again(made.reviewed) == made.reviewed


# ------------------------------------------------------------------ checked and read by others


def test_msgfmt_finds_nothing_wrong(path: Path, gettext: Gettext) -> None:
    assert gettext("msgfmt", "--check", "--output-file=/dev/null", path) == ""


def test_i18nspector_tells_what_is_accepted_and_nothing_else(path: Path, gettext: Gettext) -> None:
    told = {line.split()[2] for line in gettext("i18nspector", path).splitlines()}
    assert told - {OLD_TABLE} == set(ACCEPTED)
    assert OLD_TABLE not in told or "locales/kk/" in str(path)


Row = tuple[str, str, str, bool, list[str], list[str], list[str], bool]


def rows(entries: Sequence[Entry]) -> list[Row]:
    """Return what every program can tell of an entry; comments by their lines that are not empty."""
    return [
        (
            e.key.context,
            e.key.source,
            e.text,
            e.state is State.DRAFT or "fuzzy" in e.flags,
            sorted(flag for flag in e.flags if flag != "fuzzy"),
            _lines(e.comment),
            list(e.notes),
            e.state is State.OBSOLETE,
        )
        for e in entries
    ]


def _lines(comment: str) -> list[str]:
    return [line.strip() for line in comment.split("\n") if line.strip()]


def test_babel_reads_the_same(made: Case, path: Path) -> None:
    with path.open("rb") as stream:
        read = read_po(stream, abort_invalid=True)
    assert read.locale_identifier == made.reviewed.lang
    assert [
        (
            m.context or "",
            m.id,
            m.string,
            m.fuzzy,
            sorted(set(m.flags) - {"fuzzy"}),
            # Babel knows no previous sources: it takes "#|" for a remark that begins with "|".
            [line for line in m.user_comments if line and not line.startswith("|")],
            list(m.auto_comments),
            is_obsolete,
        )
        for found, is_obsolete in (([m for m in read if m.id], False), (read.obsolete.values(), True))
        for m in found
    ] == rows(made.reviewed.entries)


def test_polib_reads_the_same(made: Case, path: Path) -> None:
    read = polib.pofile(str(path))
    assert [
        (
            e.msgctxt,
            e.msgid,
            e.msgstr,
            "fuzzy" in e.flags,
            sorted(set(e.flags) - {"fuzzy"}),
            _lines(e.tcomment),
            _lines(e.comment),
            bool(e.obsolete),
        )
        for e in read
    ] == rows(made.reviewed.entries)
    previous = [Key(context=e.previous_msgctxt or "", source=e.previous_msgid) for e in read if e.previous_msgid]
    assert previous == [e.previous for e in made.reviewed.entries if e.previous]


def test_translate_toolkit_reads_the_same(made: Case, path: Path) -> None:
    units = [unit for unit in toolkits(path).units if not unit.isheader()]
    assert [
        (
            unit.getcontext(),
            str(unit.source),
            str(unit.target),
            unit.isfuzzy(),
            sorted(set(_flags(unit.typecomments)) - {"fuzzy"}),
            _lines(unit.getnotes("translator")),
            _lines(unit.getnotes("developer")),
            unit.isobsolete(),
        )
        for unit in units
    ] == rows(made.reviewed.entries)
    previous = [Key(context=u.prev_context, source=str(u.prev_source)) for u in units if u.prev_source]
    assert previous == [e.previous for e in made.reviewed.entries if e.previous]
    assert [u.getlocations() for u in units] == [[e.place] if e.place else [] for e in made.reviewed.entries]


def toolkits(path: Path) -> pofile:
    store: pofile = pofile.parsefile(str(path))  # type: ignore[no-untyped-call]
    return store


def _flags(typecomments: Sequence[str]) -> list[str]:
    return [flag.strip() for line in typecomments for flag in line.removeprefix("#,").split(",") if flag.strip()]


# ------------------------------------------------------------------ saved by others


def as_weblate(path: Path, _gettext: Gettext) -> None:
    """Save as Weblate does: every text set anew and wrapped, the header told of the reviewer."""
    store = toolkits(path)
    for unit in store.units:
        if not unit.isheader() and not unit.isobsolete():
            unit.source, unit.target = str(unit.source), str(unit.target)
    store.updateheader(  # type: ignore[no-untyped-call]
        add=True,
        Last_Translator="Айгүл Сейітова <a.seitova@example.kz>",
        PO_Revision_Date="2021-07-21 09:30+0500",
        X_Generator="Weblate 5.8",
    )
    store.save()


def as_poedit(path: Path, gettext: Gettext) -> None:
    """Save as Poedit does: by gettext's library, the header's fields in its own order."""
    gettext("msgcat", "--width=79", "-o", path, path)
    _poedits_header(path)


def as_poedit_unwrapped(path: Path, gettext: Gettext) -> None:
    gettext("msgcat", "--no-wrap", "-o", path, path)
    _poedits_header(path)


def _poedits_header(path: Path) -> None:
    head, _, rest = path.read_text("utf-8").partition("\n\n")
    before = head.partition('msgstr ""\n')[0]
    fields = polib.pofile(str(path)).metadata
    fields |= {"X-Generator": "Poedit 3.5", "Last-Translator": "Айгүл Сейітова <a.seitova@example.kz>"}
    fields |= {"PO-Revision-Date": "2021-07-21 09:30+0500", "X-Poedit-Basepath": "."}
    ordered = sorted(fields.items(), key=lambda field: (field[0].startswith("X-"), field[0] == "Plural-Forms"))
    written = "".join(f'"{name}: {value.replace(chr(92), chr(92) * 2)}\\n"\n' for name, value in ordered)
    path.write_text(f'{before}msgstr ""\n{written}\n{rest}', "utf-8")


SAVED = pytest.mark.parametrize("save", [as_weblate, as_poedit, as_poedit_unwrapped])


@SAVED
def test_a_catalogue_saved_by_another_program_is_the_same_catalogue(
    made: Case, path: Path, gettext: Gettext, save: Callable[[Path, Gettext], None]
) -> None:
    before = path.read_bytes()
    save(path, gettext)
    assert path.read_bytes() != before
    found = catalog.read(path)
    assert found.entries == made.reviewed.entries
    assert found.header_comment == made.reviewed.header_comment
    assert {name for name, _ in {*found.header} ^ {*made.reviewed.header}} <= TOOLS_OWN


@SAVED
def test_the_next_run_on_the_same_release_leaves_the_file_as_saved(
    made: Case, path: Path, gettext: Gettext, save: Callable[[Path, Gettext], None]
) -> None:
    save(path, gettext)
    saved = path.read_bytes()
    assert not catalog.write(path, made.again(catalog.read(path)))
    assert path.read_bytes() == saved
    assert gettext("msgfmt", "--check", "--output-file=/dev/null", path) == ""


def test_what_weblate_approves_is_approved_and_keeps_every_note(made: Case, path: Path) -> None:
    store = toolkits(path)
    for unit in store.units:
        if unit.isfuzzy() and not unit.isobsolete():
            unit.target = f"{unit.target} [kk]"
            unit.markfuzzy(False)
    store.save()
    after = made.again(catalog.read(path)).entries
    for was, now in zip(made.reviewed.entries, after, strict=True):
        drafted = was.state is State.DRAFT
        expected = replace(was, text=f"{was.text} [kk]", state=State.APPROVED, previous=None) if drafted else was
        assert now == expected
