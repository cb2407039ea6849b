"""Show replies in a terminal.

They are JSON for programs, plain text for a pipe, drawn for a person.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any

from prompt_toolkit import PromptSession
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import HTML
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from rich.box import ROUNDED
from rich.console import Console as Screen
from rich.console import Group
from rich.constrain import Constrain
from rich.panel import Panel
from rich.text import Text

from bot.model.messages import Card, Choice, Message, Reply, typed
from bot.model.turn import Turn
from bot.presentation.wording import say

WIDTH = 72
"""Columns of a card. Longer lines are hard to read on any screen."""


def reply_as_dict(reply: Reply) -> dict[str, Any]:
    """Write a reply as JSON-able data, `choices` being all buttons in order."""
    return {
        "text": reply.text,
        "choices": [{"label": button.label, "value": button.value} for button in reply.buttons],
        "card": asdict(reply.card) if reply.card else None,
        "progress": asdict(reply.progress) if reply.progress else None,
    }


def as_json(line: str, turn: Turn, state: str) -> str:
    """Write a turn as one line of JSON, with state, answers and notices."""
    told = {
        "input": line,
        "replies": [reply_as_dict(reply) for reply in turn.replies],
        "state": state,
        "answers": {question: list(each) for question, each in turn.conversation.answers.items()},
        "notices": list(turn.notices),
    }
    return json.dumps(told, ensure_ascii=False)


def as_plain(turn: Turn) -> str:
    """Write the replies as text, their choices numbered."""
    return "\n\n".join(
        part for reply in turn.replies for part in (reply.text, _numbered(reply.buttons)) if part
    )


def _numbered(buttons: Iterable[Choice]) -> str:
    return "\n".join(f"  {number}. {button.label}" for number, button in enumerate(buttons, 1))


class Terminal:
    """Draw replies for a person at a terminal, and read lines.

    The choices stand above the line, numbered. The arrow keys put one after the other into it;
    numbers and words can be typed as well. No menu opens below: it would push the question off a
    small window.
    """

    def __init__(self, screen: Screen | None = None) -> None:
        self._screen = screen or Screen(highlight=False)
        self._buttons: tuple[Choice, ...] = ()
        self._session: PromptSession[str] = PromptSession(
            reserve_space_for_menu=0, key_bindings=_keys(lambda: self._buttons)
        )

    def show(self, turn: Turn) -> None:
        """Draw the replies of a turn."""
        for reply in turn.replies:
            self._screen.print()
            self._screen.print(_drawn(reply))
        self._buttons = next(
            (reply.buttons for reply in reversed(turn.replies) if reply.buttons), ()
        )
        self._screen.print()

    def read(self) -> Message | None:
        """Read the next message, or None after Ctrl-D, Ctrl-C or /quit."""
        try:
            line = self._session.prompt(
                HTML(f"<ansigreen><b>{say('channels.terminal_you')}</b></ansigreen> › "),
                bottom_toolbar=HTML(say("channels.terminal_keys")),
            )
        except (EOFError, KeyboardInterrupt):
            return None
        if line.strip() == "/quit":
            return None
        return typed(self._picked(line))

    def _picked(self, line: str) -> str:
        """Return the value of the choice with this label, else the line."""
        return next((each.value for each in self._buttons if each.label == line.strip()), line)


def _keys(buttons: Callable[[], tuple[Choice, ...]]) -> KeyBindings:
    """Let the arrow keys walk through the choices."""
    keys = KeyBindings()

    @keys.add("down")
    def _next(event: KeyPressEvent) -> None:
        _step(event.current_buffer, buttons(), 1)

    @keys.add("up")
    def _previous(event: KeyPressEvent) -> None:
        _step(event.current_buffer, buttons(), -1)

    return keys


def _step(line: Buffer, buttons: tuple[Choice, ...], by: int) -> None:
    """Put the next choice into the line.

    From other words it is the first or the last.
    """
    labels = [each.label for each in buttons]
    if not labels:
        return
    before = -1 if by > 0 else 0
    at = labels.index(line.text) if line.text in labels else before
    chosen = labels[(at + by) % len(labels)]
    line.document = Document(chosen, len(chosen))


def _drawn(reply: Reply) -> Group:
    body = Constrain(_card(reply.card), WIDTH) if reply.card else Text(reply.text)
    return Group(body, *([Text("\n" + _numbered(reply.buttons), "cyan")] if reply.buttons else []))


def _card(card: Card) -> Panel:
    parts: list[Text] = []
    for section in card.sections:
        if section.heading:
            parts.append(Text(f"\n{section.heading}", "bold"))
        parts += [Text(line, "dim" if section.small else "") for line in section.lines]
    links = [Text(f"\n{link.as_text()}", "blue") for link in card.links]
    parts = [*links, *parts] if card.links_first else [*parts, *links]
    title = Text(card.title, "bold yellow")
    subtitle = [Text(card.subtitle, "dim")] if card.subtitle else []
    return Panel(Group(title, *subtitle, *parts), box=ROUNDED, padding=(0, 2))
