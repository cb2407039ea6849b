"""Take typed answers to the open question or the place.

Also 「以上です」 after several answers.
"""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.answering.answers import (
    LONGEST_PLACE,
    answer_with_place,
    choose_options,
    deny_likely,
    ensure_flow,
    finish_adding,
    is_only_a_place,
    record_answer,
    show_regions,
    with_place_hint,
)
from bot.dialogue.answering.facts import record_told
from bot.dialogue.answering.offering import (
    likely_options,
    put_to_them,
    record_sure,
    sure_option,
)
from bot.dialogue.answering.story import add_told, answer_what_is_asked
from bot.dialogue.faq.questions import asks_what_faq_knows
from bot.dialogue.heard import Heard
from bot.interview.standing import is_confirming, open_question
from bot.model.conversation import Conversation
from bot.model.turn import Context, Step, Then
from bot.presentation.wording import quote_each, say
from bot.understand import answer_in, confirmed, is_all_said, is_done, is_label, yes_or_no
from bot.understand.answers import Understood, asks, asks_plainly
from bot.understand.reading import Certainty, Fact, Kind
from flows.flow import Question
from knowledge.place_names.places import locate


def answer_place(conversation: Conversation, heard: Heard, context: Context) -> Step | None:
    """Answer the place question by a place, or by yes or no.

    A yes or no answers the hint, a place heard in passing.
    """
    question = open_question(conversation, context.programme)
    if question is None or question.id != context.programme.place or asks(heard.text, question):
        return None
    if conversation.place_hint and (agreed := yes_or_no(heard.text)) is not None:
        if agreed:
            return record_answer(conversation, question, (conversation.place_hint[0],), context)
        return show_regions(conversation, context)
    return answer_with_place(conversation, locate(heard.text[:LONGEST_PLACE]), context)


def answer_confirmation(conversation: Conversation, heard: Heard, context: Context) -> Step | None:
    """Take yes or no to a likely answer put to the owner."""
    question = open_question(conversation, context.programme)
    if question is None or not is_confirming(conversation, question):
        return None
    agreed, options = confirmed(heard.text), conversation.likely[question.id]
    if agreed and len(options) == 1:
        return record_answer(conversation, question, options, context)
    return deny_likely(conversation, question, context) if agreed is False else None


def answer_question(conversation: Conversation, heard: Heard, context: Context) -> Step | None:
    """Answer the open question by typed words, and record other facts."""
    question = open_question(conversation, context.programme)
    if question is None:
        return None
    if conversation.adding:
        return _answer_more(conversation, question, heard, context)
    fact = heard.reading.fact(question.id)
    if fact is None:
        return None
    if _names_only_a_place(question, fact, heard, context):
        return None
    told = record_told(conversation, heard, context, but=question.id)
    kept = told.conversation
    if question.id != context.programme.place:
        kept = with_place_hint(kept, heard.text, context)
    if fact.certainty is Certainty.LIKELY and (question.several or len(fact.options) == 1):
        step = put_to_them(kept, question, fact.options)
    else:
        understood = Understood(fact.options, exact=fact.exact)
        step = choose_options(kept, question, understood, context)
    return answer_what_is_asked(add_told(step, told, heard), heard, context)


def _names_only_a_place(question: Question, fact: Fact, heard: Heard, context: Context) -> bool:
    """Tell whether an option's words stand in a place's name: 石 in 石川県."""
    is_asked_for = question.id == context.programme.place
    return not is_asked_for and not fact.exact and is_only_a_place(heard.text)


def offer_answer(conversation: Conversation, heard: Heard, context: Context) -> Step | None:
    """Put the likely meaning of unknown words to the owner, or record it where it is sure."""
    question = open_question(conversation, context.programme)
    if question is None or conversation.adding or _only_asks(heard):
        return None
    if question.id != context.programme.place and is_only_a_place(heard.text):
        return None
    options = likely_options(question, heard, context, sure=True)
    if not options or asks_what_faq_knows(heard, context):
        return None
    told = record_told(conversation, heard, context, but=question.id)
    if told.known:  # said once more, and no word on what was asked
        return None
    if option := sure_option(question, heard, context):
        return add_told(record_sure(told.conversation, question, option, context), told, heard)
    return add_told(put_to_them(told.conversation, question, options), told, heard)


def _only_asks(heard: Heard) -> bool:
    """Tell whether a message asks back, as 「農協も銀行に入りますか」, and answers nothing."""
    asks = all(clause.kind is Kind.QUESTION for clause in heard.reading.clauses)
    return asks and asks_plainly(heard.reading.text)


def _answer_more(
    conversation: Conversation, question: Question, heard: Heard, context: Context
) -> Step | None:
    """Take a further option, its end, or already the next answer.

    The question allows several options.
    """
    if is_done(heard.text):
        return finish_adding(conversation, question, context)
    understood = answer_in(heard.text, question)
    alone = {option.id for option in question.options if option.alone}
    if is_only_a_place(heard.text) and not is_label(heard.text, question):
        understood = None
    if understood and alone.isdisjoint(understood.options):
        return choose_options(conversation, question, understood, context)
    return answer_question(replace(conversation, adding=""), heard, context)


def match_redundant_done(conversation: Conversation, heard: Heard, context: Context) -> Step | None:
    """Take a 「これで全部」 where nothing is being added.

    It ends neither the day nor a question to which nothing was chosen yet: the ways to answer that
    are said.
    """
    if conversation.adding or not is_all_said(heard.text):
        return None
    question = open_question(conversation, context.programme)
    if question is None or not question.several or is_confirming(conversation, question):
        return Step(conversation, say("conversation.acknowledged"), then=Then.REPEAT)
    ways = quote_each(option.label for option in question.options if option.alone)
    return Step(conversation, say("answers.nothing_chosen", ways=ways), then=Then.REPEAT)


def match_place(conversation: Conversation, heard: Heard, context: Context) -> Step | None:
    """Take a message that is nothing but a place as the place's answer.

    Without an open question it shows the office. A surname or an everyday word (小林, さくら) is a place
    only where one was asked for.
    """
    if len(heard.text) > LONGEST_PLACE:
        return None
    place = locate(heard.text)
    if (
        place.decision == "none"
        or not place.direct
        or place.also_a_word
        or asks(heard.text, context.programme.questions[context.programme.place])
    ):
        return None
    return answer_with_place(ensure_flow(conversation, context), place, context)
