import copy
from importlib import resources
from typing import Any

import pytest

from knowledge.directory import helplines
from knowledge.files import read_json

# Printed by a public page in place of 0570-064-556: nobody must ever be given it.
MISPRINT = "0570-046-556"

# Typed by hand from the sources, so that a slip in the file cannot pass.
DIGITS = {
    "inochi-sos": "0120-061-338",
    "yorisoi": "0120-279-338",
    "yorisoi-tohoku": "0120-279-226",
    "kokoro": "0570-064-556",
    "inochi-no-denwa": "0120-783-556",
    "mamorouyo-kokoro": "",
    "kodoku-koritsu": "#9999",
    "e-sodan": "",
    "himawari": "0570-001-240",
    "police-9110": "#9110",
    "sme-phone-navi": "0570-064-350",
    "jfc-loan-desk": "0120-154-505",
    "mirasapo-2015": "0570-057-222",
    "mirasapo-2015-ip": "045-330-1818",
}


def test_every_digit() -> None:
    assert {line.id: line.number for line in helplines.load().values()} == DIGITS


def test_numbers_for_despair_begin_with_those_that_answer_at_any_hour() -> None:
    always = [line.is_always_open for line in helplines.for_mind()]
    assert always == sorted(always, reverse=True)
    assert all(line.hours for line in helplines.for_mind())


def test_the_numbers_for_despair_in_their_order() -> None:
    assert [(line.name, line.number) for line in helplines.for_mind()] == [
        ("よりそいホットライン", "0120-279-338"),
        ("よりそいホットライン(岩手県・宮城県・福島県)", "0120-279-226"),
        ("#いのちSOS", "0120-061-338"),
        ("こころの健康相談統一ダイヤル", "0570-064-556"),
        ("いのちの電話", "0120-783-556"),
    ]


def test_a_number_known_only_from_long_ago_is_not_shown_as_today_s() -> None:
    hidden = {line.id for line in helplines.load().values() if not line.show}
    assert hidden == {
        "kodoku-koritsu",
        "sme-phone-navi",
        "jfc-loan-desk",
        "mirasapo-2015",
        "mirasapo-2015-ip",
    }
    shown = {line.id for line in helplines.load().values() if line.show}
    assert {"e-sodan"} == {each for each in shown if helplines.load()[each].audience == "business"}


def test_the_misprint_stands_nowhere() -> None:
    bare = MISPRINT.replace("-", "")
    for entry in resources.files("knowledge").iterdir():
        if entry.name.endswith((".json", ".md", ".py", ".csv", ".txt")):
            text = entry.read_text(encoding="utf-8")
            assert MISPRINT not in text, entry.name
            assert bare not in text.replace("-", ""), entry.name


def test_the_packaged_file_has_no_faults() -> None:
    assert helplines.problems() == []


def test_broken_rows_are_all_named() -> None:
    content = copy.deepcopy(read_json(helplines.FILE))
    first, second, third, fourth = content["helplines"][:4]
    first["number"] = "0120-061-33"
    second["as_of"] = ""
    third["id"] = fourth["id"]
    fourth["number"] = ""
    del first["checked_on"]

    def read(name: str) -> Any:
        return content if name == helplines.FILE else read_json(name)

    found = "\n".join(helplines.problems(read))
    for words in (
        "inochi-sos: number is '0120-061-33'; expected a telephone number",
        "inochi-sos: checked_on is missing; expected a day",
        "yorisoi: as_of is ''; expected the source's date",
        "kokoro: id stands more than once; expected once",
        "kokoro: expected a number or a website",
    ):
        assert f"helplines.json: {words}" in found


@pytest.mark.parametrize("wrong", [None, [], {}, {"helplines": [1]}])
def test_a_file_of_the_wrong_form_is_a_fault_and_not_a_crash(wrong: object) -> None:
    def read(name: str) -> Any:
        return wrong if name == helplines.FILE else read_json(name)

    assert helplines.problems(read)
