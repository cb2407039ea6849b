"""Guess whether a staff member's message is meant for colleagues.

It need not be marked as a note. Phrases of desk work and of talk about the owner weigh for
colleagues; requests, thanks and sympathy weigh for the owner; words without any polite form are
more likely a colleague's, too. The time grows with the length of the text alone.
"""

from __future__ import annotations

import re
import unicodedata

from bot.handoff.staff_words.colleague_phrases import (
    ABOUT_OWNER,
    AMONG_STAFF,
    CUES,
    DECIDING,
    FORMS,
    NOT_PEOPLE,
    PEOPLE,
    REPORT,
    SOURCES,
    TO_OWNER,
    Phrases,
)

ENOUGH = 2
"""The weight from which on a message is asked about."""

DECIDED = 10
"""The weight of a phrase that decides."""

LONGEST = 2_000
"""Characters that are looked at. Talk to a colleague shows itself sooner."""

SHORTEST = 4
"""Letters of a sentence whose ending tells something."""

SHORTEST_REPORT = 8
"""Letters of a report. Shorter words are an answer, as 「送りました」."""

_ENDS = "。！？!?\n"
_LAUGHS = "wW草笑ーっぁぃぅぇぉ"
_PARTICLES = (
    "よね",
    "かね",
    "かな",
    "なあ",
    "ねえ",
    "よお",
    "わね",
    "わよ",
    "よ",
    "ね",
    "か",
    "が",
    "けど",
    "ので",
    "から",
    "し",
    "な",
    "わ",
)
_POLITE = (
    "です", "ます", "でした", "ました", "ません", "ませんでした", "でしょう", "ましょう", "ください", "下さい",
    "ませ", "まし", "でして", "まして", "くださって", "すみません", "ありがとう", "おはよう", "こんにちは", "こんばんは",
)  # fmt: skip
_SOFTENED = ("よ", "てね", "でね", "うね", "らね", "たね")
"""Endings of a friendly word to somebody, not about them."""
_OPEN = ("に", "を", "へ", "と", "は", "も", "や")
"""Endings that leave a sentence open, as in a list."""

_WHOLE = (
    "はい",
    "いいえ",
    "ええ",
    "どうぞ",
    "なるほど",
    "お気軽に",
    "お大事に",
    "もちろん",
    "うん",
    "あら",
    "えっ",
    "こちらこそ",
    "そうだね",
    "そうしよう",
    "とんでもない",
)


def seems_for_colleagues(text: str) -> bool:
    """Tell whether this is likelier said to colleagues than to the owner."""
    return weigh_talk(text) >= ENOUGH


def weigh_talk(text: str) -> int:
    """Weigh the signs for colleagues against those for the owner."""
    said = _fold(text)
    if _holds_any(said, DECIDING):
        return DECIDED
    sentences = [each for each in map(_strip, _divide(said)) if each]
    to_owner = _weigh(said, TO_OWNER)
    among = _weigh(said, ABOUT_OWNER) + _weigh(said, AMONG_STAFF) + _weigh_forms(said, FORMS)
    if not _holds_any(said, SOURCES):
        among += _weigh_hearsay(said) + 2 * (not to_owner and _is_report(said))
    return among + _weigh_bluntness(sentences, among) - to_owner


def _fold(text: str) -> str:
    seen = unicodedata.normalize("NFKC", text[:LONGEST])[:LONGEST]
    seen = "".join(
        char for char in seen if char == "\n" or unicodedata.category(char)[0] not in "CM"
    )
    for looks_like, other in NOT_PEOPLE.items():
        seen = seen.replace(looks_like, other)
    return seen.replace("?", "？")


def _weigh(said: str, phrases: Phrases) -> int:
    found = ((weight, each) for weight, several in phrases.items() for each in several)
    return sum(weight for weight, each in found if each in said)


def _holds_any(said: str, phrases: tuple[str, ...]) -> bool:
    return any(each in said for each in phrases)


def _weigh_forms(said: str, forms: tuple[tuple[int, re.Pattern[str]], ...]) -> int:
    return sum(weight for weight, form in forms if form.search(said))


def _is_report(said: str) -> bool:
    return len(said) >= SHORTEST_REPORT and REPORT.search(said) is not None


def _weigh_hearsay(said: str) -> int:
    """Weigh hearsay, more about people.

    The word of an office weighs nothing.
    """
    heard = _weigh_forms(said, CUES)
    return heard + 1 if heard and _holds_any(said, PEOPLE) else heard


def _weigh_bluntness(sentences: list[str], among: int) -> int:
    """Weigh words without a polite form.

    2 when no sentence is polite, 1 when the last is not.
    """
    blunt = [_is_blunt(each) for each in sentences]
    if any(blunt):
        softened = sentences[-1].endswith(_SOFTENED)
        return 2 if all(blunt) and not softened else int(blunt[-1])
    return int(among > 0 and not any(map(_is_polite, sentences)))


def _divide(said: str) -> list[str]:
    for mark in _ENDS:
        said = said.replace(mark, "\n")
    return said.split("\n")


def _strip(sentence: str) -> str:
    letters = [at for at, char in enumerate(sentence) if char.isalnum()]
    return sentence[letters[0] : letters[-1] + 1].rstrip(_LAUGHS) if letters else ""


def _is_blunt(sentence: str) -> bool:
    """Tell whether a sentence ends in a plain verb or adjective.

    Those are written in hiragana.
    """
    if sentence.endswith((*_WHOLE, *_OPEN)) or not "ぁ" <= sentence[-1:] <= "ん":
        return False
    return len(sentence) >= SHORTEST and not _is_polite(sentence) and not sentence[0].isdecimal()


def _is_polite(sentence: str) -> bool:
    return any(each.endswith(_POLITE) for each in _without_particles(sentence))


def _without_particles(sentence: str) -> list[str]:
    return [sentence, *(sentence.removesuffix(each) for each in _PARTICLES)]
