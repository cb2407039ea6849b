"""Find the commands an owner gives the bot, and carry them out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.dialogue.answering.answers import LONGEST_PLACE, ask_again, record_answer
from bot.dialogue.answering.facts import record_told
from bot.dialogue.answering.offering import likely_options
from bot.dialogue.answering.story import add_told, asks_what_to_do
from bot.dialogue.commands.forgetting import answer_forgetting, forget, forget_or_ask
from bot.dialogue.commands.going import (
    begin_flow,
    begin_together,
    go_back,
    list_corrections,
    restart,
    resume,
)
from bot.dialogue.commands.office import show_office, show_who_takes_calls
from bot.dialogue.commands.papers import show_group, show_papers, tick_paper
from bot.dialogue.commands.sheet import forget_sheets, show_sheet
from bot.dialogue.commands.shortening import shorten
from bot.dialogue.commands.stopping import never_write, stop
from bot.dialogue.commands.telling import (
    invite_question,
    list_sources,
    say_who_answers,
    show_help,
    show_progress,
    show_recorded,
    show_today,
    stay_with_bot,
)
from bot.dialogue.faq.questions import asks_what_faq_knows
from bot.dialogue.figures.asking import begin_picture
from bot.dialogue.following.agreeing import offer, stop_following
from bot.dialogue.heard import Heard
from bot.dialogue.lexicon import COMMAND, learned_for, lexicon_for
from bot.figures.pictures import Picture
from bot.handoff import consent
from bot.interview.standing import open_question
from bot.model.conversation import Conversation
from bot.model.turn import Context, Step
from bot.understand import SmallTalk, is_done, is_label, small_talk_in
from bot.understand.commands import (
    Command,
    Spoken,
    command_by_example,
    command_of,
    correction_in,
    is_in_passing,
    names_hours,
)
from bot.understand.reading import Certainty
from bot.understand.trouble import TroubleKind
from flows.flow import Question
from knowledge.faq.answers import Answer
from knowledge.place_names.places import locate

__all__ = [
    "answer_forgetting",
    "begin_flow",
    "match_command",
    "run_command",
    "show_group",
    "tick_paper",
]

_UNDOES = {Command.FORGET, Command.RESTART, Command.BACK}
"""Commands that take something back. Words beside them give a reason, not an answer."""

_ANSWERS_WIN = {
    Command.STOP,
    Command.FOLLOW_UP,
    Command.RESUME,
    Command.BACK,
    Command.TOO_MANY,
    Command.PERSON,
}
"""Commands whose bare words may answer the open question instead, like 「やめたい」."""

_QUITS = ("止め", "とめ", "やめ", "すとっぷ", "停止", "中止", "解除")
"""Beginnings of bare words that end a follow-up. 「終わり」 and 「また今度」 only end the day."""

_ASKED_ABOUT = {
    Command.PHONE,
    Command.CENTER,
    Command.HUMAN,
    Command.TOO_MANY,
    Command.HELP,
    Command.WHERE,
}
"""Commands that only tell something. A question about one has its own answer."""


def match_command(conversation: Conversation, heard: Heard, context: Context) -> Step | None:
    """Carry out a typed command, or the wish to correct an answer.

    The label of an option is never a command.
    """
    question = open_question(conversation, context.programme)
    if question and is_label(heard.text, question):
        return None
    if step := _correct_that(conversation, heard, context):
        return step
    spoken = _command_by_words(heard, context) or _command_by_example(question, heard, context)
    if spoken is None or _is_meant_otherwise(spoken, conversation, question, heard, context):
        return None
    if _is_beside_an_answer(spoken, question, heard) or _is_question_we_answer(
        spoken, heard, context
    ):
        return None
    if len(spoken.clauses) == len(heard.reading.clauses) or spoken.command in _UNDOES:
        return run_spoken(spoken, conversation, heard, context)
    told = record_told(conversation, heard, context)
    return add_told(run_spoken(spoken, told.conversation, heard, context), told, heard)


def _command_by_words(heard: Heard, context: Context) -> Spoken | None:
    """Hear a command of the tables that stands in no story.

    「夜分にすみません」 greets, and puts nothing off until the night.
    """
    if small_talk_in(heard.text) is SmallTalk.GREETING:
        return None
    spoken = command_of(heard.reading.text, heard.reading.clauses)
    learned = learned_for(context.programme).get(COMMAND)
    if spoken and learned and is_in_passing(spoken, heard.reading, learned):
        return None
    return spoken


def _command_by_example(question: Question | None, heard: Heard, context: Context) -> Spoken | None:
    """Hear a command that labelled lines teach, where the message tells nothing else."""
    learned = learned_for(context.programme).get(COMMAND)
    if learned is None or heard.reading.tells or small_talk_in(heard.text) or not _is_calm(heard):
        return None
    if question and question.id == context.programme.place and _names_place(heard.text):
        return None  # 「前橋」
    if question and likely_options(question, heard, context, sure=True):
        return None
    spoken = command_by_example(heard.reading, learned)
    if spoken and spoken.command in _ASKED_ABOUT and asks_what_faq_knows(heard, context):
        return None  # 「チラシの番号にかけてもいい？」 asks about calling
    return spoken


def _is_calm(heard: Heard) -> bool:
    """Tell whether nothing worse than 「しんどい」 is told."""
    return all(trouble.kind is TroubleKind.HEAVY for trouble in heard.troubles)


def _names_place(text: str) -> bool:
    return locate(text[:LONGEST_PLACE]).decision != "none"


def _correct_that(conversation: Conversation, heard: Heard, context: Context) -> Step | None:
    """Correct the answer the owner means.

    At once where the right one is told, else by asking again.
    """
    questions, lexicon = context.programme.questions, lexicon_for(context.programme)
    corrected = correction_in(heard.reading.clauses, questions, conversation.answers, lexicon)
    if corrected is None:
        return None
    if corrected in conversation.answers:
        step = _correct(conversation, questions[corrected], heard, context)
    else:
        step = list_corrections(conversation, context)
    return replace(step, notices=(*step.notices, f"command:{Command.CORRECT}"))


def _correct(
    conversation: Conversation, question: Question, heard: Heard, context: Context
) -> Step:
    fact = heard.reading.fact(question.id)
    is_told = fact is not None and fact.certainty is Certainty.SAID and not heard.reading.asks
    if fact and is_told and set(fact.options) != set(conversation.answers[question.id]):
        return record_answer(conversation, question, fact.options, context)
    return ask_again(conversation, question, context)


def _is_meant_otherwise(
    spoken: Spoken,
    conversation: Conversation,
    question: Question | None,
    heard: Heard,
    context: Context,
) -> bool:
    """Tell whether bare words mean something else here.

    They may end a question with several answers, or answer one. A story that ends with 「どうしたらいいですか」
    does not ask how the bot is used.
    """
    if conversation.adding and is_done(heard.text):
        return True
    if _says_more(spoken, conversation, heard, context):
        return True
    if not spoken.bare:
        return False
    if question is None:
        return spoken.command is Command.WHERE and asks_what_faq_knows(heard, context)
    return spoken.command in _ANSWERS_WIN and heard.reading.fact(question.id) is not None


def _is_beside_an_answer(spoken: Spoken, question: Question | None, heard: Heard) -> bool:
    """Tell whether a clause only tells of a call, as 「電話は来るけど書類は届いてない」."""
    return (
        spoken.command in _OFFICES
        and not spoken.place
        and len(spoken.clauses) < len(heard.reading.clauses)
        and question is not None
        and heard.reading.fact(question.id) is not None
    )


def _says_more(spoken: Spoken, conversation: Conversation, heard: Heard, context: Context) -> bool:
    """Tell whether a message says what goes before its command."""
    match spoken.command:
        case Command.HELP:
            return bool(heard.reading.tells)
        case Command.CORRECT:  # 「間違えた、1割や」 says at once what is right
            return bool(heard.reading.revises)
        case Command.STOP:
            return _may_close_business(conversation, heard, context)
    return False


def _may_close_business(conversation: Conversation, heard: Heard, context: Context) -> bool:
    """Tell whether first words as 「もうやめようかと思って」 speak of the business.

    There is nothing to stop yet.
    """
    if conversation.flow:
        return False
    return bool(heard.reading.facts) or asks_what_faq_knows(heard, context)


LONGEST_CRY_FOR_HELP = 12
"""Characters of 「使い方を教えて」. Longer words known to the FAQ ask about a topic."""


def _is_question_we_answer(spoken: Spoken, heard: Heard, context: Context) -> bool:
    """Tell whether a spoken command is a question of the FAQ (「協議会ってなんじゃ」).

    Then it does not ask for help or an office, nor, where it asks about hours, for a person at once.
    """
    if spoken.command is Command.PERSON:
        return names_hours(heard.text) and asks_what_faq_knows(heard, context)
    wants_number = spoken.place or "番号" in heard.text
    if spoken.bare or wants_number or spoken.command not in (Command.HELP, Command.CENTER):
        return False
    if spoken.command is Command.HELP and len(heard.reading.text) <= LONGEST_CRY_FOR_HELP:
        return False
    return isinstance(context.library.faq.find(heard.text), Answer)


def run_spoken(spoken: Spoken, conversation: Conversation, heard: Heard, context: Context) -> Step:
    """Carry out a command given in words."""
    spoken = _with_what_is_stopped(spoken, conversation)
    notice = f"command:{spoken.command}"
    after = conversation.with_changes(misses=0)
    if spoken.command is Command.FORGET:
        step = forget_or_ask(after, heard.text, context)
    elif spoken.command is Command.HELP and asks_what_to_do(heard.text):
        step = begin_together(after, context)
    elif spoken.command in _OFFICES:
        step = show_office(after, context, spoken.place)
    else:
        step = run_command(spoken.command, conversation, context)
    return replace(step, notices=(*step.notices, notice))


def _with_what_is_stopped(spoken: Spoken, conversation: Conversation) -> Spoken:
    """Let 「止めて」 end a follow-up where there is one, else the questions."""
    if conversation.follow_up is None:
        return spoken
    is_quit = spoken.bare and any(each.form.startswith(_QUITS) for each in spoken.clauses)
    ends = spoken.command is Command.NEVER_AGAIN or (spoken.command is Command.STOP and is_quit)
    return replace(spoken, command=Command.UNFOLLOW) if ends else spoken


def run_command(command: Command, conversation: Conversation, context: Context) -> Step:
    """Carry a command out."""
    if command is Command.PERSON and context.desk:
        return consent.ask(conversation, context)  # the misses are its business
    after = conversation.with_changes(misses=0)
    if command in (Command.DIAGNOSE, Command.QUALIFY):
        flow = context.programme.commands.get(command, context.programme.main)
        return begin_flow(flow, after, context)
    return _COMMANDS[command](after, context)


def _begin_cash_picture(conversation: Conversation, context: Context) -> Step:
    return begin_picture(conversation, Picture.CASH, context)


_OFFICES = (Command.CENTER, Command.PHONE)

_COMMANDS: Mapping[Command, Callable[[Conversation, Context], Step]] = {
    Command.BACK: go_back,
    Command.CORRECT: list_corrections,
    Command.RESTART: restart,
    Command.RESUME: resume,
    Command.WHERE: show_progress,
    Command.TODAY: show_today,
    Command.PERSON: show_who_takes_calls,
    Command.FORGET: forget,
    Command.STOP: stop,
    Command.NEVER_AGAIN: never_write,
    Command.RECORDED: show_recorded,
    Command.TOO_MANY: shorten,
    Command.HUMAN: say_who_answers,
    Command.HELP: show_help,
    Command.CENTER: show_office,
    Command.PHONE: show_office,
    Command.ASK: invite_question,
    Command.SOURCES: list_sources,
    Command.BOT: stay_with_bot,
    Command.PICTURE: _begin_cash_picture,
    Command.FOLLOW_UP: offer,
    Command.UNFOLLOW: stop_following,
    Command.SHEET: show_sheet,
    Command.FORGET_SHEETS: forget_sheets,
    Command.PAPERS: show_papers,
}
