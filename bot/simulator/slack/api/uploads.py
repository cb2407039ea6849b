"""The methods about files: upload in three steps, and a file's data.

Source: https://docs.slack.dev/messaging/working-with-files
"""

from __future__ import annotations

from bot.simulator.common.answers import Answer, Json
from bot.simulator.slack.api.answers import RefusedError, good
from bot.simulator.slack.api.arguments import Kind, listed, read, text
from bot.simulator.slack.api.chat import Chat
from bot.simulator.slack.api.files import Files
from bot.simulator.slack.blocks import posting
from bot.simulator.slack.state import Workspace

_COMPLETE: dict[str, Kind] = {
    "files": listed,
    "channel_id": text,
    "channels": text,
    "initial_comment": text,
    "thread_ts": text,
    "blocks": listed,
}


class Uploads:
    """The methods, over the files they are about."""

    def __init__(self, workspace: Workspace, files: Files, chat: Chat) -> None:
        self._workspace = workspace
        self._files = files
        self._chat = chat

    def url(self, given: Json) -> Answer:
        """files.getUploadURLExternal."""
        return self._files.upload_url(given)

    def info(self, given: Json) -> Answer:
        """files.info."""
        return self._files.info(given)

    def complete(self, given: Json) -> Answer:
        """files.completeUploadExternal: with a channel, the files appear there as a message."""
        asked = read(given, _COMPLETE, "files")
        key = asked.get("channel_id", "")
        channel = self._chat.open_to_bot(key) if key else None
        thread = self._chat.thread(channel, asked) if channel else ""
        if asked.get("initial_comment") and asked.get("blocks"):
            raise RefusedError("invalid_arguments")
        found = self._files.complete(asked["files"], channel.id if channel else "")
        if channel:
            content = {"text": asked.get("initial_comment", ""), "blocks": asked.get("blocks", [])}
            post = posting.made(content, self._workspace, channel.id)
            post.files, post.thread_ts = found, thread
            self._chat.show(post, channel, content)
        return good(files=found)
