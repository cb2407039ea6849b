"""Set the desk's hours and promise, in use at once.

The whole desk is told.
"""

from __future__ import annotations

from collections.abc import Callable

from bot.channels.slack.settings import wording
from bot.channels.slack.settings.view import (
    OPEN,
    UnreadableError,
    describe_policy,
    draw_form,
    read_form,
)
from bot.channels.slack.ui.blocks import Json, context, paragraph, rich_text
from bot.channels.slack.ui.mrkdwn import escape
from bot.channels.slack.web import calls
from bot.channels.slack.web.client import Client
from bot.channels.slack.web.events import BlockAction, Event, ViewSubmission, make_incoming
from bot.channels.slack.web.responses import answer_with_errors, open_form
from bot.channels.slack.web.staff_directory import StaffDirectory
from bot.clock import Clock, utc_now
from bot.model.desk_policy import DeskPolicy
from bot.runtime.policy_cache import PolicyCache, make_policy_entry
from bot.store import Delivery, Store, TurnResult


class DeskSettings:
    """Handle the form of the desk's settings.

    Anybody at the desk may use it; `channel`, the desk's, is told what was changed and by whom.
    """

    desk_only = True

    def __init__(  # noqa: PLR0913 - what it works with, all by name
        self,
        *,
        store: Store,
        client: Client,
        staff: StaffDirectory,
        policies: PolicyCache,
        channel: str,
        deliver_now: Callable[[tuple[Delivery, ...]], None],
        clock: Clock = utc_now,
    ) -> None:
        self._store, self._client, self._staff = store, client, staff
        self._policies, self._channel = policies, channel
        self._deliver_now, self._clock = deliver_now, clock

    def wants(self, event: Event) -> bool:
        """Tell whether an event is about the settings."""
        match event:
            case BlockAction(action=name) | ViewSubmission(callback=name):
                return name == OPEN
        return False

    async def handle(self, event: BlockAction | ViewSubmission) -> Json | None:
        """Open the form, or save it."""
        if isinstance(event, ViewSubmission):
            return await self._save(event)
        await open_form(self._client, event, draw_form(self._policies.policy))
        return None

    async def _save(self, event: ViewSubmission) -> Json | None:
        try:
            policy = read_form(event.values)
        except UnreadableError as error:
            return answer_with_errors({error.field: error.why})
        before = self._policies.policy
        if policy != before:
            await self._keep(event, before, policy)
        return None

    async def _keep(self, event: ViewSubmission, before: DeskPolicy, policy: DeskPolicy) -> None:
        name = await self._staff.find_name(event.actor.user)
        message = _draw_announcement(name, before, policy)
        told = calls.post_message(message, self._channel, key=f"desk:{self._channel}")
        work = TurnResult(None, (told,), records=(make_policy_entry(policy),))
        deliveries = await self._store.commit(make_incoming(event), work, self._clock())
        await self._policies.refresh()
        self._deliver_now(deliveries or ())


def _draw_announcement(name: str, before: DeskPolicy, policy: DeskPolicy) -> Json:
    head = wording.announce(name)
    now, then = describe_policy(policy), describe_policy(before)
    blocks = [
        paragraph(rich_text(head, bold=True), rich_text(f"\n{wording.AFTER}：{now}")),
        context(f"{wording.BEFORE}：{then}"),
    ]
    return {"text": escape(f"{head}{now}"), "blocks": blocks}
