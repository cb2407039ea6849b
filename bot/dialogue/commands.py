"""What an owner can ask of the bot itself: back, correct, start again, a person, forget, help."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.dialogue.answers import ask_again
from bot.dialogue.heard import Heard
from bot.handoff import consent
from bot.interview.prompts import (
    MENU_CHOICES,
    PERSON,
    correctable,
    correction_list,
    flow_of,
    office_reply,
    open_question,
    outcome_office,
    replay_flow,
)
from bot.model.conversation import Conversation
from bot.model.messages import Reply
from bot.model.turn import (
    CaseMoved,
    Context,
    Effect,
    Forget,
    Move,
    PersonWanted,
    SetTimer,
    Step,
    Then,
)
from bot.presentation import wording
from bot.presentation.cards import cited, sources_section
from bot.understand import command_in, correction_in, is_label
from bot.understand.phrases import Command
from flows.flow import ASSESSMENT, URGENT, Question
from knowledge.place_names.places import PREFECTURES


def match_command(conversation: Conversation, heard: Heard, context: Context) -> Step | None:
    """Carry out a command, or the wish to answer a question again; no label is one."""
    question = open_question(conversation, context.programme)
    if question and is_label(heard.text, question):
        return None
    if corrected := correction_in(heard.text, _answered_questions(conversation, context)):
        return ask_again(conversation, context.programme.questions[corrected], context)
    command = command_in(heard.text)
    return run_command(command, conversation, context) if command else None


def _answered_questions(conversation: Conversation, context: Context) -> dict[str, Question]:
    return {
        id_: context.programme.questions[id_]
        for id_ in conversation.answers
        if id_ in context.programme.questions
    }


def run_command(command: Command, conversation: Conversation, context: Context) -> Step:
    """Carry a command out."""
    if command is Command.PERSON and context.desk:
        return consent.ask(conversation, context)  # the misses are its business
    after = replace(conversation, misses=0)
    if command in (Command.DIAGNOSE, Command.QUALIFY):
        flow = context.programme.commands.get(command, context.programme.main)
        return begin_flow(flow, after, context)
    return _COMMANDS[command](after, context)


def begin_flow(flow_id: str, conversation: Conversation, context: Context) -> Step:
    """Start a questionnaire, or go on where it stands; answers given are not asked again."""
    if flow_id not in context.programme.flows:
        return Step(conversation, then=Then.REPEAT)
    after = replace(conversation, flow=flow_id, asking_again="", adding="")
    state = replay_flow(after, context.programme)
    is_fresh = state is not None and not state.passed and state.question is not None
    return Step(
        after, wording.START if is_fresh and flow_id != context.programme.office_flow else ""
    )


def _go_back(conversation: Conversation, context: Context) -> Step:
    if conversation.asking_again:
        return Step(replace(conversation, asking_again=""))
    if conversation.code:
        return _restore(conversation, code="")
    state = replay_flow(conversation, context.programme)
    last = conversation.adding or (state.passed[-1] if state and state.passed else "")
    if last:
        return _undo(conversation, last, context)
    if conversation.earlier:
        return _restore(conversation)
    return Step(conversation, wording.NOTHING_TO_UNDO, then=Then.REPEAT)


def _restore(conversation: Conversation, **changes: str) -> Step:
    """Bring back the answers from before the last start from the beginning."""
    after = replace(conversation, answers=conversation.earlier, earlier={})
    return Step(replace(after, code=changes.get("code", after.code)), wording.RESTORED)


def _undo(conversation: Conversation, question_id: str, context: Context) -> Step:
    question = context.programme.questions.get(question_id)
    labels = question.labels(conversation.answers.get(question_id, ())) if question else ""
    after = replace(conversation.without(question_id), adding="")
    return Step(after, wording.asked_before(labels))


def _list_corrections(conversation: Conversation, context: Context) -> Step:
    return Step(
        conversation, said=(correction_list(conversation, context.programme),), then=Then.NOTHING
    )


def _restart(conversation: Conversation, context: Context) -> Step:
    after = replace(
        conversation,
        flow=context.programme.main
        if conversation.flow == context.programme.office_flow
        else conversation.flow,
        answers={},
        earlier=conversation.answers or conversation.earlier,
        asking_again="",
        adding="",
        place_hint=None,
    )
    return Step(after, wording.RESTARTED)


def _resume(conversation: Conversation, context: Context) -> Step:
    """Go on; after urgent trouble that means on with the questionnaire."""
    after = replace(conversation, asking_again="")
    state = replay_flow(after, context.programme)
    if state and state.state == URGENT and not conversation.asking_again:
        after = after.answered(context.programme.emergency, (context.programme.handled,))
    return Step(after)


def _show_office(conversation: Conversation, context: Context) -> Step:
    """Show the office: that of the result where there is one, else by asking for the place."""
    state = replay_flow(conversation, context.programme)
    if state is None or state.state not in (ASSESSMENT, URGENT):
        return begin_flow(context.programme.office_flow, conversation, context)
    office = outcome_office(conversation, state.state, context)
    return Step(conversation, said=(office,), then=Then.NOTHING)


def _show_progress(conversation: Conversation, context: Context) -> Step:
    flow, state = (
        flow_of(conversation, context.programme),
        replay_flow(conversation, context.programme),
    )
    if flow is None or state is None:
        return Step(conversation, wording.NOTHING_ANSWERED, then=Then.REPEAT)
    answered = correctable(conversation, context.programme)[::-1]
    lines = [
        f"・{question.title}：{question.labels(conversation.answers[question.id])}"
        for question in answered
    ]
    total = len(answered) + state.remaining
    opening = (
        wording.where(len(answered) + 1, total, len(answered))
        if state.question
        else wording.finished(len(answered))
    )
    return Step(conversation, "\n".join((opening, *lines)), then=Then.REPEAT)


def _show_who_takes_calls(conversation: Conversation, context: Context) -> Step:
    """Without people behind the bot nothing pretends that there are: who takes calls, and when."""
    is_known = conversation.answers.get(context.programme.place, ("",))[0] in PREFECTURES
    after, then = conversation, Then.REPEAT
    if not is_known and not open_question(conversation, context.programme):
        after = replace(
            conversation,
            flow=conversation.flow or context.programme.office_flow,
            asking_again=context.programme.place,
        )
        then = Then.ASK
    office = office_reply(conversation, None, context, ())
    return Step(
        after,
        said=(Reply(wording.PERSON_NO_DESK), office),
        then=then,
        effects=(PersonWanted(),),
        notices=("person",),
    )


def _forget(conversation: Conversation, _: Context) -> Step:
    """Empty at once; staff are told, also of a case that has ended, so that theirs goes too."""
    empty = Conversation(conversation.key, last_seen=conversation.last_seen)
    effects: tuple[Effect, ...] = (Forget(),)
    if case := conversation.case:
        effects = (Forget(), CaseMoved(Move.FORGOTTEN), SetTimer(case.timer, None))
    said = Reply(wording.FORGOTTEN, MENU_CHOICES)
    return Step(empty, said=(said,), then=Then.NOTHING, effects=effects, notices=("forget",))


def _stay_with_bot(conversation: Conversation, _: Context) -> Step:
    """「ボットに戻る」 while the bot is there; with a person it is heard before this."""
    return Step(conversation, wording.WITH_BOT_ALREADY, then=Then.REPEAT)


def _show_help(conversation: Conversation, _: Context) -> Step:
    return Step(conversation, said=(Reply(wording.HELP),), then=Then.REPEAT)


def _invite_question(conversation: Conversation, _: Context) -> Step:
    said = Reply(wording.ASK_FREELY, (), (PERSON,))
    return Step(conversation, said=(said,), then=Then.NOTHING)


def _list_sources(conversation: Conversation, context: Context) -> Step:
    """Name every source of what was said last: the answer shown, or the assessment."""
    entry = context.library.faq.get(conversation.topic)
    ids = entry.sources if entry else cited(context.programme.assess(conversation.answers))
    section = sources_section(ids, context.library, most=len(ids))
    said = Reply("\n".join((f"【{section.heading}】", *section.lines)))
    return Step(conversation, said=(said,), then=Then.REPEAT)


_COMMANDS: Mapping[Command, Callable[[Conversation, Context], Step]] = {
    Command.BACK: _go_back,
    Command.CORRECT: _list_corrections,
    Command.RESTART: _restart,
    Command.RESUME: _resume,
    Command.WHERE: _show_progress,
    Command.PERSON: _show_who_takes_calls,
    Command.FORGET: _forget,
    Command.HELP: _show_help,
    Command.CENTER: _show_office,
    Command.ASK: _invite_question,
    Command.SOURCES: _list_sources,
    Command.BOT: _stay_with_bot,
}
