"""Double a checkpoint's width without changing what it computes, so that a small model's training is not lost.

    python training/widen.py small.pt wide.pt

Every feature is written twice, every matrix that reads doubled features is halved, heads are repeated at their own
size (Chen et al. 2016, Net2Net). Layer norms see the same mean and variance. A little noise, which cancels over the
two halves, lets the copies part ways.
"""

from __future__ import annotations

import argparse
import math
from pathlib import Path
from typing import Final

import torch
from torch import Tensor

from model import read_checkpoint

NOISE: Final = 0.5  # standard deviations of the matrix it is added to


def doubled(name: str, w: Tensor) -> Tensor:
    """Return the parameter ``name`` of the wide model from ``w`` of the small one."""
    if name == "bias":
        return w
    if name == "emb.weight":
        # The model multiplies by sqrt(d) on the way in; the final norm's gain is scaled down as much for the way out.
        return torch.cat([w, w], 1) / math.sqrt(2)
    if name in ("dn.weight", "dn.bias"):
        return torch.cat([w, w]) / math.sqrt(2)
    if ".kv." in name:
        k, v = w.chunk(2)
        return torch.cat([widened(k), widened(k), widened(v), widened(v)])
    return torch.cat([widened(w), widened(w)])


def widened(w: Tensor) -> Tensor:
    """Double the columns of a matrix at half their weight, with noise that cancels over the two halves."""
    if w.ndim == 1:
        return w
    noise = torch.randn_like(w) * w.std() * NOISE
    return torch.cat([w / 2 + noise, w / 2 - noise], 1)


def main() -> None:
    """Read, double, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("small", type=Path)
    parser.add_argument("wide", type=Path)
    args = parser.parse_args()
    torch.manual_seed(0)
    saved = read_checkpoint(args.small)
    model = {name: doubled(name, w.float()) for name, w in saved["model"].items()}
    config = saved["config"]
    wide = config | {name: 2 * config[name] for name in ("d", "f", "h")}
    torch.save({"model": model, "config": wide, "step": 0}, args.wide)


if __name__ == "__main__":
    main()
