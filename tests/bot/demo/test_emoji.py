"""The demo draws every emoji by whose name the desk speaks."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import bot.channels.slack
import bot.demo

SLACK = Path(bot.channels.slack.__file__).parent
DRAWN = Path(bot.demo.__file__).parent / "page" / "js" / "emoji.js"

_REACTIONS = {"add_reaction", "add_reaction_at", "remove_reaction_at"}


def reactions(tree: ast.Module) -> Iterator[str]:
    """The emoji that a module reacts with, given as words or by a constant of its own."""
    constants = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        first = node.args[0]
        if name in _REACTIONS and isinstance(first, ast.Constant | ast.Name):
            said = first.value if isinstance(first, ast.Constant) else constants.get(first.id)
            if isinstance(said, str):
                yield said


def test_every_reaction_of_the_desk_is_drawn_in_the_demo() -> None:
    drawn = set(re.findall(r'"?([\w+]+)"?: "', DRAWN.read_text("utf-8")))
    files = SLACK.rglob("*.py")
    used = {each for file in files for each in reactions(ast.parse(file.read_text("utf-8")))}
    assert {"grey_question", "white_check_mark"} <= used
    assert used - drawn == set()
