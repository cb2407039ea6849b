"""Handle messages without words to read.

A new friend, a code, a picture, too much or no text.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from bot.dialogue.heard import Heard
from bot.interview import transfer_code
from bot.interview.buttons import PRIVACY
from bot.model.conversation import Conversation
from bot.model.messages import Kind, Reply
from bot.model.turn import Context, Step, Then
from bot.presentation.wording import say, say_of_kind
from bot.understand.text import LONGEST, has_words

_MEDIA = (Kind.STICKER, Kind.IMAGE, Kind.VIDEO, Kind.AUDIO, Kind.FILE, Kind.OTHER)


def greet_follower(conversation: Conversation, heard: Heard, _: Context) -> Step | None:
    """Greet an owner who added the bot, with privacy one tap away."""
    if heard.message.kind is not Kind.FOLLOWED:
        return None
    greeting = Reply(say("conversation.greeting"))
    return Step(conversation, said=(greeting,), then=Then.REPEAT, controls=(PRIVACY,))


def take_over_code(conversation: Conversation, heard: Heard, context: Context) -> Step | None:
    """Take over the answers of a transfer code."""
    if heard.message.kind is not Kind.HANDED_OVER:
        return None
    return transfer_code.take(conversation, heard.message, context.programme)


def refuse_media(conversation: Conversation, heard: Heard, _: Context) -> Step | None:
    """Say that pictures and voices cannot be read here, once for those sent together."""
    kind, album = heard.message.kind, heard.message.album
    if kind not in _MEDIA:
        return None
    if album and album == conversation.album:
        return Step(conversation, then=Then.NOTHING)
    conversation = replace(conversation, album=album or conversation.album)
    lead = say_of_kind("unreadable", kind)
    return Step(conversation, lead, then=Then.REPEAT)


def refuse_long_text(conversation: Conversation, heard: Heard, _: Context) -> Step | None:
    """Ask for fewer words where more were pasted than are read."""
    if len(heard.message.text) <= LONGEST:
        return None
    return Step(conversation, say("unreadable.long"), then=Then.REPEAT)


def refuse_without_words(conversation: Conversation, heard: Heard, _: Context) -> Step | None:
    """Repeat the question after mere marks or emoji."""
    if has_words(heard.text):
        return None
    pictured = any(unicodedata.category(character) == "So" for character in heard.text)
    return Step(conversation, say("unreadable.emoji") if pictured else "", then=Then.REPEAT)
