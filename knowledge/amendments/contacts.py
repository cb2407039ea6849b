"""Find ways to reach or pay somebody in staff's texts.

One person alone cannot publish these: a false telephone number, address or account in an answer
reaches every owner, who is in trouble and believes it. So another person looks at it first, and
some are refused outright. A needless question costs a colleague one press; a missing one costs an
owner money.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import fields

from knowledge.amendments import telephone
from knowledge.amendments.form import Fault
from knowledge.amendments.kinds import (
    Amendment,
    NewAnswer,
    NewEntry,
    NewExample,
    NewPhrasing,
    OfficeCorrected,
    PhoneConfirmed,
    PhoneCorrected,
)

_READ_BY_OWNERS = ("question", "answer", "phrasing", "phrasings", "source", "where")

_KANJI = str.maketrans("〇零一二三四五六七八九", "00123456789")
_INVISIBLE = frozenset({"Cf", "Mn", "Me"})

_DATE = re.compile(r"(?<!\d)(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)")
"""A date, whose digits are no telephone number."""

_AMOUNT = re.compile(r"(?<![\d,])\d{1,3}(?:,\d{3}){1,5}(?![\d,])")
"""An amount with commas, whose digits are no telephone number."""

_LONG_NUMBER = re.compile(r"\d(?:[-‐‑‒–—―−ー〜~・.,()/の_\s]{0,3}\d){6,}")
"""Seven digits or more, as of a telephone number, an account, a card."""
_SHORT_CODE = re.compile(r"#\s?\d{4}")
_ACCOUNT = re.compile(r"口座|振込|振り込|預金|ゆうちょ|郵便貯金|送金")
"""Words of a bank account or a transfer."""

_SOME_DIGITS = re.compile(r"\d{4}")
"""Enough digits for an account."""

_ADDRESS = re.compile(
    r"://|www\.|@[a-z0-9]|[a-z0-9][.。][a-z]{2}|[^\W\d_]\.[^\W\d_]", re.IGNORECASE
)
"""Parts of a web or mail address, also of one without its scheme."""

_SCHEME = re.compile(r"([a-z]{0,12})://([^\s/]{0,100})", re.IGNORECASE)
"""A scheme with its host."""

_ABROAD = re.compile(r"\+\s?(?!81)\d")
"""An international number outside Japan."""


def needs_second(amendment: Amendment) -> bool:
    """Tell whether a second person must approve an amendment.

    That is so, too, for one that replaces words owners read today.
    """
    if isinstance(amendment, PhoneCorrected | OfficeCorrected | NewAnswer):
        return True
    return any(map(_reaches_somebody, _texts(amendment)))


def refused(amendment: Amendment) -> Iterator[Fault]:
    """Find addresses that are not https and numbers that mislead.

    Nobody may publish those.
    """
    if isinstance(amendment, PhoneCorrected | OfficeCorrected) and (
        why := telephone.why_not(amendment.new)
    ):
        yield "new", why
    if isinstance(amendment, NewExample) and _reaches_somebody(amendment.text):
        yield "text", "電話番号・URL・口座などは、消してから覚えさせてください。"
    for name, text in _named_texts(amendment):
        yield from ((name, why) for why in _wrong(_folded(text)))


def _wrong(text: str) -> Iterator[str]:
    if _ABROAD.search(text):
        yield "海外の電話番号は、案内できません。"
    for number in telephone.numbers_in(text):
        if why := telephone.why_not(number):
            yield f"「{number}」: {why}"
    for scheme, host in _SCHEME.findall(text):
        if scheme.casefold() != "https":
            yield "URLは、https:// で始まるものだけ使えます。"
        elif "@" in host:
            yield "このURLは、つながる先がわかりにくい形です。ページのURLをそのまま貼り付けてください。"


def _reaches_somebody(text: str) -> bool:
    folded = _folded(text)
    if _ADDRESS.search(folded) or _SHORT_CODE.search(folded):
        return True
    digits = _AMOUNT.sub(" 円 ", _DATE.sub(" 日 ", folded.translate(_KANJI)))
    if _LONG_NUMBER.search(digits):
        return True
    return bool(_ACCOUNT.search(folded) and _SOME_DIGITS.search(digits))


def _folded(text: str) -> str:
    """Normalise width, and remove marks that nobody sees."""
    wide = unicodedata.normalize("NFKC", text)
    return "".join(each for each in wide if unicodedata.category(each) not in _INVISIBLE)


def _texts(amendment: Amendment) -> Iterator[str]:
    return (text for _, text in _named_texts(amendment))


def _named_texts(amendment: Amendment) -> Iterator[tuple[str, str]]:
    match amendment:
        case (
            NewEntry()
            | NewPhrasing()
            | NewAnswer()
            | PhoneConfirmed()
            | PhoneCorrected()
            | OfficeCorrected()
        ):
            names = [each.name for each in fields(amendment) if each.name in _READ_BY_OWNERS]
            for name in names:
                value = getattr(amendment, name)
                yield from ((name, text) for text in ([value] if isinstance(value, str) else value))
