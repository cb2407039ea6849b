"""One spelling for everything: width, hyphens, blanks, old character forms."""

import re
import unicodedata
from dataclasses import dataclass

JAPANESE = r"\u3040-\u30ff\u3400-\u9fff々〆"
KANJI = r"\u3400-\u9fff々〆"

# Old or alternative forms → the form the tables are folded to. One character to one.
_FORMS = str.maketrans(
    "廣濱濵澁澀龍檮梼惠髙﨑嵜碕國澤邊邉櫻瀧會縣區臺圓德靜黑增兒繩藏關學榮壽與豐條姬礪彌埜曾檜"
    "嶋塩鹽竈竃眞鐵廳渕淵飛驒萬舘團應莊驛祗箏鹼槇瀨栁來當輿釡塚穗薗蠣",
    "広浜浜渋渋竜祷祷恵高崎崎崎国沢辺辺桜滝会県区台円徳静黒増児縄蔵関学栄寿与豊条姫砺弥野曽桧"
    "島塩塩釜釜真鉄庁渕渕飛騨万館団応荘駅祇筝鹸槙瀬柳来当輿釜塚穂園蛎",
)
_SMALL_KE = re.compile(rf"(?<=[{KANJI}])[ヶケがガ箇カヵ](?=[{KANJI}])")
_HYPHENS = re.compile(r"[‐‑‒–—―−﹣－⁃˗]|(?<=\d)[ーｰ](?=\d)")
_BLANKS = re.compile(rf"(?<=[{JAPANESE}])[ \t\u3000]+(?=[{JAPANESE}])")
_LETTER_SPACED = re.compile(rf"(?:[{JAPANESE}] +)+[{JAPANESE}]")
_MACRONS = re.compile(r"(?<=[aeiouAEIOU])[\u0302\u0304]")
_LINKS = re.compile(r"https?://\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|www\.\S+")


@dataclass(frozen=True, slots=True)
class Text:
    """A text twice, position for position: `shown` to echo, `folded` to look up."""

    shown: str
    folded: str


def fold(text: str) -> str:
    """The form names are looked up by; keeps the length."""
    return _SMALL_KE.sub("ケ", text.translate(_FORMS))


def normalise(text: str) -> Text:
    """Any text → the two forms. Links and mail addresses become blanks: they name no place."""
    composed = unicodedata.normalize("NFKC", text).translate(_INVISIBLE)
    plain = _LINKS.sub("。", unicodedata.normalize("NFC", _without_macrons(composed)))
    plain = _HYPHENS.sub("-", plain).strip()
    plain = plain.replace(" ", "") if _LETTER_SPACED.fullmatch(plain) else _BLANKS.sub(" ", plain)
    return Text(plain, fold(plain))


_INVISIBLE = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xFE0E, 0xFE0F))


def _without_macrons(text: str) -> str:
    """Ōsaka → Osaka. Other marks stay: が must not become か."""
    return _MACRONS.sub("", unicodedata.normalize("NFD", text))
