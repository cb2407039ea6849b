"""Show what a questionnaire leads to: the verdict, the path and the office."""

from __future__ import annotations

from bot.interview.buttons import (
    ASK,
    CORRECT,
    DIAGNOSE,
    DIAGNOSE_FULLY,
    PERSON,
    QUALIFY,
    RESTART,
    THE_REST,
    choose_place,
    go_on,
)
from bot.model.conversation import Conversation
from bot.model.messages import Choice, Reply, from_card
from bot.model.turn import Context
from bot.presentation import cards, center_cards
from flows.flow import OFFICE, UNKNOWN, URGENT
from flows.support import SupportPath
from knowledge.place_names.places import PREFECTURES


def outcome(conversation: Conversation, state: str, context: Context) -> tuple[Reply, ...]:
    """Show an outcome in full: verdict, path and office, or today's steps."""
    if state == URGENT:
        first = from_card(cards.today_card(conversation.answers, context))
        return (first, urgent_end(conversation, context))
    if state == OFFICE:
        return (office_reply(conversation, None, context, (DIAGNOSE, QUALIFY, ASK, PERSON)),)
    flow = context.programme.flows[conversation.flow]
    answers = conversation.answers
    assessment = context.programme.assess(answers)
    return (
        from_card(cards.verdict_card(flow, answers, assessment, context.programme)),
        from_card(cards.path_card(answers, assessment, context)),
        outcome_office(conversation, state, context),
    )


def outcome_office(conversation: Conversation, state: str, context: Context) -> Reply:
    """Show the office that an outcome leads to, with the ways on."""
    if state == URGENT:
        return urgent_end(conversation, context)
    next_step = (DIAGNOSE_FULLY,) if conversation.flow != context.programme.main else ()
    rest = (THE_REST,) if conversation.brief else ()
    choices = (*rest, *next_step, CORRECT, ASK, PERSON, RESTART)
    path = context.programme.assess(conversation.answers).route.main.path
    return office_reply(conversation, path, context, choices)


def urgent_end(conversation: Conversation, context: Context) -> Reply:
    """Show the office after urgent trouble, what to say there, and the way back."""
    say = next((each.say for each in context.programme.today(conversation.answers)), "")
    return office_reply(conversation, None, context, (go_on(context.programme), PERSON, ASK), say)


def office_reply(
    conversation: Conversation,
    path: SupportPath | None,
    context: Context,
    choices: tuple[Choice, ...],
    say: str = "",
) -> Reply:
    """Show the office of the owner's prefecture, or where to look it up."""
    code = conversation.answers.get(context.programme.place, (UNKNOWN.id,))[0]
    if code in PREFECTURES:
        offices = context.library.directory.for_prefecture(code)
        card = center_cards.center_card(offices, path, context.now, context.library, say)
        return from_card(card, choices)
    return from_card(
        center_cards.directory_card(context.now, context.library),
        (choose_place(context.programme), *choices),
    )
