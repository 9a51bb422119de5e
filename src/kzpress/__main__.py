"""Run kzpress, as a program or as ``python -m kzpress``: what Ctrl-C can meet before there is a command."""

from __future__ import annotations

import sys

INTERRUPTED = 130  # errors.Exit.INTERRUPTED, which is not imported yet


def main() -> None:
    """Run the command line, quietly ended where nothing had begun when it was interrupted."""
    try:
        from kzpress.cli import main as command

        command()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
