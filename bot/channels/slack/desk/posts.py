"""What staff are shown of an owner's turn: the card, her words, what has become of the case.

Her words stand in a quotation of rich text, which Slack does not parse: no `<!channel>` in them ever
calls anybody, and no link is fetched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from bot.channels.slack.desk.case_card import card, history, reference
from bot.channels.slack.ui.blocks import Json, context, paragraph, quotation, said
from bot.channels.slack.ui.mrkdwn import escaped
from bot.channels.slack.web import calls
from bot.model.case import Case
from bot.model.conversation import Conversation
from bot.model.messages import Kind, Message
from bot.model.turn import (
    CaseMoved,
    CaseOpened,
    Context,
    GaveUp,
    Move,
    PassOn,
    PersonWanted,
    Turn,
)
from bot.presentation import staff_wording
from bot.presentation.limits import cut, head
from bot.store import Incoming, Outgoing
from flows.programme import Programme

SAID, SENT = "said:", "sent:"
"""Begin the names of posts that quote an owner's words, and a staff member's to her."""

_FALLBACK = 150

_QUOTED, _QUOTATIONS = 2900, 3
"""UTF-16 units of one quotation, and quotations of one message: under Slack's 10,000 in all."""


class DeskPosts:
    """Draws turns for the desk in `channel`; `context` gives what is known at a moment."""

    def __init__(self, channel: str, context: Callable[[datetime], Context]) -> None:
        self.channel, self._context = channel, context

    def posts(
        self, before: Conversation, turn: Turn, incoming: Incoming, now: datetime
    ) -> tuple[Outgoing, ...]:
        """The calls that show this turn, in order; none for one that is not staff's business."""
        case = turn.conversation.case or before.case
        shown = self._shown(case, turn, incoming, now) if case else ()
        return (*shown, *self._given_up(case, turn))

    def _given_up(self, case: Case | None, turn: Turn) -> Iterator[Outgoing]:
        """What could not be read, in the thread of an open case, else in the channel."""
        for effect in turn.effects:
            if isinstance(effect, GaveUp):
                told = note(staff_wording.gave_up(effect.kind))
                if case and case.is_open:
                    yield calls.reply(told, reference(case.id), key=queue(case.id))
                else:
                    yield calls.post(told, self.channel, key=f"desk:{self.channel}")

    def _shown(
        self, case: Case, turn: Turn, incoming: Incoming, now: datetime
    ) -> Iterator[Outgoing]:
        name, key = reference(case.id), queue(case.id)
        about = self._context(now)
        for effect in turn.effects:
            match effect:
                case CaseOpened():
                    drawn = card(turn.conversation, about)
                    yield calls.post(drawn, self.channel, remember=name, key=key)
                    yield told_so_far(
                        turn.conversation, case, f"history:{case.id}", about.programme
                    )
                case PassOn(message):
                    yield from self._passed_on(message, case, incoming)
                case PersonWanted(urgent=True) if case.is_open:
                    told = note(staff_wording.DESPAIR_IN_CASE)
                    yield calls.reply(told, name, key=key, broadcast=True)
                    yield self._redrawn(turn.conversation, about, case)
                case CaseMoved(what) if what is not Move.FORGOTTEN:
                    yield self._redrawn(turn.conversation, about, case)
                    if moved := staff_wording.MOVED.get(what):
                        late = what is Move.OVERDUE
                        yield calls.reply(note(moved), name, key=key, broadcast=late)

    def _passed_on(self, message: Message, case: Case, incoming: Incoming) -> Iterator[Outgoing]:
        """Her words, in as many messages as they need; unsending finds each by its name."""
        words, key = f"{SAID}{incoming.message_id or incoming.event_id}", queue(case.id)
        for number, each in enumerate(passed_on(message)):
            name = f"{words}:{number}" if number else words
            yield calls.reply(each, reference(case.id), remember=name, key=key)

    def _redrawn(self, conversation: Conversation, about: Context, case: Case) -> Outgoing:
        drawn = card(conversation, about)
        return calls.change(drawn, reference(case.id), channel=self.channel, key=queue(case.id))


def queue(case_id: str) -> str:
    """The key under which all that is posted about a case goes out in order."""
    return f"desk:{case_id}"


def told_so_far(
    conversation: Conversation, case: Case, name: str, programme: Programme
) -> Outgoing:
    """Her answers so far, in the thread of the case, as the post of this name."""
    return calls.reply(
        history(conversation, programme), reference(case.id), remember=name, key=queue(case.id)
    )


def passed_on(message: Message) -> tuple[Json, ...]:
    """What the owner sent, as messages for staff: one, or more for very long words."""
    words = message.text.strip()
    match message.kind:
        case Kind.TEXT | Kind.CHOICE if words:
            return _quoted("お客さま", words)
        case Kind.LOCATION:
            place = f"{message.text}（{message.latitude}, {message.longitude}）"
            return _quoted("お客さまの位置情報", place)
    told = staff_wording.SENT_SOMETHING.get(message.kind, staff_wording.SENT_SOMETHING[Kind.OTHER])
    return (note(told),)


def _quoted(who: str, words: str) -> tuple[Json, ...]:
    parts = _divided(words)
    groups = [parts[at : at + _QUOTATIONS] for at in range(0, len(parts), _QUOTATIONS)]
    return tuple(
        _quote(f"{who}（つづき）" if number else who, group) for number, group in enumerate(groups)
    )


def _quote(who: str, parts: list[str]) -> Json:
    blocks = [paragraph(said(who, bold=True)), *(quotation(part) for part in parts)]
    return {"text": escaped(f"{who}：{cut(parts[0], _FALLBACK)}"), "blocks": blocks}


def _divided(words: str) -> list[str]:
    """The words, every character of them, in parts that fit into a quotation each."""
    parts = [head(words, _QUOTED)]
    while rest := words[sum(map(len, parts)) :]:
        parts.append(head(rest, _QUOTED))
    return parts


def spoken_for(name: str, words: str) -> Json:
    """What a staff member had sent to the owner from a form, which holds 3000 characters."""
    return _quoted(f"{name} → お客さま", words)[0]


def note(words: str) -> Json:
    """A sentence of ours in the thread."""
    return {"text": escaped(words), "blocks": [context(words)]}
