"""The methods about modals and App Home, views.*.

Source: https://docs.slack.dev/reference/methods
"""

from __future__ import annotations

import copy
import json

from bot.simulator.common.answers import Answer, Json
from bot.simulator.slack.api.answers import RefusedError, answer_ok, refuse_arguments
from bot.simulator.slack.api.arguments import Kind, read_arguments, read_object, read_text
from bot.simulator.slack.blocks import blocks
from bot.simulator.slack.state import Workspace
from bot.simulator.slack.users.windows import View, Windows

VIEW_BYTES = 250_000
"""Source: https://docs.slack.dev/reference/methods/views.open (view_too_large)"""

_OPEN: dict[str, Kind] = {
    "view": read_object,
    "trigger_id": read_text,
    "interactivity_pointer": read_text,
}
_UPDATE: dict[str, Kind] = {
    "view": read_object,
    "view_id": read_text,
    "external_id": read_text,
    "hash": read_text,
}
_PUBLISH: dict[str, Kind] = {"view": read_object, "user_id": read_text, "hash": read_text}


class Views:
    """Answer these methods, over one workspace's views."""

    def __init__(self, workspace: Workspace, windows: Windows) -> None:
        self.home_enabled = True
        """Whether the Home tab is switched on for the app."""
        self._workspace = workspace
        self._windows = windows

    def open(self, given: Json) -> Answer:
        """Answer views.open."""
        asked = read_arguments(given, _OPEN, "view trigger_id")
        view = check_view(asked["view"], "modal")
        user = self._windows.spend(asked["trigger_id"])
        return _answer_with(self._windows.open(user, view))

    def push(self, given: Json) -> Answer:
        """Answer views.push."""
        asked = read_arguments(given, _OPEN, "view trigger_id")
        view = check_view(asked["view"], "modal")
        user = self._windows.spend(asked["trigger_id"])
        return _answer_with(self._windows.push(user, view))

    def update(self, given: Json) -> Answer:
        """Answer views.update, by `view_id` or `external_id`."""
        asked = read_arguments(given, _UPDATE, "view")
        view = check_view(asked["view"], str(asked["view"].get("type")))
        key, name = asked.get("view_id"), asked.get("external_id")
        if not key and not name:
            raise refuse_arguments("missing required field: view_id")

        def found(one: View) -> bool:
            return one.id == key if key else one.given.get("external_id") == name

        return _answer_with(self._windows.update(found, view, asked.get("hash", "")))

    def publish(self, given: Json) -> Answer:
        """Answer views.publish."""
        asked = read_arguments(given, _PUBLISH, "view user_id")
        if not self.home_enabled:
            raise RefusedError("not_enabled")
        user = self._workspace.users.get(asked["user_id"])
        if user is None or user.bot:
            raise refuse_arguments("must provide a valid user_id [json-pointer:/user_id]")
        view = check_view(asked["view"], "home")
        return _answer_with(self._windows.publish(user.id, view, asked.get("hash", "")))


def check_view(view: Json, surface: str) -> Json:
    """Copy a view if Slack would show it on this surface.

    Raises RefusedError when it would not.
    """
    if len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_BYTES:
        raise RefusedError("view_too_large")
    if problems := blocks.find_faults(view, surface):
        raise refuse_arguments(*problems)
    return copy.deepcopy(view)


def _answer_with(view: View) -> Answer:
    return answer_ok(view=view.as_json())
