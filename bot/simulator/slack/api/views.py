"""The methods about modals and App Home: views.*.

Source: https://docs.slack.dev/reference/methods
"""

from __future__ import annotations

import copy
import json

from bot.simulator.common.answers import Answer, Json
from bot.simulator.slack.api.answers import RefusedError, good, invalid
from bot.simulator.slack.api.arguments import Kind, mapped, read, text
from bot.simulator.slack.blocks import blocks
from bot.simulator.slack.state import Workspace
from bot.simulator.slack.users.windows import View, Windows

VIEW_BYTES = 250_000
"""Source: https://docs.slack.dev/reference/methods/views.open (view_too_large)"""

_OPEN: dict[str, Kind] = {"view": mapped, "trigger_id": text, "interactivity_pointer": text}
_UPDATE: dict[str, Kind] = {"view": mapped, "view_id": text, "external_id": text, "hash": text}
_PUBLISH: dict[str, Kind] = {"view": mapped, "user_id": text, "hash": text}


class Views:
    """The methods, over the views they are about."""

    def __init__(self, workspace: Workspace, windows: Windows) -> None:
        self.home_enabled = True
        """Whether the Home tab is switched on for the app."""
        self._workspace = workspace
        self._windows = windows

    def open(self, given: Json) -> Answer:
        """views.open."""
        asked = read(given, _OPEN, "view trigger_id")
        view = checked(asked["view"], "modal")
        user = self._windows.spend(asked["trigger_id"])
        return _shown(self._windows.open(user, view))

    def push(self, given: Json) -> Answer:
        """views.push."""
        asked = read(given, _OPEN, "view trigger_id")
        view = checked(asked["view"], "modal")
        user = self._windows.spend(asked["trigger_id"])
        return _shown(self._windows.push(user, view))

    def update(self, given: Json) -> Answer:
        """views.update, by `view_id` or `external_id`."""
        asked = read(given, _UPDATE, "view")
        view = checked(asked["view"], str(asked["view"].get("type")))
        key, name = asked.get("view_id"), asked.get("external_id")
        if not key and not name:
            raise invalid("missing required field: view_id")

        def found(one: View) -> bool:
            return one.id == key if key else one.given.get("external_id") == name

        return _shown(self._windows.update(found, view, asked.get("hash", "")))

    def publish(self, given: Json) -> Answer:
        """views.publish."""
        asked = read(given, _PUBLISH, "view user_id")
        if not self.home_enabled:
            raise RefusedError("not_enabled")
        user = self._workspace.users.get(asked["user_id"])
        if user is None or user.bot:
            raise invalid("must provide a valid user_id [json-pointer:/user_id]")
        view = checked(asked["view"], "home")
        return _shown(self._windows.publish(user.id, view, asked.get("hash", "")))


def checked(view: Json, surface: str) -> Json:
    """A copy of a view that Slack would show on this surface; refused when it would not."""
    if len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_BYTES:
        raise RefusedError("view_too_large")
    if problems := blocks.faults(view, surface):
        raise invalid(*problems)
    return copy.deepcopy(view)


def _shown(view: View) -> Answer:
    return good(view=view.as_json())
