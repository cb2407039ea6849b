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
    follow_choices,
    region_choices,
)
from bot.interview.figure_prompts import figure_asked, figure_reply
from bot.interview.outcomes import outcome
from bot.model.conversation import Conversation
from bot.model.messages import Choice, Progress, Reply, choice
from bot.model.turn import Context
from bot.presentation.source_lines import without_brackets
from bot.presentation.wording import say
from flows.flow import ASSESSMENT, URGENT, Flow, Question, Standing
from flows.programme import Programme
from knowledge.place_names.places import PREFECTURES

MENU = "menu"
"""The state of a conversation before its first questionnaire."""

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
    is_handled = programme.handled in answers.get(programme.emergency, ())
    if programme.today(answers) and not is_handled:
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
    flow, stands = flow_of(conversation, programme), replay_flow(conversation, programme)
    if flow is None or stands is None or conversation.asking_again or conversation.likely:
        return None
    answered = count_answered(conversation, flow)
    total = answered + stands.remaining
    position = answered + (not conversation.adding)
    return Progress(min(max(position, 1), total), total) if total > 1 else None


def count_answered(conversation: Conversation, flow: Flow) -> int:
    """Count the answers to the questions of a questionnaire.

    Also those that its way has left since: who is told how far they have come never goes back.
    """
    return sum(each in flow and each not in flow.hidden for each in conversation.answers)


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
