"""A word to one staff member alone, in the thread of a case."""

from __future__ import annotations

from collections.abc import Sequence

from bot.channels.slack.desk import wording
from bot.channels.slack.desk.posts import case_queue
from bot.channels.slack.ui.blocks import Json
from bot.channels.slack.ui.mrkdwn import escape
from bot.channels.slack.web import calls
from bot.handoff.refusals import Refused
from bot.model.case import Case
from bot.model.posts import PostReference
from bot.store import Outgoing


def whisper_in_case(
    case_id: str, user: str, why: str, more: Sequence[Json] = (), *, at: str = ""
) -> Outgoing:
    """Tell this user alone something in the thread of the case.

    `at` names another post in whose thread it is said. `why` is mrkdwn of our own, nobody's words.
    """
    section = {"type": "section", "text": {"type": "mrkdwn", "text": why}}
    message = {"text": why, "blocks": [section, *more]}
    return calls.post_ephemeral(
        message, user, at or PostReference.of_card(case_id), key=case_queue(case_id)
    )


def mention_holder(refused: Refused, case: Case | None) -> str:
    """Write the refusal in mrkdwn, with the holder as a mention.

    Colleagues know the holder by that, not by the name owners see.
    """
    why = escape(refused.why)
    if not case or not case.holder or not refused.holder_name:
        return why
    by_name = wording.call_by_name(escape(refused.holder_name))
    return why.replace(by_name, wording.call_by_name(f"<@{case.holder}>"))
