"""Write a list of offices into the knowledge files.

The difference is to be reviewed and committed.
"""

import copy
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from knowledge import sources
from knowledge.directory import center_faults
from knowledge.directory.center_faults import ASSOCIATIONS, CENTERS, YOROZU
from knowledge.directory.office_list import OfficeRow
from knowledge.directory.phone import Status

FILES = (CENTERS, ASSOCIATIONS, YOROZU, sources.FILE)
"""The files that a list may change."""

_PLACES = {
    "council": (CENTERS, "centers"),
    "smrj": (CENTERS, "branches"),
    "guarantee": (ASSOCIATIONS, "associations"),
    "yorozu": (YOROZU, "offices"),
}

Contents = dict[str, Any]
"""Name of a file → its content."""


def merge_offices(rows: Iterable[OfficeRow], before: Mapping[str, Any]) -> Contents:
    """Write rows without faults into copies of the files.

    They hold number, page, hours, source and dates.
    """
    after = copy.deepcopy(dict(before))
    for row in rows:
        file, key = _PLACES[row.kind]
        office = next(each for each in after[file][key] if each["name"] == row.name)
        _update(office, row, _source_id(row, after[sources.FILE]))
    return after


def problems(contents: Mapping[str, Any]) -> list[str]:
    """Find every fault the changed files would have."""
    return [*sources.problems(contents.__getitem__), *center_faults.problems(contents.__getitem__)]


def as_text(content: Any) -> str:
    """Write a file in the form of the repository."""
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _update(office: dict[str, Any], row: OfficeRow, source: str) -> None:
    if row.phone:
        for_405 = bool(row.for_405)
        others = [each for each in office.get("phones", []) if each["for_405"] != for_405]
        phones = [*others, _phone(row, source)]
        office["phones"] = sorted(phones, key=lambda each: bool(each["for_405"]))
    if row.website:
        office["website"] = row.website
        if row.kind in ("guarantee", "yorozu"):
            office |= {"source": source, "as_of": row.source_date}
    if row.hours:
        office["hours"] = row.hours
    if row.kind in ("council", "smrj"):
        office["sources"] = list(dict.fromkeys((*office["sources"], source)))
    office["checked_on"] = row.checked_on


def _phone(row: OfficeRow, source: str) -> dict[str, Any]:
    return {
        "number": row.phone,
        "desk": f"{row.name}(405)" if row.for_405 else row.name,
        "for_405": bool(row.for_405),
        "status": Status.CONFIRMED.value,
        "source": source,
        "as_of": row.source_date,
        "checked_on": row.checked_on,
        "grade": "primary",
    }


def _source_id(row: OfficeRow, known: dict[str, Any]) -> str:
    """Find the source of a row, or add it under the next free number."""
    source = {
        "url": row.source_url,
        "date": row.source_date,
        "what": row.source_name,
        "grade": "primary",
    }
    for key, each in known.items():
        if each == source:
            return key
    numbers = [int(key[1:]) for key in known if re.fullmatch(r"S\d+", key)]
    key = f"S{max(numbers, default=0) + 1:02}"
    known[key] = source
    return key
