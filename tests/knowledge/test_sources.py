import json
import re
from collections.abc import Iterator
from importlib import resources
from typing import Any

import pytest

from knowledge import sources
from knowledge.files import read_json

FILES = sorted(
    entry.name for entry in resources.files("knowledge").iterdir() if entry.name.endswith(".json")
)


def ids_in(content: Any) -> Iterator[str]:
    """Every id that stands in a `source` or `sources` field, however deep."""
    if isinstance(content, list):
        for item in content:
            yield from ids_in(item)
    elif isinstance(content, dict):
        if isinstance(content.get("source"), str):
            yield content["source"]
        yield from (one for one in content.get("sources") or [] if isinstance(one, str))
        for item in content.values():
            yield from ids_in(item)


def test_the_packaged_file_has_no_faults() -> None:
    assert sources.problems() == []


def test_the_leaflet_and_its_two_names() -> None:
    known = sources.load()
    assert known["leaflet"].date == known["S01"].date == "2015"
    assert known["leaflet"].url == ""


def test_every_other_source_has_an_address() -> None:
    for source in sources.load().values():
        if source.id not in {"leaflet", "S01", "S176"}:  # the leaflet, and this service itself
            assert re.match(r"https?://\S+$", source.url), source


@pytest.mark.parametrize("name", FILES)
def test_every_source_named_in_a_file_is_in_the_table(name: str) -> None:
    assert set(ids_in(read_json(name))) <= set(sources.load())


@pytest.mark.parametrize("name", FILES)
def test_files_are_kept_as_people_edit_them(name: str) -> None:
    text = resources.files("knowledge").joinpath(name).read_text(encoding="utf-8")
    if name.startswith("places"):
        pytest.skip("built by a script")
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n"


def test_broken_rows_are_all_named() -> None:
    broken = {
        "S01": {"url": "", "date": "last year", "what": "x", "grade": "primary"},
        "X1": {"url": "", "date": "2024", "what": " ", "grade": "primary"},
        "S03": {"url": "", "date": "2024", "what": "x"},
    }
    found = "\n".join(sources.problems(lambda _: broken))
    assert "sources.json: S01: date is 'last year'; expected the source's date" in found
    assert "sources.json: X1 is not an id; expected S and two to four digits" in found
    assert "sources.json: X1: what is ' '; expected a text that is not empty" in found
    assert "sources.json: S03: grade is missing; expected one of primary, secondary" in found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2022-04-04", "2022年4月4日"),
        ("2022-04", "2022年4月"),
        ("2015", "2015年"),
        ("2022-04以降(日付なし)", "2022年4月以降、日付なし"),
        ("日付なし(2024-04-01以降の様式)", "2024年4月1日以降の様式"),
        ("2021年度の調査", "2021年度の調査"),
        ("2020-09-01(Ver.6.1)", "2020年9月1日、Ver.6.1"),
    ],
)
def test_dates_in_words(text: str, said: str) -> None:
    assert sources.in_words(text) == said
