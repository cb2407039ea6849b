import copy
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from knowledge import sources
from knowledge.directory import center_faults, centers
from knowledge.directory.phone import Status
from knowledge.files import PREFECTURE_CODES, KnowledgeError, read_json

LEAFLET = Path(__file__).parents[2] / "data" / "leaflet_2015.txt"
# Known to have changed; never to be called.
OBSOLETE = {"089-913-7505", "098-867-6760"}


def rows_kept(directory: centers.Directory) -> list[centers.LeafletDesk]:
    """List the leaflet's head office, prefectures and branches from our files."""
    prefectures = [center.leaflet for center in directory.centers]
    branches = [branch.leaflet for branch in directory.branches]
    return [directory.headquarters.leaflet, *prefectures, *branches]


def rows_printed() -> list[tuple[str, str, str]]:
    """Read the table as printed, with two rows side by side on every line."""
    lines = LEAFLET.read_text(encoding="utf-8").splitlines()[1:]
    cells = [line.split("\t") for line in lines]
    return [(row[at], row[at + 1], row[at + 2]) for row in cells for at in (0, 3)]


def read_with(change: Callable[[dict[str, Any]], object]) -> Callable[[str], Any]:
    """A reader whose files have been changed by hand, as people do."""
    content = {
        name: copy.deepcopy(read_json(name)) for name in (*center_faults.FILES, sources.FILE)
    }
    change(content)
    return content.__getitem__


def test_the_58_rows_are_the_leaflet_s_digit_for_digit() -> None:
    rows = rows_kept(centers.load())
    assert len(rows) == 58
    assert sorted((row.name, row.host, row.phone) for row in rows) == sorted(rows_printed())


def test_the_leaflet_s_desk_stands_beside_the_right_prefecture() -> None:
    for center in centers.load().centers:
        assert center.leaflet.name == f"{center.prefecture}経営改善支援センター"


def test_the_packaged_files_have_no_faults() -> None:
    assert center_faults.problems() == []


@pytest.mark.parametrize("code", PREFECTURE_CODES)
def test_every_prefecture_has_all_its_desks(code: str) -> None:
    desks = centers.load().for_prefecture(code)
    associations = desks.guarantee_associations
    assert desks.center.code == desks.yorozu.code == associations[0].code == code
    assert associations[0].city is None
    assert desks.center.directory.startswith("https://www.chusho.meti.go.jp/")
    assert desks.branch.phone is not None


def test_counts() -> None:
    directory = centers.load()
    assert [center.code for center in directory.centers] == list(PREFECTURE_CODES)
    assert len(directory.guarantee_associations) == 51
    assert len(directory.yorozu) == 47
    assert len(directory.branches) == 10


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("14", ["神奈川県信用保証協会", "横浜市信用保証協会", "川崎市信用保証協会"]),
        ("21", ["岐阜県信用保証協会", "岐阜市信用保証協会"]),
        ("23", ["愛知県信用保証協会", "名古屋市信用保証協会"]),
        ("13", ["東京信用保証協会"]),
    ],
)
def test_a_city_s_own_association_comes_after_the_prefecture_s(code: str, names: list[str]) -> None:
    found = centers.load().for_prefecture(code).guarantee_associations
    assert [association.name for association in found] == names


def test_an_obsolete_number_is_history_and_is_never_offered() -> None:
    directory = centers.load()
    changed = {row.phone for row in rows_kept(directory) if row.status is Status.CHANGED}
    assert changed == OBSOLETE
    offered = [phone.number for center in directory.centers for phone in center.phones]
    offered += [branch.phone.number for branch in directory.branches if branch.phone]
    assert OBSOLETE.isdisjoint(offered)


def test_okinawa_has_no_number_to_offer_but_a_site() -> None:
    center = centers.load().for_prefecture("47").center
    assert center.phone() is None
    assert center.website == "https://oki-kyogikai.go.jp/"
    assert center.leaflet.status is Status.CHANGED


def test_ehime_has_two_desks() -> None:
    center = centers.load().for_prefecture("38").center
    first, second = center.phone(), center.phone(for_405=True)
    assert first is not None
    assert second is not None
    assert (first.number, first.status, first.grade) == (
        "089-970-5790",
        Status.CONFIRMED,
        "primary",
    )
    assert (second.number, second.for_405) == ("089-970-5771", True)


@pytest.mark.parametrize(
    ("code", "number", "as_of"),
    [
        ("33", "086-286-9682", "2022-04-04"),
        ("29", "0742-24-7034", "2022-04以降(日付なし)"),
    ],
)
def test_a_number_from_a_secondary_page_keeps_its_grade_and_date(
    code: str, number: str, as_of: str
) -> None:
    phone = centers.load().for_prefecture(code).center.phone()
    assert phone is not None
    assert (phone.number, phone.grade, phone.as_of) == (number, "secondary", as_of)


def test_a_2015_number_says_so() -> None:
    phone = centers.load().for_prefecture("28").center.phone()
    assert phone is not None
    assert (phone.number, phone.status, phone.as_of) == (
        "078-303-5856",
        Status.LEAFLET_2015,
        "2015",
    )


def test_only_three_councils_have_a_number_read_since_2022() -> None:
    found = centers.load().centers
    confirmed = {
        center.prefecture
        for center in found
        for phone in center.phones
        if phone.status is Status.CONFIRMED
    }
    assert confirmed == {"奈良県", "岡山県", "愛媛県"}


def test_every_phone_has_a_source_a_date_and_the_day_it_was_checked() -> None:
    directory = centers.load()
    phones = [phone for center in directory.centers for phone in center.phones]
    phones += [branch.phone for branch in directory.branches if branch.phone]
    for phone in phones:
        assert phone.source in sources.load()
        assert phone.as_of
        assert date.fromisoformat(phone.checked_on) >= date(2026, 11, 23)


def test_the_grade_of_a_number_is_that_of_its_source() -> None:
    for center in centers.load().centers:
        for phone in center.phones:
            assert phone.grade == sources.load()[phone.source].grade


@pytest.mark.parametrize(
    ("code", "branch", "is_found"),
    [
        ("22", "中小機構中部本部", True),
        ("15", "中小機構関東本部", True),
        ("18", "中小機構北陸本部", True),
        ("28", "中小機構近畿本部", False),
        ("47", "中小機構沖縄事務所", True),
    ],
)
def test_the_branch_of_a_prefecture_and_whether_a_source_says_so(
    code: str, branch: str, *, is_found: bool
) -> None:
    found = centers.load().for_prefecture(code).branch
    assert found.name == branch
    assert found.is_found_for(code) is is_found


@pytest.mark.parametrize("code", ["00", "48", "1", "兵庫県", ""])
def test_an_unknown_prefecture_is_refused_with_a_sentence(code: str) -> None:
    with pytest.raises(KeyError, match="is not a prefecture code; expected 01 to 47"):
        centers.load().for_prefecture(code)


def test_a_center_as_json() -> None:
    content = centers.load().for_prefecture("38").center.as_dict()
    assert content["name"] == "愛媛県中小企業活性化協議会"
    assert content["formerly"] == {
        "name": "愛媛県経営改善支援センター",
        "host": "松山商工会議所",
        "phone": "089-913-7505",
        "status": "changed",
        "source": "leaflet",
        "as_of": "2015",
        "checked_on": "2026-11-23",
    }
    assert "leaflet" not in content


def break_everything(content: dict[str, Any]) -> None:
    hokkaido, aomori, iwate = content["centers.json"]["centers"][:3]
    hokkaido["website"] = "do-kassei.go.jp"
    del aomori["checked_on"]
    aomori["remark"] = "?"
    iwate["leaflet"]["phone"] = "019-601"
    iwate["sources"] = ["S999"]
    ehime = content["centers.json"]["centers"][37]
    ehime["phones"][0]["number"] = "089-913-7505"
    ehime["phones"][1]["as_of"] = "last year"
    ehime["phones"][1]["grade"] = "good"
    content["centers.json"]["centers"].pop()
    content["centers.json"]["branches"][9]["serves"][0]["source"] = None
    content["guarantee_associations.json"]["associations"][0]["city"] = "札幌市"
    content["yorozu.json"]["offices"][0]["checked_on"] = "2026-13-01"


def test_broken_files_give_all_faults_at_once_each_naming_file_row_and_field() -> None:
    found = "\n".join(center_faults.problems(read_with(break_everything)))
    for words in (
        "centers.json: 北海道: website is 'do-kassei.go.jp'; expected an address",
        "centers.json: 青森県: checked_on is missing; expected a day such as",
        "centers.json: 青森県: remark is not a field here",
        "centers.json: 岩手県: leaflet: phone is '019-601'; expected a telephone number",
        "centers.json: 岩手県: sources is ['S999']; expected a list of one or more",
        "centers.json: 愛媛県: phones[0] is the leaflet's number, which is marked changed",
        "centers.json: 愛媛県: phones[1]: as_of is 'last year'; expected the source's date",
        "centers.json: 愛媛県: phones[1]: grade is 'good'; expected one of primary, secondary",
        "centers.json: centers have prefecture 47 0 times; expected once",
        "centers.json: 中小機構沖縄事務所: serves 47: basis found needs source and as_of",
        "guarantee_associations.json: associations of a city are ['札幌市'",
        "guarantee_associations.json: associations have prefecture 01 0 times",
        "yorozu.json: 北海道よろず支援拠点: checked_on is '2026-13-01'; expected a day",
    ):
        assert words in found


@pytest.mark.parametrize("wrong", [None, [], "text", {"centers": 1}, {"centers": [1, None]}])
@pytest.mark.parametrize("name", center_faults.FILES)
def test_a_file_of_the_wrong_form_is_a_fault_and_not_a_crash(name: str, wrong: object) -> None:
    found = center_faults.problems(read_with(lambda content: content.update({name: wrong})))
    assert any(sentence.startswith(f"{name}: expected an object") for sentence in found) or any(
        sentence.startswith(f"{name}: directory is missing") for sentence in found
    )


def test_the_error_lists_every_fault() -> None:
    error = KnowledgeError(["a.json: one.", "b.json: two."])
    assert str(error) == "The knowledge files have 2 faults:\na.json: one.\nb.json: two."
    assert error.problems == ("a.json: one.", "b.json: two.")
