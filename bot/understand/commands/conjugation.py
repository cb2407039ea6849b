"""Conjugate Japanese verbs, with the mood of each form.

From a dictionary form (「消す」, 「見せる」, 「削除する」) to every surface that matters here. Forms that are
missing on purpose (消された, 消えたら, 消さなければ) tell a story or suppose, and command nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from bot.understand.reading.plain import plain


class Mood(StrEnum):
    """Say whether a verb asks for a thing, forbids it, or tells of it."""

    WANTED = "wanted"
    FORBIDDEN = "forbidden"
    UNWILLING = "unwilling"
    CANNOT = "cannot"
    DONE = "done"
    DOING = "doing"
    NOT = "not"
    ADVICE = "advice"
    """A thing one should do, asked or told, as in 「電話すればいい」."""
    ASIDE = "aside"
    """Supposed or spoken of, never asked for, as in 「話すのは」, 「消したら」, 「消しても」."""


_ROWS = {
    "う": "わいうえお", "く": "かきくけこ", "ぐ": "がぎぐげご", "す": "さしすせそ", "つ": "たちつてと",
    "ぬ": "なにぬねの", "ぶ": "ばびぶべぼ", "む": "まみむめも", "る": "らりるれろ",
}  # fmt: skip
_TE = {
    "う": "って", "つ": "って", "る": "って", "く": "いて", "ぐ": "いで", "す": "して", "ぬ": "んで", "ぶ": "んで", "む": "んで",
}  # fmt: skip
_ICHIDAN_BEFORE = set("えけせてねへめれげぜでべぺいきしちにひみりぎじぢびぴ見寝出")
_GODAN_ALL_THE_SAME = (
    "切る",
    "きる",
    "知る",
    "しる",
    "入る",
    "はいる",
    "要る",
    "いる",
    "しゃべる",
    "かぎる",
)

_AFTER_TE = (
    "", "いい", "ええ", "よか", "いいの", "もいい", "もええ", "もよか", "みたい", "みる", "しまいたい", "おきたい",
    "いただく", "いただき", "いただきたい", "もらう", "もらい", "もらいたい", "もらえる", "もろて", "もろうて", "ほしか",
)  # fmt: skip
_AFTER_TE_SHORT = (
    "いて", "って", "いてや", "け", "く", "きます", "くれ", "きたい", "くわ", "こうか", "ってや", "いてくれ", "ってくれ",
)  # fmt: skip
_WISH = ("たい", "たく", "たか", "とう", "てえ", "てぇ", "てー", "たき", "たいの", "たすぎる")
_AFTER_CONTINUED = (
    "ます", "ますか", "ましょう", "ましょか", "なさい", "んさい", "なはれ", "な", "や", "方", "かた", "さ", "まっさ",
    "ましょうか", "まひょか", "まっす",
)  # fmt: skip
_FORBIDS_NOT = (
    "ないで", "んで", "んといて", "んとって", "んとき", "なくていい", "なくてもいい", "んでいい", "んでもいい", "んでええ", "んでもええ",
    "なくて結構", "なくてけっこう", "なくて大丈夫", "んでよか", "ねえで", "ねで", "んどいて", "んどって", "んでくれ", "ないように",
)  # fmt: skip
_FORBIDS_COMING = (
    "こないで", "来ないで", "くるな", "来るな", "くんな", "来んな", "こんで", "来んで", "こなくていい", "来なくていい",
    "こんといて", "来んといて", "こんでええ", "来んでええ", "こんでいい", "来んでいい", "こなくて結構", "来なくて結構",
    "くれるな", "ほしくない", "いらない", "いただかなくて結構", "もらわなくていい", "くれなくていい", "こねえで", "こねで",
    "くるの", "来るの", "こられる", "こられても", "こられると",
)  # fmt: skip
_FORBIDS_DOING = ("な", "なよ", "のやめて", "のをやめて", "のはやめて", "のやめてほし", "のもうやめて", "のやめ", "の禁止", "んやない", "んじゃない", "んじゃねえ")  # fmt: skip


_AFTER_A_LINK = ("すんねん", "すんの", "すんや", "させて", "さして", "できる", "できます", "しょう", "しよ", "するだ", "頼む", "頼みます", "頼める", "お願い", "おねがい", "希望")  # fmt: skip
_FORBIDS_AFTER_A_LINK = ("すんねん", "すんの", "すんや", "せんで", "せんといて", "せんとって", "すんな", "すな", "せんでええ", "せんでいい", "禁止", "やめて")  # fmt: skip
_AFTER_A_NOUN = (
    "できる", "はできる", "はできます", "可能", "は可能", "方法", "の方法", "の仕方", "のやり方", "のしかた", "って可能", "ってできる",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verb:
    """Hold a verb's stem, which never changes, and the class of its endings."""

    stem: str
    bends: str


def verb_of(dictionary_form: str) -> Verb:
    """Take a verb apart.

    Raises ValueError for a word that is no verb.
    """
    if dictionary_form.endswith("する"):
        stem = dictionary_form.removesuffix("する")
        return Verb(stem, "する" if stem else "だけする")
    last = dictionary_form[-1:]
    if last not in _ROWS:
        raise ValueError(f"{dictionary_form!r} is no verb in dictionary form")
    if _is_ichidan(dictionary_form):
        return Verb(dictionary_form[:-1], "一段")
    return Verb(dictionary_form[:-1], last)


def _is_ichidan(verb: str) -> bool:
    return (
        verb.endswith("る") and verb[-2:-1] in _ICHIDAN_BEFORE and verb not in _GODAN_ALL_THE_SAME
    )


@cache
def endings(bends: str) -> Mapping[str, Mood]:
    """List the plain endings of a verb class, each with its mood.

    Where an ending has several, the first stands.
    """
    found: dict[str, Mood] = {}
    for ending, mood in _MAKERS.get(bends, _of_godan)(bends):
        # A kanji in front, since an ending never stands alone.
        found.setdefault(plain("見" + ending).removeprefix("見"), mood)
    return MappingProxyType(found)


@cache
def first_letters(bends: str) -> frozenset[str]:
    """List the letters with which the endings of a verb class begin."""
    return frozenset(ending[0] for ending in endings(bends) if ending)


LONGEST_ENDING = 14
"""Characters of an ending."""


def _of_ichidan(_: str) -> Iterator[tuple[str, Mood]]:
    yield from _of_parts("", "", "る", ("ろ", "よ"), "よう", "て")
    yield from (
        (each, Mood.WANTED) for each in ("させて", "さして", "られる", "られます", "れる", "れます")
    )
    yield from ((each, Mood.CANNOT) for each in ("られない", "れない"))
    yield from ((each, Mood.ADVICE) for each in ("ればいい", "ればええ", "ればよか", "ればよい"))


def _of_godan(last: str) -> Iterator[tuple[str, Mood]]:
    a, i, u, e, o = tuple(_ROWS[last])
    te = _TE[last]
    yield from _of_parts(a, i, u, (e, e + "や", e + "よ"), o + "う", te)
    if last == "う":  # 「言うて」 in the west
        yield from _of_parts(a, i, u, (), o + "う", "うて")
    yield from ((e + each, Mood.WANTED) for each in ("る", "ます", "るの"))
    yield from (
        (a + each, Mood.WANTED)
        for each in ("せて", "せろ", "してくれ", "せてくれ", "してもらえる", "れる方法")
    )
    yield e + "ない", Mood.CANNOT
    yield from ((e + each, Mood.ADVICE) for each in ("ばいい", "ばええ", "ばよか", "ばよい"))


def _of_suru(_: str) -> Iterator[tuple[str, Mood]]:
    yield "", Mood.WANTED
    for link in ("", "を", "が"):
        yield from _of_linked(link)
    yield from ((each, Mood.WANTED) for each in _AFTER_A_NOUN)
    yield from ((each, Mood.CANNOT) for each in ("できない", "はできない"))
    yield from (
        (each, Mood.ADVICE) for each in ("すればいい", "すればええ", "すればよか", "すればよい")
    )


def _of_linked(link: str) -> Iterator[tuple[str, Mood]]:
    """List the forms of する behind a noun and particle, as in 「削除をして」."""
    base = link + "し"
    orders = (base + "ろ", link + "せえ", link + "せい", link + "せよ", base + "や")
    yield from _of_parts(base, base, link + "する", orders, base + "よう", base + "て")
    yield from ((link + each, Mood.WANTED) for each in _AFTER_A_LINK)
    yield from (
        (link + each, Mood.DOING) for each in ("されている", "されているん", "されているの")
    )
    yield from ((link + each, Mood.FORBIDDEN) for each in _FORBIDS_AFTER_A_LINK)


def _of_parts(
    a: str, i: str, u: str, imperative: tuple[str, ...], volitional: str, te: str
) -> Iterator[tuple[str, Mood]]:
    """List the forms every verb has, from its five bases and its て."""
    ta = te[:-1] + ("だ" if te.endswith("で") else "た")
    short = te[:-1] + ("ど" if te.endswith("で") else "と")
    yield from ((te + each, Mood.WANTED) for each in _AFTER_TE)
    yield from ((short + each, Mood.WANTED) for each in _AFTER_TE_SHORT)
    yield from ((i + each, Mood.WANTED) for each in (*_WISH, *_AFTER_CONTINUED))
    yield from (
        (each, Mood.WANTED) for each in (u, u + "方法", u + "には", *imperative, volitional)
    )
    yield from ((u + each, Mood.WANTED) for each in ("こと可能", "ことできる", "ことはできる", "ことができる", "のはできる", "のって可能", "のお願い", "ことにする", "ことにします"))  # fmt: skip
    yield from ((a + each, Mood.FORBIDDEN) for each in _FORBIDS_NOT)
    yield from ((te + each, Mood.FORBIDDEN) for each in _FORBIDS_COMING)
    yield from ((u + each, Mood.FORBIDDEN) for each in _FORBIDS_DOING)
    yield from (
        (i + each, Mood.UNWILLING) for each in ("たくない", "とうない", "たない", "たくねえ")
    )
    yield from ((i + each, Mood.UNWILLING) for each in ("きれない", "疲れた", "つかれた", "飽きた"))
    yield from ((u + each, Mood.UNWILLING) for each in ("の疲れた", "の面倒", "のめんどい", "のしんどい", "のだるい", "のつらい", "の大変", "の嫌", "のいや", "のやだ", "のがしんどい", "のが面倒", "のが大変", "のがつらい", "気がない", "気しない", "気力がない", "元気ない"))  # fmt: skip
    yield from ((a + each, Mood.DOING) for each in ("れている", "れているん", "れているの"))
    yield from ((i + each, Mood.UNWILLING) for each in ("すぎ", "すぎる", "すぎだ"))
    yield a + "ない", Mood.NOT
    yield from (
        (each, Mood.DONE) for each in (ta, i + "ました", te + "きた", te + "おいた", short + "いた")
    )
    yield from (
        (u + each, Mood.ASIDE)
        for each in ("のは", "のが", "のを", "のも", "のに", "と", "なら", "まで", "前", "前に")
    )
    yield from (
        (te + each, Mood.ASIDE) for each in ("も", "は", "から", "からは", "の", "ばかり", "しか")
    )
    yield from ((ta + each, Mood.ASIDE) for each in ("ら", "り", "って", "ところ", "ところで"))
    yield from (
        (ta + each, Mood.ADVICE)
        for each in ("らいい", "らええ", "らよか", "らよい", "らよろしい", "らいいの")
    )
    yield from (
        (te + each, Mood.DOING)
        for each in ("いる", "ある", "おる", "いた", "いるの", "いるん", "あった")
    )


_MAKERS: Mapping[str, Callable[[str], Iterator[tuple[str, Mood]]]] = {
    "する": _of_suru,
    "だけする": lambda _: _of_linked(""),
    "一段": _of_ichidan,
}
