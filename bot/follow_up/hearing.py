"""Find the dates that a message tells by itself.

As 「3月決算です」, 「計画は4月10日に受理された」, 「来月末に返済」.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from bot.understand.dates import LONGEST, Sense, list_dates
from bot.understand.reading import Clause, When, Whose
from flows.follow_up import DateKind


@dataclass(frozen=True, slots=True)
class ToldDate:
    """Hold a clause that tells a date, with its possible kinds.

    With more than one the owner is asked. `is_plain` says that it tells only when something is, and
    nothing of how it stands.
    """

    words: str
    kinds: tuple[DateKind, ...]
    is_plain: bool = True


def list_told_dates(
    clauses: Iterable[Clause], kinds: Mapping[str, DateKind], today: date
) -> Iterator[ToldDate]:
    """List the dates told as facts of the owner's business.

    There is one for each clause that names its kind.
    """
    words, spoken_of = _words_of(kinds.values()), tuple[DateKind, ...]()
    for clause in clauses:
        named = _kinds_in(clause, words, kinds)
        # 「リスケは6月末まで、あ、ちがう、7月末まで」, 「納期限を過ぎた、7月31日だった」
        meant = named or (spoken_of if _BARE.fullmatch(clause.text) else ())
        spoken_of = named or spoken_of
        is_short = len(clause.text) <= LONGEST
        if meant and is_short and _is_own_fact(clause) and list_dates(clause.text, today, _ANY):
            yield ToldDate(clause.text, meant, _is_plain(clause))


_ANY = Sense(by_month=True, by_part=True)
_BARE = re.compile(
    r"(?:日付|期限|それ|これ)?[はがも]?[\d一二三四五六七八九十元年月日令和平成昨来今去末/.\-の]{2,40}"
    r"(?:です|でした|だった|だ|まで|ごろ|頃|付け)*"
)
"""A clause that is only a date, of the kind spoken of before."""
_WISH = re.compile("(?:たい|ほしい|欲しい)$")
_PLAIN = re.compile(r"(?:[日末月]|だ|です|ある|ます|予定|する|払う|返す|まで|返さ|払わ)$")
"""Ends of a clause in plain form. Of 「返さないといけない」 it leaves 「返さ」."""
_STANDS_BADLY = re.compile(
    "無理|むり|きつ|厳し|きびし|難し|むずかし|足り|足ら|心配|不安|困|苦し|目処|めど"
)


def _is_own_fact(clause: Clause) -> bool:
    is_own = clause.subject is Whose.OWN and not clause.denied
    return is_own and clause.states and not _WISH.search(clause.form)


def _is_plain(clause: Clause) -> bool:
    return bool(_PLAIN.search(clause.form)) and not _STANDS_BADLY.search(clause.text)


def _kinds_in(clause: Clause, words: _Words, kinds: Mapping[str, DateKind]) -> tuple[DateKind, ...]:
    """Find the kinds a clause names, or else those whose event it tells."""
    found = {each[0] for each in words.pattern.finditer(clause.text)}
    named = {kind for word in found for kind in words.names.get(word, ())}
    told = {kind for word in found for kind in words.events.get(word, ())}
    meant = (each for each in kinds.values() if each.id in (named or told))
    return tuple(each for each in meant if named or each.passed or not _is_over(clause))


def _is_over(clause: Clause) -> bool:
    """Tell whether an event lies behind.

    A payment made in March is no payment to come.
    """
    return clause.when is When.PAST or clause.form.endswith("た")


@dataclass(frozen=True, slots=True)
class _Words:
    """Map words to the kinds they name or tell of.

    The longest word at a place is found.
    """

    names: Mapping[str, list[str]]
    events: Mapping[str, list[str]]
    pattern: re.Pattern[str]


def _words_of(kinds: Iterable[DateKind]) -> _Words:
    names, events = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    for kind in kinds:
        for name in kind.names:
            names[name].append(kind.id)
        for event in kind.events:
            events[event].append(kind.id)
    longest_first = sorted({*names, *events}, key=len, reverse=True)
    return _Words(names, events, re.compile("|".join(map(re.escape, longest_first))))
