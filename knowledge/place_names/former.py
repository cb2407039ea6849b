"""Hold the former names of municipalities, such as 篠山市 and 筑紫郡那珂川町.

Facts: Japan Post's list of changed municipalities, 2003 to 2019, one dated row each
(scripts/build_former_places.py). People go on saying the old name for decades.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from knowledge.place_names.tables import KNOWLEDGE, Municipality, municipalities

PATH = KNOWLEDGE / "places.former.tsv"


@dataclass(frozen=True, slots=True)
class FormerName:
    """Hold a former municipality.

    `today` is the one it belongs to now.
    """

    prefecture: str  # it lay in: one village has moved to the neighbouring prefecture
    within: str  # its county, or empty
    name: str
    changed_on: str  # ISO date
    today: Municipality
    is_unmistakable: bool  # no town block in another prefecture is called so


@cache
def former_names() -> tuple[FormerName, ...]:
    """Return every former name, in the order of the prefectures."""
    known = _by_name()
    lines = PATH.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return tuple(
        FormerName(code, within, name, changed_on, known[now, today], mark == "alone")
        for code, within, name, changed_on, now, today, mark in rows
    )


def _by_name() -> Mapping[tuple[str, str], Municipality]:
    """Return prefecture and full name → municipality."""
    return {(each.prefecture, each.within + each.name): each for each in municipalities()}
