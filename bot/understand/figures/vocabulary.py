"""The words by which figures are heard, read once from `words.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from bot.understand.text import clean, fold, stem


class Whole(StrEnum):
    """A whole message that answers without a figure."""

    NONE = "none"
    UNKNOWN = "unknown"
    SKIP = "skip"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Hold the words of figures, losses, purposes of payments, and whole answers."""

    names: Mapping[str, tuple[str, ...]]
    name: re.Pattern[str]
    minus: re.Pattern[str]
    purpose: re.Pattern[str]
    whole: Mapping[Whole, frozenset[str]]


@cache
def vocabulary() -> Vocabulary:
    """Read the words once."""
    data = tomllib.loads(files(__package__).joinpath("words.toml").read_text("utf-8"))
    names = {
        word: tuple(figures.split())
        for figures, words in data["names"].items()
        for word in words.split()
    }
    return Vocabulary(
        names,
        _any_of(names),
        _any_of(data["signs"]["minus"].split()),
        _any_of(data["purposes"]["words"].split()),
        {Whole(kind): frozenset(_forms(words.split())) for kind, words in data["whole"].items()},
    )


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


def _forms(words: Iterable[str]) -> set[str]:
    return {form for word in words for form in (fold(word), stem(word), word)} - {""}


def whole_answer(text: str) -> Whole | None:
    """Read a message that only says none, unknown, or go on."""
    said = {fold(text), stem(text), clean(text)}
    return next((each for each, forms in vocabulary().whole.items() if said & forms), None)
