"""Files that people share, and files that the bot uploads in three steps.

Sources: https://docs.slack.dev/reference/objects/file-object,
https://docs.slack.dev/messaging/working-with-files
"""

from __future__ import annotations

import mimetypes
import secrets
from dataclasses import dataclass

from bot.simulator.common.answers import Answer, Json
from bot.simulator.slack.api.answers import RefusedError, answer_ok
from bot.simulator.slack.api.arguments import (
    Kind,
    read_arguments,
    read_list,
    read_number,
    read_text,
)
from bot.simulator.slack.state import BOT_USER, TEAM, Workspace

ALT_TEXT = 1000
LOGIN_PAGE = b"<!DOCTYPE html><html><head><title>Slack</title></head><body>Sign in</body></html>"
"""Page at a file's address, with status 200, for callers without access."""


@dataclass(frozen=True, slots=True)
class File:
    """A file somebody shares, with its name and content."""

    name: str
    content: bytes
    mimetype: str = ""


@dataclass(slots=True)
class Upload:
    """Hold a file the bot has announced, with its length and content so far."""

    name: str
    length: int
    content: bytes | None = None
    alt_text: str = ""


_URL: dict[str, Kind] = {
    "filename": read_text,
    "length": read_number,
    "alt_txt": read_text,
    "alt_text": read_text,
    "snippet_type": read_text,
}


class Files:
    """All files of the workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self.origin = ""
        self.contents: dict[str, bytes] = {}
        self.uploads: dict[str, Upload] = {}
        self._known: dict[str, Json] = {}
        self._workspace = workspace

    def mimetype(self, key: str) -> str:
        """Look up the type that a file was given."""
        return str(self._known[key]["mimetype"])

    def shared(self, file: File, user: str, channel: str = "") -> Json:
        """Keep a file, and make the file object that stands in messages."""
        return self._keep(f"F{secrets.token_hex(5).upper()}", file, user, channel)

    def upload_url(self, given: Json) -> Answer:
        """Answer files.getUploadURLExternal, which announces a file."""
        asked = read_arguments(given, _URL, "filename length")
        alt_text = asked.get("alt_txt") or asked.get("alt_text", "")
        if not asked["length"] or not asked["filename"] or len(alt_text) > ALT_TEXT:
            raise RefusedError("invalid_arguments")
        key = f"F{secrets.token_hex(5).upper()}"
        self.uploads[key] = Upload(asked["filename"], asked["length"], alt_text=alt_text)
        return answer_ok(upload_url=f"{self.origin}/upload/v1/{key}", file_id=key)

    def take(self, key: str, content: bytes) -> Answer:
        """Take the upload itself at the address that was given."""
        upload = self.uploads.get(key)
        if upload is None or upload.content is not None:
            return Answer(status=404, content=b"not found", content_type="text/plain")
        if len(content) != upload.length:
            return Answer(status=400, content=b"wrong length", content_type="text/plain")
        upload.content = content
        return Answer(content=f"OK - {len(content)}".encode(), content_type="text/plain")

    def complete(self, wanted: object, channel: str) -> list[Json]:
        """Turn uploads into files.

        Raises RefusedError when one has not come or is not known.
        """
        try:
            each = [(one["id"], one.get("title", "")) for one in read_list(wanted)]
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise RefusedError("invalid_arguments") from error
        if not each or any(key not in self.uploads for key, _ in each):
            raise RefusedError("file_not_found")
        if any(self.uploads[key].content is None for key, _ in each):
            raise RefusedError("file_update_failed")
        return [self._completed(key, title, channel) for key, title in each]

    def info(self, given: Json) -> Answer:
        """files.info."""
        kinds: dict[str, Kind] = {
            "file": read_text,
            "count": read_number,
            "page": read_number,
            "limit": read_number,
        }
        known = self._known.get(read_arguments(given, kinds, "file")["file"])
        if known is None:
            raise RefusedError("file_not_found")
        return answer_ok(file=known, comments=[])

    def _completed(self, key: str, title: str, channel: str) -> Json:
        upload = self.uploads.pop(key)
        file = File(upload.name, upload.content or b"")
        made = self._keep(key, file, BOT_USER, channel)
        made |= {"title": title or upload.name, "alt_txt": upload.alt_text}
        return made

    def _keep(self, key: str, file: File, user: str, channel: str) -> Json:
        mimetype = file.mimetype or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        address = f"{self.origin}/files-pri/{TEAM}-{key}/{file.name}"
        self.contents[key] = file.content
        self._known[key] = {
            "id": key,
            "created": int(self._workspace.now),
            "name": file.name,
            "title": file.name,
            "mimetype": mimetype,
            "filetype": file.name.rpartition(".")[2],
            "user": user,
            "user_team": TEAM,
            "size": len(file.content),
            "mode": "hosted",
            "is_external": False,
            "is_public": False,
            "url_private": address,
            "url_private_download": address,
            "channels": [channel] if channel.startswith("C") else [],
            "ims": [channel] if channel.startswith("D") else [],
            "file_access": "visible",
        }
        return self._known[key]
