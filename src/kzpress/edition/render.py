"""One edition as its files: pages and plain texts from templates, which a workspace may replace; alone knows Jinja2.

A template that cannot be used is told with its file and line. Everything is escaped in ``.html``; a template is given
what ``_facts`` lists and nothing else, and a name that is not among it is an error.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kzpress.domain import BlockKind
from kzpress.edition.feeds import alternates
from kzpress.edition.site import Edition, Site
from kzpress.edition.wire import correction, news_article, ninjs
from kzpress.edition.word import document
from kzpress.edition.words import words_of
from kzpress.errors import WorkspaceError
from kzpress.speech import _

if TYPE_CHECKING:
    from types import TracebackType

    from jinja2.sandbox import SandboxedEnvironment

TEMPLATES: Final = Path(__file__).parent.parent / "data" / "templates"
PAGE: Final = "edition.html"
PLAIN: Final = "edition.txt"
DOCUMENT: Final = "edition.docx"


@dataclass(frozen=True)
class Renderer:
    """Makes the files of editions on one site; ``own`` is the folder of the workspace's templates."""

    site: Site
    own: Path

    def files(self, edition: Edition) -> dict[str, bytes]:
        """Return the edition's files by the ends of their names.

        Raises:
            WorkspaceError: a template of the workspace cannot be used.
        """
        facts = _facts(edition, self.site)
        base = self.own / DOCUMENT
        return {
            "html": self._rendered(PAGE, facts),
            "txt": self._rendered(PLAIN, facts),
            "json": ninjs(edition, self.site),
            "docx": document(edition, self.site, base if base.is_file() else None),
        }

    @cached_property
    def _environment(self) -> SandboxedEnvironment:
        from jinja2 import FileSystemLoader, StrictUndefined
        from jinja2.sandbox import SandboxedEnvironment

        environment = SandboxedEnvironment(
            loader=FileSystemLoader([self.own, TEMPLATES]),
            autoescape=lambda name: name is None or not name.endswith(".txt"),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "indent": 2}
        return environment

    def _rendered(self, name: str, facts: dict[str, Any]) -> bytes:
        try:
            return self._environment.get_template(name).render(facts).encode()
        except Exception as error:  # a template may raise anything: 1 // 0, a call of what is no function
            reason = f"{type(error).__name__}: {error}"
            message = _("the template cannot be used ({reason})", reason=reason)
            ours = TEMPLATES / name
            hint = _("correct it, or remove it to use the one that comes with kzpress: {path}", path=ours)
            raise WorkspaceError(message, where=self._place(name, error), hint=hint) from error

    def _place(self, name: str, error: Exception) -> str:
        """Return the file and line of a template that ``error`` is from."""
        own = self.own / name
        known = str(own if own.is_file() else TEMPLATES / name)
        if (line := getattr(error, "lineno", None)) is not None:
            return f"{getattr(error, 'filename', None) or known}:{line}"
        return _innermost(error.__traceback__, {str(self.own), str(TEMPLATES)}) or known


def _innermost(trace: TracebackType | None, folders: set[str]) -> str | None:
    """Return the last line of a template that ``trace`` went through: Jinja2 gives templates frames of their own."""
    place = None
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if str(Path(file).parent) in folders:
            place = f"{file}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


def _facts(edition: Edition, site: Site) -> dict[str, Any]:
    """Return what a template is given: texts and addresses, by names that do not change."""
    page, article = f"{edition.slug}.html", edition.article
    online = edition.withdrawn is None
    return {
        "lang": edition.tag,
        "title": article.title,
        "summary": article.summary,
        "organisation": site.name(edition.lang, latin=edition.latin),
        "site": site.url,
        "day": edition.day.isoformat(),
        "day_in_words": edition.in_words(edition.day),
        "groups": _groups(edition),
        "notes": [part.text for part in article.paragraphs if part.kind is BlockKind.NOTE],
        "correction": correction(edition),
        "withdrawn": not online,
        "words": edition.words,
        "canonical": site.address(edition.tag, page),
        "feed": site.address(edition.tag, "feed.atom"),
        "alternates": [{"hreflang": hreflang, "href": site.address(tag, page)} for hreflang, tag in alternates(edition)]
        if online
        else [],
        "others": [
            {"lang": tag, "name": _name_of(tag), "href": site.address(tag, page)}
            for tag in edition.online
            if tag != edition.tag and online
        ],
        "documents": [
            {"name": edition.words.document, "href": site.address(edition.tag, f"{edition.slug}.docx"), "type": _DOCX},
            {"name": edition.words.plain, "href": site.address(edition.tag, f"{edition.slug}.txt"), "type": _TXT},
        ],
        "news_article": news_article(edition, site) if online else None,
    }


_DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TXT: Final = "text/plain"


def _groups(edition: Edition) -> list[dict[str, Any]]:
    """Return the paragraphs before the notes; cells of a table that follow one another are one group."""
    groups: list[dict[str, Any]] = []
    for part in edition.article.paragraphs:
        if part.kind is BlockKind.NOTE:
            continue
        if part.kind is BlockKind.TABLE and groups and groups[-1]["kind"] == part.kind:
            groups[-1]["texts"].append(part.text)
        else:
            groups.append({"kind": str(part.kind), "dateline": part.dateline, "texts": [part.text]})
    return groups


def _name_of(tag: str) -> str:
    from kzpress.domain import Lang

    code, _, script = tag.partition("-")
    return words_of(Lang(code), latin=bool(script)).language
