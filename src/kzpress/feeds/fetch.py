"""Fetching a feed: with `kzpress models install` the only place where a network connection is opened.

Nothing but the feed itself is fetched, and that not again while its server says that it is as before.
"""

from __future__ import annotations

import hashlib
import socket
import threading
import time
import urllib.error
import urllib.request
from contextlib import closing, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from kzpress.errors import FeedError
from kzpress.speech import _, reason

SILENCE: Final = 20.0  # seconds without a byte
DEADLINE: Final = 60.0  # seconds for a whole feed: a server that sends a byte now and then holds up no run
SIZE: Final = 10_000_000  # bytes; feeds with whole texts have a twentieth of it
_REDIRECTS: Final = 5
_BLOCK: Final = 1 << 16
_AGENT: Final = "kzpress (feed reader)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A feed as it came; ``data`` is None where it is as it was when it had these marks."""

    data: bytes | None
    etag: str | None = None
    modified: str | None = None


def fetch(
    address: str,
    etag: str | None = None,
    modified: str | None = None,
    *,
    silence: float = SILENCE,
    deadline: float = DEADLINE,
    size: int = SIZE,
) -> Fetched:
    """Fetch the feed at ``address``, unless it is as it was when its server gave it these marks.

    Raises:
        FeedError: it cannot be reached, is too large or too slow.
    """
    marks = {"If-None-Match": etag, "If-Modified-Since": modified}
    headers = {"User-Agent": _AGENT} | {name: mark for name, mark in marks.items() if mark}
    request = urllib.request.Request(address, headers=headers)  # noqa: S310 - only http and https have a handler
    ends = time.monotonic() + deadline
    connections = _Connections()
    bell = threading.Timer(deadline, connections.cut)
    bell.daemon = True
    bell.start()
    try:
        with closing(_opener(connections).open(request, timeout=silence)) as stream:
            data = _read(stream, address, ends, size)
            return Fetched(data=data, etag=stream.headers.get("ETag"), modified=stream.headers.get("Last-Modified"))
    except urllib.error.HTTPError as error:
        error.close()
        if error.code == 304:
            return Fetched(data=None, etag=etag, modified=modified)
        hint = _("open the address in a browser; correct it in kzpress.toml if it moved")
        answer = " ".join(f"{error.code} {error.reason}".split())
        raise FeedError(_("the server answers {answer}", answer=answer), where=address, hint=hint) from error
    except (OSError, HTTPException, ValueError) as error:
        refused = getattr(error, "reason", None) or error
        why = getattr(refused, "strerror", None) or refused
        if time.monotonic() >= ends:
            why = _("more than {seconds} s", seconds=f"{deadline:.0f}")
        hint = _("check the network and the address; the next run tries again")
        raise FeedError(_("cannot be fetched ({reason})", reason=why), where=address, hint=hint) from error
    finally:
        bell.cancel()


def from_file(path: Path, etag: str | None = None, *, size: int = SIZE) -> Fetched:
    """Read a feed from a file, unless its bytes are those that have the mark ``etag``.

    Raises:
        FeedError: it cannot be read, or is too large.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(size + 1)
    except OSError as error:
        hint = _("check the path in kzpress.toml; it is relative to the workspace")
        raise FeedError(_("cannot be read ({reason})", reason=reason(error)), where=str(path), hint=hint) from error
    _bound(data, size, str(path))
    mark = hashlib.sha256(data).hexdigest()
    return Fetched(data=None if mark == etag else data, etag=mark)


def _read(stream: Any, address: str, ends: float, size: int) -> bytes:
    data = bytearray()
    while block := stream.read1(_BLOCK):
        data += block
        _bound(data, size, address)
        if time.monotonic() >= ends:
            break
    if time.monotonic() >= ends:  # what was cut ends as if it were whole
        raise TimeoutError
    if stream.length:  # what Content-Length promised and did not come
        raise ConnectionError("the connection broke off")
    return bytes(data)


def _bound(data: bytes | bytearray, size: int, where: str) -> None:
    if len(data) > size:
        hint = _("ask for a feed of the newest items only")
        raise FeedError(_("larger than {megabytes} MB", megabytes=size // 1_000_000), where=where, hint=hint)


# ------------------------------------------------------------------ connections


class _Connections:
    """The connections that one fetch opened, to be cut when its time is over.

    urllib lets go of a connection's socket once an answer has begun, so the sockets are kept here.
    """

    def __init__(self) -> None:
        self._sockets: list[socket.socket] = []
        self._is_over = False

    def plain(self, *args: Any, **settings: Any) -> HTTPConnection:
        return self._kept(HTTPConnection(*args, **settings))

    def secure(self, *args: Any, **settings: Any) -> HTTPConnection:
        return self._kept(HTTPSConnection(*args, **settings))

    def _kept(self, connection: HTTPConnection) -> HTTPConnection:
        connect = connection.connect

        def noted() -> None:
            connect()
            self._sockets.append(connection.sock)
            if self._is_over:
                raise TimeoutError

        connection.connect = noted  # type: ignore[method-assign]
        return connection

    def cut(self) -> None:
        self._is_over = True
        for each in self._sockets:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


class _Plain(urllib.request.HTTPHandler):
    def __init__(self, connections: _Connections) -> None:
        super().__init__()
        self._connections = connections

    def http_open(self, req: Any) -> Any:
        return self.do_open(self._connections.plain, req)


class _Secure(urllib.request.HTTPSHandler):
    def __init__(self, connections: _Connections) -> None:
        super().__init__()
        self._connections = connections

    def https_open(self, req: Any) -> Any:
        return self.do_open(self._connections.secure, req)


class _SafeRedirects(urllib.request.HTTPRedirectHandler):
    """Follows a few redirects, and none to an address that is less safe; what they say besides is not read."""

    max_redirections = _REDIRECTS

    def redirect_request(  # noqa: PLR0917 - urllib's own signature
        self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> Any:
        fp.close()  # or urllib would read it to its end, if it has one
        if urlsplit(newurl).scheme not in {"https", urlsplit(req.full_url).scheme} & {"https", "http"}:
            raise urllib.error.HTTPError(req.full_url, code, f"and leads to {newurl}, which is less safe", headers, fp)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener(connections: _Connections) -> urllib.request.OpenerDirector:
    """Return an opener that knows http and https and nothing else: no file, ftp or data addresses."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        _Plain(connections),
        _Secure(connections),
        _SafeRedirects(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.UnknownHandler(),
    ):
        opener.add_handler(handler)
    return opener
