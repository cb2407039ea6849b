"""First lines of docstrings are one short sentence, to be read once."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

OURS = ("bot/", "flows/", "knowledge/", "scripts/")
MOST_WORDS = 14
"""Most words of a first sentence, where the aim is twelve."""
MOST_SHARE = 0.01
"""Share of first lines outside tests that may be longer or broken.

It was 43 % once, and only ever goes down.
"""

_DOCUMENTED = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
_BROKEN = re.compile(r";|:(?= |$)")
_END_OF_SENTENCE = re.compile(r"(?<=\w)\. ")

Docstring = tuple[str, str]
"""Where a docstring stands, and its first line."""


def text_of(statement: ast.stmt) -> str:
    """Read a statement that is nothing but a text, "" for any other."""
    match statement:
        case ast.Expr(value=ast.Constant(value=str(words))):
            return words.strip()
    return ""


def first_lines(path: str, code: str) -> Iterator[Docstring]:
    """Yield the first lines of a module's docstrings with their places."""
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, _DOCUMENTED):
            continue
        for before, each in zip([node, *node.body], node.body, strict=False):
            is_docstring = before is node or isinstance(before, ast.Assign | ast.AnnAssign)
            if is_docstring and (words := text_of(each)):
                yield f"{path}:{each.lineno}", words.split("\n")[0]


def is_broken(line: str) -> bool:
    """Tell whether a first line holds a mark that makes two sentences of it."""
    return _BROKEN.search(line) is not None and not line.startswith("Source")


def is_long(line: str) -> bool:
    """Tell whether a first sentence is longer than one reads at a glance."""
    return len(_END_OF_SENTENCE.split(line)[0].split()) > MOST_WORDS


def list_ours() -> list[Docstring]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    paths = [each for each in listed if each.startswith(OURS) and Path(each).exists()]
    return [found for path in paths for found in first_lines(path, Path(path).read_text("utf-8"))]


DOCSTRINGS = list_ours()


def test_first_line_with_two_sentences_stays_an_exception() -> None:
    found = [f"{where} {line}" for where, line in DOCSTRINGS if is_broken(line)]
    assert len(found) <= MOST_SHARE * len(DOCSTRINGS), "\n".join(found)


def test_first_line_of_many_words_stays_an_exception() -> None:
    found = [f"{where} {line}" for where, line in DOCSTRINGS if is_long(line)]
    assert len(found) <= MOST_SHARE * len(DOCSTRINGS), "\n".join(found)


def test_first_lines_of_every_kind_are_found() -> None:
    code = '"""Of a module."""\nA = 1\n"""Of a name."""\nclass B:\n    """Of a class."""\n'
    code += '    def c(self):\n        """Of a method.\n\n        And more.\n        """\n'
    assert {line for _, line in first_lines("x.py", code)} == {
        "Of a module.",
        "Of a name.",
        "Of a class.",
        "Of a method.",
    }


def test_first_line_is_judged_by_its_first_sentence() -> None:
    assert is_broken("Make a menu; its id.")
    assert is_broken("Do nothing: all is done.")
    assert not is_broken("Say 10:52 as people do, see https://example.com.")
    assert not is_broken("Source: https://example.com")
    assert is_long("word " * (MOST_WORDS + 1))
    assert not is_long("Seconds. " + "word " * 20)
