"""Show the fate of a staff member's message where it was written.

A receipt is the id of the case and the name of the message's post, with a space between.
"""

from __future__ import annotations

from bot.channels import Later, Outcome, Refused, Sent
from bot.channels.slack.desk import wording
from bot.channels.slack.desk.posts import case_queue, draw_note
from bot.channels.slack.ui.blocks import Json, actions, button, context
from bot.channels.slack.ui.mrkdwn import escape
from bot.channels.slack.web import calls
from bot.model.posts import PostReference
from bot.presentation.limits import cut
from bot.store import Delivery, Outgoing

RETRY = "case:retry"

ALARM = 4
"""Attempts after which staff hear that LINE cannot be reached, in about ten seconds."""

_REASON = 200
"""Characters of LINE's error shown to staff. More tells them nothing."""


def make_receipt(case_id: str, post: str) -> str:
    """Write the receipt for a message of this case.

    `post` is the name of the message's post.
    """
    return f"{case_id} {post}"


def draw_receipts(delivery: Delivery, outcome: Outcome) -> tuple[Outgoing, ...]:
    """Draw the calls that show the fate of a delivery to an owner.

    There are none while there is nothing to say.
    """
    case_id, _, post = delivery.outgoing.receipt.partition(" ")
    key, thread = case_queue(case_id), PostReference.of_card(case_id)
    match outcome:
        case Sent():
            return (calls.add_reaction("white_check_mark", post, key=key),)
        case Refused(error):
            told = _draw_undelivered(delivery, error)
            return (
                calls.add_reaction("warning", post, key=key),
                calls.reply_in_thread(told, thread, key=key),
            )
        case Later(held=True) if delivery.attempts == 1:
            told = draw_note(wording.HELD_BY_QUOTA)
        case Later() if delivery.attempts == ALARM:
            told = draw_note(wording.STILL_TRYING)
        case _:
            return ()
    return (
        calls.add_reaction("hourglass_flowing_sand", post, key=key),
        calls.reply_in_thread(told, thread, key=key),
    )


def _draw_undelivered(delivery: Delivery, error: str) -> Json:
    words = wording.say_undelivered(cut(error, _REASON))
    again = button(
        wording.RETRY_BUTTON, RETRY, f"{delivery.outgoing.receipt.split()[0]}|{delivery.id}"
    )
    return {"text": escape(words), "blocks": [context(words), *actions([again])]}
