"""Answer small talk with a human word.

Relief, hope, greetings, thanks, anger, a bare yes or no.
"""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.commands.stopping import stop
from bot.dialogue.heard import Heard
from bot.interview.buttons import PERSON, RESTART, RESUME
from bot.model.business_hours import JAPAN
from bot.model.conversation import Conversation
from bot.model.messages import Reply
from bot.model.turn import Context, Step, Then
from bot.presentation.wording import say
from bot.understand import SmallTalk, small_talk_in, yes_or_no

_MORNING, _DAY, _EVENING = 4, 10, 18
"""Hours from which one greets differently."""

_WORDS = {
    SmallTalk.THANKS: say("conversation.thanked"),
    SmallTalk.RELIEF: say("trouble.relieved"),
    SmallTalk.WILL_CALL: say("conversation.will_call"),
    SmallTalk.CALLED: say("conversation.called"),
    SmallTalk.TRIAL: say("conversation.it_arrives"),
    SmallTalk.FILLER: say("conversation.take_your_time"),
}


def handle_relief(conversation: Conversation, heard: Heard, _: Context) -> Step | None:
    """Hear relief after a dark hour, before 「落ち着いた」 is taken for falling sales."""
    if conversation.adding or small_talk_in(heard.text) is not SmallTalk.RELIEF:
        return None
    rested = conversation.follow_up is not None and conversation.rests_from_reminders
    more = say("follow_up.resumed_too") if rested else ""
    lead = "\n".join(filter(None, (say("trouble.relieved"), more)))
    return Step(replace(conversation, despaired=False), lead, then=Then.REPEAT)


def handle_hope(conversation: Conversation, heard: Heard, context: Context) -> Step | None:
    """Hear the wish to keep the business, which holds words of an end."""
    if small_talk_in(heard.text) is not SmallTalk.STAYS:
        return None
    flow = conversation.flow or context.programme.main
    # What was put to them before was surely not this.
    after = replace(conversation, flow=flow, likely={}, misses=0)
    return Step(after, say("conversation.wants_to_go_on"), then=Then.REPEAT)


def handle_calling(conversation: Conversation, heard: Heard, _: Context) -> Step | None:
    """Encourage who will call an office, or has."""
    talk = small_talk_in(heard.text)
    if talk not in (SmallTalk.WILL_CALL, SmallTalk.CALLED):
        return None
    if conversation.despaired and talk is SmallTalk.WILL_CALL:  # a helpline, not an office
        said = Reply(say("trouble.will_call"), (RESUME,), (PERSON,))
        return Step(replace(conversation, misses=0), said=(said,), then=Then.NOTHING)
    return Step(replace(conversation, misses=0), _WORDS[talk], then=Then.REPEAT)


def handle_small_talk(conversation: Conversation, heard: Heard, context: Context) -> Step | None:
    """Answer politeness and anger, then repeat the open question."""
    talk = small_talk_in(heard.text)
    is_first = talk is SmallTalk.TRIAL and not conversation.flow
    if talk is SmallTalk.GREETING or is_first:
        return _greet(conversation, context)
    if talk is SmallTalk.GOODBYE:
        return stop(conversation, context)
    if talk is SmallTalk.ABUSE:
        return Step(conversation, say("conversation.calm"), then=Then.REPEAT, controls=(PERSON,))
    if talk:
        return Step(conversation, _WORDS[talk], then=Then.REPEAT)
    agreed = yes_or_no(heard.text)
    if agreed is None:
        return None
    lead = say("conversation.acknowledged") if agreed else say("answers.understood")
    return Step(conversation, lead, then=Then.REPEAT)


def _greet(conversation: Conversation, context: Context) -> Step:
    if conversation.answers:
        return Step(
            conversation, say("conversation.welcome_back"), then=Then.REPEAT, controls=(RESTART,)
        )
    hour = context.now.astimezone(JAPAN).hour
    greeting = Reply(_greeting_at(hour) + say("conversation.greeting"))
    return Step(conversation, said=(greeting,), then=Then.REPEAT)


def _greeting_at(hour: int) -> str:
    """Greet back by the hour of the day (0 to 23, in Japan)."""
    if _MORNING <= hour < _DAY:
        return say("conversation.good_morning")
    return say("conversation.good_day" if _DAY <= hour < _EVENING else "conversation.good_evening")
