"""Every line of the page of threats names tests, and each of them exists."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PAGE = Path("docs/threats.md").read_text("utf-8")
NAMED = re.compile(r"`([\w/.]+\.py)::(\w+)`")


def lines() -> Iterator[str]:
    """Yield the lines of the table that name a threat."""
    for line in PAGE.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and len(cells) == 3 and cells[1] and set(cells[0]) != {"-"}:
            yield line


def names_in(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("line", list(lines())[1:], ids=lambda line: line.split("|")[1].strip())
def test_every_threat_names_tests_that_exist(line: str) -> None:
    named = NAMED.findall(line)
    assert named
    assert line.count("`tests/") == 0
    for path, name in named:
        assert name in names_in(Path("tests") / path), f"{path}::{name}"


def test_the_page_is_one_page_and_no_cell_is_empty() -> None:
    assert len(PAGE.splitlines()) < 70
    assert len(list(lines())) > 20
    assert all(cell.strip() for line in lines() for cell in line.strip("|").split("|"))


def test_security_leads_to_the_page() -> None:
    assert "docs/threats.md" in Path("SECURITY.md").read_text("utf-8")
