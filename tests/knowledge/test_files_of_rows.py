"""A file of rows of one shape says what is wrong, row by row."""

from types import ModuleType

import pytest

from knowledge import neighbours, terms, unknown

LISTS = ((neighbours, "scheme"), (terms, "term"), (unknown, "fact"))


@pytest.mark.parametrize(("module", "row"), LISTS)
def test_problems_of_a_file_without_a_list_is_one_sentence(module: ModuleType, row: str) -> None:
    assert list(module.problems(lambda _: {})) == [f"{module.FILE}: expected a list of {row}s."]


@pytest.mark.parametrize(("module", "row"), LISTS)
def test_problems_of_a_row_name_its_number(module: ModuleType, row: str) -> None:
    found = list(module.problems(lambda _: [{}]))
    assert found
    assert all(each.startswith(f"{module.FILE}: {row} 1: ") for each in found)
