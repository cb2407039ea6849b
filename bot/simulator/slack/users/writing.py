"""What Slack makes of what a person types: escaped text, tokens, and a rich text block.

Source: https://docs.slack.dev/messaging/formatting-message-text
"""

from __future__ import annotations

import re

from bot.simulator.common.answers import Json

_KEPT = re.compile(r"<@[UW]\w+>|<#[CG]\w+(?:\|[^<>]*)?>|<!subteam\^S\w+>|https?://[^\s<>]+")
"""Mentions picked from the list while typing, and addresses."""
_EVERYBODY = re.compile(r"(?<![\w@])@(here|channel|everyone)\b")
_TOKEN = re.compile(r"<([^<>]+)>|:([a-z0-9_+-]+):")
_EMOJI = {
    "👍": "+1",
    "🙏": "pray",
    "🙇": "bow",
    "😊": "blush",
    "😀": "grinning",
    "🎉": "tada",
    "✅": "white_check_mark",
    "⚠️": "warning",
    "❤️": "heart",
    "👀": "eyes",
    "💦": "sweat_drops",
    "😭": "sob",
}
"""Some of the emoji that Slack writes as names."""


def escaped(text: str) -> str:
    """The three characters Slack escapes, escaped."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescaped(text: str) -> str:
    """The three characters Slack escapes, as they are."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def typed(text: str) -> str:
    """The text of a message as an event tells it.

    `<@U…>` and `<#C…>` stand for mentions picked from the list; every other `<` is a character.
    """
    made, end = "", 0
    for match in _KEPT.finditer(text):
        made += _plain(text[end : match.start()])
        kept = match[0]
        made += kept if kept.startswith("<") else f"<{escaped(kept)}>"
        end = match.end()
    return made + _plain(text[end:])


def _plain(text: str) -> str:
    made = _EVERYBODY.sub(r"<!\1>", escaped(text))
    for emoji, name in _EMOJI.items():
        made = made.replace(emoji, f":{name}:")
    return made


def rich_text(text: str) -> list[Json]:
    """The blocks Slack makes of a typed message."""
    elements, end = [], 0
    for match in _TOKEN.finditer(text):
        elements += _words(text[end : match.start()])
        elements.append(_element(match))
        end = match.end()
    elements += _words(text[end:])
    section = {"type": "rich_text_section", "elements": elements}
    return [{"type": "rich_text", "block_id": "typed", "elements": [section]}]


def _words(text: str) -> list[Json]:
    return [{"type": "text", "text": unescaped(text)}] if text else []


def _element(match: re.Match[str]) -> Json:
    token, emoji = match[1], match[2]
    if emoji:
        return {"type": "emoji", "name": emoji}
    target, _, label = token.partition("|")
    if target.startswith("@"):
        return {"type": "user", "user_id": target[1:]}
    if target.startswith("#"):
        return {"type": "channel", "channel_id": target[1:]}
    if target.startswith("!subteam^"):
        return {"type": "usergroup", "usergroup_id": target.removeprefix("!subteam^")}
    if target.startswith("!"):
        return {"type": "broadcast", "range": target[1:]}
    link = {"type": "link", "url": unescaped(target)}
    return link | ({"text": unescaped(label)} if label else {})
