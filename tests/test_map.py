"""The maps of the two widest folders name all their modules and nothing else."""

import re
from pathlib import Path
from types import ModuleType

import pytest

import bot
import bot.channels.slack


def named(text: str) -> list[str]:
    """List the names on a map.

    They stand where a line begins, and between `;` and `:`.
    """
    lines = [line.strip() for line in text.splitlines() if line.startswith("    ")]
    heads = [line.partition("  ")[0] for line in lines]
    others = [found[1] for line in lines for found in re.finditer(r"; ([\w, /]+):", line)]
    return [name for part in (*heads, *others) for name in part.split(", ")]


@pytest.mark.parametrize("package", [bot, bot.channels.slack])
def test_the_map_of_a_folder_names_everything_in_it_once(package: ModuleType) -> None:
    folder = Path(str(package.__file__)).parent
    files = [each.stem for each in folder.glob("*.py") if not each.stem.startswith("__")]
    folders = [f"{each.parent.name}/" for each in folder.glob("*/__init__.py")]
    assert sorted(named(str(package.__doc__))) == sorted(files + folders)
