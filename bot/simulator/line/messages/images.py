"""The size of a picture, from its first bytes."""

from __future__ import annotations

import struct
from dataclasses import dataclass

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8"
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of a JPEG that tell its size. The three left out are tables."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's kind, as a content type, and its size in pixels."""

    kind: str
    width: int
    height: int


def look(content: bytes) -> Picture | None:
    """Read the kind and size of a PNG or JPEG, or None."""
    try:
        if content.startswith(_PNG):
            return Picture("image/png", *struct.unpack_from(">II", content, 16))
        if content.startswith(_JPEG):
            return _jpeg(content)
    except struct.error:
        # Cut off before its size: as good as no picture.
        return None
    return None


def _jpeg(content: bytes) -> Picture | None:
    position = len(_JPEG)
    while True:
        start, marker, length = struct.unpack_from(">BBH", content, position)
        if start != 0xFF:  # noqa: PLR2004 (the byte before every marker)
            return None
        if marker in _JPEG_FRAMES:
            height, width = struct.unpack_from(">HH", content, position + 5)
            return Picture("image/jpeg", width, height)
        position += 2 + length
