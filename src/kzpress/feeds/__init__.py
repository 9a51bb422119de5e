"""Feeds of others, RSS and Atom: fetched politely and within bounds, their items as pages for the inbox."""

from __future__ import annotations

from kzpress.feeds.fetch import Fetched, fetch, from_file
from kzpress.feeds.items import Item, items

__all__ = ["Fetched", "Item", "fetch", "from_file", "items"]
