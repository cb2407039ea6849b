"""Make the button that sends an outcome to a bank or adviser."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import quote

from bot.channels.line.drawing import flex, flex_parts
from bot.model.messages import Card, LinkKind, Reply, Tone
from bot.presentation.wording import say

_SHARE = "https://line.me/R/share?text="
"""Opens LINE's choice of friends ("LINE URL scheme"). A computer does not support it."""

_SHARE_ON_DESKTOP = "https://social-plugins.line.me/lineit/share?url={}&text={}"
"""The same as a page, for a computer ("LINE Social Plugins")."""


def draw_share_button(replies: tuple[Reply, ...]) -> dict[str, Any] | None:
    """Draw the button that shares the outcome, if there is an office.

    It shares titles, the office's number and its page, never reasons, since those hold the owner's
    answers. The least needed lines are left out until the address is short enough, at nine
    characters a kanji.
    """
    cards = [reply.card for reply in replies if reply.card]
    office = next((card for card in reversed(cards) if card.links), None)
    if office is None or office.tone is not Tone.PLAIN:
        return None
    kept = [(order, _quote(line)) for order, line in _summary(cards, office)]
    page = _quote(flex.site(office))
    while kept:
        words = "%0A".join(line for _, line in kept)
        desktop = _SHARE_ON_DESKTOP.format(page, words)
        if max(len(_SHARE + words), len(desktop)) <= flex_parts.URI:
            return flex_parts.opening(say("channels.share"), _SHARE + words, desktop)
        kept.remove(max(kept))
    return None


@lru_cache(maxsize=1024)
def _quote(words: str) -> str:
    return quote(words, safe="")


def _summary(cards: list[Card], office: Card) -> list[tuple[int, str]]:
    """List the lines to share in order.

    Each has a number, and the highest is left out first.
    """
    lines = [(5, say("channels.shared_opening"))]
    for card in cards:
        if card.tone is not Tone.URGENT:
            lines.append((0 if card is office else 3, card.title))
            if card.subtitle:
                lines.append((4, card.subtitle))
    phone = find_phone_line(office)
    page = flex.site(office)
    return [*lines, *([(1, phone)] if phone else []), *([(2, page)] if page else [])]


def find_phone_line(card: Card) -> str:
    """Find the card's line with its number and the day it was checked.

    Without such a line, the number and its label.
    """
    call = next((link for link in card.links if link.kind is LinkKind.CALL), None)
    if call is None:
        return ""
    lines = (line for section in card.sections for line in section.lines)
    whole = f"{call.target}　{call.label}"
    return next((line for line in lines if line.startswith(call.target)), whole)
