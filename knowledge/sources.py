"""Hold the sources of facts from sources.json, and say their dates."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from knowledge.files import (
    AS_OF,
    GRADE,
    NOTE,
    TEXT,
    KnowledgeError,
    Reader,
    Shape,
    faults,
    matching,
    read_json,
)

FILE = "sources.json"
LEAFLET = "leaflet"
"""The id of the 2015 leaflet, which has no address of its own."""

_ID = matching(r"S\d{2,4}|leaflet", "S and two to four digits, or leaflet")
_SHAPE: Shape = {"url": NOTE, "date": AS_OF, "what": TEXT, "grade": GRADE}
_DATE = re.compile(r"(?<!\d)(\d{4})(?:-(\d\d)(?!\d))?(?:-(\d\d)(?!\d))?(?!\d|年|-\d)")
"""A year, perhaps with month and day, that is not in Japanese yet."""


@dataclass(frozen=True, slots=True)
class Source:
    """One page or paper that was read.

    `url` is empty for the leaflet. `date` is the page's own date, or 日付なし with what could be
    told of its age. `grade` is ``primary`` for public bodies and ``secondary`` for anyone else.
    """

    id: str
    url: str
    date: str
    what: str
    grade: str


@cache
def load() -> Mapping[str, Source]:
    """Return every source by its id. Raises KnowledgeError naming all faults of the file."""
    found = problems()
    if found:
        raise KnowledgeError(found)
    return read(read_json)


def read(reader: Reader) -> Mapping[str, Source]:
    """Return every source of a file that has no faults."""
    content = reader(FILE)
    return MappingProxyType({key: Source(id=key, **row) for key, row in content.items()})


def problems(read: Reader = read_json) -> list[str]:
    """Return a sentence for every fault of sources.json."""
    content = read(FILE)
    if not isinstance(content, dict):
        return [f"{FILE}: expected an object with one source per id."]
    found = [
        f"{FILE}: {key} is not an id; expected {_ID.expected}."
        for key in content
        if not _ID.holds(key)
    ]
    for key, row in content.items():
        found += faults(f"{FILE}: {key}", row, _SHAPE)
    return found


def in_words(text: str) -> str:
    """Say the dates in `text` in Japanese, as 2022-04-04 → 2022年4月4日.

    What stands in brackets follows a comma. A date is often said in brackets itself. Of a source
    without a date that is all that is said of its age.
    """
    undated = _UNDATED.fullmatch(text)
    known = undated[1] if undated else text
    return _DATE.sub(_say_date, known).replace("(", "、").replace(")", "")


def is_undated(text: str) -> bool:
    """Tell whether a source bears no date, whatever else is known of its age."""
    return _UNDATED.fullmatch(text) is not None


_UNDATED = re.compile(r"日付なし\((.+)\)")


def _say_date(match: re.Match[str]) -> str:
    year, month, day = match.groups()
    return f"{year}年" + (f"{int(month)}月" if month else "") + (f"{int(day)}日" if day else "")
