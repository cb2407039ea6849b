"""Offer a follow-up, take the consent once, and end it at one word."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.dialogue.following.checking import begin_check, show_report
from bot.dialogue.following.dating import ask_which_date
from bot.follow_up.saying import DATES, plan_lines
from bot.follow_up.schedule import next_ring
from bot.interview.buttons import DIAGNOSE, FORGET_ANSWERS, PERSON, UNFOLLOW
from bot.interview.standing import open_question
from bot.model.conversation import Conversation
from bot.model.follow_up import FollowUp, follow_up_id
from bot.model.messages import Choice, Reply, choice
from bot.model.turn import Context, Step, Then
from bot.presentation.times import say_full_date
from bot.presentation.wording import say

YES = choice(say("buttons.follow_yes"), "follow", "yes")
NO = choice(say("buttons.follow_no"), "follow", "no")
WAKE = choice(say("buttons.follow_wake"), "follow", "wake")


def act_on(what: str, conversation: Conversation, context: Context) -> Step | None:
    """Handle a button `follow=…`."""
    act = _ACTS.get(what)
    return act(conversation, context) if act else None


def offer(conversation: Conversation, context: Context) -> Step:
    """Explain a follow-up and ask for consent.

    An owner who has agreed already sees what is to come.
    """
    if not _may_follow(context):
        return Step(conversation, say("follow_up.stopped_already"), then=Then.REPEAT)
    if _is_followed(conversation) and conversation.rests_from_reminders:
        said = Reply(say("follow_up.resting"), (WAKE,), (UNFOLLOW,))
        return Step(conversation, said=(said,), then=Then.NOTHING)
    if _is_followed(conversation):
        return _show_plan(conversation, context, say("follow_up.already"))
    return Step(conversation, said=(Reply(say("follow_up.offer"), (YES, NO)),), then=Then.NOTHING)


def _may_follow(context: Context) -> bool:
    return context.follows and context.programme.follow_up.is_offered


def _is_followed(conversation: Conversation) -> bool:
    return bool(conversation.follow_up and conversation.follow_up.agreed_at)


def _agree(conversation: Conversation, context: Context) -> Step:
    if not _may_follow(context) or _is_followed(conversation):
        return offer(conversation, context)
    known = conversation.follow_up or FollowUp(follow_up_id(conversation.key, context.now))
    # A yes given now holds, whatever was written in a dark hour before.
    followed = replace(known, agreed_at=context.now, resumed=True)
    after = replace(conversation, follow_up=followed)
    due = next_ring(followed, context.programme.follow_up, context.now)
    first = say("follow_up.first", day=say_full_date(due.date())) if due else ""
    lead = "\n".join(filter(None, (say("follow_up.agreed"), first)))
    return replace(ask_which_date(after, context, lead), notices=("followed",))


def _wake(conversation: Conversation, context: Context) -> Step | None:
    """Let reminders go again that rest since a word of despair."""
    if conversation.follow_up is None or not _is_followed(conversation):
        return None
    awake = replace(conversation, follow_up=replace(conversation.follow_up, resumed=True))
    return _show_plan(awake, context, say("follow_up.resumed"))


def _decline(conversation: Conversation, _: Context) -> Step:
    return Step(conversation, say("follow_up.declined"), then=Then.REPEAT)


def _show_plan(conversation: Conversation, context: Context, lead: str) -> Step:
    follow_up, plan = conversation.follow_up, context.programme.follow_up
    lines = plan_lines(follow_up, plan, context.now) if follow_up else ()
    kept = say("follow_up.kept_longer")
    said = "\n".join((lead, *lines, "", say("follow_up.papers_decide"), kept))
    has_year = follow_up is not None and any(
        rule.since in follow_up.dates for rule in plan.rules if rule.half_year
    )
    half = _half_years_choice(follow_up) if follow_up and has_year else ()
    return Step(conversation, said=(Reply(said, (DATES, *half, UNFOLLOW)),), then=Then.NOTHING)


def _half_years_choice(follow_up: FollowUp) -> tuple[Choice, ...]:
    if follow_up.half_years:
        return (choice(say("buttons.half_years_off"), "follow", "half_years_off"),)
    return (choice(say("buttons.half_years"), "follow", "half_years"),)


def _want_half_years(conversation: Conversation, context: Context) -> Step | None:
    return _with_half_years(conversation, context, wanted=True)


def _drop_half_years(conversation: Conversation, context: Context) -> Step | None:
    return _with_half_years(conversation, context, wanted=False)


def _with_half_years(conversation: Conversation, context: Context, *, wanted: bool) -> Step | None:
    if conversation.follow_up is None or not _is_followed(conversation):
        return None
    followed = replace(conversation.follow_up, half_years=wanted)
    lead = say("follow_up.half_years_on") if wanted else say("follow_up.half_years_off")
    return _show_plan(replace(conversation, follow_up=followed), context, lead)


def stop_following(conversation: Conversation, context: Context) -> Step:
    """End the follow-up at once, with the dates named for it."""
    if conversation.follow_up is None:
        return Step(conversation, say("follow_up.stopped_already"), then=Then.REPEAT)
    after = replace(conversation, follow_up=None)
    said = Reply(say("follow_up.stopped", days=context.retention_days), (), (FORGET_ANSWERS,))
    return Step(after, said=(said,), then=Then.NOTHING, notices=("unfollowed",))


def _pause(conversation: Conversation, context: Context) -> Step | None:
    """Agree to one nudge to go on.

    There is none after trouble or in despair, where a person comes first.
    """
    if not may_pause(conversation, context):
        return None
    known = conversation.follow_up or FollowUp(follow_up_id(conversation.key, context.now))
    paused = replace(known, paused_at=context.now)
    due = next_ring(paused, context.programme.follow_up, context.now)
    day = say_full_date(due.date()) if due else ""
    said = Reply(say("follow_up.paused", day=day), (), (UNFOLLOW,))
    return Step(replace(conversation, follow_up=paused), said=(said,), then=Then.NOTHING)


def may_pause(conversation: Conversation, context: Context) -> bool:
    """Tell whether the bot may offer to write again tomorrow.

    A question must be open, and nothing grave told.
    """
    if not _may_follow(context) or conversation.despaired:
        return False
    is_grave = bool(context.programme.today(conversation.answers))
    return not is_grave and open_question(conversation, context.programme) is not None


def _note_called(conversation: Conversation, _: Context) -> Step:
    follow_up = conversation.follow_up
    after = replace(conversation, follow_up=replace(follow_up, called=True) if follow_up else None)
    return Step(after, say("follow_up.called"), then=Then.REPEAT)


def _encourage(conversation: Conversation, context: Context) -> Step:
    del context
    said = Reply(say("follow_up.not_called"), (DIAGNOSE,), (PERSON,))
    return Step(conversation, said=(said,), then=Then.NOTHING)


def _leave_dates(conversation: Conversation, context: Context) -> Step:
    del context
    follow_up = conversation.follow_up
    after = replace(follow_up, asking="", doubted="") if follow_up else None
    return Step(replace(conversation, follow_up=after), say("follow_up.later"), then=Then.REPEAT)


_ACTS: Mapping[str, Callable[[Conversation, Context], Step | None]] = {
    "yes": _agree,
    "no": _decline,
    "dates": ask_which_date,
    "later": _leave_dates,
    "half_years": _want_half_years,
    "half_years_off": _drop_half_years,
    "pause": _pause,
    "wake": _wake,
    "called": _note_called,
    "not_called": _encourage,
    "check": begin_check,
    "report": show_report,
}
