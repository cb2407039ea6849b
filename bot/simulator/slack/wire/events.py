"""Make messages and events as Slack sends them.

Sources: https://docs.slack.dev/apis/events-api, https://docs.slack.dev/reference/events
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Any

from bot.simulator.common.answers import Json
from bot.simulator.slack.state import (
    APP,
    BOT_USER,
    TEAM,
    VERIFICATION_TOKEN,
    Channel,
    StoredMessage,
    Workspace,
)
from bot.simulator.slack.users.writing import make_rich_text


def sign_request(secret: str, timestamp: str, body: bytes) -> str:
    """Make the `X-Slack-Signature` of a request.

    Source: https://docs.slack.dev/authentication/verifying-requests-from-slack
    """
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


def make_event_id() -> str:
    """Draw an `event_id`."""
    return f"Ev{secrets.token_hex(5).upper()}"


def wrap_event(event: Json, at: int, *, shared: bool = False) -> Json:
    """Put an event into its `event_callback`."""
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": TEAM,
        "context_team_id": TEAM,
        "context_enterprise_id": None,
        "api_app_id": APP,
        "event": event,
        "type": "event_callback",
        "event_id": make_event_id(),
        "event_time": at,
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": TEAM,
                "user_id": BOT_USER,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": shared,
        "event_context": f"4-{secrets.token_hex(12)}",
    }


def describe_message(post: StoredMessage, workspace: Workspace) -> Json:
    """Describe a message as histories and events do."""
    made: Json = {"type": "message", "ts": post.ts, "text": post.text, "team": post.team}
    made |= _author(post, workspace)
    if post.blocks:
        made["blocks"] = post.blocks
    elif not post.bot_id and post.text:
        made["blocks"] = make_rich_text(post.text)
    if post.thread_ts:
        made["thread_ts"] = post.thread_ts
    made |= {
        key: getattr(post, key) for key in ("edited", "attachments", "files") if getattr(post, key)
    }
    made |= _subtype(post, workspace)
    return made | _replies(post, workspace) | _reactions(post)


def _author(post: StoredMessage, workspace: Workspace) -> Json:
    if not post.bot_id:
        return {"user": post.user, "client_msg_id": _client_id(post)}
    name = workspace.users[post.user].name
    profile = {"id": post.bot_id, "name": name, "deleted": False, "team_id": post.team}
    who: Json = {"user": post.user, "bot_id": post.bot_id, "bot_profile": profile}
    if post.own:
        who |= {"app_id": APP}
    if post.username:
        icons = {"image_48": post.icon_url} if post.icon_url else {}
        icons |= {"emoji": post.icon_emoji} if post.icon_emoji else {}
        who |= {"username": post.username, "icons": icons}
    return who


def _client_id(post: StoredMessage) -> str:
    digest = hashlib.md5(f"{post.channel}{post.ts}".encode(), usedforsecurity=False).hexdigest()
    return "-".join((digest[:8], digest[8:12], digest[12:16], digest[16:20], digest[20:]))


def _subtype(post: StoredMessage, workspace: Workspace) -> Json:
    if post.broadcast:
        parent = workspace.find(post.channel, post.thread_ts)
        root = {"root": describe_message(parent, workspace)} if parent else {}
        return {"subtype": "thread_broadcast", **root}
    if post.files:
        return {"subtype": "file_share", "upload": False, "display_as_bot": bool(post.bot_id)}
    if post.me:
        return {"subtype": "me_message"}
    if post.username:
        # A name of its own needs chat:write.customize, and makes a `bot_message`.
        return {"subtype": "bot_message"}
    return {}


def _replies(post: StoredMessage, workspace: Workspace) -> Json:
    if post.thread_ts and post.thread_ts != post.ts:
        parent = workspace.find(post.channel, post.thread_ts)
        return {"parent_user_id": parent.user} if parent else {}
    below = workspace.thread(post.channel, post.ts)
    if not below:
        return {}
    return {
        "thread_ts": post.ts,
        "reply_count": len(below),
        "reply_users": sorted({each.user for each in below}),
        "latest_reply": below[-1].ts,
    }


def _reactions(post: StoredMessage) -> Json:
    if not post.reactions:
        return {}
    named = post.reactions.items()
    return {
        "reactions": [{"name": name, "users": users, "count": len(users)} for name, users in named]
    }


def make_posted_event(post: StoredMessage, channel: Channel, workspace: Workspace) -> Json:
    """Make the event of a message that was written."""
    body = describe_message(post, workspace) | _locate_event(channel, post.ts)
    if post.own and post.username:
        body.pop("user")
    return body


def make_changed_event(before: Json, after: Json, channel: Channel, workspace: Workspace) -> Json:
    """Make the event of a message that was changed.

    It was edited, unfurled or, a parent, deleted.
    """
    return {
        "type": "message",
        "subtype": "message_changed",
        "message": after,
        "previous_message": before,
        "hidden": True,
    } | _locate_event(channel, workspace.ts(), with_ts=True)


def make_deleted_event(before: Json, channel: Channel, workspace: Workspace) -> Json:
    """Make the event of a message that is gone."""
    return {
        "type": "message",
        "subtype": "message_deleted",
        "previous_message": before,
        "deleted_ts": before["ts"],
        "hidden": True,
    } | _locate_event(channel, workspace.ts(), with_ts=True)


def make_tombstone(before: Json) -> Json:
    """Make the stone in place of a deleted message with answers."""
    kept = ("type", "ts", "thread_ts", "reply_count", "reply_users", "latest_reply")
    return {key: before[key] for key in kept if key in before} | {
        "subtype": "tombstone",
        "user": "USLACKBOT",
        "text": "This message was deleted.",
        "hidden": True,
    }


def make_app_mention(post: StoredMessage, channel: Channel) -> Json:
    """Make the event of a message that names the bot.

    It carries no files.
    """
    body: Json = {"type": "app_mention", "user": post.user, "text": post.text, "team": post.team}
    body |= {"ts": post.ts, "client_msg_id": _client_id(post), "blocks": make_rich_text(post.text)}
    if post.thread_ts:
        body["thread_ts"] = post.thread_ts
    return body | {"channel": channel.id, "event_ts": post.ts}


def make_app_home_opened(user: str, channel: Channel, tab: str, view: Json | None, at: str) -> Json:
    """Make the event of somebody looking at the app.

    `view` is what the Home shows.
    """
    body: Json = {"type": "app_home_opened", "user": user, "channel": channel.id, "tab": tab}
    if view is not None:
        body["view"] = view
    return body | {"event_ts": at}


def make_reaction_event(kind: str, user: str, name: str, post: StoredMessage, at: str) -> Json:
    """Make the event of a reaction that was added or removed."""
    item: Json = {"type": "message", "channel": post.channel, "ts": post.ts}
    return {
        "type": kind,
        "user": user,
        "reaction": name,
        "item_user": post.user,
        "item": item,
        "event_ts": at,
    }


def _locate_event(channel: Channel, at: str, *, with_ts: bool = False) -> Json:
    place: dict[str, Any] = {"channel": channel.id, "event_ts": at, "channel_type": channel.type}
    return place | {"ts": at} if with_ts else place
