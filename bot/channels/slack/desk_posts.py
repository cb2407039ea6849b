"""What staff are shown of an owner's turn: the card, her words, what has become of the case.

Her words stand in a quotation of rich text, which Slack does not parse: no `<!channel>` in them ever
calls anybody, and no link is fetched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from bot import staff_wording
from bot.case import Case
from bot.channels.slack import calls
from bot.channels.slack.blocks import Json, context, cut, paragraph, quotation, said
from bot.channels.slack.case_card import card, history, reference
from bot.channels.slack.words import escaped
from bot.conversation import Conversation
from bot.messages import Kind, Message
from bot.store import Incoming, Outgoing
from bot.turn import CaseMoved, CaseOpened, Context, Move, PassOn, PersonWanted, Turn

_FALLBACK = 150
_LONGEST = 2900


class DeskPosts:
    """Draws turns for the desk in `channel`; `context` gives what is known at a moment."""

    def __init__(self, channel: str, context: Callable[[datetime], Context]) -> None:
        self.channel, self._context = channel, context

    def posts(
        self, before: Conversation, turn: Turn, incoming: Incoming, now: datetime
    ) -> tuple[Outgoing, ...]:
        """The calls that show this turn, in order; none for one that is not staff's business."""
        case = turn.conversation.case or before.case
        if case is None:
            return ()
        return tuple(self._shown(case, turn, incoming, now))

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
                    yield calls.reply(history(turn.conversation), name, key=key)
                case PassOn(message):
                    words = f"said:{incoming.message_id or incoming.event_id}"
                    yield calls.reply(passed_on(message), name, remember=words, key=key)
                case PersonWanted(urgent=True) if case.is_open:
                    note = _note(staff_wording.DESPAIR_IN_CASE)
                    yield calls.reply(note, name, key=key, broadcast=True)
                    yield self._redrawn(turn.conversation, about, case)
                case CaseMoved(what) if what is not Move.FORGOTTEN:
                    yield self._redrawn(turn.conversation, about, case)
                    if moved := staff_wording.MOVED.get(what):
                        late = what is Move.OVERDUE
                        yield calls.reply(_note(moved), name, key=key, broadcast=late)

    def _redrawn(self, conversation: Conversation, about: Context, case: Case) -> Outgoing:
        drawn = card(conversation, about)
        return calls.change(drawn, reference(case.id), channel=self.channel, key=queue(case.id))


def queue(case_id: str) -> str:
    """The key under which all that is posted about a case goes out in order."""
    return f"desk:{case_id}"


def passed_on(message: Message) -> Json:
    """What the owner sent, as a message for staff."""
    words = message.text.strip()
    match message.kind:
        case Kind.TEXT | Kind.CHOICE if words:
            return _quoted("お客さま", words)
        case Kind.LOCATION:
            place = f"{message.text}（{message.latitude}, {message.longitude}）"
            return _quoted("お客さまの位置情報", place)
    told = staff_wording.SENT_SOMETHING.get(message.kind, staff_wording.SENT_SOMETHING[Kind.OTHER])
    return _note(told)


def _quoted(who: str, words: str) -> Json:
    parts = [words[at : at + _LONGEST] for at in range(0, len(words), _LONGEST)]
    blocks = [paragraph(said(who, bold=True)), *(quotation(part) for part in parts)]
    return {"text": f"{who}：{escaped(cut(words, _FALLBACK))}", "blocks": blocks}


def spoken_for(name: str, words: str) -> Json:
    """What a staff member had sent to the owner from a form."""
    return _quoted(f"{name} → お客さま", words)


def _note(words: str) -> Json:
    return {"text": escaped(words), "blocks": [context(words)]}
