"""Record the facts of a story and answer its question."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.dialogue.answering.answers import reply_after_answer
from bot.dialogue.answering.facts import Told, record_told
from bot.dialogue.faq.questions import LEAST_STATED, PLAIN, consult
from bot.dialogue.heard import Heard
from bot.interview.buttons import CORRECT
from bot.model.conversation import Conversation
from bot.model.turn import Context, Step, Then
from bot.presentation.wording import join_words, quote_each, say
from bot.understand.answers import ends_as_sentence
from bot.understand.reading import Certainty, Kind
from knowledge.faq.answers import Answer, Suggestions, is_question

_WHAT_TO_DO = re.compile(
    r"(?:どう|なに(?:から|を)|何(?:から|を))(?:したら|すれば|すりゃ|しよう|始め|はじめ|せば|したほうが)"
)
"""A call for help, as 「どうしたら」 or 「何から始め」."""

LONGEST_WHAT_TO_DO = 16
"""Characters of 「どうしたらいいですか」. A longer question has a topic."""

LONGEST_LOOKED_UP = 60
"""Characters of a message that is looked up as a whole beside its question."""

SURE_OF_KEYS = 0.6
"""Score from which key words that may be facts look something up; 「ソフト会社 7人」 is a story."""

LONGEST_STATEMENT = 30
"""Characters of a statement that the FAQ may answer. A longer one tells a story."""

LONGEST_TOPIC = 12
"""Characters of a message that only names a topic (「リスケ」, 「税金の滞納」)."""


def record_story(conversation: Conversation, heard: Heard, context: Context) -> Step | None:
    """Record told answers to questions that are not open, and say so."""
    if heard.reading.facts and (
        _names_topic(heard, context) or _is_rather_asked(conversation, heard, context)
    ):
        return None
    told = record_told(conversation, heard, context)
    if not told.is_anything:
        return _confirm_known(told) if told.known and not heard.reading.asks else None
    step = reply_after_answer(conversation, told.conversation, "", context)
    if not conversation.flow:
        step = replace(step, lead=say("conversation.start_heard"))
    step = add_told(step, told, heard)
    if not conversation.flow and _is_known_to_faq(heard, context):
        return answer_what_is_asked(step, heard, context, asked=f"{heard.text}？")
    return answer_what_is_asked(step, heard, context)


def _confirm_known(told: Told) -> Step:
    """Nod at facts told before, claiming no change."""
    return Step(
        told.conversation, say("answers.echo", labels=join_words(told.known)), then=Then.REPEAT
    )


def _names_topic(heard: Heard, context: Context) -> bool:
    """Tell whether the message is a key word of the FAQ (「リスケ」).

    「花屋」 is not one, it is a story.
    """
    text = heard.reading.text
    if len(heard.reading.clauses) > 1 or len(text) > LONGEST_TOPIC or ends_as_sentence(text):
        return False
    found = context.library.faq.find(heard.text)
    return isinstance(found, Answer | Suggestions) and found.matches[0].score >= PLAIN


def _is_rather_asked(conversation: Conversation, heard: Heard, context: Context) -> bool:
    """Tell whether first words look something up rather than tell facts.

    In 「認定支援機関 総数」 and 「補助金が下りるタイミングは」 the words of options tell nothing of a business.
    What only models make of words is no fact either, where the FAQ answers them; where it only guesses,
    a guessed fact of words that ask nothing is put to the owner first.
    """
    if conversation.flow:
        return False
    said = any(fact.certainty is Certainty.SAID for fact in heard.reading.facts)
    if said and len(heard.reading.clauses) > 1:
        return False
    # 「思って」 and 「リスケって」 end alike, so that end alone asks nothing here.
    asks = heard.reading.asks or is_question(heard.text.removesuffix("って"))
    keys = not ends_as_sentence(heard.text)
    if not (asks or keys):
        return False
    match context.library.faq.find(heard.text):
        case Suggestions():
            return asks and not said
        case Answer(matches):
            return asks or not said or matches[0].score >= SURE_OF_KEYS
    return False


def add_told(step: Step, told: Told, heard: Heard) -> Step:
    """Say in one line which facts were heard, with a way to correct them."""
    unread = (
        say("answers.not_read", pieces=quote_each(heard.reading.unread))
        if heard.reading.unread
        else ""
    )
    if not (told.is_anything or unread):
        return step
    lines = (step.lead, told.echo(), unread)
    return replace(
        step,
        lead="\n".join(filter(None, lines)),
        controls=(*step.controls, CORRECT)
        if told.facts or told.revised or told.withdrawn
        else step.controls,
        notices=(*step.notices, *told.notices()),
    )


def _consult_best(conversation: Conversation, asked: str, heard: Heard, context: Context) -> Step:
    """Look up the whole message and the question alone.

    An answer comes before an offer. Of a long story only the question is looked up.
    """
    texts = (heard.text, asked) if len(heard.text) <= LONGEST_LOOKED_UP else (asked,)
    found = [consult(conversation, replace(heard, text=text), context) for text in texts]
    return min(found, key=lambda step: ("unanswered" in step.notices, step.then is Then.NOTHING))


def asks_what_to_do(text: str) -> bool:
    """Tell whether the text asks only 「どうしたらいいですか」.

    The interview is the answer to that.
    """
    return len(text) <= LONGEST_WHAT_TO_DO and bool(_WHAT_TO_DO.search(text))


def _is_known_to_faq(heard: Heard, context: Context) -> bool:
    """Tell whether the FAQ surely answers a short statement (「コロナ融資の返済がきつい」)."""
    is_short = len(heard.reading.clauses) == 1 and len(heard.text) <= LONGEST_STATEMENT
    if not is_short:
        return False
    found = context.library.faq.find(heard.text)
    return isinstance(found, Answer) and found.matches[0].score >= LEAST_STATED


def answer_what_is_asked(step: Step, heard: Heard, context: Context, asked: str = "") -> Step:
    """Answer the question beside the facts of a message, then go on.

    `asked` is that question, where it is known already.
    """
    asked = asked or "".join(
        f"{clause.text}？"
        for clause in heard.reading.clauses
        if clause.kind is Kind.QUESTION and not asks_what_to_do(clause.text)
    )
    if not asked:
        return step
    answer = _consult_best(step.conversation, asked, heard, context)
    effects, notices = (*step.effects, *answer.effects), (*step.notices, *answer.notices)
    if answer.then is Then.NOTHING:  # an offer: it waits for a tap
        lead = "\n".join(filter(None, (step.lead, answer.lead)))
        return replace(answer, lead=lead, effects=effects, notices=notices)
    return replace(
        step,
        conversation=replace(step.conversation, topic=answer.conversation.topic),
        lead=answer.lead,
        said=(*answer.said, *step.said),
        bridge=step.lead,
        effects=effects,
        notices=notices,
    )
