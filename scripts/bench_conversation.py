"""Measure one step beside a bare `transitions` step, by `make bench`.

Both are measured in the same run. Then follows the processor time of the longest hostile text of
each kind, at the question where it costs most; over the bar the bench fails.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial

from transitions import Machine

from bot.dialogue.respond import respond
from bot.model.conversation import Conversation
from bot.model.messages import typed
from bot.model.turn import Context, Turn
from bot.understand.text import LONGEST, LONGEST_HEARD
from flows.keiei.catalog import QUESTIONS as ALL_QUESTIONS
from flows.keiei.programme import KEIEI
from knowledge import library
from knowledge.library import Library
from scripts.hostile import KINDS

ROUNDS = 300
DEAREST_TURN = 50.0
"""Milliseconds of processor time no turn may cost, whatever is typed."""

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
INTERVIEW = (
    "v1|flow=diagnosis",
    "v1|sales=down_sharp",
    "1",
    "人件費と電気代",
    "赤字",
    "銀行と保証協会",
    "遅れてる",
    "v1|rescheduled=never",
    "ないです",
    "あと2か月",
    "v1|wishes=increase_sales",
    "v1|done=wishes",
    "個人事業主",
    "飲食店で3人",
    "v1|expert=none",
)
QUESTIONS = ("費用はいくらかかりますか？", "リスケって何", "税理士に頼めるの？")


@dataclass(slots=True)
class Cursor:
    """The smallest thing `transitions` can move."""

    state: str = "asked"


def bare_step() -> Callable[[], object]:
    """Take one guarded step of a shared machine, nothing around it."""
    machine = Machine(model=None, states=["asked", "done"], initial=None, auto_transitions=False)
    machine.add_transition("answer", "asked", "done", conditions=[bool])
    step = machine.events["answer"].trigger
    answers = {"sales": ("up",)}
    return lambda: step(Cursor(), answers)


def microseconds(run: Callable[[], object]) -> float:
    """Measure how long one call takes, in seconds."""
    start = time.perf_counter()
    run()
    return 1e6 * (time.perf_counter() - start)


def main() -> None:
    """Measure, alternating, and print medians and ratios."""
    known = library.load()
    bare = bare_step()
    answer_to(Conversation("bench:you"), QUESTIONS[0], known)  # builds the FAQ's index
    floor: list[float] = []
    steps: list[float] = []
    for _ in range(ROUNDS):
        conversation = Conversation("bench:you")
        for said in INTERVIEW:
            floor.append(microseconds(bare))
            steps.append(microseconds(partial(answer_to, conversation, said, known)))
            conversation = answer_to(conversation, said, known).conversation
    stranger = Conversation("bench:you")
    asked = [
        microseconds(partial(answer_to, stranger, said, known))
        for said in QUESTIONS * (ROUNDS // 10)
    ]
    report("a bare transitions step", floor, floor)
    report("respond, one step of an interview", steps, floor)
    report("respond, a question to the FAQ", asked, floor)
    dearest = max(hostile(kind, part, known) for kind, part in KINDS.items())
    sys.exit(dearest > DEAREST_TURN)


def hostile(kind: str, part: str, known: Library) -> float:
    """Print and return the milliseconds of a hostile kind's dearest turn."""
    asked = [Conversation("bench:you", asking_again=each) for each in ALL_QUESTIONS]
    heard = [replace(each, flow="diagnosis") for each in asked]
    texts = {length: (part * length)[:length] for length in (LONGEST, LONGEST_HEARD)}
    dearest = {
        length: max(milliseconds(each, text, known) for each in (Conversation("bench:you"), *heard))
        for length, text in texts.items()
    }
    told = "   ".join(f"{length} characters {dearest[length]:5.1f} ms" for length in texts)
    over = "" if max(dearest.values()) <= DEAREST_TURN else f"   over {DEAREST_TURN:.0f} ms"
    print(f"{kind:<36} {told}{over}")
    return max(dearest.values())


def milliseconds(conversation: Conversation, said: str, known: Library) -> float:
    """Processor time of one turn, the better of two."""
    times = []
    for _ in range(2):
        begun = time.thread_time()
        answer_to(conversation, said, known)
        times.append(1e3 * (time.thread_time() - begun))
    return min(times)


def answer_to(conversation: Conversation, said: str, known: Library) -> Turn:
    """Take one step of the pure conversation."""
    return respond(conversation, typed(said), Context(NOW, known, KEIEI))


def report(name: str, measured: list[float], floor: list[float]) -> None:
    """Print the median, the 99th percentile, and the median in bare steps."""
    median = statistics.median(measured)
    p99 = statistics.quantiles(measured, n=100)[98]
    ratio = median / statistics.median(floor)
    print(f"{name:<36} median {median:8.1f} µs   p99 {p99:8.1f} µs   × {ratio:6.1f}")


if __name__ == "__main__":
    main()
