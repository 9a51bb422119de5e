"""The bar of a long work on a terminal, with the time left."""

from __future__ import annotations

import datetime as dt
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from kzpress.estimating import Pace
from kzpress.speech import _, spoken


@contextmanager
def progress_bar(label: str = _("translating")) -> Iterator[Callable[[int, int], None] | None]:
    """Show a bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    pace = Pace()
    with click.progressbar(
        length=1, label=spoken(label), file=sys.stderr, show_eta=False, item_show_func=_clock
    ) as bar:  # click's own estimate counts the loading of models as a part of the pace

        def tell(done: int, total: int) -> None:
            left = pace.left(time.monotonic(), done, total)
            bar.pos, bar.length, bar.current_item = done, total, None if left is None else round(left)
            bar.render_progress()

        yield tell
        bar.finish()
        bar.render_progress()


def make_room(progress: Callable[[int, int], None] | None) -> None:
    """Take the bar from the terminal's line, if there is one, for an answer; it is drawn again below that."""
    if progress and sys.stdout.isatty():
        click.echo("\r\033[K", nl=False, err=True)


def _clock(seconds: int | None) -> str | None:
    return None if seconds is None else str(dt.timedelta(seconds=seconds))
