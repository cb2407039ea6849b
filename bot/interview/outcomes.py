"""Show the end of a questionnaire as one card, with the rest on tap."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.interview.buttons import (
    AFTERWARDS,
    ASK,
    CENTER,
    CORRECT,
    DIAGNOSE,
    DIAGNOSE_FULLY,
    PAPERS,
    PERSON,
    QUALIFY,
    RESULT_AGAIN,
    SHEET,
    THE_REST,
    choose_place,
    follow_choices,
    go_on,
)
from bot.interview.figure_prompts import PICTURE
from bot.model.conversation import Conversation
from bot.model.messages import Choice, Reply, choice, from_card
from bot.model.turn import Context
from bot.presentation.cards import center_cards, detail_cards, result_cards, urgent_cards
from bot.presentation.cards.detail_cards import Detail, Result
from bot.presentation.limits import LINE
from bot.presentation.wording import say
from flows.advice import Guide
from flows.flow import OFFICE, UNKNOWN, URGENT
from flows.support import SupportPath
from knowledge.place_names.places import PREFECTURES

_LABELS = {
    Detail.REASONS: say("buttons.more_reasons"),
    Detail.STEPS: say("buttons.more_steps"),
    Detail.NOTES: say("buttons.more_notes"),
    Detail.COSTS: say("buttons.more_costs"),
    Detail.WISHES: say("buttons.more_wishes"),
    Detail.PAPERS: say("buttons.more_papers"),
    Detail.OFFICES: say("buttons.more_offices"),
    Detail.SOURCES: say("buttons.more_sources"),
}


def outcome(conversation: Conversation, state: str, context: Context) -> tuple[Reply, ...]:
    """Show the outcome on one card, with buttons for its details.

    It says what to do and whom to call.
    """
    if state == URGENT:
        return (_urgent_reply(conversation, context),)
    if state == OFFICE:
        others = (OTHER_OFFICES,) if _is_place_known(conversation, context) else ()
        ways = (*others, DIAGNOSE, QUALIFY)
        return (office_reply(conversation, None, context, ways, controls=(SHEET, ASK, PERSON)),)
    result = result_of(conversation, context)
    card = result_cards.result_card(result.answers, result.assessment, context)
    place = () if _is_place_known(conversation, context) else (choose_place(context.programme),)
    shown = (each for each in detail_cards.details_of(result, context) if each not in _BEHIND)
    details = tuple(map(detail_choice, shown))
    choices = (*_next_steps(conversation, context), *place, *details)
    controls: tuple[Choice, ...] = (SHEET, PICTURE, CORRECT, PERSON)
    if context.follows and len(choices) + len(controls) < LINE.buttons:
        follow = follow_choices(conversation, context.programme)
        controls = (SHEET, PICTURE, *follow, CORRECT, PERSON)
    return (from_card(card, choices, controls),)


def result_of(conversation: Conversation, context: Context) -> Result:
    """Assess the answers of a conversation that has come to its result."""
    flow = context.programme.flows[conversation.flow]
    return Result(flow, conversation.answers, context.programme.assess(conversation.answers))


OTHER_OFFICES = choice(_LABELS[Detail.OFFICES], "more", Detail.OFFICES)


_BEHIND = frozenset({Detail.SOURCES})
"""Details offered behind another. LINE has no room for all below the result."""


def detail_choice(detail: Detail) -> Choice:
    """Make the button to a detail of the result."""
    return choice(_LABELS[detail], "more", detail)


_BESIDE: Mapping[Detail, tuple[Choice, ...]] = {
    Detail.REASONS: (detail_choice(Detail.SOURCES),),
    Detail.PAPERS: (PAPERS,),
}
"""Buttons beside a detail."""


def _next_steps(conversation: Conversation, context: Context) -> tuple[Choice, ...]:
    rest = (THE_REST,) if conversation.brief else ()
    is_main = conversation.flow == context.programme.main
    return rest if is_main else (*rest, DIAGNOSE_FULLY)


def _urgent_reply(conversation: Conversation, context: Context) -> Reply:
    card = urgent_cards.today_card(conversation.answers, context)
    known = _is_place_known(conversation, context)
    place = CENTER if known else choose_place(context.programme)
    return from_card(card, (AFTERWARDS, place, go_on(context.programme)), (SHEET, PERSON, ASK))


def detail_reply(detail: Detail, conversation: Conversation, context: Context) -> Reply | None:
    """Show one detail behind the result, or None without it."""
    card = detail_cards.detail_card(detail, result_of(conversation, context), context)
    guides = guide_choices(result_of(conversation, context).assessment.guides)
    more = {Detail.STEPS: guides, **_BESIDE}.get(detail, ())
    return from_card(card, more, (RESULT_AGAIN, CORRECT, PERSON)) if card else None


def offices_reply(conversation: Conversation, context: Context) -> Reply | None:
    """Show a prefecture's other offices, or None without a place.

    There need be no result.
    """
    offices = result_cards.offices_of(conversation.answers, context.programme, context.library)
    if offices is None:
        return None
    return from_card(
        center_cards.offices_card(offices, None, (), context.now), (), (CENTER, PERSON)
    )


def afterwards_reply(conversation: Conversation, context: Context) -> Reply:
    """Show the steps after the first call in urgent trouble."""
    return from_card(urgent_cards.afterwards_card(conversation.answers, context), (), (PERSON,))


def outcome_office(conversation: Conversation, state: str, context: Context) -> Reply:
    """Show the office that an outcome leads to, with the ways on."""
    if state == URGENT:
        return urgent_end(conversation, context)
    path = context.programme.assess(conversation.answers).route.main.path
    choices = (*_next_steps(conversation, context), RESULT_AGAIN)
    return office_reply(conversation, path, context, choices, controls=(CORRECT, ASK, PERSON))


def guide_choices(guides: Iterable[Guide]) -> tuple[Choice, ...]:
    """List the guides as buttons."""
    return tuple(choice(guide.title, "guide", guide.id) for guide in guides)


def guide_reply(guide: Guide, conversation: Conversation, context: Context) -> Reply:
    """Show a guide, the others that are worth reading, and the way back."""
    offered = context.programme.assess(conversation.answers).guides
    others = guide_choices(each for each in offered if each is not guide)
    card = detail_cards.guide_card(guide, conversation.answers, context.library)
    return from_card(card, others, (RESULT_AGAIN, ASK, PERSON))


def urgent_end(conversation: Conversation, context: Context) -> Reply:
    """Show the office after urgent trouble, and the way back to the questions."""
    today = context.programme.today(conversation.answers)
    words = next((each.words_at_office for each in today), "")
    choices = (go_on(context.programme), PERSON, ASK)
    return office_reply(conversation, None, context, choices, words)


def office_reply(
    conversation: Conversation,
    path: SupportPath | None,
    context: Context,
    choices: tuple[Choice, ...],
    words: str = "",
    controls: tuple[Choice, ...] = (),
) -> Reply:
    """Show the office of the owner's prefecture, or how to look it up."""
    if _is_place_known(conversation, context):
        code = conversation.answers[context.programme.place][0]
        offices = context.library.directory.for_prefecture(code)
        card = center_cards.center_card(offices, path, context.now, context.library, words)
        return from_card(card, choices, controls)
    return from_card(
        center_cards.directory_card(context.now, context.library),
        (choose_place(context.programme), *choices),
        controls,
    )


def _is_place_known(conversation: Conversation, context: Context) -> bool:
    return conversation.answers.get(context.programme.place, (UNKNOWN.id,))[0] in PREFECTURES
