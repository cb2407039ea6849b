"""The README's dialogue plays, and its commands and settings are complete."""

import re
from pathlib import Path

import pytest

from bot.__main__ import COMMANDS
from bot.settings import VARIABLES
from knowledge import library
from tests.bot.transcripts import play, read

README = Path("README.md").read_text("utf-8")


def test_the_dialogue_goes_as_it_is_printed() -> None:
    begin = README.index("```text\n客:")
    end = README.index("```", begin + 3)
    story = read("README", "# README\n\n" + README[begin : end + 3] + "\n")
    assert play(story, library.load()).faults == []


def test_every_command_is_explained() -> None:
    for command in COMMANDS:
        assert f"| `{command}" in README, command


def test_every_setting_is_explained() -> None:
    for variable in VARIABLES:
        assert f"`{variable}`" in README, variable


def test_every_make_target_it_names_exists() -> None:
    makefile = Path("Makefile").read_text("utf-8")
    for target in ("run", "chat", "test", "check", "bench", "tune"):
        assert f"make {target}" in README
        assert f"\n{target}:" in makefile


PAGES = ("README.md", "README.ja.md", "docs/desk.md", "docs/operate.md", "docs/quality.md")
_LINK = re.compile(r"\]\(([^)\s]+)\)")


def _anchors(page: Path) -> set[str]:
    """The anchors a code host makes of a page's headings."""
    titles = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("name", PAGES)
def test_every_link_of_a_page_leads_somewhere(name: str) -> None:
    page = Path(name)
    wrong = []
    for link in _LINK.findall(page.read_text("utf-8")):
        if link.startswith("https://"):
            continue
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        if not target.exists() or (anchor and anchor not in _anchors(target)):
            wrong.append(link)
    assert wrong == []


def test_both_readmes_have_the_same_parts() -> None:
    english = {"what-it-costs", "privacy-and-what-line-asks-of-you", "who-does-what"}
    japanese = {"費用", "個人情報とlineの決まり", "役割"}
    assert english <= _anchors(Path("README.md"))
    assert japanese <= _anchors(Path("README.ja.md"))
