"""Give every text one spelling.

Width, hyphens, blanks, old character forms.
"""

import re
import unicodedata
from dataclasses import dataclass

from knowledge.invisible import visible

JAPANESE = r"\u3040-\u30ff\u3400-\u9fff々〆"
KANJI = r"\u3400-\u9fff々〆"

# Old or alternative forms → the form the tables are folded to. One character to one.
_FORMS = str.maketrans(
    "廣濱濵澁澀龍檮惠髙﨑嵜碕國澤邊邉櫻瀧會縣區臺圓德靜黑增兒繩藏關學榮壽與豐條姬礪彌埜曾檜鹽竈竃眞鐵廳淵驒萬舘團莊驛瀨來當穗蠣槇壹龜絲禮藝總對豬蘆",
    "広浜浜渋渋竜梼恵高崎崎崎国沢辺辺桜滝会県区台円徳静黒増児縄蔵関学栄寿与豊条姫砺弥野曽桧塩釜釜真鉄庁渕騨万館団荘駅瀬来当穂蛎槙壱亀糸礼芸総対猪芦",
)
_SMALL_KE = re.compile(rf"(?<=[{KANJI}])[ヶケがガ箇カヵ](?=[{KANJI}])")
"""A kana between a name's kanji, written in many ways, as in 茅ヶ崎."""

_HYPHENS = re.compile(r"[‐‑‒–—―−﹣－⁃˗]|(?<=\d)[ーｰ](?=\d)")
"""Hyphens of every kind, and a long mark between digits."""

_BLANKS = re.compile(rf"(?<=[{JAPANESE}])[ \t\u3000]+(?=[{JAPANESE}])")
"""Blanks between Japanese characters, which mean nothing."""

_LETTER_SPACED = re.compile(rf"(?:[{JAPANESE}] +)+[{JAPANESE}]")
"""Japanese characters with blanks between all of them."""

_MACRONS = re.compile(r"(?<=[aeiouAEIOU])[\u0302\u0304]")
"""Marks of long vowels, as in Ōsaka."""

_MARKED_LATIN = re.compile("[\u00c0-\u017f\u0300-\u036f]")
"""Latin letters with marks, without which nothing is to be done."""

_LINKS = re.compile(
    r"https?://[!-~]+"
    r"|(?<![\w.+\-])[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+"
    r"|(?<![\w.\-])[\w\-]+(?:\.[\w\-]+)*\.(?:jp|com|net|org|info)\b(?:/[!-~]*)?",
    re.ASCII,
)
"""Web and mail addresses, which may hold the names of places."""


@dataclass(frozen=True, slots=True)
class Text:
    """Hold a text twice, position for position.

    `shown` to echo, `folded` to look up.
    """

    shown: str
    folded: str


def fold(text: str) -> str:
    """Return the form in which names are looked up, keeping the length."""
    return _SMALL_KE.sub("ケ", text.translate(_FORMS))


def normalise(text: str, longest: int) -> Text:
    """Return both forms of the first `longest` characters of any text.

    Links and mail addresses become blanks: they name no place.
    """
    # Cut again: NFKC makes up to eighteen characters of one.
    composed = unicodedata.normalize("NFKC", visible(text[:longest]))[:longest]
    plain = _LINKS.sub("。", _without_macrons(composed))
    plain = _HYPHENS.sub("-", plain).strip()
    plain = plain.replace(" ", "") if _LETTER_SPACED.fullmatch(plain) else _BLANKS.sub(" ", plain)
    return Text(plain, fold(plain))


def _without_macrons(text: str) -> str:
    """Remove macrons, as in Ōsaka → Osaka.

    Other marks stay: が must not become か.
    """
    if _MARKED_LATIN.search(text) is None:
        return text
    return unicodedata.normalize("NFC", _MACRONS.sub("", unicodedata.normalize("NFD", text)))
