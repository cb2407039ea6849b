"""Answer a question in the middle of the questionnaire.

It is answered when sure, offered when unsure, admitted when unknown. After it the open question is
asked again, so that nobody has to find the way back.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.dialogue.answering.answers import with_place_hint
from bot.dialogue.answering.offering import likely_options, put_to_them
from bot.dialogue.faq.helpful import ask_whether_helped
from bot.dialogue.heard import Heard
from bot.interview.buttons import PERSON
from bot.interview.standing import is_asking, open_question
from bot.model.conversation import OFFER_PERSON_AFTER, Conversation
from bot.model.messages import Choice, Reply, choice
from bot.model.turn import Context, Step, Then, Unanswered
from bot.presentation.cards.helpline_cards import helpline_lines
from bot.presentation.source_lines import title_source
from bot.presentation.wording import join_words, say
from flows.flow import Question
from knowledge import sources
from knowledge.faq.answers import Answer, Entry, Found, Match, OtherTopic, Suggestions, is_question
from knowledge.library import Library

DESPAIR_ENTRY = "despair"
"""The entry whose answer is the helplines themselves."""

STORY_GOES_ON = timedelta(seconds=10)
"""Time in which a further bubble belongs to the same story."""

PLAIN = 0.68
"""Score from which words count as a question while another is open."""

LEAST_STATED = 0.55
"""Score from which a statement is answered, too: 「もう店を閉めようかと思って」 is, 「うどん屋をしています」 is a story."""

_LONGEST_LABEL = 20
"""Characters of a choice's label. LINE shows no more on a quick reply."""


def consult(conversation: Conversation, heard: Heard, context: Context) -> Step:
    """Look a question up and answer it."""
    conversation = with_place_hint(conversation, heard.message.text, context)
    found = context.library.faq.find(heard.text, conversation.topic or None)
    question = open_question(conversation, context.programme)
    is_open = is_asking(conversation, context.programme)
    if is_open and not is_question(heard.text) and not _is_plain(found):
        offer = _offer_likely(conversation, question, heard, context) if question else None
        return offer or _ask_for_other_words(conversation, heard, context)
    match found:
        case Answer(matches):
            entries = tuple(each.entry for each in matches)
            return _answer_question(conversation, entries, heard.text, context)
        case Suggestions(matches):
            return _suggest(conversation, matches)
        case OtherTopic(reply=reply):
            after = conversation.with_changes(misses=0)
            return Step(after, said=(Reply(reply),), then=Then.REPEAT, notices=("other-topic",))
    return report_miss(conversation, heard.text)


def asks_what_faq_knows(heard: Heard, context: Context) -> bool:
    """Tell whether the text is a question that the FAQ surely answers."""
    return is_question(heard.text) and isinstance(context.library.faq.find(heard.text), Answer)


def _is_plain(found: Found) -> bool:
    """Tell whether words that ask nothing (「リスケ」) clearly mean the found entry."""
    if isinstance(found, Answer):
        return found.matches[0].score >= PLAIN
    return isinstance(found, OtherTopic)


def _answer_question(
    conversation: Conversation, entries: tuple[Entry, ...], asked: str, context: Context
) -> Step:
    """Answer a typed question, and ask once whether that helped.

    The helplines are shown without that question.
    """
    step = answer_entries(conversation, entries, context)
    if any(entry.id == DESPAIR_ENTRY for entry in entries):
        return step
    return ask_whether_helped(step, entries[-1].id, asked, context)


def answer_entries(
    conversation: Conversation, entries: tuple[Entry, ...], context: Context
) -> Step:
    """Give the answers of these entries, with their sources, and the way on.

    Where no question is open, related questions stand beside the usual choices.
    """
    last = entries[-1]
    after = conversation.with_changes(misses=0, topic=last.id)
    related = () if is_asking(after, context.programme) else _related_choices(last, context.library)
    return Step(
        after,
        said=tuple(Reply(entry_text(entry, context.library)) for entry in entries),
        then=Then.REPEAT,
        choices=related,
        notices=tuple(f"faq:{entry.id}" for entry in entries),
    )


def _related_choices(entry: Entry, library: Library) -> tuple[Choice, ...]:
    found = (library.faq.get(each) for each in entry.related[:3])
    return tuple(entry_choice(other) for other in found if other)


def entry_text(entry: Entry, library: Library) -> str:
    """Write an entry's answer, points to confirm, source and date."""
    parts = [entry.answer]
    if entry.id == DESPAIR_ENTRY:
        parts.append("\n".join(helpline_lines(library)))
    if entry.confirm:
        parts.append(say("answers.confirm"))
    cited = [library.sources[each] for each in entry.sources if each in library.sources][:2]
    if cited:
        names = join_words(
            f"{title_source(each)}（{sources.in_words(each.date)}）" for each in cited
        )
        parts.append(
            say("answers.source", sources=names, checked_on=sources.in_words(entry.checked_on))
        )
    return "\n\n".join(parts)


def entry_choice(entry: Entry) -> Choice:
    """Make a choice of an entry, its question cut to fit a button."""
    label = _label(entry)
    if _is_too_long(entry):
        label = label[: _LONGEST_LABEL - 1] + "…"
    return choice(label, "faq", entry.id)


def _label(entry: Entry) -> str:
    return entry.question.rstrip("？?")


def _is_too_long(entry: Entry) -> bool:
    return len(_label(entry)) > _LONGEST_LABEL


def _suggest(conversation: Conversation, matches: tuple[Match, ...]) -> Step:
    """Offer entries as buttons.

    They are numbered in the text where one is too long for a button.
    """
    entries = tuple(each.entry for each in matches)
    lead, offers = say("answers.did_you_mean"), tuple(map(entry_choice, entries))
    if any(map(_is_too_long, entries)):
        numbered = tuple(enumerate(entries, start=1))
        lines = (
            say("answers.offer", number=number, line=each.question) for number, each in numbered
        )
        lead = "\n".join((lead, *lines))
        offers = tuple(
            choice(say("buttons.offer", number=number), "faq", each.id) for number, each in numbered
        )
    choices = (*offers, choice(say("buttons.none_of_these"), "do", "none"))
    notices = tuple(f"suggested:{each.id}" for each in entries)
    said = Reply(lead, choices, (PERSON,))
    return Step(conversation, said=(said,), then=Then.NOTHING, notices=notices)


def _offer_likely(
    conversation: Conversation, question: Question, heard: Heard, context: Context
) -> Step | None:
    """Put at most two likely options to the owner, recording none.

    Messages like this one meant them.
    """
    options = () if heard.reading.asks else likely_options(question, heard, context)
    if not options:
        return None
    # A guess is kept for staff all the same, so that they can say what the words meant.
    step = put_to_them(conversation, question, options)
    return replace(step, effects=(Unanswered(heard.text),))


def _ask_for_other_words(conversation: Conversation, heard: Heard, context: Context) -> Step:
    """Ask to say an unknown answer in other words, without blame.

    Words that only say how hard it is ask nothing, so they are no miss: a person is within reach.
    The next bubble of a story being told is no miss either.
    """
    if heard.is_heavy:
        return Step(conversation, then=Then.REPEAT, controls=(PERSON,))
    if conversation.told_at and context.now - conversation.told_at < STORY_GOES_ON:
        return Step(conversation, then=Then.REPEAT)
    return _count_miss(conversation, heard.text, say("answers.not_understood"))


def report_miss(conversation: Conversation, text: str) -> Step:
    """Say that we have no answer to a question, and ask for other words."""
    return _count_miss(
        conversation, text, say("answers.do_not_know"), say("answers.do_not_know_hint")
    )


def _count_miss(conversation: Conversation, text: str, said: str, hint: str = "") -> Step:
    """Repeat the open question, and offer a person the second time.

    Nothing is lost.
    """
    after = conversation.with_changes(misses=conversation.misses + 1)
    is_lost = after.misses >= OFFER_PERSON_AFTER
    return Step(
        after,
        "\n".join(filter(None, (said, say("answers.offer_person") if is_lost else hint))),
        then=Then.REPEAT,
        controls=(PERSON,) if is_lost else (),
        effects=(Unanswered(text),) if text else (),
        notices=("unanswered",) if text else (),
    )
