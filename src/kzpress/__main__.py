"""Run kzpress, as a program or as ``python -m kzpress``: what Ctrl-C can meet before and after the command."""

from __future__ import annotations

import signal
import sys


def main() -> None:
    """Run the command line. Before it has begun and after it is done, Ctrl-C ends the process at once, without words.

    There Python's own handler would show a traceback, or lose the interrupt inside an import.
    """
    heard = signal.getsignal(signal.SIGINT) is signal.default_int_handler  # not in a shell's background job
    if heard:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from kzpress.cli import main as command
    from kzpress.errors import Exit

    try:
        if heard:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        command()
    except KeyboardInterrupt:
        sys.exit(Exit.INTERRUPTED)
    finally:
        if heard:
            signal.signal(signal.SIGINT, signal.SIG_DFL)


if __name__ == "__main__":
    main()
