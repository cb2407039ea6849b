"""Make the payloads of buttons, commands and modals.

Source: https://docs.slack.dev/reference/interaction-payloads
"""

from __future__ import annotations

from bot.simulator.common.answers import Json
from bot.simulator.slack.state import (
    APP,
    DOMAIN,
    TEAM,
    VERIFICATION_TOKEN,
    Channel,
    StoredMessage,
    User,
)
from bot.simulator.slack.users.windows import View


def name_channel(channel: Channel) -> str:
    """Name a channel as payloads do."""
    return "directmessage" if channel.im else channel.name


def _who(user: User) -> Json:
    names = {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team}
    return {
        "user": names,
        "team": {"id": TEAM, "domain": DOMAIN},
        "enterprise": None,
        "is_enterprise_install": False,
        "api_app_id": APP,
        "token": VERIFICATION_TOKEN,
    }


def _where(channel: Channel) -> Json:
    return {"channel": {"id": channel.id, "name": name_channel(channel)}}


def make_command(user: User, name: str, text: str, channel: Channel) -> Json:
    """Make the payload of a slash command, a flat form."""
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": TEAM,
        "team_domain": DOMAIN,
        "channel_id": channel.id,
        "channel_name": name_channel(channel),
        "user_id": user.id,
        "user_name": user.name,
        "command": name,
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
    }


def make_shortcut(user: User, callback_id: str, at: str) -> Json:
    """Make the payload of a global shortcut."""
    return {"type": "shortcut", "callback_id": callback_id, "action_ts": at} | _who(user)


def make_message_shortcut(
    user: User, callback_id: str, channel: Channel, message: Json, at: str
) -> Json:
    """Make the payload of a shortcut on a message."""
    made: Json = {"type": "message_action", "callback_id": callback_id, "action_ts": at}
    made |= {"message_ts": message["ts"], "message": message}
    return made | _who(user) | _where(channel)


def make_message_actions(
    user: User, action: Json, channel: Channel, post: StoredMessage, message: Json, values: Json
) -> Json:
    """Something pressed or chosen in a message."""
    ephemeral = bool(post.shown_to)
    container: Json = {"type": "message", "message_ts": post.ts, "channel_id": channel.id}
    container["is_ephemeral"] = ephemeral
    if post.thread_ts:
        container["thread_ts"] = post.thread_ts
    made: Json = {"type": "block_actions", "container": container, "actions": [action]}
    if not ephemeral:
        # Slack does not tell what an ephemeral message said.
        made["message"] = message
    made["state"] = {"values": values}
    return made | _who(user) | _where(channel)


def make_view_actions(user: User, action: Json, view: View) -> Json:
    """Something pressed or chosen in a modal or an App Home."""
    shown = view.as_json()
    made: Json = {"type": "block_actions", "actions": [action], "view": shown}
    made["container"] = {"type": "view", "view_id": view.id}
    return made | _who(user)


def make_view_submission(user: User, view: View) -> Json:
    """Make the payload of a modal that was sent in."""
    return {"type": "view_submission", "view": view.as_json(), "response_urls": []} | _who(user)


def make_view_closed(user: User, view: View, *, cleared: bool) -> Json:
    """Make the payload of a modal that was closed.

    `cleared` when all of them were.
    """
    return {"type": "view_closed", "view": view.as_json(), "is_cleared": cleared} | _who(user)


def make_suggestion(user: User, block: Json, element: Json, text: str, container: Json) -> Json:
    """Somebody types in a menu whose options the app provides."""
    made = {"type": "block_suggestion", "value": text, "block_id": block["block_id"]}
    return made | {"action_id": element["action_id"]} | container | _who(user)
