"""The smallest package that can be loaded: a Transformer of width 4 that knows the letter a, and says nothing."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from ctranslate2.specs import common_spec, transformer_spec

WIDTH: Final = 4
PIECES: Final = ("<unk>", "<s>", "</s>", "a", "▁")


def sentencepiece() -> bytes:
    """Return a SentencePiece model of PIECES; a piece is its text (field 1), score (2) and type (3)."""
    kinds = {"<unk>": 2, "<s>": 3, "</s>": 3}
    found = b""
    for piece in PIECES:
        text = piece.encode()
        entry = b"\x0a" + bytes([len(text)]) + text + b"\x15\x00\x00\x00\x00\x18" + bytes([kinds.get(piece, 1)])
        found += b"\x0a" + bytes([len(entry)]) + entry
    return found


@cache
def model() -> dict[str, bytes]:
    """Return the files of a CTranslate2 model whose weights are zeros, by name; bytes after them are not read."""
    spec = transformer_spec.TransformerSpec.from_config((1, 1), 1, pre_norm=True)
    table = np.zeros((len(PIECES), WIDTH), np.float32)
    spec.encoder.embeddings[0].weight = spec.decoder.embeddings.weight = spec.decoder.projection.weight = table
    spec.decoder.projection.bias = np.zeros(len(PIECES), np.float32)
    for side in (spec.encoder, spec.decoder):
        side.scale_embeddings = True
        side.position_encodings.encodings = np.zeros((8, WIDTH), np.float32)
        _fill(side.layer_norm)
        for layer in side.layer:
            _fill(layer.self_attention, 3, 1)
            _fill(layer.ffn)
    for layer in spec.decoder.layer:
        _fill(layer.attention, 1, 2, 1)
    spec.register_source_vocabulary(list(PIECES))
    spec.register_target_vocabulary(list(PIECES))
    spec.validate()
    with tempfile.TemporaryDirectory() as folder:
        spec.save(folder)
        return {path.name: path.read_bytes() for path in Path(folder).iterdir()}


def _fill(part: Any, *heights: int) -> None:
    """Fill a norm, or a feed-forward part or attention with its norm; ``heights`` of attention's products in widths."""
    if isinstance(part, common_spec.LayerNormSpec):
        part.gamma, part.beta = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)
        return
    _fill(part.layer_norm)
    products = list(zip(part.linear, heights, strict=True)) if heights else [(part.linear_0, 1), (part.linear_1, 1)]
    for product, height in products:
        product.weight = np.zeros((height * WIDTH, WIDTH), np.float32)
        product.bias = np.zeros(height * WIDTH, np.float32)
