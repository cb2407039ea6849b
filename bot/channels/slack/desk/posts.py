"""Draw an owner's turn as posts for the desk.

Owners' words stand in a quotation of rich text, which Slack does not parse: no `<!channel>` in them
ever calls anybody, and no link is fetched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from math import nan

from bot.channels.slack.desk import wording
from bot.channels.slack.desk.case_card import draw_card, draw_history
from bot.channels.slack.ui.blocks import Json, context, paragraph, quotation, rich_text
from bot.channels.slack.ui.mrkdwn import escape
from bot.channels.slack.web import calls
from bot.model.business_hours import JAPAN
from bot.model.case import Case
from bot.model.conversation import Conversation
from bot.model.messages import Kind, Message
from bot.model.posts import PostReference
from bot.model.turn import (
    CaseMoved,
    CaseOpened,
    Context,
    GaveUp,
    KeepSheet,
    Move,
    PassOn,
    PersonWanted,
    Turn,
)
from bot.presentation.cards.contact import phone_line
from bot.presentation.limits import cut, head
from bot.presentation.times import say_full_date
from bot.store import Incoming, Outgoing
from flows.programme import Programme
from knowledge.library import Library
from knowledge.place_names.places import locate_point

_FALLBACK = 150
"""Characters of a notification."""

_QUOTED, _QUOTATIONS = 2900, 3
"""UTF-16 units of a quotation, and quotations of a message, for Slack's 10,000."""


_DRAWN_ELSEWHERE = frozenset({Move.FORGOTTEN, Move.MOVED_DESK})
"""Moves that the card does not show, since it goes away after them."""


class DeskPosts:
    """Draws turns for the desk in `channel`.

    `context` gives what is known at a moment.
    """

    def __init__(self, channel: str, context: Callable[[datetime], Context]) -> None:
        self.channel, self._context = channel, context

    def draw_turn(
        self, before: Conversation, turn: Turn, incoming: Incoming, now: datetime
    ) -> tuple[Outgoing, ...]:
        """Draw the calls that show a turn, in order.

        There are none for a turn that is not staff's business.
        """
        case = turn.conversation.case or before.case
        shown = self._draw_effects(case, turn, incoming, now) if case else ()
        return (*shown, *self._draw_given_up(case, turn))

    def _draw_given_up(self, case: Case | None, turn: Turn) -> Iterator[Outgoing]:
        """Tell of an unreadable message, in the case's thread or the channel."""
        for effect in turn.effects:
            if isinstance(effect, GaveUp):
                told = draw_note(wording.give_up_on(effect.kind))
                if case and case.is_open:
                    yield calls.reply_in_thread(
                        told, PostReference.of_card(case.id), key=case_queue(case.id)
                    )
                else:
                    yield calls.post_message(told, self.channel, key=f"desk:{self.channel}")

    def _draw_effects(
        self, case: Case, turn: Turn, incoming: Incoming, now: datetime
    ) -> Iterator[Outgoing]:
        name, key = PostReference.of_card(case.id), case_queue(case.id)
        about = self._context(now)
        for effect in turn.effects:
            match effect:
                case CaseOpened():
                    # The card comes first: the rest goes into its thread, and the queue keeps the order.
                    drawn = draw_card(turn.conversation, about)
                    yield calls.post_message(
                        drawn,
                        case.desk or self.channel,
                        remember=name,
                        key=key,
                        otherwise=self.channel,
                    )
                    yield post_history(
                        turn.conversation, case, PostReference.of_history(case.id), about.programme
                    )
                case KeepSheet(address=address, until=until) if case.is_open:
                    closes = say_full_date(until.astimezone(JAPAN).date())
                    told = draw_note(wording.SHEET.format(address=address, date=closes))
                    yield calls.reply_in_thread(told, name, key=key)
                case PassOn(message):
                    yield from self._quote_owner(message, case, incoming, about.library)
                case PersonWanted(urgent=True) if case.is_open:
                    told = draw_mention(_list_called(case, about), wording.DESPAIR_IN_CASE)
                    yield calls.reply_in_thread(told, name, key=key, broadcast=True)
                    yield self._redraw_card(turn.conversation, about, case)
                case CaseMoved(what) if what not in _DRAWN_ELSEWHERE:
                    yield self._redraw_card(turn.conversation, about, case)
                    if moved := wording.MOVED.get(what):
                        late = what is Move.OVERDUE
                        called = _list_called(case, about) if what in wording.CALLS else ()
                        told = draw_mention(called, moved)
                        yield calls.reply_in_thread(told, name, key=key, broadcast=late)

    def _quote_owner(
        self, message: Message, case: Case, incoming: Incoming, library: Library
    ) -> Iterator[Outgoing]:
        """Quote the owner in as many messages as their words need.

        Each has a name, by which it is found when the owner unsends the message.
        """
        said, key = incoming.message_id or incoming.event_id, case_queue(case.id)
        for number, each in enumerate(draw_owner_message(message, library)):
            name = PostReference.of_owner_words(said, number)
            yield calls.reply_in_thread(
                each, PostReference.of_card(case.id), remember=name, key=key
            )

    def _redraw_card(self, conversation: Conversation, about: Context, case: Case) -> Outgoing:
        drawn = draw_card(conversation, about)
        return calls.update_message(
            drawn,
            PostReference.of_card(case.id),
            channel=case.desk or self.channel,
            key=case_queue(case.id),
            otherwise=self.channel,
        )


def case_queue(case_id: str) -> str:
    """Name the queue in which all posts about a case go out."""
    return f"desk:{case_id}"


def post_history(
    conversation: Conversation, case: Case, name: PostReference, programme: Programme
) -> Outgoing:
    """Post the owner's answers so far into the case's thread."""
    return calls.reply_in_thread(
        draw_history(conversation, programme),
        PostReference.of_card(case.id),
        remember=name,
        key=case_queue(case.id),
    )


def draw_owner_message(message: Message, library: Library) -> tuple[Json, ...]:
    """Draw an owner's message, in several posts if long."""
    words = message.text.strip()
    match message.kind:
        case Kind.TEXT | Kind.CHOICE if words:
            return _quote_words(wording.OWNER, words)
        case Kind.LOCATION:
            return _quote_words(wording.OWNERS_PLACE, _describe_location(message, library))
    told = wording.SENT_SOMETHING.get(message.kind, wording.SENT_SOMETHING[Kind.OTHER])
    return (draw_note(told),)


def _describe_location(message: Message, library: Library) -> str:
    """Say where the owner is, and which office is there.

    Coordinates only where nothing else is known.
    """
    latitude, longitude = message.latitude, message.longitude
    place = locate_point(
        latitude if latitude is not None else nan,
        longitude if longitude is not None else nan,
        message.text or None,
    )
    if place.decision != "one":
        return message.text or f"{latitude}, {longitude}"
    center = library.directory.for_prefecture(place.prefectures[0]).center
    phone = center.phone()
    number = phone_line(phone) if phone else center.directory
    where = "　".join(filter(None, (place.name, message.text)))
    return wording.say_location(where, center.name, number)


def _quote_words(who: str, words: str) -> tuple[Json, ...]:
    parts = _divide_words(words)
    groups = [parts[at : at + _QUOTATIONS] for at in range(0, len(parts), _QUOTATIONS)]
    return tuple(
        _draw_quotation(wording.continue_quotation(who) if number else who, group)
        for number, group in enumerate(groups)
    )


def _draw_quotation(who: str, parts: list[str]) -> Json:
    blocks = [paragraph(rich_text(who, bold=True)), *(quotation(part) for part in parts)]
    return {"text": escape(f"{who}：{cut(parts[0], _FALLBACK)}"), "blocks": blocks}


def _divide_words(words: str) -> list[str]:
    """Divide the words, losing none, into parts that fit a quotation."""
    parts = [head(words, _QUOTED)]
    while rest := words[sum(map(len, parts)) :]:
        parts.append(head(rest, _QUOTED))
    return parts


def draw_reply_copy(name: str, words: str) -> Json:
    """Draw a copy of a message sent to the owner from a form.

    A form holds 3,000 characters, which one message takes.
    """
    return _quote_words(wording.name_sender(name), words)[0]


def _list_called(case: Case, about: Context) -> Sequence[str]:
    """List the people a case calls, its holder or those named by the desk."""
    return (case.holder,) if case.holder else about.policy.called


def draw_mention(users: Sequence[str], words: str) -> Json:
    """Draw a sentence of the bot's own that calls these users, or nobody."""
    if not users:
        return draw_note(words)
    called = [{"type": "user", "user_id": each} for each in users]
    mentions = " ".join(f"<@{each}>" for each in users)
    blocks = [paragraph(called, rich_text(f" {words.strip()}"))]
    return {"text": f"{mentions} {escape(words.strip())}", "blocks": blocks}


def draw_note(words: str) -> Json:
    """Draw a sentence of the bot's own."""
    return {"text": escape(words), "blocks": [context(words)]}
