"""Send an owner a staff member's words, within the owner's own turn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot import metrics
from bot.channels.slack.desk.receipts import make_receipt
from bot.channels.slack.ui.marks import strip_marks
from bot.channels.slack.ui.mrkdwn import list_mentions, read_plain
from bot.channels.slack.web.staff_directory import StaffDirectory
from bot.handoff import case_life
from bot.handoff.refusals import Refused, refuse_if_stale
from bot.model.case import Case
from bot.model.conversation import Conversation
from bot.model.messages import Speaker
from bot.model.turn import Turn
from bot.runtime.conversation_service import ConversationService, DecisionResult, Shown, SideEffects
from bot.store import Incoming
from bot.store.records import Post

CaseDecision = Callable[[Conversation, datetime], Turn | Refused]
"""Decides a staff member's wish on the current case, at a time."""


class ReplySender:
    """Send words from threads and from the form."""

    def __init__(self, conversations: ConversationService, staff: StaffDirectory) -> None:
        self._conversations, self._staff = conversations, staff
        self._records = conversations.store.records

    async def send_to_owner(
        self,
        incoming: Incoming,
        case_id: str,
        post: str,
        say: CaseDecision,
        *,
        records: tuple[Post, ...] = (),
        shown: Shown,
    ) -> DecisionResult:
        """Say something to the owner, with a receipt on the post named."""
        now = self._conversations.clock()
        before: list[Case | None] = []

        # Decided inside the owner's turn: the case may have moved while Slack was telling us of this.
        def decide(conversation: Conversation) -> Turn | Refused:
            before.append(conversation.case)
            return refuse_if_stale(conversation, case_id) or say(conversation, now)

        effects = SideEffects(make_receipt(case_id, post), records, shown=shown)
        done = await self._conversations.carry_out(incoming, decide, now, effects)
        if before and not done.refused:
            _count_reply(before[0], now)
        return done

    async def find_sender(self, user: str) -> case_life.Staff:
        """Find the staff member as owners see them.

        Their name is empty where they have set none.
        """
        named = await self._records.find_staff_name(user)
        return case_life.Staff(user, Speaker(named.name, named.icon_url) if named else Speaker(""))

    async def read_plain_text(self, text: str) -> str:
        """Read typed text with names for mentions, without formatting."""
        names = {user: await self._staff.find_name(user) for user in list_mentions(text)}
        return read_plain(strip_marks(text), lambda user: names.get(user, "")).strip()


def _count_reply(before: Case | None, now: datetime) -> None:
    metrics.staff_replies.inc()
    if before and before.first_reply_at is None:
        metrics.first_response_seconds.observe((now - before.opened_at).total_seconds())
