"""What staff label as trouble: the kinds of it, as the options of one question that nobody asks."""

from __future__ import annotations

from bot.channels.slack.knowledge import wording
from flows.flow import Option, Question
from flows.programme import Programme

NAME = "trouble"
"""Stands for a question's name in such a label; `python -m bot knowledge export` writes it apart."""


def make_trouble_question(programme: Programme) -> Question:
    """Make it of what every owner may say, and of the emergencies of a programme."""
    said = tuple(Option(id_, label) for id_, label in wording.TROUBLE_LABELS.items())
    told = tuple(Option(each.id, each.title) for each in programme.emergencies)
    return Question(NAME, wording.TROUBLE_QUESTION, wording.TROUBLE_LABEL, (*said, *told))
