"""A question in the middle: answered when sure, offered when unsure, admitted when unknown.

After it the open question is asked again, so that nobody has to find the way back.
"""

from __future__ import annotations

from dataclasses import replace

from bot.interview.prompts import PERSON, led, open_question, reminder
from bot.model.conversation import Conversation
from bot.model.messages import Choice, Reply, choice
from bot.model.turn import Context, Turn, Unanswered
from bot.presentation import cards, wording
from bot.understand.distress import is_heavy
from knowledge import sources
from knowledge.faq.answers import Answer, Entry, Found, Match, OtherTopic, Suggestions, is_question
from knowledge.library import Library

DESPAIR_ENTRY = "despair"
"""The entry whose answer is the helplines themselves."""

OFFER_PERSON_AFTER = 2
"""Questions in a row without an answer, after which a person is offered."""

PLAIN = 0.7
"""Score from which words that are no question are taken for one, while a question is open."""

_LONGEST_LABEL = 20
"""Characters of a choice's label; LINE shows no more on a quick reply."""


def consult(conversation: Conversation, text: str, context: Context) -> Turn:
    """Look the question up and say what is known of it."""
    found = context.library.faq.find(text, conversation.topic or None)
    if open_question(conversation) and not is_question(text) and not _is_plain(found):
        return not_understood(conversation, text)
    match found:
        case Answer(matches):
            return answer(conversation, tuple(each.entry for each in matches), context)
        case Suggestions(matches):
            return _suggest(conversation, matches)
        case OtherTopic(reply=reply):
            after = replace(conversation, misses=0)
            return Turn(after, (Reply(reply), reminder(after)), notices=("other-topic",))
    return miss(conversation, text)


def _is_plain(found: Found) -> bool:
    """Whether even words that ask nothing (「リスケ」) clearly mean what was found."""
    if isinstance(found, Answer):
        return found.matches[0].score >= PLAIN
    return isinstance(found, OtherTopic)


def answer(conversation: Conversation, entries: tuple[Entry, ...], context: Context) -> Turn:
    """The answers of these entries, with their sources, and the way on."""
    after = replace(conversation, misses=0, topic=entries[-1].id)
    replies = tuple(Reply(entry_text(entry, context.library)) for entry in entries)
    said = (*replies, *_way_on(after, entries[-1], context.library))
    return Turn(after, said, notices=tuple(f"faq:{entry.id}" for entry in entries))


def entry_text(entry: Entry, library: Library) -> str:
    """An answer as it is sent: the answer first, then what to confirm, then source and date."""
    parts = [entry.answer]
    if entry.id == DESPAIR_ENTRY:
        parts.append("\n".join(cards.helpline_lines(library)))
    if entry.confirm:
        parts.append("※くわしくは窓口でも確かめてください。")
    cited = [library.sources[each] for each in entry.sources if each in library.sources][:2]
    if cited:
        names = "、".join(f"{source.what}（{sources.in_words(source.date)}）" for source in cited)
        parts.append(f"出典：{names}。確認日：{sources.in_words(entry.checked_on)}")
    return "\n\n".join(parts)


def _way_on(conversation: Conversation, entry: Entry, library: Library) -> tuple[Reply, ...]:
    """The open question again; where there is none, related questions and the usual choices."""
    on = reminder(conversation)
    if open_question(conversation):
        return (on,)
    related = tuple(
        entry_choice(other) for each in entry.related[:3] if (other := library.faq.get(each))
    )
    return (replace(on, choices=(*related, *on.choices)),)


def entry_choice(entry: Entry) -> Choice:
    """An entry as a choice; its question is cut to what fits on a button."""
    label = entry.question.rstrip("？?")
    if len(label) > _LONGEST_LABEL:
        label = label[: _LONGEST_LABEL - 1] + "…"
    return choice(label, "faq", entry.id)


def _suggest(conversation: Conversation, matches: tuple[Match, ...]) -> Turn:
    lines = "\n".join(f"・{each.entry.question}" for each in matches)
    choices = (
        *(entry_choice(each.entry) for each in matches),
        choice(wording.NONE_OF_THESE, "do", "none"),
    )
    said = Reply(f"{wording.DID_YOU_MEAN}\n{lines}", choices, (PERSON,))
    notices = tuple(f"suggested:{each.entry.id}" for each in matches)
    return Turn(conversation, (said,), notices=notices)


def not_understood(conversation: Conversation, text: str) -> Turn:
    """A statement that is no answer we know: ask for it in other words, without blame.

    What only says how hard it is asks nothing, so it is no miss: a person is within reach.
    """
    if is_heavy(text):
        return Turn(conversation, (_with_person(reminder(conversation)),))
    return _missed(conversation, text, wording.NOT_UNDERSTOOD)


def miss(conversation: Conversation, text: str) -> Turn:
    """A question we have no answer to: say so, and ask for other words."""
    return _missed(conversation, text, wording.DO_NOT_KNOW, wording.DO_NOT_KNOW_HINT)


def _missed(conversation: Conversation, text: str, said: str, hint: str = "") -> Turn:
    """The open question again; the second time in a row a person is offered. Nothing is lost."""
    after = replace(conversation, misses=conversation.misses + 1)
    offered = after.misses >= OFFER_PERSON_AFTER
    on = _with_person(reminder(after)) if offered else reminder(after)
    lead = "\n".join(filter(None, (said, wording.OFFER_PERSON if offered else hint)))
    effects = (Unanswered(text),) if text else ()
    return Turn(after, led(lead, (on,)), effects, notices=("unanswered",) if text else ())


def _with_person(reply: Reply) -> Reply:
    """The reply with the way to a person beside it."""
    if PERSON in reply.buttons:
        return reply
    return replace(reply, controls=(*reply.controls, PERSON))
