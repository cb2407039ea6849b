"""Find the answer an owner wants to correct.

As in 「さっきの赤字は去年だけ」 and 「業種まちがえた」.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import cache

from bot.understand.commands.command import Command
from bot.understand.commands.commands import find_saying
from bot.understand.commands.covering import cover
from bot.understand.commands.vocabulary import vocabulary
from bot.understand.reading.clause import Clause, Kind
from bot.understand.reading.lexicon import Lexicon, Role
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
    names = _names(lexicon)
    for clause in clauses:
        if clause.kind is not Kind.SUPPOSED and (named := _find_named(clause, names)):
            return named
    if not _OTHERWISE.search("".join(clause.form for clause in clauses)):
        return None
    given = tuple(id_ for id_ in questions if id_ in answered)
    pointing = (clause for clause in clauses if _POINTS_BACK.search(clause.form))
    return next((id_ for each in pointing for id_ in _find_spoken_of(each, given, lexicon)), None)


@cache
def _names(lexicon: Lexicon) -> tuple[tuple[str, str], ...]:
    """List every name of every question with its id, the longest first."""
    questions = [grammar.question for grammar in lexicon.grammars.values()]
    names = {plain(name): each.id for each in questions for name in (each.title, *each.names)}
    return tuple(sorted(names.items(), key=lambda pair: -len(pair[0])))


def _find_named(clause: Clause, names: tuple[tuple[str, str], ...]) -> str | None:
    """Find the question named by a clause that only wishes to correct it."""
    name, id_ = next((pair for pair in names if pair[0] in clause.form), ("", ""))
    if not name:
        return None
    words = vocabulary()
    covered = cover(clause.form.replace(name, TOPIC, 1), words)
    saying = find_saying(covered, words, asked=False, whole=True)
    return id_ if saying and saying.command is Command.CORRECT else None


def _find_spoken_of(clause: Clause, given: Sequence[str], lexicon: Lexicon) -> Iterator[str]:
    """Find the questions a clause speaks about, by options or subject."""
    hits = lexicon.find(clause.form)
    for role in (Role.ANYWHERE, Role.HERE, Role.ABOUT):
        yield from (id_ for id_ in given if any(hit.use.role is role for hit in hits.get(id_, ())))
