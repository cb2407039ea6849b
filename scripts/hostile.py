"""Make texts that cost much, repeated pieces and salads of all our words."""

from __future__ import annotations

import random
import tomllib
from pathlib import Path

from bot.understand import phrases
from knowledge.faq.wording import wordlists

KINDS: dict[str, str] = {
    "polite endings": "だな",
    "long endings": "なんですけど",
    "fillers": "今は",
    "two fillers": "自分でも今のところ",
    "nothing": "なにもない",
    "you": "本当にお前",
    "relief": "気持ちが少し落ち着いた",
    "everything": "全部もう",
    "living": "もう",
    "despair nearly": "死ぬほど生きて",
    "emergency nearly": "給料が今月は払",
    "grows when normalised": "ﷺ",
    "grows a little": "㍿",
    "combining marks": "か\u3099\u0301",
    "kanji digits": "一七",
    "kanji tens": "五六百",
    "digits": "1",
    "amounts": "月80万、",
    "payments": "12月25日に税120万と",
    "telephone numbers": "0120-111-222 ",
    "postal codes": "〒660-0892、",
    "cities": "府中市",
    "kana cities": "あまがさき、",
    "address": "長洲本通3-5-1",
    "latin words": "osaka ",
    "mail addresses": "a.b@c-d.",
    "links": "https://a.jp/",
    "letters apart": "あ い",
    "brackets": "（「<[",
    "slashes": "/ / ",
    "short codes": ":a_:",
    "blanks": " \u3000\t",
    "lines": "\n",
    "clauses": "売上が減っているけど、",
    "questions": "費用はいくら？",
    "one kana": "あ",
    "choices": "借入先・",
    "long vowels": "ー",
    "dialect": "おらんへん",
    "emoji": "👨\u200d👩\u200d👧",
    "comments": "<!--",
}
"""What a hostile text repeats."""


def words() -> list[str]:
    """List every word we match with, from all lists.

    Fillers, synonyms, other topics, places, commands.
    """
    lists = [*wordlists.fillers().values(), *wordlists.synonyms().values()]
    lists += [topic["words"] for topic in wordlists.other_topics()]
    places = tomllib.loads(Path("knowledge/places.words.toml").read_text("utf-8"))
    lists += [each for table in places.values() for each in table.values()]
    typed = f"{phrases.OPENINGS} {phrases.TAILS}".split()
    return sorted({str(word) for each in lists for word in each}) + typed


def salad(seed: int, characters: int) -> str:
    """Make a text of random words, the same for the same seed."""
    chance, known = random.Random(seed), words()
    return "".join(chance.choices(known, k=characters))[:characters]
