"""Messages and events as Slack sends them; pure but for the identifiers drawn at random.

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
    Posted,
    Workspace,
)
from bot.simulator.slack.users.writing import rich_text


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """The `X-Slack-Signature` of a request.

    Source: https://docs.slack.dev/authentication/verifying-requests-from-slack
    """
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


def event_id() -> str:
    """A fresh `event_id`."""
    return f"Ev{secrets.token_hex(5).upper()}"


def envelope(event: Json, at: int, *, shared: bool = False) -> Json:
    """What carries an event: `event_callback`."""
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": TEAM,
        "context_team_id": TEAM,
        "context_enterprise_id": None,
        "api_app_id": APP,
        "event": event,
        "type": "event_callback",
        "event_id": event_id(),
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


def message(post: Posted, workspace: Workspace) -> Json:
    """A message object: as it stands in `conversations.history` and inside events."""
    made: Json = {"type": "message", "ts": post.ts, "text": post.text, "team": post.team}
    made |= _author(post, workspace)
    if post.blocks:
        made["blocks"] = post.blocks
    elif not post.bot_id and post.text:
        made["blocks"] = rich_text(post.text)
    if post.thread_ts:
        made["thread_ts"] = post.thread_ts
    made |= {
        key: getattr(post, key) for key in ("edited", "attachments", "files") if getattr(post, key)
    }
    made |= _subtype(post, workspace)
    return made | _replies(post, workspace) | _reactions(post)


def _author(post: Posted, workspace: Workspace) -> Json:
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


def _client_id(post: Posted) -> str:
    digest = hashlib.md5(f"{post.channel}{post.ts}".encode(), usedforsecurity=False).hexdigest()
    return "-".join((digest[:8], digest[8:12], digest[12:16], digest[16:20], digest[20:]))


def _subtype(post: Posted, workspace: Workspace) -> Json:
    if post.broadcast:
        parent = workspace.find(post.channel, post.thread_ts)
        root = {"root": message(parent, workspace)} if parent else {}
        return {"subtype": "thread_broadcast", **root}
    if post.files:
        return {"subtype": "file_share", "upload": False, "display_as_bot": bool(post.bot_id)}
    if post.me:
        return {"subtype": "me_message"}
    if post.username:
        # A name of its own needs chat:write.customize, and makes a `bot_message`.
        return {"subtype": "bot_message"}
    return {}


def _replies(post: Posted, workspace: Workspace) -> Json:
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


def _reactions(post: Posted) -> Json:
    if not post.reactions:
        return {}
    named = post.reactions.items()
    return {
        "reactions": [{"name": name, "users": users, "count": len(users)} for name, users in named]
    }


def posted(post: Posted, channel: Channel, workspace: Workspace) -> Json:
    """The event of a message that was written."""
    body = message(post, workspace) | _place(channel, post.ts)
    if post.own and post.username:
        body.pop("user")
    return body


def changed(before: Json, after: Json, channel: Channel, workspace: Workspace) -> Json:
    """The event of a message that is not what it was: edited, unfurled or, a parent, deleted."""
    return {
        "type": "message",
        "subtype": "message_changed",
        "message": after,
        "previous_message": before,
        "hidden": True,
    } | _place(channel, workspace.ts(), with_ts=True)


def deleted(before: Json, channel: Channel, workspace: Workspace) -> Json:
    """The event of a message that is gone."""
    return {
        "type": "message",
        "subtype": "message_deleted",
        "previous_message": before,
        "deleted_ts": before["ts"],
        "hidden": True,
    } | _place(channel, workspace.ts(), with_ts=True)


def tombstone(before: Json) -> Json:
    """What stands in the place of a deleted message that has answers."""
    kept = ("type", "ts", "thread_ts", "reply_count", "reply_users", "latest_reply")
    return {key: before[key] for key in kept if key in before} | {
        "subtype": "tombstone",
        "user": "USLACKBOT",
        "text": "This message was deleted.",
        "hidden": True,
    }


def app_mention(post: Posted, channel: Channel) -> Json:
    """The event of a message that names the bot. It carries no files."""
    body: Json = {"type": "app_mention", "user": post.user, "text": post.text, "team": post.team}
    body |= {"ts": post.ts, "client_msg_id": _client_id(post), "blocks": rich_text(post.text)}
    if post.thread_ts:
        body["thread_ts"] = post.thread_ts
    return body | {"channel": channel.id, "event_ts": post.ts}


def app_home_opened(user: str, channel: Channel, tab: str, view: Json | None, at: str) -> Json:
    """The event of somebody looking at the app; `view` is what the Home shows."""
    body: Json = {"type": "app_home_opened", "user": user, "channel": channel.id, "tab": tab}
    if view is not None:
        body["view"] = view
    return body | {"event_ts": at}


def reaction(kind: str, user: str, name: str, post: Posted, at: str) -> Json:
    """The event of a reaction: `reaction_added` or `reaction_removed`."""
    item: Json = {"type": "message", "channel": post.channel, "ts": post.ts}
    return {
        "type": kind,
        "user": user,
        "reaction": name,
        "item_user": post.user,
        "item": item,
        "event_ts": at,
    }


def _place(channel: Channel, at: str, *, with_ts: bool = False) -> Json:
    place: dict[str, Any] = {"channel": channel.id, "event_ts": at, "channel_type": channel.type}
    return place | {"ts": at} if with_ts else place
