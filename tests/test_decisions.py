"""Each decision has a number of its own, which its title bears."""

from pathlib import Path

DECISIONS = sorted(Path("docs/decisions").glob("*.md"))


def test_no_two_have_the_same_number() -> None:
    numbers = [int(each.name.partition("-")[0]) for each in DECISIONS]
    assert numbers == sorted(set(numbers))


def test_each_title_bears_its_number() -> None:
    for each in DECISIONS:
        number = int(each.name.partition("-")[0])
        assert each.read_text("utf-8").startswith(f"# {number}. "), each.name
