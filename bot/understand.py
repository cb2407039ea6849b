"""Typed words → an option of the pending question, a command, small talk. Pure tables and rules.

Nothing here decides what happens; `bot.respond` asks these functions in the order that matters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz

from bot import phrases, quantities
from bot.phrases import Command
from bot.text import fold, stem
from flows.flow import Option, Question
from flows.questions import INDUSTRY

NEAR = 82
"""rapidfuzz ratio from which a misspelt label counts as the label (0–100)."""

LONGEST_ANSWER = 120
"""Characters: a longer message is a story; words in it are not taken for an answer."""

SHORT_WORD = 2
"""Words up to this length (「ない」「ある」「税」) count only as the whole message."""

_COMMANDS = {command: phrases.whole(words) for command, words in phrases.COMMAND_WORDS.items()}
_CHANGE = re.compile(r"(変え|かえ|直し|直す|なおし|なおす|修正|訂正|変更|間違|まちが|違っ|ちがっ)")


class SmallTalk(StrEnum):
    """What is said to be polite, or in anger."""

    GREETING = "greeting"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    ABUSE = "abuse"


_SMALL_TALK = {
    SmallTalk.GREETING: phrases.whole(phrases.GREETINGS),
    SmallTalk.THANKS: phrases.whole(phrases.THANKS),
    SmallTalk.GOODBYE: phrases.whole(phrases.GOODBYES),
    SmallTalk.ABUSE: phrases.whole(phrases.ABUSE),
}
_YES, _NO, _DONE = map(phrases.whole, (phrases.YES, phrases.NO, phrases.DONE))


def command_in(text: str) -> Command | None:
    """The command the whole message is, or None."""
    forms = {fold(text), stem(text)}
    return next(
        (
            command
            for command, pattern in _COMMANDS.items()
            if any(pattern.fullmatch(form) for form in forms)
        ),
        None,
    )


def small_talk_in(text: str) -> SmallTalk | None:
    """The greeting, thanks, goodbye or abuse the whole message is, or None."""
    forms = {fold(text), stem(text)}
    return next(
        (
            talk
            for talk, pattern in _SMALL_TALK.items()
            if any(pattern.fullmatch(form) for form in forms)
        ),
        None,
    )


def yes_or_no(text: str) -> bool | None:
    """True for はい・うん…, False for いいえ・いや…, None for anything else."""
    forms = {fold(text), stem(text)}
    if any(_YES.fullmatch(form) for form in forms):
        return True
    return False if any(_NO.fullmatch(form) for form in forms) else None


def is_done(text: str) -> bool:
    """Whether the whole message says that there is nothing more to add."""
    return any(_DONE.fullmatch(form) for form in (fold(text), stem(text)))


def correction_in(text: str, asked: Mapping[str, Question]) -> str | None:
    """The question an owner wants to answer anew ("売上の答えを変えたい"), or None."""
    folded = fold(text)
    if not _CHANGE.search(folded) or not re.search(r"答え|こたえ|回答|の(とこ|所|質問)|を", folded):
        return None
    names = (
        (question.id, fold(name))
        for question in asked.values()
        for name in (question.title, *question.names)
    )
    found = [(len(name), question_id) for question_id, name in names if name in folded]
    return max(found)[1] if found else None


@dataclass(frozen=True, slots=True)
class Understood:
    """What a typed answer means.

    `options` are the ids chosen; more than one for a question with one answer means that we must
    ask which. `exact` is True for a label, False for ordinary words; `rest` is what else was
    said, without those words, for telling an answer from a question.
    """

    options: tuple[str, ...]
    exact: bool
    rest: str = ""


def answer_in(text: str, question: Question) -> Understood | None:
    """The options of `question` that the typed text means, or None when it means none of them."""
    exact = _labels(text, question)
    if exact:
        return Understood(exact, exact=True)
    if len(text) > LONGEST_ANSWER:
        return None
    if counted := _counted(text, question):
        return Understood((counted,), exact=False, rest=text)
    if spans := _word_spans(text, question):
        return Understood(_chosen(spans, question), exact=False, rest=_without(spans, text))
    near = _near(text, question)
    return Understood(near, exact=False) if near else None


def _labels(text: str, question: Question) -> tuple[str, ...]:
    """Options named by their label, alone or several joined by 、 と ・ or a space."""
    labels = {form: option.id for option in question.options for form in _label_forms(option)}
    whole = labels.get(fold(text)) or labels.get(stem(text))
    if whole:
        return (whole,)
    if not question.several:
        return ()
    parts = [part for part in re.split(r"[、,，・\s]+|と(?=\S)", text) if part]
    found = [labels.get(fold(part)) or labels.get(stem(part)) for part in parts]
    return tuple(dict.fromkeys(id_ for id_ in found if id_)) if all(found) and found else ()


def _label_forms(option: Option) -> set[str]:
    """The label as people retype it: whole, without its brackets, and its parts around ・."""
    bare = re.sub(r"（.*?）", "", option.label)
    parts = bare.split("・") if "・" in bare else []
    return {fold(option.label), fold(bare), *(fold(part) for part in parts if len(part) > 1)}


def _near(text: str, question: Question) -> tuple[str, ...]:
    """The one option whose label is spelt nearly like the text."""
    typed = stem(text)
    if len(typed) < 3:
        return ()
    scored = [
        (max(fuzz.ratio(typed, form) for form in _label_forms(option)), option.id)
        for option in question.options
    ]
    score, best = max(scored)
    return (best,) if score >= NEAR else ()


Span = tuple[int, int, Option]
"""Where in the folded text a word of an option stands: start, end, option."""


def _word_spans(text: str, question: Question) -> list[Span]:
    """Where ordinary words of the options occur; a longer word hides one inside it."""
    folded, whole = fold(text), {fold(text), stem(text)}
    spans: list[Span] = []
    for option in question.options:
        for word in map(fold, option.words):
            if len(word) <= SHORT_WORD and not _has_kanji(word):
                if word in whole:
                    spans.append((0, len(folded), option))
            else:
                spans += [
                    (found.start(), found.end(), option)
                    for found in re.finditer(re.escape(word), folded)
                ]
    seen = [span for span in spans if not any(_inside(span, other) for other in spans)]
    return sorted(seen, key=lambda span: span[0])


def _chosen(spans: list[Span], question: Question) -> tuple[str, ...]:
    """The options found, in the order said; "none of these" gives way to anything named."""
    found = list(dict.fromkeys(option for _, _, option in spans))
    if question.several and len(found) > 1:
        found = [option for option in found if not option.alone] or found[:1]
    return tuple(option.id for option in found)


def _without(spans: list[Span], text: str) -> str:
    """The folded text without the words found, and with the question mark it may have had."""
    folded = fold(text)
    covered = {place for start, end, _ in spans for place in range(start, end)}
    rest = "".join(c for place, c in enumerate(folded) if place not in covered)
    return rest + ("？" if text.rstrip().endswith(("?", "？")) else "")


def _has_kanji(word: str) -> bool:
    return any("一" <= character <= "龠" for character in word)


def _inside(span: Span, other: Span) -> bool:
    """Whether a span lies within a longer one of another option."""
    longer = other[1] - other[0] > span[1] - span[0]
    return longer and other[0] <= span[0] and span[1] <= other[1] and other[2] is not span[2]


# --- answers given as a number: "3割くらい落ちた", "あと2か月", "飲食店で5人" ------------------------

_UP = re.compile(r"増|伸|上が|あが|アップ|プラス")


def _sales(text: str) -> str | None:
    share = quantities.percent(text)
    if share is None:
        return None
    if _UP.search(text):
        return "up"
    return "down_sharp" if share >= 30 else "down_slight"


def _cash(text: str) -> str | None:
    length = quantities.months(text)
    if length is None:
        return None
    bands = ((1, "this_month"), (4, "within_3_months"), (8, "within_6_months"))
    return next((band for limit, band in bands if length < limit), "longer")


def _rescheduled(text: str) -> str | None:
    count = quantities.times(text)
    return None if count is None else ("never", "once")[count] if count < 2 else "repeatedly"


def _profit(text: str) -> str | None:
    count = quantities.years(text)
    if count is None or "赤字" not in text:
        return None
    return "loss_long" if count >= 2 else "loss"


LIMITS = {
    "manufacturing": 300,
    "wholesale": 100,
    "service": 100,
    "retail": 50,
    "lodging": 200,
    "software": 300,
}
"""Regular employees up to which a trade counts as a small or medium enterprise.

Source: 中小企業庁「中小企業者の範囲」 (S90, S92 of `knowledge/sources.json`).
"""


def _industry(text: str) -> str | None:
    count, trades = quantities.people(text), _trades(text)
    if count is None or len(trades) != 1:
        return None
    return "over" if count > LIMITS[trades[0]] else trades[0]


def _trades(text: str) -> list[str]:
    named = _chosen(_word_spans(text, INDUSTRY), INDUSTRY)
    return [option for option in named if option in LIMITS]


def _medical_size(text: str) -> str | None:
    count = quantities.people(text)
    return None if count is None else "within_300" if count <= 300 else "over_300"


_COUNTERS: dict[str, Callable[[str], str | None]] = {
    "sales": _sales,
    "cash": _cash,
    "rescheduled": _rescheduled,
    "profit": _profit,
    "industry": _industry,
    "medical_size": _medical_size,
}


def _counted(text: str, question: Question) -> str | None:
    counter = _COUNTERS.get(question.id)
    return counter(text) if counter else None
