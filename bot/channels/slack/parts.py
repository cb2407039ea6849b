"""What a part of the Slack channel is, and all of them together."""

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
        """Do what the event asks, durably, and return Slack's answer."""


@dataclass(frozen=True)
class StaffWork:
    """All that staff can do, and what goes on by itself.

    `parts` are asked in their order. `apologies` answer what was begun twice and never ended;
    `lists` are posted by themselves, `open_forms` close by themselves; `timers` say what else is done
    when it is due.
    """

    parts: Sequence[Part]
    apologies: Apologies
    lists: QuestionLists | None = None
    open_forms: OpenForms | None = None
    timers: Mapping[str, TimerHandler] = field(default_factory=dict)
