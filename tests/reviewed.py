"""A workspace with one release under review, for tests of what reviewers look at."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from kzpress import catalog, edition
from kzpress.domain import Catalog, Entry, Key, Lang, State
from kzpress.edition import Article, Ledger, Publication
from kzpress.workspace import Workspace, create, find

SLUG = "2021-07-24-meeting-at-the-ministry"
GLOSSARY = """
[mfa]
kind = "institution"
names.en = "Ministry of Foreign Affairs of the Republic of Kazakhstan"
names.ru = "Министерство иностранных дел Республики Казахстан"
names.kk = "Қазақстан Республикасының Сыртқы істер министрлігі"
source = "its site"

[astana]
kind = "place"
names = { en = "Astana", ru = "Астана", kk = "Астана" }
source = "its site"

[kazinform]
kind = "institution"
names = { en = "Kazinform", ru = "Казинформ", kk = "Қазинформ" }
source = "its site"
"""
HEADER = (
    ("Project-Id-Version", f"kzpress {SLUG}"),
    ("Language", "ru"),
    ("Content-Type", "text/plain; charset=UTF-8"),
    ("X-Source-Language", "en"),
)
MADE = "kzpress: translate-en_ru 1.2 (embedded), en→ru, глоссарий d925a730"


def desk(root: Path) -> Workspace:
    """Make a workspace at ``root`` with the glossary above and nothing else."""
    (root / "glossary").mkdir(parents=True)
    (root / "glossary" / "names.toml").write_text(GLOSSARY, "utf-8")
    create(root)
    return find(root)


def entry(source: str, text: str, *notes: str, kind: str = "body", line: int = 3) -> Entry:
    """Return an entry as the machine drafted it; a person's hand is added with ``dataclasses.replace``."""
    state = State.DRAFT if text else State.EMPTY
    draft = Entry(
        key=Key(context=kind, source=source), text=text, state=state, notes=(MADE, *notes), place=f"{SLUG}:{line}"
    )
    (made,) = catalog.merge(None, [draft], lang=Lang.RU, header=HEADER).entries
    return made


def workspace(root: Path, *entries: Entry, lang: Lang = Lang.RU) -> Path:
    """Make a workspace at ``root`` with one catalogue of ``entries``, and return where that lies."""
    for folder in ("glossary", f"releases/{SLUG}", f"locales/{lang}/LC_MESSAGES"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    (root / "kzpress.toml").write_text("version = 1\n", "utf-8")
    (root / "glossary" / "names.toml").write_text(GLOSSARY, "utf-8")
    record = {
        "slug": SLUG,
        "title": "Meeting at the Ministry <of & for> “everyone”",
        "date": "2021-07-24",
        "city": "ASTANA",
        "agency": None,
        "language": "en",
        "digest": "0" * 64,
        "origin": "meeting.txt",
        "source": "source.txt",
    }
    (root / "releases" / SLUG / "release.json").write_text(json.dumps(record), "utf-8")
    path = root / "locales" / lang / "LC_MESSAGES" / f"{SLUG}.po"
    header = tuple((name, str(lang) if name == "Language" else value) for name, value in HEADER)
    before = catalog.read(path) if path.exists() else None
    catalog.write(path, Catalog(lang=lang, header=header, entries=entries), over=before)
    return path


def published(root: Path, **locales: str) -> None:
    """Say that these locales were published from sources of these digests."""
    day = dt.datetime.fromisoformat("2021-07-26T09:00:00+05:00")
    made = [
        Publication(
            lang=Lang(lang),
            id=f"tag:press.example.kz,2021-07-26:{lang}",
            source=digest,
            article=Article(title="Meeting", city=None, paragraphs=()),
            date=None,
            first=day,
            updated=day,
        )
        for lang, digest in locales.items()
    ]
    ledger = Ledger(language=Lang.EN, publications=tuple(made))
    edition.write(root / "releases" / SLUG / "published.json", ledger)
