"""SentencePiece models as bytes: a token of the vocabulary is declared to be no text.

Stock Argos Translate decodes a paragraph's sentences together and takes the target prefix away at its beginning only,
after turning each ``_`` into a space; what SentencePiece holds for a control sign it writes nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kzpress.speech import _

# sentencepiece_model.proto: ModelProto has pieces = 1, a SentencePiece has piece = 1, score = 2 (float), type = 3.
_PIECES: Final = 0x0A
_CONTROL: Final = b"\x15\x00\x00\x00\x00\x18\x03"  # score 0, type CONTROL


def as_control(model: bytes, token: str) -> bytes:
    """Return ``model`` with ``token`` as a control sign: one of its pieces becomes that, or it is added behind them.

    Raises:
        ValueError: ``model`` is no SentencePiece model.
    """
    name = b"\x0a" + _varint(len(token.encode())) + token.encode()
    control = name + _CONTROL
    entry = bytes([_PIECES]) + _varint(len(control)) + control
    parts = [entry if tag == _PIECES and body.startswith(name) else whole for tag, body, whole in _fields(model)]
    return b"".join(parts if entry in parts else [*parts, entry])


def _fields(message: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield the tag, the contents and all bytes of each field of a message that has fields with a length only."""
    at = 0
    while at < len(message):
        tag, begin = _number(message, at)
        length, begin = _number(message, begin)
        if tag & 7 != 2 or begin + length > len(message):
            raise ValueError(_("not a SentencePiece model"))
        yield tag, message[begin : begin + length], message[at : begin + length]
        at = begin + length


def _number(message: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    for end in range(at, min(at + 10, len(message))):
        value |= (message[end] & 0x7F) << shift
        shift += 7
        if message[end] < 0x80:
            return value, end + 1
    raise ValueError(_("not a SentencePiece model"))


def _varint(value: int) -> bytes:
    found = bytearray()
    while value > 0x7F:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*found, value])
