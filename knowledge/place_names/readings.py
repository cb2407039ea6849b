"""Places written in kana or in Latin letters: あまがさき, アマガサキ, Amagasaki-shi."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import TypeAlias

from knowledge.place_names import guards
from knowledge.place_names.names import Kind, Mention, Name, Reading, weigh
from knowledge.place_names.normalise import Text
from knowledge.place_names.tables import (
    LEADING_CITIES,
    PREFECTURE_KANA,
    Municipality,
    areas,
    municipalities,
    words,
)

_SUFFIXES = {"市": ("し",), "区": ("く",), "町": ("ちょう", "まち"), "村": ("むら", "そん")}
_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_LONG_O = re.compile("(?<=[おこそとのほもよろごぞどぼぽょ])[おー]")
_LONG_U = re.compile("(?<=[うくすつぬふむゆるぐずぶぷゅ])ー")

SHORT = 2
"""Readings up to this length (なら, さが, みえ) count only as the whole message."""

_HIRAGANA_RUN = re.compile(r"[ぁ-ゖー]+")
_KANA_RUN = re.compile(r"[ァ-ヺー]+")
_AFTER_KANA = re.compile(
    r"$|[\s、。,.!?・/()「」『』\[\]:;~〜…\-]|で(?!も)|に|の|です|だ|から|は|が|在住|市|県|府|都|町|村|区|駅|周辺|近"
)
_AFTER_SHORT_KANA = re.compile(
    r"$|[\s、。,.!?]|です|で(?:[一-龥ァ-ヺ]|す|$)|市|県|区|町|村|駅|の近"
)


def _readings() -> Iterator[tuple[str, Reading]]:
    """Yield every prefecture and municipality in hiragana, with and without its kind."""
    for code, kana in PREFECTURE_KANA.items():
        yield kana, (Kind.PREFECTURE, code, None)
        if code != "01":
            yield re.sub("(?:けん|ふ|と)$", "", kana), (Kind.PREFECTURE, code, None)
    for each in municipalities():
        yield each.kana, (Kind.FULL, each.prefecture, each)
        kind = Kind.CITY if each.name.endswith("市") else Kind.TOWN
        yield _bare(each), (kind, each.prefecture, each)
        if each.within:
            yield each.within_kana + each.kana, (Kind.FULL, each.prefecture, each)


def _bare(municipality: Municipality) -> str:
    """Return the reading without that of 市, 区, 町 or 村."""
    for suffix in _SUFFIXES[municipality.name[-1]]:
        if municipality.kana.endswith(suffix):
            return municipality.kana.removesuffix(suffix)
    return municipality.kana


Index: TypeAlias = Mapping[str, list[Reading]]


def _indexed(fold: Callable[[str], str]) -> Index:
    """Return folded spelling → what it may mean; folds all at once, which is much faster."""
    spelled = list(_readings())
    folded = fold("\n".join(kana for kana, _ in spelled)).split("\n")
    found: dict[str, list[Reading]] = {}
    for spelling, (_, reading) in zip(folded, spelled, strict=True):
        found.setdefault(spelling, []).append(reading)
    return found


def _weigh(readings: Sequence[Reading]) -> Name:
    """Weigh homophones: a prefecture beats all; a capital beats towns, another city is asked."""
    prefectures = [each for each in readings if each[0] is Kind.PREFECTURE]
    cities = [each for each in readings if each[0] is Kind.CITY]
    has_leading = any(each[2] and each[2].name in LEADING_CITIES for each in cities)
    chosen = prefectures or (cities if has_leading else readings)
    return Name(
        min(kind for kind, _, _ in readings),
        frozenset(code for _, code, _ in chosen),
        frozenset(code for _, code, _ in readings),
        weigh(chosen).municipalities,
    )


# -- kana -----------------------------------------------------------------------------------


def fold_kana(text: str) -> str:
    """Return hiragana with one spelling for long vowels and for ぢ, づ, を; keeps the length."""
    hiragana = text.translate(_HIRAGANA).replace("ぢ", "じ").replace("づ", "ず").replace("を", "お")
    return _LONG_U.sub("う", _LONG_O.sub("う", hiragana))


@cache
def kana_index() -> Index:
    """Return folded hiragana → what it may mean."""
    return _indexed(fold_kana)


@cache
def _longest_kana() -> int:
    return max(map(len, kana_index()))


def find_kana(text: Text) -> list[Mention]:
    """Find readings at the start, after a mark, or as a katakana word by itself."""
    folded, found, end = fold_kana(text.shown), [], 0
    for start in _starts(text.shown):
        if start < end:
            continue
        follows = bool(found) and found[-1].end == start
        mention = _kana_at(text.shown, folded, start, follows=follows)
        if mention is not None:
            found.append(mention)
            end = mention.end
    return found


def is_bare_kana(text: Text, mention: Mention) -> bool:
    """Return whether a mention is hiragana without 市 or the like: さくら, not さくら市."""
    return (
        mention.name.kind is not Kind.FULL
        and _HIRAGANA_RUN.fullmatch(text.shown, mention.start, mention.end) is not None
    )


def with_homophones(text: Text, mention: Mention) -> Mention:
    """Return a mention in hiragana with everything that reads the same; others as they are."""
    readings = kana_index().get(fold_kana(text.shown[mention.start : mention.end]))
    if readings is None or not is_bare_kana(text, mention):
        return mention
    return replace(mention, name=_weigh(readings))


def _starts(shown: str) -> list[int]:
    """Return where a reading may begin."""
    starts = {0, guards.opening_end(shown)}
    starts |= {match.end() for match in re.finditer(r"[\s、。,.!?・/()「」『』:;は]", shown)}
    starts |= {match.start() for match in _KANA_RUN.finditer(shown)}
    starts |= {
        match.end() for match in re.finditer("(?:けん|県|ふ|府|と|都|し|市|どう|道)の?", shown)
    }
    return sorted(start for start in starts if start < len(shown))


def _kana_at(shown: str, folded: str, start: int, *, follows: bool) -> Mention | None:
    """Return the longest reading at a position; `follows` says it stands right behind another."""
    for length in range(min(_longest_kana(), len(folded) - start), 1, -1):
        end = start + length
        readings = kana_index().get(folded[start:end])
        if readings is None:
            continue
        is_prefecture = readings[0][0] is Kind.PREFECTURE
        goes_on = (
            is_prefecture
            and end < len(folded)
            and _kana_at(shown, folded, end, follows=True) is not None
        )
        closes = follows and _AFTER_KANA.match(shown, end) is not None
        if goes_on or closes or _is_kana_place(shown, folded, start, end):
            return Mention(start, end, _weigh(readings))
    return None


def _is_kana_place(shown: str, folded: str, start: int, end: int) -> bool:
    """Short readings are everyday words more often than places; they must stand alone."""
    word, length = folded[start:end], end - start
    opens = start <= guards.opening_end(shown)
    if word in folded_words("never") or not guards.closes_full_name(shown, end):
        return False
    if opens and guards.is_nothing(shown[end:]):
        return word not in folded_words("everyday") or _is_city(kana_index()[word])
    if length <= SHORT or word in folded_words("everyday"):
        return False
    if _KANA_RUN.fullmatch(shown, start, end):
        return _KANA_RUN.match(shown, end) is None and shown[start:end] not in words(
            "kana", "katakana"
        )
    after = _AFTER_SHORT_KANA if length == SHORT + 1 else _AFTER_KANA
    return (opens or length > SHORT + 1) and after.match(shown, end) is not None


def _is_city(readings: Sequence[Reading]) -> bool:
    return any(kind is Kind.CITY for kind, _, _ in readings)


@cache
def folded_words(name: str) -> frozenset[str]:
    """Return a list of kana words, folded like the text they are compared with."""
    return frozenset(fold_kana(word) for word in words("kana", name))


# -- Latin letters ----------------------------------------------------------------------------

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
_JOINED = re.compile(r"(?<![\-._/A-Za-z0-9])[A-Za-z'’]+(?:[ \-][A-Za-z'’]+)*")
_LATIN_KIND = re.compile(r",? ?(?:city|prefecture|pref|town|village|ward|japan)\b", re.IGNORECASE)
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
_SHORT_LATIN = 3


def to_latin(kana: str) -> str:
    """Return hiragana in folded Hepburn."""
    spelled = _DIGRAPH.sub(_digraph, kana).translate(_KANA_TO_LATIN)
    return fold_latin(re.sub(r"っ([a-z])", r"\1\1", spelled))


def _digraph(match: re.Match[str]) -> str:
    """Return きゃ → kya, しゃ → sha."""
    stem = _KANA_TO_LATIN[ord(match[1])][:-1]
    vowel = {"ゃ": "a", "ゅ": "u", "ょ": "o"}[match[2]]
    return stem + ("" if stem in {"sh", "ch", "j"} else "y") + vowel


def fold_latin(word: str) -> str:
    """Return one spelling for Oosaka, Ohsaka, Osaka and for Hepburn and Kunrei."""
    for pattern, replacement in _FOLDS:
        word = pattern.sub(replacement, word)
    return word


@cache
def latin_index() -> Index:
    """Return folded Latin letters → what they may mean, regions included."""
    found = dict(_indexed(to_latin))
    for area, latin in _LATIN_REGIONS.items():
        found[latin] = [(Kind.AREA, code, None) for code in areas()[area]]
    return found


def find_latin(text: Text) -> list[Mention]:
    """Find readings in Latin letters: up to three words, joined by a blank or a hyphen, as one name."""
    words, found, position = list(_WORDS.finditer(text.shown)), [], 0
    while position < len(words):
        for count in (3, 2, 1):
            group = words[position : position + count]
            mention = _latin_at(text.shown, group) if len(group) == count else None
            if mention is not None:
                found.append(_linked_latin(text.shown, found, mention))
                position += count
                break
        else:
            position += 1
    return found


def _linked_latin(shown: str, found: list[Mention], mention: Mention) -> Mention:
    """Return the mention, linked when only a comma or "in" lies before it: Ibaraki, Osaka."""
    between = shown[found[-1].end : mention.start].lower() if found else None
    return replace(mention, linked=between in {" ", ", ", ",", " in ", " no "})


def _latin_at(shown: str, words_: list[re.Match[str]]) -> Mention | None:
    start, end = words_[0].start(), words_[-1].end()
    if _JOINED.fullmatch(shown, start, end) is None:
        return None
    joined = re.sub(r"[^a-z]", "", shown[start:end].lower())
    readings = latin_index().get(fold_latin(joined))
    if readings is None:
        return None
    mention = Mention(start, end, _weigh(readings))
    if _LATIN_KIND.match(shown, end) or mention.name.kind is Kind.PREFECTURE:
        return mention
    if joined in words("latin", "never"):
        return None
    is_doubtful = len(joined) <= _SHORT_LATIN or joined in words("latin", "everyday")
    if not (is_doubtful or mention.name.kind is Kind.TOWN):
        return mention
    stands_alone = not shown[:start].strip() and guards.is_nothing(shown[end:].lower())
    return mention if stands_alone else None
