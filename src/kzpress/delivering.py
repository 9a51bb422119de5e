"""New items of the configured feeds become files of the inbox; what a feed had before is kept in ``.kzpress/feeds``.

An item's file is on the disk before it counts as had. Where that memory is lost all items come again, and are
recognised as done, since the same item gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from kzpress import feeds, files
from kzpress.errors import FeedError, KzpressError, WorkspaceError, bug
from kzpress.feeds import Fetched, Item
from kzpress.settings import Feed
from kzpress.speech import _, reason
from kzpress.workspace import Workspace

_AT_ONCE = 8  # feeds that are fetched side by side
_REMEMBERED = 5_000  # items of a feed beyond those that it has now


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A feed as it was fetched, or the error that stopped that."""

    feed: Feed
    known: Known
    fetched: Fetched | None = None
    error: FeedError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is remembered of a feed: its server's marks, the digest of each item by identity, its last news.

    ``last`` is the newest item's date, or when it was first seen if it has none; ``address`` whose marks they are.
    """

    address: str = ""
    etag: str | None = None
    modified: str | None = None
    last: dt.datetime | None = None
    quiet: bool = False
    items: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What a feed brought: ``new`` items, of them ``empty`` without text, the others ``written`` to the inbox."""

    feed: Feed
    new: int = 0
    empty: int = 0
    written: tuple[Path, ...] = ()
    last: dt.datetime | None = None
    is_quiet: bool = False
    was_quiet: bool = False
    error: KzpressError | None = None


def fetch_all(workspace: Workspace) -> list[Found]:
    """Fetch the feeds of the settings side by side; one that fails stops no other."""
    configured = workspace.settings.feeds
    if not configured:
        return []
    with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
        return list(pool.map(lambda feed: _fetch(workspace, feed), configured))


def deliver(workspace: Workspace, found: Found, *, now: dt.datetime) -> Delivery:
    """Write what is new of a feed to the inbox, then remember it; the caller holds the workspace's lock."""
    known, feed = found.known, found.feed
    delivery = Delivery(feed=feed, error=found.error)
    try:
        if found.fetched and found.fetched.data is not None:
            delivery, known = _take(workspace, found, found.fetched, now)
        elif found.fetched:
            known = replace(known, last=known.last or now)
        last = known.last
        is_quiet = bool(feed.quiet and last and now - last > feed.quiet)
        known = replace(known, quiet=is_quiet)
        if known != found.known:
            _remember(workspace.feed_state(feed.name), known)
    except KzpressError as error:
        return Delivery(feed=feed, error=error, last=known.last)
    except Exception as error:  # a feed that nobody foresaw must not stop the others at every pass
        return Delivery(feed=feed, error=FeedError(bug(error), where=feed.address), last=known.last)
    return replace(delivery, last=last, is_quiet=is_quiet, was_quiet=found.known.quiet)


def _fetch(workspace: Workspace, feed: Feed) -> Found:
    known = _recall(workspace.feed_state(feed.name))
    if known.address != feed.address:  # the same name for another feed
        known = Known(address=feed.address)
    try:
        if feed.is_file:
            fetched = feeds.from_file(workspace.root / feed.address, known.etag)
        else:
            fetched = feeds.fetch(feed.address, known.etag, known.modified)
    except FeedError as error:
        return Found(feed=feed, known=known, error=error)
    return Found(feed=feed, known=known, fetched=fetched)


def _take(workspace: Workspace, found: Found, fetched: Fetched, now: dt.datetime) -> tuple[Delivery, Known]:
    known, feed = found.known, found.feed
    read = feeds.items(fetched.data or b"", feed.address)
    digests = {item.identity: _digest(item) for item in read}
    new = [item for item in read if known.items.get(item.identity) != digests[item.identity]]
    written = tuple(_put(workspace, feed, item) for item in new if item.page is not None)
    dated = [item.published for item in read if item.published and item.published <= now]
    last = max(dated) if dated else (now if new else known.last)
    before = [(identity, digest) for identity, digest in known.items.items() if identity not in digests]
    known = Known(
        address=feed.address,
        etag=fetched.etag,
        modified=fetched.modified,
        last=last or now,
        items=dict(before[-_REMEMBERED:]) | digests,
    )
    empty = sum(item.page is None for item in new)
    return Delivery(feed=feed, new=len(new), empty=empty, written=written), known


def _put(workspace: Workspace, feed: Feed, item: Item) -> Path:
    """Write an item to the feed's folder in the inbox, through no link that somebody laid there."""
    path = workspace.inbox / feed.name / item.name
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.parent.is_symlink():
            raise WorkspaceError(_("a link, not a folder"), where=str(path.parent), hint=_("remove it"))
        with files.beside(path) as stream:
            stream.write(item.page or b"")
    except OSError as error:
        raise WorkspaceError(
            _("cannot be written: {reason}", reason=reason(error)),
            where=str(path),
            hint=_("check the disk and permissions"),
        ) from error
    return path


def _digest(item: Item) -> str:
    return hashlib.sha256(item.page or b"").hexdigest()


def _remember(path: Path, known: Known) -> None:
    facts = asdict(known) | {"last": known.last.isoformat() if known.last else None}
    files.write(path, json.dumps(facts, ensure_ascii=False, indent=1).encode() + b"\n", error=WorkspaceError)


def _recall(path: Path) -> Known:
    """Return what is remembered of a feed; nothing where there is nothing, or what cannot be read."""
    try:
        facts = json.loads(path.read_bytes())
        last = dt.datetime.fromisoformat(facts["last"]).astimezone(dt.UTC) if facts["last"] else None
        return Known(**facts | {"last": last, "items": dict(facts["items"])})
    except (OSError, ValueError, OverflowError, KeyError, TypeError, RecursionError):
        return Known()
