"""Write down details that a caller names by telephone.

They are dates, amounts, names of banks, promises. They lie beside the answers in the interview of
the staff member who speaks with the caller, stand in the summary, and go when the next caller
begins.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.channels.slack.case_file import wording
from bot.channels.slack.case_file.view import draw_form, read_form
from bot.channels.slack.ui.blocks import Json
from bot.channels.slack.web.client import Client
from bot.channels.slack.web.events import BlockAction, Event, ViewSubmission, make_incoming
from bot.channels.slack.web.responses import answer_with_errors, open_form
from bot.clock import Clock, utc_now
from bot.model.conversation import Conversation
from bot.store import Delivery, Store, TurnResult

DETAILS = "caller:details"


class CallerDetails:
    """Open and save the form of details beside an interview."""

    desk_only = False

    def __init__(
        self,
        store: Store,
        client: Client,
        deliver_now: Callable[[tuple[Delivery, ...]], None],
        clock: Clock = utc_now,
    ) -> None:
        self._store, self._client = store, client
        self._deliver_now, self._clock = deliver_now, clock

    def wants(self, event: Event) -> bool:
        """Tell whether an event is about this form."""
        match event:
            case BlockAction(action=name) | ViewSubmission(callback=name):
                return name == DETAILS
        return False

    async def handle(self, event: BlockAction | ViewSubmission) -> Json | None:
        """Open the form with the known details, or save it."""
        if isinstance(event, ViewSubmission):
            return await self._save(event)
        conversation = await self._store.load_conversation(make_incoming(event).key)
        await open_form(self._client, event, draw_form("", conversation.details, callback=DETAILS))
        return None

    async def _save(self, event: ViewSubmission) -> Json | None:
        try:
            details = read_form(event.values)
        except ValueError:
            return answer_with_errors({"due_on": wording.NOT_A_DAY})

        def step(conversation: Conversation) -> TurnResult:
            return TurnResult(replace(conversation, details=details))

        turn = await self._store.turn(make_incoming(event), step, self._clock())
        self._deliver_now(turn or ())
        return None
