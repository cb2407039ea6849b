"""Ordinary words → options: every mention in every clause, affirmed or denied, put together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.understand.readings import READINGS, Reading
from bot.understand.spoken import Clause
from bot.understand.words import Span, narrowed, spans, vocabulary
from flows.flow import Question

_EXCEPT = re.compile("以外|のほかは|を除")
_EVERYTHING = re.compile(
    r"^[はがもを]?(?:ほぼ|もう|だいたい|とにかく|本当に)*(?:全部|みんな|どれも)[がはも]?"
    r"(?:$|だ|や|です|きつ|重|しんど|苦し|高|大変|遅れ|滞|払|納|やり|かなえ|大丈夫|ない|問題)"
)
_DENIES_ALL = re.compile("ない|なく(?!な)|大丈夫|平気")
_NOT_PAID = re.compile("払え|払って|納め")
_LED_IN = re.compile(
    r"^(?:まだ|今は|いまは|今のところ|いまのところ|一応|とりあえず|うん|ええ|はい|いまんとこ)+(?=.)"
)
_TOO = re.compile("(?:から|に|と)?も")
_ONLY = re.compile(r"^(?:から|に|と|は)?しか")
_SOFTENED = re.compile(r"(?:です|ます|よ|ね|なあ?|かな|かね|わ|さ|ー)+$")
_UNCERTAIN = re.compile(
    r"か[ぁ-ん]{0,4}わからない|か[ぁ-ん]{0,4}知らない|^[がはもって]{1,2}[ぁ-ん]{0,3}わからない|怪しい|微妙"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """Options that words of one clause mean, or, when `denied`, say not to be the case.

    `too` for 「…も」: 「税理士もいない」 says that there is nothing else either.
    """

    options: frozenset[str]
    denied: bool = False
    too: bool = False


def meant(clauses: tuple[Clause, ...], question: Question) -> tuple[str, ...]:
    """The options meant, in the order of the question; several of a single answer: ask which."""
    mentions = _mentions(clauses, question)
    affirmed = [mention.options for mention in mentions if not mention.denied]
    denied = [mention.options for mention in mentions if mention.denied]
    if question.several:
        if not affirmed and any(mention.too for mention in mentions):
            return READINGS.get(question.id, Reading()).no
        reading = READINGS.get(question.id, Reading())
        return _several(affirmed or [_left(denied, reading)], question)
    reading = READINGS.get(question.id, Reading())
    joined = _joined(affirmed) if affirmed else _left(denied, reading)
    text = "".join(clause.text for clause in clauses)
    certain = len(affirmed) > 1 and all(len(each) == 1 for each in affirmed)
    narrower = joined if certain else narrowed(text, joined, question)
    options = _gravest(affirmed, narrower, reading)
    return tuple(option.id for option in question.options if option.id in options)


def _several(affirmed: list[frozenset[str]], question: Question) -> tuple[str, ...]:
    """Everything named without doubt; 「none of these」 gives way to anything named."""
    named = frozenset(each for options in affirmed if len(options) == 1 for each in options)
    alone = {option.id for option in question.options if option.alone}
    kept = named - alone or named
    return tuple(option.id for option in question.options if option.id in kept)


def _joined(found: list[frozenset[str]]) -> frozenset[str]:
    """What all mentions agree on; what they do not agree on is open between them."""
    joined = found[0]
    for options in found[1:]:
        joined = joined & options or joined | options
    return joined


def _left(denied: list[frozenset[str]], reading: Reading) -> frozenset[str]:
    """What the denied options leave: neither 増えて nor 減って is 変わらない."""
    left = [reading.otherwise.get(options, frozenset()) for options in denied]
    return frozenset.intersection(*left) if left else frozenset()


def _gravest(
    affirmed: list[frozenset[str]], options: frozenset[str], reading: Reading
) -> frozenset[str]:
    """The gravest option that was said for certain, where a question has an order of them."""
    certain = {each for found in affirmed if len(found) == 1 for each in found}
    graver = [each for each in reading.gravest if each in certain]
    return frozenset(graver[:1]) if len(options) > 1 and graver else options


# --- mentions -----------------------------------------------------------------------------------


def _mentions(clauses: tuple[Clause, ...], question: Question) -> list[Mention]:
    """Every mention; what is over counts only when nothing else is said."""
    now = [clause for clause in clauses if not clause.past]
    found = [mention for clause in now for mention in _in_clause(clause.text, question)]
    if not found and len(clauses) == 1:
        found = list(_in_clause(clauses[0].text, question))
    return found


def _in_clause(clause: str, question: Question) -> Iterable[Mention]:
    if whole := _whole(clause, vocabulary(question).whole):
        return (Mention(whole),)
    found = spans(clause, question)
    reading = READINGS.get(question.id, Reading())
    if reading.unrelated.search(clause):
        return ()
    if everything := _everything(clause, found, reading):
        return everything
    mentions = [
        Mention(
            span.options,
            denied=_denied(clause[span.end :], reading),
            too=_TOO.match(clause, span.end) is not None,
        )
        for span in found
        if not _set_aside(clause[span.end :], reading)
    ]
    return _not_all(mentions, question)


def _not_all(mentions: list[Mention], question: Question) -> list[Mention]:
    """「銀行からは借りていない」 denies one of several; it does not say that there is none at all."""
    alone = {option.id for option in question.options if option.alone}
    one_denied = any(
        mention.denied and not mention.too and alone.isdisjoint(mention.options)
        for mention in mentions
    )
    return [each for each in mentions if not (one_denied and each.options <= alone)]


def _whole(clause: str, words: Mapping[str, frozenset[str]]) -> frozenset[str] | None:
    """The options that a clause means as a whole, with or without what leads in and softens."""
    bare = _SOFTENED.sub("", clause)
    forms = (clause, bare, _LED_IN.sub("", bare))
    return next((words[form] for form in forms if form in words), None)


def _denied(rest: str, reading: Reading) -> bool:
    return reading.denied.search(rest) is not None and _ONLY.search(rest) is None


def _set_aside(rest: str, reading: Reading) -> bool:
    """Whether the rest of a clause makes a mention a wish or a doubt, and no answer."""
    return reading.aside.search(rest) is not None or _UNCERTAIN.search(rest) is not None


def _everything(clause: str, found: tuple[Span, ...], reading: Reading) -> tuple[Mention, ...]:
    """「人件費以外は大丈夫」, 「給料以外全部」, 「全部」: mentions that speak of all the rest."""
    if excepted := _EXCEPT.search(clause):
        named = [span.options for span in found if span.end <= excepted.start()]
        if _EVERYTHING.search(clause[excepted.end() :]) and reading.everything:
            others = frozenset(reading.everything).difference(*named)
            return tuple(Mention(frozenset({other})) for other in others)
        rest = clause[excepted.end() :]
        if _DENIES_ALL.search(rest) or reading.denied.search(rest):
            return tuple(Mention(options) for options in named)
        return tuple(Mention(options, denied=True) for options in named)
    if reading.everything and not found and _EVERYTHING.search(clause):
        denied = reading.denied.search(clause) or (
            _DENIES_ALL.search(clause) and not _NOT_PAID.search(clause)
        )
        options = reading.no if denied else reading.everything
        return tuple(Mention(frozenset({option})) for option in options)
    return ()
