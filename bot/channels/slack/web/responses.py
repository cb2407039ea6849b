"""What is said to a staff member where they pressed, typed or submitted, in answer to that alone.

Source: Slack's reference of slash commands, response_url and view_submission.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.channels.slack.desk.events import Pressed
from bot.channels.slack.ui.blocks import Json
from bot.channels.slack.web.client import Client


def told(words: str) -> Json:
    """The answer to a command: a word to whoever typed it alone; `words` are mrkdwn of our own."""
    return {"response_type": "ephemeral", "text": words}


def errors(found: Mapping[str, str]) -> Json:
    """The answer to a form: by its block, a sentence beside each field that needs another look."""
    return {"response_action": "errors", "errors": dict(found)}


async def at_once(client: Client, event: Pressed, words: str) -> None:
    """A word to whoever pressed, beside the message with the button."""
    await client.respond(event.response_url, {**told(words), "replace_original": False})
