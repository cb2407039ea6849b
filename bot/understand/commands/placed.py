"""Find a place in front of a wish, as in 「愛媛の窓口の番号は？」."""

from __future__ import annotations

import re

from bot.understand.text import Endings
from knowledge.place_names.places import locate

LONGEST_PLACE = 20
"""Characters. No place in front of a wish is longer."""

_JOINED = Endings(
    [
        "の",
        "の人",
        "の者",
        "の方",
        "のほう",
        "で",
        "に",
        "は",
        "から",
        "だと",
        "なら",
        "だけど",
        "ですが",
        "なんですが",
        "なんやけど",
        "やけど",
        "在住",
        "住み",
        "にある",
        "にいる",
        "にすんでいる",
        "に住んでいる",
        "です",
        "だ",
        "って",
        "、",
    ]
)
"""Words that join a place to the wish."""

_ASIDE = re.compile(r"(?:なんだ|です|なんや|や|だ)(?:けど|が)")
"""Ends a word about another place, as in 「旭川なんだけど北海道の」."""

_WANTS_A_NUMBER = re.compile(
    "電話|でんわ|番号|ばんごう|窓口|まどぐち|連絡先|相談|センター|せんたー|協議会|tel"
)
"""Words of a wish for an office or its telephone number."""


def place_ends(form: str) -> list[int]:
    """List where a place could end and the wish for a number begin."""
    if _WANTS_A_NUMBER.search(form) is None:
        return []
    return [*range(2, min(LONGEST_PLACE + 1, len(form)))]


def place_in(words: str) -> str:
    """Read words that only name a place, or return ""."""
    bare = _ASIDE.split(_JOINED.cut(words))[-1]
    place = locate(bare) if len(bare) > 1 else None
    is_one = place is not None and place.decision == "one" and place.direct
    return place.prefectures[0] if place and is_one else ""
