"""The methods about files and their upload in three steps.

Source: https://docs.slack.dev/messaging/working-with-files
"""

from __future__ import annotations

from bot.simulator.common.answers import Answer, Json
from bot.simulator.slack.api.answers import RefusedError, answer_ok
from bot.simulator.slack.api.arguments import Kind, read_arguments, read_list, read_text
from bot.simulator.slack.api.chat import Chat
from bot.simulator.slack.api.files import Files
from bot.simulator.slack.blocks import posting
from bot.simulator.slack.state import Workspace

_COMPLETE: dict[str, Kind] = {
    "files": read_list,
    "channel_id": read_text,
    "channels": read_text,
    "initial_comment": read_text,
    "thread_ts": read_text,
    "blocks": read_list,
}


class Uploads:
    """Answer these methods, over one workspace's files."""

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
        """Answer files.completeUploadExternal.

        With a channel, the files appear there as a message.
        """
        asked = read_arguments(given, _COMPLETE, "files")
        key = asked.get("channel_id", "")
        channel = self._chat.open_to_bot(key) if key else None
        thread = self._chat.thread(channel, asked) if channel else ""
        if asked.get("initial_comment") and asked.get("blocks"):
            raise RefusedError("invalid_arguments")
        found = self._files.complete(asked["files"], channel.id if channel else "")
        if channel:
            content = {"text": asked.get("initial_comment", ""), "blocks": asked.get("blocks", [])}
            post = posting.make_message(content, self._workspace, channel.id)
            post.files, post.thread_ts = found, thread
            self._chat.show(post, channel, content)
        return answer_ok(files=found)
