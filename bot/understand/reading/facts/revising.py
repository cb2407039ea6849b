"""Read messages that put an earlier answer right.

They begin 「あ、ちがう」, 「やっぱり」, or end in what turned out: 「…だったみたい」.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from bot.understand.reading.clause import Clause, Kind, When
from bot.understand.reading.facts.denials import Denied
from bot.understand.reading.facts.fact import Certainty, Fact, Given, fact_of
from bot.understand.reading.facts.heard import Heard
from bot.understand.reading.facts.lexicon import Grammar, Lexicon, Role
from bot.understand.reading.facts.open_answer import open_answer
from flows.flow import UNKNOWN


class Revision(Enum):
    """Tell how plainly a message puts an earlier one right."""

    NONE = auto()
    LIKELY = auto()
    PLAIN = auto()


_BEFORE_IT = (
    r"(?:あっ?|いや|いえ|えっと|あれ|すみません|すいません|ごめん(?:なさい)?|失礼(?:しました)?)"
)
_PLAINLY = re.compile(
    rf"(?:{_BEFORE_IT}[、,\s。!！・…ー]*)*"
    r"(?:違[うくっいえ]|ちが[うくっいえ]|ちゃう|間違[えいっ]|まちが[えいっ]|訂正|もとい|逆(?!に)|ぎゃく(?!に)|反対で|あべこべ"
    r"|.{0,12}?(?:じゃ|では|や)なく(?:て|、|,)|.{0,12}?やのうて"
    r"|.{0,20}?(?:って|と)(?:さっき)?(?:言っ|いっ|言い|いい|言う|書い|答え|こたえ|押し)(?:た|まし|て(?:い?た|しも|しま)))"
)
_PERHAPS = re.compile(
    r"(?:あっ?|えっと|あの|すみません|すいません|ごめん(?:なさい)?)?[、,\s。]*"
    r"(?:いや(?!な|に|が|ら|す|で|だ)|いえ(?!ば|る|な|の)|やっぱ(?:り|し)?|やはり|ていうか|というか|正確に|実は|じつは|ほんと(?:う)?は|本当は|ほんまは"
    r"|(?:よく|もう一度|いま|今|あとで)?.{0,8}(?:見|考え|調べ|確認し|確かめ|聞い|きい|数え|計算し)(?:なおし|直し)?(?:て(?:み|もらっ)?)?たら)"
)
_TURNED_OUT = re.compile(
    r"(?:(?:やった|だった|でした|て(?:い|いまし|まし)?た|なかった)(?:みたい|らしい|わ|です|よ|ね|な|んです|んだ|けど)*"
    r"|た(?:みたい|らしい)(?:です|だ|や|よ|ね)?|忘れて(?:い?た|ました)|だけ(?:です|や|だ|でした|だった|やった)?)[。!！\s]*$"
)
_SAID_BEFORE = re.compile(
    r"(?:って|と)(?:さっき)?(?:言っ|いっ|言い|いい|言う|書い|答え|こたえ|押し)(?:た|まし|ていた|てた)"
)
_LONG_AGO = re.compile(r"前|昔|去年|以前|かつて|元々|もともと|ころな|年[はに]|まで")


def revision_in(text: str) -> Revision:
    """Tell by its beginning and end whether a message revises an earlier one."""
    if _PLAINLY.match(text):
        return Revision.PLAIN
    if _PERHAPS.match(text) or _TURNED_OUT.search(text):
        return Revision.LIKELY
    return Revision.NONE


def put_right(clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """Read the clauses of a message that puts something right.

    「黒字でした」 tells what turned out and not what is over; 「赤字って言ったけど」 is said no longer.
    """
    return tuple(
        replace(
            clause,
            when=When.PAST
            if _LONG_AGO.search(clause.form) and clause.when is When.PAST
            else When.NOW,
            cancelled=clause.cancelled
            or (clause is not clauses[-1] and _SAID_BEFORE.search(clause.text) is not None),
        )
        for clause in clauses
    )


@dataclass(frozen=True, slots=True)
class Said:
    """Hold a message, the open question, and the answers `given` before."""

    text: str
    heard: Heard
    lexicon: Lexicon
    given: Given
    expecting: str | None


def revised_facts(said: Said, facts: list[Fact], denied: Denied) -> list[Fact]:
    """Add to the facts of a message what it puts right.

    What is denied is read again as the answer to its question. Words that say plainly that they put
    something right (「あ、ちがう」) are about the answer given last that they can answer, and not about
    the open question; others only where nothing else was heard, and of one answer alone.
    """
    told = {fact.question for fact in facts}
    again = [question for question in denied if question not in told]
    found = [
        fact for fact in _read_again(said, again) if denied[fact.question].isdisjoint(fact.options)
    ]
    if found or denied or told.intersection(said.given):
        return [*facts, *found] if found else facts
    return _revised_unnamed(said, facts)


def _revised_unnamed(said: Said, facts: list[Fact]) -> list[Fact]:
    """Find the answer that a message puts right which names none of its options."""
    revision = revision_in(said.text)
    opened = [fact for fact in facts if fact.question == said.expecting]
    if revision is Revision.NONE or (revision is Revision.LIKELY and (opened or _tell(facts))):
        return facts
    found = [*_read_again(said, reversed([*said.given]))]
    if not found or (revision is Revision.LIKELY and len(found) > 1):
        return facts
    return [*(fact for fact in facts if fact not in opened), found[0]]


def _tell(facts: Sequence[Fact]) -> bool:
    return any(fact.certainty is Certainty.SAID for fact in facts)


def _read_again(said: Said, questions: Iterable[str]) -> Iterator[Fact]:
    """Read the message as another answer to questions that were answered."""
    for question in questions:
        grammar = said.lexicon.grammars.get(question)
        if grammar is None or not _speaks_of(said.heard, grammar):
            continue
        answer = open_answer(said.text, said.heard, grammar)
        if answer and UNKNOWN.id not in answer[0] and not set(answer[0]) <= {*said.given[question]}:
            yield fact_of(grammar, answer[0], answer[1])


def _speaks_of(heard: Heard, grammar: Grammar) -> bool:
    """Tell whether an option's word, or a number, stands in an answering clause."""
    return any(
        any(hit.use.role <= Role.HERE for hit in words.hits.get(grammar.question.id, ()))
        or (grammar.words.numbers is not None and _NUMBER.search(words.clause.text) is not None)
        for words in heard
        if words.clause.kind is not Kind.QUESTION and not words.clause.cancelled
    )


_NUMBER = re.compile(r"[\d一二三四五六七八九十半]")
