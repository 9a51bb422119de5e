"""One catalogue with every state an entry can have, and its sheet."""

from __future__ import annotations

from kzpress.domain import Catalog, Entry, Key, Lang, State
from kzpress.exchange import Sheet, digest, rows_of


def entry(source: str, text: str, state: State = State.DRAFT, comment: str = "", context: str = "body") -> Entry:
    return Entry(key=Key(context=context, source=source), text=text, state=state, comment=comment)


MET = entry("The sides met in Vienna.", "Стороны встретились в Вене.", State.APPROVED)
TRADE = entry("They discussed trade & <culture>.", "Они обсудили торговлю и <культуру>.")
SUM = entry("=1+1 is “two”.", "=1+1 равно «двум».", comment="kzpress: ok output-copied 1a2b\nсверить")
EMPTY = entry("Nothing yet.", "", State.EMPTY)
GONE = entry("It was said once.", "Когда-то говорили.", State.OBSOLETE)
CATALOG = Catalog(lang=Lang.RU, header=(("Language", "ru"),), entries=(MET, TRADE, SUM, EMPTY, GONE))


def sheet(found: Catalog = CATALOG) -> Sheet:
    return Sheet(
        slug="2023-05-12-talks",
        source_lang=Lang.EN,
        lang=Lang.RU,
        source_digest=digest("source"),
        digest=digest("catalogue"),
        rows=rows_of(found, {TRADE.key: ("error: a name is missing", "по глоссарию: Вена")}),
        title="Talks in Vienna",
        labels=Lang.RU,
    )
