"""XML that came from outside: parsed without entities, network and document types."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kzpress.errors import ExchangeError

if TYPE_CHECKING:
    from lxml.etree import _Element

_DECLARES: Final = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def parse(data: bytes, where: str) -> _Element:
    """Return the root of an XML document.

    Raises:
        ExchangeError: it is damaged, or declares a document type.
    """
    from lxml import etree

    if _DECLARES.search(data.replace(b"\0", b"")):  # the zeros of UTF-16
        hint = "no program writes such a file: do not open it, ask the sender"
        raise ExchangeError("declares a document type", where=where, hint=hint)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        place = f"{where}:{error.lineno}" if error.lineno else where
        raise ExchangeError(f"is damaged: {error.msg}", where=place, hint="export it again") from error


def local(element: _Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]
