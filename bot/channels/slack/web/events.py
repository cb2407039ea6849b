"""Events of Slack, one small value for each kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.channels.slack.web import calls
from bot.store import Incoming

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Actor:
    """Name the user who acts, and their workspace."""

    user: str
    team: str


@dataclass(frozen=True, slots=True)
class MessagePosted:
    """A message was written.

    `thread` is the ts of its thread or empty, `files` how many came with it.
    """

    event_id: str
    actor: Actor
    channel: str
    ts: str
    thread: str
    text: str
    direct: bool
    files: int = 0


@dataclass(frozen=True, slots=True)
class MessageChanged:
    """A message was changed by its author.

    `before` and `text` are its words then and now.
    """

    event_id: str
    actor: Actor
    channel: str
    ts: str
    thread: str
    before: str
    text: str


@dataclass(frozen=True, slots=True)
class MessageDeleted:
    """A message was deleted.

    Its author is the actor, since Slack does not say who deleted it.
    """

    event_id: str
    actor: Actor
    channel: str
    ts: str
    thread: str


@dataclass(frozen=True, slots=True)
class BotMessageDeleted:
    """A message of a bot, perhaps of ours, was deleted.

    Slack does not say by whom.
    """

    event_id: str
    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class BlockAction:
    """Something was pressed or chosen in a message or a view.

    `value` is the button's or the chosen option's; `ts` is that of the message, `thread` of its
    thread; `view` is the view it stood in, if any; `response_url` takes an answer to a message.
    """

    event_id: str
    actor: Actor
    action: str
    value: str
    trigger: str
    channel: str = ""
    ts: str = ""
    thread: str = ""
    view: Body = field(default_factory=dict)
    response_url: str = ""


@dataclass(frozen=True, slots=True)
class SlashCommand:
    """A slash command was typed in `channel`.

    `response_url` takes an answer to it.
    """

    event_id: str
    actor: Actor
    command: str
    text: str
    channel: str
    trigger: str
    response_url: str = ""


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A shortcut was chosen, perhaps on a message.

    `quoted` are the words that stand in it as quotations, `by_app` whether an app posted it,
    `thread` the ts of its thread or empty, and `response_url` takes an answer beside it.
    """

    event_id: str
    actor: Actor
    callback: str
    trigger: str
    channel: str = ""
    ts: str = ""
    text: str = ""
    quoted: str = ""
    by_app: bool = False
    response_url: str = ""
    thread: str = ""


@dataclass(frozen=True, slots=True)
class ViewSubmission:
    """A form was sent.

    `values` are by block ID what was typed or chosen, `private` is what the form carried. `view`
    names the form as it stood: the same for two presses of its button.
    """

    event_id: str
    actor: Actor
    callback: str
    private: str
    values: Mapping[str, str]
    view: str = ""


@dataclass(frozen=True, slots=True)
class AppHomeOpened:
    """Somebody looks at the app's home."""

    event_id: str
    actor: Actor


@dataclass(frozen=True, slots=True)
class IgnoredPayload:
    """Nothing for us.

    `why` says so for the metrics.
    """

    why: str


StaffEvent = (
    MessagePosted
    | MessageChanged
    | MessageDeleted
    | BotMessageDeleted
    | BlockAction
    | SlashCommand
    | Shortcut
    | ViewSubmission
    | AppHomeOpened
)  # fmt: skip

Event = StaffEvent | IgnoredPayload


_LABELS: Mapping[type[Event], str] = {
    MessagePosted: "typed",
    MessageChanged: "edited",
    MessageDeleted: "deleted",
    BotMessageDeleted: "removed",
    BlockAction: "pressed",
    SlashCommand: "commanded",
    Shortcut: "shortcut",
    ViewSubmission: "submitted",
    AppHomeOpened: "homeopened",
    IgnoredPayload: "ignored",
}
"""Labels of metrics and counts. They are stored, so they outlive class names."""


def label_event(event: Event) -> str:
    """Name the kind of event for logs and metrics, never its words."""
    return _LABELS[type(event)]


def make_incoming(
    event: BlockAction | ViewSubmission | SlashCommand | Shortcut | MessagePosted,
) -> Incoming:
    """Make the event a turn on the actor's own conversation."""
    return Incoming(event.event_id, f"{calls.NAME}:{event.actor.user}")
