"""Send a due reminder once, in the daytime, or owe it.

An owed one is said when the owner writes. After every turn of an owner the next reminder is kept as
one timer, so that whatever they said moves it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.follow_up.saying import reminder_reply
from bot.follow_up.schedule import (
    Reminder,
    list_ripe,
    list_sayable,
    next_ring,
    with_done,
)
from bot.interview.papers import count_missing_papers
from bot.model.business_hours import is_open
from bot.model.conversation import WITH_A_PERSON, Conversation
from bot.model.follow_up import FollowUp
from bot.model.messages import Reply
from bot.model.turn import Context, Reminded, SetTimer, Turn
from bot.presentation.limits import LINE
from flows.follow_up import NUDGES, PAUSED
from flows.programme import Programme

LOOK_AGAIN = timedelta(hours=1)
"""Time after which a waiting reminder is tried again."""


def remind(conversation: Conversation, context: Context, *, may_push: bool = True) -> Turn:
    """Say due reminders or let them wait, and set the next timer.

    `may_push` is False while the month's messages are kept for others, or staff have stopped the
    batch.
    """
    follow_up, plan = conversation.follow_up, context.programme.follow_up
    if follow_up is None:
        return Turn(conversation)
    ripe = list_ripe(follow_up, plan, context.now)
    in_time = any(context.now <= each.latest for each in ripe)
    sayable = list_sayable(_let_pass(ripe, conversation, context.programme), context.now)
    if may_push and in_time and sayable and _is_welcome(conversation, context.now):
        sent = replace(follow_up, said_at=context.now)
        after = _mark_said(conversation, sent, ripe, silent=sent.silent + 1)
        reply = reminder_reply(sayable, context.now)
        after = _with_offered(after, reply)
        after, ring = ring_again(after, context, context.now)
        return Turn(after, (reply,), (Reminded(len(sayable)), *ring))
    past = [each for each in ripe if each not in sayable]
    after = replace(conversation, follow_up=with_done(follow_up, past)) if past else conversation
    after, ring = ring_again(after, context, context.now + LOOK_AGAIN)
    return Turn(after, (), ring)


def _is_welcome(conversation: Conversation, now: datetime) -> bool:
    """Tell whether the bot may write first now.

    By day, and not to an owner in despair or with a person.
    """
    is_alone = conversation.mode not in WITH_A_PERSON and not conversation.rests_from_reminders
    return is_alone and is_open(now)


def _let_pass(
    ripe: tuple[Reminder, ...], conversation: Conversation, programme: Programme
) -> tuple[Reminder, ...]:
    """Leave out nudges after trouble was told, when a person comes first."""
    if not (conversation.rests_from_reminders or programme.today(conversation.answers)):
        return ripe
    return tuple(each for each in ripe if each.rule.since not in NUDGES)


def _mark_said(
    conversation: Conversation, follow_up: FollowUp, ripe: tuple[Reminder, ...], *, silent: int
) -> Conversation:
    done = with_done(follow_up, ripe)
    # The owner agreed to one nudge, and this was it.
    paused = None if any(each.rule.since == PAUSED for each in ripe) else done.paused_at
    return replace(conversation, follow_up=replace(done, paused_at=paused, silent=silent))


def _with_offered(conversation: Conversation, reply: Reply) -> Conversation:
    """Keep the buttons shown, so that their labels and numbers can be typed."""
    if not reply.buttons:
        return conversation
    offered = tuple((button.label, button.value) for button in reply.buttons)
    return replace(conversation, offered=offered)


def ring_again(
    conversation: Conversation, context: Context, after: datetime
) -> tuple[Conversation, tuple[SetTimer, ...]]:
    """Set the timer to the next reminder after a time, or call it off."""
    follow_up = conversation.follow_up
    if follow_up is None:
        return conversation, ()
    due = next_ring(follow_up, context.programme.follow_up, after)
    rung = replace(conversation, follow_up=replace(follow_up, next_at=due))
    return rung, (SetTimer(follow_up.timer, due),)


# --- beside what the owner does -------------------------------------------------------------------

_BESIDE_NOTHING = frozenset(
    {"despair", "danger", "heavy", "person", "forget", "stopped", "followed", "unfollowed"}
)
"""Notices of a turn beside which nothing else is said."""


def follow_along(before: Conversation, turn: Turn, context: Context) -> Turn:
    """Let an owner's turn move the next reminder, and carry owed ones free."""
    if before.follow_up is None and turn.conversation.follow_up is None:
        return turn
    heard = _note_papers(before, _note_word(before, turn), context)
    turn = turn if heard is turn.conversation else replace(turn, conversation=heard)
    return _keep_ringing(before, _say_with_reply(turn, context), context)


def _note_word(before: Conversation, turn: Turn) -> Conversation:
    """Note that the owner wrote.

    An owner who goes on with the questions needs no nudge, and is not asked for a date any more. At
    a word of despair the reminders rest, also those they had wished for again.
    """
    after = turn.conversation
    follow_up = after.follow_up
    if follow_up is None:
        return after
    noted = replace(follow_up, silent=0) if follow_up.silent else follow_up
    if noted.resumed and "despair" in turn.notices:
        noted = replace(noted, resumed=False)
    if after.answers != before.answers and (noted.paused_at or noted.asking):
        noted = replace(noted, paused_at=None, asking="", doubted="")
    return after if noted is follow_up else replace(after, follow_up=noted)


def _note_papers(before: Conversation, after: Conversation, context: Context) -> Conversation:
    """Note how many papers of an application are missing, where that may have changed."""
    follow_up, was = after.follow_up, before.follow_up
    if follow_up is None or follow_up.agreed_at is None:
        return after
    has_agreed_before = was is not None and was.agreed_at == follow_up.agreed_at
    if has_agreed_before and (before.answers, before.ticked) == (after.answers, after.ticked):
        return after
    left = count_missing_papers(after, context)
    listed_at = follow_up.papers_at or (context.now if left else None)
    noted = replace(follow_up, papers_left=left, papers_at=listed_at)
    return after if noted == follow_up else replace(after, follow_up=noted)


def _keep_ringing(before: Conversation, turn: Turn, context: Context) -> Turn:
    """Move the timer where the turn changed the next reminder."""
    was, now_is = before.follow_up, turn.conversation.follow_up
    if was is now_is:
        return turn
    after, effects = ring_again(turn.conversation, context, context.now)
    if was and (now_is is None or now_is.id != was.id):
        effects = (SetTimer(was.timer, None), *effects)
    return replace(turn, conversation=after, effects=(*turn.effects, *effects))


def _say_with_reply(turn: Turn, context: Context) -> Turn:
    """Add owed reminders to the reply to the owner.

    A reply is free, and the owner is there.
    """
    follow_up = turn.conversation.follow_up
    if follow_up is None or not _has_room(turn):
        return turn
    ripe = list_ripe(follow_up, context.programme.follow_up, context.now)
    welcome = _let_pass(ripe, turn.conversation, context.programme)
    sayable = list_sayable(welcome, context.now)
    if not sayable:
        return turn
    said = reminder_reply(sayable, context.now)
    *others, last = turn.replies
    # Only the buttons under the last message are shown.
    room = max(0, LINE.buttons - len(last.buttons))
    new = tuple(each for each in said.choices if each not in last.buttons)[:room]
    last = replace(last, choices=(*last.choices, *new))
    replies = (replace(said, choices=(), controls=()), *others, last)
    after = _with_offered(_mark_said(turn.conversation, follow_up, ripe, silent=0), last)
    return replace(turn, conversation=after, replies=replies)


def _has_room(turn: Turn) -> bool:
    """Tell whether a reminder may stand beside the replies.

    Not beside trouble, a person, or an open question of consent. Replies that give way to later
    ones carry nothing: it would be lost with them.
    """
    conversation = turn.conversation
    is_alone = conversation.mode not in WITH_A_PERSON and not conversation.asking_consent
    is_calm = not conversation.rests_from_reminders and not turn.replaces
    grave = any(each in _BESIDE_NOTHING or each.startswith("urgent:") for each in turn.notices)
    return is_alone and is_calm and not grave and 0 < len(turn.replies) < LINE.replies


def end_when_blocked(conversation: Conversation) -> Turn | None:
    """End the follow-up of an owner who blocked us, or return None."""
    follow_up = conversation.follow_up
    if follow_up is None:
        return None
    return Turn(replace(conversation, follow_up=None), (), (SetTimer(follow_up.timer, None),))
