"""The answer to the open question, in any words. Not to understand is better than to be wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.understand.reading.clause import Clause, Kind, When, Whose
from bot.understand.reading.facts.heard import Heard, Words, is_of_now
from bot.understand.reading.facts.labels import labelled, nearly
from bot.understand.reading.facts.lexicon import Grammar, Role
from bot.understand.reading.facts.mentions import Mention, mentions_in, options_of
from bot.understand.reading.numbers.amounts import options_counted
from bot.understand.reading.plain import plain
from bot.understand.steering import yes_or_no
from bot.understand.text import run_of
from flows.flow import UNKNOWN

Answer = tuple[tuple[str, ...], Clause | None, bool]
"""Options, the clause they were heard in, and whether it is a label."""

_LEADING_TO_NOTHING = run_of(
    "いや いえ うん ええ うーん んー うちは いま 今 今は 今の(?:ところ)? いまの(?:ところ)? 現在 別に べつに 特に とくに とりあえず",
    "まだ もう(?!ち(?!ょっと)|ーん) 全然 ぜんぜん 全く まったく さすがに 今回は そういうのは は も に で",
    "(?:一つ|1つ|ひとつ|何|なに|なん|どれ|どちら|それ|一度|一人|誰|だれ|どこに)も",
)
_SAYING_SO = run_of("です よ ね な[あぁー]? わあ? かなあ? ばい と思う んです けど んだ っす")
_NOTHING = re.compile(
    rf"{_LEADING_TO_NOTHING}(?:(?:ない)++|なし|無|当てはまらない|該当なし|該当しない){_SAYING_SO}"
    r"|(?:今は|いまは|今のところ|いまのところ)?(?:いえ|いや|そういうのは)?(?:特に|とくに|何も|なにも)(?:は)?"
    r"|(?:今は|いまは)?(?:(?:一人|誰|だれ)も)?いない(?:です|よ|ね|な)*+"
)
"""Nothing of the offered options, such as 「特にないです」."""

_DOES_NOT_KNOW = re.compile(
    r"わから(?:ない|なく|ず)(?!ので教)|判断(?:でき|がつか|のしよう)|知らない$|不明|ふめい|見当[もが]?つかない|覚えていない|おぼえていない|決め(?:ていない|かねて|られない)|"
    r"決まっていない|把握していない|なんとも(?:$|い|言)|ぴんとこない|つかめない|つかめていない|(?:数え|計算し|比べ|見|考え|調べ)たことが?ない|任せ(?:きり|っぱなし|ている|てい)|まかせ(?:きり|っぱなし|ている)|迷っ(?:ている|て)$|(?:父|母|社長|夫|妻|経理|家内|主人)しか知ら|(?:父|母|社長|夫|妻|経理|家内|主人)に聞かないと|(?:悩|なや)んでいる$|"
    r"どうなっているの?か?$|なんで(?:か|やろ|だろ)|聞きたい(?:くらい|よ|わ|です)?$|さあ$|どうだろう$|さっぱり$"
)
"""Ways to say that one does not know the answer."""

_FREELY = re.compile(
    run_of(
        "さっぱり ぜんぜん 全然 全く まったく よく よう 正直 正直言って 自分で 私 うち ちょっと まだ",
        "今は 今のところ いまいち いまは はっきり 何とも なんとも 何も なにも さあ どれ どれか どれも どれもか どれだか もう(?!ち(?!ょっと)|ーん) ほんと 本当 本当に 実は",
        "たぶん うーん え は も に 、",
    )
)
"""Words that may stand before わからない without naming something unknown."""

_ASKING_PARDON = run_of(
    "すいません ごめん ちょっと あまり できれば それは これは そこは ここは 今は 理由は 何も なにも 誰にも"
)
_WILL_NOT_SAY = re.compile(
    _ASKING_PARDON
    + r"(?:(?:いい|答え|こたえ|話し|はなし|教え|おしえ|明かし|言い)た(?:くない|ない|くはない|うない)|"
    r"(?:言|い)えない|答えられない|(?:のーこめんと|ノーコメント|黙秘|秘密|内緒|ないしょ)(?:で)?)"
    + run_of("です ます んです よ ね わ な けど")
)
"""The whole of a message that will not answer."""

_FOR_A_REASON = re.compile(
    r"(?:て|で|から|けん|し|さかい|ないと|んと|ないことには|とは|み[なん]と|やら(?:もう)?|もんか|もんだか|かも|には)$"
)
"""Endings of a reason before 「わからない」."""

_SOMETHING_ELSE_UNKNOWN = re.compile(
    r"意味|使い方|やり方|方法|質問|聞い|言って|言葉|操作|進め方|窓口"
)
"""Words by which the owner does not understand the question or the service."""


_NOT_OURS = {Whose.OTHER, Whose.GENERAL}


def open_answer(text: str, heard: Heard, grammar: Grammar) -> Answer | None:
    """Read a normalised text as options of the open question, or None."""
    question = grammar.question
    if exact := labelled(text, question):
        return exact, None, True
    told = [words for words in heard if _may_answer(words.clause, grammar)]
    if not told:
        return None
    said = plain(text)
    if UNKNOWN in question.options and _WILL_NOT_SAY.fullmatch(said):
        return (UNKNOWN.id,), told[0].clause, False
    options = _options(text, said, told, grammar) or _options(
        text, said, [*_list_taken_back(heard)], grammar
    )
    return (options, told[0].clause, False) if options else None


def _list_taken_back(heard: Heard) -> Iterator[Words]:
    """Find words taken back and not replaced.

    As in 「街金にもちょっと、いや、ちょっとじゃないな」.
    """
    return (
        words
        for words in heard
        if words.clause.cancelled and words.clause.kind is not Kind.QUESTION
    )


def _may_answer(clause: Clause, grammar: Grammar) -> bool:
    if clause.subject in _NOT_OURS and not grammar.words.also_of_others:
        return False
    return clause.kind not in {Kind.QUESTION, Kind.CORRECTION} and not clause.cancelled


def _options(text: str, said: str, told: list[Words], grammar: Grammar) -> tuple[str, ...]:
    return (
        _read_bare_answer(text, said, grammar)
        or _read_count(told, grammar)
        or _read_meaning(told, grammar)
        or _read_nothing(told, grammar)
        or _unknown(told, grammar)
        or _read_first_word(text, grammar)
        or nearly(text, grammar.question)
    )


def _read_bare_answer(text: str, said: str, grammar: Grammar) -> tuple[str, ...]:
    """Read a bare はい, いいえ or ない by the question's grammar."""
    words = grammar.words
    if not (words.yes or words.no):
        return ()
    if _NOTHING.fullmatch(said):
        return words.no
    agreed = yes_or_no(text)
    return () if agreed is None else words.yes if agreed else words.no


def _read_first_word(text: str, grammar: Grammar) -> tuple[str, ...]:
    """Read はい or いいえ at the beginning, as in 「ええ、そうです」."""
    first, *more = re.split(r"[、,。\s]+", text.strip(), maxsplit=1)
    return _read_bare_answer(first, plain(first), grammar) if more else ()


def _now(told: list[Words]) -> list[Words]:
    """Leave out the clauses that are over, unless there is nothing else."""
    now = [words for words in told if words.clause.when is not When.PAST]
    return now or (told if len(told) == 1 else [])


def _read_count(told: list[Words], grammar: Grammar) -> tuple[str, ...]:
    if grammar.words.numbers is None:
        return ()
    now = _now(told) or told
    hits = [hit for words in now for hit in words.hits.get(grammar.question.id, ())]
    named = frozenset(each for hit in hits if hit.use.role <= Role.HERE for each in hit.use.options)
    options = options_counted([words.clause for words in now], grammar.words.numbers, named)
    return tuple(sorted(options, key=lambda each: grammar.order[each]))


def _read_meaning(told: list[Words], grammar: Grammar) -> tuple[str, ...]:
    """Read the options meant, only those of now in 「前は…、今は…」."""
    first = next((number for number, words in enumerate(told) if is_of_now(words)), 0)
    now = _read_mentions(told[first:], grammar) if first and not grammar.words.of_past else ()
    return now or _read_mentions(told, grammar)


def _read_mentions(told: list[Words], grammar: Grammar) -> tuple[str, ...]:
    question = grammar.question.id
    mentions: list[Mention] = []
    for words in _now(told):
        hits = words.hits.get(question, ())
        mentions += mentions_in(words.clause, hits, grammar, loose=True)
    degrees = [
        hit.use.options
        for words in told
        for hit in words.hits.get(question, ())
        if hit.use.role is Role.DEGREE
    ]
    return options_of(mentions, degrees, grammar)


def _read_nothing(told: list[Words], grammar: Grammar) -> tuple[str, ...]:
    """Read a clause that is only ない, as in 「前は借りていたけど、今はない」."""
    said = any(_NOTHING.fullmatch(words.clause.form) for words in told)
    return grammar.words.no if said else ()


def _unknown(told: list[Words], grammar: Grammar) -> tuple[str, ...]:
    if UNKNOWN not in grammar.question.options:
        return ()
    return (UNKNOWN.id,) if any(_is_unsure(words, grammar) for words in told) else ()


def _is_unsure(words: Words, grammar: Grammar) -> bool:
    """Tell whether a clause says "I don't know" to the question.

    A clause that names something else unknown does not.
    """
    form = words.clause.form
    found = _DOES_NOT_KNOW.search(form)
    if found is None or _SOMETHING_ELSE_UNKNOWN.search(form):
        return False
    before = form[: found.start()]
    return (
        _FREELY.fullmatch(before) is not None
        or _FOR_A_REASON.search(before) is not None
        or any(hit.start < found.start() for hit in words.hits.get(grammar.question.id, ()))
    )
