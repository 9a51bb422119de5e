"""Editions as Word documents: paragraphs with styles, nothing formatted by hand; alone in the stage imports docx."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any, Final

from kzpress.domain import BlockKind
from kzpress.edition.wire import correction
from kzpress.edition.words import WORD_LANGUAGES
from kzpress.errors import WorkspaceError
from kzpress.office import settled
from kzpress.speech import _

if TYPE_CHECKING:
    from pathlib import Path

    from kzpress.edition.site import Edition, Site

# The names of Word's own styles, the same in a document of any language.
_STYLES: Final = {BlockKind.QUOTE: "Quote", BlockKind.TABLE: "List Paragraph"}
_NEEDED: Final = ("Title", "Subtitle", "Heading 1", "Quote", "List Paragraph", "Normal")


def document(edition: Edition, site: Site, base: Path | None = None) -> bytes:
    """Return the edition as a .docx; ``base`` is a document whose styles and margins are taken.

    Raises:
        WorkspaceError: ``base`` is no Word document, or lacks a style.
    """
    made = _opened(base)
    style, article = _styles(made, base), edition.article
    made.add_paragraph(article.title, style["Title"])
    if edition.withdrawn is None:
        made.add_paragraph(edition.in_words(edition.day), style["Subtitle"])
    if note := correction(edition):
        made.add_paragraph(note, style["Normal"])
    in_notes = False
    for part in article.paragraphs:
        if part.kind is BlockKind.NOTE and not in_notes:
            made.add_paragraph(edition.words.notes, style["Heading 1"])
            in_notes = True
        text = f"{part.dateline} {part.text}".strip()
        made.add_paragraph(text, style[_STYLES.get(part.kind, "Normal")])
    _describe(made, edition, site)
    kept = io.BytesIO()
    made.save(kept)
    return settled(kept.getvalue())


def _opened(base: Path | None) -> Any:
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import XMLSyntaxError

    if base is None:
        made = Document()
    else:
        try:
            made = Document(str(base))
        except (PackageNotFoundError, XMLSyntaxError, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
            hint = _("save it from Word as .docx, or remove it")
            message = _("not a Word document ({error})", error=str(error))
            raise WorkspaceError(message, where=str(base), hint=hint) from error
    body = made.element.body
    for child in list(body):  # what a template shows as a sample; the section's margins stay
        if not child.tag.endswith("}sectPr"):
            body.remove(child)
    for name, rel in list(made.part.package.rels.items()):  # a picture of the template's first page
        if rel.reltype.endswith("/thumbnail"):
            made.part.package.rels.pop(name)
    return made


def _styles(made: Any, base: Path | None) -> dict[str, Any]:
    styles = {style.name: style for style in made.styles if style.name in _NEEDED}
    for name in _NEEDED:
        if name not in styles:
            message = _("it has no style “{name}”", name=name)
            raise WorkspaceError(message, where=str(base), hint=_("add the style in Word, and save"))
    return styles


def _describe(made: Any, edition: Edition, site: Site) -> None:
    """Set the core properties, and the language by which Word spells the text."""
    from docx.oxml.ns import qn

    name = site.name(edition.lang, latin=edition.latin)
    about = made.core_properties
    about.title, about.author, about.last_modified_by = edition.article.title[:255], name[:255], name[:255]
    about.language, about.identifier = edition.tag, edition.id[:255]
    about.created = edition.first.replace(tzinfo=None)
    about.modified = edition.updated.replace(tzinfo=None)
    about.revision, about.comments, about.keywords, about.subject, about.category = 1, "", "", "", ""
    for defaults in made.styles.element.iter(qn("w:rPrDefault")):
        for lang in defaults.iter(qn("w:lang")):
            lang.set(qn("w:val"), WORD_LANGUAGES[edition.tag])
