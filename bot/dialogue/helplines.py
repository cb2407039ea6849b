"""Whom to call when somebody may die, as one reply."""

from __future__ import annotations

from collections.abc import Sequence

from bot.model.messages import Reply
from bot.presentation import wording
from bot.presentation.cards import helpline_lines
from bot.understand.trouble import Trouble, TroubleKind
from knowledge.library import Library


def dark_reply(troubles: Sequence[Trouble], library: Library) -> Reply:
    """Write what to do for another person in danger, or for the one who writes, and whom to call."""
    imminent = any(trouble.imminent for trouble in troubles)
    if all(trouble.kind is TroubleKind.DANGER for trouble in troubles):
        opening = wording.DANGER_NOW if imminent else wording.DANGER
        return Reply("\n".join((opening, *helpline_lines(library, all_day=imminent))))
    if imminent:
        lines = (wording.DESPAIR_NOW, *helpline_lines(library, all_day=True))
    else:
        lines = (wording.DESPAIR, *helpline_lines(library), wording.DESPAIR_DANGER)
    if any(trouble.kind is TroubleKind.DANGER for trouble in troubles):
        lines = (*lines, wording.DANGER_BESIDE)
    return Reply("\n".join(lines))
