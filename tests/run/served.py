"""A real server of feeds for tests, and the feeds it serves: written for this, in the register of releases."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

VISIT = "The Minister of Transport received the Ambassador of Finland in Astana. The sides discussed new railways."
PORT = "The delegation visited the port of Aktau and the new terminal. Three agreements were signed after the talks."


def rss(*items: str, title: str = "News") -> bytes:
    body = "".join(items)
    head = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content='
    return f'{head}"http://purl.org/rss/1.0/modules/content/"><channel><title>{title}</title>{body}</channel></rss>'.encode()


def item(title: str, text: str, *, guid: str | None = None, link: str | None = None, date: str | None = None) -> str:
    fields = {"guid": guid, "link": link, "pubDate": date}
    said = "".join(f"<{name}>{value}</{name}>" for name, value in fields.items() if value)
    whole = f"<content:encoded><![CDATA[<p>{text}</p>]]></content:encoded>"
    return f"<item><title>{title}</title>{said}<description>teaser</description>{whole}</item>"


@dataclass
class Server:
    """What is served at ``/feed``; ``asked`` has the headers of every request, ``whole`` counts bodies sent to the end.

    ``dribble`` is sent instead of an answer, slowly.
    """

    address: str
    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    pause: float = 0.0  # seconds between bytes
    dribble: bytes = b""
    whole: int = 0


@contextmanager
def served(body: bytes = b"") -> Iterator[Server]:
    """Serve ``body`` on this machine until the block ends."""
    found: Server

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append(dict(self.headers))
            if found.dribble:
                self.trickle(found.dribble, 0.01)
                return
            tag = found.headers.get("ETag")
            same = tag is not None and self.headers.get("If-None-Match") == tag
            self.send_response(304 if same else found.status)
            for name, value in found.headers.items():
                self.send_header(name, value)
            self.end_headers()
            if same:
                return
            if found.pause:
                self.trickle(found.body, found.pause)
                return
            with suppress(OSError):
                self.wfile.write(found.body)
                found.whole += 1

        def trickle(self, data: bytes, pause: float) -> None:
            with suppress(OSError):
                for byte in data:
                    self.wfile.write(bytes([byte]))
                    time.sleep(pause)

        def log_message(self, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        found = Server(f"http://127.0.0.1:{server.server_port}/feed", body)
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield found
        finally:
            server.shutdown()
