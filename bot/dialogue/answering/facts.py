"""Turn the facts of a message into answers, whenever they are told."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.dialogue.answering.places_told import place_told
from bot.dialogue.heard import Heard
from bot.model.conversation import Conversation
from bot.model.turn import Context
from bot.presentation.wording import join_words, say
from bot.understand.reading import Certainty, Fact, Reading
from flows.flow import Question
from flows.programme import Programme

_NAMES_NOTHING = 12
"""Characters of a denial that leans on the clause before it, as 「どっちも遅れてない」."""

MOST_PUT = 2
"""Options of a likely answer put to an owner. More would be the question itself."""


@dataclass(frozen=True, slots=True)
class Told:
    """Hold the conversation with the told facts, and the words about them.

    `facts` are the new ones in words, `revised` the questions whose earlier answer was replaced,
    `withdrawn` those whose answer was denied with none in its place, and its labels; `put` question
    and options that are put to the owner; `known` are facts that were told before.
    """

    conversation: Conversation
    facts: tuple[str, ...] = ()
    revised: tuple[Question, ...] = ()
    withdrawn: tuple[tuple[Question, str], ...] = ()
    put: tuple[tuple[str, tuple[str, ...]], ...] = ()
    known: tuple[str, ...] = ()

    @property
    def is_anything(self) -> bool:
        """Tell whether anything was told at all."""
        return bool(self.facts or self.revised or self.withdrawn or self.put)

    def echo(self) -> str:
        """Say the new facts in one line, and the revised answers aloud."""
        answers = self.conversation.answers
        lines = [
            say("answers.corrected", question=each.title, labels=each.labels(answers[each.id]))
            for each in self.revised
        ]
        lines += [
            say("answers.withdrawn", question=each.title, labels=labels)
            for each, labels in self.withdrawn
        ]
        if self.facts:
            lines.append(say("answers.heard", facts=join_words(self.facts)))
        return "\n".join(lines)

    def notices(self) -> tuple[str, ...]:
        """List as notices the options put to the owner for a yes or no."""
        return tuple(f"confirm:{name}={each}" for name, options in self.put for each in options)


def record_told(
    conversation: Conversation, heard: Heard, context: Context, *, but: str = ""
) -> Told:
    """Record surely told facts, and put likely ones to the owner.

    `but` is the question that another handler answers. A conversation before its first
    questionnaire is put into the main one.
    """
    programme = context.programme
    facts = _beside(heard.reading, but, programme)
    told = Told(_in_main_flow(conversation, facts, programme))
    known = {
        **conversation.answers,
        **{each.question: each.options for each in heard.reading.facts},
    }
    denied = {name: each for name, each in heard.reading.denied.items() if name != but}
    for fact in facts:
        question = programme.questions[fact.question]
        if all(each.holds(known) for each in question.heard_when):
            told = _record(told, question, fact, denied.get(question.id, frozenset()))
    for name, options in denied.items():
        told = _withdraw(told, programme.questions[name], options)
    if not but or told.facts:
        told = _record_place(told, heard, context, is_fresh=not conversation.answers)
    if not told.is_anything:
        return Told(conversation, known=told.known)
    return replace(told, conversation=told.conversation.with_changes(told_at=context.now))


def _in_main_flow(
    conversation: Conversation, facts: list[Fact], programme: Programme
) -> Conversation:
    """Begin the main questionnaire, also where only the office was asked for so far."""
    only_office = conversation.flow == programme.office_flow and any(
        fact.question != programme.place for fact in facts
    )
    if conversation.flow and not only_office:
        return conversation
    return conversation.with_changes(flow=programme.main, asking_again="")


def _beside(reading: Reading, question: str, programme: Programme) -> list[Fact]:
    """Select the facts told beside the answer to an open question.

    That there is none of it is believed only where the clause speaks of nothing else: 「返済は遅れて
    いません」 is no word on taxes, and neither is a short 「遅れはなし」 behind a clause on lenders.
    """
    answered = {fact.clause for fact in reading.facts if fact.question == question}
    before = dict(zip(reading.clauses[1:], reading.clauses, strict=False))

    def speaks_of_others(fact: Fact) -> bool:
        if fact.clause is None or fact.clause in answered:
            return fact.clause is not None
        others = programme.questions[fact.question].words.others
        about = [fact.clause]
        if len(fact.clause.text) <= _NAMES_NOTHING and fact.clause in before:
            about.append(before[fact.clause])
        return any(word in each.text for each in about for word in others)

    return [
        fact
        for fact in reading.facts
        if fact.question != question
        and not (_denies_all(fact, programme) and speaks_of_others(fact))
    ]


def _denies_all(fact: Fact, programme: Programme) -> bool:
    options = programme.questions[fact.question].options
    return any(option.alone and option.id in fact.options for option in options)


def _record(told: Told, question: Question, fact: Fact, denied: frozenset[str]) -> Told:
    """Take a fact as an answer.

    `denied` are options of an earlier answer that are not so.
    """
    known = told.conversation.answers.get(question.id)
    if fact.certainty is Certainty.LIKELY:
        return told if known and not denied else _put(told, question, fact.options)
    if known is None:
        after = told.conversation.answered(question.id, fact.options, told=True)
        facts = (*told.facts, *question.statements(fact.options))
        return replace(told, conversation=after, facts=facts)
    if fact.implied:
        return told
    if set(fact.options) <= set(known) and denied.isdisjoint(known):
        return replace(told, known=(*told.known, *question.statements(fact.options)))
    kept = tuple(each for each in known if each not in denied)
    return _revise(told, question, kept, fact.options)


def _put(told: Told, question: Question, options: tuple[str, ...]) -> Told:
    if len(options) > MOST_PUT:
        return told
    likely = {**told.conversation.likely, question.id: options}
    put = (*told.put, (question.id, options))
    return replace(told, conversation=told.conversation.with_changes(likely=likely), put=put)


def _revise(
    told: Told, question: Question, known: tuple[str, ...], options: tuple[str, ...]
) -> Told:
    """Replace an earlier answer, or add to one that may have several."""
    alone = {option.id for option in question.options if option.alone}
    if question.several and alone.isdisjoint(options):
        kept = tuple(each for each in known if each not in alone)
        options = tuple(dict.fromkeys((*kept, *options)))
    after = told.conversation.answered(question.id, options, told=True)
    return replace(told, conversation=after, revised=(*told.revised, question))


def _withdraw(told: Told, question: Question, denied: frozenset[str]) -> Told:
    """Drop denied options of an earlier answer.

    Where none is left the question is open once more, also when the same message revised it.
    """
    known = told.conversation.answers.get(question.id, ())
    dropped = tuple(each for each in known if each in denied)
    kept = tuple(each for each in known if each not in denied)
    if not dropped:
        return told
    if kept:
        after = told.conversation.answered(question.id, kept, told=True)
        return replace(told, conversation=after, revised=(*told.revised, question))
    after = told.conversation.without(question.id)
    withdrawn = (*told.withdrawn, (question, question.labels(dropped)))
    revised = tuple(each for each in told.revised if each.id != question.id)
    return replace(told, conversation=after, revised=revised, withdrawn=withdrawn)


def _record_place(told: Told, heard: Heard, context: Context, *, is_fresh: bool) -> Told:
    """Record the sure place of the business, or keep another as a hint."""
    question = context.programme.questions[context.programme.place]
    if question.id in told.conversation.answers:
        return told
    found = place_told(heard, context, is_fresh=is_fresh)
    if found is None:
        return told
    place, is_sure = found
    if not is_sure:
        hint = (place.prefectures[0], place.name)
        return replace(told, conversation=told.conversation.with_changes(place_hint=hint))
    after = told.conversation.answered(question.id, place.prefectures, told=True, place_hint=None)
    return replace(told, conversation=after, facts=(*told.facts, place.name))
