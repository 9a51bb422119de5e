"""What a reviewer looks at: one page a locale of a release, source and translation side by side, with what is known.

A page is one file that works without network and without its script: nothing is loaded from elsewhere, and the page's
own policy forbids it. The same catalogue and glossary make the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kzpress import files, glossary
from kzpress.domain import Lang, Severity, State
from kzpress.errors import KzpressError, UsageError, WorkspaceError
from kzpress.glossary import Glossary
from kzpress.languages import NAMES
from kzpress.page import Section, blocks, rows
from kzpress.progress import Order, Progressed, progress
from kzpress.reviewing import SEVERITIES, STATES, Opened, chosen, worst_first
from kzpress.speech import _, counted, language, reason, spoken, told
from kzpress.workspace import Record, Workspace

if TYPE_CHECKING:
    from jinja2 import Environment

_DATA: Final = Path(__file__).parent / "data" / "preview"
_GENERATOR: Final = '<meta name="generator" content="kzpress preview">'


@dataclass(frozen=True, slots=True, kw_only=True)
class Previewed:
    """The page of one locale of one release, or the error that its catalogue cannot be read."""

    slug: str
    lang: Lang
    path: Path
    changed: bool = False
    error: KzpressError | None = None


def preview(
    workspace: Workspace,
    slugs: Sequence[str],
    lang: Lang | None = None,
    *,
    order: Order = Order.SOURCE,
    out: Path | None = None,
) -> Iterator[Previewed]:
    """Write the page of each catalogue, into the workspace or, of a single one, to ``out``.

    Raises:
        CatalogError: a slug has no catalogue.
        GlossaryError: the glossary is not valid.
        UsageError: ``out`` cannot be meant.
        WorkspaceError: a page cannot be written.
    """
    wanted = chosen(workspace, slugs, lang)
    if out is not None:
        _check_out(out, [code for __, code, ___ in wanted])
    terms = glossary.load(workspace.glossary, cache=workspace.index)
    for slug, code, path in wanted:
        line = progress(workspace, terms, slug, code, path)
        if line.opened is None:
            yield Previewed(slug=slug, lang=code, path=path, error=line.error)
            continue
        page = render(terms, line, line.opened, workspace.record(slug), order=order, place=workspace.relative(path))
        place = out or workspace.root / ".kzpress" / "preview" / f"{slug}.{code}.html"
        changed = files.write(place, page.encode(), error=WorkspaceError)
        yield Previewed(slug=slug, lang=code, path=place, changed=changed)


def _check_out(out: Path, langs: Sequence[Lang]) -> None:
    if len(langs) > 1:
        hint = _("--lang {lang}, or leave --out away: each page has its own name then", lang=langs[0])
        raise UsageError(_("{out} is one file for {count} pages", out=out, count=len(langs)), hint=hint)
    if out.suffix.lower() not in {".html", ".htm"}:
        raise UsageError(_("{out} does not end in .html", out=out), hint=_("give a name such as review.html"))
    try:
        is_other = out.exists() and _GENERATOR not in out.read_text("utf-8", "replace")[:1000]
    except OSError as error:
        raise UsageError(
            _("{out} cannot be written over ({reason})", out=out, reason=reason(error)), hint=_("give another name")
        ) from error
    if is_other:
        raise UsageError(
            _("{out} exists and is no page of this command", out=out), hint=_("give another name, or remove it")
        )


def render(terms: Glossary, line: Progressed, found: Opened, record: Record | None, *, order: Order, place: str) -> str:
    """Return the page of one catalogue, which is shown to people as ``place``."""
    sentences = rows(terms, found, line.findings)
    by_key = {entry.key: row for entry, row in zip(found.entries, sentences, strict=True)}
    worst = tuple(by_key[entry.key] for entry in worst_first(found.entries, line.findings))
    style, script = ((_DATA / name).read_text("utf-8").strip() for name in ("style.css", "keys.js"))
    origins = Counter(row.origin for row in sentences if row.origin and row.state is State.DRAFT)
    origin = origins.most_common(1)[0][0] if origins else ""
    severities = [finding.severity for finding in line.findings]
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            generator=_GENERATOR,
            style=style,
            script=script,
            digests=[_digest(style), _digest(script)],
            place=place,
            line=line,
            record=record,
            source=found.source,
            origin=origin,
            language=language(),
            names={lang: _headed(spoken(name)) for lang, name in NAMES.items()},
            states=STATES,
            severities=SEVERITIES,
            counts={severity: severities.count(severity) for severity in Severity},
            worst=[row for row in worst if any(not shown.is_weighed for shown in row.findings)],
            sections=[Section(label=_("Worst first"), rows=worst)] if order is Order.RISK else list(blocks(sentences)),
            order=order,
            obsolete=[entry for entry in found.catalog.entries if entry.state is State.OBSOLETE],
        )
    )


def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_DATA),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"_": told, "n_": counted}
    environment.filters["spoken"] = spoken
    return environment


def _headed(name: str) -> str:
    return name[:1].upper() + name[1:]


def _digest(text: str) -> str:
    """Return the digest of an inline style or script by which the page's policy admits it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
