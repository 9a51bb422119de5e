"""How far the review of each catalogue is: counted now, or as it was seen before if nothing has changed since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from itertools import chain, islice
from operator import itemgetter
from pathlib import Path
from typing import Any, Final, TypeVar

from kzpress import cores, edition, glossary, review_index
from kzpress.domain import Entry, Finding, Lang, Severity, State
from kzpress.edition.words import day_of
from kzpress.errors import KzpressError
from kzpress.glossary import Glossary
from kzpress.older import marks_of
from kzpress.review_index import Facts, ReviewIndex
from kzpress.reviewing import Opened, Stale, chosen, findings_of, opened, risk_of, stale_entries, worst_first
from kzpress.workspace import LEDGER, RECORD, Workspace

T = TypeVar("T")
_Place = tuple[str, Lang, Path]  # of a catalogue: its slug, language and path


_Told = tuple[dict[str, Any], list[Facts], bytes]  # what the index keeps of one: facts, findings, words


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

    ``stale`` sentences are those of which a changed glossary asks something; ``found`` is how many findings there are,
    errors, warnings and what is acknowledged; ``risk`` is that of the sentence that needs a reviewer most, and
    ``worst_first`` the findings by the risk of theirs, as indexes. ``opened`` is what was read, None for what is
    remembered of a catalogue that has not changed, or was read by another process.
    """

    slug: str
    lang: Lang
    path: Path
    empty: int = 0
    draft: int = 0
    approved: int = 0
    stale: int = 0
    published: Published | None = None
    found: tuple[int, int, int] = (0, 0, 0)
    findings: tuple[Finding, ...] = ()
    risk: tuple[int, ...] = (2,)  # a catalogue that cannot be read needs one before all
    worst_first: tuple[int, ...] = ()
    opened: Opened | None = None
    error: KzpressError | None = None
    is_remembered: bool = field(default=False, compare=False)  # and can be asked for again instead of being held

    @property
    def total(self) -> int:
        """Entries that are part of the present release."""
        return self.empty + self.draft + self.approved


def progress_of(
    workspace: Workspace,
    slugs: Sequence[str] = (),
    lang: Lang | None = None,
    *,
    order: Order = Order.SOURCE,
    findings: bool = True,
) -> Iterator[Progressed]:
    """Yield how far each catalogue is, by slug and language; one that is damaged stops no other.

    In order of risk the catalogues, and the findings of each, come worst first. Without ``findings`` what is remembered
    tells their number alone, which takes less time. However many catalogues there are, few are held at once.

    Raises:
        CatalogError: a slug has no catalogue.
        GlossaryError: the glossary is not valid.
    """
    terms = glossary.load(workspace.glossary, cache=workspace.index)
    with review_index.opened(workspace.review_index, terms.digest, terms) as index:
        looking = _Looking(workspace, terms, index)
        catalogs = chosen(workspace, slugs, lang)
        if order is Order.SOURCE:
            yield from looking.at(catalogs, findings=findings)
        else:
            yield from looking.at_the_worst_first(catalogs, findings=findings)


def stale_of(workspace: Workspace, slugs: Sequence[str] = (), lang: Lang | None = None) -> Iterator[Stale]:
    """Yield for each catalogue what a changed glossary affects in it; one that is damaged stops no other.

    Only those of which something is stale are read to tell what.

    Raises:
        CatalogError: a slug has no catalogue.
        GlossaryError: the glossary is not valid.
    """
    terms = glossary.load(workspace.glossary, cache=workspace.index)
    for line in progress_of(workspace, slugs, lang, findings=False):
        place = line.slug, line.lang, line.path
        yield _stale(workspace, terms, place) if line.stale else _none_stale(line)


def _stale(workspace: Workspace, terms: Glossary, place: _Place) -> Stale:
    slug, lang, path = place
    try:
        found = opened(workspace, *place)
    except KzpressError as error:
        return Stale(slug=slug, lang=lang, path=path, error=error)
    entries = stale_entries(terms, found.catalog, found.source, found.date)
    return Stale(slug=slug, lang=lang, path=path, total=len(found.entries), entries=entries)


def _none_stale(line: Progressed) -> Stale:
    return Stale(slug=line.slug, lang=line.lang, path=line.path, total=line.total, error=line.error)


@dataclass(frozen=True, slots=True, kw_only=True)
class _One:
    """A catalogue with its name in the index, its stamp, and the line that is remembered of it."""

    name: str
    stamp: str | None
    place: _Place
    line: Progressed | None


class _Looking:
    """A look at many catalogues: what has not changed is as it was seen before."""

    def __init__(self, workspace: Workspace, terms: Glossary, index: ReviewIndex) -> None:
        self._workspace, self._terms, self._index = workspace, terms, index
        self._releases = str(workspace.releases)  # as text: there may be 200,000 catalogues
        self._last: tuple[str, str | None] = "", None  # the release looked at last, and its stamp

    def at(self, catalogs: Iterable[_Place], *, findings: bool) -> Iterator[Progressed]:
        """Yield how far each catalogue is; if there are many to read, every core does."""
        known = ((one, None if one.line else one.place) for one in self._known(catalogs, findings=findings))
        for one, told in cores.spread(known, _counter, lambda: (self._workspace, glossary.packed(self._terms))):
            yield one.line or self._counted(one, told)

    def _known(self, catalogs: Iterable[_Place], *, findings: bool) -> Iterator[_One]:
        for some in _parted(catalogs):
            names = [f"{slug}.{lang}" for slug, lang, _ in some]
            stamps = [self._stamp(slug, path) for slug, _, path in some]
            wanted = {name: stamp for name, stamp in zip(names, stamps, strict=True) if stamp}
            seen = self._index.seen_of(wanted, findings=findings)
            for name, stamp, place in zip(names, stamps, some, strict=True):
                yield _One(name=name, stamp=stamp, place=place, line=_remembered(place, seen.get(name)))

    def at_the_worst_first(self, catalogs: Iterable[_Place], *, findings: bool) -> Iterator[Progressed]:
        """Yield the same by risk; what is remembered is asked for again instead of being held until its turn comes."""
        ranks = [
            (line.risk, line.slug, line.lang, None if line.is_remembered else replace(line, opened=None))
            for line in self.at(catalogs, findings=False)
        ]
        self._index.flush()
        ranks.sort(key=itemgetter(0), reverse=True)
        for some in _parted(ranks):
            asked = [(slug, lang, self._workspace.catalog(lang, slug)) for _, slug, lang, line in some if not line]
            again = self.at(asked, findings=findings)
            for *_, held in some:
                line = held or next(again)
                yield replace(line, findings=tuple(line.findings[at] for at in line.worst_first if line.findings))

    def _stamp(self, slug: str, path: Path) -> str | None:
        if slug != self._last[0]:
            release = f"{self._releases}/{slug}"
            self._last = slug, review_index.stamp(f"{release}/{LEDGER}", f"{release}/{RECORD}")
        stamp = review_index.stamp(path) if self._last[1] else None
        return f"{stamp} {self._last[1]}" if stamp else None

    def _counted(self, one: _One, told: _Told | None) -> Progressed:
        """Return how far a catalogue is and remember it, as another process ``told``, or read here."""
        line = _remembered(one.place, told[0] | {"findings": told[1]}) if told else None
        if line is None:
            line = progress(self._workspace, self._terms, *one.place)
            told = _told(line)
        kept = bool(told and one.stamp and self._index.keep(one.name, one.stamp, *told))
        return replace(line, is_remembered=kept)


def _remembered(one: _Place, seen: Mapping[str, Any] | None) -> Progressed | None:
    """Return how far a catalogue is by what was ``seen`` of it, None if that makes no sense."""
    if seen:
        slug, lang, path = one
        with suppress(ValueError, KeyError, TypeError):
            counts: dict[str, Any] = {name: int(seen[name]) for name in _COUNTS}
            errors, warnings, weighed = seen["found"]
            return Progressed(
                slug=slug,
                lang=lang,
                path=path,
                published=Published(**seen["published"]) if seen["published"] else None,
                found=(errors, warnings, weighed),
                findings=tuple(review_index.from_json(one) for one in seen["findings"]),
                risk=tuple(seen["risk"]),
                worst_first=tuple(seen["worst_first"]),
                is_remembered=True,
                **counts,
            )
    return None


def _parted(things: Iterable[T]) -> Iterator[Sequence[T]]:
    """Yield what is asked for at once."""
    rest = iter(things)
    while some := tuple(islice(rest, review_index.AT_ONCE)):
        yield some


_COUNTS: Final = ("empty", "draft", "approved", "stale")
_TUPLES: Final = ("found", "risk", "worst_first")


def _counter(workspace: Workspace, terms: bytes) -> Callable[[_Place], _Told | None]:
    """Return what reads a catalogue in a process of its own; of one that cannot be read it tells nothing."""
    own = glossary.unpacked(terms, cache=workspace.index)
    return lambda place: _told(progress(workspace, own, *place))


def _told(line: Progressed) -> _Told | None:
    """Return what there is to keep of a catalogue that was read."""
    found = line.opened
    if found is None:
        return None
    facts: dict[str, Any] = {name: getattr(line, name) for name in (*_COUNTS, *_TUPLES)}
    facts["published"] = asdict(line.published) if line.published else None
    texts = (text for entry in found.entries for text in (entry.key.source, entry.text))
    words = glossary.words_of(chain(texts, found.tried))
    return facts, [review_index.to_json(finding) for finding in line.findings], marks_of(words)


def progress(workspace: Workspace, terms: Glossary, slug: str, lang: Lang, path: Path) -> Progressed:
    """Return how far one catalogue is, or with what error it cannot be read."""
    try:
        return _progressed(workspace, terms, slug, lang, path)
    except KzpressError as error:
        return Progressed(slug=slug, lang=lang, path=path, error=error)


def _progressed(workspace: Workspace, terms: Glossary, slug: str, lang: Lang, path: Path) -> Progressed:
    found = opened(workspace, slug, lang, path)
    states = [entry.state for entry in found.entries]
    tried: list[str] = []
    findings = findings_of(terms, found.catalog, found.source, found.date, tried=tried)
    return Progressed(
        slug=slug,
        lang=lang,
        path=path,
        empty=states.count(State.EMPTY),
        draft=states.count(State.DRAFT),
        approved=states.count(State.APPROVED),
        stale=len(stale_entries(terms, found.catalog, found.source, found.date, findings)),
        published=published_of(workspace, slug).get(lang),
        found=numbers_of(findings),
        findings=findings,
        risk=max((risk_of(entry, findings) for entry in found.entries), default=()),
        worst_first=_ranked(found.entries, findings),
        opened=replace(found, tried=tuple(tried)),
    )


def numbers_of(findings: Iterable[Finding]) -> tuple[int, int, int]:
    """Return how many findings there are: errors, warnings, and what is acknowledged."""
    found = Counter(finding.severity for finding in findings)
    return found[Severity.ERROR], found[Severity.WARNING], found[Severity.ACKNOWLEDGED]


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
