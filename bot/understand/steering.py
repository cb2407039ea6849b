"""Read messages of small talk, yes or no, and "that is all"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

from bot.understand import phrases
from bot.understand.phrases import whole
from bot.understand.text import Endings, fold, stem
from knowledge.made_once import made_once


class SmallTalk(StrEnum):
    """Name a kind of politeness, anger, relief or hope."""

    GREETING = "greeting"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    ABUSE = "abuse"
    RELIEF = "relief"
    WILL_CALL = "will_call"
    CALLED = "called"
    TRIAL = "trial"
    FILLER = "filler"
    STAYS = "stays"
    """They want to keep their business."""


LONGEST_PHRASE = 60
"""Characters of a folded message. A longer one tells something."""

_RELIEF, _BESIDE = whole(*phrases.RELIEF).pattern, whole(*phrases.BESIDE_RELIEF).pattern
_SMALL_TALK = {
    # Before thanks: 「ありがとう、少し落ち着きました」 says more than thanks.
    SmallTalk.RELIEF: re.compile(rf"{_BESIDE}*+(?:{_RELIEF}{_BESIDE}*+)++"),
    SmallTalk.GREETING: re.compile(rf"(?:{whole(*phrases.GREETINGS).pattern})+"),
    SmallTalk.THANKS: whole(*phrases.THANKS),
    SmallTalk.GOODBYE: whole(*phrases.GOODBYES),
    SmallTalk.WILL_CALL: whole(*phrases.WILL_CALL),
    SmallTalk.CALLED: whole(*phrases.CALLED),
    SmallTalk.TRIAL: whole(*phrases.TRIALS),
    SmallTalk.STAYS: whole(*phrases.STAYS),
    SmallTalk.ABUSE: whole(*phrases.ABUSE),
    SmallTalk.FILLER: whole(*phrases.FILLERS),
}
_YES, _NO, _DONE = whole(*phrases.YES), whole(*phrases.NO), whole(*phrases.DONE)
_PROBABLY = whole(*phrases.PROBABLY)
_ALL_SAID = whole(*phrases.ALL_SAID)
_AGREED, _NEVER_MIND = whole(*phrases.AGREED), whole(phrases.NEVER_MIND)
_HESITATES = whole(*phrases.HESITATES)
_OPENING = re.compile(f"^(?:{whole(phrases.OPENINGS).pattern})+(?=.)")
"""Opening words before the message itself."""

_TAIL = Endings(phrases.TAILS.split())
_MARKED = re.compile(r"[?？]\s*$")
"""A question mark at the end."""


@made_once
def _forms(text: str) -> tuple[str, ...]:
    """List the forms to compare, whole and without opening or endings."""
    folded = fold(text)
    if len(folded) > LONGEST_PHRASE:
        return ()
    bare = _OPENING.sub("", folded)
    forms = (folded, stem(text), bare, stem(bare), _TAIL.cut(bare, least=2))
    return tuple(dict.fromkeys(forms))


def _is(pattern: re.Pattern[str], forms: Iterable[str]) -> bool:
    return any(pattern.fullmatch(form) for form in forms)


@made_once
def small_talk_in(text: str) -> SmallTalk | None:
    """Match a message that is wholly small talk, or return None."""
    forms = _forms(text)
    return next((talk for talk, pattern in _SMALL_TALK.items() if _is(pattern, forms)), None)


@made_once
def yes_or_no(text: str) -> bool | None:
    """Read はい・うん… as True, いいえ・いや… as False, others as None.

    「はい？」 is None, too.
    """
    forms = () if _MARKED.search(text) else (fold(text), stem(text))
    if _is(_YES, forms):
        return True
    return False if _is(_NO, forms) else None


def confirmed(text: str) -> bool | None:
    """Read a yes or no to a likely fact, for which 「たぶん」 and 「そんなところ」 are a yes."""
    said = yes_or_no(text)
    if said is not None or _MARKED.search(text):
        return said
    return True if _is(_PROBABLY, (fold(text), stem(text))) else None


def agreed(text: str) -> bool | None:
    """Read a clear yes or no to a question of consent, or return None.

    「大丈夫です」 and 「いいです」 can mean either, so they are neither.
    """
    if _MARKED.search(text):
        return None
    if _is(_AGREED, (fold(text), stem(text))):
        return True
    declined = yes_or_no(text) is False or _is(_NEVER_MIND, (fold(text), stem(text)))
    return False if declined else None


def hesitates(text: str) -> bool:
    """Tell whether an owner asked to agree hesitates, as in 「うーん、どうしよう」."""
    return _is(_HESITATES, (fold(text),))


def is_done(text: str) -> bool:
    """Tell whether the whole message says that there is nothing more to add."""
    return not _MARKED.search(text) and _is(_DONE, (fold(text), stem(text)))


def is_all_said(text: str) -> bool:
    """Tell whether the whole message says that this was all, as 「これで全部です」 or 「以上」.

    Unlike `is_done` it means that even where nothing has been asked to be ended.
    """
    return not _MARKED.search(text) and _is(_ALL_SAID, (fold(text), stem(text)))


def is_promised_word(text: str) -> bool:
    """Tell whether the whole message is the word promised to delete at once."""
    return fold(text) in phrases.FORGETS_AT_ONCE
