"""In the terminal the question stays in view, and the arrow keys choose."""

from __future__ import annotations

from io import StringIO

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from prompt_toolkit.output.vt100 import Vt100_Output
from rich.cells import cell_len
from rich.console import Console as Screen

from bot.channels.console import Terminal
from bot.dialogue.respond import respond
from bot.model.conversation import Conversation
from bot.model.messages import typed
from bot.model.turn import Turn
from tests.bot.channels.everything import CONTEXT, YOU, said_of_questions

BELOW = 2
"""Lines that the prompt and the keys take below what is said."""

DOWN, UP, ENTER = "\x1b[B", "\x1b[A", "\r"


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (60, 20)])
def test_show_of_every_question_leaves_it_whole_in_a_small_window(columns: int, rows: int) -> None:
    asked = [replies[-1:] for replies in said_of_questions()]
    assert len(asked) > 20
    for replies in asked:
        lines = shown(Turn(Conversation(YOU), replies), columns)
        assert len(lines) + BELOW <= rows, replies


def test_show_of_a_card_is_no_wider_than_the_window() -> None:
    lines = shown(respond(Conversation(YOU), typed("給料が払えない"), CONTEXT), 60)
    assert any("╭" in line for line in lines)
    assert max(map(cell_len, lines)) <= 60


@pytest.mark.parametrize(
    ("keys", "chosen"),
    [(DOWN, 0), (DOWN + DOWN, 1), (UP, -1), (DOWN + UP, -1), ("売上" + DOWN, 0)],
)
def test_read_of_arrow_keys_is_the_choice_they_came_to(keys: str, chosen: int) -> None:
    turn = respond(Conversation(YOU), typed("v1|flow=diagnosis"), CONTEXT)
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        terminal = Terminal(Screen(file=StringIO()))
        terminal.show(turn)
        pipe.send_text(keys + ENTER)
        message = terminal.read()
    assert message is not None
    assert message.value == turn.replies[-1].buttons[chosen].value


def test_read_takes_two_lines_below_what_was_said() -> None:
    page = StringIO()
    output = Vt100_Output(page, lambda: Size(rows=20, columns=60), enable_cpr=False)
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=output):
        terminal = Terminal(Screen(file=StringIO()))
        terminal.show(respond(Conversation(YOU), typed("v1|flow=diagnosis"), CONTEXT))
        pipe.send_text(DOWN + ENTER)
        terminal.read()
    assert page.getvalue().count("\n") <= BELOW


def shown(turn: Turn, columns: int) -> list[str]:
    """The lines that a terminal shows of a turn."""
    page = StringIO()
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        Terminal(Screen(file=page, width=columns)).show(turn)
    return page.getvalue().split("\n")
