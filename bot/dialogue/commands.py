"""What an owner can ask of the bot itself: back, correct, start again, a person, forget, help."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.handoff import consent
from bot.interview.prompts import (
    MENU_CHOICES,
    PERSON,
    center_reply,
    correctable,
    correction_list,
    flow_of,
    led,
    open_question,
    prompt,
    reminder,
    standing,
)
from bot.model.conversation import Conversation
from bot.model.messages import Reply, choice
from bot.model.turn import CaseMoved, Context, Effect, Forget, Move, PersonWanted, SetTimer, Turn
from bot.presentation import wording
from bot.presentation.cards import cited, sources_section
from bot.understand.phrases import Command
from flows.keiei.catalog import FLOWS, QUESTIONS
from flows.keiei.diagnosis import ASSESSMENT, URGENT
from flows.keiei.eligibility import assess
from knowledge.place_names.places import PREFECTURES


def do(command: Command, conversation: Conversation, context: Context) -> Turn:
    """Carry a command out."""
    if command is Command.PERSON and context.desk:
        return consent.ask(conversation, context)  # the misses are its business
    return _COMMANDS[command](replace(conversation, misses=0), context)


def begin(flow_id: str, conversation: Conversation, context: Context) -> Turn:
    """Start a questionnaire, or go on where it stands; answers given already are not asked again."""
    if flow_id not in FLOWS:
        return Turn(conversation, (reminder(conversation),))
    after = replace(conversation, flow=flow_id, asking_again="", adding="")
    stands = standing(after)
    fresh = stands is not None and not stands.passed and stands.question is not None
    lead = wording.START if fresh and flow_id != "center" else ""
    return Turn(after, led(lead, prompt(after, context)))


def _back(conversation: Conversation, context: Context) -> Turn:
    if conversation.asking_again:
        after = replace(conversation, asking_again="")
        return Turn(after, prompt(after, context))
    if conversation.code:
        after = replace(conversation, answers=conversation.earlier, earlier={}, code="")
        return Turn(after, led(wording.RESTORED, prompt(after, context)))
    stands = standing(conversation)
    last = conversation.adding or (stands.passed[-1] if stands and stands.passed else "")
    if last:
        return _undo(conversation, last, context)
    if conversation.earlier:
        after = replace(conversation, answers=conversation.earlier, earlier={})
        return Turn(after, led(wording.RESTORED, prompt(after, context)))
    return Turn(conversation, led(wording.NOTHING_TO_UNDO, (reminder(conversation),)))


def _undo(conversation: Conversation, question_id: str, context: Context) -> Turn:
    question = QUESTIONS.get(question_id)
    labels = question.labels(conversation.answers.get(question_id, ())) if question else ""
    after = replace(conversation.without(question_id), adding="")
    return Turn(after, led(wording.asked_before(labels), prompt(after, context)))


def _correct(conversation: Conversation, _: Context) -> Turn:
    return Turn(conversation, (correction_list(conversation),))


def _restart(conversation: Conversation, context: Context) -> Turn:
    after = replace(
        conversation,
        flow=conversation.flow if conversation.flow != "center" else "diagnosis",
        answers={},
        earlier=conversation.answers or conversation.earlier,
        asking_again="",
        adding="",
        place_hint=None,
    )
    return Turn(after, led(wording.RESTARTED, prompt(after, context)))


def _resume(conversation: Conversation, context: Context) -> Turn:
    """Go on; after urgent trouble that means on with the questionnaire."""
    after = replace(conversation, asking_again="")
    stands = standing(after)
    if stands and stands.state == URGENT and not conversation.asking_again:
        after = after.answered("emergency", ("handled",))
    return Turn(after, prompt(after, context))


def _center(conversation: Conversation, context: Context) -> Turn:
    """The desk: that of the result where there is one, else by asking for the place."""
    stands = standing(conversation)
    if stands is None or stands.state not in (ASSESSMENT, URGENT):
        return begin("center", conversation, context)
    desk = prompt(conversation, context)[-1]
    return Turn(conversation, (desk,))


def _where(conversation: Conversation, _: Context) -> Turn:
    flow, stands = flow_of(conversation), standing(conversation)
    if flow is None or stands is None:
        return Turn(conversation, led(wording.NOTHING_ANSWERED, (reminder(conversation),)))
    answered = correctable(conversation)[::-1]
    lines = [
        f"・{question.title}：{question.labels(conversation.answers[question.id])}"
        for question in answered
    ]
    total = len(answered) + stands.remaining
    opening = (
        wording.where(len(answered) + 1, total, len(answered))
        if stands.question
        else wording.finished(len(answered))
    )
    return Turn(conversation, led("\n".join((opening, *lines)), (reminder(conversation),)))


def _person(conversation: Conversation, context: Context) -> Turn:
    """Without people behind the bot nothing pretends that there are: who takes calls, and when."""
    known = conversation.answers.get("prefecture", ("",))[0] in PREFECTURES
    after = conversation
    if not known and not open_question(conversation):
        after = replace(conversation, flow=conversation.flow or "center", asking_again="prefecture")
    desk = center_reply(conversation, None, context, ())
    rest = reminder(after) if known or open_question(conversation) else prompt(after, context)[0]
    return Turn(
        after, (Reply(wording.PERSON_NO_DESK), desk, rest), (PersonWanted(),), notices=("person",)
    )


def _forget(conversation: Conversation, _: Context) -> Turn:
    """Empty at once; staff are told, also of a case that has ended, so that theirs goes too."""
    empty = Conversation(conversation.key, last_seen=conversation.last_seen)
    effects: tuple[Effect, ...] = (Forget(),)
    if case := conversation.case:
        effects = (Forget(), CaseMoved(Move.FORGOTTEN), SetTimer(case.timer, None))
    return Turn(empty, (Reply(wording.FORGOTTEN, MENU_CHOICES),), effects, notices=("forget",))


def _bot(conversation: Conversation, _: Context) -> Turn:
    """「ボットに戻る」 while the bot is there; with a person it is heard before this."""
    return Turn(conversation, led(wording.WITH_BOT_ALREADY, (reminder(conversation),)))


def _help(conversation: Conversation, _: Context) -> Turn:
    return Turn(conversation, (Reply(wording.HELP), reminder(conversation)))


def _ask(conversation: Conversation, _: Context) -> Turn:
    back = (choice("診断にもどる", "do", "resume"),) if open_question(conversation) else ()
    return Turn(conversation, (Reply(wording.ASK_FREELY, back, (PERSON,)),))


def _sources(conversation: Conversation, context: Context) -> Turn:
    """Every source of what was said last: the answer shown, or the assessment."""
    entry = context.library.faq.get(conversation.topic)
    ids = entry.sources if entry else cited(assess(conversation.answers))
    section = sources_section(ids, context.library, most=len(ids))
    said = Reply("\n".join((f"【{section.heading}】", *section.lines)))
    return Turn(conversation, (said, reminder(conversation)))


_COMMANDS: Mapping[Command, Callable[[Conversation, Context], Turn]] = {
    Command.BACK: _back,
    Command.CORRECT: _correct,
    Command.RESTART: _restart,
    Command.RESUME: _resume,
    Command.WHERE: _where,
    Command.PERSON: _person,
    Command.FORGET: _forget,
    Command.HELP: _help,
    Command.DIAGNOSE: lambda conversation, context: begin("diagnosis", conversation, context),
    Command.QUALIFY: lambda conversation, context: begin("qualify", conversation, context),
    Command.CENTER: _center,
    Command.ASK: _ask,
    Command.SOURCES: _sources,
    Command.BOT: _bot,
}
