"""How far the review of each catalogue is: counted now, or as it was seen before if nothing has changed since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from kzpress import edition, glossary, review_index
from kzpress.domain import Entry, Finding, Lang, Severity, State
from kzpress.edition.words import day_of
from kzpress.errors import KzpressError
from kzpress.glossary import Glossary
from kzpress.review_index import ReviewIndex
from kzpress.reviewing import Opened, chosen, findings_of, opened, risk_of, stale_entries, worst_first
from kzpress.workspace import LEDGER, RECORD, Workspace


class Order(StrEnum):
    """In which order sentences and findings are shown: the source's, or those first that need a reviewer most."""

    SOURCE = "source"
    RISK = "risk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """That a locale is published since it was last ``updated``; ``late`` if the source has changed after that.

    One that was ``withdrawn`` is not to be read any more.
    """

    updated: str
    late: bool
    withdrawn: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Progressed:
    """How far one locale of one release is, by state and findings, or the error that its catalogue cannot be read.

    ``stale`` sentences are those of which a changed glossary asks something; ``risk`` is that of the sentence that
    needs a reviewer most, and ``worst_first`` the findings by the risk of theirs, as indexes. ``opened`` is what was
    read, None for what is remembered of a catalogue that has not changed.
    """

    slug: str
    lang: Lang
    path: Path
    empty: int = 0
    draft: int = 0
    approved: int = 0
    stale: int = 0
    published: Published | None = None
    findings: tuple[Finding, ...] = ()
    risk: tuple[int, ...] = (2,)  # a catalogue that cannot be read needs one before all
    worst_first: tuple[int, ...] = ()
    opened: Opened | None = None
    error: KzpressError | None = None

    @property
    def total(self) -> int:
        """Entries that are part of the present release."""
        return self.empty + self.draft + self.approved


def progress_of(
    workspace: Workspace, slugs: Sequence[str] = (), lang: Lang | None = None, *, order: Order = Order.SOURCE
) -> Iterator[Progressed]:
    """Yield how far each catalogue is, with its findings, by slug and language; one that is damaged stops no other.

    In order of risk the catalogues, and the findings of each, come worst first.

    Raises:
        CatalogError: a slug has no catalogue.
        GlossaryError: the glossary is not valid.
    """
    terms = glossary.load(workspace.glossary, cache=workspace.index)
    with review_index.opened(workspace.review_index, terms.digest) as index:
        lines = (_remembered(workspace, terms, index, one) for one in chosen(workspace, slugs, lang))
        if order is Order.SOURCE:
            yield from lines
        else:
            worst = sorted(lines, key=lambda line: line.risk, reverse=True)
            yield from (replace(line, findings=tuple(line.findings[at] for at in line.worst_first)) for line in worst)


def _remembered(workspace: Workspace, terms: Glossary, index: ReviewIndex, one: tuple[str, Lang, Path]) -> Progressed:
    """Return how far one catalogue is, as it was seen before if nothing has changed since."""
    slug, lang, path = one
    name, release = f"{slug}.{lang}", f"{workspace.releases}/{slug}"  # as text: there may be 200,000 of them
    stamp = review_index.stamp(path, f"{release}/{LEDGER}", f"{release}/{RECORD}")
    seen = index.seen(name, stamp) if stamp else None
    if seen:
        with suppress(ValueError, KeyError, TypeError):
            return Progressed(slug=slug, lang=lang, path=path, **_from_json(seen))
    line = progress(workspace, terms, slug, lang, path)
    if stamp and line.error is None:
        index.keep(name, stamp, _to_json(line))
    return line


def _to_json(line: Progressed) -> dict[str, Any]:
    facts = {name: getattr(line, name) for name in (*_COUNTS, "risk", "worst_first")}
    facts["published"] = asdict(line.published) if line.published else None
    return facts | {"findings": [review_index.to_json(finding) for finding in line.findings]}


def _from_json(seen: dict[str, Any]) -> dict[str, Any]:
    facts: dict[str, Any] = {name: int(seen[name]) for name in _COUNTS}
    facts |= {name: tuple(seen[name]) for name in ("risk", "worst_first")}
    facts["published"] = Published(**seen["published"]) if seen["published"] else None
    return facts | {"findings": tuple(review_index.from_json(one) for one in seen["findings"])}


_COUNTS: Final = ("empty", "draft", "approved", "stale")


def progress(workspace: Workspace, terms: Glossary, slug: str, lang: Lang, path: Path) -> Progressed:
    """Return how far one catalogue is, or with what error it cannot be read."""
    try:
        return _progressed(workspace, terms, slug, lang, path)
    except KzpressError as error:
        return Progressed(slug=slug, lang=lang, path=path, error=error)


def _progressed(workspace: Workspace, terms: Glossary, slug: str, lang: Lang, path: Path) -> Progressed:
    found = opened(workspace, slug, lang, path)
    states = [entry.state for entry in found.entries]
    findings = findings_of(terms, found.catalog, found.source, found.date)
    return Progressed(
        slug=slug,
        lang=lang,
        path=path,
        empty=states.count(State.EMPTY),
        draft=states.count(State.DRAFT),
        approved=states.count(State.APPROVED),
        stale=len(stale_entries(terms, found.catalog, found.source, found.date)),
        published=published_of(workspace, slug).get(lang),
        findings=findings,
        risk=max((risk_of(entry, findings) for entry in found.entries), default=()),
        worst_first=_ranked(found.entries, findings),
        opened=found,
    )


def _ranked(entries: Iterable[Entry], findings: Sequence[Finding]) -> tuple[int, ...]:
    """Return the findings, as indexes: errors, warnings, what is acknowledged, each by the risk of its sentence."""
    places = {entry.key: at for at, entry in enumerate(worst_first(entries, findings))}
    order = {severity: at for at, severity in enumerate(Severity)}
    return tuple(sorted(range(len(findings)), key=lambda at: (order[findings[at].severity], places[findings[at].key])))


def published_of(workspace: Workspace, slug: str) -> Mapping[Lang, Published]:
    """Return in which languages a release is published, or was.

    Raises:
        WorkspaceError: what is remembered of that cannot be read.
    """
    ledger = edition.read(workspace.ledger(slug))
    record = workspace.record(slug)
    return {
        one.lang: Published(
            updated=day_of(one.updated).isoformat(),
            late=record is not None and one.source != record.digest,
            withdrawn=one.withdrawn is not None,
        )
        for one in (ledger.publications if ledger else ())
    }
