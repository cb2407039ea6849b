"""Stories told at once mostly get the advice a person at the window would give."""

import csv
from pathlib import Path

from bot.dialogue.respond import respond
from bot.interview.outcomes import outcome
from bot.interview.standing import state_of
from bot.model.conversation import Conversation
from bot.model.messages import Message, Reply
from flows.flow import ASSESSMENT, URGENT
from flows.keiei.programme import KEIEI
from tests.flows.test_advice import CONTEXT, deeper, without_what_could_change

STORIES = list(
    csv.DictReader(Path("tests/cases/advice_stories.csv").read_text("utf-8").splitlines())
)
ENOUGH = 0.95
"""Share of right verdicts and first paths.

The rest is told in words that are not heard yet.
"""

NEARLY_ALL = 0.97


def play(text: str) -> tuple[Conversation, str]:
    """Tell the story, leave all other questions open, and read the replies."""
    conversation, said = Conversation("check:you"), tuple[Reply, ...]()
    while (state := state_of(conversation, KEIEI)) not in (ASSESSMENT, URGENT):
        text = "大阪府" if state == KEIEI.place else text
        turn = respond(conversation, Message(text=text), CONTEXT)
        conversation, said, text = turn.conversation, (*said, *turn.replies), "わからない"
    if state == ASSESSMENT:
        said = outcome(conversation, state, CONTEXT)
    read = (*said, *deeper(conversation, said))
    return conversation, "\n".join(reply.text for reply in read)


def test_stories_get_the_advice_of_the_window() -> None:
    verdicts = paths = must = missing = wrongly_said = 0
    for row in STORIES:
        conversation, text = play(row["text"])
        known = {key: value for key, value in conversation.answers.items() if value != ("unknown",)}
        assessment = KEIEI.assess(known)
        verdicts += not row["verdict"] or assessment.verdict in row["verdict"].split("|")
        paths += not row["path"] or assessment.route.main.path.id in row["path"].split("|")
        wanted = [each for each in row["must_say"].split(";") if each]
        must += len(wanted)
        missing += sum(not any(way in text for way in each.split("|")) for each in wanted)
        forbidden = [each for each in row["must_not_say"].split(";") if each]
        wrongly_said += any(each in without_what_could_change(text) for each in forbidden)
    assert len(STORIES) >= 90
    assert verdicts >= ENOUGH * len(STORIES)
    assert paths >= ENOUGH * len(STORIES)
    assert missing <= (1 - NEARLY_ALL) * must
    assert wrongly_said == 0
