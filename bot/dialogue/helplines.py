"""The helplines, as one reply."""

from __future__ import annotations

from bot.model.messages import Reply
from bot.presentation import wording
from bot.presentation.cards import helpline_lines
from knowledge.library import Library


def helplines_reply(library: Library) -> Reply:
    """Write a human word, the helplines with their dates, and what to do in danger."""
    lines = (wording.DESPAIR, *helpline_lines(library), wording.DESPAIR_DANGER)
    return Reply("\n".join(lines))
