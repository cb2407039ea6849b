"""A staff member's words in the thread of a case."""

from __future__ import annotations

from dataclasses import dataclass

from bot.channels.slack.desk.reply_sender import ReplySender
from bot.channels.slack.ui.mrkdwn import calls_somebody, strip_calls
from bot.handoff.staff_words.note_marks import is_note
from bot.model.posts import PostReference
from bot.store.records import Post


@dataclass(frozen=True, slots=True)
class StaffWords:
    """Hold staff's words as an owner would read them, with their case.

    `is_note` and `calls` are read from the typed text, before names took the place of mentions.
    """

    case_id: str
    key: str
    channel: str
    ts: str
    text: str = ""
    is_note: bool = False
    calls: bool = False

    @property
    def post(self) -> Post:
        """Name these words as a post that has gone to the owner."""
        name = PostReference.of_staff_reply(self.channel, self.ts)
        card = PostReference.of_card(self.case_id)
        return Post(name, self.key, self.channel, self.ts, card)


async def read_words(sending: ReplySender, card: Post, ts: str, typed: str) -> StaffWords:
    """Read the words typed at `ts` in the thread of this card."""
    text = await sending.read_plain_text(typed)
    return StaffWords(
        card.case_id,
        card.key,
        card.channel,
        ts,
        text,
        is_note(text) or is_note(strip_calls(typed)),
        calls_somebody(typed),
    )
