"""Keep what the desk sets, tell its channel, and undo it from there.

What was before is kept beside each change, for the last few of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import orjson

from bot.channels.slack.settings import wording
from bot.channels.slack.settings.policy_lines import describe_policy, draw_policy
from bot.channels.slack.ui.blocks import (
    Json,
    actions,
    button,
    confirmation,
    paragraph,
    rich_text,
)
from bot.channels.slack.ui.mrkdwn import escape
from bot.channels.slack.web import calls
from bot.channels.slack.web.client import Client
from bot.channels.slack.web.events import BlockAction, Event, ViewSubmission, make_incoming
from bot.channels.slack.web.responses import answer_privately
from bot.channels.slack.web.staff_directory import StaffDirectory
from bot.clock import Clock, utc_now
from bot.model.desk_policy import DeskPolicy, from_dict, to_dict
from bot.runtime.policy_cache import PolicyCache, make_policy_entry
from bot.store import Delivery, Store, TurnResult
from bot.store.records import DeskEntry

UNDO = "settings:undo"

_KIND, _KEPT = "policy-before", 20
_MARK_LENGTH = 16
"""Hexadecimal digits that stand for a policy."""


class PolicyChanges:
    """Keep changes of the policy, and take them back.

    Anybody at the desk may; `channel`, the desk's, is told what was changed and by whom.
    """

    desk_only = True

    def __init__(  # noqa: PLR0913 - parts given once, by name
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
        self._policies, self.channel = policies, channel
        self._deliver_now, self._clock = deliver_now, clock

    @property
    def policy(self) -> DeskPolicy:
        """What is set now."""
        return self._policies.policy

    def wants(self, event: Event) -> bool:
        """Tell whether a change is to be undone."""
        return isinstance(event, BlockAction) and event.action == UNDO

    async def handle(self, event: BlockAction) -> Json | None:
        """Undo a change, unless something was set since."""
        await self._policies.refresh()
        kept = await self._store.records.list_desk_entries(_KIND)
        change = next((each.content for each in kept if each.name == event.value), None)
        if change is None:
            await answer_privately(self._client, event, wording.TOO_OLD_TO_UNDO)
        elif mark_policy(self.policy) != change["after"]:
            await answer_privately(self._client, event, wording.CHANGED_SINCE)
        else:
            await self.save_change(event, from_dict(change["before"]), wording.announce_undo)
        return None

    async def save_change(
        self,
        event: BlockAction | ViewSubmission,
        policy: DeskPolicy,
        announce: Callable[[str], str] = wording.announce,
    ) -> None:
        """Keep another policy, in use at once, and tell the desk."""
        before, now = self.policy, self._clock()
        if policy == before:
            return
        head = announce(await self._staff.find_name(event.actor.user))
        # Its name sorts by time, so that the oldest can be let go.
        change = f"{now.isoformat()}:{mark_policy(policy)}"
        told = calls.post_message(
            _draw_announcement(head, before, policy, change),
            self.channel,
            key=f"desk:{self.channel}",
        )
        kept = {"before": to_dict(before), "after": mark_policy(policy)}
        records = (make_policy_entry(policy), DeskEntry(_KIND, change, kept), *await self._forget())
        work = TurnResult(None, (told,), records=records)
        deliveries = await self._store.commit(make_incoming(event), work, now)
        await self._policies.refresh()
        self._deliver_now(deliveries or ())

    async def _forget(self) -> tuple[DeskEntry, ...]:
        """Let the oldest changes go, which nobody will undo any more."""
        names = sorted(each.name for each in await self._store.records.list_desk_entries(_KIND))
        return tuple(DeskEntry(_KIND, each, None) for each in names[: 1 - _KEPT])


def mark_policy(policy: DeskPolicy) -> str:
    """Mark a policy, so that it is known whether it was changed."""
    written = orjson.dumps(to_dict(policy), option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(written).hexdigest()[:_MARK_LENGTH]


def _draw_announcement(head: str, before: DeskPolicy, policy: DeskPolicy, change: str) -> Json:
    asks = confirmation(wording.UNDO_TITLE, wording.UNDO_TEXT, wording.UNDO_YES)
    blocks = [
        paragraph(
            rich_text(head, bold=True),
            rich_text(f"\n{wording.AFTER}：", bold=True),
            *draw_policy(policy),
            rich_text(f"\n{wording.BEFORE}：", bold=True),
            *draw_policy(before),
        ),
        *actions([button(wording.UNDO_BUTTON, UNDO, change, confirm=asks)]),
    ]
    return {"text": escape(f"{head}{describe_policy(policy)}"), "blocks": blocks}
