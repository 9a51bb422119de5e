"""Run kzpress as ``python -m kzpress``."""

from kzpress.cli import main

main()
