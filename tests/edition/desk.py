"""A small newsroom for tests: one release with a person's translations, put into catalogues as reviewers leave them."""

from __future__ import annotations

from pathlib import Path

from kzpress import catalog, ingest, records, workspace
from kzpress.domain import Entry, Lang, State
from kzpress.segment import segment
from kzpress.workspace import Workspace

SETTINGS = """version = 1
[publish]
url = "https://press.example.kz/"
organisation = { kk = "Баспасөз қызметі", ru = "Пресс-служба", en = "Press Service" }
"""
GLOSSARY = """[un]
kind = "institution"
names = { kk = "Біріккен Ұлттар Ұйымы", ru = "Организация Объединённых Наций", en = "United Nations" }
source = "the charter"
"""
NAME = "2024-03-05-water.txt"
TEXT = """Ministers agree on a water council

ASTANA. KAZINFORM - The ministers of five countries agreed on 5 March to set up a council for shared rivers. It will
meet twice a year.

"Water knows no borders," the minister said.

The first meeting will gather 12 experts from <b>every</b> country & the United Nations.
"""
WORDS = {
    Lang.RU: {
        "Ministers agree on a water council": "Министры договорились о водном совете",
        "ASTANA. KAZINFORM -": "АСТАНА. КАЗИНФОРМ –",
        "The ministers of five countries agreed on 5 March to set up a council for shared rivers.": (
            "Министры пяти стран 5 марта договорились создать совет по общим рекам."
        ),
        "It will meet twice a year.": "Он будет собираться дважды в год.",
        '"Water knows no borders," the minister said.': "«Вода не знает границ», – сказал министр.",
        "The first meeting will gather 12 experts from <b>every</b> country & the United Nations.": (
            "На первую встречу приедут 12 экспертов из <b>каждой</b> страны & Организации Объединённых Наций."
        ),
    },
    Lang.KK: {
        "Ministers agree on a water council": "Министрлер су кеңесін құруға келісті",
        "ASTANA. KAZINFORM -": "АСТАНА. ҚАЗАҚПАРАТ –",
        "The ministers of five countries agreed on 5 March to set up a council for shared rivers.": (
            "Бес елдің министрлері 5 наурызда ортақ өзендер жөніндегі кеңес құруға келісті."
        ),
        "It will meet twice a year.": "Кеңес жылына екі рет жиналады.",
        '"Water knows no borders," the minister said.': "«Су шекара білмейді», – деді министр.",
        "The first meeting will gather 12 experts from <b>every</b> country & the United Nations.": (
            "Алғашқы отырысқа <b>әр</b> елден & Біріккен Ұлттар Ұйымынан 12 сарапшы келеді."
        ),
    },
}


def desk(folder: Path, settings: str = SETTINGS) -> Workspace:
    """Make a workspace with a glossary of one name."""
    (folder / "glossary").mkdir(parents=True)
    (folder / "glossary" / "names.toml").write_text(GLOSSARY, "utf-8")
    (folder / "kzpress.toml").write_text(settings, "utf-8")
    workspace.create(folder)
    return workspace.find(folder)


def receive(
    place: Workspace, text: str = TEXT, langs: tuple[Lang, ...] = (Lang.KK, Lang.RU), *, name: str = NAME
) -> str:
    """Take a release in as `translate` does, with empty drafts; what a catalogue has stays, as merging keeps it."""
    release = ingest.read_bytes(text.encode(), name)
    with records.opened(place) as known:
        slug = known.settle(release, Lang.EN)
    for lang in langs:
        path = place.catalog(lang, slug)
        drafts = [Entry(key=part.key, text="", state=State.EMPTY) for part in segment(release.blocks, Lang.EN)]
        assert release.date is not None
        head = catalog.header(slug, lang=lang, source_lang=Lang.EN, source_digest=release.digest, date=release.date)
        before = catalog.read(path) if path.exists() else None
        catalog.write(path, catalog.merge(before, drafts, lang=lang, header=head), over=before)
    place.remember(release, slug, Lang.EN, text.encode())
    return slug


def approve(place: Workspace, slug: str, lang: Lang) -> None:
    """Write a person's translations into a catalogue and take its fuzzy marks off."""
    path = place.catalog(lang, slug)
    known = WORDS[lang]
    found = path.read_text("utf-8").replace("#, fuzzy\n", "")
    lines = found.split("\n")
    for at, line in enumerate(lines):
        source = line.removeprefix('msgid "').removesuffix('"').replace('\\"', '"')
        if line.startswith("msgid ") and source in known:
            lines[at + 1] = f'msgstr "{known[source]}"'
    path.write_text("\n".join(lines), "utf-8")
