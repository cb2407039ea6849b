"""Answer a staff member alone, at the place of their act.

Source: Slack's reference of slash commands, response_url and view_submission.
"""

from __future__ import annotations

from collections.abc import Mapping

import structlog

from bot.channels.slack.ui.blocks import Json, context, modal
from bot.channels.slack.web import wording
from bot.channels.slack.web.client import Client
from bot.channels.slack.web.events import BlockAction, Shortcut, SlashCommand

Interaction = SlashCommand | BlockAction | Shortcut
"""Acts that bring a trigger, and mostly a way to answer."""

_LOG = structlog.get_logger("slack")


def answer_command(words: str) -> Json:
    """Answer a command with words for its writer alone.

    `words` are mrkdwn of our own.
    """
    return {"response_type": "ephemeral", "text": words}


def answer_with_errors(found: Mapping[str, str]) -> Json:
    """Answer a form with sentences beside its fields.

    `found` is by block ID.
    """
    return {"response_action": "errors", "errors": dict(found)}


def answer_with_notice(words: str) -> Json:
    """Answer a form with a sentence in its place."""
    return {"response_action": "update", "view": draw_notice(words)}


def draw_notice(words: str) -> Json:
    """Draw a modal that says one sentence."""
    return modal("notice", wording.NOTICE_TITLE, [context(words)])


async def answer_privately(client: Client, event: Interaction, words: str) -> None:
    """Tell the actor something, at the place of their act or directly."""
    if event.response_url:
        await client.respond(
            event.response_url, {**answer_command(words), "replace_original": False}
        )
    else:
        await client.call("chat.postMessage", {"channel": event.actor.user, "text": words})


async def open_form(
    client: Client, event: Interaction, view: Json, method: str = "views.open"
) -> str:
    """Open a modal, or tell the actor that it did not open.

    Returns the ID of the view, empty when there is none.
    """
    # A trigger is good for three seconds and once, so nothing slow may stand before this call.
    # Source: Slack, "Handling user interaction".
    answer = await client.call(method, {"trigger_id": event.trigger, "view": view})
    if not answer.ok:
        _LOG.warning("form not opened", error=answer.error)
        await answer_privately(client, event, wording.FORM_NOT_OPENED)
        return ""
    shown = answer.data.get("view")
    return str(shown.get("id", "")) if isinstance(shown, Mapping) else ""
