"""The README tells the truth: its dialogue is played, its commands and settings are complete."""

from pathlib import Path

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
