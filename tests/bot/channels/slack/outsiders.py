"""Every action the app in Slack knows, found in its code and its manifest.

A new event, command, shortcut, button or form is among them by itself; nobody has to add it.
"""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bot.channels.slack
from bot.channels.slack.web import payloads
from bot.simulator.slack.server import FakeSlack
from bot.simulator.slack.state import TEAM, StoredMessage
from bot.simulator.slack.users import interactions
from bot.simulator.slack.wire import events
from bot.simulator.slack.wire.postman import Dispatch, Kind

ROOM = Path(str(bot.channels.slack.__file__)).parent
MANIFEST = Path(__file__).parents[4] / "slack" / "manifest.yaml"

_NAME = re.compile(r"[a-z_]+(?::[a-z_]+)+")

Json = dict[str, Any]


def names() -> tuple[str, ...]:
    """Every name in the code that a button or a form may have."""
    trees = (ast.parse(each.read_text("utf-8")) for each in sorted(ROOM.rglob("*.py")))
    found = {
        node.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return tuple(sorted(each for each in found if _NAME.fullmatch(each)))


def manifest() -> Any:
    """Read the manifest with which the app is registered."""
    return importlib.import_module("yaml").safe_load(MANIFEST.read_text("utf-8"))


@dataclass(frozen=True)
class Doing:
    """Actions one user could try at the card of a case in `channel`.

    `values` are what buttons of a kind carry, by the word before the colon; `typed` is what stands
    in every field of every form.
    """

    slack: FakeSlack
    user: str
    card: StoredMessage
    values: Mapping[str, str]
    typed: Mapping[str, str]

    def everything(self) -> Iterator[Dispatch]:
        """Each event, command, shortcut, button and form there is."""
        yield from map(self._told, self._events())
        for each in manifest()["features"]["slash_commands"]:
            for text in ("", "未回答", "窓口 松山", "リスケとは"):
                yield self._command(each["command"], text)
        for each in manifest()["features"]["shortcuts"]:
            yield self._shortcut(each)
        for name in names():
            yield self._pressed(name, at_home=False)
            yield self._pressed(name, at_home=True)
            yield self._submitted(name)

    # --- events ---------------------------------------------------------------------------------

    def _events(self) -> Iterator[Json]:
        workspace, where = self.slack.workspace, self.slack.workspace.channel(self.card.channel)
        direct = workspace.dm(self.user)
        yield events.make_app_home_opened(self.user, direct, "home", None, workspace.ts())
        yield self._message(direct.id, "im", "診断する")
        in_thread = self._message(where.id, where.type, "はい、折り返します")
        yield in_thread | {"thread_ts": self.card.ts}
        after = in_thread | {"thread_ts": self.card.ts, "text": "直しました"}
        yield self._make_change(in_thread | {"thread_ts": self.card.ts}, after)
        yield self._deleted(after)

    def _message(self, channel: str, kind: str, text: str) -> Json:
        return {
            "type": "message",
            "channel": channel,
            "channel_type": kind,
            "user": self.user,
            "team": TEAM,
            "text": text,
            "ts": self.slack.workspace.ts(),
        }

    def _make_change(self, before: Json, after: Json) -> Json:
        return {
            "type": "message",
            "subtype": "message_changed",
            "channel": before["channel"],
            "message": after,
            "previous_message": before,
            "ts": self.slack.workspace.ts(),
        }

    def _deleted(self, before: Json) -> Json:
        return {
            "type": "message",
            "subtype": "message_deleted",
            "channel": before["channel"],
            "previous_message": before,
            "deleted_ts": before["ts"],
            "ts": self.slack.workspace.ts(),
        }

    def _told(self, event: Json) -> Dispatch:
        return Dispatch(Kind.EVENT, events.wrap_event(event, int(self.slack.workspace.now)))

    # --- commands and shortcuts -----------------------------------------------------------------

    def _command(self, name: str, text: str) -> Dispatch:
        workspace = self.slack.workspace
        made = interactions.make_command(
            workspace.user(self.user), name, text, workspace.dm(self.user)
        )
        return Dispatch(Kind.COMMAND, self._triggered(made))

    def _shortcut(self, registered: Json) -> Dispatch:
        workspace = self.slack.workspace
        who, name, at = workspace.user(self.user), registered["callback_id"], workspace.ts()
        made = interactions.make_shortcut(who, name, at)
        if registered["type"] == "message":
            where = workspace.channel(self.card.channel)
            quoted = workspace.thread(where.id, self.card.ts)[-1]
            message = events.describe_message(quoted, workspace)
            made = interactions.make_message_shortcut(who, name, where, message, at)
            made["response_url"] = self.slack.response_urls.new(where, who.id)
        return Dispatch(Kind.INTERACTIVE, self._triggered(made))

    # --- buttons and forms ----------------------------------------------------------------------

    def _pressed(self, name: str, *, at_home: bool) -> Dispatch:
        workspace = self.slack.workspace
        who, where = workspace.user(self.user), workspace.channel(self.card.channel)
        action = {"type": "button", "action_id": name, "value": self._value(name)}
        if at_home:
            view = self.slack.windows.publish(who.id, {"type": "home", "blocks": []}, "")
            return Dispatch(
                Kind.INTERACTIVE, self._triggered(interactions.make_view_actions(who, action, view))
            )
        message = events.describe_message(self.card, workspace)
        made = interactions.make_message_actions(who, action, where, self.card, message, {})
        made["response_url"] = self.slack.response_urls.new(where, who.id, self.card)
        return Dispatch(Kind.INTERACTIVE, self._triggered(made))

    def _submitted(self, name: str) -> Dispatch:
        who = self.slack.workspace.user(self.user)
        given = {"type": "modal", "callback_id": name, "blocks": []}
        view = self.slack.windows.open(who.id, given)
        made = interactions.make_view_submission(who, view)
        made["view"]["private_metadata"] = self._value(name)
        made["view"]["state"] = {
            "values": {
                field: {"typed": {"type": "plain_text_input", "value": words}}
                for field, words in self.typed.items()
            }
        }
        return Dispatch(Kind.INTERACTIVE, self._triggered(made))

    def _value(self, name: str) -> str:
        return self.values.get(name) or self.values.get(name.partition(":")[0], "")

    def _triggered(self, payload: Json) -> Json:
        return payload | {"trigger_id": self.slack.windows.trigger(self.user)}


def kinds(done: Iterator[Dispatch]) -> set[type[object]]:
    """List the kinds of events that these are read as."""
    return {type(payloads.read_payload(each.payload)) for each in done}
