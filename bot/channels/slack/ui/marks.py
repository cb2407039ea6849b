"""Strip the formatting that staff type, which LINE would show.

Source: Slack's "Formatting message text": *bold*, _italic_, ~strike~, `code`, ```code```, > quote.
"""

from __future__ import annotations

import re

_LIVE = r"<[^<>]*>"
"""A mention or a link. It is one thing, whatever characters stand in it."""

_MARKED = re.compile(
    rf"(?P<live>{_LIVE})"
    r"|```\n?(?P<block>(?:[^`]|`(?!``))+?)\n?```"
    r"|`(?P<code>[^`\n]+)`"
    rf"|(?<![0-9A-Za-z*])\*(?![\s*])(?P<bold>(?:{_LIVE}|[^*\n<])+)(?<!\s)\*(?![0-9A-Za-z*])"
    # Between words these two are themselves: 顧客_一覧_最新.xlsx, 月~金、土~日.
    rf"|(?<![\w])_(?![\s_])(?P<italic>(?:{_LIVE}|[^_\n<])+)(?<!\s)_(?!\w)"
    rf"|(?<![\w~])~(?![\s~])(?P<strike>(?:{_LIVE}|[^~\n<])+)(?<!\s)~(?![\w~])"
)
_QUOTE = re.compile(r"^(?:(?:&gt;)+[ \t]?.*(?:\n|\Z))+", re.MULTILINE)
"""Consecutive quoted lines. Slack escapes the mark."""

_QUOTED_LINE = re.compile(r"^(?:&gt;)+[ \t]?", re.MULTILINE)
"""The mark of a quoted line."""


def strip_marks(text: str) -> str:
    """Strip the formatting from a message, with 「」 for quotations."""
    return _strip_inline(_QUOTE.sub(_bracket_quotation, text))


def _strip_inline(text: str) -> str:
    return _MARKED.sub(_keep_words, text)


def _keep_words(found: re.Match[str]) -> str:
    """Keep the words between marks, also marks inside of code."""
    if found.lastgroup == "live":
        return found[0]
    words = str(found[str(found.lastgroup)])
    return words if found.lastgroup in {"block", "code"} else _strip_inline(words)


def _bracket_quotation(found: re.Match[str]) -> str:
    words = _QUOTED_LINE.sub("", found[0]).strip()
    end = "\n" if found[0].endswith("\n") else ""
    return f"「{words}」{end}" if words else end
