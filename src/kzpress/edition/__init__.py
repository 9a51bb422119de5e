"""Editions: a finished text of a release becomes pages, documents, wire items and feeds, the same bytes every time."""

from kzpress.edition.article import Article, Paragraph, arrange, strange_characters
from kzpress.edition.feeds import feed, id_of, sitemap
from kzpress.edition.ledger import Ledger, Publication, amend, read, write
from kzpress.edition.render import Renderer
from kzpress.edition.site import LATIN, Edition, Site, editions_of

__all__ = [
    "LATIN",
    "Article",
    "Edition",
    "Ledger",
    "Paragraph",
    "Publication",
    "Renderer",
    "Site",
    "amend",
    "arrange",
    "editions_of",
    "feed",
    "id_of",
    "read",
    "sitemap",
    "strange_characters",
    "write",
]
