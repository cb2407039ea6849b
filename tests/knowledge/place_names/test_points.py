import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.place_names import land
from knowledge.place_names.places import PREFECTURES, locate_point

TOWNS = {
    "尼崎": (34.7333, 135.4064, "28"),
    "札幌": (43.0621, 141.3544, "01"),
    "那覇": (26.2124, 127.6809, "47"),
    "石垣": (24.3406, 124.1556, "47"),
    "父島": (27.0944, 142.1918, "13"),
    "対馬": (34.2026, 129.2875, "42"),
    "佐渡": (38.0183, 138.3683, "15"),
    "小豆島": (34.4817, 134.2331, "37"),
    "与論": (27.0486, 128.4140, "46"),
    "関西空港": (34.4342, 135.2328, "27"),
    "十津川": (33.9886, 135.7925, "29"),
    "稚内": (45.4156, 141.6731, "01"),
}
BORDERS = {
    "町田と相模原": (35.5417, 139.4455, {"13", "14"}),
    "関門海峡": (33.9600, 130.9600, {"35", "40"}),
    "山崎": (34.8920, 135.6800, {"26", "27"}),
}
ELSEWHERE = {
    "Seoul": (37.5665, 126.9780),
    "Busan": (35.1796, 129.0756),
    "Taipei": (25.0330, 121.5654),
    "Vladivostok": (43.1155, 131.8855),
    "Sakhalin": (46.9591, 142.7380),
    "New York": (40.7128, -74.0060),
    "Pacific": (30.0, 150.0),
    "Sea of Japan": (39.5, 135.0),
    "nowhere": (0.0, 0.0),
}


@pytest.mark.parametrize("name", TOWNS)
def test_towns_and_islands(name: str) -> None:
    latitude, longitude, code = TOWNS[name]
    place = locate_point(latitude, longitude)
    assert (place.decision, place.prefectures) == ("one", (code,))
    assert place.name == PREFECTURES[code]


@pytest.mark.parametrize("name", BORDERS)
def test_at_a_border_we_ask(name: str) -> None:
    latitude, longitude, codes = BORDERS[name]
    place = locate_point(latitude, longitude)
    assert place.decision == "many"
    assert set(place.prefectures) == codes
    assert "境目" in place.reason


@pytest.mark.parametrize("name", ELSEWHERE)
def test_abroad_and_at_sea_is_nowhere(name: str) -> None:
    place = locate_point(*ELSEWHERE[name])
    assert (place.decision, place.prefectures) == ("none", ())


@pytest.mark.parametrize("latitude", [math.nan, math.inf, -math.inf, 999.0, -91.0, 10**400])
def test_impossible_degrees_get_a_reason(latitude: float) -> None:
    for place in (locate_point(latitude, 135.0), locate_point(35.0, latitude)):
        assert place.decision == "none"
        assert place.reason


def test_the_address_says_more_than_the_coordinates() -> None:
    at_the_border = (34.8920, 135.6800)
    assert locate_point(*at_the_border, "大阪府三島郡島本町山崎1丁目").prefectures == ("27",)
    assert locate_point(*at_the_border, "〒618-0071 京都府乙訓郡大山崎町").prefectures == ("26",)
    assert locate_point(35.7, 139.7, "日本、〒660-0892 兵庫県尼崎市東難波町").prefectures == ("28",)


def test_an_address_without_a_place_leaves_it_to_the_coordinates() -> None:
    assert locate_point(34.7333, 135.4064, "").prefectures == ("28",)
    assert locate_point(34.7333, 135.4064, "ピン留めした場所").prefectures == ("28",)


def test_an_ambiguous_address_is_settled_by_the_coordinates() -> None:
    assert locate_point(34.5686, 133.2364, "府中市府川町315").prefectures == ("34",)


def test_an_address_in_latin_letters_must_agree_with_the_coordinates() -> None:
    assert locate_point(34.7333, 135.4064, "Amagasaki, Hyogo, Japan").prefectures == ("28",)
    assert locate_point(40.7128, -74.0060, "Tokyo Ramen, New York").decision == "none"


@given(st.floats(), st.floats(), st.none() | st.text(max_size=20))
def test_any_point_gets_an_answer(latitude: float, longitude: float, address: str | None) -> None:
    place = locate_point(latitude, longitude, address)
    assert set(place.prefectures) <= set(PREFECTURES)
    assert (len(place.prefectures) == 1) == (place.decision == "one")


@given(st.floats(24, 45.5), st.floats(123, 146))
def test_a_single_answer_is_never_near_another_prefecture(
    latitude: float, longitude: float
) -> None:
    place = locate_point(latitude, longitude)
    if place.decision == "one" and land.load().at(latitude, longitude):
        assert land.near(latitude, longitude, land.ASK_METRES) == place.prefectures


def test_every_prefecture_has_land() -> None:
    assert {f"{code:02}" for code in set(land.load().prefectures)} == set(PREFECTURES)
