"""Sentences to owners stand in the catalogue and nowhere else in `bot`."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.presentation.wording import join_words, quote_each, say, say_of_kind

JAPANESE = re.compile("[぀-ヿ一-鿿]")

ELSEWHERE = {
    "bot/understand": "the grammar by which owners are understood",
    "bot/follow_up/hearing.py": "the grammar of a date told by itself",
    "bot/channels/slack": "said to staff",
    "bot/presentation/staff_wording.py": "said to staff",
    "bot/analytics/figures.py": "said to staff",
    "bot/analytics/report.py": "said to staff",
    "bot/handoff/staff_words/colleague_phrases.py": "words by which notes among staff are known",
    "bot/handoff/staff_words/colleague_talk.py": "words by which notes among staff are known",
    "bot/handoff/staff_words/note_marks.py": "words by which notes among staff are known",
    "bot/presentation/source_lines.py": "endings of the names of prefectures",
    "bot/interview/transfer_code.py": "words around a code that is typed",
    "bot/dialogue/answering/answers.py": "the range of kanji",
    "bot/dialogue/commands/__init__.py": "a word that asks for a number",
    "bot/dialogue/answering/places_told.py": "words beside a place",
    "bot/dialogue/answering/story.py": "how a sentence ends",
    "bot/channels/line/drawing/flex_parts.py": "marks at the beginning of a line",
    "bot/channels/line/account/setup.py": "the name of a switch at LINE, said to operators",
    "bot/checks": "what owners say, to rehearse the answers",
    "bot/commands/ask.py": "said to operators at a terminal",
    "bot/commands/knowledge.py": "said to operators at a terminal",
    "bot/commands/locate.py": "said to operators at a terminal",
    "bot/commands/terminal/waiting.py": "a wish typed at a terminal",
    "bot/dialogue/staff/case_menu.py": "the mark of a list",
    "bot/dialogue/known_numbers.py": "a mark typed in a number",
    "bot/__main__.py": "the name of the product",
    "bot/simulator": "no part of the bot",
    "bot/demo": "the page around the bot",
}
"""Where Japanese stands for another reason, and for which."""


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """Every Japanese string of a module that is no docstring, with its line."""
    tree = ast.parse(path.read_text("utf-8"))
    prose = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        if node not in prose and JAPANESE.search(node.value):
            yield node.lineno, node.value


def reason(path: Path) -> str:
    """Find the entry of ELSEWHERE that a module belongs to, or ""."""
    names = (path.as_posix(), *(each.as_posix() for each in path.parents))
    return next((name for name in names if name in ELSEWHERE), "")


MODULES = sorted(Path("bot").rglob("*.py"))


@pytest.mark.parametrize("path", [each for each in MODULES if not reason(each)], ids=str)
def test_modules_hold_no_sentence_to_owners(path: Path) -> None:
    assert list(literals(path)) == []


def test_exceptions_are_needed() -> None:
    used = {reason(path) for path in MODULES if list(literals(path))}
    assert used >= ELSEWHERE.keys()


def test_say_without_a_parameter_it_needs_raises() -> None:
    with pytest.raises(KeyError):
        say("answers.echo", words="はい")
    with pytest.raises(KeyError):
        say("answers.nothing_of_the_kind")


def test_say_keeps_braces_that_owners_write() -> None:
    assert say("answers.echo", labels="{days}") == "「{days}」ですね。"


def test_say_of_kind_without_one_says_what_fits_any() -> None:
    assert say_of_kind("unreadable", "image") == say("unreadable.image")
    assert say_of_kind("unreadable", "hologram") == say("unreadable.other")


def test_words_are_joined_and_quoted() -> None:
    assert join_words(("a", "b")) == "a、b"
    assert quote_each(("a", "b")) == "「a」「b」"
