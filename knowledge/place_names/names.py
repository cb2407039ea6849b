"""Hold every name of a place in kanji, with its possible meanings."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from itertools import pairwise
from typing import TypeAlias

from knowledge.place_names.former import former_names
from knowledge.place_names.normalise import fold
from knowledge.place_names.spellings import everyday_spellings
from knowledge.place_names.tables import (
    LEADING_CITIES,
    PREFECTURES,
    Municipality,
    areas,
    municipalities,
    word_list,
)

Codes: TypeAlias = frozenset[str]


class Kind(IntEnum):
    """Rank how much a name says by itself.

    The smaller wins when two kinds share one spelling.
    """

    FULL = 0  # 尼崎市, 兵庫県, 大阪市北区, 虻田郡
    PREFECTURE = 1  # 兵庫
    CITY = 2  # 尼崎
    AREA = 3  # 関西, 湘南
    TOWN = 4  # 倶知安, 博多, 津: needs an introduction


Reading: TypeAlias = tuple[Kind, str, Municipality | None]
"""Possible meaning of a spelling, by kind, prefecture's code, and municipality if any."""


@dataclass(frozen=True, slots=True)
class Name:
    """All that one spelling may mean."""

    kind: Kind
    codes: Codes  # what it means by itself: 福島 → 福島県
    namesakes: Codes  # what it may mean when something else points there: 大阪の福島
    municipalities: tuple[Municipality, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found in a text, from `start` to `end`."""

    start: int
    end: int
    name: Name
    linked: bool = False  # directly follows another mention: 東京の府中, 兵庫尼崎


def _spellings() -> Iterator[tuple[str, Reading]]:
    """Yield every spelling with one possible meaning."""
    for code, name in PREFECTURES.items():
        yield name, (Kind.FULL, code, None)
        if code != "01":  # nobody says 北海
            yield name[:-1], (Kind.PREFECTURE, code, None)
    for each in municipalities():
        code = each.prefecture
        yield each.name, (Kind.FULL, code, each)
        yield each.bare, (_kind_of_bare(each), code, each)
        if each.within:
            yield each.within + each.name, (Kind.FULL, code, each)
            if each.within.endswith("市"):
                yield each.within[:-1] + each.name, (Kind.FULL, code, each)  # 横浜中区
            else:
                yield each.within, (Kind.FULL, code, None)
    for name, codes in areas().items():
        for code in codes:
            yield name, (Kind.AREA, code, None)


def _kind_of_bare(municipality: Municipality) -> Kind:
    """Return CITY for names that stand by themselves, else TOWN.

    They are cities and wards of Tokyo of two characters or more.
    """
    large = municipality.name.endswith("市") or municipality.code.startswith("131")
    stands_alone = large and len(municipality.bare) > 1
    return Kind.CITY if stands_alone and municipality.bare not in _ambiguous() else Kind.TOWN


def _ambiguous() -> frozenset[str]:
    return word_list("kanji", "everyday") | word_list("kanji", "directions")


def _former_spellings(current: Container[str]) -> Iterator[tuple[str, Reading]]:
    """Yield former names of places that nothing has today."""
    for each in former_names():
        code = each.today.prefecture
        yield each.within + each.name, (Kind.FULL, code, each.today)
        if each.within:
            yield each.within, (Kind.FULL, each.prefecture, None)
        if each.is_unmistakable and each.name not in current and len(each.name) > len("西村"):
            yield each.name, (Kind.FULL, code, each.today)
        bare = each.name[:-1]
        if each.is_unmistakable and each.name.endswith("市") and len(bare) > 1:
            yield bare, (Kind.TOWN, code, each.today)


@cache
def index() -> Mapping[str, list[Reading]]:
    """Map folded spellings to their possible meanings."""
    found = _folded(_spellings())
    for spelling, readings in _folded(_former_spellings(found)).items():
        found.setdefault(spelling, readings)
    for spelling, usual in everyday_spellings(found).items():
        found[spelling] = found[usual]
    return found


def _folded(spellings: Iterable[tuple[str, Reading]]) -> dict[str, list[Reading]]:
    """Group readings by folded spelling.

    All are folded at once, which is much faster.
    """
    spelled = list(spellings)
    folded = fold("\n".join(spelling for spelling, _ in spelled)).split("\n")
    found: dict[str, list[Reading]] = {}
    for spelling, (_, reading) in zip(folded, spelled, strict=True):
        found.setdefault(spelling, []).append(reading)
    return found


@cache
def named(spelling: str) -> Name:
    """Return the meaning of a spelling in the index."""
    return weigh(index()[spelling])


def weigh(readings: Iterable[Reading]) -> Name:
    """Weigh namesakes.

    A prefecture, then a capital or designated city, beats the others.
    """
    known = list(readings)
    kind = min(kind for kind, _, _ in known)
    chosen = [each for each in known if each[0] is kind]
    if kind is not Kind.FULL:
        prefectures = [each for each in known if each[0] is Kind.PREFECTURE]
        leading = [each for each in known if each[2] and each[2].name in LEADING_CITIES]
        regions = [each for each in known if each[0] is Kind.AREA]
        chosen = prefectures or leading or regions or known
    return Name(
        kind,
        frozenset(code for _, code, _ in chosen),
        frozenset(code for _, code, _ in known),
        tuple({each[2].code: each[2] for each in known if each[2]}.values()),
    )


def codes_of(chain: Sequence[Mention]) -> Codes:
    """Return the prefectures that linked names agree on, 東京 for 東京の府中."""
    codes = chain[0].name.codes
    for before, mention in pairwise(chain):
        codes = agreed_codes(codes, before, mention)
    return codes


def agreed_codes(codes: Codes, before: Mention, mention: Mention) -> Codes:
    """Narrow the prefectures of a chain by one more name.

    The name before may fall back on a namesake (福島、大阪市: the ward) unless it was spelled out.
    What is settled, a later namesake never overrules.
    """
    agreed = codes & mention.name.codes or codes & mention.name.namesakes
    if not agreed and codes == before.name.codes and before.name.kind is not Kind.FULL:
        agreed = before.name.namesakes & mention.name.codes
    return agreed or codes
