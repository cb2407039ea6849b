"""Say the open question, the outcome, or the menu.

Everything here is computed from the answers, so it can be said again at any time.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from bot.interview.buttons import (
    BACK,
    CENTER,
    CORRECT,
    MENU_CHOICES,
    PERSON,
    RESTART,
    RESULT_AGAIN,
    RESUME,
    TODAY_AGAIN,
    follow_choices,
    go_on,
    region_choices,
)
from bot.interview.figure_prompts import figure_asked, figure_reply
from bot.interview.outcomes import outcome
from bot.interview.standing import (
    correctable,
    count_questions,
    flow_of,
    is_confirming,
    last_asked,
    open_question,
    replay_flow,
    replay_unended,
)
from bot.model.conversation import Conversation
from bot.model.messages import Choice, Progress, Reply, choice
from bot.model.turn import Context
from bot.presentation.source_lines import without_brackets
from bot.presentation.wording import say
from flows.flow import URGENT, Question
from flows.programme import Programme
from knowledge.place_names.places import PREFECTURES

CORRECTIONS_SHOWN = 10
"""Answers listed at once for correction. LINE has 13 buttons with the ways out."""


def way_back(conversation: Conversation, programme: Programme) -> Choice:
    """Make the button back to the open question, with its progress."""
    progress = _progress(conversation, programme)
    label = (
        say("buttons.way_back_at", position=progress.position, total=progress.total)
        if progress
        else say("buttons.way_back")
    )
    return choice(label, "do", "resume")


def prompt(conversation: Conversation, context: Context) -> tuple[Reply, ...]:
    """Say the open question, the outcome in full, or the menu."""
    programme = context.programme
    question = open_question(conversation, programme)
    if figure_asked(conversation):
        return (figure_reply(conversation),)
    if question:
        return (question_reply(conversation, question, programme),)
    stands = replay_flow(conversation, programme)
    if stands is None:
        return (menu(),)
    return outcome(conversation, stands.state, context)


def repeat_prompt(conversation: Conversation, programme: Programme) -> Reply:
    """Repeat the open question, or offer a short way on after an outcome.

    It ends the answer to something else.
    """
    if figure_asked(conversation):
        return figure_reply(conversation)
    question = open_question(conversation, programme)
    if question:
        return question_reply(conversation, question, programme)
    if conversation.flow:
        stands = replay_flow(conversation, programme)
        if stands and stands.state == URGENT:
            return _urgent_ways(programme)
        return Reply(
            say("answers.ask_more"),
            (
                RESULT_AGAIN,
                CORRECT,
                CENTER,
                *follow_choices(conversation, programme),
                PERSON,
                RESTART,
            ),
        )
    return menu()


def _urgent_ways(programme: Programme) -> Reply:
    """Offer the questions behind an emergency, and what was shown before."""
    return Reply(
        say("trouble.go_on_or_tell"), (go_on(programme), TODAY_AGAIN, CENTER), (CORRECT, PERSON)
    )


def menu() -> Reply:
    """Offer everything the bot can do."""
    return Reply(say("conversation.menu"), MENU_CHOICES)


def question_reply(conversation: Conversation, question: Question, programme: Programme) -> Reply:
    """Ask a question, with its choices, the progress and the ways out."""
    progress = _progress(conversation, programme)
    mark = f"【{progress.position}/{progress.total}】" if progress else ""
    text, choices = _write_question(conversation, question, programme)
    return Reply(
        mark + text,
        choices,
        _controls(conversation, programme),
        progress=progress,
        several=question.several,
        place=question.id if question.id == programme.place else "",
    )


def _progress(conversation: Conversation, programme: Programme) -> Progress | None:
    """Count by what is left, so that the total is the same from the first question on.

    What is told unasked never makes it grow. Where an emergency asks for the place alone, and while
    an answer is corrected or put to them, nothing is counted.
    """
    flow, stands = flow_of(conversation, programme), replay_unended(conversation, programme)
    if flow is None or stands is None or conversation.asking_again or conversation.likely:
        return None
    if stands.remaining == 1 and programme.is_pressing(conversation.answers):
        return None
    total = count_questions(conversation, flow)
    position = total - stands.remaining + 1
    return Progress(min(max(position, 1), total), total) if total > 1 else None


def _write_question(
    conversation: Conversation, question: Question, programme: Programme
) -> tuple[str, tuple[Choice, ...]]:
    if is_confirming(conversation, question):
        return _confirmation(conversation, question)
    if question.id == programme.place:
        return _write_place_question(conversation, question)
    if conversation.adding == question.id:
        return say("answers.more"), _remaining(conversation, question)
    own = programme.by_telephone.get(question.id, "") if conversation.by_telephone else ""
    text = (own or question.text) + (f"\n（{question.hint}）" if question.hint else "")
    return text, _choices(question)


def _confirmation(conversation: Conversation, question: Question) -> tuple[str, tuple[Choice, ...]]:
    """Put a likely answer to the owner.

    One option is put for a yes or no, two are put to choose from.
    """
    options = conversation.likely[question.id]
    denial = choice(say("buttons.not_so"), "deny", question.id)
    if len(options) == 1:
        agreed = choice(say("buttons.yes_so"), question.id, options[0])
        (fact,) = question.statements(options)
        return say("answers.is_it_so", fact=fact), (agreed, denial)
    offered = (choice(question.labels((option,)), question.id, option) for option in options)
    return say("answers.which_is_it", question=question.title), (*offered, denial)


@cache
def _choices(question: Question) -> tuple[Choice, ...]:
    return tuple(choice(option.label, question.id, option.id) for option in question.options)


def _remaining(conversation: Conversation, question: Question) -> tuple[Choice, ...]:
    chosen = conversation.answers.get(question.id, ())
    rest = [option for option in question.options if option.id not in chosen and not option.alone]
    return (
        choice(say("buttons.done"), "done", question.id, main=True),
        *(choice(option.label, question.id, option.id) for option in rest),
    )


def _write_place_question(
    conversation: Conversation, question: Question
) -> tuple[str, tuple[Choice, ...]]:
    if conversation.place_hint and conversation.place_hint[0] in PREFECTURES:
        code, name = conversation.place_hint
        yes = choice(say("buttons.place_yes", prefecture=PREFECTURES[code]), question.id, code)
        return say("answers.place_hint", name=name), (
            yes,
            choice(say("buttons.place_no"), "region", "all"),
        )
    text = f"{question.text}\n（{question.hint}）"
    return text, region_choices(question.id)


def _controls(conversation: Conversation, programme: Programme) -> tuple[Choice, ...]:
    can_go_back = bool(conversation.asking_again or last_asked(conversation, programme))
    return (BACK, PERSON) if can_go_back else (PERSON,)


def correction_list(conversation: Conversation, programme: Programme, shown: int = 0) -> Reply:
    """List the answers to be corrected, `CORRECTIONS_SHOWN` from number `shown`."""
    questions = correctable(conversation, programme)
    if not questions:
        return Reply(say("answers.nothing_answered"), MENU_CHOICES)
    page = questions[shown : shown + CORRECTIONS_SHOWN]
    lines = [
        say(
            "answers.given",
            question=question.title,
            labels=without_brackets(question.labels(conversation.answers[question.id])),
        )
        for question in page
    ]
    more = len(questions) > shown + len(page)
    rest = (choice(say("buttons.older"), "older", str(shown + len(page))),) if more else ()
    return Reply(
        "\n".join((say("answers.correct_which"), *lines)),
        (*(choice(question.title, "correct", question.id) for question in page), *rest),
        (RESUME,),
    )


def prepend_text(lead: str, replies: tuple[Reply, ...]) -> tuple[Reply, ...]:
    """Put a sentence into the first reply, or before a card."""
    if not lead or not replies:
        return replies
    first = replies[0]
    if first.card:
        return (Reply(lead), *replies)
    return (replace(first, text=f"{lead}\n\n{first.text}"), *replies[1:])
