"""Understand commands to the bot itself, given in words.

Delete, back, a person, how long, and the rest. A command is an action with an object that is the
bot's own (this conversation, its questions, its records), or a form of words that means only that.
Words and sayings are data; how verbs are bent and what may be left over is code.
"""

from bot.understand.commands.by_example import command_by_example, is_in_passing
from bot.understand.commands.command import Command, Spoken
from bot.understand.commands.commands import command_in, command_of
from bot.understand.commands.correcting import correction_in
from bot.understand.commands.hours import names_hours

__all__ = [
    "Command",
    "Spoken",
    "command_by_example",
    "command_in",
    "command_of",
    "correction_in",
    "is_in_passing",
    "names_hours",
]
