"""Find places in Latin letters, as Amagasaki-shi, ōsaka, Oosaka, Hukuoka."""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from knowledge.place_names import guards
from knowledge.place_names.names import Kind, Mention
from knowledge.place_names.normalise import Text
from knowledge.place_names.readings import Index, indexed, weigh_homophones
from knowledge.place_names.tables import areas, word_list

_KANA_TO_LATIN: Mapping[int, str] = {
    ord(kana): consonant + vowel
    for consonant, row in {
        "": "あいうえお",
        "k": "かきくけこ",
        "s": "さしすせそ",
        "t": "たちつてと",
        "n": "なにぬねの",
        "h": "はひふへほ",
        "m": "まみむめも",
        "y": "や ゆ よ",
        "r": "らりるれろ",
        "w": "わ   を",
        "g": "がぎぐげご",
        "z": "ざじずぜぞ",
        "d": "だぢづでど",
        "b": "ばびぶべぼ",
        "p": "ぱぴぷぺぽ",
    }.items()
    for kana, vowel in zip(row, "aiueo", strict=False)
} | {
    ord("し"): "shi",
    ord("ち"): "chi",
    ord("つ"): "tsu",
    ord("ふ"): "fu",
    ord("じ"): "ji",
    ord("ん"): "n",
}
_FOLDS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"(?<=[aeiou])h(?=[^aeiouy]|$)", ""),
        (r"o[ou]+", "o"),
        (r"uu+", "u"),
        (r"nn+", "n"),
        (r"m(?=[bpm])", "n"),
        (r"sy", "sh"),
        (r"[tc]y", "ch"),
        (r"[zj]y", "j"),
        (r"si", "shi"),
        (r"ti", "chi"),
        (r"tu", "tsu"),
        (r"(?<![sc])hu", "fu"),
        (r"[zd]i", "ji"),
        (r"d[zu]u?", "zu"),
        (r"cch", "tch"),
    )
)
"""Spellings of romaji brought into one, in this order."""

_JOINED = re.compile(r"(?<![\-._/A-Za-z0-9])[A-Za-z'’]+(?:[ \-][A-Za-z'’]+)*")
"""Words in Latin letters, not inside an address or a file's name."""

_LATIN_KIND = re.compile(r",? ?(?:city|prefecture|pref|town|village|ward|japan)\b", re.IGNORECASE)
"""An English word for the kind of place, behind its name."""

_WORDS = re.compile(r"[A-Za-z][A-Za-z'’]*")
_LATIN_REGIONS = {
    "関西": "kansai",
    "関東": "kanto",
    "東北": "tohoku",
    "九州": "kyushu",
    "四国": "shikoku",
    "北陸": "hokuriku",
    "東海": "tokai",
}
_DIGRAPH = re.compile("([きしちにひみりぎじびぴ])([ゃゅょ])")
"""A kana with a small ゃ, ゅ or ょ."""

_SHORT_LATIN = 3
"""Letters of a name that may as well be an English word."""


def to_latin(kana: str) -> str:
    """Return hiragana in folded Hepburn."""
    spelled = _DIGRAPH.sub(_digraph, kana).translate(_KANA_TO_LATIN)
    return fold(re.sub(r"っ([a-z])", r"\1\1", spelled))


def _digraph(match: re.Match[str]) -> str:
    """Return きゃ → kya, しゃ → sha."""
    stem = _KANA_TO_LATIN[ord(match[1])][:-1]
    vowel = {"ゃ": "a", "ゅ": "u", "ょ": "o"}[match[2]]
    return stem + ("" if stem in {"sh", "ch", "j"} else "y") + vowel


def fold(word: str) -> str:
    """Return one spelling for Oosaka, Ohsaka, Osaka and for Hepburn and Kunrei."""
    for pattern, replacement in _FOLDS:
        word = pattern.sub(replacement, word)
    return word


@cache
def index() -> Index:
    """Map folded Latin letters to their possible meanings, with regions."""
    found = dict(indexed(to_latin))
    for area, latin in _LATIN_REGIONS.items():
        found[latin] = [(Kind.AREA, code, None) for code in areas()[area]]
    return found


def find(text: Text) -> list[Mention]:
    """Find readings of up to three words joined by blanks or hyphens."""
    found: list[Mention] = []
    words, position = list(_WORDS.finditer(text.shown)), 0
    while position < len(words):
        for count in (3, 2, 1):
            group = words[position : position + count]
            mention = _at(text.shown, group) if len(group) == count else None
            if mention is not None:
                found.append(_linked(text.shown, found, mention))
                position += count
                break
        else:
            position += 1
    return found


def _linked(shown: str, found: list[Mention], mention: Mention) -> Mention:
    """Link a mention behind only a comma or "in", as in Ibaraki, Osaka."""
    between = shown[found[-1].end : mention.start].lower() if found else None
    return replace(mention, linked=between in {" ", ", ", ",", " in ", " no "})


def _at(shown: str, group: list[re.Match[str]]) -> Mention | None:
    start, end = group[0].start(), group[-1].end()
    if _JOINED.fullmatch(shown, start, end) is None:
        return None
    joined = re.sub(r"[^a-z]", "", shown[start:end].lower())
    readings = index().get(fold(joined))
    if readings is None:
        return None
    mention = Mention(start, end, weigh_homophones(readings))
    if _LATIN_KIND.match(shown, end) or mention.name.kind is Kind.PREFECTURE:
        return mention
    if joined in word_list("latin", "never"):
        return None
    is_doubtful = len(joined) <= _SHORT_LATIN or joined in word_list("latin", "everyday")
    if not (is_doubtful or mention.name.kind is Kind.TOWN):
        return mention
    stands_alone = not shown[:start].strip() and guards.is_nothing(shown[end:].lower())
    return mention if stands_alone else None
