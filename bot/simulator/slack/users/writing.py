"""Turn typed text into Slack's form of it.

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


def escape(text: str) -> str:
    """Escape the three characters Slack escapes."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """Read back the three characters that Slack escapes."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def encode_typed(text: str) -> str:
    """Encode a typed text for its event.

    `<@U…>` and `<#C…>` stand for mentions picked from the list; every other `<` is a character.
    """
    made, end = "", 0
    for match in _KEPT.finditer(text):
        made += _encode_plain(text[end : match.start()])
        kept = match[0]
        made += kept if kept.startswith("<") else f"<{escape(kept)}>"
        end = match.end()
    return made + _encode_plain(text[end:])


def _encode_plain(text: str) -> str:
    made = _EVERYBODY.sub(r"<!\1>", escape(text))
    for emoji, name in _EMOJI.items():
        made = made.replace(emoji, f":{name}:")
    return made


def make_rich_text(text: str) -> list[Json]:
    """Make the blocks of a typed message."""
    elements, end = [], 0
    for match in _TOKEN.finditer(text):
        elements += _words(text[end : match.start()])
        elements.append(_element(match))
        end = match.end()
    elements += _words(text[end:])
    section = {"type": "rich_text_section", "elements": elements}
    return [{"type": "rich_text", "block_id": "typed", "elements": [section]}]


def _words(text: str) -> list[Json]:
    return [{"type": "text", "text": unescape(text)}] if text else []


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
    link = {"type": "link", "url": unescape(target)}
    return link | ({"text": unescape(label)} if label else {})
