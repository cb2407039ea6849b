"""Propose the meaning of an unheard line by the nearest labelled line.

A proposal only fills a form in: what staff submit is checked as anything else.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable

from rapidfuzz import fuzz, process

from bot.channels.slack.knowledge.forms import NOT_FOR_LINKS
from bot.channels.slack.knowledge.list_view import EXAMPLE, LINK
from flows.flow import Question
from knowledge.faq.entry import Entry
from knowledge.faq.unanswered import read_sound

LIKE = 76.0
"""Likeness in percent from which two lines are worth comparing.

Below it the words they share are fillers.
"""


@dataclass(frozen=True, slots=True)
class Proposal:
    """The nearest labelled line, and what it means.

    `action` is the form it goes to, `value` what is chosen there, `title` that in words.
    """

    text: str
    action: str
    value: str
    title: str


def propose_same(
    asked: str, open_question: str, examples: Iterable[Proposal], entries: Iterable[Entry]
) -> Proposal | None:
    """Find the nearest labelled line, of the open question first, else of the FAQ."""
    own = [each for each in examples if each.value.partition("|")[0] == open_question]
    return _find_nearest(asked, own) or _find_nearest(asked, _list_phrasings(entries))


def _find_nearest(asked: str, known: Iterable[Proposal]) -> Proposal | None:
    labelled = list(known)
    found = process.extractOne(
        read_sound(asked),
        [_read_once(each.text) for each in labelled],
        scorer=fuzz.ratio,
        score_cutoff=LIKE,
    )
    return labelled[found[2]] if found else None


@cache
def _read_once(text: str) -> str:
    """Read a labelled line, and remember the reading.

    Never for an owner's line, since that would be remembered, too.
    """
    return read_sound(text)


def _list_phrasings(entries: Iterable[Entry]) -> Iterator[Proposal]:
    for entry in entries:
        if entry.id not in NOT_FOR_LINKS:
            for text in (entry.question, *entry.phrasings):
                yield Proposal(text, LINK, entry.id, entry.question)


@cache
def _read_rows(text: str) -> tuple[Mapping[str, str], ...]:
    return tuple(csv.DictReader(io.StringIO(text, newline="")))


def list_examples(
    folder: Traversable | None, questions: Mapping[str, Question]
) -> tuple[Proposal, ...]:
    """List the labelled lines that mean one option of a question there is."""
    if folder is None:
        return ()
    return tuple(
        Proposal(
            row["text"], EXAMPLE, f"{question.id}|{option.id}", f"{question.title}：{option.label}"
        )
        for row in _read_rows((folder / "answers.csv").read_text(encoding="utf-8"))
        if (question := questions.get(row["question"]))
        and (option := question.option(row["options"]))
    )
