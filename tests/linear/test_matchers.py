"""No matcher takes longer than its text is long, whatever is repeated.

Every callable that takes a text first is found by itself.
"""

from __future__ import annotations

import importlib
from functools import cache, partial
from itertools import product
from types import ModuleType

import pytest

from bot.understand.text import LONGEST, LONGEST_HEARD
from bot.understand.trouble.by_example import LONGEST as LONGEST_WEIGHED
from knowledge.faq.wording.normalise import LONGEST as LONGEST_QUESTION
from scripts.hostile import KINDS, salad
from tests.linear.costs import STEEP, growth, text_of
from tests.linear.matchers import ELSEWHERE, Run, matchers
from tests.linear.patterns import MODULES, STARTED_BY_IMPORT

SALADS = 3
DEAR = 0.1
"""Seconds no matcher may take for a few hundred characters, which may become thousands."""

LONGEST_READ = {
    # Longer texts are weighed by no model, and what they take is mostly the memory of their matches.
    "bot.understand.learned.model": LONGEST_WEIGHED,
    "bot.understand.learned.runs": LONGEST_WEIGHED,
    "bot.understand.trouble.troubles": LONGEST_HEARD,
    # Sudachi meets what `fold` has cut; on one run of digits it takes more than linear time.
    "knowledge.faq.wording.language": LONGEST_QUESTION,
}


@cache
def mixed(seed: int) -> str:
    return salad(seed, LONGEST_HEARD)


def steep(name: str, run: Run, longest: int) -> str:
    """Return the first hostile text on which a matcher is too slow, or ""."""
    makes = {
        f"{part!r} * n + {tail!r}": partial(text_of, "", part, tail)
        for part, tail in product(KINDS.values(), ("x",))
    } | {f"salad {seed}": lambda length, seed=seed: mixed(seed)[:length] for seed in range(SALADS)}
    for told, make in makes.items():
        if (ratio := growth(run, make, longest, DEAR)) > STEEP:
            return f"{name}({told}) grows × {ratio:.1f}"
    return ""


@pytest.mark.parametrize(
    "module",
    [each for each in MODULES if each not in STARTED_BY_IMPORT and not each.startswith(ELSEWHERE)],
)
def test_every_matcher_takes_time_linear_in_the_text(module: str) -> None:
    longest = LONGEST_READ.get(module, LONGEST)
    found = matchers(importlib.import_module(module))
    assert list(filter(None, (steep(name, run, longest) for name, run in found.items()))) == []


def test_matchers_are_found_in_every_room() -> None:
    rooms = {each: matchers(importlib.import_module(each)) for each in (
        "bot.understand.answers", "bot.understand.trouble.troubles", "bot.interview.transfer_code",
        "bot.handoff.staff_words.staff_message", "knowledge.faq.answers", "knowledge.place_names.places",
        "knowledge.amendments.telephone",
    )}  # fmt: skip
    assert all(rooms.values())


def test_a_matcher_that_begins_again_at_every_place_is_caught() -> None:
    def counted(text: str) -> int:
        return sum(one == other for one in text for other in text)

    counted.__module__ = "bot.new"
    module = ModuleType("bot.new")
    vars(module).update(counted=counted)
    found = matchers(module)
    assert set(found) == {"counted 0"}
    assert steep("counted", found["counted 0"], LONGEST)
