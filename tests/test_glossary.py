"""Words that the glossary rules out stand in no name, comment or document."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

GLOSSARY = Path("docs/glossary.md")
OURS = ("bot/", "flows/", "knowledge/", "scripts/", "docs/", "README.md", "CONTRIBUTING.md")
LEFT_OUT = ("knowledge/faq.md", str(GLOSSARY))
"""Files for owners, with words of their own, and the glossary itself."""

_RULED_OUT = re.compile(r"([a-z]+)(?: \(([^)]*)\))?(?:, |$)")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def ruled_out() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each word ruled out, with the paths where it may stand."""
    for line in GLOSSARY.read_text("utf-8").splitlines():
        if line.startswith("| ") and not line.startswith("| word"):
            *_, cell = line.strip("|").split("|")
            for word, folders in _RULED_OUT.findall(cell.strip()):
                yield word, tuple(filter(None, folders.split(", ")))


def words_of(text: str) -> set[str]:
    """List the words of a text and of its names.

    `SupportDesk` and `support_desk` have two.
    """
    return {word.lower() for word in _WORD.findall(text)}


def read_ours() -> dict[str, set[str]]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    files = [
        each
        for each in listed
        if each.endswith((".py", ".md"))
        and each.startswith(OURS)
        and each not in LEFT_OUT
        and Path(each).exists()
    ]
    return {each: words_of(Path(each).read_text("utf-8")) for each in files}


WORDS = read_ours()


@pytest.mark.parametrize(("word", "allowed"), list(ruled_out()))
def test_glossary_word_ruled_out_stands_nowhere(word: str, allowed: tuple[str, ...]) -> None:
    spellings = {word, f"{word}s"}
    found = [
        path
        for path, words in WORDS.items()
        if spellings & words and not (allowed and path.startswith(allowed))
    ]
    assert not found


def test_glossary_words_are_read_from_table_and_names() -> None:
    assert ("crisis", ()) in set(ruled_out())
    assert words_of("SupportDesk support_desk, HTTPError") >= {"support", "desk", "http", "error"}
