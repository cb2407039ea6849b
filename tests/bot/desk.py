"""An owner and two staff share one conversation, for tests of the desk."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.dialogue.respond import respond
from bot.handoff import case_life
from bot.handoff.case_life import Staff
from bot.handoff.refusals import Refused
from bot.model.case import Case
from bot.model.conversation import Conversation, from_dict, to_dict
from bot.model.messages import Message, Speaker, typed
from bot.model.turn import Context, Effect, PassOn, Turn
from flows.keiei.programme import KEIEI
from knowledge import library

JAPAN = ZoneInfo("Asia/Tokyo")
MORNING = datetime(2026, 11, 25, 10, 7, tzinfo=JAPAN)
"""A Wednesday, within hours."""

LIBRARY = library.load()
YAMADA = Staff("S1", Speaker("山田", "https://example.com/yamada.png"))
SATO = Staff("S2", Speaker("相談員 佐藤"))


def asking(**answers: str) -> Conversation:
    given = {question: tuple(value.split("|")) for question, value in answers.items()}
    return Conversation("line:U1", flow="diagnosis", answers=given)


@dataclass
class Desk:
    """A conversation with a desk behind it, stored and loaded after every turn."""

    conversation: Conversation = field(default_factory=lambda: asking(sales="up"))
    now: datetime = MORNING
    turn: Turn = field(default_factory=lambda: Turn(Conversation("line:U1")))

    def wait(self, **span: float) -> None:
        self.now += timedelta(**span)

    def say(self, *said: str | Message) -> Turn:
        for each in said:
            message = typed(each) if isinstance(each, str) else each
            self._follow(respond(self.conversation, message, self.context))
        return self.turn

    def do(self, done: Turn | Refused | None) -> Turn:
        assert isinstance(done, Turn), done
        return self._follow(done)

    def _follow(self, turn: Turn) -> Turn:
        self.turn, self.conversation = turn, from_dict(to_dict(turn.conversation))
        return turn

    def claim(self, staff: Staff = YAMADA) -> Turn:
        return self.do(case_life.claim(self.conversation, staff, self.now))

    def reply(self, text: str, staff: Staff = YAMADA) -> Turn:
        return self.do(case_life.reply(self.conversation, staff, text, self.now))

    def overdue(self) -> Turn | Refused:
        return case_life.apologise_when_overdue(self.conversation, self.context)

    @property
    def context(self) -> Context:
        return Context(self.now, LIBRARY, KEIEI, 90, desk=True)

    @property
    def case(self) -> Case:
        assert self.conversation.case
        return self.conversation.case

    @property
    def effects(self) -> tuple[Effect, ...]:
        return self.turn.effects

    @property
    def passed_on(self) -> list[str]:
        return [each.message.text for each in self.effects if isinstance(each, PassOn)]

    @property
    def text(self) -> str:
        return "\n".join(reply.text for reply in self.turn.replies)

    @property
    def labels(self) -> list[str]:
        return [button.label for reply in self.turn.replies for button in reply.buttons]


def waiting(conversation: Conversation | None = None, now: datetime = MORNING) -> Desk:
    desk = Desk(conversation or asking(sales="up"), now)
    desk.say("人と話す", "はい")
    return desk


def with_staff() -> Desk:
    desk = waiting()
    desk.claim()
    return desk


def refused(done: Turn | Refused) -> Refused:
    assert isinstance(done, Refused)
    return done
