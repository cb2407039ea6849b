"""Define a heard message and the shape of every handler."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.dialogue.lexicon import TROUBLE, emergency_words_for, learned_for, lexicon_for
from bot.figures.pictures import ASKS, Picture
from bot.interview.figure_prompts import figure_asked
from bot.interview.lasting_buttons import lasting_labels
from bot.interview.standing import open_question
from bot.model.business_hours import JAPAN
from bot.model.conversation import Conversation
from bot.model.messages import Kind, Message
from bot.model.turn import Context, Step
from bot.understand.figures.naming import TypedFigures, read_figures
from bot.understand.learned import LinearModel
from bot.understand.learned.telling import add_likely
from bot.understand.learned.weighing import weigh_facts
from bot.understand.reading import Given, Reading, read
from bot.understand.steering import is_all_said
from bot.understand.text import LONGEST, clean, fold
from bot.understand.trouble import Trouble, TroubleKind, troubles, troubles_in

LONGEST_ANSWER = 120
"""Characters. Loose words in a longer message do not answer the open question."""

NOTHING_READ = Reading("", ())

TYPED = (Kind.TEXT, Kind.HANDED_OVER)
"""Kinds of messages that hold words somebody typed."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Hold a message as handlers read it, made once.

    `text` is the typed text, cleaned and cut; `reading` what it says, `troubles` the trouble it
    tells, the gravest first, `doubts` what may be trouble. All are empty for a tap.
    """

    message: Message
    text: str = ""
    reading: Reading = NOTHING_READ
    troubles: tuple[Trouble, ...] = ()
    doubts: tuple[Trouble, ...] = ()

    @property
    def is_typed(self) -> bool:
        """Tell whether words were typed, rather than a button tapped or a picture sent."""
        return self.message.kind in TYPED

    @property
    def is_heavy(self) -> bool:
        """Tell whether the words say how hard it is.

        That is acknowledged before anything is explained.
        """
        return any(trouble.kind is TroubleKind.HEAVY for trouble in self.troubles)


Handler = Callable[[Conversation, Heard, Context], Step | None]
"""Handles a message, or returns None to leave it to the next handler."""


def hear(message: Message, conversation: Conversation, context: Context) -> Heard:
    """Clean and read the words of a message, once for every handler."""
    if message.kind not in TYPED:
        return Heard(message)
    text = clean(message.text)
    question = open_question(conversation, context.programme)
    expecting = question.id if question and len(text) <= LONGEST_ANSWER else None
    given = _given(conversation, expecting)
    reading = read(text, lexicon_for(context.programme), expecting, given)
    is_ours = is_all_said(text) or _is_label(text, conversation, context)
    learned = {} if is_ours else learned_for(context.programme)
    found = _troubles(message, reading, context, learned)
    if typed_for(conversation, text, context):
        return Heard(message, text, reading, _told_in_words(found, reading, context))
    if learned and not reading.revises:
        reading = add_likely(weigh_facts(reading, learned, expecting, given), learned, expecting)
    sure = tuple(trouble for trouble in found if not trouble.doubtful)
    doubts = tuple(trouble for trouble in found if trouble.doubtful)
    return Heard(message, text, reading, sure, doubts)


def _is_label(text: str, conversation: Conversation, context: Context) -> bool:
    """Tell whether the text is a button's label. Models have no say about our own words."""
    is_shown = find_shown_value(conversation, text) != ""
    return is_shown or fold(text) in lasting_labels(context.programme)


def find_shown_value(conversation: Conversation, text: str) -> str:
    """Find the value of the button shown last with this label, or ""."""
    said = fold(text)
    return next((value for label, value in conversation.offered if fold(label) == said), "")


def _given(conversation: Conversation, expecting: str | None) -> Given:
    """List the answers that a message may put right.

    Likely ones are among them, the answer to the open question is not.
    """
    known = {**conversation.likely, **conversation.answers}
    return {question: options for question, options in known.items() if question != expecting}


def typed_for(conversation: Conversation, text: str, context: Context) -> TypedFigures:
    """Read the figures of a text while a picture asks for some."""
    name = figure_asked(conversation)
    if not name:
        return TypedFigures()
    today = context.now.astimezone(JAPAN).date()
    return read_figures(text, name, ASKS[Picture(conversation.picture)], today)


def _told_in_words(
    found: tuple[Trouble, ...], reading: Reading, context: Context
) -> tuple[Trouble, ...]:
    """Leave out money trouble that figures only resemble, like 「月末に手形150万」."""
    said = troubles(reading, emergency_words_for(context.programme), None)
    return tuple(
        each
        for each in found
        if not each.doubtful and (each.kind is not TroubleKind.URGENT or each in said)
    )


def _troubles(
    message: Message, reading: Reading, context: Context, learned: Mapping[str, LinearModel]
) -> tuple[Trouble, ...]:
    """List the trouble told, also in parts too long to read for answers."""
    words = emergency_words_for(context.programme)
    if len(message.text) > LONGEST:
        return troubles_in(message.text, words)
    return troubles(reading, words, learned.get(TROUBLE))
