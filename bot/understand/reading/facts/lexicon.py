"""Find the words of all questions in one pass by an automaton.

Aho–Corasick: the time is linear in the text, however many words there are. The meaning of a found
word in its clause is decided elsewhere.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from bot.understand.reading.plain import spelled
from bot.understand.text import fold, hiragana
from flows.flow import Question
from flows.vocabulary import OptionWords, Vocabulary
from knowledge.faq.wording.language import reading
from knowledge.made_once import made_once

GAP, END = "…", "。"
_WIDEST_GAP = 9
"""Letters that may stand between two parts of one expression."""

_END = re.compile("(?:です|でした|だ|や|で|よ|ね|な|かな|わ)*$")
"""Endings of a clause that may follow an expression at its end."""


class Role(IntEnum):
    """Say the role of a word for a question.

    It names options (strong, weak, degree) or subjects.
    """

    ANYWHERE = 0
    HERE = 1
    DEGREE = 2
    ABOUT = 3
    OTHERS = 4


class Use(NamedTuple):
    """Hold the use of one word for one question.

    `tail` are the further parts of a word with gaps.
    """

    question: str
    role: Role
    options: frozenset[str]
    tail: tuple[str, ...] = ()
    at_end: bool = False
    latin: bool = False


class Hit(NamedTuple):
    """Hold a found word with its place and use. A long message makes hundreds."""

    start: int
    end: int
    use: Use
    gaps: tuple[tuple[int, int], ...] = ()

    def hides(self, other: Hit) -> bool:
        """Tell whether this longer find contains the other, which then counts for nothing.

        What stands in a gap of this find is not part of it, and counts.
        """
        longer = self.end - self.start > other.end - other.start
        contains = self.start <= other.start and other.end <= self.end
        return longer and contains and not any(a <= other.start < b for a, b in self.gaps)


@dataclass(frozen=True, slots=True)
class Grammar:
    """Hold the words and patterns that read one question."""

    question: Question
    words: Vocabulary
    unrelated: re.Pattern[str]
    asked: re.Pattern[str]
    denied: re.Pattern[str]
    not_this: re.Pattern[str]
    aside: re.Pattern[str]
    whole: Mapping[str, frozenset[str]]
    alone: frozenset[str]
    order: Mapping[str, int]
    about: tuple[str, ...]


@dataclass(slots=True, eq=False)
class Lexicon:
    """Every word by which answers to some questions are heard. Made once, then only read."""

    grammars: Mapping[str, Grammar]
    _uses: list[tuple[Use, ...]] = field(default_factory=list)
    _automaton: AhoCorasick = field(default_factory=lambda: AhoCorasick([]))

    @made_once
    def find(self, form: str) -> dict[str, list[Hit]]:
        """Find the words of a plain clause by question, in order."""
        found: defaultdict[str, list[Hit]] = defaultdict(list)
        for number, start, end in self._automaton.find_matches_as_indexes(form, overlapping=True):
            for use in self._uses[number]:
                if hit := _hit(form, start, end, use):
                    found[use.question].append(hit)
        return found

    def blank(self, said: str, question: str, mark: str) -> str:
        """Replace every word of the question's options by a mark."""
        hits = [hit for hit in self.find(said).get(question, ()) if hit.use.role <= Role.HERE]
        kept, start = [], 0
        for hit in sorted(hits, key=lambda each: (each.start, -each.end)):
            if hit.start >= start:
                kept += [said[start : hit.start], mark]
                start = hit.end
        return "".join((*kept, said[start:]))


def lexicon_of(questions: Mapping[str, Question]) -> Lexicon:
    """Build the lexicon of some questions from the words each brings."""
    uses: defaultdict[str, dict[Use, None]] = defaultdict(dict)
    known: dict[Use, Use] = {}
    for question in questions.values():
        for head, use in _uses_of(question):
            # Most words are used like thousands of others, so one such use is kept for all.
            uses[head][known.setdefault(use, use)] = None
    heads = sorted(uses)
    return Lexicon(
        {id_: _grammar(question) for id_, question in questions.items()},
        [tuple(uses[head]) for head in heads],
        AhoCorasick(heads),
    )


def _uses_of(question: Question) -> Iterator[tuple[str, Use]]:
    """List every word of a question by its first part, with its use."""
    marked: defaultdict[tuple[str, Role], set[str]] = defaultdict(set)
    for id_, words in question.words.options.items():
        for role, said in _by_role(words):
            for word in said:
                marked[word, role].add(id_)
    for word in question.words.about:
        marked[word, Role.ABOUT] = set()
    for word in question.words.others:
        marked[word, Role.OTHERS] = set()
    for (word, role), options in marked.items():
        for head, *tail in _spellings(word.removesuffix(END)):
            yield (
                head,
                Use(
                    question.id,
                    role,
                    frozenset(options),
                    tuple(tail),
                    at_end=word.endswith(END),
                    latin=head.isascii(),
                ),
            )


_SHORTEST_KANA = 4
"""Kana. A shorter word would be found inside others."""


def _spellings(word: str) -> set[tuple[str, ...]]:
    """Spell a word's parts as written, and in kana where long enough."""
    parts = word.split(GAP)
    written = tuple(map(spelled, parts))
    spoken = tuple(spelled(reading(part)) for part in parts)
    long_enough = len("".join(spoken)) >= _SHORTEST_KANA and all(len(part) > 1 for part in spoken)
    return {written, spoken} if long_enough else {written}


def _by_role(words: OptionWords) -> Iterator[tuple[Role, tuple[str, ...]]]:
    yield Role.ANYWHERE, words.anywhere
    yield Role.HERE, words.here
    yield Role.DEGREE, words.degree


def _hit(form: str, start: int, end: int, use: Use) -> Hit | None:
    """Complete a find with its further parts, or return None without them."""
    if use.latin and not _stands_alone(form, start, end):
        return None
    gaps = []
    for part in use.tail:
        place = form.find(part, end, end + _WIDEST_GAP + len(part))
        if place < 0:
            return None
        gaps.append((end, place))
        end = place + len(part)
    if use.at_end and not _END.match(form, end):
        return None
    return Hit(start, end, use, tuple(gaps))


def _stands_alone(form: str, start: int, end: int) -> bool:
    around = form[max(start - 1, 0) : start] + form[end : end + 1]
    return not any(each.isascii() and each.isalnum() for each in around)


# --- grammar ------------------------------------------------------------------------------------

_NOT = (
    "^でも.{1,6}でもない",
    "^[ぁ-ん]{0,4}(?:言え|いえ|思え)ない",
    "^(?:る|た)?どころか",
    "^[はがも]?(?:一切|全く|まったく)?(?:なし|無し|ぜろ)(?![んでと])",
    "^[ぁ-ん]{0,8}?(?:ない|なく(?!な)|なかっ|(?<=[らかさたわえけせれべ])ず(?![っつれ]))",
    "^[はがもを]?(?:一回|一度|1回|1度|全然|一切|感じ|思っ|考え)[ぁ-ん]{0,6}?ない",
    "^[ぁ-ん]{0,6}(?:一回|一度|一遍|1回|1度|今まで|過去に|全然|一切|全く)[ぁ-ん]{0,4}?ない",
    "^の(?:滞納|未納|遅れ|延滞)[ぁ-ん]{0,8}?ない",
    "^[のんとって]{0,2}(?:とは|では|じゃ|や)?(?:ちゃう|違う|ちがう)(?![かもん])",
    "^ずに?(?![っつれ])",
)
_NOT_THIS = (
    r"^(?:の(?:ほう|方|こと|やつ|分|ぶん)?|さん|です|[ぁ-ん]{0,4}?(?:ん|の|わけ))?(?:から|に|は|が|も|で|を|と)?"
    r"(?:(?:じゃ|では|や|と)?(?:ない(?!と|か)|なく(?![なて]は|な)|なかっ|のうて|違[うくっい]|ちが[うくっい]|ちゃう(?![かもん])|ちゃいま)"
    r"|(?:もう|まったく|全く|全然)?(?:関係|かんけい)(?:は)?な"
    r"|まだ(?:$|です|だ|や)|(?:は|が)?ぜろ(?!ぜろ)|間違(?!いな)|まちが(?!いな)|なし(?![んでと])|無し|取り消|とりけ|っ?て?いうか|よりむしろ|どころか)"
)
"""Words that deny any option directly before them.

As in 「405じゃない」, 「保証協会はなし」, 「赤字は間違い」.
"""

_ASIDE = (
    "(?<![重冷眠])た(?:い(?=$|[でのんとがけかなわよねしも])|く)",
    "^の(?:話|件|案内|制度|補助|助成|意味|違い|書き方|見方|計算|集計|ニュース|チラシ|広告|時期|会館|駐車場)",
    "^[ぁ-ん]{0,4}(?:う|(?<!い)る|く)のは(?:失礼|無理|だめ|駄目|まず|よくな|良くな|あり|可能|普通|おかし|変|恥)",
    *["苦手", "嫌い", "きらい"],
    *["目指", "断ら", "ことわら", "拒否", "心配", "嘘", "したら", "すると(?!ころ)"],
)
"""Words of a wish (「黒字にしたい」) or a supposition (「リスケしたら」), which are no answers."""

_NEVER = re.compile("(?!)")
"""Matches nothing, for a question without patterns."""


def _grammar(question: Question) -> Grammar:
    words = question.words
    whole: defaultdict[str, set[str]] = defaultdict(set)
    for id_, option in words.options.items():
        for word in option.whole:
            whole[fold(word)].add(id_)
            whole[spelled(reading(word)) or fold(word)].add(id_)
    return Grammar(
        question,
        words,
        unrelated=_one_of(words.unrelated),
        asked=_one_of(words.asked),
        denied=_one_of((_NOT_THIS, *(() if words.denied_alone else _NOT), *words.denied)),
        not_this=_one_of((_NOT_THIS,)),
        aside=_one_of(words.aside if words.aside_alone else (*_ASIDE, *words.aside)),
        whole={word: frozenset(options) for word, options in whole.items()},
        alone=frozenset(option.id for option in question.options if option.alone),
        order={option.id: number for number, option in enumerate(question.options)},
        about=tuple(spelled(word) for word in words.about),
    )


def _one_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(hiragana, patterns))) if patterns else _NEVER
