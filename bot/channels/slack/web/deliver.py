"""Make one call of the outbox at most once.

Slack has no key for repetitions. A post that may or may not have been made is looked for by its
metadata before it is made again. Source: Slack's reference of chat.postMessage and metadata.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.channels import Later, Outcome, Refused, Sent
from bot.channels.slack.web.client import NO_ANSWER, NOT_JSON, Answer, Client
from bot.channels.slack.web.copies import CopySearch, Place, mark_post, retry_unsure
from bot.model.posts import PostReference
from bot.store import Delivery
from bot.store.records import Post, Records

_NO_PREVIEWS = {"unfurl_links": False, "unfurl_media": False}
"""Of links, which Slack would fetch."""

_DONE = frozenset({"already_reacted", "no_reaction"})
"""Errors that say that there was nothing left to do."""

_GONE = frozenset(
    {"message_not_found", "cant_update_message", "cant_delete_message", "edit_window_closed"}
)
"""Errors of a post that somebody has taken away."""

_OUT_OF_REACH = frozenset({"channel_not_found", "is_archived", "not_in_channel"})
"""Errors of a post whose conversation is gone, say after a new installation."""

_OF_POSTS = frozenset({"chat.update", "chat.delete"})
"""Methods that change a post. Rows of an earlier version still hold deletions."""

_UNSURE = frozenset({NO_ANSWER, NOT_JSON, "internal_error", "fatal_error", "request_timeout"})
"""Errors after which nobody knows whether the call was carried out."""

_OURS = frozenset(
    {
        "account_inactive",
        "channel_not_found",
        "ekm_access_denied",
        "invalid_auth",
        "is_archived",
        "missing_scope",
        "not_authed",
        "not_in_channel",
        "restricted_action",
        "service_unavailable",
        "token_expired",
        "token_revoked",
    }
)
"""Errors of our set-up. Staff set it right, and the call still goes out."""


async def deliver_call(
    client: Client, search: CopySearch, records: Records, delivery: Delivery
) -> Outcome:
    """Make the call of this delivery once."""
    call = delivery.outgoing.messages[0]
    placed = await _resolve_call(records, call)
    if isinstance(placed, Sent | Refused):
        return placed
    method, arguments, name = placed
    if method == "chat.postMessage":
        return await _post_within_reach(client, search, delivery, arguments, name)
    answer = await client.call(method, arguments)
    gone = answer.error in _GONE or (method in _OF_POSTS and answer.error in _OUT_OF_REACH)
    if gone or (answer.ok and call.get("below")):
        return await _post_again(client, search, delivery, call)
    if answer.ok or answer.error in _DONE:
        return Sent(method)
    if method == "chat.postEphemeral" and answer.error in _UNSURE:
        return Sent("whisper, perhaps")  # better lost than twice
    return _classify_error(answer)


async def trace_post(
    search: CopySearch, records: Records, delivery: Delivery
) -> tuple[Post, ...] | Later:
    """Find every post that a delivery made.

    One that rightly stands without a name is left out. `Later` when Slack does not say.
    """
    call = delivery.outgoing.messages[0]
    # A change whose post was gone has made one, too.
    if call["method"] != "chat.postMessage" and not _may_post_again(call):
        return ()
    copies: list[Place] = []
    other = {"channel": str(call["otherwise"])} if call.get("otherwise") else None
    threads = await _list_threads(records, str(call.get("thread", "")))
    for place in (*threads, *filter(None, (other,))):
        found = await search.find({**call["arguments"], **place}, delivery)
        if not isinstance(found, Later):
            copies += found
        elif found.error not in _OUT_OF_REACH:
            return found
    return _list_posts(delivery, copies)


def _list_posts(delivery: Delivery, copies: Sequence[Place]) -> tuple[Post, ...]:
    """Give each a name: the store tells which it knows. Of nameless ones the first stands rightly."""
    call = delivery.outgoing.messages[0]
    key = delivery.about or delivery.key
    if name := str(call.get("remember") or call.get("at") or ""):
        return tuple(Post(name, key, *place, str(call.get("thread", ""))) for place in copies)
    return tuple(Post(PostReference.of_copy(*place), key, *place) for place in copies[1:])


async def _list_threads(records: Records, thread: str) -> list[dict[str, str]]:
    """List the threads a post may be in.

    The card at the head of one may have been wiped since.
    """
    if not thread:
        return [{}]
    parent = await records.find_post(thread)
    if parent:
        return [_locate_thread(parent)]
    lost = PostReference.of_lost_card(PostReference(thread).case_id, "")
    return [_locate_thread(each) for each in await records.list_posts(lost)]


async def _resolve_call(
    records: Records, call: Mapping[str, Any]
) -> tuple[str, dict[str, Any], str] | Sent | Refused:
    """Find method, whole arguments and the name to remember.

    Or why there is nothing to do.
    """
    method, arguments = str(call["method"]), dict(call["arguments"])
    if thread := call.get("thread"):
        parent = await records.find_post(thread)
        if parent is None:
            return Refused("the message this belongs under was never posted")
        return method, arguments | _locate_thread(parent), str(call.get("remember", ""))
    if at := call.get("at"):
        post = await records.find_post(at)
        if post is None:
            # Never made, or wiped since: other words for it are posted only where a channel is named.
            again = _may_post_again(call)
            return ("chat.postMessage", arguments, at) if again else Sent("nothing there")
        if call.get("below"):
            return "chat.delete", _locate_post("chat.delete", post), ""
        return method, arguments | _locate_post(method, post), ""
    return method, arguments, str(call.get("remember", ""))


def _locate_post(method: str, post: Post) -> dict[str, str]:
    return {"channel": post.channel, "timestamp" if method == "reactions.add" else "ts": post.ts}


def _locate_thread(parent: Post) -> dict[str, str]:
    return {"channel": parent.channel, "thread_ts": parent.ts}


async def _post_within_reach(
    client: Client, search: CopySearch, delivery: Delivery, arguments: Mapping[str, Any], name: str
) -> Outcome:
    """Post a message, in the other channel where its own is out of reach."""
    outcome = await _post_once(client, search, delivery, arguments, name)
    otherwise = str(delivery.outgoing.messages[0].get("otherwise", ""))
    if not (otherwise and isinstance(outcome, Later) and outcome.error in _OUT_OF_REACH):
        return outcome
    return await _post_once(client, search, delivery, {**arguments, "channel": otherwise}, name)


async def _post_once(
    client: Client, search: CopySearch, delivery: Delivery, arguments: Mapping[str, Any], name: str
) -> Outcome:
    # The last attempt may have posted it, so it is posted again only if nowhere to be found.
    if delivery.unsure:
        found = await search.find(arguments, delivery)
        if isinstance(found, Later):
            return found
        if found:
            return Sent("post, made before", _make_post(delivery, name, *found[0]))
    marked = {**arguments, **_NO_PREVIEWS, "metadata": mark_post(delivery)}
    answer = await client.call("chat.postMessage", marked)
    if not answer.ok:
        return _classify_error(answer)
    channel, ts = str(answer.data["channel"]), str(answer.data["ts"])
    return Sent("post", _make_post(delivery, name, channel, ts))


async def _post_again(
    client: Client, search: CopySearch, delivery: Delivery, call: Mapping[str, Any]
) -> Outcome:
    """Post a new message in place of one that cannot be changed any more, or has just gone.

    A message to be deleted is gone already.
    """
    if not _may_post_again(call):
        return Sent("gone already")
    return await _post_within_reach(client, search, delivery, call["arguments"], str(call["at"]))


def _may_post_again(call: Mapping[str, Any]) -> bool:
    return call["method"] == "chat.update" and bool(call["arguments"].get("channel"))


def _make_post(delivery: Delivery, name: str, channel: str, ts: str) -> Post | None:
    key = delivery.about or delivery.key
    thread = str(delivery.outgoing.messages[0].get("thread", ""))
    return Post(name, key, channel, ts, thread) if name else None


def _classify_error(answer: Answer) -> Outcome:
    # About one post a second and channel; Slack says how long to wait. Source: Slack, "Rate limits".
    if answer.error == "ratelimited":
        return Later(answer.error, answer.retry_after or 1.0)
    if answer.error in _UNSURE:
        return retry_unsure(answer)
    if answer.error in _OURS:
        return Later(answer.error, 60)
    return Refused(answer.error)
