"""Hold the national helplines and information lines of helplines.json.

A wrong digit here may cost a life: one public page prints one. A test writes every digit out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from knowledge.files import (
    AS_OF,
    DAY,
    FLAG,
    GRADE,
    NOTE,
    OBJECT,
    TEXT,
    WEBSITE,
    FieldKind,
    KnowledgeError,
    Reader,
    Shape,
    faults,
    list_of,
    matching,
    one_of,
    read_json,
    rows,
    source_in,
)

FILE = "helplines.json"
ALL_DAY = "24時間"
_ID = matching(r"[a-z0-9]+(-[a-z0-9]+)*", "words in small letters joined by hyphens")
_NUMBER = matching(r"(0\d{2,3}-\d{3}-\d{3,4}|#\d{4})?", "a telephone number, #9999, or nothing")


@dataclass(frozen=True, slots=True)
class Helpline:
    """A helpline or information line.

    `number` is empty where there is only a `website`. `audience` is ``mind``, ``business``,
    ``law``, ``police`` or ``history``. `show` is false where the number is too old or too uncertain to be given as
    today's: then only with its date `as_of`, and never when the audience is ``history``.
    `also` names further sources that print the same number.
    """

    id: str
    name: str
    number: str
    website: str | None
    hours: str | None
    note: str
    audience: str
    source: str
    also: tuple[str, ...]
    as_of: str
    checked_on: str
    grade: str
    show: bool

    @property
    def is_always_open(self) -> bool:
        """Ask whether somebody answers at any hour."""
        return self.hours == ALL_DAY


@cache
def load() -> Mapping[str, Helpline]:
    """Return every helpline by its id, in the order of the file.

    Raises KnowledgeError naming every fault of the file.
    """
    found = problems()
    if found:
        raise KnowledgeError(found)
    listed = read_json(FILE)["helplines"]
    return MappingProxyType(
        {row["id"]: Helpline(**{**row, "also": tuple(row["also"])}) for row in listed}
    )


def for_mind(listed: Mapping[str, Helpline] | None = None) -> tuple[Helpline, ...]:
    """Return the numbers for someone in despair, those that answer at any hour first.

    `listed` are the helplines to choose from; the packaged ones unless others are given.
    """
    lines = load() if listed is None else listed
    shown = (
        line for line in lines.values() if line.audience == "mind" and line.show and line.number
    )
    return tuple(sorted(shown, key=lambda line: not line.is_always_open))


def problems(read: Reader = read_json) -> list[str]:
    """Return a sentence for every fault of helplines.json."""
    content, shape = read(FILE), _shape(source_in(read))
    listed = rows(content, "helplines")
    ids = [row.get("id") for row in listed]
    found = [*faults(FILE, content, {"helplines": list_of(OBJECT)})]
    for row in listed:
        where = f"{FILE}: {row.get('id')}"
        found += faults(where, row, shape)
        if ids.count(row.get("id")) > 1:
            found.append(f"{where}: id stands more than once; expected once.")
        if not (row.get("number") or row.get("website")):
            found.append(f"{where}: expected a number or a website.")
    return found


def _shape(source: FieldKind) -> Shape:
    return {
        "id": _ID,
        "name": TEXT,
        "number": _NUMBER,
        "website": WEBSITE.or_null(),
        "hours": TEXT.or_null(),
        "note": NOTE,
        "audience": one_of("mind", "business", "law", "police", "history"),
        "source": source,
        "also": list_of(source),
        "as_of": AS_OF,
        "checked_on": DAY,
        "grade": GRADE,
        "show": FLAG,
    }
