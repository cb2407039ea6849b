"""A human word for a human word: relief, greetings, thanks, anger, a bare yes or no."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.commands.stopping import stop
from bot.dialogue.heard import Heard
from bot.interview.buttons import PERSON, RESTART
from bot.model.business_hours import JAPAN
from bot.model.conversation import Conversation
from bot.model.messages import Reply
from bot.model.turn import Context, Step, Then
from bot.presentation import wording
from bot.understand import SmallTalk, small_talk_in, yes_or_no

_WORDS = {
    SmallTalk.THANKS: wording.THANKED,
    SmallTalk.RELIEF: wording.RELIEVED,
}


def handle_relief(conversation: Conversation, heard: Heard, _: Context) -> Step | None:
    """Hear relief after a dark hour, before 「落ち着いた」 is taken for falling sales."""
    if conversation.adding or small_talk_in(heard.text) is not SmallTalk.RELIEF:
        return None
    return Step(replace(conversation, despaired=False), wording.RELIEVED, then=Then.REPEAT)


def handle_small_talk(conversation: Conversation, heard: Heard, context: Context) -> Step | None:
    """Answer politeness and anger, then repeat the open question."""
    talk = small_talk_in(heard.text)
    if talk is SmallTalk.GREETING:
        return _greet(conversation, context)
    if talk is SmallTalk.GOODBYE:
        return stop(conversation, context)
    if talk is SmallTalk.ABUSE:
        return Step(conversation, wording.CALM, then=Then.REPEAT, controls=(PERSON,))
    if talk:
        return Step(conversation, _WORDS[talk], then=Then.REPEAT)
    agreed = yes_or_no(heard.text)
    if agreed is None:
        return None
    lead = wording.ACKNOWLEDGED if agreed else wording.UNDERSTOOD
    return Step(conversation, lead, then=Then.REPEAT)


def _greet(conversation: Conversation, context: Context) -> Step:
    if conversation.answers:
        return Step(conversation, wording.WELCOME_BACK, then=Then.REPEAT, controls=(RESTART,))
    hour = context.now.astimezone(JAPAN).hour
    greeting = Reply(f"{wording.greeted(hour)}{wording.GREETING}")
    return Step(conversation, said=(greeting,), then=Then.REPEAT)
