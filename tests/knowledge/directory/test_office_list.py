"""Every fault in a list of offices has its line, and good rows change what they name."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.directory import centers, office_import
from knowledge.directory.office_import import FILES, merge_offices, problems
from knowledge.directory.office_list import (
    COLUMNS,
    decode,
    faults_of,
    names_of,
    read_rows,
    write_template,
)
from knowledge.files import read_json

DIRECTORY = centers.load()
NAMES = names_of(DIRECTORY)
TODAY = date(2026, 11, 30)
GOOD = {
    "kind": "council",
    "name": "北海道中小企業活性化協議会",
    "phone": "011-232-0217",
    "source_name": "公式の一覧",
    "source_date": "2026-11",
    "checked_on": "2026-11-30",
}


def written(*rows: dict[str, str]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def faults(*rows: dict[str, str]) -> list[str]:
    return list(faults_of(read_rows(written(*rows)), NAMES, TODAY))


def merged(*rows: dict[str, str]) -> office_import.Contents:
    return merge_offices(read_rows(written(*rows)), {name: read_json(name) for name in FILES})


def test_template_names_every_office_and_changes_nothing() -> None:
    template = write_template(DIRECTORY)
    named = {(row["kind"], row["name"]) for row in csv.DictReader(io.StringIO(template))}
    assert named == {(kind, name) for kind, names in NAMES.items() for name in names}
    assert read_rows(template) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"kind": "bank"}, "kind is 'bank'"),
        ({"name": "北海道の協議会"}, "no council is named"),
        ({"phone": "090-1234-5678"}, "携帯電話"),
        ({"phone": "", "website": ""}, "neither phone nor website"),
        ({"website": "www.example.jp"}, "website is 'www.example.jp'"),
        ({"for_405": "はい"}, "for_405 is 'はい'"),
        ({"source_name": ""}, "source_name is missing"),
        ({"source_date": ""}, "source_date is ''"),
        ({"source_date": "先月"}, "source_date is '先月'"),
        ({"checked_on": "2026-12-01"}, "still to come"),
        ({"checked_on": "きのう"}, "checked_on is 'きのう'"),
        ({"kind": "smrj", "name": "中小機構四国本部", "hours": "平日"}, "hours are kept"),
    ],
)
def test_faults_of_a_row_name_its_line(change: dict[str, str], told: str) -> None:
    found = faults(GOOD, {**GOOD, "for_405": "yes", **change})
    assert any(fault.startswith("line 3: ") and told in fault for fault in found), found


def test_faults_of_two_rows_for_one_office_name_both_lines() -> None:
    assert faults(GOOD, GOOD) == ["line 3: 北海道中小企業活性化協議会 stands in line 2 already"]


def test_read_rows_with_other_columns_says_which_are_expected() -> None:
    with pytest.raises(ValueError, match="line 1: the columns are kind, name"):
        read_rows("name,phone\n")


def test_decode_reads_what_excel_writes() -> None:
    assert decode("窓口".encode("cp932")) == decode("\ufeff窓口".encode()) == "窓口"


def test_merge_of_a_council_sets_number_source_and_dates() -> None:
    after = merged(GOOD)
    assert problems(after) == []
    center = centers.read(after.__getitem__).for_prefecture("01").center
    (phone,) = center.phones
    assert (phone.number, phone.status, phone.as_of) == ("011-232-0217", "confirmed", "2026-11")
    assert after["sources.json"][phone.source]["what"] == "公式の一覧"
    assert phone.source in center.sources
    assert center.checked_on == "2026-11-30"


def test_merge_keeps_the_other_number_of_a_council_and_everything_else() -> None:
    name = "愛媛県中小企業活性化協議会"
    after = merged({**GOOD, "name": name, "phone": "089-970-5790"})
    phones = centers.read(after.__getitem__).for_prefecture("38").center.phones
    assert [(phone.number, phone.for_405) for phone in phones] == [
        ("089-970-5790", False),
        ("089-970-5771", True),
    ]
    before = read_json("centers.json")["centers"]
    changed = [
        old["name"]
        for old, new in zip(before, after["centers.json"]["centers"], strict=True)
        if old != new
    ]
    assert changed == [name]


def test_merge_of_other_offices_gives_them_a_number_to_call() -> None:
    rows = (
        {**GOOD, "kind": "yorozu", "name": "北海道よろず支援拠点"},
        {
            **GOOD,
            "kind": "guarantee",
            "name": "北海道信用保証協会",
            "website": "https://example.jp/",
        },
    )
    after = merged(*rows)
    assert problems(after) == []
    desks = centers.read(after.__getitem__).for_prefecture("01")
    assert desks.yorozu.phones[0].number == "011-232-0217"
    assert desks.guarantee_associations[0].website == "https://example.jp/"
    assert len(after["sources.json"]) == len(read_json("sources.json")) + 1


def test_as_text_of_an_unchanged_file_is_the_file() -> None:
    for name in FILES:
        kept = Path("knowledge", name).read_text("utf-8")
        assert office_import.as_text(read_json(name)) == kept


@given(st.lists(st.lists(st.text(max_size=30), min_size=10, max_size=10), max_size=4))
def test_faults_of_any_cells_are_sentences(cells: list[list[str]]) -> None:
    rows = (dict(zip(COLUMNS, row, strict=True)) for row in cells)
    assert all(fault.startswith("line ") for fault in faults(*rows))
