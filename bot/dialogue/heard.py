"""What a handler is given of a message, and the shape that every handler has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.model.conversation import Conversation
from bot.model.messages import Kind, Message
from bot.model.turn import Context, Step
from bot.understand.text import clean


@dataclass(frozen=True, slots=True)
class Heard:
    """A message as handlers read it: `text` is what was typed, cleaned and cut; "" for a tap."""

    message: Message
    text: str = ""

    @property
    def is_typed(self) -> bool:
        """Whether words were typed, rather than a button tapped or a picture sent."""
        return self.message.kind in (Kind.TEXT, Kind.HANDED_OVER)


Handler = Callable[[Conversation, Heard, Context], Step | None]
"""Deals with a message, or returns None when it is none of its business."""


def hear(message: Message) -> Heard:
    """Clean the words of a message once, for every handler."""
    return Heard(message, clean(message.text))
