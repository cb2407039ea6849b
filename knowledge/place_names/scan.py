"""Finding the names of places in a text, leftmost and longest."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from knowledge.place_names import guards
from knowledge.place_names.names import Codes, Kind, Mention, Name, codes_of, index, named
from knowledge.place_names.normalise import Text
from knowledge.place_names.tables import word_list


@cache
def _lengths() -> Mapping[str, tuple[int, ...]]:
    """Return two characters, or one → the lengths of the names beginning so, longest first."""
    found: dict[str, set[int]] = {}
    for spelling in index():
        found.setdefault(spelling[:2], set()).add(len(spelling))
    one = {head for head in found if len(head) == 1}
    return {
        head: tuple(sorted(lengths | ({1} if head[0] in one else set()), reverse=True))
        for head, lengths in found.items()
    }


def _ends(text: Text, start: int) -> Iterator[int]:
    """Yield where the names beginning at a position end, the longest first."""
    folded, known = text.folded, _lengths()
    lengths = known.get(folded[start : start + 2]) or known.get(folded[start : start + 1], ())
    for length in lengths:
        end = start + length
        if end <= len(folded) and folded[start:end] in index():
            yield end


def find(text: Text) -> list[Mention]:
    """Return all names in a text that pass the guards, from left to right."""
    chain: list[Mention] = []
    mentions: list[Mention] = []
    position = 0
    for start in _beginnings(text.folded):
        if start < position or (mention := _at(text, start, chain)) is None:
            continue
        if not (mention.linked and _agrees(mention, chain)):
            chain = []
        chain.append(mention)
        mentions.append(mention)
        position = _after(text, mention)
    return mentions


def _beginnings(folded: str) -> Iterator[int]:
    """Yield where a name may begin, by its first two characters; few texts hold any."""
    known = _lengths()
    for start, head in enumerate(zip(folded, folded[1:] + " ", strict=True)):
        if head[0] + head[1] in known or head[0] in known:
            yield start


def _at(text: Text, start: int, chain: Sequence[Mention]) -> Mention | None:
    """Return the longest acceptable name at a position; `chain` are the linked names before."""
    found: Mention | None = None
    previous = chain[-1] if chain else None
    for end in _ends(text, start):
        name = named(text.folded[start:end])
        mention = Mention(start, end, name, _is_linked(text, start, previous))
        if found is not None and _reach(text, mention) > found.end:
            return mention  # 山形村山市 is 山形 and 村山市, not 山形村
        if found is None and _is_accepted(text, mention, chain):
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


def _is_accepted(text: Text, mention: Mention, chain: Sequence[Mention]) -> bool:
    """Check the guards: both sides must end a word; a small town needs an introduction too."""
    start, end, name = mention.start, mention.end, mention.name
    agrees = _agrees(mention, chain)
    is_glued = bool(chain) and chain[-1].end == start
    belongs = is_glued and (agrees or _contradicts(text, mention, chain[-1]))
    if not (belongs or guards.opens_word(text.shown, start)):
        return False
    if not (_closes(text, start, end, name) or _following(text, mention) is not None):
        return False
    is_small = name.kind is Kind.TOWN or text.shown[start:end] in word_list("kanji", "directions")
    return not is_small or agrees or guards.is_introduced(text.shown, start, end)


def _agrees(mention: Mention, chain: Sequence[Mention]) -> bool:
    """Return whether a name follows others that may lie in the same prefecture."""
    if not chain or not mention.linked:
        return False
    return not _possible(chain).isdisjoint(mention.name.namesakes)


def _possible(chain: Sequence[Mention]) -> Codes:
    """Return the prefectures that the names so far leave open."""
    first = chain[0].name
    if len(chain) == 1 and first.kind is not Kind.FULL:
        return first.namesakes
    return codes_of(chain)


def _contradicts(text: Text, mention: Mention, previous: Mention) -> bool:
    """Return whether an address names a place outside its prefecture or county: to be asked.

    Behind a prefecture only a city does; 町 and 村 are also parts of cities (東京都府中町).
    """
    is_open = previous.name.kind is Kind.FULL and not previous.name.municipalities
    is_place = mention.name.kind is Kind.FULL and bool(mention.name.municipalities)
    in_county = text.shown[previous.end - 1] == "郡"
    return is_open and is_place and (in_county or text.shown[mention.end - 1] == "市")


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
    """Return where to go on: behind the name, and behind the rest of an address that follows it.

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
    """Return whether a name behind a city is one of its wards, or the prefecture it lacked."""
    if not behind.municipalities:
        is_prefecture = behind.kind is Kind.FULL
        return is_prefecture and len(city.codes) > 1 and not city.codes.isdisjoint(behind.codes)
    cities = {each.name for each in city.municipalities}
    return any(each.within in cities for each in behind.municipalities)
