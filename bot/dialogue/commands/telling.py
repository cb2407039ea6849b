"""Tell about the conversation itself.

How far it is, what is kept, who answers, and the sources.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.follow_up.saying import plan_lines
from bot.interview.buttons import PERSON
from bot.interview.standing import count_questions, flow_of, replay_unended
from bot.model.conversation import Conversation
from bot.model.messages import Reply
from bot.model.turn import Context, Step, Then
from bot.presentation.cards.detail_cards import cited
from bot.presentation.figure_words import origin_lines
from bot.presentation.source_lines import sources_section, without_brackets
from bot.presentation.times import say_full_date
from bot.presentation.wording import say
from flows.flow import Standing


def show_progress(conversation: Conversation, context: Context) -> Step:
    """Say how many questions are left, and list the answers."""
    programme = context.programme
    flow, state = flow_of(conversation, programme), replay_unended(conversation, programme)
    if flow is None or state is None:
        total = programme.flows[programme.main].replay({}).remaining
        return Step(conversation, say("answers.where_before", total=total), then=Then.REPEAT)
    opening = _say_how_far(count_questions(conversation, flow), state)
    lead = "\n".join((opening, *_answers(conversation, context)))
    return Step(conversation, lead, then=Then.REPEAT)


def _say_how_far(total: int, state: Standing) -> str:
    if not state.question:
        return say("answers.finished", answered=len(state.passed))
    if state.remaining == 1:
        return say("answers.only_one")
    position = max(total - state.remaining + 1, 1)
    return say("answers.where", position=position, total=total, remaining=state.remaining)


def show_today(conversation: Conversation, context: Context) -> Step:
    """Repeat what to do today, or tell how far the questions are."""
    programme = context.programme
    told = conversation.answers.get(programme.emergency, ())
    pressing = tuple(each for each in told if each != programme.handled)
    if not pressing:
        return show_progress(conversation, context)
    again = replace(conversation, flow=programme.main)
    return Step(again.answered(programme.emergency, pressing, asking_again="", adding=""))


def show_recorded(conversation: Conversation, context: Context) -> Step:
    """Show everything kept of the owner, as text they can keep.

    Without any answers it says what would be kept.
    """
    figures = origin_lines(conversation.figures)
    answers = (*_answers(conversation, context), *figures, *_dates(conversation, context))
    text = (
        say("conversation.recorded", answers="\n".join(answers), days=context.retention_days)
        if answers
        else f"{say('conversation.nothing_recorded')}\n{say('conversation.kept', days=context.retention_days)}"
    )
    return Step(conversation, said=(Reply(text),), then=Then.REPEAT)


def _answers(conversation: Conversation, context: Context) -> Iterator[str]:
    """List every answer in the order given."""
    for id_, chosen in conversation.answers.items():
        if question := context.programme.questions.get(id_):
            # A bracket is the button's: 「小売・飲食（50人）」 does not say that fifty people work there.
            labels = without_brackets(question.labels(chosen))
            yield say("answers.given", question=question.title, labels=labels)


def _dates(conversation: Conversation, context: Context) -> Iterator[str]:
    """List the dates of a follow-up, and how long all is kept with one."""
    if conversation.follow_up is None:
        return
    for kind in context.programme.follow_up.dates.values():
        if named := conversation.follow_up.dates.get(kind.id):
            yield say("answers.given", question=kind.label, labels=say_full_date(named.day))
    yield from plan_lines(conversation.follow_up, context.programme.follow_up, context.now)
    yield say("follow_up.kept_longer")


def say_who_answers(conversation: Conversation, _: Context) -> Step:
    """Say honestly that no human is writing, and how to reach one."""
    return Step(conversation, say("conversation.no_human"), then=Then.REPEAT, controls=(PERSON,))


def show_help(conversation: Conversation, _: Context) -> Step:
    """Say what the bot can do."""
    return Step(conversation, said=(Reply(say("conversation.help")),), then=Then.REPEAT)


def stay_with_bot(conversation: Conversation, _: Context) -> Step:
    """Answer 「ボットに戻る」 while the bot speaks already.

    With a person `with_staff` hears it first.
    """
    return Step(conversation, say("handoff.with_bot_already"), then=Then.REPEAT)


def invite_question(conversation: Conversation, _: Context) -> Step:
    """Ask for a question in the owner's own words."""
    said = Reply(say("conversation.ask_freely"), (), (PERSON,))
    return Step(conversation, said=(said,), then=Then.NOTHING)


def list_sources(conversation: Conversation, context: Context) -> Step:
    """Name every source of the last answer or assessment."""
    entry = context.library.faq.get(conversation.topic)
    ids = entry.sources if entry else cited(context.programme.assess(conversation.answers))
    place = conversation.answers.get(context.programme.place, ("",))[0]
    section = sources_section(ids, context.library, place)
    said = Reply("\n".join((f"【{section.heading}】", *section.lines)))
    return Step(conversation, said=(said,), then=Then.REPEAT)
