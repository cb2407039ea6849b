"""The one normal form of a message, from which everything else is read.

Odd widths, invisible marks, drawn-out vowels, kana with blanks between them and emoji that answer
are repaired here, once, for everybody.
"""

from __future__ import annotations

import re
import unicodedata

from bot.understand.text import LONGEST_HEARD, hiragana
from knowledge.made_once import made_once

_YES, _NO = "はい", "いいえ"
_SIGNS = {
    **dict.fromkeys("○〇◯⭕🙆👌👍", _YES),
    **dict.fromkeys("×✕✖❌🙅👎", _NO),
}
"""Drawn answers. 〇 and × count only alone (「有限会社〇〇商店」, 「2×3」)."""

_SIGN = re.compile(f"(?<!\\S)[{''.join(_SIGNS)}]++(?![^\\s。、!！.,])")
"""A drawn answer alone, between blanks or marks."""

_INVISIBLE = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\u00ad]++|[🏻🏼🏽🏾🏿]"
)
"""Zero-width marks, directions, variation selectors, and skin tones of emoji."""

_HALF_WIDTH = re.compile("[ｦ-ﾟ]++")
"""A run of half-width katakana."""

_BLANKS = re.compile(r"[^\S\n]+")
"""Blanks within a line."""

_SPACED_KANA = re.compile(
    r"(?<![ぁ-ゖァ-ヺー])[ぁ-ゖァ-ヺー](?: [ぁ-ゖァ-ヺー](?![ぁ-ゖァ-ヺー])){2,}+"
)
"""Three or more kana with blanks between, as people write for emphasis."""

_KANA_WORDS = re.compile(r"(?<![ぁ-ゖァ-ヺー])[ぁ-ゖァ-ヺー]++(?: [ぁ-ゖァ-ヺー]++){2,}+")
"""Three or more words in kana with blanks between them."""

_APART = re.compile(
    r"(?<=[がはをにのへとも]) (?=\S)"
    r"| (?=(?:が|は|を|に|の|へ|と|も|で|から|まで|より|だけ|しか|です|ます|でした|ました|だ|や|た|て|ない|ません|いる|いない)(?: |$))"
)
"""A blank beside a particle or ending, which parts no words."""

_WAVES = re.compile(r"(?<![\d０-９割月年日期人万円%])[~〜～]++(?![\d０-９一二三四五六七八九十])")
"""A wave behind a number or unit is a range. Any other only draws out."""

_DRAWN = re.compile(
    r"([ーぁぃぅぇぉァィゥェォっッ])\1++|([ぁ-んァ-ヶ])(([あいうえおアイウエオ])\4{2,}+)"
)
"""Drawn-out small letters or vowels, as in 「やばぁぁい」."""

_STRETCHED = re.compile(r"(?<=[ぁ-ん])ー(?=[いくねよなわ](?![ぁ-んー])|[^ぁ-ゖァ-ヺー一-龠]|$)")
"""A long mark that only draws out an ending, as in 「やばーい」."""

_BIG_TSU = re.compile(r"(?<=[一-龠])つ(?=[たて])")
"""A large つ typed for っ, as in 「困つた」."""

_ROWS = {
    "あ": "あかさたなはまやらわがざだばぱ",
    "い": "いきしちにひみりぎじぢびぴ",
    "う": "うくすつぬふむゆるぐずづぶぷ",
    "え": "えけせてねへめれげぜでべぺ",
    "お": "おこそとのほもよろごぞどぼぽを",
}
_LAUGHS = re.compile(r"(?:(?<![wｗ])[wｗ]{2,}+|笑|[(（][笑泣汗怒][)）])(?=$|[\s。、!！])")
"""Laughter and (笑) at the end of a sentence."""


@made_once
def normalise(text: str) -> str:
    """Normalise width, keep lines, and drop drawn-out letters and decoration."""
    seen = _HALF_WIDTH.sub(_as_hiragana, _INVISIBLE.sub("", text[:LONGEST_HEARD]))
    # Cut again: NFKC makes up to eighteen characters of one.
    plain = unicodedata.normalize("NFKC", seen)[:LONGEST_HEARD]
    kept = "".join(c if c == "\n" or unicodedata.category(c)[0] != "C" else " " for c in plain)
    kept = _BLANKS.sub(" ", kept).strip()
    kept = _SIGN.sub(lambda found: _SIGNS[found[0][0]], kept)
    kept = _WAVES.sub("", _LAUGHS.sub("", kept))
    kept = _SPACED_KANA.sub(lambda found: found[0].replace(" ", ""), kept)
    kept = _KANA_WORDS.sub(lambda found: _APART.sub("", found[0]), kept)
    kept = _BIG_TSU.sub("っ", _STRETCHED.sub("", kept))
    return _DRAWN.sub(_shortened, kept)


def _as_hiragana(found: re.Match[str]) -> str:
    """Write half-width katakana as hiragana.

    Some telephones make half-width katakana of any kana (「ﾆｶｹﾞﾂ」).
    """
    return hiragana(unicodedata.normalize("NFKC", found[0]))


def _shortened(found: re.Match[str]) -> str:
    """Keep one of several like signs, and one vowel at most (「すみませえええん」)."""
    if found[1]:
        return found[1]
    before, vowel = hiragana(found[2]), hiragana(found[4])
    return found[2] if before in _ROWS[vowel] else found[2] + found[4]
