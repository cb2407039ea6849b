"""Find where a conversation stands: the open question, or the outcome reached.

Everything here is computed from the answers, so it can be found again at any time.
"""

from __future__ import annotations

from dataclasses import replace

from bot.interview.figure_prompts import figure_asked
from bot.model.conversation import Conversation
from flows.flow import ASSESSMENT, URGENT, Flow, Question, Standing
from flows.programme import Programme

MENU = "menu"
"""The state of a conversation before its first questionnaire."""


def flow_of(conversation: Conversation, programme: Programme) -> Flow | None:
    """Find the running questionnaire, or None before the first."""
    return programme.flows.get(conversation.flow)


def replay_flow(conversation: Conversation, programme: Programme) -> Standing | None:
    """Replay the answers to find the state of the questionnaire.

    None before the first.
    """
    flow = flow_of(conversation, programme)
    if flow is None:
        return None
    state = flow.replay(conversation.answers)
    if conversation.by_telephone:
        state = _by_telephone(state, conversation, flow, programme)
    return _in_brief(state, conversation, flow, programme) if conversation.brief else state


def _by_telephone(
    state: Standing, conversation: Conversation, flow: Flow, programme: Programme
) -> Standing:
    """Find the state when staff ask a caller.

    The most urgent question comes first, and help for today at once.
    """
    answers = conversation.answers
    if state.question is None or state.question.id == programme.place:
        return state
    if programme.is_pressing(answers):
        if programme.place in answers:
            return replace(state, state=URGENT, question=None, remaining=0)
        return replace(state, state=programme.place, question=flow[programme.place], remaining=1)
    to_ask = state.ahead | {state.question.id}
    left = [each for each in programme.by_telephone if each in to_ask and each not in answers]
    return replace(state, state=left[0], question=flow[left[0]]) if left else state


def _in_brief(
    state: Standing, conversation: Conversation, flow: Flow, programme: Programme
) -> Standing:
    """Find the state when only a few questions are asked.

    Urgent trouble goes its own way, as in the full questionnaire.
    """
    if state.question is None or state.question.id == programme.place:
        return state
    asked = [each for each in conversation.brief if each in flow]
    left = [each for each in asked if each not in conversation.answers]
    passed = tuple(dict.fromkeys((*state.passed, *(each for each in asked if each not in left))))
    question = flow[left[0]] if left else None
    now = question.id if question else ASSESSMENT
    return replace(state, passed=passed, state=now, question=question, remaining=len(left))


def open_question(conversation: Conversation, programme: Programme) -> Question | None:
    """Find the question an answer would go to now.

    That is the one being corrected or added to, or put to the owner, else the next; none while
    figures are asked for.
    """
    if figure_asked(conversation):
        return None
    chosen = conversation.asking_again or conversation.adding or _put_to_them(conversation)
    if chosen in programme.questions:
        return programme.questions[chosen]
    stands = replay_flow(conversation, programme)
    return stands.question if stands else None


def last_asked(conversation: Conversation, programme: Programme) -> str:
    """Find the last question that was asked and answered on the way, or ""."""
    stands = replay_flow(conversation, programme)
    asked = {*stands.passed} - {*conversation.unasked} if stands else set()
    return next((each for each in reversed(tuple(conversation.answers)) if each in asked), "")


def is_asking(conversation: Conversation, programme: Programme) -> bool:
    """Tell whether an answer or a figure is being asked for."""
    return bool(figure_asked(conversation)) or open_question(conversation, programme) is not None


def _put_to_them(conversation: Conversation) -> str:
    """Find the first question whose likely answer is put to the owner, or ""."""
    return next(iter(conversation.likely), "")


def is_confirming(conversation: Conversation, question: Question) -> bool:
    """Tell whether the question is open only to confirm its likely answer."""
    busy = conversation.asking_again or conversation.adding
    return not busy and question.id == _put_to_them(conversation)


def state_of(conversation: Conversation, programme: Programme) -> str:
    """Name the question or outcome reached, `menu` at first."""
    question = open_question(conversation, programme)
    if asked := figure_asked(conversation):
        return asked
    if question:
        return question.id
    stands = replay_flow(conversation, programme)
    return stands.state if stands else MENU


def replay_unended(conversation: Conversation, programme: Programme) -> Standing | None:
    """Replay the answers without the one that more options may still be added to."""
    if not conversation.adding:
        return replay_flow(conversation, programme)
    return replay_flow(conversation.without(conversation.adding), programme)


def count_questions(conversation: Conversation, flow: Flow) -> int:
    """Count the questions of a questionnaire, or of the few that are asked in brief."""
    if conversation.brief:
        return sum(each in flow for each in conversation.brief)
    return flow.replay({}).remaining


def correctable(conversation: Conversation, programme: Programme) -> tuple[Question, ...]:
    """List the answered questions that count or may count, latest first.

    In an emergency all do: the desk and the sheet tell the whole story.
    """
    flow, state = flow_of(conversation, programme), replay_flow(conversation, programme)
    if flow is None or state is None:
        return ()
    counting = conversation.answers if state.state == URGENT else (*state.passed, *state.ahead)
    on_the_way = {each for each in counting if each in flow} - flow.hidden
    return tuple(flow[each] for each in reversed(tuple(conversation.answers)) if each in on_the_way)
