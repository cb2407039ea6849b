"""Make a check-in of four taps against the plan.

Trouble leads on, the rest becomes a text for the bank.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from bot.interview.buttons import PERSON, SHEET, UNFOLLOW, look_again, today_first
from bot.model.business_hours import JAPAN
from bot.model.conversation import Conversation
from bot.model.follow_up import CheckIn, FollowUp
from bot.model.messages import Card, Choice, Reply, Section, choice, from_card
from bot.model.turn import Context, KeepSheet, Step, Then
from bot.presentation.check_ins import Chosen, history_lines, list_chosen, report_points
from bot.presentation.times import say_full_date
from bot.presentation.wording import say
from bot.sheet.check_ins import CHECK_INS
from bot.sheet.making import keep_drawn_sheet
from flows.follow_up import Check, CheckOption

REPORT = choice(say("buttons.report"), "follow", "report")

KEPT = 12
"""Check-ins kept. That is three years of each half year, and some between."""


def begin_check(conversation: Conversation, context: Context) -> Step | None:
    """Begin a check-in from its first question."""
    follow_up, checks = conversation.follow_up, context.programme.follow_up.checks
    if follow_up is None or not follow_up.agreed_at or not checks:
        return None
    after = replace(conversation, follow_up=replace(follow_up, checking={}))
    said = Reply(f"{say('follow_up.check_begin')}\n\n{checks[0].text}", _choices(checks[0]))
    return Step(after, said=(said,), then=Then.NOTHING)


def _choices(check: Check) -> tuple[Choice, ...]:
    return tuple(
        choice(option.label, "check", f"{check.id}:{option.id}") for option in check.options
    )


def take_check(value: str, conversation: Conversation, context: Context) -> Step | None:
    """Take one tap and ask the next, or finish the check-in."""
    check_id, _, option_id = value.partition(":")
    checks, follow_up = context.programme.follow_up.checks, conversation.follow_up
    check = next((each for each in checks if each.id == check_id), None)
    option = check.option(option_id) if check else None
    if follow_up is None or not follow_up.agreed_at or option is None:
        return None
    checking = {**follow_up.checking, check_id: option_id}
    after = _with_answers(conversation, replace(follow_up, checking=checking), option)
    left = next((each for each in checks if each.id not in checking), None)
    if left:
        return Step(after, said=(Reply(left.text, _choices(left)),), then=Then.NOTHING)
    return _finish(after, checking, context)


def _with_answers(
    conversation: Conversation, follow_up: FollowUp, option: CheckOption
) -> Conversation:
    """Record a tap's answers of the questionnaire too, to ask nothing twice."""
    after = replace(conversation, follow_up=follow_up)
    for question, answer in option.answers.items():
        after = after.answered(question, (answer,))
    return after


def _finish(conversation: Conversation, checking: Mapping[str, str], context: Context) -> Step:
    follow_up = conversation.follow_up
    today = context.now.astimezone(JAPAN).date()
    if follow_up is None:
        return Step(conversation)
    earlier = tuple(each for each in follow_up.check_ins if each.on != today)
    check_ins = (*earlier, CheckIn(today, dict(checking)))[-KEPT:]
    after = replace(conversation, follow_up=replace(follow_up, checking={}, check_ins=check_ins))
    chosen = list_chosen(check_ins[-1], context.programme.follow_up.checks)
    card, kept = _draw_history(after, check_ins, _judge(chosen), context)
    choices = _ways_on([option for _, option in chosen], context)
    said = (from_card(card, choices, (UNFOLLOW,)),)
    return Step(after, said=said, then=Then.NOTHING, effects=(kept,) if kept else ())


def _judge(chosen: Chosen) -> Iterator[str]:
    """Say which points differ from the plan and whom to tell."""
    differs = [
        say("follow_up.check_tell", what=check.title, whom=option.tell)
        for check, option in chosen
        if option.tell
    ]
    if not differs:
        yield say("follow_up.check_fine")
        return
    yield "\n".join((say("follow_up.check_differs"), *differs))
    if any(option.trouble for _, option in chosen):
        yield say("follow_up.check_trouble")


def _ways_on(options: Sequence[CheckOption], context: Context) -> tuple[Choice, ...]:
    """Lead trouble to the urgent card, a person, or the questions with everything known."""
    if not any(option.trouble for option in options):
        return (REPORT, PERSON)
    urgent = next((each.urgent for each in options if each.urgent), "")
    first = (today_first(urgent),) if urgent else ()
    return (*first, PERSON, look_again(context.programme), REPORT)


def show_today(emergency: str, conversation: Conversation, context: Context) -> Step | None:
    """Say what to do today about trouble shown by a check-in.

    It goes as if the owner had written of it.
    """
    programme = context.programme
    question = programme.questions[programme.emergency]
    if question.option(emergency) is None:
        return None
    after = replace(conversation, flow=programme.main).answered(
        question.id, (emergency,), asking_again="", adding=""
    )
    return Step(after, notices=(f"urgent:{emergency}",))


def _draw_history(
    conversation: Conversation,
    check_ins: tuple[CheckIn, ...],
    said: Iterable[str],
    context: Context,
) -> tuple[Card, KeepSheet | None]:
    """Show the words of a check-in with the check-ins over time.

    They are marks, and a picture where it can be fetched.
    """
    checks = context.programme.follow_up.checks
    history = (
        Section(say("follow_up.history"), tuple(history_lines(check_ins, checks)))
        if check_ins[1:]
        else Section("", ())
    )
    card = Card(say("follow_up.check_done"), (*(Section("", (each,)) for each in said), history))
    kept = keep_drawn_sheet(conversation, CHECK_INS, context)
    if kept is None:
        return card, None
    return replace(card, image=f"{kept.address}.{CHECK_INS}.png"), kept


def show_report(conversation: Conversation, context: Context) -> Step | None:
    """Write the four points for the bank from the last check-in, to copy."""
    follow_up = conversation.follow_up
    if follow_up is None or not follow_up.check_ins:
        return None
    last = follow_up.check_ins[-1]
    text = say(
        "follow_up.report",
        title=say("follow_up.report_title"),
        day=say_full_date(last.on),
        **report_points(last, context.programme.follow_up.checks),
    )
    said = (Reply(text), Reply(say("follow_up.report_copy"), (SHEET, PERSON), (UNFOLLOW,)))
    return Step(conversation, said=said, then=Then.NOTHING)
