"""Every name a place is called by in kanji, and finding them in a text, leftmost and longest."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from knowledge.place_names import guards
from knowledge.place_names.normalise import Text, fold
from knowledge.place_names.tables import (
    LEADING_CITIES,
    PREFECTURES,
    Municipality,
    areas,
    municipalities,
)

Codes = frozenset[str]


class Kind(IntEnum):
    """How much a name says by itself; the smaller wins when two kinds share one spelling."""

    FULL = 0  # 尼崎市, 兵庫県, 大阪市北区, 虻田郡
    PREFECTURE = 1  # 兵庫
    CITY = 2  # 尼崎
    AREA = 3  # 関西, 湘南
    TOWN = 4  # 倶知安, 博多, 津: needs an introduction


@dataclass(frozen=True, slots=True)
class Name:
    """What one spelling may mean."""

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


def short_of(name: str) -> str:
    """'尼崎市' → '尼崎'; '' when nothing would be left."""
    return name[:-1]


def _spellings() -> Iterator[tuple[str, Kind, str, Municipality | None]]:
    """(spelling, kind, prefecture code, municipality) of every name."""
    for code, name in PREFECTURES.items():
        yield name, Kind.FULL, code, None
        if code != "01":
            yield short_of(name), Kind.PREFECTURE, code, None
    for each in municipalities():
        code = each.prefecture
        yield each.name, Kind.FULL, code, each
        yield short_of(each.name), _kind_of_short(each), code, each
        if each.within:
            yield each.within + each.name, Kind.FULL, code, each
            if not each.within.endswith("市"):
                yield each.within, Kind.FULL, code, None
    for name, codes in areas().items():
        for code in codes:
            yield name, Kind.AREA, code, None


def _kind_of_short(municipality: Municipality) -> Kind:
    """Cities of two and more characters go by their bare name; the rest needs introduction."""
    bare = short_of(municipality.name)
    large = municipality.name.endswith("市") or municipality.code.startswith("131")
    is_common_word = bare in guards.COMMON_WORDS
    return Kind.CITY if large and len(bare) > 1 and not is_common_word else Kind.TOWN


@cache
def index() -> Mapping[str, Name]:
    """Folded spelling → what it may mean."""
    found: dict[str, list[tuple[Kind, str, Municipality | None]]] = {}
    for spelling, kind, code, municipality in _spellings():
        if spelling not in guards.NEVER_ALONE:
            found.setdefault(fold(spelling), []).append((kind, code, municipality))
    return {spelling: combined(meanings) for spelling, meanings in found.items()}


def combined(meanings: Iterable[tuple[Kind, str, Municipality | None]]) -> Name:
    """Namesakes as one name: a prefecture, then a capital or designated city, beats the others."""
    known = list(meanings)
    kind = min(kind for kind, _, _ in known)
    leading = [
        entry
        for entry in known
        if entry[0] is Kind.PREFECTURE or (entry[2] is not None and entry[2].name in LEADING_CITIES)
    ]
    by_itself = known if kind is Kind.FULL or not leading else leading
    if kind is Kind.FULL:
        by_itself = [entry for entry in known if entry[0] is Kind.FULL]
    return Name(
        kind,
        frozenset(code for _, code, _ in by_itself),
        frozenset(code for _, code, _ in known),
        tuple({entry[2].code: entry[2] for entry in known if entry[2] is not None}.values()),
    )


@cache
def _longest() -> Mapping[str, int]:
    """First character → the length of the longest name beginning with it."""
    longest: dict[str, int] = {}
    for spelling in index():
        longest[spelling[0]] = max(longest.get(spelling[0], 0), len(spelling))
    return longest


def find(text: Text) -> list[Mention]:
    """All names in a text that pass the guards, from left to right."""
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


def _at(text: Text, start: int, previous: Mention | None) -> Mention | None:
    """The longest acceptable name at a position."""
    names = index()
    longest = _longest().get(text.folded[start], 0)
    for length in range(min(longest, len(text.folded) - start), 0, -1):
        name = names.get(text.folded[start : start + length])
        if name is None:
            continue
        mention = Mention(start, start + length, name, _is_linked(text, start, previous))
        if _is_accepted(text, mention, previous):
            return mention
    return None


def _is_linked(text: Text, start: int, previous: Mention | None) -> bool:
    """Whether only の or nothing lies between this position and the name before."""
    return previous is not None and text.shown[previous.end : start] in {"", "の", " ", "・", "/"}


def _is_accepted(text: Text, mention: Mention, previous: Mention | None) -> bool:
    """Both sides must end a word; a name that is no city also needs an introduction."""
    agrees = (
        mention.linked
        and previous is not None
        and bool(previous.name.namesakes & mention.name.namesakes)
    )
    glued = agrees and previous is not None and previous.end == mention.start
    if not (glued or guards.opens_word(text.shown, mention.start, mention.end)):
        return False
    if mention.name.kind is Kind.FULL:
        return guards.closes_full_name(text.shown, mention.start, mention.end)
    if not (
        guards.closes_word(text.shown, mention.start, mention.end) or _continues(text, mention)
    ):
        return False
    return (
        mention.name.kind is not Kind.TOWN
        or agrees
        or guards.is_introduced(text.shown, mention.start, mention.end)
    )


def _continues(text: Text, mention: Mention) -> bool:
    """Whether a municipality of the same prefecture follows at once: 兵庫尼崎, 東京渋谷."""
    if mention.name.kind is not Kind.PREFECTURE or mention.end >= len(text.folded):
        return False
    following = _at(text, mention.end, mention)
    return following is not None and bool(mention.name.namesakes & following.name.codes)


def _after(text: Text, mention: Mention) -> int:
    """Where to go on: behind the name, and behind the rest of an address that follows it."""
    if mention.name.kind is not Kind.FULL or not mention.name.municipalities:
        return mention.end
    following = _at(text, mention.end, mention) if mention.end < len(text.folded) else None
    if following is not None and following.name.codes & mention.name.codes:
        return mention.end
    return guards.end_of_address(text.shown, mention.end)
