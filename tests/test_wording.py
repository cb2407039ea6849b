"""Words for staff in Slack stand in one wording module for each room."""

import ast
import re
from pathlib import Path

import pytest

SLACK = Path("bot/channels/slack")
MODULES = sorted(SLACK.rglob("*.py"))
WORDINGS = [path for path in MODULES if path.name == "wording.py"]

MAY_HOLD_JAPANESE = {
    "home/impersonation.py": "words and letters that a typed name is searched for; nobody reads them",
}
"""Modules beside the wordings, each with a reason."""

_LETTER = re.compile(r"[ぁ-ゖァ-ヺ一-鿿々〆]")


def japanese_literals(source: str) -> list[tuple[int, str]]:
    """Every Japanese string of a module but its docstrings, with its line."""
    tree = ast.parse(source)
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in prose
        and _LETTER.search(node.value)
    ]


@pytest.mark.parametrize("path", [path for path in MODULES if path not in WORDINGS], ids=str)
def test_slack_module_beside_the_wordings_holds_no_japanese(path: Path) -> None:
    if path.relative_to(SLACK).as_posix() not in MAY_HOLD_JAPANESE:
        assert japanese_literals(path.read_text("utf-8")) == []


def test_japanese_literals_in_code_and_f_strings_are_found_but_not_in_docstrings() -> None:
    source = '"""説明。"""\nA = "送る"\ndef f(n):\n    """説明。"""\n    return f"{n}件・{n}"\nB = "・"\n'
    assert japanese_literals(source) == [(2, "送る"), (5, "件・")]


@pytest.mark.parametrize("path", WORDINGS, ids=str)
def test_wording_module_holds_only_what_is_said(path: Path) -> None:
    own = path.read_text("utf-8")
    elsewhere = "\n".join(each.read_text("utf-8") for each in MODULES if each != path)
    names = {
        node.id
        for node in ast.walk(ast.parse(own))
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id.isupper()
    } | {node.name for node in ast.parse(own).body if isinstance(node, ast.FunctionDef)}
    unused = {
        name
        for name in names
        if not re.search(rf"\b{name}\b", elsewhere) and len(re.findall(rf"\b{name}\b", own)) == 1
    }
    assert unused == set()


def test_exceptions_are_modules_that_need_one() -> None:
    for name in MAY_HOLD_JAPANESE:
        assert japanese_literals((SLACK / name).read_text("utf-8"))
