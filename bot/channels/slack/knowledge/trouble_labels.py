"""Make a question of the kinds of trouble, for staff to label lines with.

No owner is ever asked this question.
"""

from __future__ import annotations

from bot.channels.slack.knowledge import wording
from flows.flow import Option, Question
from flows.programme import Programme

NAME = "trouble"
"""Name of the question in such a label.

`python -m bot knowledge export` writes these labels into a file of their own.
"""


def make_trouble_question(programme: Programme) -> Question:
    """Make the question from common troubles and the programme's emergencies."""
    said = tuple(Option(id_, label) for id_, label in wording.TROUBLE_LABELS.items())
    told = tuple(Option(each.id, each.title) for each in programme.emergencies)
    return Question(NAME, wording.TROUBLE_QUESTION, wording.TROUBLE_LABEL, (*said, *told))
