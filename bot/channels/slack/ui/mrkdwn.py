"""Carry words into Slack and out of it, with nothing live in them.

Source: Slack's "Formatting message text": `& < >` are the only characters to escape, and what
stands between `<` and `>` is live (mentions, channels, links).
"""

from __future__ import annotations

import re
from collections.abc import Callable

import emoji

from bot.channels.slack.ui import wording

_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_LIVE = re.compile(r"<([^<>]*)>")
"""A token between angle brackets that Slack makes of a mention, link or call."""

_SHORTCODE = re.compile(r"(?<![0-9A-Za-z]):[a-z0-9_+'-]+:(?::skin-tone-[2-6]:)?")
"""An emoji's code. Behind a digit or a letter it is none, as in 1:100:1."""


def escape(text: str) -> str:
    """Escape a text so that nothing in it is live in mrkdwn."""
    return text.translate(_ESCAPED)


def list_mentions(text: str) -> list[str]:
    """List the IDs of the users that a typed text mentions."""
    return [found[1].partition("|")[0][1:] for found in _LIVE.finditer(text) if found[1][:1] == "@"]


def calls_somebody(text: str) -> bool:
    """Tell whether a typed text calls anybody, or names a channel."""
    return any(_is_call(found[1]) for found in _LIVE.finditer(text))


def strip_calls(text: str) -> str:
    """Read typed text without names and emoji codes.

    Their letters are no words of the writer.
    """
    said = _LIVE.sub(lambda found: " " if _is_call(found[1]) else found[0], text)
    return read_plain(_SHORTCODE.sub(" ", said))


def read_plain(text: str, name_of: Callable[[str], str] = lambda _: "") -> str:
    """Read a staff member's text as an owner should see it.

    Mentions become names (`name_of` a user's ID; a general word when it is not known), links their
    address, emoji codes the emoji; `&amp;` and its like are read back.
    """
    said = show_emojis(_LIVE.sub(lambda found: _name_target(found[1], name_of), text))
    return said.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def show_emojis(text: str) -> str:
    """Replace emoji codes by their emoji."""
    return _SHORTCODE.sub(lambda found: _to_emoji(found[0]), text)


def _is_call(inside: str) -> bool:
    return inside.startswith(("@", "#", "!"))


def _name_target(inside: str, name_of: Callable[[str], str]) -> str:
    target, _, label = inside.partition("|")
    match target[:1]:
        case "@":
            return f"@{name_of(target[1:]) or label or wording.COLLEAGUE}"
        case "#":
            return f"#{label or wording.CHANNEL}"
        case "!":
            return label or wording.EVERYBODY
    address = target.removeprefix("mailto:").removeprefix("tel:")
    if not label or label in target:
        return address
    # A label must not hide where a link leads.
    return label if address in label else f"{label} {address}"


def _to_emoji(code: str) -> str:
    """Turn a short code into its emoji.

    A custom one stays a code.
    """
    bare = re.sub(r":skin-tone-\d:", "", code)
    return emoji.emojize(bare, language="alias")
