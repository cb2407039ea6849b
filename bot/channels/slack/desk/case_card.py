"""Draw a case as a card at the head of its thread.

It is drawn again from the conversation whenever the case moves; nothing in it is kept elsewhere.
"""

from __future__ import annotations

from datetime import datetime

from bot.analytics.figures import OUTCOMES
from bot.channels.slack.case_file import wording as file_wording
from bot.channels.slack.case_file.view import OPEN as OPEN_FILE
from bot.channels.slack.desk import wording
from bot.channels.slack.knowledge.number_card import draw_number_buttons
from bot.channels.slack.queue import wording as queue_wording
from bot.channels.slack.ui.blocks import (
    Json,
    actions,
    button,
    confirmation,
    context,
    header,
    labelled,
    overflow,
    paragraph,
    rich_text,
    select,
)
from bot.handoff.waiting import is_snoozed
from bot.interview.case_file import say_due, say_next_step
from bot.interview.standing import open_question
from bot.interview.summary import (
    answer_lines,
    center_line,
    reason_lines,
    urgency_line,
    verdict_line,
)
from bot.model.case import Case, Ending, Outcome, Reason
from bot.model.conversation import Conversation, Mode
from bot.model.messages import Choice
from bot.model.turn import Context
from bot.presentation.case_names import LEVELS, REASONS, name_case
from bot.presentation.limits import cut
from bot.presentation.times import say_moment
from flows.programme import Programme

CLAIM, WRITE, HAND_BACK = "case:claim", "case:write", "case:hand_back"
COMPLETE, REOPEN, MORE = "case:complete", "case:reopen", "case:more"
NAME = "home:name"
"""The home's action that sets the name owners see."""

HAND_ON, SNOOZE, OUTCOME = "queue:hand_on", "queue:snooze", "queue:outcome"
MOVE_DESK = "queue:move_desk"

_FIELD, _LINE = 2000, 500

_MENU = {
    OPEN_FILE: file_wording.OPEN_BUTTON,
    HAND_ON: queue_wording.HAND_ON_BUTTON,
    SNOOZE: queue_wording.SNOOZE_BUTTON,
    MOVE_DESK: queue_wording.MOVE_DESK_BUTTON,
}


def draw_card(conversation: Conversation, about: Context) -> Json:
    """Draw the message that heads a case's thread.

    `conversation` is the owner's; one without a case any more says so.
    """
    case = conversation.case
    if case is None:
        return {"text": wording.NO_CASE, "blocks": [context(wording.NO_CASE)]}
    grave = f"{wording.MARKS[case.reason]} {LEVELS[case.reason]}"
    name = name_case(case, conversation.answers, about.programme)
    state = _describe_state(conversation, case, about.now)
    blocks = [
        header(wording.title_case(grave, name)),
        paragraph(*_draw_lines(conversation, case, about), *_draw_holder(case)),
        *_draw_last_said(conversation, about),
        *actions(_draw_buttons(conversation, case, about)),
    ]
    why = REASONS[case.reason]
    return {"text": wording.notify_case(grave, name, state, why), "blocks": blocks}


def _describe_state(conversation: Conversation, case: Case, now: datetime) -> str:
    if case.ending:
        return wording.ENDINGS[case.ending]
    if is_snoozed(case, now) and case.snoozed_until:
        return wording.say_put_aside(say_moment(case.snoozed_until))
    if conversation.mode is Mode.WITH_STAFF:
        return wording.IN_HAND
    return wording.LATE if case.nudged else wording.WAITING


def _draw_holder(case: Case) -> list[list[Json]]:
    """Name the holder of the case.

    A user element in a changed message calls nobody.
    """
    if not case.holder:
        return [labelled(wording.HOLDER, wording.NO_HOLDER)]
    return [labelled(wording.HOLDER, ""), [{"type": "user", "user_id": case.holder}]]


def _draw_lines(conversation: Conversation, case: Case, about: Context) -> list[list[Json]]:
    """Draw a line for each thing known, why a person is needed first."""
    details, programme = conversation.details, about.programme
    promised = (
        wording.REPLIED if case.first_reply_at else wording.promise_by(say_moment(case.promised_by))
    )
    known = (
        (wording.FIELD_STATE, _describe_state(conversation, case, about.now)),
        (wording.FIELD_REASON, REASONS[case.reason]),
        (wording.FIELD_URGENCY, urgency_line(conversation, programme)),
        (wording.FIELD_STORY, details.story),
        (wording.FIELD_DUE, say_due(details)),
        (wording.FIELD_NEXT, say_next_step(details)),
        (wording.FIELD_SINCE, say_moment(case.opened_at)),
        (wording.FIELD_FIRST_REPLY, promised),
        (wording.FIELD_VERDICT, verdict_line(conversation, programme)),
        (wording.FIELD_OFFICE, center_line(conversation, about)),
    )
    return [labelled(name, f"{cut(value, _LINE)}\n") for name, value in known if value]


def _draw_last_said(conversation: Conversation, about: Context) -> list[Json]:
    """Say what the bot last answered and asked before a person was wanted."""
    entry = about.library.faq.get(conversation.topic)
    question = open_question(conversation, about.programme)
    shown = [
        wording.last_answered(entry.question) if entry else "",
        wording.last_asked(question.text) if question else "",
    ]
    lines = "\n".join(filter(None, shown))
    return [context(cut(lines, _FIELD))] if lines else []


def _draw_buttons(conversation: Conversation, case: Case, about: Context) -> list[Json]:
    elsewhere = (MOVE_DESK,) if about.policy.regions else ()
    is_dark = case.reason is Reason.DESPAIR
    complete = button(
        wording.COMPLETE_BUTTON,
        COMPLETE,
        case.id,
        confirm=confirmation(
            wording.COMPLETE_TITLE,
            wording.COMPLETE_AFTER_DESPAIR if is_dark else wording.COMPLETE,
            wording.COMPLETE_YES,
        ),
    )
    file = button(file_wording.OPEN_BUTTON, OPEN_FILE, case.id)
    if case.ending in (Ending.HANDED_BACK, Ending.COMPLETED):
        return [button(wording.REOPEN_BUTTON, REOPEN, case.id), file, *_draw_outcome(case)]
    if case.ending:
        return [file]
    if conversation.mode is Mode.WITH_STAFF:
        return [
            button(wording.WRITE_BUTTON, WRITE, case.id, style="primary"),
            button(wording.HAND_BACK_BUTTON, HAND_BACK, case.id),
            complete,
            _draw_menu(case, OPEN_FILE, HAND_ON, SNOOZE, *elsewhere),
        ]
    return [
        button(wording.CLAIM_BUTTON, CLAIM, case.id, style="primary"),
        file,
        complete,
        _draw_menu(case, HAND_ON, SNOOZE, *elsewhere),
    ]


def _draw_menu(case: Case, *things: str) -> Json:
    return overflow(MORE, [Choice(_MENU[each], f"{each}|{case.id}") for each in things])


def _draw_outcome(case: Case) -> list[Json]:
    """Draw the outcome of a completed case, to be chosen or changed."""
    if case.ending is not Ending.COMPLETED:
        return []
    labels = OUTCOMES
    choices = [Choice(labels[each], f"{case.id}|{each}") for each in Outcome]
    chosen = f"{case.id}|{case.outcome}" if case.outcome else None
    return [select(queue_wording.OUTCOME_PLACEHOLDER, OUTCOME, choices, chosen)]


def draw_history(conversation: Conversation, programme: Programme) -> Json:
    """Draw the answers given so far and the reasons of the verdict."""
    answers = (
        "\n".join(f"・{line}" for line in answer_lines(conversation, programme))
        or wording.NO_ANSWERS_YET
    )
    reasons = "\n".join(reason_lines(conversation, programme))
    blocks = [
        paragraph(
            rich_text(f"{wording.ANSWERS_SO_FAR}\n", bold=True), rich_text(cut(answers, 2800))
        )
    ]
    if reasons:
        blocks.append(
            paragraph(
                rich_text(f"{wording.VERDICT_REASONS}\n", bold=True), rich_text(cut(reasons, 2800))
            )
        )
    blocks.append(context(wording.ANSWERS_ONLY))
    # It stands in the thread, since the card must stay short on a phone.
    blocks += actions(draw_number_buttons(conversation.answers, programme))
    return {"text": wording.ANSWERS_SO_FAR, "blocks": blocks}
