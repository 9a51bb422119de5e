"""The public index of Argos packages: with feeds/fetch.py alone in opening connections, and only when asked to install.

Argos Translate names the index (``ARGOS_PACKAGE_INDEX`` another one); its own download has no time-out, no limit and no
end of tries without a network. The index publishes no sums: what is downloaded once is pinned from then on.
"""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from kzpress.domain import Lang
from kzpress.engine.archive import ELSEWHERE, demand_room
from kzpress.engine.packages import age
from kzpress.errors import ModelError
from kzpress.speech import _, reason

TIMEOUT: Final = 30  # seconds without a byte
INDEX_BYTES: Final = 10 * 2**20  # it had 96 packages in 60 kB in 2025
ARCHIVE_BYTES: Final = 4 * 2**30
_BLOCK: Final = 2**18
_OFFLINE: Final = _("check the network, or take an .argosmodel file from another machine: kzpress models install FILE")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A package of the index and where it can be fetched from."""

    version: str
    links: tuple[str, ...]


def offer(source: Lang, target: Lang) -> Offer | None:
    """Return the newest package of the index for a direction, None if it has none.

    Raises:
        ModelError: the index cannot be reached or read.
    """
    address = _address()
    try:
        with closing(_open(address)) as stream:
            found = json.loads(_read(stream, INDEX_BYTES, address))
        offers = [_offer(facts, address) for facts in found if _serves(facts, source, target)]
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise ModelError(
            _("this index cannot be read ({error})", error=str(error)), where=address, hint=_OFFLINE
        ) from error
    return max(offers, key=lambda offer: age(offer.version), default=None)


def download(offered: Offer, path: Path, progress: Callable[[int, int], None] | None = None) -> str:
    """Fetch a package to ``path`` from the first address that gives it; return that address.

    ``progress`` is called with the bytes so far and in all, 0 where that is not known.

    Raises:
        ModelError: no address gives it, it is too large, or the disk is full.
    """
    problem = ModelError(_("the index names no address of it that is safe to fetch"), hint=_OFFLINE)
    for link in offered.links:
        try:
            with closing(_open(link)) as stream:
                _save(stream, path, link, progress)
        except ModelError as error:
            problem = error
        else:
            return link
    raise problem


def _address() -> str:
    from argostranslate import settings  # makes Argos's folders in the user's home

    return str(settings.remote_package_index)


def _serves(facts: Any, source: Lang, target: Lang) -> bool:
    kind = facts.get("type", "translate")
    return (kind, facts.get("from_code"), facts.get("to_code")) == ("translate", source, target)


def _offer(facts: Any, address: str) -> Offer:
    """Return a package of the index, with the addresses that are no less safe than the index's own."""
    links = tuple(str(link) for link in facts.get("links") or () if _is_safe(str(link), address))
    return Offer(version=str(facts.get("package_version", "0")), links=links)


def _is_safe(link: str, address: str) -> bool:
    """Tell whether ``link`` is no less safe than the address that leads to it."""
    return urlsplit(link).scheme in {"https", urlsplit(address).scheme} & {"https", "http"}


class _SafeRedirects(urllib.request.HTTPRedirectHandler):
    """Follows no redirect to an address that is less safe; urllib's own goes from https to http and ftp."""

    def redirect_request(  # noqa: PLR0917 - urllib's own signature
        self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> Any:
        if not _is_safe(newurl, req.full_url):
            leads = _("and leads to {address}, which is less safe", address=newurl)
            raise urllib.error.HTTPError(req.full_url, code, leads, headers, fp)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _open(address: str) -> Any:
    if urlsplit(address).scheme not in {"https", "http"}:
        raise ModelError(_("not an address of the web"), where=address, hint=_("set ARGOS_PACKAGE_INDEX to https://…/"))
    request = urllib.request.Request(address, headers={"User-Agent": "kzpress"})  # noqa: S310 - the scheme is checked
    try:
        return urllib.request.build_opener(_SafeRedirects).open(request, timeout=TIMEOUT)
    except urllib.error.HTTPError as error:
        error.close()
        answer = _("the server answers {code} {reason}", code=error.code, reason=error.msg)
        raise ModelError(answer, where=address, hint=_OFFLINE) from error
    except (OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise ModelError(_("cannot be reached ({error})", error=str(reason)), where=address, hint=_OFFLINE) from error


def _read(stream: Any, size: int, address: str) -> bytes:
    try:
        return bytes(stream.read(size))
    except (OSError, HTTPException) as error:
        raise ModelError(
            _("the connection broke off ({error})", error=str(error)), where=address, hint=_("try again")
        ) from error


def _save(stream: Any, path: Path, link: str, progress: Callable[[int, int], None] | None) -> None:
    said = stream.headers.get("Content-Length") or ""
    whole, done = int(said) if re.fullmatch("[0-9]{1,15}", said) else 0, 0
    try:
        demand_room(path.parent, whole, link)
        with path.open("wb") as target:
            while block := _read(stream, _BLOCK, link):
                done += target.write(block)
                if max(whole, done) > ARCHIVE_BYTES:
                    raise ModelError(_("more bytes than any package has"), where=link, hint=_OFFLINE)
                if progress:
                    progress(done, whole)
    except OSError as error:
        raise ModelError(_("cannot be saved: {reason}", reason=reason(error)), where=link, hint=ELSEWHERE) from error
    if done < whole:
        ended = _("the connection ended after {done:,} of {whole:,} bytes", done=done, whole=whole)
        raise ModelError(ended, where=link, hint=_("try again"))
