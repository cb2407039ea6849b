"""Ask for the dates of a follow-up one at a time.

They are taken as people write them, and never guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.dialogue.heard import Heard
from bot.dialogue.lexicon import emergency_words_for
from bot.follow_up.hearing import ToldDate, list_told_dates
from bot.follow_up.naming import Doubt, Named, Questioned, take_date
from bot.follow_up.saying import DATES, plan_lines
from bot.follow_up.schedule import plan_reminders
from bot.interview.buttons import UNFOLLOW
from bot.interview.standing import open_question
from bot.model.business_hours import JAPAN
from bot.model.conversation import Conversation
from bot.model.follow_up import FollowUp
from bot.model.messages import Choice, Reply, choice
from bot.model.turn import Context, Step, Then
from bot.presentation.times import say_full_date
from bot.presentation.wording import say
from bot.understand.dates import LONGEST, DateProblem
from bot.understand.trouble import troubles_in
from flows.follow_up import DateKind

LATER = choice(say("buttons.follow_later"), "follow", "later")
MONTHS = 12


def ask_which_date(conversation: Conversation, context: Context, lead: str = "") -> Step:
    """Offer the dates that may be named.

    The plan shows the dates named already.
    """
    if not find_follow_up(conversation):
        return Step(conversation, say("follow_up.stopped_already"), then=Then.REPEAT)
    kinds = context.programme.follow_up.dates.values()
    choices = tuple(choice(kind.label, "date", kind.id) for kind in kinds)
    told = (lead, say("follow_up.which_date"), say("follow_up.papers_decide"))
    said = Reply("\n\n".join(filter(None, told)), (*choices, LATER), (UNFOLLOW,))
    return Step(conversation, said=(said,), then=Then.NOTHING)


def ask_for_date(kind_id: str, conversation: Conversation, context: Context) -> Step | None:
    """Ask for a date, with twelve months to tap where a month is enough."""
    kind, follow_up = context.programme.follow_up.dates.get(kind_id), find_follow_up(conversation)
    if kind is None or follow_up is None:
        return None
    after = replace(conversation, follow_up=replace(follow_up, asking=kind.id, doubted=""))
    said = Reply(kind.question, _month_choices(kind), () if kind.by_month else (LATER,))
    return Step(after, said=(said,), then=Then.NOTHING)


def _month_choices(kind: DateKind) -> tuple[Choice, ...]:
    if not kind.by_month:
        return ()
    labels = (say("buttons.month", month=month) for month in range(1, MONTHS + 1))
    return tuple(choice(label, "named", f"{kind.id}:{label}") for label in labels)


def take_named(value: str, conversation: Conversation, context: Context) -> Step | None:
    """Take the date of a button as if it had been typed."""
    kind_id, _, written = value.partition(":")
    kind, follow_up = context.programme.follow_up.dates.get(kind_id), find_follow_up(conversation)
    if kind is None or follow_up is None:
        return None
    return _take(kind, written, follow_up, conversation, context)


def take_typed_date(conversation: Conversation, heard: Heard, context: Context) -> Step | None:
    """Take a date that was asked for."""
    follow_up = find_follow_up(conversation)
    if follow_up is None or not heard.is_typed or conversation.picture:
        return None
    kind = context.programme.follow_up.dates.get(follow_up.asking)
    if kind is None or len(heard.text) > LONGEST or is_trouble(heard, context):
        return None
    told = list_told(heard, context)
    if told and kind not in told[0].kinds:
        return None
    return _take(kind, _without_taken_back(heard), follow_up, conversation, context)


def _without_taken_back(heard: Heard) -> str:
    """Leave out words taken back, as in 「6月末、あ、ちがう、7月末」."""
    kept = [each.text for each in heard.reading.clauses if not each.cancelled]
    is_whole = len(kept) == len(heard.reading.clauses)
    return heard.message.text if is_whole else "、".join(kept)


def is_trouble(heard: Heard, context: Context) -> bool:
    """Tell whether trouble is named, which comes before dates.

    A mere resemblance may be a date.
    """
    return bool(heard.troubles and troubles_in(heard.text, emergency_words_for(context.programme)))


def list_told(heard: Heard, context: Context) -> list[ToldDate]:
    """List the dates that a message tells by itself."""
    today = context.now.astimezone(JAPAN).date()
    kinds = context.programme.follow_up.dates
    return [*list_told_dates(heard.reading.clauses, kinds, today)]


def _take(
    kind: DateKind,
    written: str,
    follow_up: FollowUp,
    conversation: Conversation,
    context: Context,
) -> Step | None:
    taken = take_date(kind, written, follow_up, context.now)
    match taken:
        case Named():
            after = replace(conversation, follow_up=taken.follow_up)
            return show_named((tell_named(kind, taken, context),), after, context)
        case Questioned():
            return put_question(kind, taken, conversation)
    if follow_up.asking and follow_up.doubted in set(DateProblem):
        left = replace(follow_up, asking="", doubted="")
        after = replace(conversation, follow_up=left)
        return Step(after, said=(Reply(say("follow_up.date_left"), (DATES,)),), then=Then.NOTHING)
    return None


def tell_named(kind: DateKind, named: Named, context: Context) -> str:
    """Say which date was taken, and which moved with it.

    Also whether it is too late for its reminders.
    """
    day = say_full_date(named.day)
    told = (
        say("follow_up.moved", label=kind.label, before=say_full_date(named.before), day=day)
        if named.before and named.before != named.day
        else say("follow_up.named", label=kind.label, day=day)
    )
    left = any(
        each.rule.since == kind.id and each.due > context.now
        for each in plan_reminders(named.follow_up, context.programme.follow_up)
    )
    return told if left else f"{told}\n{say('follow_up.no_reminder_left')}"


def show_named(told: Sequence[str], conversation: Conversation, context: Context) -> Step:
    """Show the plan with the dates just taken, or the open question."""
    if open_question(conversation, context.programme) or conversation.picture:
        return Step(conversation, "\n".join(told), then=Then.REPEAT)
    follow_up = conversation.follow_up
    lines = plan_lines(follow_up, context.programme.follow_up, context.now) if follow_up else ()
    said = "\n".join((*told, "", *lines, "", say("follow_up.papers_decide")))
    return Step(conversation, said=(Reply(said, (DATES, LATER), (UNFOLLOW,)),), then=Then.NOTHING)


def put_question(kind: DateKind, questioned: Questioned, conversation: Conversation) -> Step:
    """Ask about a date that cannot be meant."""
    after = replace(conversation, follow_up=questioned.follow_up)
    return Step(after, said=(_question(kind, questioned),), then=Then.NOTHING)


def ask_which_kind(kinds: Sequence[DateKind], day: date, conversation: Conversation) -> Step:
    """Ask which kind of date a day is.

    Each button holds the day.
    """
    ways = (choice(kind.label, "named", f"{kind.id}:{day.isoformat()}") for kind in kinds)
    asked = Reply(say("follow_up.which_kind", day=say_full_date(day)), (*ways, LATER))
    return Step(conversation, said=(asked,), then=Then.NOTHING)


def _question(kind: DateKind, questioned: Questioned) -> Reply:
    if questioned.day is None:
        return Reply(_PROBLEMS[DateProblem(questioned.why)], _month_choices(kind), (LATER,))
    right = choice(say("buttons.date_right"), "named", f"{kind.id}:{questioned.day.isoformat()}")
    wrong = choice(say("buttons.date_wrong"), "date", kind.id)
    return Reply(_say_doubt(Doubt(questioned.why), questioned.day), (right, wrong))


def _say_doubt(doubt: Doubt, day: date) -> str:
    match doubt:
        case Doubt.PASSED:
            return say("follow_up.day_passed", day=say_full_date(day))
        case Doubt.AHEAD:
            return say("follow_up.day_ahead", day=say_full_date(day))
        case Doubt.FAR:
            return say("follow_up.day_far", day=say_full_date(day))


_PROBLEMS = {
    DateProblem.IMPOSSIBLE: say("follow_up.not_a_day"),
    DateProblem.NEEDS_DAY: say("follow_up.which_day"),
    DateProblem.SEVERAL: say("follow_up.one_day"),
    DateProblem.WEEKDAY: say("follow_up.weekday_differs"),
}


def find_follow_up(conversation: Conversation) -> FollowUp | None:
    """Find the agreed follow-up, or None without consent."""
    follow_up = conversation.follow_up
    return follow_up if follow_up and follow_up.agreed_at else None
