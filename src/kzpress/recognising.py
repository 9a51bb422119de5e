"""What was drafted to the end is recognised by its bytes and its catalogues': no model runs, nor even a parser.

Where no file has another stamp than when these bytes were compared, none is read. What is remembered holds under the
same glossary, settings and kzpress, see ``review_index``; it may be deleted.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from kzpress import catalog, review_index
from kzpress.domain import Catalog, Lang
from kzpress.engine import Engine
from kzpress.errors import KzpressError
from kzpress.glossary import Glossary
from kzpress.records import Records
from kzpress.results import Seen, Target, Translated
from kzpress.review_index import ReviewIndex, from_json, notice_from_json, notice_to_json, stamp, to_json
from kzpress.workspace import RECORD, Workspace


class Recognised:
    """The releases of which nothing is left to do, for who asks for these ``targets``."""

    def __init__(self, workspace: Workspace, index: ReviewIndex, records: Records, targets: Sequence[Lang]) -> None:
        self._workspace, self._index, self._records = workspace, index, records
        self._asked = _digest(repr((tuple(targets), workspace.settings)).encode())
        self._releases, self._locales = str(workspace.releases), workspace.root / "locales"

    def find(self, path: Path, source: Lang | None, engine: Engine) -> Translated | None:
        """Return what drafting the file at ``path`` would come to, if nothing is left to do; and take the release.

        ``source`` is the language to translate from, None if that is to be detected.

        Raises:
            ModelError: no package leads to one of its targets.
        """
        if found := self._unchanged(path, source, engine):
            return found
        try:
            if not path.is_file() or path.stat().st_size > self._workspace.settings.limits.file_bytes:
                return None
            stamped = stamp(path)
            return self.find_bytes(path, path.name, path.read_bytes(), source, engine, stamped=stamped)
        except OSError:
            return None  # reading it will say why

    def find_bytes(
        self, path: Path, name: str, data: bytes, source: Lang | None, engine: Engine, *, stamped: str | None = None
    ) -> Translated | None:
        """Return the same for ``data``, read from ``path`` and called ``name``.

        ``stamped`` is the stamp that ``path`` had before: one of after may be that of a change since.

        Raises:
            ModelError: no package leads to one of its targets.
        """
        digest = _digest(data)
        slug = next(iter(self._records.of_digest(digest)), None)
        if slug is None or self._records.is_taken(slug):
            return None
        with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            mark = self._mark(name, digest)
            facts = self._index.seen(slug, mark)
            if facts and _is_from(source, facts):
                rest = self._stamp(slug, facts)
                if facts["sum"] == self._sum(slug, facts["targets"]) and self._kept(slug, facts) == data:
                    if stamped and rest:
                        self._index.keep(slug, mark, facts | {"stamp": f"{stamped} {rest}"})
                    return self._result(path, slug, digest, facts, engine)
        return None

    def _unchanged(self, path: Path, source: Lang | None, engine: Engine) -> Translated | None:
        """Recognise a file by the stamps that it and its release had when their bytes were compared."""
        with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            for slug, digest in self._records.only_one_of(path.name):
                facts = self._index.seen(slug, self._mark(path.name, digest)) or {}
                if "stamp" not in facts or self._records.is_taken(slug):
                    continue
                if _is_from(source, facts) and facts["stamp"] == f"{stamp(path)} {self._stamp(slug, facts)}":
                    return self._result(path, slug, digest, facts, engine)
        return None

    def keep(self, result: Translated, name: str, digest: str, source: str, made: Iterable[Catalog]) -> None:
        """Remember a release that came as ``name`` and is drafted to the end, if on the disk is what was ``made``."""
        slug, found = str(result.slug), tuple(made)
        entries = (entry for one in found for entry in one.entries)
        if result.seen is None or not all(map(catalog.is_answered, entries)):
            return
        with suppress(KzpressError, OSError):
            told = self._sum(slug, [target.lang for target in result.targets])
            if all(_holds(target.path, one) for target, one in zip(result.targets, found, strict=True)):
                self.keep_as_it_is(result, name, digest, source, told)

    def keep_as_it_is(
        self, result: Translated, name: str, digest: str, source: str, expected: str | None = None
    ) -> None:
        """Remember that nothing is left to do of what is on the disk, if its sum is the ``expected`` one.

        Raises:
            OSError: a part of it cannot be read.
        """
        slug, seen = str(result.slug), result.seen
        told = self._sum(slug, [target.lang for target in result.targets])
        if seen and expected in {None, told}:
            facts = _to_json(seen, result) | {"sum": told, "kept": source}
            self._index.keep(slug, self._mark(name, digest), facts)

    def _mark(self, name: str, digest: str) -> str:
        return _digest(f"{self._asked}\0{name}\0{digest}".encode("utf-8", "surrogateescape"))

    def _stamp(self, slug: str, facts: dict[str, Any]) -> str | None:
        """Return what changes when what is kept of a release, its record or a catalogue does."""
        release = f"{self._releases}/{slug}"
        catalogs = (f"{self._locales}/{Lang(lang)}/LC_MESSAGES/{slug}.po" for lang in facts["targets"])
        return stamp(f"{release}/{RECORD}", f"{release}/{Path(facts['kept']).name}", *catalogs)

    def _sum(self, slug: str, langs: Iterable[Lang]) -> str:
        """Return the sum of a release's record and catalogues."""
        sums = hashlib.sha256()
        for path in (self._workspace.record_of(slug), *(self._workspace.catalog(lang, slug) for lang in langs)):
            sums.update(hashlib.sha256(path.read_bytes()).digest())
        return sums.hexdigest()

    def _kept(self, slug: str, facts: dict[str, Any]) -> bytes:
        return (self._workspace.record_of(slug).parent / Path(facts["kept"]).name).read_bytes()

    def _result(self, path: Path, slug: str, digest: str, facts: dict[str, Any], engine: Engine) -> Translated:
        source = Lang(facts["source"])
        targets = tuple(
            Target(
                lang=Lang(lang),
                path=self._workspace.catalog(Lang(lang), slug),
                segments=int(one["segments"]),
                drafted=0,
                reviewed=int(one["reviewed"]),
                names=(),
                findings=tuple(from_json(finding) for finding in one["findings"]),
                route=engine.route(source, Lang(lang)),
                changed=False,
            )
            for lang, one in facts["targets"].items()
        )
        found = Translated(path=path, seen=_seen(facts["seen"]), slug=slug, source=source, targets=targets)
        self._records.take(slug, digest)
        return found


@contextmanager
def opened(workspace: Workspace, terms: Glossary, records: Records, targets: Sequence[Lang]) -> Iterator[Recognised]:
    """Open what is known of a workspace's releases, for a call that asks for these languages."""
    with review_index.opened(workspace.known_index, terms.digest) as index:
        yield Recognised(workspace, index, records, targets)


def _is_from(source: Lang | None, facts: dict[str, Any]) -> bool:
    """Tell whether a release was translated from ``source``, or, where none is asked for, from what was detected."""
    return bool(facts["source"] == (source or facts["seen"]["language"]))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _holds(path: Path, made: Catalog) -> bool:
    """Tell whether the catalogue at ``path`` is the one that was made, in whatever layout."""
    return path.read_bytes() == catalog.render(made).encode() or catalog.read(path) == made


def _to_json(seen: Seen, result: Translated) -> dict[str, Any]:
    return {
        "seen": {
            "title": seen.title,
            "date": seen.date.isoformat() if seen.date else None,
            "city": seen.city,
            "notices": [notice_to_json(notice) for notice in seen.notices],
            "verdict": seen.verdict,
            "language": seen.language,
            "confidence": seen.confidence,
            "deviating": seen.deviating,
        },
        "source": result.source,
        "targets": {
            target.lang: {
                "segments": target.segments,
                "reviewed": target.reviewed,
                "findings": [to_json(finding) for finding in target.findings],
            }
            for target in result.targets
        },
    }


def _seen(facts: dict[str, Any]) -> Seen:
    return Seen(
        title=facts["title"],
        date=dt.date.fromisoformat(facts["date"]) if facts["date"] else None,
        city=facts["city"],
        notices=tuple(notice_from_json(notice) for notice in facts["notices"]),
        verdict=facts["verdict"],
        language=Lang(facts["language"]) if facts["language"] else None,
        confidence=facts["confidence"],
        deviating=tuple((line, language) for line, language in facts["deviating"]),
    )
