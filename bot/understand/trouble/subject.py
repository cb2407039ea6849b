"""Tell the subject of a word of trouble.

It is the one who writes, another person, or a thing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from bot.understand.text import one_of
from bot.understand.trouble.vocabulary import Found, Hit

_FAR = 14
"""Characters between a subject and its predicate."""


class Subject(StrEnum):
    """Name the subject of a statement."""

    SELF = "self"
    PERSON = "person"
    THING = "thing"
    NOBODY = "nobody"
    """The one who writes, since nobody is named."""


_NAMED = re.compile(
    one_of(
        "(?:さん|くん|ちゃん|君|様|さま|たち|達|ら|の社長|の店長|の奥さん|の主人|の息子|の娘)*+(?:が|は|も|から|って|まで|でさえ|の方が)?"
    )
)
"""The end of a person's name with a particle of the subject."""

_POSSESSED = re.compile(
    one_of(
        "(?:さん|くん|ちゃん)?の(?:部屋|のーと|けいたい|携帯|すまほ|line|日記|様子|手首|腕|机|車|遺書|手紙|かばん|鞄|声|顔|友)"
    )
)
"""Things of a person by which they are still the subject."""

_ASIDE = re.compile(
    one_of("^(?:さん|くん|ちゃん|君|様|さま|たち|達)*+(?:に(?!言われ|いわれ)|と|を|へ|の|や|か)")
)
"""Particles by which a person is not the subject."""

_JOINS = re.compile(
    "[てで](?!も|い|る|し|な)|けど|ので|から.|のに|たら|れば|間に|たび|(?<=[たるい])し(?=.)"
)
"""Joints between two clauses, behind which the subject may change."""

_SAYS_SO = re.compile(
    one_of(
        "(?:と|って|とか|なんて|みたいなこと)(?:まで|も|ばかり|しか)?(?:を)?(?:言|い[うっい]|ゆ[うっ]|書|か[いか]|つぶ|呟|漏|口|line|らいん|めーる|泣|電話|叫|話し|繰|伝え) を(?:ほのめか|匂わ|口に|試み|図|はか|企) (?:未遂|しよう)"
    )
)
"""Words by which the person before them says or tries it."""

_ADVERBS = one_of(
    "もう 全部 ぜんぶ すっかり 完全に 急に きゅうに 突然 また いきなり 先に 病気で 事故で 去年 昨年 今年 昨日 きのう 今朝 みんな 全員 一気に どんどん ほぼ ほとんど ごっそり 次々 次々に"
)
_THING = re.compile(
    rf"(?P<noun>[^がはもをにでと]{{1,10}})(?:が|は|も|まで|を|とか|なんか)(?:{_ADVERBS})*+$"
)
"""A noun with its particle right before the words."""

_TIME_OR_SELF = re.compile(
    one_of(
        "(?:私|わたし|わたくし|あたし|自分|俺|おれ|僕|ぼく|わし|うち|おら|おいら|自身|今日|きょう|今|いま|今夜|今晩|毎日|毎晩|毎朝|夜|朝|最近|誰|だれ|明日|あした|いつ|何度|いつで|どうやって|本当|ほんと|実|本音|正直|結局|最後|それ|これ|とき|時|こと|人生|頭|気|気持ち|心|体|命|家族|みんな|一緒|ここ|どこ|後|あと|楽|先|中)"
    )
    + "$"
)
"""Nouns that are no thing, such as times and words for oneself."""


def subject_of(form: str, start: int, end: int, found: Found) -> Subject:
    """Find the subject of the words from `start` to `end` of a form."""
    person = _nearest(found.get("person", ()), start)
    own = _nearest(found.get("self", ()), start)
    if person is not None and not (own and own.start > person.start):
        if _SAYS_SO.match(form, end) or _SAYS_SO.match(form, min(end + 2, len(form))):
            return Subject.NOBODY if _ASIDE.match(form[person.end :]) else Subject.PERSON
        if _is_subject(form, person.end, start):
            return Subject.PERSON
    if own is not None and _is_subject(form, own.end, start):
        return Subject.SELF
    thing = _nearest(found.get("things", ()), start)
    if thing is not None and start - thing.end <= 2:  # noqa: PLR2004 - one particle
        return Subject.THING
    named = _THING.search(form, max(0, start - 18), start)
    if named and not _TIME_OR_SELF.search(named["noun"]):
        return Subject.THING
    return Subject.NOBODY


def is_about_person(form: str, found: Found) -> bool:
    """Tell whether a form is about another person, as 「息子の部屋に…」 is."""
    return any(
        not _ASIDE.match(form[hit.end :]) or _POSSESSED.match(form, hit.end)
        for hit in found.get("person", ())
    )


def _nearest(hits: Sequence[Hit], start: int) -> Hit | None:
    before = [hit for hit in hits if hit.end <= start and start - hit.start <= _FAR + 8]
    return max(before, key=lambda hit: hit.end, default=None)


def _is_subject(form: str, end: int, start: int) -> bool:
    """Tell whether the word ending at `end` is the subject of that at `start`."""
    named = _NAMED.match(form, end)
    close = named.end() if named else end
    if close > start or start - close > _FAR:
        return close >= start
    between = form[close:start]
    if close == end and between and _ASIDE.match(form[end:]):
        return False
    return _JOINS.search(between) is None
