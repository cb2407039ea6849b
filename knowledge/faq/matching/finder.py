"""Turn a typed text into a reply, trying everything in order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from knowledge.faq.matching import compound, context, meaning, topics
from knowledge.faq.matching.decide import OFFERED, Decision, Thresholds
from knowledge.faq.matching.elsewhere import Elsewhere
from knowledge.faq.matching.index import build, view_entries
from knowledge.faq.matching.naming import Naming
from knowledge.faq.matching.search import Search
from knowledge.faq.wording.language import kana
from knowledge.faq.wording.normalise import fold, is_in_katakana, shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.faq.entry import Entry
    from knowledge.faq.matching.meaning import Encoder
    from knowledge.faq.matching.search import Ranked
    from knowledge.faq.matching.topics import Spotted, Topic

# An entry this sure is meant even when another topic is named beside it.
SURE_ANYWAY = 0.75
# What another topic's name leaves of the scores.
ANOTHER_TOPIC = 0.5


@dataclass(frozen=True, slots=True)
class Outcome:
    """Hold a decision with the numbers of its entries.

    `topic` is set when it is not ours.
    """

    decision: Decision
    ranked: Ranked
    topic: Topic | None = None


NOTHING = Outcome(Decision.NONE, ())


@dataclass(frozen=True, slots=True)
class Finder:
    """Hold an index with the parts of a decision."""

    entries: Sequence[Entry]
    search: Search
    elsewhere: Elsewhere
    ours: frozenset[str]
    naming: Naming
    thresholds: Thresholds

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> Finder:
        """Index the entries, with the weights and thresholds we ship."""
        views = view_entries(entries)
        search = Search(build(entries, views))
        ours, naming = topics.ours(entries), Naming.of(entries, views)
        return cls(entries, search, Elsewhere(search), ours, naming, Thresholds.shipped("spelling"))

    def with_meaning(self, encode: Encoder) -> Finder:
        """Find the same entries by meaning too."""
        vector_of = meaning.remembering(encode)
        return replace(
            self,
            search=self.search.with_meaning(meaning.build(self.entries, encode, vector_of)),
            elsewhere=self.elsewhere.with_meaning(encode, vector_of),
            thresholds=Thresholds.shipped("meaning"),
        )

    def rank(self, text: str) -> Ranked:
        """Return all entries worth naming, best first.

        Another topic's name lowers the scores.
        """
        text, ranked = self._read(shorten(text))
        if self._elsewhere(text, ranked):
            return tuple((number, score * ANOTHER_TOPIC) for number, score in ranked)
        return ranked

    def find(self, text: str, last: int | None = None) -> Outcome:
        """Decide the reply to a text.

        `last` is the number of the entry answered before.
        """
        text, ranked = self._read(shorten(text))
        if spotted := self._elsewhere(text, ranked):
            return self._aside(spotted)
        if last is not None and self._leans_back(text, ranked):
            return self._decide(text, self._follow(text, last))
        whole = self._decide(text, ranked)
        several = compound.split(text, ranked, self.search)
        parts = Outcome(*compound.decide(several, self._judge)) if several else NOTHING
        return join(parts, whole)

    def _read(self, text: str) -> tuple[str, Ranked]:
        """Rank a text, also in hiragana if it is all katakana."""
        ranked, folded = self.search.rank(text), fold(text)
        if not is_in_katakana(folded):
            return text, ranked
        spoken = kana(folded)
        heard = self.search.rank(spoken)
        return (spoken, heard) if _best(heard) > _best(ranked) else (text, ranked)

    def _elsewhere(self, text: str, ranked: Ranked) -> Spotted | None:
        spotted = topics.spot(text, self.ours)
        sure = bool(ranked) and ranked[0][1] >= SURE_ANYWAY
        return None if sure else spotted

    def _aside(self, spotted: Spotted) -> Outcome:
        """Answer our part beside another topic, or name the topic."""
        if spotted.rest:
            outcome = self._decide(spotted.rest, self.search.rank(spotted.rest))
            if outcome.decision is Decision.ANSWER:
                return outcome
        return Outcome(Decision.NONE, (), spotted.topic)

    def _leans_back(self, text: str, ranked: Ranked) -> bool:
        """Tell whether a text means the last question.

        これ may mean it, where the rest is not sure.
        """
        if context.is_follow_up(text):
            return True
        return context.points_back(text) and self._judge(text, ranked) is not Decision.ANSWER

    def _follow(self, text: str, last: int) -> Ranked:
        before = self.entries[last]
        nearby = frozenset(
            number
            for number, entry in enumerate(self.entries)
            if entry.id in before.related or (entry.topic and entry.topic == before.topic)
        )
        own = self.search.rank(text, nearby)
        joint = self.search.rank(context.together(text, before.question), nearby)
        return context.in_context(own, joint, last, nearby)

    def _judge(self, text: str, ranked: Ranked) -> Decision:
        scores = [score for _, score in ranked]
        # Likeness to questions that are not ours only lowers the chances: where there is none, it is not asked.
        if self.thresholds.decide(scores) is Decision.NONE:
            return Decision.NONE
        return self.thresholds.decide(scores, self.elsewhere.likeness(text))

    def _decide(self, text: str, ranked: Ranked) -> Outcome:
        decision = self._judge(text, ranked)
        if decision is Decision.ANSWER:
            return Outcome(decision, ranked[:1])
        offered = self._offers(text, ranked) if decision is Decision.SUGGEST else ()
        return Outcome(decision, offered) if offered else NOTHING

    def _offers(self, text: str, ranked: Ranked) -> Ranked:
        worth = ranked[: self.thresholds.worth_offering([score for _, score in ranked])]
        return tuple(pair for pair in worth if self.naming.may_offer(pair[0], text))


def _best(ranked: Ranked) -> float:
    return ranked[0][1] if ranked else 0.0


def join(parts: Outcome, whole: Outcome) -> Outcome:
    """Choose between the outcomes of two questions and of their whole message.

    No offer loses the meaning of the whole. One answer beats two offers, unless both are surer than
    it.
    """
    if parts.decision is not Decision.SUGGEST:
        return parts if parts.decision is Decision.ANSWER else whole
    least_sure = min(score for _, score in parts.ranked)
    if whole.decision is Decision.ANSWER and least_sure <= whole.ranked[0][1]:
        return whole
    return Outcome(Decision.SUGGEST, _whole_first(whole.ranked[:1], parts.ranked))


def _whole_first(whole: Ranked, parts: Ranked) -> Ranked:
    """Join the offers, each once.

    That of the whole message comes first, then those of its parts in the order asked.
    """
    ranked = dict((*parts, *whole))
    order = dict.fromkeys(number for number, _ in (*whole, *parts))
    return tuple((number, ranked[number]) for number in order)[:OFFERED]
