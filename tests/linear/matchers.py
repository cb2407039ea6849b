"""Every callable of the product that takes a text first, ready to be called."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import FunctionType, ModuleType
from typing import Any

import pytest

from bot.dialogue.lexicon import emergency_words_for, learned_for
from bot.figures.figures import NAMES
from bot.understand.dates import Sense
from bot.understand.reading import lexicon_of
from bot.understand.text import LONGEST, Endings
from flows.keiei.catalog import QUESTIONS
from flows.keiei.programme import KEIEI
from knowledge.faq.answers import load
from knowledge.faq.format import FaqError
from knowledge.faq.matching.finder import Finder
from knowledge.faq.matching.meaning import Meaning
from knowledge.faq.matching.topics import Text

ELSEWHERE = ("bot.simulator", "bot.demo", "bot.commands", "bot.store", "bot.logs", "bot.settings")
"""Rooms that meet no text of an owner or of staff, or only pass it through."""

TEXTS = {"text", "clause", "sentence", "rest"}
"""What a text is called where it is the first thing a function takes."""

Run = Callable[[str], object]
faq = functools.cache(load)
finder = functools.cache(lambda: Finder.of(faq().entries))

VALUES: Mapping[str, Callable[[], list[Any]]] = {
    "Question": lambda: [QUESTIONS[each] for each in ("sales", "industry")],
    "Mapping[str, Question]": lambda: [QUESTIONS],
    "Mapping[str, frozenset[str]]": lambda: [{}],
    "Mapping[str, str]": lambda: [{"です": "でした"}],
    "Search": lambda: [finder().search],
    "Ranked": lambda: [((0, 0.9), (1, 0.8))],
    "Entry": lambda: [faq().entries[0]],
    "Sequence[Entry]": lambda: [()],
    "frozenset[str]": lambda: [frozenset()],
    "Callable[[str], str]": lambda: [str],
    "Iterable[Mention]": lambda: [()],
    "Lexicon": lambda: [lexicon_of(QUESTIONS)],
    "LinearModel": lambda: [learned_for(KEIEI)["trouble"], learned_for(KEIEI)["cash"]],
    "Vocabulary": lambda: [emergency_words_for(KEIEI)],
    "Grammar": lambda: [lexicon_of(QUESTIONS).grammars["sales"]],
    "Heard": lambda: [[]],
    "Sequence[Clause]": lambda: [[]],
    "asking": lambda: ["cash", "payments", "headcount"],
    "Sequence[str]": lambda: [NAMES],
    "date": lambda: [date(2026, 11, 30)],
    "Sense": lambda: [Sense(), Sense(passed=True), Sense(by_month=True, by_part=True)],
    "bool": lambda: [True, False],
    "int": lambda: [5],
    "str": lambda: ["x"],
    "longest": lambda: [LONGEST],
}
"""What else a matcher asks for, by name or by type."""


def _meaning() -> Meaning:
    """Make vectors without meaning for two entries, to measure the way to them."""
    numpy = pytest.importorskip("numpy")
    vectors = numpy.ones((2, 4)) / 2
    return Meaning(lambda _: vectors[0], vectors, vectors, numpy.arange(2))


OWNERS: Mapping[str, Callable[[], Any]] = {
    "Faq": faq,
    "LinearModel": lambda: learned_for(KEIEI)["trouble"],
    "Runs": lambda: learned_for(KEIEI)["trouble"].runs,
    "Finder": finder,
    "Search": lambda: finder().search,
    "Elsewhere": lambda: finder().elsewhere,
    "Meaning": _meaning,
    "Text": lambda: Text,
    "Endings": lambda: Endings(("です", "ね", "よね", "ですよ")),
}
"""Whose method it is, for classes that have matchers."""


def matchers(module: ModuleType) -> dict[str, Run]:
    """List the matchers of a module by name.

    KeyError names what to add to the tables above.
    """
    if module.__name__.startswith(ELSEWHERE):
        return {}
    return {
        f"{name} {number}": run
        for name, function in _taking_texts(module)
        for number, run in enumerate(_runs(function))
    }


def _taking_texts(module: ModuleType) -> Iterator[tuple[str, Callable[..., object]]]:
    for name, value in vars(module).items():
        function = inspect.unwrap(value) if callable(value) else value
        if getattr(value, "__module__", None) != module.__name__ or name.startswith("_"):
            continue
        if isinstance(function, FunctionType) and _takes_text(function):
            yield name, function
        elif isinstance(value, type):
            for method, body in vars(value).items():
                plain = getattr(body, "__func__", body)
                if isinstance(plain, FunctionType) and _takes_text(plain, 1) and method[0] != "_":
                    yield f"{name}.{method}", getattr(OWNERS[name](), method)


def _takes_text(function: FunctionType, position: int = 0) -> bool:
    parameters = list(inspect.signature(function).parameters.values())[position : position + 1]
    return any(
        each.name in TEXTS and each.annotation in {"str", str} for each in parameters
    ) and not inspect.iscoroutinefunction(function)


def _runs(function: Callable[..., object]) -> Iterator[Run]:
    """Yield the function with all arguments but the text, once for each of several values."""
    _, *more = inspect.signature(function).parameters.values()
    wanted = [each for each in more if each.default is each.empty]
    given = {each.name: _values(each) for each in wanted}
    for number in range(max(map(len, given.values()), default=1)):
        values = {name: choices[number % len(choices)] for name, choices in given.items()}
        yield functools.partial(_call, function, values)


def _values(parameter: inspect.Parameter) -> list[Any]:
    wanted = getattr(parameter.annotation, "__name__", "") or str(parameter.annotation)
    if "[" in str(parameter.annotation):
        wanted = (
            str(parameter.annotation)
            .replace("collections.abc.", "")
            .replace("knowledge.place_names.names.", "")
        )
    return (VALUES.get(parameter.name) or VALUES[wanted])()


def _call(function: Callable[..., object], values: Mapping[str, Any], text: str) -> object:
    try:
        return function(text, **values)
    except (FaqError, ValueError) as fault:  # what a list or a file says of bad content
        return fault
