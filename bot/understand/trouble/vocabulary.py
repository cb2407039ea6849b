"""Find the words of trouble in one pass by an automaton.

The words are data; the head of `words/mind.toml` says how such a file is written. Aho–Corasick: the
time is linear in the text, however many words there are. The meaning of words together is decided
elsewhere.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from ahocorasick_rs import AhoCorasick

from bot.understand.trouble.endings import ENDINGS
from bot.understand.trouble.form import folded

_ENDING = re.compile(r"^(?P<stem>[^{}]+)(?:\{(?P<ending>[a-z]+)\})?$")
"""A word of the file with the name of its endings in braces."""

_SETTINGS = {"words", "family", "harmless"}
_OF_A_FAMILY = {
    "id",
    "kind",
    "option",
    "says",
    "unless",
    "unless_after",
    "own",
    "others",
    "imminent",
    "bare",
}


@dataclass(frozen=True, slots=True)
class Saying:
    """Groups of words that mean something together.

    `ordered` when they follow closely.
    """

    groups: tuple[str, ...]
    ordered: bool


@dataclass(frozen=True, slots=True)
class Family:
    """One way to be in trouble.

    `own` when it counts only of oneself, `others` when others may be its subject (「仕入先が…」).
    `bare` when its words name a thing only: then the clause must tell something of it.
    `unless` are groups of words that forbid it, `unless_after` in the clause that follows.
    """

    id: str
    kind: str
    option: str
    says: tuple[Saying, ...]
    unless: frozenset[str]
    unless_after: frozenset[str]
    own: bool = False
    others: bool = False
    imminent: bool = False
    bare: bool = False


class Hit(NamedTuple):
    """Hold a found word with its place in the form and its group.

    `denies` says that its ending denies.
    """

    start: int
    end: int
    group: str
    denies: bool = False

    def hides(self, other: Hit) -> bool:
        """Tell whether this hit covers the beginning of the other.

        Of two with the same start the longer hides the shorter.
        """
        if self.start == other.start:
            return self.end > other.end
        return self.start < other.start < self.end


Found = Mapping[str, Sequence[Hit]]


class Vocabulary:
    """Hold groups of words and their families, read-only once made."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        """Compile the content of a file without faults."""
        self.families = tuple(_family(each) for each in content["family"])
        self._harmless = frozenset(content.get("harmless", ()))
        uses: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for group, words in content["words"].items():
            for word in words.split():
                stem, ending = _parts(word)
                uses[stem].append((group, ending))
        self._stems = [*uses]
        self._uses = [*uses.values()]
        self._automaton = AhoCorasick(self._stems)
        self._families: defaultdict[str, set[int]] = defaultdict(set)
        for number, family in enumerate(self.families):
            for saying in family.says:
                for group in saying.groups:
                    self._families[group].add(number)

    def find(self, form: str) -> dict[str, list[Hit]]:
        """List the words found in a form by group.

        Words inside a harmless one are left out.
        """
        hits: list[Hit] = []
        harmless: list[Hit] = []
        for number, start, end in self._automaton.find_matches_as_indexes(form, overlapping=True):
            for group, ending in self._uses[number]:
                if ending and not (tail := ENDINGS[ending].match(form, end)):
                    continue
                close = tail.end() if ending and tail else end
                hit = Hit(start, close, group, ending == "not")
                (harmless if group in self._harmless else hits).append(hit)
        found: dict[str, list[Hit]] = {}
        for hit in hits:
            if not any(each.hides(hit) for each in harmless):
                found.setdefault(hit.group, []).append(hit)
        return found

    def told_by(self, found: Found) -> list[Family]:
        """List families with at least one word found, in the file's order."""
        numbers: set[int] = set()
        for group in found:
            numbers |= self._families.get(group, set())
        return [self.families[number] for number in sorted(numbers)]


def read(content: str) -> Vocabulary:
    """Compile the text of a vocabulary file. Raises `ValueError` naming every fault."""
    found = [*problems("words of trouble", content)]
    if found:
        raise ValueError("\n".join(found))
    return Vocabulary(tomllib.loads(content))


def _parts(word: str) -> tuple[str, str]:
    match = _ENDING.match(word)
    if match is None:
        raise ValueError(word)
    return folded(match["stem"]), match["ending"] or ""


def _family(row: Mapping[str, Any]) -> Family:
    return Family(
        id=row["id"],
        kind=row["kind"],
        option=row.get("option", ""),
        says=tuple(_saying(each) for each in row["says"]),
        unless=frozenset(row.get("unless", ())),
        unless_after=frozenset(row.get("unless_after", ())),
        own=row.get("own", False),
        others=row.get("others", False),
        imminent=row.get("imminent", False),
        bare=row.get("bare", False),
    )


def _saying(text: str) -> Saying:
    return Saying(tuple(each.strip() for each in re.split("[+>]", text)), ">" in text)


def problems(
    name: str, text: str, kinds: Sequence[str] = (), options: Sequence[str] = ()
) -> Iterator[str]:
    """List every fault of a vocabulary file as sentences.

    `kinds` and `options` are the known ones.
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        yield f"{name}: {error}"
        return
    words, rows = content.get("words", {}), content.get("family", [])
    yield from _word_faults(name, words)
    used = set(content.get("harmless", ()))
    for row in rows:
        where = f"{name}: family {row.get('id', '?')}"
        if unknown := sorted(row.keys() - _OF_A_FAMILY):
            yield f"{where}: {', '.join(unknown)} is not known; use {', '.join(sorted(_OF_A_FAMILY))}"
        if missing := sorted({"id", "kind", "says"} - row.keys()):
            yield f"{where}: {', '.join(missing)} is missing"
            continue
        if kinds and row["kind"] not in kinds:
            yield f"{where}: kind {row['kind']} is none of {', '.join(kinds)}"
        if options and row.get("option") not in options:
            yield f"{where}: option {row.get('option')} is none of {', '.join(options)}"
        used |= {group for saying in row["says"] for group in _saying(saying).groups}
        used |= {*row.get("unless", ()), *row.get("unless_after", ())}
    for group in sorted(used - words.keys()):
        yield f"{name}: no words are given for {group}"
    for group in sorted(words.keys() - used - _READ_BY_CODE):
        yield f"{name}: the words of {group} are used by no family"
    for setting in sorted(content.keys() - _SETTINGS):
        yield f"{name}: {setting} is not known"


_READ_BY_CODE = {"self", "person", "things", "others", "act_now"}
"""Groups that the grammar asks for by name."""


def _word_faults(name: str, words: Mapping[str, Any]) -> Iterator[str]:
    for group, text in words.items():
        for word in str(text).split():
            match = _ENDING.match(word)
            if match is None or (match["ending"] and match["ending"] not in ENDINGS):
                yield f"{name}: {group}: {word} cannot be read; endings are {', '.join(ENDINGS)}"
            elif not folded(match["stem"]):
                yield f"{name}: {group}: {word} holds no letters"
