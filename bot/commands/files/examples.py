"""Words that staff labelled in Slack → rows of the examples that training reads."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

import flows
from bot.channels.slack.knowledge import trouble_labels
from bot.channels.slack.knowledge.trouble_labels import make_trouble_question
from flows.flow import Question
from flows.programme import Programme
from knowledge.amendments import Amendment, NewExample, cleaned, mark, waiting, withdrawals

FILE, TROUBLE_FILE = "answers.csv", "trouble.csv"
FOLDER = Path(flows.__file__).parent / "keiei" / "examples"
"""The folder of the programme's examples."""

LEARN = "`make train` teaches these rows to the bot; review and commit both"
"""Says what is left to do after rows were added."""

_WRITTEN = "use"
"""Marks rows from use, labelled by staff and not made up for training."""

_COLUMNS = ["question", "text", "options", "written"]
_TROUBLE_COLUMNS = ["text", "label", "written"]


def find_examples(
    amendments: Iterable[Amendment],
    absorbed: frozenset[str],
    questions: Mapping[str, Question],
) -> tuple[NewExample, ...]:
    """Find the examples to be written.

    They stand, name a current option, and are new.
    """
    given = tuple(amendments)
    passed_over = {*withdrawals(given), *waiting(given)}
    kept = (cleaned(each) for place, each in enumerate(given) if place not in passed_over)
    return tuple(
        each
        for each in kept
        if isinstance(each, NewExample)
        and mark(each) not in absorbed
        and each.question in questions
        and questions[each.question].option(each.option)
    )


def add_examples(text: str, examples: Iterable[NewExample]) -> str:
    """Add rows to the text of the file, in its order and without doubles.

    Words labelled with several options of one question are one row.
    """
    rows = [row for row in csv.reader(io.StringIO(text, newline="")) if row][1:]
    known = {(row[0], row[1]) for row in rows}
    new: dict[tuple[str, str], list[str]] = {}
    for each in examples:
        options = new.setdefault((each.question, each.text), [])
        if each.option not in options:
            options.append(each.option)
    added = [
        [*key, " ".join(options), _WRITTEN] for key, options in new.items() if key not in known
    ]
    return _write_rows(_COLUMNS, sorted([*rows, *added])) if added else text


def find_trouble(
    amendments: Iterable[Amendment], absorbed: frozenset[str], programme: Programme
) -> tuple[NewExample, ...]:
    """Find the lines labelled as trouble that are to be written."""
    questions = {trouble_labels.NAME: make_trouble_question(programme)}
    return find_examples(amendments, absorbed, questions)


def add_trouble(text: str, examples: Iterable[NewExample]) -> str:
    """Add rows to the text of the file of trouble.

    A line that has a label there keeps it.
    """
    rows = [row for row in csv.reader(io.StringIO(text, newline="")) if row][1:]
    known = {row[0] for row in rows}
    new = {each.text: each.option for each in examples if each.text not in known}
    added = [[text, label, _WRITTEN] for text, label in new.items()]
    return _write_rows(_TROUBLE_COLUMNS, [*rows, *sorted(added)]) if added else text


def _write_rows(columns: list[str], rows: Iterable[list[str]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([columns, *rows])
    return out.getvalue()
