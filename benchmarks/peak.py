"""The peak memory of a process by its own account."""

from __future__ import annotations

import resource
import sys
from pathlib import Path


def peak_mb(pid: int | None = None) -> float | None:
    """Return the peak resident memory of process ``pid``, or of this one, in MB (10⁶ bytes); None where it is not told.

    Linux's getrusage would count what the process was before it became this program: a copy of the one that started it.
    """
    status = Path(f"/proc/{pid or 'self'}/status")
    if status.exists():
        line = next(line for line in status.read_text("utf-8").splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024 / 1e6
    if pid:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e6 / 1024)
