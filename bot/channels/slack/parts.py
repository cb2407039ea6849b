"""Define a part of the Slack channel, and all parts together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.channels.slack.interview.apologies import Apologies
from bot.channels.slack.knowledge.origins import OpenForms
from bot.channels.slack.knowledge.question_lists import QuestionLists
from bot.channels.slack.web import events
from bot.runtime.scheduler import TimerHandler

Json = Mapping[str, Any]


class Part(Protocol):
    """One thing that staff do in Slack, such as the interview or the desk.

    `desk_only` says that nobody may where no desk's channel is set, since nobody is at the desk.
    """

    desk_only: bool

    def wants(self, event: events.Event) -> bool:
        """Tell whether this event is for this part."""

    async def handle(self, event: Any) -> Json | None:
        """Handle an event durably, and return Slack's answer."""


@dataclass(frozen=True)
class StaffWork:
    """Hold all parts for staff, and the work without staff.

    `parts` are asked in their order. `apologies` answer events begun twice and never ended; `lists`
    are posted by themselves, `open_forms` close by themselves; `timers` are the other handlers of
    timers.
    """

    parts: Sequence[Part]
    apologies: Apologies
    lists: QuestionLists | None = None
    open_forms: OpenForms | None = None
    timers: Mapping[str, TimerHandler] = field(default_factory=dict)
