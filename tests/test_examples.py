"""The shipped weights were trained from the shipped rows alone, without locked ones."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

import pytest

from bot.dialogue.respond import respond
from bot.model.conversation import Conversation
from bot.model.messages import Message
from bot.model.turn import Context, Turn
from bot.understand.learned import load
from bot.understand.learned.offers import NO_ANSWER
from flows.keiei.catalog import QUESTIONS
from flows.keiei.programme import KEIEI
from knowledge import library
from scripts.examples import LOCKED, Row, by_model, hash_rows, read_locked, read_rows

CONTEXT = Context(datetime(2026, 11, 30, 2, tzinfo=UTC), library.load(), KEIEI, desk=True)
DARK = {"despair", "danger"}

HEARD, FALSE_ALARMS = 0.81, 0.09
COMMANDS, TAKEN = 0.80, 0.05
ANSWERS = 0.83
"""Share the locked rows gave on 30 November 2026, less two points."""


def test_weights_were_trained_from_the_rows_beside_them() -> None:
    models = load(KEIEI.words.joinpath("learned.weights"))
    groups = by_model(read_rows())
    assert models.keys() == groups.keys()
    for name, rows in groups.items():
        assert models[name].rows == hash_rows(rows), f"{name}: run `make train`"


def test_rows_are_labelled_with_options_that_exist() -> None:
    for row in (*read_rows(), *read_locked()):
        if row.model in QUESTIONS and row.label != NO_ANSWER:
            assert row.label in {each.id for each in QUESTIONS[row.model].options}, row


def test_no_locked_row_is_trained_on() -> None:
    trained = {(row.model, row.text) for row in read_rows()}
    locked = {(row.model, row.text) for row in read_locked() if row.model in {"trouble", "command"}}
    assert locked
    assert not trained & locked


# --- figures on the locked rows: count, never print or tune on them ------------------------------


def turn(text: str, **state: object) -> Turn:
    return respond(Conversation("test:locked", **state), Message(text=text), CONTEXT)  # type: ignore[arg-type]


def share(rows: Iterable[Row], is_so: Callable[[Row], bool], what: str) -> float:
    counts = Counter(is_so(row) for row in rows)
    found = counts[True] / counts.total()
    print(f"{what}: {counts[True]}/{counts.total()} {found:.3f}")  # noqa: T201 - the figures are the point
    return found


def sounds_alarm(row: Row) -> bool:
    notices = turn(row.text).notices
    return any(each in DARK or each.startswith("urgent:") for each in notices)


def is_command(row: Row) -> bool:
    notices = turn(row.text, flow="diagnosis").notices
    return any(each.startswith("command:") or each in {"forget", "stopped"} for each in notices)


def is_answered_or_offered(row: Row) -> bool:
    after = turn(row.text, flow="diagnosis", asking_again=row.model).conversation
    return row.label in (*after.answers.get(row.model, ()), *after.likely.get(row.model, ()))


@pytest.fixture(scope="module")
def locked() -> dict[str, list[Row]]:
    assert LOCKED.is_dir()
    return by_model(read_locked())


def test_locked_trouble_is_heard_and_look_alikes_are_not(locked: dict[str, list[Row]]) -> None:
    rows = locked["trouble"]
    told = [row for row in rows if row.label not in {"none", "heavy"}]
    calm = [row for row in rows if row.label == "none"]
    assert share(told, sounds_alarm, "locked trouble heard") >= HEARD
    assert share(calm, sounds_alarm, "locked false alarms") <= FALSE_ALARMS


def test_locked_commands_are_heard_and_look_alikes_are_not(locked: dict[str, list[Row]]) -> None:
    rows = locked["command"]
    assert share([row for row in rows if row.label != "none"], is_command, "commands") >= COMMANDS
    assert share([row for row in rows if row.label == "none"], is_command, "look-alikes") <= TAKEN


def test_locked_answers_are_recorded_or_offered(locked: dict[str, list[Row]]) -> None:
    rows = [
        row
        for name in locked.keys() & QUESTIONS.keys()
        for row in locked[name]
        if row.label != NO_ANSWER
    ]
    assert share(rows, is_answered_or_offered, "answers right or offered") >= ANSWERS
