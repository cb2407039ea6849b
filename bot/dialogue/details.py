"""Show the details behind a result on tap."""

from __future__ import annotations

from bot.interview.buttons import AFTERWARDS
from bot.interview.outcomes import afterwards_reply, detail_reply, offices_reply
from bot.interview.standing import replay_flow
from bot.model.conversation import Conversation
from bot.model.messages import Reply, read_value
from bot.model.turn import Context, Step, Then
from bot.presentation.cards.detail_cards import Detail
from bot.presentation.wording import say
from flows.flow import ASSESSMENT

_AFTERWARDS = (read_value(AFTERWARDS.value) or ("", ""))[1]


def show_detail(conversation: Conversation, detail: str, context: Context) -> Step | None:
    """Show one detail of the result, or None for an unknown name."""
    if detail == _AFTERWARDS:
        return _show_afterwards(conversation, context)
    if detail not in set(Detail):
        return None
    reply = _reply(Detail(detail), conversation, context)
    if reply is None:
        return Step(conversation, say("cards.no_result_yet"), then=Then.REPEAT)
    return Step(conversation, said=(reply,), then=Then.NOTHING)


def has_detail(conversation: Conversation, detail: str, context: Context) -> bool:
    """Tell whether there is something behind the button of a detail."""
    if detail == _AFTERWARDS:
        return bool(context.programme.today(conversation.answers))
    return _reply(Detail(detail), conversation, context) is not None


def _reply(detail: Detail, conversation: Conversation, context: Context) -> Reply | None:
    state = replay_flow(conversation, context.programme)
    if state is not None and state.state == ASSESSMENT:
        return detail_reply(detail, conversation, context)
    return offices_reply(conversation, context) if detail is Detail.OFFICES else None


def _show_afterwards(conversation: Conversation, context: Context) -> Step:
    if not context.programme.today(conversation.answers):
        return Step(conversation, say("cards.no_result_yet"), then=Then.REPEAT)
    reply = afterwards_reply(conversation, context)
    return Step(conversation, said=(reply,), then=Then.NOTHING)
