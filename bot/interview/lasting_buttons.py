"""List the buttons whose label means the same on every card."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from bot.figures.pictures import Picture
from bot.interview import buttons
from bot.interview.figure_prompts import CORRECT_FIGURES, ORIGINS, begin_choice
from bot.interview.outcomes import detail_choice, guide_choices
from bot.model.messages import Choice
from bot.presentation.cards.detail_cards import Detail
from bot.understand.text import fold
from flows.programme import Programme


@cache
def lasting_labels(programme: Programme) -> Mapping[str, str]:
    """Map each folded label to its value.

    A button that deletes, agrees or answers is none of them: it means something only where it
    stands.
    """
    return {fold(each.label): each.value for each in reversed(_list(programme))}


def _list(programme: Programme) -> tuple[Choice, ...]:
    """List the buttons; of two with the same label the first one counts."""
    return (
        *buttons.MENU_CHOICES,
        buttons.BACK,
        buttons.CORRECT,
        buttons.RESTART,
        buttons.RESUME,
        buttons.THE_REST,
        buttons.RESULT_AGAIN,
        buttons.DIAGNOSE_FULLY,
        buttons.FOLLOW_UP,
        buttons.SHEET,
        buttons.PAPERS,
        buttons.PRIVACY,
        buttons.AFTERWARDS,
        buttons.go_on(programme),
        buttons.choose_place(programme),
        buttons.look_again(programme),
        *map(detail_choice, Detail),
        *map(begin_choice, Picture),
        ORIGINS,
        CORRECT_FIGURES,
        *guide_choices(programme.guides.values()),
    )
