"""What keeps a word that looks like a place from being taken for one.

Japanese has no blanks, and most place names are also surnames or parts of other words, so a name
counts only where a word begins and ends: 長野 in 長野で, not in 長野原町, 宮崎台 or 千葉さん.
"""

import re
from functools import cache

from knowledge.place_names.normalise import KANJI

_KATAKANA = r"ァ-ヺー"

COMMON_WORDS = frozenset(
    "昭和 明和 共和 協和 平和 大和 中間 国立 朝日 光 旭 緑 泉 栄 港 関 燕 森 境 東 西 南 北 中 錦 "  # noqa: SIM905
    "灘 青葉 若葉 中央 大台 大口 日光 日進 豊 美里 美郷 城東 城南 港南 みどり さくら あま かみ 空知 "
    "大分 三条 一宮 手稲 山形 上野 江南 幸 共栄 清水".split()
)
"""Bare names that are everyday words too: they need an introduction."""

NEVER_ALONE = frozenset(
    "中央 東 西 南 北 中 南部 東部 西部 北部 緑 幸 栄 港 泉 中部 若葉 豊".split()
)  # noqa: SIM905
"""Bare names nobody means a municipality by, unless they say its 区, 市, 町 or 村."""

_BEFORE = re.compile(
    rf"(?:^|[^{KANJI}{_KATAKANA}A-Za-z0-9]|[0-9]|住所|所在地|場所|本社|本店|店舗|会社|拠点|地元|現在|"
    r"工場|事業所|営業|都道府県|市町村|市区町村|地域|弊社|当社|当店|当方|自社|私|僕|俺|株|有)$"
)
_PARTICLES_BEFORE = "はがもにでのと、,。. 　:/・(「『\n"

_AFTER = re.compile(
    r"$|[\s、。,.!?!?・/()「」『』\[\]:;~〜…\"'&+>=<\-|0-9]|"
    r"で(?!んわ)|に|の|は|が|を|へ|と|も|や(?!ま)|か(?!き)|から|まで|より|だ|じゃ|なの|なん|なら|なー|っす|って|"
    r"っぽ|ね|よ|です|ぐらい|くらい|あたり|らへん|ら辺|辺|へん|ちか|近|在住|在|方面|周辺|付近|郊外|界隈|"
    r"地区|地方|地域|圏|市内|市|県|府|都内|都|道|駅|支店|本社|本店|支社|営業所|工場|店|拠点|事業所|方|"
    r"側|寄り|北部|南部|東部|西部|中部|中心|全域|全体|一円|某|内|下|生まれ|育ち|出身|以外|限定|商店街|市街|"
    r"沿岸|沿線|港(?:[でにの]|$)|商工会|ナンバー|エリア|住み|発|某所|😊|🙏|💦|笑|w+$|\(|（"
)
_PERSON = re.compile(
    r"(?:さん|さま|様|氏|君|くん|ちゃん|社長|先生|部長|課長|係長|専務|常務|店長|会長|"
    r"主任|支店長|所長|代表|弁護士|税理士|と申|ともうし|といいます|と言います|といいまして|と言う者|という者|"
    r"っていいます|と名乗)"
)
_PERSON_BEFORE = re.compile(
    r"(?:担当|社員|従業員|部下|上司|同僚|友人|友達|先輩|後輩|知人|パート|バイト|アルバイト|課長|部長|店長|"
    r"税理士|弁護士|先生|社長|専務|名前は|名字は|苗字は|氏名は|代表)の?$"
)
_TAIL = re.compile(
    rf"[{KANJI}{_KATAKANA}0-9A-Za-z\-ヶケ]*(?:[のがノ之][{KANJI}{_KATAKANA}0-9]+(?=[0-9\-丁番町]))?[0-9\-丁目番地号階FＦ]*"
)
_OPENING = re.compile(
    r"^(?:[\s、。,.「『(〒\d-]|え+っ?と[ー、]*|ええと|あの[ー、]*|はい|こんにちは|お世話になります|"
    r"(?:うち|私|わたし|僕|俺|当社|弊社|当店|会社|店|お店|店舗|本社|本店|場所|住所|所在地|事業所|拠点|地元|"
    r"工場|自宅兼店舗)(?:の(?:会社|店|場所|住所|事業所))?[はが:、\s]*|場所なら)*"
)
SHORT_MESSAGE = 24
"""Up to this many characters the opening of a message may name a small town without 町 or 村."""

_SPECIAL = {
    "大分": re.compile(
        r"県|市|で(?!す?か?な)|です|から|に(?:あ|い|住|店|本|会|工|事)|の(?:[会店別南北中国臼杵日佐由]|$)|在|駅|$"
    ),
    "三重": re.compile(
        r"県|で|です|から|在|$|の(?:[会店北南中四津桑鈴松伊志亀名]|$)|に(?:あ|い|住|店|本|会|工|事)|[、。と]"
    ),
}


def opens_word(text: str, start: int, end: int) -> bool:
    """Whether a word may begin at `start`."""
    if _PERSON_BEFORE.search(text[max(0, start - 8) : start]):
        return False
    if "\u3040" <= text[start] <= "\u309f":
        return start == 0 or text[start - 1] in _PARTICLES_BEFORE
    if start and text[start - 1 : start + 1] == "新" + text[start:end][:1]:
        return False
    return _BEFORE.search(text[max(0, start - 5) : start]) is not None


def closes_full_name(text: str, start: int, end: int) -> bool:
    """Whether a name with its 市, 町, 村 … may end here: not before さん, nor in 光市場."""
    return not _PERSON.match(text, end) and not (
        text[end - 1] == "市" and text[end : end + 1] == "場"
    )


def closes_word(text: str, start: int, end: int) -> bool:
    """Whether a bare name may end here: before a particle, a mark, or a word like 駅 or 市内."""
    special = _SPECIAL.get(text[start:end])
    if special is not None:
        return special.match(text, end) is not None
    return _AFTER.match(text, end) is not None and _PERSON.match(text, end) is None


def is_introduced(text: str, start: int, end: int) -> bool:
    """Whether a small or everyday name opens a short message (the only place it counts)."""
    opening = _OPENING.match(text)
    at_opening = opening is not None and start <= opening.end()
    if not at_opening or len(text) > SHORT_MESSAGE:
        return False
    if text[start:end] in COMMON_WORDS:
        return is_nothing(text[end:])
    return True


@cache
def _polite() -> re.Pattern[str]:
    return re.compile(
        r"(?:です|でございます|になります|にあります|にございます|にいます|にて|在住|の方|のほう|だよ|だ|"
        r"ですね|ですよ|ですけど|ですが|なんですけど|なんですが|かな|かも|駅前|駅|市内|県内|府内|都内|内|あたり|"
        r"辺り|周辺|付近|近く|近辺|方面|の近く|のあたり|の|で|に|から|っす|よ|ね|な|と|や|"
        r"お願いします|よろしくお願いします|宜しくお願いします|市|県|府|都|w+|笑|"
        r"prefecture|city|pref|japan|ward|town|village|[\s、。,.!?・/()「」『』\[\]:;~…ー〜-])*"
    )


def is_nothing(rest: str) -> bool:
    """Whether what is left beside a place says nothing: です, の近く, marks."""
    return _polite().fullmatch(rest) is not None


def opening_end(text: str) -> int:
    """Where うちは, 場所は, えーと and the like at the beginning end."""
    found = _OPENING.match(text)
    return found.end() if found else 0


def end_of_address(text: str, position: int) -> int:
    """Behind the town, block and building that follow a municipality: 長洲本通3-5-1."""
    found = _TAIL.match(text, position)
    return found.end() if found else position
