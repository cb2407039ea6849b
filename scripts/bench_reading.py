"""Measure what a typed message costs, by `make bench`.

Processor time of labelled lines, each the least of some rounds, since what a busy machine adds is
not ours. Long stories are made of short ones.
"""

from __future__ import annotations

import csv
import os
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path

from bot.dialogue.respond import respond
from bot.model.conversation import Conversation
from bot.model.messages import Message, typed
from bot.model.turn import Context
from bot.runtime.memory import settle_memory
from flows.keiei.programme import KEIEI
from knowledge import library

CASES = Path(__file__).parents[1] / "tests" / "cases"
ROUNDS, LINES, LONG_LINES = 5, 300, 12
NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)

Turn = tuple[Conversation, Message]


def main() -> None:
    """Print the milliseconds of a message by kind, and the load they were measured at."""
    context = Context(NOW, library.load(), KEIEI)
    answers, stories = _rows("typed_answers"), [row["text"] for row in _rows("stories")]
    first = [row["text"] for row in answers]
    kinds = {
        "an answer to the open question": [
            _answer(row["question"], row["text"]) for row in answers
        ],
        "an answer as first words": [_first(text) for text in first],
        "a story as first words": [_first(text) for text in stories],
        "a story of 300 characters": [_first(text) for text in _long(stories, 300, "。")],
        "the same, run on": [_first(text) for text in _long(stories, 300, "")],
        "a story of 2,000 characters": [_first(text) for text in _long(stories, 2000, "。")],
    }
    for turns in kinds.values():
        _milliseconds(turns[0], context)  # builds what the first message finds missing
    settle_memory()
    for name, turns in kinds.items():
        costs = [min(_milliseconds(turn, context) for _ in range(ROUNDS)) for turn in turns]
        print(f"{name:<34} mean {sum(costs) / len(costs):6.2f} ms   longest {max(costs):6.2f} ms")
    print(f"at load {os.getloadavg()[0]:.0f}")


def _rows(name: str) -> Sequence[dict[str, str]]:
    """Read labelled lines, evenly chosen."""
    with (CASES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    return rows[:: max(1, len(rows) // LINES)]


def _answer(question: str, text: str) -> Turn:
    return Conversation("bench:you", flow=KEIEI.main, asking_again=question), typed(text)


def _first(text: str) -> Turn:
    return Conversation("bench:you"), typed(text)


def _long(stories: Sequence[str], length: int, joint: str) -> Iterator[str]:
    """Make long stories of short ones."""
    endless = cycle(stories)
    for _ in range(LONG_LINES):
        text = ""
        while len(text) < length:
            text += next(endless).rstrip("。") + joint
        yield text[:length]


def _milliseconds(turn: Turn, context: Context) -> float:
    conversation, message = turn
    began = time.thread_time()
    respond(conversation, message, context)
    return 1000 * (time.thread_time() - began)


if __name__ == "__main__":
    main()
