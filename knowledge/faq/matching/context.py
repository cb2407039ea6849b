"""Understand follow-ups such as 「じゃあ個人は?」 by the question before."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knowledge.faq.wording.endings import essence
from knowledge.faq.wording.normalise import fold, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knowledge.faq.matching.search import Ranked

# The share of the follow-up itself; the rest is the follow-up said together with the last question.
OWN = 0.6
# What an entry next to the last one gains.
NEARBY = 0.08
# The context alone asks nothing: 「なんで?」 must not bring up a neighbour at random.
FAINTEST = 0.15
LONGEST_FOLLOW_UP = 24
"""Characters of a question that may depend on the one before."""

LONGEST_POINTING = 40
"""Characters of a question that points back with a word as これ."""

SHORTEST_QUESTION = 5
"""Letters under which a question depends on the one before."""

_LINKS = re.compile(
    r"\A(じゃあ|じゃ|んじゃ|では|それ|その|そっち|そこ|そう|そしたら|だったら|なら|ほな|ほんなら|ほんで|で、|でも|"
    r"あと|ちなみに|逆に|ほかに|他に|もし)"
)
"""Beginnings that link a question to the one before."""

_POINTS = re.compile(
    r"(?:これ|それ|あれ)(?![でとか])|[こそ]っち|[こそ]ちら|"
    r"(?:この|その|こういう|そういう|そんな)(?:制度|支援|事業|補助|計画|相談|窓口|場合|件|話|方|ほう|やつ|人たち)"
)
"""Words that point back to the topic before."""


def points_back(text: str) -> bool:
    """Tell whether a text speaks of its topic only as これ or この制度."""
    folded = fold(text).strip()
    return len(folded) <= LONGEST_POINTING and _POINTS.search(folded) is not None


def is_follow_up(text: str) -> bool:
    """Tell whether a text leans on the last question.

    It opens with a link, or is very short.
    """
    folded = fold(text).strip()
    if len(folded) > LONGEST_FOLLOW_UP:
        return False
    return bool(_LINKS.match(folded)) or len(essence(plain(folded))) < SHORTEST_QUESTION


def together(text: str, last_question: str) -> str:
    """Join the follow-up and the question before it into one text."""
    return f"{essence(plain(last_question))} {essence(plain(text))}"


def in_context(own: Ranked, joint: Ranked, last: int, nearby: frozenset[int]) -> Ranked:
    """Rank again with the context, without the entry just answered."""
    alone, joined = dict(own), dict(joint)
    scores = {
        number: _score(number, alone, joined) + NEARBY * (number in nearby)
        for number in alone.keys() | joined.keys()
        if number != last
    }
    return tuple(sorted(scores.items(), key=lambda pair: (-pair[1], pair[0])))


def _score(number: int, alone: Mapping[int, float], joined: Mapping[int, float]) -> float:
    own = alone.get(number, 0.0)
    return OWN * own + (1 - OWN) * joined.get(number, 0.0) if own >= FAINTEST else 0.0
