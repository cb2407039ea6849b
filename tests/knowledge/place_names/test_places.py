import csv
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.place_names import latin, postal
from knowledge.place_names.former import former_names
from knowledge.place_names.normalise import fold
from knowledge.place_names.places import PREFECTURES, REGIONS, Place, locate
from knowledge.place_names.spellings import everyday_spellings
from knowledge.place_names.tables import PREFECTURE_KANA, municipalities

CASES = Path(__file__).parents[2] / "cases" / "places.csv"
KATAKANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}
FRAGMENTS = [
    *(
        "東京",
        "京都",
        "大阪の",
        "兵庫県",
        "尼崎市",
        "北区",
        "府中",
        "さが",
        "みやこ",
        "大分",
        "三重",
        "新",
    ),
    *(
        "〒",
        "660-0892",
        "123",
        "円",
        "電話",
        "です",
        "で",
        "の",
        "、",
        "から",
        "移転",
        "取引先は",
        "さん",
    ),
    *("じゃなくて", "Osaka", "-shi", "kobe", " japan", "ヶ", "ー", "サイト", "市場", "町", "市"),
    *("٣", "\ud800", "\x00", "{", "}", "ﷺ", "😀", " "),
]


def cases() -> list[tuple[str, str, str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return [(row["text"], row["decision"], row["prefectures"]) for row in csv.DictReader(file)]


@pytest.mark.parametrize(("text", "decision", "prefectures"), cases())
def test_what_owners_say(text: str, decision: str, prefectures: str) -> None:
    place = locate(text)
    assert place.decision == decision, place
    assert set(place.prefectures) == set(prefectures.split()), place


def test_the_cases_cover_enough() -> None:
    assert len({text for text, _, _ in cases()}) == len(cases()) >= 250


def test_a_former_name_with_its_county_means_todays_prefecture() -> None:
    today = {each.within + each.name for each in municipalities()}
    expected = defaultdict(set)
    for each in former_names():
        if each.within and each.within + each.name not in today:
            expected[each.within + each.name].add(each.today.prefecture)
    assert len(expected) > 1_600
    for text, codes in expected.items():
        assert set(locate(text).prefectures) == codes, text


def test_every_former_name_is_dated() -> None:
    dates = {date.fromisoformat(each.changed_on) for each in former_names()}
    assert min(dates) >= date(2003, 1, 1)
    assert max(dates) <= date(2026, 11, 30)


def test_an_everyday_spelling_never_takes_the_name_of_another_place() -> None:
    own = {fold(each.name) for each in municipalities()}
    for spelling, usual in everyday_spellings(own).items():
        assert spelling not in own
        assert usual in own
    assert everyday_spellings({"鹿嶋", "鹿島"}).keys().isdisjoint({"鹿嶋", "鹿島"})
    assert "舟橋" not in everyday_spellings({"船橋", "舟橋"})


def test_with_its_prefecture_a_block_named_like_any_other_place_changes_nothing() -> None:
    names = [each.name for each in municipalities()] + [each.bare for each in municipalities()]
    for name in names:
        for text in (f"東京都府中市{name}1-2", f"北海道釧路市{name}"):
            assert len(locate(text).prefectures) == 1, text


def namesakes() -> dict[str, set[str]]:
    found = defaultdict(set)
    for each in municipalities():
        found[each.name].add(each.prefecture)
    return found


def test_every_municipality_means_exactly_the_prefectures_it_exists_in() -> None:
    for name, codes in namesakes().items():
        for text in (name, f"{name}です", f"場所は{name}で、飲食店をやっています"):
            assert set(locate(text).prefectures) == codes, text


def test_with_its_prefecture_every_municipality_is_certain() -> None:
    for each in municipalities():
        prefecture = PREFECTURES[each.prefecture]
        short = prefecture if each.prefecture == "01" else prefecture[:-1]
        for text in (
            f"{prefecture}{each.within}{each.name}",
            f"{prefecture}{each.within}{each.name}本町1-2-3",
            f"{short}の{each.name}",
            f"{short}{each.name}",
        ):
            assert locate(text).prefectures == (each.prefecture,), text


def test_there_are_as_many_municipalities_as_there_should_be() -> None:
    wards_of_cities = [
        each for each in municipalities() if each.within.endswith("市") and each.name[-1] == "区"
    ]
    # 1,747 with the six villages of the northern islands, which have no postal codes
    assert len(municipalities()) - len(wards_of_cities) == 1741


@pytest.mark.parametrize("code", PREFECTURES)
def test_prefectures_in_every_spelling(code: str) -> None:
    name, kana = PREFECTURES[code], PREFECTURE_KANA[code]
    kind = {"01": "", "13": "と", "26": "ふ", "27": "ふ"}.get(code, "けん")
    bare = kana.removesuffix(kind)
    romaji = latin.to_latin(bare).capitalize()
    for text in (
        *(name, f"{name}です", f"{name}で店をやっています"),
        *(kana, kana.translate(KATAKANA), bare, bare.translate(KATAKANA)),
        *(romaji, romaji.upper(), f"{romaji} Prefecture", f"my shop is in {romaji}"),
    ):
        assert locate(text).prefectures == (code,), text


def test_every_postal_code_in_use_has_an_owner() -> None:
    known = {each.code for each in municipalities()}
    used = [f"{code:07}" for code in range(10**7) if postal.is_used(code)]
    assert len(used) > 140_000
    for code in used:
        assert known.issuperset(postal.owners(code) or ("nobody",)), code
    for code in used[::500]:
        expected = {owner[:2] for owner in postal.owners(code)}
        for text in (code, f"〒{code[:3]}-{code[3:]}", f"{code[:3]}-{code[3:]}です"):
            assert set(locate(text).prefectures) == expected, text


def test_regions_hold_every_prefecture_once() -> None:
    listed = [code for codes in REGIONS.values() for code in codes]
    assert sorted(listed) == sorted(PREFECTURES)
    assert len(REGIONS) in {8, 9}


@pytest.mark.parametrize(
    ("text", "name", "spoken", "direct"),
    [
        ("尼崎で食堂をやってます", "兵庫県尼崎市", "尼崎", False),
        ("尼崎", "兵庫県尼崎市", "尼崎", True),
        ("うちは尼崎です。", "兵庫県尼崎市", "尼崎", True),
        ("兵庫県尼崎市長洲本通3-5-1", "兵庫県尼崎市", "兵庫県、尼崎市", True),
        ("福島", "福島県", "福島", True),
        ("堺", "大阪府堺市", "堺", True),
        ("大阪市北区", "大阪府大阪市北区", "大阪市北区", True),
        ("660-0892", "兵庫県尼崎市", "660-0892", True),
        ("府中市", "府中市", "府中市", True),
        ("小林です", "宮崎県小林市", "小林", False),  # may be the writer's name
        ("小林市です", "宮崎県小林市", "小林市", True),
    ],
)
def test_the_echo(text: str, name: str, spoken: str, *, direct: bool) -> None:
    place = locate(text)
    assert (place.name, place.spoken, place.direct) == (name, spoken, direct)


def test_asking_back_names_the_choices() -> None:
    assert "東京都、広島県" in locate("府中市").reason
    assert "11の都道府県" in locate("中央区").reason


@pytest.mark.parametrize("text", ["", "  ", "〒999", "〒999-9999", "返済がきつい", "東京じゃない"])
def test_none_says_what_to_type(text: str) -> None:
    assert locate(text).reason.endswith("お知らせください。")


def is_sound(place: Place) -> bool:
    count = {"one": place.prefectures[1:] == (), "many": len(place.prefectures) > 1}
    fits = count.get(place.decision, place.prefectures == ())
    says_why = bool(place.reason) == (place.decision != "one")
    known = set(place.prefectures) <= set(PREFECTURES)
    return fits and says_why and known and (place.decision == "none") == (place.name == "")


@given(st.text() | st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join))
def test_any_text_gets_a_sound_answer(text: str) -> None:
    assert is_sound(locate(text))


@pytest.mark.parametrize(
    "unit", ["東京", "とうきょうと", "ですね", "a.", "〒6", "兵庫県尼崎市", "の"]
)
def test_a_very_long_text_gets_an_answer(unit: str) -> None:
    assert is_sound(locate(unit * 5000 + "x"))
