"""Accept everyday spellings, as 諌早 for 諫早, 紀ノ川 for 紀の川, 酒酒井 for 酒々井.

Characters that people exchange, and the names that result, are computed at load. A spelling that is
a name itself (鹿嶋 and 鹿島, 舟橋 and 船橋), or that two names could mean, stays as it is.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import product

_EXCHANGED = """
のノ之乃 島嶋嶌 富冨 諫諌 船舟 崎埼 阪坂 筑築 粟栗 糟粕 籠篭 薮藪 桑桒 橿樫 祇祗 祢禰 鯵鰺 州洲
"""
"""Characters that stand for each other. The tables hold one of them."""

_OTHERS: Mapping[str, str] = {each: row for row in _EXCHANGED.split() for each in row}
_MOST = 3
"""Characters of one name that are exchanged at most."""

_REPEATED = re.compile("(.)々")
"""A kanji with its mark of repetition."""


def everyday_spellings(names: Collection[str]) -> dict[str, str]:
    """Map each everyday spelling to the one name it must mean.

    Names are spelled as the tables have them.
    """
    meant: dict[str, set[str]] = defaultdict(set)
    for name in names:
        for spelling in _spellings(name):
            meant[spelling].add(name)
    return {
        spelling: min(usual)
        for spelling, usual in meant.items()
        if len(usual) == 1 and spelling not in names
    }


def _spellings(name: str) -> Iterator[str]:
    """Yield the other ways to write a name."""
    yield _REPEATED.sub(r"\1\1", name)
    if sum(each in _OTHERS for each in name) in range(1, _MOST + 1):
        yield from map("".join, product(*(_OTHERS.get(each, each) for each in name)))


def lengths_by_head(names: Iterable[str]) -> Mapping[str, tuple[int, ...]]:
    """Return the first two characters of names → their lengths, the longest first.

    A name of one character stands under itself, and under every head that begins with it.
    """
    found: dict[str, set[int]] = defaultdict(set)
    for name in names:
        found[name[:2]].add(len(name))
    single = {head for head in found if len(head) == 1}
    return {
        head: tuple(sorted(lengths | ({1} if head[0] in single else set()), reverse=True))
        for head, lengths in found.items()
    }


def lengths_at(folded: str, start: int, known: Mapping[str, tuple[int, ...]]) -> Sequence[int]:
    """Return the lengths of possible names at a position."""
    lengths = known.get(folded[start : start + 2]) or known.get(folded[start : start + 1], ())
    room = len(folded) - start
    return [length for length in lengths if length <= room]
