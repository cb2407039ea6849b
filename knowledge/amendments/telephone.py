"""Telephone numbers of Japan as people type them."""

from __future__ import annotations

import re
import unicodedata

from knowledge.files import PHONE

_DASHES = re.compile(r"[-‐‑‒–—―−ーｰ－()\s]+")
_ELEVEN_DIGITS = re.compile(r"0[5-9]0|0800")
_IN_TEXT = re.compile(r"(?<!\d)0\d{1,4}-\d{1,4}-\d{3,4}(?!\d)|(?<!\d)0\d{9,10}(?!\d)")


def normal(text: str) -> str:
    """The number in one width with plain hyphens: （０７８）３０３−５８５６ → 078-303-5856."""
    return _DASHES.sub("-", unicodedata.normalize("NFKC", text)).strip("-")


def digits(number: str) -> str:
    """The digits alone, for comparing."""
    return "".join(filter(str.isdecimal, unicodedata.normalize("NFKC", number)))


def is_number(text: str) -> bool:
    """Whether it is a telephone number with hyphens and as many digits as its kind has.

    Ten digits; eleven for mobile, IP and 0800 numbers. Source: 総務省, 電気通信番号計画
    (Ministry of Internal Affairs and Communications, telecommunications numbering plan).
    """
    length = 11 if _ELEVEN_DIGITS.match(digits(text)) else 10
    return text.isascii() and PHONE.holds(text) and len(digits(text)) == length


def is_in(text: str) -> bool:
    """Whether a text names a telephone number."""
    return bool(_IN_TEXT.search(_DASHES.sub("-", unicodedata.normalize("NFKC", text))))
