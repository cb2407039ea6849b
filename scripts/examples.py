"""The labelled rows that `scripts.train` learns from, and the name of their content."""

from __future__ import annotations

import csv
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from bot.commands.files.examples import FOLDER
from bot.dialogue.lexicon import COMMAND, TROUBLE, emergency_words_for
from bot.understand.commands.commands import command_in
from bot.understand.learned.offers import NO_ANSWER
from bot.understand.learned.telling import ABOUT
from bot.understand.trouble import troubles_in
from flows.keiei.programme import KEIEI
from knowledge.faq.answers import Entry, load

CASES = Path("tests/cases/typed_answers.csv")
"""Rows whose recorded answers tests count by words alone. Offers may learn from them."""

LOCKED = Path("tests/cases/locked")
"""Rows kept out of training until November 2027. Tests print figures for them.

Nobody tunes on them.
"""

NOTHING = "none"
"""Label of rows that are neither trouble nor a command."""

_APART = re.compile(r"[ |?]")
"""Marks between options. `|` means all of them, `?` any."""


class Row(NamedTuple):
    """Hold a labelled line with its model and its label."""

    model: str
    text: str
    label: str


def read_rows(folder: Path = FOLDER) -> list[Row]:
    """Read all labelled rows, in the order of the files."""
    return [
        *_label_rows(TROUBLE, folder / "trouble.csv"),
        *_label_rows(COMMAND, folder / "commands.csv"),
        *_answer_rows(folder / "answers.csv"),
        *_word_rows(),
        *_answer_rows(CASES),
        *_unanswering_rows(folder / "commands.csv"),
        *_fact_rows(folder / "facts.csv"),
        *_telling_nothing(folder / "commands.csv"),
        *_of_other_questions(folder / "facts.csv"),
        *_calm_rows(folder / "facts.csv"),
        *_calm_commands(folder / "commands.csv"),
        *_questions(load().entries),
    ]


def read_locked(folder: Path = LOCKED) -> list[Row]:
    """Read the rows that no training sees.

    They are trouble, commands, answers and facts.
    """
    return [
        *_label_rows(TROUBLE, folder / "trouble.csv"),
        *_label_rows(COMMAND, folder / "commands.csv"),
        *_answer_rows(folder / "answers.csv"),
        *(row for row in _fact_rows(folder / "facts.csv") if row.model != ABOUT),
    ]


def hash_rows(rows: Iterable[Row]) -> str:
    """Name the content of some rows."""
    return hashlib.blake2b(repr([tuple(row) for row in rows]).encode(), digest_size=8).hexdigest()


def _label_rows(model: str, file: Path) -> Iterator[Row]:
    for row in _read(file):
        yield Row(model, row["text"], row["label"])


def _answer_rows(file: Path) -> Iterator[Row]:
    for row in _read(file):
        if row["question"] not in KEIEI.taught:
            continue
        for option in _APART.split(row["options"]) if row["options"] else [NO_ANSWER]:
            yield Row(row["question"], row["text"], option)


def _word_rows() -> Iterator[Row]:
    """Read the examples that stand beside the words of an option."""
    for question in KEIEI.taught.values():
        for option, words in question.words.options.items():
            for text in words.examples:
                yield Row(question.id, text, option)


def _unanswering_rows(file: Path) -> Iterator[Row]:
    """Make each question learn some commands as no answer to it."""
    commands = [row["text"] for row in _read(file) if row["label"] != NOTHING]
    asked = list(KEIEI.taught)
    for place, text in enumerate(commands):
        yield Row(asked[place % len(asked)], text, NO_ANSWER)


def _fact_rows(file: Path) -> Iterator[Row]:
    """Read clauses that stand by themselves, with question and option."""
    for row in _read(file):
        for fact in row["facts"].split("|"):
            question, _, option = fact.partition("=")
            yield Row(ABOUT, row["text"], question)
            if option:
                yield Row(question, row["text"], option)


def _telling_nothing(file: Path) -> Iterator[Row]:
    """Commands speak of no question."""
    return (Row(ABOUT, row["text"], NOTHING) for row in _read(file) if row["label"] != NOTHING)


_EVERY = 3
"""One in three facts teaches a question what is no answer. All would drown the answers."""


def _of_other_questions(file: Path) -> Iterator[Row]:
    """Teach each question facts of others, which do not answer it."""
    for place, row in enumerate(_read(file)):
        told = {fact.partition("=")[0] for fact in row["facts"].split("|")}
        for number, question in enumerate(KEIEI.taught):
            if question not in told and (place + number) % _EVERY == 0:
                yield Row(question, row["text"], NO_ANSWER)


_TROUBLING = re.compile(
    "cash=this_month|arrears=(?:wages|suppliers)|repayment=(?:tight|beyond|late)|letters=seizure"
)
"""Facts that may be trouble as they are told."""


def _calm_rows(file: Path) -> Iterator[Row]:
    """Teach that what a business tells is no trouble, unless it may be some.

    A clause without facts may tell the worst: 「死んで保険で返すしかない」. Words hear that.
    """
    words = emergency_words_for(KEIEI)
    for row in _read(file):
        if not _TROUBLING.search(row["facts"]) and not troubles_in(row["text"], words):
            yield Row(TROUBLE, row["text"], NOTHING)


_FAREWELLS = frozenset({NOTHING, "stop", "never_again"})


def _calm_commands(file: Path) -> Iterator[Row]:
    """Teach that commands are no trouble, but for farewells, which despair also writes."""
    for row in _read(file):
        if row["label"] not in _FAREWELLS:
            yield Row(TROUBLE, row["text"], NOTHING)


_OF_THIS_SERVICE = "このサービスについて"
"""Topic of entries that commands ask for, too, as who writes here or what is kept."""


_MOSTLY_CALM = 0.8
"""Share of an entry's wordings without words of trouble. Below it the entry is about trouble."""


def _questions(entries: Iterable[Entry]) -> Iterator[Row]:
    """Teach that the questions of the FAQ are no commands, and mostly no trouble."""
    words = emergency_words_for(KEIEI)
    for entry in entries:
        asked = (entry.question, *entry.phrasings)
        if entry.topic != _OF_THIS_SERVICE:
            yield from (Row(COMMAND, text, NOTHING) for text in asked if not command_in(text))
        calm = [text for text in asked if not troubles_in(text, words)]
        if len(calm) >= len(asked) * _MOSTLY_CALM:
            yield from (Row(TROUBLE, text, NOTHING) for text in calm)


def _read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def by_model(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Sort rows by the model they teach."""
    found = defaultdict(list)
    for row in rows:
        found[row.model].append(row)
    return dict(found)
