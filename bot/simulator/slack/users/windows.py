"""The views of the app, and the triggers that open modals.

Sources: https://docs.slack.dev/surfaces/modals, https://docs.slack.dev/surfaces/app-home
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.simulator.common.answers import Json
from bot.simulator.slack.api.answers import RefusedError
from bot.simulator.slack.state import APP, BOT, TEAM, Workspace, name_blocks
from bot.simulator.slack.users import inputs

TRIGGER_SECONDS = 3.0
"""Source: https://docs.slack.dev/interactivity/handling-user-interaction"""
STACK = 3
"""Source: https://docs.slack.dev/surfaces/modals"""

_PART = {
    "private_metadata": "",
    "callback_id": "",
    "title": None,
    "submit": None,
    "close": None,
    "clear_on_close": False,
    "notify_on_close": False,
    "external_id": "",
    "submit_disabled": False,
}


@dataclass(slots=True)
class Trigger:
    """The right to open one modal, soon after an interaction."""

    user: str
    at: float
    used: bool = False


@dataclass(slots=True)
class View:
    """Hold one view as one user sees it.

    `choices` is what this user has chosen and typed in it.
    """

    id: str
    user: str
    given: Json
    hash: str
    previous: str = ""
    root: str = ""
    choices: Json = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    """Sentences under the inputs, by `block_id`, after a refused submission."""

    @property
    def blocks(self) -> list[Json]:
        """Its blocks, each with its IDs."""
        blocks: list[Json] = self.given["blocks"]
        return blocks

    def as_json(self) -> Json:
        """Write the view in Slack's form."""
        made: Json = {"id": self.id, "team_id": TEAM, "type": self.given["type"]}
        made |= {key: self.given.get(key, empty) for key, empty in _PART.items()}
        values = inputs.collect_states(self.blocks, self.choices)
        return made | {
            "blocks": self.blocks,
            "state": {"values": values},
            "hash": self.hash,
            "previous_view_id": self.previous or None,
            "root_view_id": self.root,
            "app_id": APP,
            "app_installed_team_id": TEAM,
            "bot_id": BOT,
        }


class Windows:
    """All views of the app."""

    def __init__(self, workspace: Workspace, trigger_seconds: float = TRIGGER_SECONDS) -> None:
        self.homes: dict[str, View] = {}
        self.stacks: dict[str, list[View]] = {}
        self._workspace = workspace
        self._triggers: dict[str, Trigger] = {}
        self._trigger_seconds = trigger_seconds

    def trigger(self, user: str) -> str:
        """Make a trigger for this user's act."""
        key = f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._triggers[key] = Trigger(user, self._workspace.now)
        return key

    def spend(self, key: str) -> str:
        """Use a trigger up, and find its user. Raises RefusedError.

        Source: https://docs.slack.dev/reference/methods/views.open (errors)
        """
        trigger = self._triggers.get(key)
        if trigger is None:
            raise RefusedError("invalid_trigger_id")
        if trigger.used:
            raise RefusedError("exchanged_trigger_id")
        if self._workspace.now - trigger.at > self._trigger_seconds:
            raise RefusedError("expired_trigger_id")
        trigger.used = True
        return trigger.user

    def publish(self, user: str, given: Json, given_hash: str) -> View:
        """Put a view into a user's App Home."""
        before = self.homes.get(user)
        if before is None:
            self.homes[user] = self._new(user, given)
            return self.homes[user]
        return self._change(before, given, given_hash)

    def open(self, user: str, given: Json) -> View:
        """Open a modal in the place of those the user may have open."""
        self._refuse_known_name(given)
        view = self._new(user, given)
        self.stacks[user] = [view]
        return view

    def push(self, user: str, given: Json) -> View:
        """Put a modal on top of those that are open."""
        stack = self.stacks.get(user)
        if not stack:
            raise RefusedError("view_not_found")
        if len(stack) >= STACK:
            raise RefusedError("push_limit_reached")
        self._refuse_known_name(given)
        view = self._new(user, given)
        view.previous, view.root = stack[-1].id, stack[0].id
        stack.append(view)
        return view

    def update(self, found: Callable[[View], bool], given: Json, given_hash: str) -> View:
        """Change an open view.

        What was typed stays where both IDs stay.
        """
        views = [*self.homes.values(), *(view for stack in self.stacks.values() for view in stack)]
        for view in views:
            if found(view):
                return self._change(view, given, given_hash)
        raise RefusedError("not_found")

    def top(self, user: str) -> View:
        """Find the modal in front. Raises LookupError when none is open."""
        stack = self.stacks.get(user)
        if not stack:
            raise LookupError(f"no modal is open for {user}")
        return stack[-1]

    def pop(self, user: str) -> View:
        """Take the modal in front away."""
        view = self.top(user)
        self.stacks[user].remove(view)
        return view

    def _change(self, view: View, given: Json, given_hash: str) -> View:
        if given_hash and given_hash != view.hash:
            raise RefusedError("hash_conflict")
        if given["type"] != view.given["type"]:
            raise RefusedError("invalid_arguments")
        name_blocks(given["blocks"])
        view.given, view.hash, view.errors = given, self._hash(), {}
        return view

    def _new(self, user: str, given: Json) -> View:
        name_blocks(given["blocks"])
        key = f"V{secrets.token_hex(5).upper()}"
        return View(key, user, given, self._hash(), root=key)

    def _hash(self) -> str:
        return f"{int(self._workspace.now)}.{secrets.token_urlsafe(6)}"

    def _refuse_known_name(self, given: Json) -> None:
        wanted: Any = given.get("external_id")
        open_ones = (view for stack in self.stacks.values() for view in stack)
        if wanted and any(view.given.get("external_id") == wanted for view in open_ones):
            raise RefusedError("duplicate_external_id")
