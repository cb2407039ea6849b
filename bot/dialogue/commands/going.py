"""Move about in the questionnaire.

Begin, go on, go back, begin again, correct an answer.
"""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.figures.asking import go_back_figure
from bot.interview.buttons import PERSON
from bot.interview.figure_prompts import figure_asked
from bot.interview.prompts import correction_list
from bot.interview.standing import correctable, last_asked, replay_flow
from bot.model.conversation import Conversation
from bot.model.turn import Context, Step, Then
from bot.presentation.wording import say
from flows.flow import URGENT


def begin_flow(flow_id: str, conversation: Conversation, context: Context) -> Step:
    """Start a questionnaire, or go on where it stands.

    Given answers are not asked again.
    """
    if flow_id not in context.programme.flows:
        return Step(conversation, then=Then.REPEAT)
    after = conversation.with_changes(flow=flow_id, asking_again="", adding="")
    state = replay_flow(after, context.programme)
    is_fresh = state is not None and not state.passed and state.question is not None
    return Step(
        after,
        say("conversation.start") if is_fresh and flow_id != context.programme.office_flow else "",
    )


def begin_together(conversation: Conversation, context: Context) -> Step:
    """Answer 「どうしたらいい」 by the next question, with a person within reach."""
    flow = conversation.flow or context.programme.main
    after = replace(conversation, flow=flow)
    return Step(after, say("conversation.one_by_one"), then=Then.REPEAT, controls=(PERSON,))


def go_back(conversation: Conversation, context: Context) -> Step:
    """Take back the last answer that was asked for, code or restart.

    What a story told stays, as nobody would ask for it again.
    """
    if figure_asked(conversation):
        return go_back_figure(conversation, context)
    if conversation.asking_again:
        return Step(conversation.with_changes(asking_again=""))
    if conversation.code:
        return _restore(conversation, code="")
    if last := conversation.adding or last_asked(conversation, context.programme):
        return _undo(conversation, last, context)
    if conversation.earlier:
        return _restore(conversation)
    return _offer_corrections(conversation, context)


def _offer_corrections(conversation: Conversation, context: Context) -> Step:
    """Say that nothing was asked before, and list what was told."""
    if correctable(conversation, context.programme):
        return replace(list_corrections(conversation, context), lead=say("answers.only_told"))
    return Step(conversation, say("answers.nothing_to_undo"), then=Then.REPEAT)


def _restore(conversation: Conversation, **changes: str) -> Step:
    """Bring back the answers from before the last start from the beginning."""
    after = conversation.with_changes(answers=conversation.earlier, earlier={})
    return Step(replace(after, code=changes.get("code", after.code)), say("answers.restored"))


def _undo(conversation: Conversation, question_id: str, context: Context) -> Step:
    programme = context.programme
    question = programme.questions.get(question_id)
    options = conversation.answers.get(question_id, ())
    flow = programme.flows.get(conversation.flow)
    is_put_again = flow and question_id in flow.never_asked and question_id != programme.emergency
    # What was put to them came with the answer that goes: it would stand before every question.
    likely = {question_id: options} if is_put_again else {}
    after = replace(conversation.without(question_id), adding="", likely=likely)
    labels = question.labels(options) if question else ""
    return Step(after, say("answers.asked_before", labels=labels))


def list_corrections(conversation: Conversation, context: Context) -> Step:
    """Show the answers, each to be corrected."""
    listed = correction_list(conversation, context.programme)
    return Step(conversation, said=(listed,), then=Then.NOTHING)


def restart(conversation: Conversation, context: Context) -> Step:
    """Begin from the beginning. 「戻る」 brings the answers back."""
    in_office = conversation.flow == context.programme.office_flow
    after = conversation.with_changes(
        flow=context.programme.main if in_office else conversation.flow,
        answers={},
        likely={},
        earlier=conversation.answers or conversation.earlier,
        asking_again="",
        adding="",
        place_hint=None,
        brief=(),
        picture="",
        figure_again="",
    )
    return Step(after, say("answers.restarted"))


def resume(conversation: Conversation, context: Context) -> Step:
    """Go on with the questionnaire, also after urgent trouble."""
    after = conversation.with_changes(asking_again="")
    state = replay_flow(after, context.programme)
    if state is None:
        return Step(after, say("answers.not_begun"))
    if state.question is None and after.brief:
        return Step(replace(after, brief=()), say("answers.the_rest"))
    if state.state == URGENT and not conversation.asking_again:
        after = after.answered(context.programme.emergency, (context.programme.handled,))
    return Step(after)
