"""Finding the names of places in a text, leftmost and longest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from knowledge.place_names import guards
from knowledge.place_names.names import Codes, Kind, Mention, Name, agreed_codes, index, named
from knowledge.place_names.normalise import Text
from knowledge.place_names.spellings import lengths_at, lengths_by_head
from knowledge.place_names.tables import word_list

_LONGEST_BLOCK = 8
"""Characters of a town block's name. A name of another place is further away."""


@dataclass(frozen=True, slots=True)
class _Chain:
    """Hold the last of linked names, and the prefectures they agree on."""

    last: Mention
    codes: Codes

    def joined(self, mention: Mention) -> _Chain:
        return _Chain(mention, agreed_codes(self.codes, self.last, mention))


@cache
def _lengths() -> Mapping[str, tuple[int, ...]]:
    return lengths_by_head(index())


def _ends(text: Text, start: int) -> Iterator[int]:
    """Yield where the names beginning at a position end, the longest first."""
    for length in lengths_at(text.folded, start, _lengths()):
        if text.folded[start : start + length] in index():
            yield start + length


def find(text: Text) -> list[Mention]:
    """Return all names in a text that pass the guards, from left to right."""
    chain: _Chain | None = None
    mentions: list[Mention] = []
    position = 0
    for start in _beginnings(text.folded):
        if start < position or (mention := _at(text, start, chain)) is None:
            continue
        if chain is not None and _is_same_address(text, chain, mention):
            continue
        follows = chain is not None and _agrees(mention, chain)
        chain = chain.joined(mention) if chain and follows else _Chain(mention, mention.name.codes)
        mentions.append(mention)
        position = _after(text, mention)
    return mentions


def _beginnings(folded: str) -> list[int]:
    """Return where a name may begin, by its first two characters.

    Few texts hold any.
    """
    known = _lengths()
    pairs = map(str.__add__, folded, folded[1:] + " ")
    return [start for start, pair in enumerate(pairs) if pair in known or pair[0] in known]


def _at(text: Text, start: int, chain: _Chain | None) -> Mention | None:
    """Return the longest acceptable name at a position.

    `chain` are the linked names before.
    """
    found: Mention | None = None
    previous = chain.last if chain else None
    for end in _ends(text, start):
        name = named(text.folded[start:end])
        mention = Mention(start, end, name, _is_linked(text, start, previous))
        if found is not None and _reach(text, mention) > found.end:
            return mention  # 山形村山市 is 山形 and 村山市, not 山形村
        if found is None and _is_accepted(text, mention, chain):
            found = mention
    return found


def _reach(text: Text, mention: Mention) -> int:
    """Return where a prefecture with its municipality ends, or 0 without one."""
    if (
        mention.name.kind is not Kind.PREFECTURE
        or text.shown[mention.end : mention.end + 1] == "の"
    ):
        return 0
    following = _following(text, mention)
    return following.end if following is not None else 0


def _is_linked(text: Text, start: int, previous: Mention | None) -> bool:
    """Tell whether only の or nothing lies between this position and the name before."""
    return previous is not None and text.shown[previous.end : start] in {"", "の", " ", "・", "/"}


def _is_accepted(text: Text, mention: Mention, chain: _Chain | None) -> bool:
    """Check both sides of a name, and a small town's introduction.

    Both sides must end a word.
    """
    start, end, name = mention.start, mention.end, mention.name
    agrees = _agrees(mention, chain)
    belongs = (
        chain is not None
        and chain.last.end == start
        and (agrees or _contradicts(text, mention, chain.last))
    )
    if not (belongs or guards.opens_word(text.shown, start)):
        return False
    if not (_closes(text, start, end, name) or _following(text, mention) is not None):
        return False
    is_small = name.kind is Kind.TOWN or text.shown[start:end] in word_list("kanji", "directions")
    return not is_small or agrees or guards.is_introduced(text.shown, start, end)


def _is_same_address(text: Text, chain: _Chain, mention: Mention) -> bool:
    """Tell whether a name is part of a town block, as もみじ台東 and 牧の原.

    The block stands behind its municipality.
    """
    if not chain.last.name.municipalities or chain.last.name.kind is not Kind.FULL:
        return False
    between = text.shown[chain.last.end : mention.start]
    elsewhere = len(chain.codes) == 1 and chain.codes.isdisjoint(mention.name.namesakes)
    return elsewhere and 0 < len(between) <= _LONGEST_BLOCK and not guards.has_break(between)


def _agrees(mention: Mention, chain: _Chain | None) -> bool:
    """Tell whether a name follows others that may lie in the same prefecture."""
    if chain is None or not mention.linked:
        return False
    first = chain.last.name
    is_open = chain.codes == first.codes and first.kind is not Kind.FULL
    possible = first.namesakes if is_open else chain.codes
    return not possible.isdisjoint(mention.name.namesakes)


def _contradicts(text: Text, mention: Mention, previous: Mention) -> bool:
    """Tell whether an address names a place outside its prefecture or county.

    The owner is then asked. Behind a prefecture only a city does; 町 and 村 are also parts of cities
    (東京都府中町).
    """
    is_open = previous.name.kind is Kind.FULL and not previous.name.municipalities
    is_place = mention.name.kind is Kind.FULL and bool(mention.name.municipalities)
    in_county = text.shown[previous.end - 1] == "郡"
    return is_open and is_place and (in_county or text.shown[mention.end - 1] == "市")


def _following(text: Text, mention: Mention) -> Mention | None:
    """Return the next place of the same prefecture, as in 兵庫尼崎, 三重の津."""
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
    """Return where to go on, behind the name and the rest of its address.

    Once the municipality is read, its blocks name no other place: 釧路市西港, 北区西が丘.
    """
    name = mention.name
    is_address = name.kind is Kind.FULL and bool(name.municipalities)
    if not is_address or any(
        _is_part(name, named(text.folded[mention.end : end])) for end in _ends(text, mention.end)
    ):
        return mention.end
    return guards.end_of_address(text.shown, mention.end)


def _is_part(city: Name, behind: Name) -> bool:
    """Tell whether a name behind a city is its ward or its prefecture."""
    if not behind.municipalities:
        is_prefecture = behind.kind is Kind.FULL
        return is_prefecture and len(city.codes) > 1 and not city.codes.isdisjoint(behind.codes)
    cities = {each.name for each in city.municipalities}
    return any(each.within in cities for each in behind.municipalities)
