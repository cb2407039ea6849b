"""Keep a word that looks like a place from being taken for one.

Japanese has no blanks, and most place names are also surnames or parts of other words, so a name
counts only where a word begins and ends: 長野 in 長野で, not in 長野原町, 宮崎台 or 千葉さん.
"""

import re

from knowledge.place_names.normalise import KANJI
from knowledge.place_names.patterns import one_of
from knowledge.place_names.tables import word_list

SHORT_MESSAGE = 24
"""Characters of a message whose opening may name a town without 町 or 村."""

_KATAKANA = r"ァ-ヺー"
_LOOK_BACK = 8
"""Characters before a name in which such words stand."""

_PARTICLES_BEFORE = "はがもにでのと、,。. 　:/・(「『\n"

_BEFORE = re.compile(
    rf"(?:^|[^{KANJI}{_KATAKANA}]|"
    + one_of("""住所 所在地 場所 本社 本店 店舗 会社 拠点 地元 現在 工場 事業所 営業 都道府県 市町村 市区町村
    地域 年 年前 今 阪急 阪神 近鉄 京阪 南海 名鉄 小田急 京急 東急 西武 東武 京王 京成 西鉄 地下鉄 弊社 当社 当店 当方 自社 私 僕 俺 株 有""")
    + ")$"
)
"""Text right before a name. Other characters would make it another word."""

_AFTER = re.compile(
    r"$|[\s、。,.!?・/()「」『』\[\]:;~〜…\"'&+>=<\-|0-9]|で(?!んわ)|や(?!ま)|か(?!き)|(?:けん|し|ふ)(?=$|[のでだ、。 ])|w+$|"
    r"港(?=[でにの]|$)|[東西南北中]区|"
    + one_of("""に の は が を へ と も から まで より だ じゃ なの なん なら なー っす って ね よ です
    ぐらい くらい あたり らへん ら辺 辺 へん ちか 近 在住 在 方面 周辺 付近 郊外 界隈 地区 地方 地域 圏 市内 市
    県 府 都内 都 道 駅 支店 本社 本店 支社 営業所 工場 店 拠点 事業所 方 側 寄り 北部 南部 東部 西部 中部 中心
    全域 全体 一円 某 内 下 生まれ 育ち 出身 以外 限定 商店街 市街 沿岸 沿線 商工会 ナンバー エリア 住み 発 笑
    温泉 空港 駅前""")
)
"""Text right behind a bare name. A particle, a mark, or a word of places."""

_PERSON = re.compile(
    rf"様(?!似)|[氏君](?![{KANJI}])|"  # 三次市君田町, さくら市氏家 and 様似 are places
    + one_of("""さん さま くん ちゃん 社長 先生 部長 課長 係長 専務 常務 店長 会長 主任 支店長 所長 代表
    弁護士 税理士 と申 ともうし といいます と言います といいまして と言う者 という者 っていいます と名乗""")
)
_SURNAME_FORMS = re.compile("[嶋嶌冨]")
"""Characters that people write in their names rather than in their address."""

_KINDS = frozenset("市区町村")
_PERSON_BEFORE = re.compile(
    one_of("""担当 社員 従業員 部下 上司 同僚 友人 友達 先輩 後輩 知人 パート バイト アルバイト 課長 部長 店長
    税理士 弁護士 先生 社長 専務 名前は 名字は 苗字は 氏名は 代表""")
    + "の?$"
)
"""Words before a surname that is also a place."""

_ASIDE = re.compile("の?(?:方|ほう|側|隣|横|向|寄り|あたり|辺|へん|周辺|付近|近|奥|先)")
"""Makes 東, 森 or 港 a direction or a thing, as 東の方, 森の近く."""

_OWN_PLACE = (
    r"に(?:あ|い|住|店|本|会|工|事)|の(?:$|[会店工製農漁食旅酒業事小北南東西中]|駅|近く|田舎|山)"
)
_ALSO_ADVERBS = {
    "大分": re.compile(rf"県|市|で(?!すか?な)|です|から|在住|駅|$|{_OWN_PLACE}"),
    "三重": re.compile(rf"県|で|です|から|在住|と|[、。]|$|{_OWN_PLACE}"),
}
"""Text behind 大分 ("considerably") and 三重 ("threefold") when they are places."""

_BUSINESS = re.compile(
    r"[市町村]?(?:の?駅|市内|在住|の近く|で[^はがを。]{0,6}"
    + one_of("""店 屋 業 工場 工務 会社 食堂 商売 サロン 院 室 カフェ 農 宿 旅館 居酒屋 ラーメン 寿司 飲食 やって
    やり して 営 経営 造 作っ""")
    + ")"
)
"""Words behind an everyday word by which it is a place."""

_OPENING = re.compile(
    r"(?:[\s、。,.「『(〒]|え+っ?と[ー、]*|あの[ー、]*|場所なら|"
    + one_of("はい ええと こんにちは お世話になります")
    + "|"
    + one_of("""うち 私 わたし 僕 俺 当社 弊社 当店 会社 店 お店 店舗 本社 本店 場所 住所 所在地 事業所 拠点 地元 工場
    自宅兼店舗""")
    + r"(?:の(?:会社|店|場所|住所|事業所))?[はが:、\s]*){0,12}+"
)
"""Words before a place at the beginning, as 「えーと場所は」."""

_NOTHING = re.compile(
    r"(?:[\s、。,.!?・/()「」『』\[\]:;~…ー〜\-]|w+|"
    + one_of("""です でございます になります にあります にございます にいます にて 在住 の方 のほう だよ だ ですね
    ですよ ですけど ですが なんですけど なんですが かな かも 駅前 駅 市内 県内 府内 都内 内 あたり 辺り 周辺 付近 近く 近辺
    方面 の近く のあたり の で に から っす よ ね な と や お願いします よろしくお願いします 宜しくお願いします 市 県 府 都
    笑 prefecture city pref japan ward town village""")
    + ")*+"
)
"""Words and marks beside a place that add nothing."""

_ADDRESS = re.compile(
    rf"[{KANJI}{_KATAKANA}0-9A-Za-z\-]*"
    rf"(?:[がケヶ][丘岡原浜谷崎峰島野]|[のノ之が][{KANJI}{_KATAKANA}0-9]+(?=[0-9\-丁番町]))?[0-9\-丁目番地号階F]*"
)
"""The rest of an address behind a place, with its block and building."""

_BREAK = re.compile(r"[\s、。,.・!?/()はがもとやでに]|から|まで|より|へ|^の$")
"""Marks and particles between two names."""

_ABROAD = tuple(name for name in word_list("abroad", "names") if not name.isascii())
_ABROAD_LATIN = re.compile(
    r"\b(?:" + "|".join(name for name in word_list("abroad", "names") if name.isascii()) + r")\b"
)
"""Foreign places in Latin letters."""


def opens_word(text: str, start: int) -> bool:
    """Tell whether a word may begin at `start`."""
    before = text[max(0, start - _LOOK_BACK) : start]
    if _PERSON_BEFORE.search(before):
        return False
    if "ぁ" <= text[start] <= "ゖ":
        return before == "" or before[-1] in _PARTICLES_BEFORE
    return _BEFORE.search(before) is not None


def closes_full_name(text: str, end: int) -> bool:
    """Tell whether a name with its 市, 町 … may end here.

    Not before さん, and not in 光市場.
    """
    return not _PERSON.match(text, end) and text[end - 1 : end + 1] != "市場"


def closes_word(text: str, start: int, end: int) -> bool:
    """Tell whether a bare name may end here.

    It ends before a particle, a mark, a word like 駅.
    """
    special = _ALSO_ADVERBS.get(text[start:end])
    if special is not None:
        return special.match(text, end) is not None
    if text[end : end + 1] in _KINDS and not closes_full_name(text, end + 1):
        return False
    return _AFTER.match(text, end) is not None and _PERSON.match(text, end) is None


def is_introduced(text: str, start: int, end: int) -> bool:
    """Tell whether a small or everyday name counts here.

    Small towns count at the opening of a short message; a name that is an everyday word too counts
    when nothing else is said, or in front of a business; a direction only when nothing else is.
    """
    name = text[start:end]
    at_opening = start <= opening_end(text)
    if (len(name) == 1 or name in word_list("kanji", "directions")) and _ASIDE.match(text, end):
        return False
    if at_opening and is_nothing(text[end:]):
        return True
    if name in word_list("kanji", "directions"):
        return False
    if name in word_list("kanji", "everyday"):
        return _BUSINESS.match(text, end) is not None
    return at_opening and len(text) <= SHORT_MESSAGE


def is_nothing(rest: str) -> bool:
    """Tell whether the rest beside a place is empty, as です, の近く, marks."""
    return _NOTHING.fullmatch(rest) is not None


def is_also_a_word(spoken: str) -> bool:
    """Tell whether a name is a surname or an everyday word too.

    As 小林, さくら, 那須, 福嶋, and every single letter, as 「赤」 of 赤村.
    """
    return (
        len(spoken) == 1
        or spoken in word_list("kanji", "surnames")
        or spoken in word_list("kana", "everyday")
        or spoken in word_list("kanji", "everyday")
        or _SURNAME_FORMS.search(spoken) is not None
    )


def opening_end(text: str) -> int:
    """Return where うちは, 場所は, えーと and the like at the beginning end."""
    found = _OPENING.match(text)
    return found.end() if found else 0


def is_abroad(text: str) -> bool:
    """Tell whether a place outside Japan is named."""
    return any(name in text for name in _ABROAD) or _ABROAD_LATIN.search(text) is not None


def has_break(between: str) -> bool:
    """Tell whether a mark or a particle stands between two names."""
    return _BREAK.search(between) is not None


def end_of_address(text: str, position: int) -> int:
    """Return the position behind an address's block and building, as 長洲本通3-5-1."""
    found = _ADDRESS.match(text, position)
    return found.end() if found else position
