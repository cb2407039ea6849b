"""Write, edit, delete and react as people do, and look at channels."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from bot.simulator.common.answers import Json
from bot.simulator.slack.api.files import File, Files
from bot.simulator.slack.state import BOT_USER, Channel, StoredMessage, User, Workspace
from bot.simulator.slack.users.writing import encode_typed
from bot.simulator.slack.wire import events
from bot.simulator.slack.wire.deliveries import Deliveries
from bot.simulator.slack.wire.postman import Dispatch


class People:
    """Everybody in the workspace.

    Users and channels are named by their ID or their name, as they were added. LookupError for
    one that was not, and for messages that are not there or not the user's own.
    """

    def __init__(self, workspace: Workspace, deliveries: Deliveries, files: Files) -> None:
        self.workspace = workspace
        self.deliveries = deliveries
        self.files = files

    # Who and what there is.

    def add_user(self, key: str, name: str = "", **traits: Any) -> User:
        """Add a person, or change one.

        Traits: `guest`, `bot`, `deleted`, `stranger` (from the other side of Slack Connect),
        `elsewhere` (in another workspace of our Enterprise Grid) with its `teams`.
        """
        self.workspace.users[key] = User(key, name or key, **traits)
        return self.workspace.users[key]

    def add_channel(
        self,
        key: str,
        name: str = "",
        members: Iterable[str] = (),
        *,
        bot_is_member: bool = True,
        archived: bool = False,
        private: bool = False,
    ) -> Channel:
        """Add a channel, or change one.

        It is shared when a stranger is a member.
        """
        users = [self.workspace.user(each) for each in members]
        channel = Channel(key, name or key.lower(), {each.id for each in users})
        channel.bot_is_member, channel.archived = bot_is_member, archived
        channel.private = private
        channel.shared = any(each.stranger for each in users)
        self.workspace.channels[key] = channel
        return channel

    # What people write.

    async def say(
        self,
        user: str,
        text: str,
        channel: str | None = None,
        *,
        thread_ts: str = "",
        broadcast: bool = False,
        files: Iterable[File] = (),
    ) -> Dispatch:
        """Write a message, by default to the bot directly.

        `text` is what is typed: `<@U…>` stands for a mention picked from the list, all else is
        escaped as Slack does. `broadcast` is "Also send to #channel". A message in a channel that
        names the bot brings an `app_mention` too, in `also`.
        """
        who, where = self._user_in(user, channel)
        if where.archived:
            raise LookupError(f"nobody can write in {where.name}: it is archived")
        post = self._written(who, where, encode_typed(text))
        post.thread_ts, post.broadcast = thread_ts, broadcast
        post.files = [self.files.shared(each, who.id, where.id) for each in files]
        self.workspace.add(post)
        mentions = (
            [events.make_app_mention(post, where)] if self._names_the_bot(post, where) else []
        )
        also = tuple([await self.deliveries.tell(each, where) for each in mentions])
        said = await self.deliveries.tell(
            events.make_posted_event(post, where, self.workspace), where
        )
        said.ts, said.also = post.ts, also
        return said

    async def say_of_oneself(
        self, user: str, text: str, channel: str | None = None, *, thread_ts: str = ""
    ) -> Dispatch:
        """Write a message with /me."""
        who, where = self._user_in(user, channel)
        post = self._written(who, where, encode_typed(text))
        post.thread_ts, post.me = thread_ts, True
        self.workspace.add(post)
        said = await self.deliveries.tell(
            events.make_posted_event(post, where, self.workspace), where
        )
        said.ts = post.ts
        return said

    async def mention(self, user: str, channel: str, text: str, thread_ts: str = "") -> Dispatch:
        """Write a message that names the bot.

        The result is the `app_mention`, with the message in `also`.
        """
        said = await self.say(user, f"<@{BOT_USER}> {text}", channel, thread_ts=thread_ts)
        (named,) = said.also
        return replace(named, ts=said.ts, also=(replace(said, also=()),))

    async def edit(self, user: str, channel: str, ts: str, text: str) -> Dispatch:
        """Change one's own message."""
        post, where, before = self._own(user, channel, ts)
        post.text = encode_typed(text)
        post.edited = {"user": post.user, "ts": self.workspace.ts()}
        return await self._dispatch_change(before, post, where)

    async def delete(self, user: str, channel: str, ts: str) -> Dispatch:
        """Delete one's own message.

        A stone is left in its place when it has answers.
        """
        post, where, before = self._own(user, channel, ts)
        event = delete_message(post, where, before, self.workspace)
        return await self._tell_of(post, event, where)

    async def unfurl(self, channel: str, ts: str, url: str = "https://example.com/") -> Dispatch:
        """Let Slack put a preview under a message, which changes no words."""
        where = self.workspace.channel(channel)
        post = self._post(where, ts)
        before = self._as_json(post)
        number = len(post.attachments) + 1
        post.attachments = [
            *post.attachments,
            {"id": number, "from_url": url, "original_url": url, "title": url, "fallback": url},
        ]
        return await self._dispatch_change(before, post, where)

    async def react(self, user: str, channel: str, ts: str, name: str) -> Dispatch:
        """Put an emoji under a message."""
        return await self._react("reaction_added", user, channel, ts, name)

    async def unreact(self, user: str, channel: str, ts: str, name: str) -> Dispatch:
        """Take an emoji away again.

        The app hears of it only if it asked for `reaction_removed`.
        """
        return await self._react("reaction_removed", user, channel, ts, name)

    # What is shown.

    def dm(self, user: str) -> str:
        """Find the channel of a user's direct messages with the bot."""
        return self.workspace.dm(user).id

    def messages(self, channel: str, thread_ts: str | None = None) -> list[StoredMessage]:
        """List the messages of a channel, or the answers under one.

        The channel shows only the answers that were sent to it too. A user stands for the direct
        messages with the bot.
        """
        key = self._channel(channel).id
        if thread_ts is not None:
            return self.workspace.thread(key, thread_ts)
        return [
            post
            for post in self.workspace.posts
            if post.channel == key
            and not (post.deleted or post.shown_to)
            and (post.broadcast or post.thread_ts in {"", post.ts})
        ]

    def ephemerals(self, user: str) -> list[StoredMessage]:
        """List the messages still shown to this user only."""
        key = self.workspace.user(user).id
        return [post for post in self.workspace.posts if post.shown_to == key and not post.deleted]

    # How.

    def _channel(self, name: str) -> Channel:
        try:
            return self.workspace.channel(name)
        except LookupError:
            return self.workspace.dm(name)

    def _user_in(self, user: str, channel: str | None) -> tuple[User, Channel]:
        who = self.workspace.user(user)
        return who, self._channel(channel) if channel else self.workspace.dm(user)

    def _written(self, who: User, where: Channel, text: str) -> StoredMessage:
        where.members.add(who.id)
        ts = self.workspace.ts()
        return StoredMessage(where.id, ts, who.id, text, bot_id=who.bot_id, team=who.team)

    def _names_the_bot(self, post: StoredMessage, where: Channel) -> bool:
        return f"<@{BOT_USER}>" in post.text and not where.im

    def _as_json(self, post: StoredMessage) -> Json:
        return events.describe_message(post, self.workspace)

    def _post(self, where: Channel, ts: str) -> StoredMessage:
        post = self.workspace.find(where.id, ts)
        if post is None:
            raise LookupError(f"there is no message {ts} in {where.name or where.id}")
        return post

    def _own(self, user: str, channel: str, ts: str) -> tuple[StoredMessage, Channel, Json]:
        where = self._channel(channel)
        post = self._post(where, ts)
        if post.user != self.workspace.user(user).id:
            raise LookupError(f"message {ts} is not one of {user}")
        return post, where, self._as_json(post)

    async def _dispatch_change(self, before: Json, post: StoredMessage, where: Channel) -> Dispatch:
        after = self._as_json(post)
        event = events.make_changed_event(before, after, where, self.workspace)
        return await self._tell_of(post, event, where)

    async def _tell_of(self, post: StoredMessage, event: Json, where: Channel) -> Dispatch:
        sent = await self.deliveries.tell(event, where)
        sent.ts = post.ts
        return sent

    async def _react(self, *what: Any) -> Dispatch:
        kind, user, channel, ts, name = what
        where = self._channel(channel)
        post, who = self._post(where, ts), self.workspace.user(user)
        users = post.reactions.setdefault(name, [])
        if (who.id in users) is (kind == "reaction_added"):
            raise LookupError(f"{user} has no such change of :{name}: to make")
        if kind == "reaction_added":
            users.append(who.id)
        else:
            remove_reaction(post, name, who.id)
        event = events.make_reaction_event(kind, who.id, name, post, self.workspace.ts())
        return await self._tell_of(post, event, where)


def remove_reaction(post: StoredMessage, name: str, user: str) -> None:
    """Remove a user's emoji, and its name with the last user."""
    post.reactions[name].remove(user)
    if not post.reactions[name]:
        del post.reactions[name]


def delete_message(post: StoredMessage, where: Channel, before: Json, workspace: Workspace) -> Json:
    """Delete a message and make its event.

    A parent leaves a stone, and counts as changed.
    """
    post.deleted = True
    if workspace.thread(post.channel, post.ts):
        return events.make_changed_event(before, events.make_tombstone(before), where, workspace)
    return events.make_deleted_event(before, where, workspace)
