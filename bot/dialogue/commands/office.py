"""Show the office or person to call, at once where the place is known."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.commands.going import begin_flow
from bot.interview.buttons import PERSON, RESUME
from bot.interview.outcomes import office_reply, outcome_office
from bot.interview.standing import open_question, replay_flow
from bot.model.conversation import Conversation
from bot.model.messages import Choice, Reply
from bot.model.turn import Context, PersonWanted, Step, Then
from bot.presentation.wording import say
from flows.flow import ASSESSMENT, URGENT
from knowledge.place_names.places import PREFECTURES


def show_office(conversation: Conversation, context: Context, place: str = "") -> Step:
    """Show the office to call, or ask for the place.

    It is that of the named place, of the result, or of the owner's place. A place named with the
    wish for a number moves nobody: the owner's own place stays as it is.
    """
    state = replay_flow(conversation, context.programme)
    if place:
        return _show_office_of(place, conversation, context)
    if state is not None and state.state in (ASSESSMENT, URGENT):
        office = outcome_office(conversation, state.state, context)
        return Step(conversation, said=(office,), then=Then.NOTHING, notices=("number",))
    if _is_place_known(conversation, context):
        office = office_reply(conversation, None, context, _ways_on(conversation, context))
        return Step(conversation, said=(office,), then=Then.NOTHING, notices=("number",))
    if first := _first_today(conversation, context):
        lead = say("offices.place_first_urgent", first=first)
        return Step(conversation, lead, then=Then.REPEAT, notices=("number",))
    begun = begin_flow(context.programme.office_flow, conversation, context)
    return replace(begun, lead=say("offices.place_first"), notices=("number",))


def _first_today(conversation: Conversation, context: Context) -> str:
    """Find what to do first of all, while an emergency waits only for the place, or ""."""
    programme = context.programme
    question = open_question(conversation, programme)
    if question is None or question.id != programme.place:
        return ""
    if not programme.is_pressing(conversation.answers):
        return ""
    return next((each.first for each in programme.today(conversation.answers)), "")


def _show_office_of(place: str, conversation: Conversation, context: Context) -> Step:
    asked_for = conversation.answered(context.programme.place, (place,))
    office = office_reply(asked_for, None, context, _ways_on(conversation, context))
    known = _is_place_known(conversation, context)
    hint = conversation.place_hint if known else (place, PREFECTURES[place])
    after = replace(conversation, place_hint=hint)
    return Step(after, said=(office,), then=Then.NOTHING, notices=("number",))


def _is_place_known(conversation: Conversation, context: Context) -> bool:
    return conversation.answers.get(context.programme.place, ("",))[0] in PREFECTURES


def _ways_on(conversation: Conversation, context: Context) -> tuple[Choice, ...]:
    is_open = open_question(conversation, context.programme) is not None
    return (RESUME, PERSON) if is_open else (PERSON,)


def show_who_takes_calls(conversation: Conversation, context: Context) -> Step:
    """Say that nobody answers here, and whom to call and when.

    A bot without people behind it does not pretend to have any.
    """
    after, then = conversation, Then.REPEAT
    is_open = open_question(conversation, context.programme) is not None
    if not is_open and not _is_place_known(conversation, context):
        after = replace(
            conversation,
            flow=conversation.flow or context.programme.office_flow,
            asking_again=context.programme.place,
        )
        then = Then.ASK
    office = office_reply(conversation, None, context, ())
    return Step(
        after,
        said=(Reply(say("handoff.person_no_desk")), office),
        then=then,
        effects=(PersonWanted(),),
        notices=("person",),
    )
