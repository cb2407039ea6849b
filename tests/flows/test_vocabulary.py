"""A fault in the vocabulary is named with its file and line."""

import pytest

from flows.vocabulary import problems

OPTIONS = {"sales": ("up", "down"), "profit": ("black",)}
SOUND = """about = "売上"
otherwise = ["up -> down"]
[numbers]
kind = "change"
bands = [["up", -100, 0]]
[options.up]
here = "増え 伸び"
implies = { profit = "black" }
"""


def faults(text: str, name: str = "sales.toml") -> list[str]:
    return list(problems(name, text, OPTIONS, {"change"}))


def test_problems_of_a_sound_file_are_none() -> None:
    assert faults(SOUND) == []


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("[options.up]", "[options.upp]", 6),
        ('about = "売上"', 'abuot = "売上"', 1),
        ("here =", "heer =", 7),
        ('kind = "change"', 'kind = "chains"', 4),
        ('["up", -100, 0]', '["uq", -100, 0]', 5),
        ('about = "売上"', "denied = ['(売']", 1),
        ('about = "売上"', 'yes = "maybe"', 1),
        ('profit = "black"', 'profit = "blue"', 8),
    ],
)
def test_problems_of_a_fault_names_its_line(old: str, new: str, line: int) -> None:
    (fault,) = faults(SOUND.replace(old, new))
    assert fault.startswith(f"sales.toml, line {line}: ")


def test_problems_of_a_file_without_a_question_says_so() -> None:
    assert faults(SOUND, "slaes.toml") == [
        "slaes.toml: there is no question 'slaes'; name the file after a question"
    ]


def test_problems_of_what_is_no_toml_says_so() -> None:
    (fault,) = faults("about = ")
    assert "not readable as TOML" in fault
