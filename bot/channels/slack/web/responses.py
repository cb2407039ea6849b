"""What is said to a staff member where they pressed, typed or submitted, in answer to that alone.

Source: Slack's reference of slash commands, response_url and view_submission.
"""

from __future__ import annotations

from collections.abc import Mapping

import structlog

from bot.channels.slack.desk.events import Commanded, Pressed, Shortcut
from bot.channels.slack.ui.blocks import Json, context, modal
from bot.channels.slack.web.client import Client
from bot.presentation import staff_wording

Asked = Commanded | Pressed | Shortcut
"""What somebody does to get something: it brings a trigger, and mostly a way to answer."""

_LOG = structlog.get_logger("slack")


def told(words: str) -> Json:
    """The answer to a command: a word to whoever typed it alone; `words` are mrkdwn of our own."""
    return {"response_type": "ephemeral", "text": words}


def errors(found: Mapping[str, str]) -> Json:
    """The answer to a form: by its block, a sentence beside each field that needs another look."""
    return {"response_action": "errors", "errors": dict(found)}


def instead(words: str) -> Json:
    """The answer to a form: a sentence in its place."""
    return {"response_action": "update", "view": notice(words)}


def notice(words: str) -> Json:
    """A modal that says one sentence."""
    return modal("notice", staff_wording.NOTICE_TITLE, [context(words)])


async def at_once(client: Client, event: Asked, words: str) -> None:
    """Say something to the person who pressed, typed or chose: beside it, or in their messages."""
    if event.response_url:
        await client.respond(event.response_url, {**told(words), "replace_original": False})
    else:
        await client.call("chat.postMessage", {"channel": event.actor.user, "text": words})


async def open_form(client: Client, event: Asked, view: Json, method: str = "views.open") -> str:
    """Open a modal, or say to the person who asked for it that it could not be opened.

    Returns the ID of the view, empty when there is none.
    """
    answer = await client.call(method, {"trigger_id": event.trigger, "view": view})
    if not answer.ok:
        _LOG.warning("form not opened", error=answer.error)
        await at_once(client, event, staff_wording.FORM_NOT_OPENED)
        return ""
    shown = answer.data.get("view")
    return str(shown.get("id", "")) if isinstance(shown, Mapping) else ""
