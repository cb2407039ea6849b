"""Find the answer an owner wants to correct.

As in 「さっきの赤字は去年だけ」 and 「業種まちがえた」.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import cache

from ahocorasick_rs import AhoCorasick

from bot.understand.commands.command import Command
from bot.understand.commands.commands import find_saying
from bot.understand.commands.covering import cover
from bot.understand.commands.vocabulary import vocabulary
from bot.understand.reading.clause import Clause, Kind
from bot.understand.reading.facts.lexicon import Lexicon, Role
from bot.understand.reading.plain import plain
from flows.flow import Question

TOPIC = "〻"
"""Stands for the name of a question in a clause."""

_POINTS_BACK = re.compile(
    r"(?:さっき|先ほど|さきほど|前に|最初に|今|いま)の?(?:回答|答え|質問)?(?:で|に|は)?"
    r"(?:答え|こたえ|言っ|言う|いう|ゆう|言い|書い|書き|選ん|選び|押し|打っ|入れ|伝え)(?:た|て|まし|ん)"
    r"|^(?:あの|すみません|すいません|ごめん)?(?:さっき|先ほど|さきほど)の"
    r"|(?:って|と|を|に)(?:答え|こたえ|言っ|言う|いう|書い|書き|選ん|選び|押し|打っ|入れ|伝え)(?:た|まし)"
)
"""Words about an answer given, such as 「さっき言った」 and 「…って答えた」."""

_OTHERWISE = re.compile(
    r"違|ちが|間違|まちが|誤|じゃな|ではな|でなく|やのう|やなくて|本当は|ほんまは|実は|だけ|(?:だっ|でし|やっ)た|直し|直す|訂正|修正|変え|取り消"
)
"""Words that deny or correct, as 違う, 実は, 直す."""


def correction_in(
    clauses: Sequence[Clause],
    questions: Mapping[str, Question],
    answered: Container[str],
    lexicon: Lexicon,
) -> str | None:
    """Find the question whose answer is to be another, or None.

    Either it is named with a wish to correct and nothing else, or an answer given (to a question
    `answered`) is pointed back at and said to be otherwise.
    """
    names = _names_in(lexicon)
    for clause in clauses:
        if clause.kind is not Kind.SUPPOSED and (named := _find_named(clause, names)):
            return named
    if not _OTHERWISE.search("".join(clause.form for clause in clauses)):
        return None
    given = tuple(id_ for id_ in questions if id_ in answered)
    pointing = (clause for clause in clauses if _POINTS_BACK.search(clause.form))
    return next((id_ for each in pointing for id_ in _find_spoken_of(each, given, lexicon)), None)


class _Names:
    """The names of all questions, found in one pass."""

    def __init__(self, lexicon: Lexicon) -> None:
        questions = [grammar.question for grammar in lexicon.grammars.values()]
        names = {plain(name): each.id for each in questions for name in (each.title, *each.names)}
        self._names = sorted(names.items(), key=lambda pair: -len(pair[0]))
        self._automaton = AhoCorasick([name for name, _ in self._names])

    def find_longest(self, form: str) -> tuple[str, str] | None:
        """Find the longest name in a form, with the id of its question."""
        found = self._automaton.find_matches_as_indexes(form, overlapping=True)
        return self._names[min(number for number, _, _ in found)] if found else None


@cache
def _names_in(lexicon: Lexicon) -> _Names:
    return _Names(lexicon)


def _find_named(clause: Clause, names: _Names) -> str | None:
    """Find the question named by a clause that only wishes to correct it."""
    named = names.find_longest(clause.form)
    if named is None:
        return None
    name, id_ = named
    words = vocabulary()
    covered = cover(clause.form.replace(name, TOPIC, 1), words)
    saying = find_saying(covered, words, asked=False, whole=True)
    return id_ if saying and saying.command is Command.CORRECT else None


def _find_spoken_of(clause: Clause, given: Sequence[str], lexicon: Lexicon) -> Iterator[str]:
    """Find the questions a clause speaks about, by options or subject."""
    hits = lexicon.find(clause.form)
    for role in (Role.ANYWHERE, Role.HERE, Role.ABOUT):
        yield from (id_ for id_ in given if any(hit.use.role is role for hit in hits.get(id_, ())))
