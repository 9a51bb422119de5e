"""A locale of a release given to people without a PO editor, and what they send back taken into its catalogue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from kzpress import catalog, exchange, files, glossary
from kzpress.domain import Catalog, Entry, Finding, Key, Lang, Severity, State
from kzpress.errors import CatalogError, ExchangeError, UsageError
from kzpress.exchange import Fate, Format, Outcome, Sheet
from kzpress.glossary import Glossary
from kzpress.reviewing import SEVERITIES, chosen, findings_of
from kzpress.speech import _, reason, spoken
from kzpress.workspace import Workspace

_FILE_BYTES: Final = 50_000_000
_OURS: Final = "kzpress:"
_ZONE: Final = dt.timezone(dt.timedelta(hours=5))  # Kazakhstan's since 1 March 2024


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A file that went out, and how many of its sentences are approved or have a finding."""

    slug: str
    lang: Lang
    path: Path
    sentences: int
    approved: int
    findings: int
    changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of a file that came back.

    ``is_older`` says that the catalogue changed after the file went out, ``missing`` how many of its sentences are not
    in the file, ``changed`` whether the catalogue did now.
    """

    path: Path
    slug: str
    lang: Lang
    place: Path
    outcomes: tuple[Outcome, ...]
    missing: int
    is_older: bool
    changed: bool
    findings: tuple[Finding, ...]

    @property
    def left(self) -> tuple[Outcome, ...]:
        """The rows that were not taken and that somebody must look at."""
        return tuple(outcome for outcome in self.outcomes if outcome.fate in exchange.LEFT)

    def count(self, *fates: Fate) -> int:
        """Return how many rows became one of ``fates``."""
        return sum(outcome.fate in fates for outcome in self.outcomes)


def send_out(
    workspace: Workspace, slug: str, lang: Lang | None, into: Format, out: Path | None, *, force: bool = False
) -> Iterator[Exported]:
    """Write a file for each locale of a release, or for ``lang``: to ``out``, or ``SLUG.LANG.docx`` in this folder.

    Raises:
        CatalogError: there is no such catalogue, or it cannot be read.
        UsageError: another file is there, and ``force`` does not say to replace it; or one file for several locales.
        ExchangeError: a file cannot be written.
    """
    terms = glossary.load(workspace.glossary, cache=workspace.index)
    found = list(chosen(workspace, [slug], lang))
    if out is not None and len(found) > 1:
        raise UsageError(_("--out is one file, and the release has several locales"), hint=_("say which with --lang"))
    for __, code, place in found:
        sheet, findings = _sheet_of(workspace, terms, slug, catalog.read(place))
        path = out or Path(f"{slug}.{code}.{into}")
        data = exchange.write(sheet, into)
        if path.is_file() and not force and path.read_bytes() != data:
            hint = _("take it in with: kzpress import, give another name with --out, or write over it with --force")
            raise UsageError(_("{path} exists and is another file", path=path), hint=hint)
        yield Exported(
            slug=slug,
            lang=code,
            path=path,
            sentences=len(sheet.rows),
            approved=sum(row.ready for row in sheet.rows),
            findings=sum(finding.severity is not Severity.ACKNOWLEDGED for finding in findings),
            changed=files.write(path, data, error=ExchangeError),
        )


def _sheet_of(workspace: Workspace, terms: Glossary, slug: str, found: Catalog) -> tuple[Sheet, tuple[Finding, ...]]:
    record = workspace.record(slug)
    source, digest = _source_of(workspace, slug, found)
    findings = findings_of(terms, found, source, record.date if record else None)
    labels = workspace.settings.reviewer or found.lang
    sheet = Sheet(
        slug=slug,
        source_lang=source,
        lang=found.lang,
        source_digest=digest,
        digest=exchange.digest(catalog.render(found)),
        rows=exchange.rows_of(found, _notes(found.entries, findings, labels)),
        title=record.title if record else slug,
        labels=labels,
    )
    return sheet, findings


def _source_of(workspace: Workspace, slug: str, found: Catalog) -> tuple[Lang, str]:
    """Return the language and digest of a catalogue's source, as its header has them."""
    header = dict(found.header)
    named, digest = header.get("X-Source-Language"), header.get("X-Source-Digest", "")
    if named not in set(Lang) - {found.lang} or len(digest) < 16:
        where = str(workspace.catalog(found.lang, slug))
        hint = _("translate the release again: that writes the header anew and changes no translation")
        raise CatalogError(_("its header does not tell the source's language and digest"), where=where, hint=hint)
    return Lang(named), digest


def _notes(entries: Sequence[Entry], findings: Sequence[Finding], lang: Lang) -> Mapping[Key, tuple[str, ...]]:
    """Return for each sentence what a person should read: findings, then the notes that are not about machinery."""
    told: dict[Key, list[str]] = {}
    for finding in findings:
        if finding.severity is not Severity.ACKNOWLEDGED:
            told.setdefault(finding.key, []).append(
                f"{spoken(SEVERITIES[finding.severity], lang)}: {spoken(finding.message, lang)}"
            )
    for entry in entries:
        if entry.state is not State.APPROVED:
            told.setdefault(entry.key, []).extend(note for note in entry.notes if not note.startswith(_OURS))
    return {key: tuple(lines) for key, lines in told.items()}


def take_in(
    workspace: Workspace, path: Path, *, partly: bool = False, by: str | None = None, dry_run: bool = False
) -> Imported:
    """Take a file that came back into the catalogue it belongs to; ``by`` is who did the work, for its header.

    Raises:
        ExchangeError: the file cannot be read, or belongs to another release or, unless ``partly`` allows it, to
            another state of its source; nothing was changed.
        CatalogError: the catalogue cannot be read or written.
    """
    sheet = exchange.read(_bytes(path), str(path), workspace.settings.limits)
    terms = glossary.load(workspace.glossary, cache=workspace.index)
    # Never a path made of what a file says: “../../x” would lead out of the workspace.
    places = {(slug, lang): known for slug, lang, known in workspace.catalogs()}
    place = places.get((sheet.slug, sheet.lang))
    if place is None:
        hint = _("is this the right workspace? `kzpress status` lists its releases")
        raise ExchangeError(
            _("belongs to {slug} ({lang}), which is not here", slug=sheet.slug, lang=sheet.lang),
            where=str(path),
            hint=hint,
        )
    found = catalog.read(place)
    source, digest = _source_of(workspace, sheet.slug, found)
    if source is not sheet.source_lang:
        raise ExchangeError(
            _("was made from {other}, the catalogue from {source}", other=sheet.source_lang, source=source),
            where=str(path),
        )
    merged, outcomes = exchange.merge(found, sheet, path.name)
    foreign = [outcome for outcome in outcomes if outcome.fate in exchange.FOREIGN]
    if foreign and (not partly or len(foreign) == len(outcomes)):
        raise _foreign(path, foreign, outcomes, is_corrected=digest[:16] != sheet.source_digest)
    if by and _said(merged) != _said(found):
        merged = replace(merged, header=_signed(merged, by))
    record = workspace.record(sheet.slug)
    there = {outcome.row.key for outcome in outcomes if outcome.text is not None}
    present = sum(entry.state is not State.OBSOLETE for entry in found.entries)
    return Imported(
        path=path,
        slug=sheet.slug,
        lang=sheet.lang,
        place=place,
        outcomes=outcomes,
        missing=present - len(there),
        is_older=exchange.digest(catalog.render(found))[:16] != sheet.digest,
        changed=merged != found and (dry_run or catalog.write(place, merged, over=found)),
        findings=findings_of(terms, merged, source, record.date if record else None),
    )


def _said(found: Catalog) -> list[tuple[str, State]]:
    return [(entry.text, entry.state) for entry in found.entries]


def _foreign(
    path: Path, foreign: Sequence[Outcome], outcomes: Sequence[Outcome], *, is_corrected: bool
) -> ExchangeError:
    """Return the refusal of a file whose source sentences are not those of the catalogue, with the first of them."""
    first = foreign[0].row
    shown = first.source if len(first.source) <= 60 else first.source[:59] + "…"
    differ = _(
        "{count} of {total} source sentences are not those of the release", count=len(foreign), total=len(outcomes)
    )
    why = _("the release was corrected since the file went out") if is_corrected else _("the column Source was changed")
    if len(foreign) == len(outcomes):
        return ExchangeError(
            _("{differ}: nothing was taken", differ=differ), where=str(path), hint=_("export the release again")
        )
    hint = _("restore the source there, or take only the sentences that are the same with --partly")
    return ExchangeError(
        _("{differ}, first {place} “{shown}”: {why}", differ=differ, place=first.where, shown=shown, why=why),
        where=str(path),
        hint=hint,
    )


def _signed(found: Catalog, by: str) -> tuple[tuple[str, str], ...]:
    """Return the header with who did the work, and that it was now, as a PO editor writes it."""
    now = dt.datetime.now(_ZONE).strftime("%Y-%m-%d %H:%M%z")
    return tuple({**dict(found.header), "Last-Translator": " ".join(by.split()), "PO-Revision-Date": now}.items())


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(_FILE_BYTES + 1)
    except OSError as error:
        raise ExchangeError(
            _("cannot be read ({reason})", reason=reason(error)), where=str(path), hint=_("check the path")
        ) from error
    if len(data) > _FILE_BYTES:
        raise ExchangeError(_("is larger than {size} MB", size=_FILE_BYTES // 1_000_000), where=str(path))
    if not data.strip():
        raise ExchangeError(_("is empty"), where=str(path), hint=_("ask for it again"))
    return data
