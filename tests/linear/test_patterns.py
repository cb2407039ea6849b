"""No pattern takes longer than its text is long, pumped with its own parts.

Patterns are found, not registered. Of each loop every alternative is repeated, and pairs of them,
with tails on which the match fails at the very end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from itertools import product
from types import ModuleType

import pytest
import regex

from bot.understand.text import LONGEST, LONGEST_HEARD
from tests.linear.costs import STEEP, growth, text_of
from tests.linear.patterns import MODULES, Found, held_by, patterns
from tests.linear.pumps import pumps

LONGEST_READ = {"bot.understand.trouble.troubles": LONGEST_HEARD}
"""Characters that a module's patterns may meet, where not the usual number."""

TAILS = ("x", "。")
"""What makes a match fail at the very end."""


def applied(pattern: re.Pattern[str] | regex.Pattern[str], way: str) -> Callable[[str], object]:
    """What the product does with the pattern, whatever it makes of the finds."""
    run: Callable[[str], object] = getattr(
        pattern, way if way in {"search", "match", "fullmatch"} else "findall"
    )
    return run


def steep(found: Found) -> Iterator[str]:
    """Yield a text on which a pattern is too slow, for each way of applying it."""
    longest = LONGEST_READ.get(found.module, LONGEST)
    for way in sorted(found.ways):
        run = applied(found.pattern, way)
        for (begin, part), tail in product(pumps(found.pattern), TAILS):
            ratio = growth(run, partial(text_of, begin, part, tail), longest)
            if ratio > STEEP:
                yield f"{found.name}.{way}({begin!r} + {part!r} * n + {tail!r}) grows × {ratio:.1f}"
                break


@pytest.mark.parametrize("module", MODULES)
def test_every_pattern_takes_time_linear_in_the_text(module: str) -> None:
    slow = [text for found in patterns() if found.module == module for text in steep(found)]
    assert slow == []


@pytest.mark.parametrize(
    "ambiguous",
    [
        r"(?:だな|だ|な)*。",
        r"(?:今は|今|は|今の(?:ところ)?)+です",
        r"(?:も|う|もう)+$",
        r"うち(?:は|はは?)*か",
        r"(?:a|ab|b)*\Z",
    ],
)
def test_an_ambiguous_pattern_is_caught(ambiguous: str) -> None:
    found = Found("a module", "_AMBIGUOUS", re.compile(ambiguous), frozenset({"fullmatch"}))
    assert "grows × inf" in next(steep(found))


@pytest.mark.parametrize("quadratic", ["(?:です|ね)+$", "（.*?）", r"(\d+)人", r"\s+$"])
def test_a_search_that_begins_again_at_every_place_is_caught(quadratic: str) -> None:
    found = Found("a module", "_QUADRATIC", re.compile(quadratic), frozenset({"search"}))
    assert list(steep(found))


@pytest.mark.parametrize(
    "linear", ["(?:だな|だ|な)*+。", "[^。]*。", "(?:もう|も){1,4}う", r"\d{1,9}人"]
)
def test_a_linear_pattern_passes(linear: str) -> None:
    found = Found("a module", "_LINEAR", re.compile(linear), frozenset({"fullmatch"}))
    assert list(steep(found)) == []


@dataclass(frozen=True)
class Holder:
    """Something of ours that holds a pattern."""

    pattern: re.Pattern[str]


Holder.__module__ = "bot.somewhere"


def test_patterns_are_found_wherever_they_are_kept() -> None:
    def kept_in_a_closure(pattern: re.Pattern[str]) -> Callable[[str], object]:
        def search(text: str) -> object:
            return pattern.search(text)

        search.__module__ = "bot.somewhere"
        return search

    @cache
    def remembered() -> re.Pattern[str]:
        return re.compile("7")

    remembered()
    module = ModuleType("bot.somewhere")
    vars(module).update(
        A=re.compile("1"),
        B=(re.compile("2"), [re.compile("3")]),
        C={"a": {"b": re.compile("4")}},
        D=Holder(re.compile("5")),
        E=kept_in_a_closure(re.compile("6")),
        F=remembered,
        G=type("Class", (), {"pattern": re.compile("8"), "__module__": "bot.somewhere"}),
        H=regex.compile("9"),
    )
    assert {pattern.pattern for _, pattern in held_by(module)} == set("123456789")
