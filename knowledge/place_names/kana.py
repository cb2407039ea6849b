"""Find places written in kana, as あまがさき, アマガサキ, ひょうごけん."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from knowledge.place_names import guards
from knowledge.place_names.names import Kind, Mention, Reading
from knowledge.place_names.normalise import Text
from knowledge.place_names.readings import Index, indexed, weigh_homophones
from knowledge.place_names.spellings import lengths_at, lengths_by_head
from knowledge.place_names.tables import word_list

_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_LONG_O = re.compile("(?<=[おこそとのほもよろごぞどぼぽょ])[おー]")
"""お or a long mark behind an o-sound, which is also written う."""

_LONG_U = re.compile("(?<=[うくすつぬふむゆるぐずぶぷゅ])ー")
"""A long mark behind a u-sound, which is also written う."""

SHORT = 2
"""Readings up to this length (なら, さが, みえ) count only as the whole message."""

_HIRAGANA_RUN = re.compile(r"[ぁ-ゖー]+")
"""A run of hiragana."""

_KANA_RUN = re.compile(r"[ァ-ヺー]+")
"""A run of katakana."""

_OPENS = re.compile(r"[\s、。,.!?・/()「」『』:;は]")
"""Marks and particles behind which a reading may begin."""

_PREFECTURE_ENDS = re.compile("(?:けん|県|ふ|府|と|都|し|市|どう|道)の?")
"""Ends of a larger place, within which another may follow."""

_AFTER_KANA = re.compile(
    r"$|[\s、。,.!?・/()「」『』\[\]:;~〜…\-]|で(?!も)|に|の|です|だ|から|は|が|在住|市|県|府|都|町|村|区|駅|周辺|近"
)
"""Marks and words that may follow the reading of a place.

Before anything else the reading is the beginning of a longer word.
"""

_AFTER_SHORT_KANA = re.compile(
    r"$|[\s、。,.!?]|です|で(?:[一-龥ァ-ヺ]|す|$)|市|県|区|町|村|駅|の近"
)
"""What may follow a short reading, which is more often part of a word."""


def fold(text: str) -> str:
    """Return hiragana with one spelling of long vowels and of ぢ, づ, を.

    Keeps the length.
    """
    hiragana = text.translate(_HIRAGANA).replace("ぢ", "じ").replace("づ", "ず").replace("を", "お")
    return _LONG_U.sub("う", _LONG_O.sub("う", hiragana))


@cache
def index() -> Index:
    """Map folded hiragana to its possible meanings."""
    return indexed(fold)


@cache
def _lengths() -> Mapping[str, tuple[int, ...]]:
    return lengths_by_head(index())


def find(text: Text) -> list[Mention]:
    """Find readings at the start, after a mark, or as a lone katakana word."""
    found: list[Mention] = []
    folded, end = fold(text.shown), 0
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
    """Tell whether a mention is hiragana without its kind, as さくら for さくら市."""
    return (
        mention.name.kind is not Kind.FULL
        and _HIRAGANA_RUN.fullmatch(text.shown, mention.start, mention.end) is not None
    )


def with_homophones(text: Text, mention: Mention) -> Mention:
    """Add the homophones of a mention in hiragana.

    Other mentions stay as they are.
    """
    readings = index().get(fold(text.shown[mention.start : mention.end]))
    if readings is None or not is_bare_kana(text, mention):
        return mention
    return replace(mention, name=weigh_homophones(readings))


def _starts(shown: str) -> list[int]:
    """Return where a reading may begin."""
    starts = {0, guards.opening_end(shown)}
    starts |= {match.end() for match in _OPENS.finditer(shown)}
    starts |= {match.start() for match in _KANA_RUN.finditer(shown)}
    starts |= {match.end() for match in _PREFECTURE_ENDS.finditer(shown)}
    return sorted(start for start in starts if start < len(shown))


def _kana_at(shown: str, folded: str, start: int, *, follows: bool) -> Mention | None:
    """Return the longest reading at a position.

    `follows` says that it stands right behind another.
    """
    for end, readings in _readings_at(folded, start):
        is_prefecture = readings[0][0] is Kind.PREFECTURE
        goes_on = is_prefecture and _reads_on(shown, folded, end)
        closes = follows and _AFTER_KANA.match(shown, end) is not None
        if goes_on or closes or _is_kana_place(shown, folded, start, end):
            return Mention(start, end, weigh_homophones(readings))
    return None


def _reads_on(shown: str, folded: str, start: int) -> bool:
    """Tell whether the reading of a municipality follows, as in ひょうごけんあまがさきし."""
    return any(_AFTER_KANA.match(shown, end) is not None for end, _ in _readings_at(folded, start))


def _readings_at(folded: str, start: int) -> Iterator[tuple[int, Sequence[Reading]]]:
    """Yield the possible readings at a position with their ends, longest first."""
    for length in lengths_at(folded, start, _lengths()):
        readings = index().get(folded[start : start + length])
        if length > 1 and readings is not None:
            yield start + length, readings


def _is_kana_place(shown: str, folded: str, start: int, end: int) -> bool:
    """Tell whether a reading is a place.

    Short readings are everyday words more often than places, so they must stand alone.
    """
    word, length = folded[start:end], end - start
    opens = start <= guards.opening_end(shown)
    if word in _folded_words("never") or not guards.closes_full_name(shown, end):
        return False
    if opens and guards.is_nothing(shown[end:]):
        return word not in _folded_words("everyday") or _is_city(index()[word])
    if length <= SHORT or word in _folded_words("everyday"):
        return False
    if _KANA_RUN.fullmatch(shown, start, end):
        is_whole_run = _KANA_RUN.match(shown, end) is None
        return is_whole_run and shown[start:end] not in word_list("kana", "katakana")
    after = _AFTER_SHORT_KANA if length == SHORT + 1 else _AFTER_KANA
    return (opens or length > SHORT + 1) and after.match(shown, end) is not None


def _is_city(readings: Sequence[Reading]) -> bool:
    return any(kind is Kind.CITY for kind, _, _ in readings)


@cache
def _folded_words(name: str) -> frozenset[str]:
    """Return a list of kana words, folded for comparing."""
    return frozenset(fold(word) for word in word_list("kana", name))
