"""Read every place, and weigh homophones, for `kana` and `latin`."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

from knowledge.place_names.names import Kind, Name, Reading, weigh
from knowledge.place_names.tables import (
    LEADING_CITIES,
    PREFECTURE_KANA,
    Municipality,
    municipalities,
)

_SUFFIXES = {"市": ("し",), "区": ("く",), "町": ("ちょう", "まち"), "村": ("むら", "そん")}

Index: TypeAlias = Mapping[str, list[Reading]]
"""Folded spelling → everything that is read so."""


def _readings() -> Iterator[tuple[str, Reading]]:
    """Yield every prefecture and municipality in hiragana, with and without its kind."""
    for code, kana in PREFECTURE_KANA.items():
        yield kana, (Kind.PREFECTURE, code, None)
        if code != "01":
            yield re.sub("(?:けん|ふ|と)$", "", kana), (Kind.PREFECTURE, code, None)
    for each in municipalities():
        yield each.kana, (Kind.FULL, each.prefecture, each)
        kind = Kind.CITY if each.name.endswith("市") else Kind.TOWN
        yield _bare(each), (kind, each.prefecture, each)
        if each.within:
            yield each.within_kana + each.kana, (Kind.FULL, each.prefecture, each)


def _bare(municipality: Municipality) -> str:
    """Return the reading without that of 市, 区, 町 or 村."""
    for suffix in _SUFFIXES[municipality.name[-1]]:
        if municipality.kana.endswith(suffix):
            return municipality.kana.removesuffix(suffix)
    return municipality.kana


def indexed(fold: Callable[[str], str]) -> Index:
    """Map folded spellings to their possible meanings.

    All are folded at once, which is much faster.
    """
    spelled = list(_readings())
    folded = fold("\n".join(kana for kana, _ in spelled)).split("\n")
    found: dict[str, list[Reading]] = {}
    for spelling, (_, reading) in zip(folded, spelled, strict=True):
        found.setdefault(spelling, []).append(reading)
    return found


def weigh_homophones(readings: Sequence[Reading]) -> Name:
    """Weigh homophones.

    A prefecture beats all; a capital beats towns, and another city is asked about.
    """
    prefectures = [each for each in readings if each[0] is Kind.PREFECTURE]
    cities = [each for each in readings if each[0] is Kind.CITY]
    has_leading = any(each[2] and each[2].name in LEADING_CITIES for each in cities)
    chosen = prefectures or (cities if has_leading else readings)
    return Name(
        min(kind for kind, _, _ in readings),
        frozenset(code for _, code, _ in chosen),
        frozenset(code for _, code, _ in readings),
        weigh(chosen).municipalities,
    )
