"""Write whom to call when a life is in danger, as one reply."""

from __future__ import annotations

from collections.abc import Sequence

from bot.model.messages import Reply, from_card
from bot.presentation.cards.helpline_cards import helpline_card
from bot.presentation.wording import say
from bot.understand.trouble import Trouble, TroubleKind
from knowledge.library import Library


def dark_reply(troubles: Sequence[Trouble], library: Library) -> Reply:
    """Write whom to call and what to do, for the owner or another person."""
    imminent = any(trouble.imminent for trouble in troubles)
    if all(trouble.kind is TroubleKind.DANGER for trouble in troubles):
        return _danger_reply(library, imminent=imminent)
    of_another = any(trouble.kind is TroubleKind.DANGER for trouble in troubles)
    beside = say("trouble.danger_beside") if of_another else ""
    if imminent:
        title, words = say("trouble.despair_now_title"), say("trouble.despair_now")
    else:
        title, words = say("trouble.despair_title"), _despair_words()
    said = "\n".join(filter(None, (words, beside)))
    return from_card(
        helpline_card(title, said, library, ambulance=imminent or of_another, all_day=imminent)
    )


def _danger_reply(library: Library, *, imminent: bool) -> Reply:
    title = say("trouble.danger_now_title" if imminent else "trouble.danger_title")
    words = say("trouble.danger_now" if imminent else "trouble.danger")
    return from_card(helpline_card(title, words, library, ambulance=True, all_day=imminent))


def _despair_words() -> str:
    return f"{say('trouble.despair')}\n{say('trouble.despair_danger')}"


def helplines_reply(library: Library) -> Reply:
    """Write a human word, the helplines with their dates, and help in danger."""
    return from_card(helpline_card(say("trouble.despair_title"), _despair_words(), library))
