"""Answer both questions of one message."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knowledge.faq.matching.decide import Decision
from knowledge.faq.wording.endings import core_of
from knowledge.faq.wording.language import words
from knowledge.faq.wording.normalise import clauses, plain
from knowledge.faq.wording.questions import is_question

if TYPE_CHECKING:
    from collections.abc import Callable

    from knowledge.faq.matching.search import Ranked, Search

    Judge = Callable[[str, Ranked], Decision]

MOST_QUESTIONS = 3
"""Questions of one message that are answered."""

SHORTEST_QUESTION = 2
"""Letters of a question's core, so that a rest is none."""

_LEANING = frozenset({"動詞", "助詞", "助動詞", "補助記号", "空白", "感動詞"})
"""Parts of speech that name no subject."""

_LINK = re.compile(r"(?:それと|それから|あとは|あと|それに|および|ならびに|ついでに)")
"""Words between two questions."""


def questions(text: str) -> tuple[str, ...]:
    """Split a message into its questions, at most one for a single question."""
    pieces = (piece for part in clauses(plain(text)) for piece in _LINK.split(part))
    asked = [p for p in pieces if len(core_of(p)) >= SHORTEST_QUESTION and is_question(p)]
    return tuple(each for each in asked[:MOST_QUESTIONS] if _stands_alone(each))


def _stands_alone(piece: str) -> bool:
    """Tell whether a question says what it is about.

    「使える？」 leans on the words before it (「創業8か月なんだけど使える？」).
    """
    return any(word.kind[0] not in _LEANING for word in words(piece))


def split(text: str, whole: Ranked, search: Search) -> dict[str, Ranked]:
    """Rank the questions of a compound message, in the order asked.

    Nothing if it is not one. The parts must mean different entries, and together be surer than the
    message as a whole.
    """
    asked = questions(text)
    if len(asked) < 2:  # noqa: PLR2004 - two is what makes it compound
        return {}
    ranked = {question: found for question in asked if (found := search.rank(question))}
    best = dict(found[0] for found in ranked.values())
    if len(best) < len(asked):
        return {}
    return ranked if sum(best.values()) / len(best) > whole[0][1] else {}


def decide(parts: dict[str, Ranked], judge: Judge) -> tuple[Decision, Ranked]:
    """Answer all parts or, when one is unsure, offer the best of each."""
    best = tuple(ranked[0] for ranked in parts.values())
    decisions = {judge(question, ranked) for question, ranked in parts.items()}
    if decisions == {Decision.ANSWER}:
        return Decision.ANSWER, best
    return (Decision.NONE, ()) if Decision.NONE in decisions else (Decision.SUGGEST, best)
