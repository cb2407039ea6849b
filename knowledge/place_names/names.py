"""Every name a place is called by in kanji, and finding them in a text, leftmost and longest."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import TypeAlias

from knowledge.place_names import guards
from knowledge.place_names.normalise import Text, fold
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
    """How much a name says by itself; the smaller wins when two kinds share one spelling."""

    FULL = 0  # 尼崎市, 兵庫県, 大阪市北区, 虻田郡
    PREFECTURE = 1  # 兵庫
    CITY = 2  # 尼崎
    AREA = 3  # 関西, 湘南
    TOWN = 4  # 倶知安, 博多, 津: needs an introduction


Reading: TypeAlias = tuple[Kind, str, Municipality | None]
"""One thing a spelling may mean: its kind, the code of the prefecture, the municipality if any."""


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
    """Yield every spelling with one thing it may mean."""
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
            if not each.within.endswith("市"):
                yield each.within, (Kind.FULL, code, None)
    for name, codes in areas().items():
        for code in codes:
            yield name, (Kind.AREA, code, None)


def _kind_of_bare(municipality: Municipality) -> Kind:
    """Return CITY for names that stand by themselves: cities and wards of Tokyo, two characters up."""
    large = municipality.name.endswith("市") or municipality.code.startswith("131")
    stands_alone = large and len(municipality.bare) > 1
    return Kind.CITY if stands_alone and municipality.bare not in _ambiguous() else Kind.TOWN


def _ambiguous() -> frozenset[str]:
    return word_list("kanji", "everyday") | word_list("kanji", "directions")


@cache
def index() -> Mapping[str, list[Reading]]:
    """Return folded spelling → what it may mean."""
    spelled = list(_spellings())
    folded = fold("\n".join(spelling for spelling, _ in spelled)).split("\n")
    found: dict[str, list[Reading]] = {}
    for spelling, (_, reading) in zip(folded, spelled, strict=True):
        found.setdefault(spelling, []).append(reading)
    return found


@cache
def named(spelling: str) -> Name:
    """Return what a spelling in the index means."""
    return weigh(index()[spelling])


def weigh(readings: Iterable[Reading]) -> Name:
    """Weigh namesakes: a prefecture, then a capital or designated city, beats the others."""
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


@cache
def _longest() -> Mapping[str, int]:
    """Return first character → the length of the longest name beginning with it."""
    longest: dict[str, int] = {}
    for spelling in index():
        longest[spelling[0]] = max(longest.get(spelling[0], 0), len(spelling))
    return longest


def find(text: Text) -> list[Mention]:
    """Return all names in a text that pass the guards, from left to right."""
    mentions: list[Mention] = []
    position = 0
    while position < len(text.folded):
        mention = _at(text, position, mentions[-1] if mentions else None)
        if mention is None:
            position += 1
            continue
        mentions.append(mention)
        position = _after(text, mention)
    return mentions


def _ends(text: Text, start: int) -> Iterator[int]:
    """Yield where the names beginning at a position end, the longest first."""
    longest = _longest().get(text.folded[start], 0)
    for length in range(min(longest, len(text.folded) - start), 0, -1):
        if text.folded[start : start + length] in index():
            yield start + length


def _at(text: Text, start: int, previous: Mention | None) -> Mention | None:
    """Return the longest acceptable name at a position."""
    found: Mention | None = None
    for end in _ends(text, start):
        name = named(text.folded[start:end])
        mention = Mention(start, end, name, _is_linked(text, start, previous))
        if found is not None and _reach(text, mention) > found.end:
            return mention  # 山形村山市 is 山形 and 村山市, not 山形村
        if found is None and _is_accepted(text, mention, previous):
            found = mention
    return found


def _reach(text: Text, mention: Mention) -> int:
    """Return how far a prefecture and a municipality right behind it go; 0 without one."""
    if (
        mention.name.kind is not Kind.PREFECTURE
        or text.shown[mention.end : mention.end + 1] == "の"
    ):
        return 0
    following = _following(text, mention)
    return following.end if following is not None else 0


def _is_linked(text: Text, start: int, previous: Mention | None) -> bool:
    """Return whether only の or nothing lies between this position and the name before."""
    return previous is not None and text.shown[previous.end : start] in {"", "の", " ", "・", "/"}


def _is_accepted(text: Text, mention: Mention, previous: Mention | None) -> bool:
    """Check the guards: both sides must end a word; a small town needs an introduction too."""
    start, end, name = mention.start, mention.end, mention.name
    agrees = _agrees(mention, previous)
    is_glued = agrees and previous is not None and previous.end == start
    if not (is_glued or guards.opens_word(text.shown, start)):
        return False
    if not (_closes(text, start, end, name) or _following(text, mention) is not None):
        return False
    is_small = name.kind is Kind.TOWN or text.shown[start:end] in word_list("kanji", "directions")
    return not is_small or agrees or guards.is_introduced(text.shown, start, end)


def _agrees(mention: Mention, previous: Mention | None) -> bool:
    """Return whether a name follows one that may lie in the same prefecture."""
    if previous is None or not mention.linked:
        return False
    return not previous.name.namesakes.isdisjoint(mention.name.namesakes)


def _following(text: Text, mention: Mention) -> Mention | None:
    """Return the place of the same prefecture that follows at once: 兵庫尼崎, 三重の津."""
    start = mention.end + (text.shown[mention.end : mention.end + 1] == "の")
    if mention.name.kind is not Kind.PREFECTURE or start >= len(text.folded):
        return None
    for end in _ends(text, start):
        name = named(text.folded[start:end])
        is_within = name.municipalities and name.namesakes & mention.name.codes
        if is_within and _closes(text, start, end, name):
            return Mention(start, end, name, linked=True)
    return None


def _closes(text: Text, start: int, end: int, name: Name) -> bool:
    if name.kind is Kind.FULL:
        return guards.closes_full_name(text.shown, end)
    return guards.closes_word(text.shown, start, end)


def _after(text: Text, mention: Mention) -> int:
    """Return where to go on: behind the name, and behind the rest of an address that follows it."""
    if mention.name.kind is not Kind.FULL or not mention.name.municipalities:
        return mention.end
    following = _at(text, mention.end, mention) if mention.end < len(text.folded) else None
    if following is not None and following.name.codes & mention.name.codes:
        return mention.end
    return guards.end_of_address(text.shown, mention.end)
