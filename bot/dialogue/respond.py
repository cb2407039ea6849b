"""Answer one message.

Pure: no clock, no file, no network. The order of the handlers is the promise to the owner: despair
first, then the person who has taken over, an open question of consent, urgent trouble, commands,
answers, and only then questions. A handler returns the state after the message and what to say
around what follows; `render` is entered once, at the end.
"""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue import commands, kinds, known_numbers, small_talk, taps, trouble
from bot.dialogue.answering import answers, first_words, story, typed_answers
from bot.dialogue.answering.unread import admit_unread
from bot.dialogue.bubbles import let_give_way
from bot.dialogue.faq import questions
from bot.dialogue.figures import typed_figures
from bot.dialogue.figures.differing import tell_difference
from bot.dialogue.following import add_told_dates, take_typed_date
from bot.dialogue.heard import Handler, Heard, hear
from bot.dialogue.render import render
from bot.dialogue.staff import with_staff
from bot.dialogue.staff.pressing import mark_pressing
from bot.follow_up.reminding import follow_along
from bot.handoff import case_life, consent
from bot.handoff.case_desks import follow_place
from bot.interview.editions import bring_up_to_date, explain_asking_again
from bot.interview.transfer_code import limit_tries
from bot.model.conversation import Conversation
from bot.model.messages import Message, Reply
from bot.model.turn import Context, Forget, PersonWanted, Step, Turn
from bot.presentation.wording import say
from knowledge.made_once import one_message

HANDLERS: tuple[Handler, ...] = (
    taps.handle_tap,
    kinds.greet_follower,
    answers.handle_location,
    kinds.take_over_code,
    kinds.refuse_media,
    kinds.refuse_long_text,
    taps.match_yes_or_no,
    kinds.refuse_without_words,
    taps.match_button_label,
    taps.match_lasting_label,
    commands.answer_forgetting,
    known_numbers.answer_bare_number,
    take_typed_date,
    small_talk.handle_calling,
    trouble.handle_urgent,
    known_numbers.answer_known_number,
    typed_figures.take_typed_figures,
    typed_figures.take_months,
    taps.match_choice_numbers,
    small_talk.handle_hope,
    typed_answers.answer_confirmation,
    typed_answers.match_redundant_done,
    commands.match_command,
    small_talk.handle_relief,
    typed_answers.answer_place,
    typed_answers.answer_question,
    typed_answers.offer_answer,
    small_talk.handle_small_talk,
    typed_answers.match_place,
    story.record_story,
    first_words.start_with_story,
    questions.consult,
)
"""Handlers of a message, in order. The last one always handles it."""


def respond(conversation: Conversation, message: Message, context: Context) -> Turn:
    """Answer one message.

    The turn holds the conversation to keep, the replies to send in order, and what the outside must
    do. Never raises on any message.
    """
    with one_message():
        return _respond(conversation, message, context)


def _respond(conversation: Conversation, message: Message, context: Context) -> Turn:
    # A message just counted is just seen, too. Another copy would only cost time.
    is_seen = conversation.last_seen == context.now
    seen = conversation if is_seen else conversation.with_changes(last_seen=context.now)
    current = bring_up_to_date(seen, context.programme)
    counted, admitted = limit_tries(current, message, context.now)
    heard = hear(admitted, counted, context)
    step = _clear_transfer_code(_hear(counted, heard, context), conversation)
    step = explain_asking_again(conversation, step, context.programme)
    turn = let_give_way(render(step, context), step, heard, context)
    return follow_place(conversation, follow_along(conversation, turn, context), context)


def _hear(conversation: Conversation, heard: Heard, context: Context) -> Step:
    """Handle despair first, then leave the message to staff, consent or the bot."""
    if step := trouble.handle_despair(conversation, heard, context):
        return step
    if with_staff.is_with_a_person(conversation):
        if context.desk:
            step = with_staff.handle_with_staff(conversation, heard.message, context)
            return mark_pressing(step, heard)
        return _handle_closed_desk(conversation, heard, context)
    if conversation.asking_consent:
        answered = consent.answer(conversation, heard.message, context)
        return answered or _let_consent_lapse(conversation, heard, context)
    return _dispatch(conversation, heard, context)


def _dispatch(conversation: Conversation, heard: Heard, context: Context) -> Step:
    for handle in HANDLERS:
        if step := handle(conversation, heard, context):
            dated = add_told_dates(step, conversation, heard, context)
            calm = trouble.drop_doubt(dated, conversation, context)
            soft = trouble.ask_softly(
                trouble.add_sympathy(calm, heard, context), conversation, heard, context
            )
            told = admit_unread(soft, conversation, heard, context)
            return tell_difference(told, conversation, context)
    raise AssertionError("the last handler deals with everything")


def _handle_closed_desk(conversation: Conversation, heard: Heard, context: Context) -> Step:
    """End a case whose desk was shut down, and say that nobody reads."""
    back = case_life.take_back(conversation, context.now)
    step = _dispatch(back.conversation, heard, context)
    said = (
        Reply(say("handoff.desk_shut")),
        *((Reply(step.lead),) if step.lead else ()),
        *step.said,
    )
    return replace(step, lead="", said=said, effects=(*back.effects, *step.effects))


def _let_consent_lapse(conversation: Conversation, heard: Heard, context: Context) -> Step:
    """Drop the question of consent after neither yes nor no.

    A later 「はい」 then means nothing else. An owner who writes their story into the question is told
    that nobody has it yet.
    """
    step = _dispatch(conversation.with_changes(asking_consent=False), heard, context)
    spoken_of = any(isinstance(each, Forget | PersonWanted) for each in step.effects)
    if not heard.is_typed or spoken_of:
        return step
    lead = "\n\n".join(filter(None, (say("handoff.not_passed_on"), step.lead)))
    return replace(step, lead=lead)


def _clear_transfer_code(step: Step, before: Conversation) -> Step:
    """Let "back" mean the next answer, no longer the transfer code."""
    after = step.conversation
    if not before.code or after.code != before.code or after.answers == before.answers:
        return step
    return replace(step, conversation=replace(after, code=""))
