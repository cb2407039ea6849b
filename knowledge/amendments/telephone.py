"""Telephone numbers of Japan as people type them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

import phonenumbers
from phonenumbers import PhoneNumberType

from knowledge.files import PHONE

_DASHES = re.compile(r"[-‐‑‒–—―−ーｰ－()\s]+")
"""Dashes, brackets and blanks that people write between groups of digits."""

_ELEVEN_DIGITS = re.compile(r"0[25-9]0|0800")
"""Beginnings of numbers with eleven digits, as of mobile, IP and 0800 numbers."""

_IN_TEXT = re.compile(r"(?<!\d)0\d{1,4}-\d{1,4}-\d{3,4}(?!\d)|(?<!\d)0\d{9,10}(?!\d)")
"""A whole telephone number, in groups or as ten or eleven digits."""

_MISLEADING: Mapping[int, str] = {
    PhoneNumberType.PREMIUM_RATE: ("0990で始まる番号（情報料のかかる番号）は、案内できません。"),
    PhoneNumberType.MOBILE: (
        "携帯電話の番号（060・070・080・090）は、案内できません。窓口の固定電話を書いてください。"
    ),
    PhoneNumberType.PAGER: "020で始まる番号は、電話の窓口に使われません。",
}
_NOT_IN_USE = (
    "使われていない番号帯か、桁の合わない番号です。書きまちがいがないか、確かめてください。"
)

_OFFICES = frozenset(
    {
        PhoneNumberType.FIXED_LINE,
        PhoneNumberType.FIXED_LINE_OR_MOBILE,
        PhoneNumberType.TOLL_FREE,
        PhoneNumberType.UAN,
        PhoneNumberType.VOIP,
    }
)
"""Kinds of numbers of offices, fixed, 0120 and 0800, 0570, 050."""


def normal(text: str) -> str:
    """Write a number in one width with hyphens, as （０７８）３０３−５８５６ → 078-303-5856."""
    return _DASHES.sub("-", unicodedata.normalize("NFKC", text)).strip("-")


def digits(number: str) -> str:
    """Take the digits alone, for comparing."""
    return "".join(filter(str.isdecimal, unicodedata.normalize("NFKC", number)))


def is_number(text: str) -> bool:
    """Tell whether a text is a telephone number with hyphens and enough digits.

    Ten digits; eleven for mobile, IP and 0800 numbers. Source: 総務省, 電気通信番号計画 (Ministry of Internal
    Affairs and Communications, telecommunications numbering plan).
    """
    length = 11 if _ELEVEN_DIGITS.match(digits(text)) else 10
    return text.isascii() and PHONE.holds(text) and len(digits(text)) == length


def is_in(text: str) -> bool:
    """Tell whether a text names a telephone number."""
    return bool(_IN_TEXT.search(_DASHES.sub("-", unicodedata.normalize("NFKC", text))))


def numbers_in(text: str) -> tuple[str, ...]:
    """Find the telephone numbers in a text, with plain hyphens or none."""
    return tuple(_IN_TEXT.findall(_DASHES.sub("-", unicodedata.normalize("NFKC", text))))


def why_not(number: str) -> str:
    """Say why an owner may not be sent to this number, or return "".

    Numbers in use and their kinds come from libphonenumber, which follows 総務省's numbering plan.
    """
    try:
        read = phonenumbers.parse(digits(number), "JP")
    except phonenumbers.NumberParseException:
        return _NOT_IN_USE
    if not digits(number).startswith("0") or not phonenumbers.is_valid_number(read):
        return _NOT_IN_USE
    kind = phonenumbers.number_type(read)
    return "" if kind in _OFFICES else _MISLEADING.get(kind, _NOT_IN_USE)
