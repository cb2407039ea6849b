"""Judge the words of a clause about one question.

They affirm options, deny them, or are set aside.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from bot.understand.reading.clause import Clause
from bot.understand.reading.facts.fearing import is_feared
from bot.understand.reading.facts.lexicon import Grammar, Hit, Role
from bot.understand.text import Endings

_EXCEPT = re.compile("以外|のほかは|を除")
"""Words that leave out what stands before them."""

_EVERYTHING = re.compile(
    r"^[はがもを]?(?:ほぼ|もう|だいたい|とにかく|本当に)*(?:全部|みんな|どれも)[がはも]?"
    r"(?:$|だ|や|です|きつ|重|しんど|苦し|高|大変|遅れ|滞|払|納|やり|かなえ|大丈夫|ない|問題)"
)
"""A clause about all options at once, as 「全部きつい」."""

_DENIES_ALL = re.compile("ない|なく(?!な)|大丈夫|平気")
"""Words that deny all the rest, as 「それ以外はない」."""

_NOT_PAID = re.compile("払え|払って|納め")
"""Words of payment, where ない tells of arrears and denies nothing."""

_LED_IN = re.compile(
    r"^(?:まだ|今は|いまは|今のところ|いまのところ|一応|とりあえず|うん|ええ|はい|いまんとこ)+(?=.)"
)
"""Small words before an answer, as 「一応」 or 「今のところ」."""

_TOO = re.compile("(?:から|に|と)?も")
"""A particle behind an option that is added to others."""

_ONLY = re.compile(r"^(?:から|に|と|は)?しか")
"""しか, whose ない affirms the option before it."""

_SOFTENED = Endings(["です", "ます", "よ", "ね", "な", "なあ", "かな", "かね", "わ", "さ", "ー"])
_UNCERTAIN = re.compile(
    r"かどうか|か[ぁ-ん]{0,4}わからない|か[ぁ-ん]{0,4}知らない|^.{0,3}か(?!ら).{0,20}(?:わから|知ら|謎|不明|さっぱり|見当|判断|決めら|踏ん切り|五分五分|意識した|聞かないと)|^[がはもって]{1,2}[ぁ-ん]{0,3}わからない|怪しい|微妙"
    r"|の(?:基準|意味|定義)が"
)
"""Words behind an option that leave it open, as 「かわからない」."""


class Mention(NamedTuple):
    """Hold options that a clause affirms, or denies if `denied`.

    `too` for 「…も」: 「税理士もいない」 says that there is nothing else either. `strong` when the words are
    enough anywhere.
    """

    options: frozenset[str]
    denied: bool = False
    too: bool = False
    strong: bool = False


def mentions_in(
    clause: Clause, hits: Sequence[Hit], grammar: Grammar, *, loose: bool
) -> tuple[Mention, ...]:
    """List every mention of the question's options in a clause.

    `loose` when the question is open or spoken of: then weaker words count as well, and words
    that are the whole clause. What is only feared means what the question's `feared` says.
    """
    if not (hits or loose):
        return ()
    form = clause.form
    if loose and (whole := _read_whole(form, grammar.whole)):
        return (Mention(whole),)
    if grammar.unrelated.search(form):
        return ()
    found = [hit for hit in _counting(hits, loose=loose) if not _of_another(hit, hits)]
    if loose and (everything := _find_all_the_rest(form, found, grammar)):
        return everything
    return _drop_none(
        [
            mention
            for hit in found
            if _counts(form, hit, grammar) and (mention := _mention(clause, hit, grammar))
        ],
        grammar,
    )


def _counting(hits: Sequence[Hit], *, loose: bool) -> list[Hit]:
    """Select the longest find at each place, words of one place together."""
    weakest = Role.HERE if loose else Role.ANYWHERE
    # Weaker words are looked at even when they do not count: they hide what they contain.
    named = _merge_places([hit for hit in hits if hit.use.role <= Role.HERE])
    if len(named) == 1:  # nothing beside it hides it or makes it stronger
        return [hit for hit in named if hit.use.role <= weakest]
    seen = [
        _raise_weak(hit, near)
        for hit, near in _with_neighbours(named)
        if not any(other.hides(hit) for other in near)
    ]
    return [hit for hit in seen if hit.use.role <= weakest]


def _with_neighbours(hits: Sequence[Hit]) -> Iterator[tuple[Hit, Sequence[Hit]]]:
    """Pair each find with those that may overlap it.

    Comparing it with all others would take quadratic time.
    """
    starts = [hit.start for hit in hits]
    widest = max((hit.end - hit.start for hit in hits), default=0)
    for hit in hits:
        yield hit, hits[bisect_left(starts, hit.start - widest) : bisect_left(starts, hit.end)]


def _raise_weak(hit: Hit, named: Sequence[Hit]) -> Hit:
    """Strengthen a weak word that holds a strong one, as 「黒字すれすれ」."""
    if hit.use.role is Role.ANYWHERE:
        return hit
    strong = any(each.use.role is Role.ANYWHERE and hit.hides(each) for each in named)
    return hit._replace(use=hit.use._replace(role=Role.ANYWHERE)) if strong else hit


def _of_another(hit: Hit, hits: Sequence[Hit]) -> bool:
    """Tell whether a weak word belongs to another, nearer subject.

    Such as costs that rise.
    """
    if hit.use.role is not Role.HERE:
        return False
    before = [each for each in hits if each.use.role >= Role.ABOUT and each.start <= hit.start]
    nearest = max(before, key=lambda each: (each.end, each.end - each.start), default=None)
    return nearest is not None and nearest.use.role is Role.OTHERS


def _merge_places(hits: Sequence[Hit]) -> list[Hit]:
    """Merge finds of one place.

    A word of several options means any of them.
    """
    places: dict[tuple[int, int], Hit] = {}
    for hit in hits:
        known = places.get((hit.start, hit.end))
        places[hit.start, hit.end] = _join_hits(known, hit) if known else hit
    return [hit for _, hit in sorted(places.items())]


def _join_hits(one: Hit, other: Hit) -> Hit:
    use = one.use if one.use.role <= other.use.role else other.use
    options = one.use.options | other.use.options
    return one._replace(use=use._replace(options=options))


def _counts(form: str, hit: Hit, grammar: Grammar) -> bool:
    """Tell whether a mention stands without a wish or doubt behind it."""
    rest = form[hit.end :]
    return grammar.aside.search(rest) is None and _UNCERTAIN.search(rest) is None


_GOES_ON = re.compile("^(?:し|っ|い)?て(?!い)")
"""The end of a verb before another, which alone is feared (「滞納して止められそう」)."""


def _mention(clause: Clause, hit: Hit, grammar: Grammar) -> Mention | None:
    """Read one find, or return None where it is only feared."""
    form, options = clause.form, hit.use.options
    rest = form[hit.end :]
    until_then = dict(grammar.words.feared).get(options)
    if until_then is not None and not _GOES_ON.match(rest) and is_feared(clause):
        options = until_then
    if not options:
        return None
    return Mention(
        options,
        denied=grammar.denied.search(rest) is not None and _ONLY.search(rest) is None,
        too=_TOO.match(form, hit.end) is not None,
        strong=hit.use.role is Role.ANYWHERE,
    )


def _drop_none(mentions: list[Mention], grammar: Grammar) -> tuple[Mention, ...]:
    """Drop the option "none" where only one of several is denied.

    「銀行からは借りていない」 does not say that there is none at all.
    """
    one_denied = any(
        mention.denied and not mention.too and grammar.alone.isdisjoint(mention.options)
        for mention in mentions
    )
    return tuple(each for each in mentions if not (one_denied and each.options <= grammar.alone))


def _read_whole(form: str, words: Mapping[str, frozenset[str]]) -> frozenset[str] | None:
    """Read a clause as a whole, without opening and softening words."""
    bare = _SOFTENED.cut(form)
    forms = (form, bare, _LED_IN.sub("", bare))
    return next((words[each] for each in forms if each in words), None)


def _find_all_the_rest(form: str, found: Sequence[Hit], grammar: Grammar) -> tuple[Mention, ...]:
    """Read mentions of all the rest, such as 「人件費以外は大丈夫」, 「給料以外全部」, 「全部」."""
    everything = grammar.words.everything
    if excepted := _EXCEPT.search(form):
        return _all_but(form[excepted.end() :], _before(found, excepted.start()), grammar)
    if everything and not found and _EVERYTHING.search(form):
        denied = grammar.denied.search(form) or (
            _DENIES_ALL.search(form) and not _NOT_PAID.search(form)
        )
        options = grammar.words.no if denied else everything
        return tuple(Mention(frozenset({option})) for option in options)
    return ()


def _before(found: Sequence[Hit], place: int) -> list[frozenset[str]]:
    return [hit.use.options for hit in found if hit.end <= place]


def _all_but(rest: str, named: list[frozenset[str]], grammar: Grammar) -> tuple[Mention, ...]:
    everything = grammar.words.everything
    if _EVERYTHING.search(rest) and everything:
        others = frozenset(everything).difference(*named)
        return tuple(Mention(frozenset({other})) for other in others)
    if _DENIES_ALL.search(rest) or grammar.denied.search(rest):
        return tuple(Mention(options) for options in named)
    return tuple(Mention(options, denied=True) for options in named)


# --- put together -------------------------------------------------------------------------------


def options_of(
    mentions: Sequence[Mention], degrees: Sequence[frozenset[str]], grammar: Grammar
) -> tuple[str, ...]:
    """Decide the options meant, in the question's order.

    Several, where the question takes one, are to be asked about.

    `degrees` are the options that words of degree (少し, かなり) anywhere in the message decide for.
    """
    affirmed = [mention.options for mention in mentions if not mention.denied]
    denied = [mention.options for mention in mentions if mention.denied]
    if grammar.question.several:
        if not affirmed and any(mention.too for mention in mentions):
            return grammar.words.no
        return _choose_several(affirmed or [_infer_by_denials(denied, grammar)], grammar)
    joined = _find_agreement(affirmed) if affirmed else _infer_by_denials(denied, grammar)
    certain = len(affirmed) > 1 and all(len(each) == 1 for each in affirmed)
    narrower = joined if certain else _narrowed(joined, degrees)
    return _in_order(_gravest(affirmed, narrower, grammar), grammar)


def _choose_several(affirmed: list[frozenset[str]], grammar: Grammar) -> tuple[str, ...]:
    """Take every option named without doubt.

    「None of these」 gives way to any other.
    """
    named = frozenset(each for options in affirmed if len(options) == 1 for each in options)
    return _in_order(named - grammar.alone or named, grammar)


def _in_order(options: frozenset[str], grammar: Grammar) -> tuple[str, ...]:
    return tuple(sorted(options, key=lambda each: grammar.order[each]))


def _find_agreement(found: list[frozenset[str]]) -> frozenset[str]:
    """Find the options all mentions agree on, or those they name together."""
    joined = found[0]
    for options in found[1:]:
        joined = joined & options or joined | options
    return joined


def _infer_by_denials(denied: list[frozenset[str]], grammar: Grammar) -> frozenset[str]:
    """Find the options that denials leave.

    Neither 増えて nor 減って is 変わらない.
    """
    otherwise = dict(grammar.words.otherwise)
    left = [otherwise.get(options, frozenset()) for options in denied]
    return frozenset.intersection(*left) if left else frozenset()


def _narrowed(options: frozenset[str], degrees: Sequence[frozenset[str]]) -> frozenset[str]:
    return next((kept & options for kept in degrees if kept & options), options)


def _gravest(
    affirmed: list[frozenset[str]], options: frozenset[str], grammar: Grammar
) -> frozenset[str]:
    """Find the gravest option said for certain, where options have an order."""
    certain = {each for found in affirmed if len(found) == 1 for each in found}
    graver = [each for each in grammar.words.gravest if each in certain]
    return frozenset(graver[:1]) if len(options) > 1 and graver else options
