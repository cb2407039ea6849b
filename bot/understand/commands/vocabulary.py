"""The words of the commands, read from `words.toml` and `sayings.toml`, and their faults."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Any

from bot.understand.commands.command import Command
from bot.understand.commands.conjugation import Mood, verb_of
from bot.understand.reading.plain import plain, spelled
from knowledge.faq.wording.language import reading

FOLDER = files("bot.understand.commands")

Tags = frozenset[str]
"""Groups of a word. A verb's have the mood of the form (`erase.wanted`)."""

SHORTEST_KANA = 4
"""Kana. A shorter reading would be found inside other words."""

ASKED = "asked"
"""Stands in a saying for a message that is a question."""


@dataclass(frozen=True, slots=True)
class Saying:
    """Groups that say a command together.

    `bare` when they must be the whole message.
    """

    command: Command
    groups: tuple[str, ...]
    beside: Tags
    bare: bool


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """Hold every word with its groups, every verb stem, and the sayings.

    Sayings come longest first; `sayings_of` has the places of those that begin with a group,
    `longest` the length of the longest word or stem by its first letter.
    """

    words: Mapping[str, Tags]
    stems: Mapping[str, Mapping[str, tuple[str, ...]]]
    """Stem → ending class → groups of the verbs with that stem."""
    always: Tags
    sayings: tuple[Saying, ...]
    sayings_of: Mapping[str, Sequence[int]]
    longest: Mapping[str, int]


@cache
def vocabulary() -> Vocabulary:
    """Read the words once."""
    data, sayings = _load("words.toml"), _load("sayings.toml")
    words, stems = _words(data), _stems(data)
    found = sorted(_sayings(sayings), key=lambda saying: (-len(saying.groups), saying.bare))
    beginning: defaultdict[str, list[int]] = defaultdict(list)
    for number, saying in enumerate(found):
        beginning[saying.groups[0]].append(number)
    longest: dict[str, int] = {}
    for word in filter(None, (*words, *stems)):
        longest[word[0]] = max(longest.get(word[0], 0), len(word))
    return Vocabulary(
        words, stems, frozenset(data["always"]), tuple(found), dict(beginning), longest
    )


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text("utf-8"))


def _words(data: Mapping[str, Mapping[str, str]]) -> dict[str, Tags]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for group, listed in chain(*(data[part].items() for part in ("always", "words", "unsaid"))):
        for word in listed.split():
            found[plain(word)].add(group)
    for group, listed in data["words"].items():
        for word in listed.split():
            if len(spoken := plain(reading(word))) >= SHORTEST_KANA:
                found[spoken].add(group)
    found.pop("", None)
    return {word: frozenset(tags) for word, tags in found.items()}


def _stems(data: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, tuple[str, ...]]]:
    found: defaultdict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for group, listed in data["verbs"].items():
        for word in listed.split():
            verb = verb_of(spelled(word))
            groups = found[verb.stem].get(verb.bends, ())
            found[verb.stem][verb.bends] = (*groups, group)
    return dict(found)


def _sayings(data: Mapping[str, Mapping[str, Any]]) -> Iterator[Saying]:
    verbs = frozenset(_load("words.toml")["verbs"])
    for name, entry in data.items():
        beside = frozenset(_tag(each, verbs) for each in entry.get("beside", "").split())
        for key in ("says", "bare"):
            for line in entry.get(key, ()):
                groups = tuple(_tag(each, verbs) for each in line.split())
                yield Saying(Command(name), groups, beside, key == "bare")


def _tag(group: str, verbs: frozenset[str]) -> str:
    """Give a verb that stands without a mood the mood `WANTED`."""
    return f"{group}.{Mood.WANTED}" if group in verbs else group


def faults() -> list[str]:
    """List every fault of the two files, each a sentence."""
    data = _load("words.toml")
    known = {ASKED, *data["always"], *data["words"]}
    known |= {f"{verb}.{mood}" for verb in data["verbs"] for mood in Mood}
    sayings = tuple(_sayings(_load("sayings.toml")))
    found = [
        f"sayings.toml: {saying.command} names {group!r}, which words.toml does not have"
        for saying in sayings
        for group in (*saying.groups, *saying.beside)
        if group not in known
    ]
    silent = set(Command) - {saying.command for saying in sayings}
    used = {group.partition(".")[0] for each in sayings for group in (*each.groups, *each.beside)}
    idle = {*data["words"], *data["verbs"]} - used
    return [
        *found,
        *(f"sayings.toml: nothing says {command}" for command in sorted(silent)),
        *(f"words.toml: no saying uses {group!r}" for group in sorted(idle)),
    ]
