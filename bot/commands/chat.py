"""Talk with the bot in a terminal or by a pipe.

A pipe has one owner message a line.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from uuid import uuid4

from bot import logs
from bot.channels import console
from bot.commands.forget import person as a_person
from bot.commands.terminal.streams import speak_utf8
from bot.commands.terminal.waiting import read_span
from bot.follow_up.reminding import remind
from bot.interview.standing import state_of
from bot.model.business_hours import JAPAN
from bot.model.conversation import Conversation
from bot.model.follow_up import TIMER
from bot.model.messages import Kind, Message, Reply, typed
from bot.model.turn import SheetPage, Turn
from bot.presentation.times import say_full_date
from bot.presentation.wording import say
from bot.runtime import meaning
from bot.runtime.advisor import Advisor, make_no_page, resolve_transfer_code
from bot.settings import from_environment
from bot.sheet.links import make_pages
from bot.store import Incoming, Store, TurnResult
from bot.store.opening import IN_MEMORY, open_store
from bot.store.records import ClearTimer, Timer
from flows.keiei.programme import KEIEI
from flows.programme import Programme
from knowledge import library
from knowledge.library import Library


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `chat`."""
    parser.add_argument("--json", action="store_true", help="print one JSON object per line read")
    parser.add_argument(
        "--person",
        type=a_person,
        help="keep the conversation under this name and go on with it next time "
        "(default: kept as 'you' in a terminal, not kept in a pipe)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Talk until the input ends, and return 0."""
    interactive = sys.stdin.isatty() and sys.stdout.isatty() and not arguments.json
    person = arguments.person or ("you" if interactive else "")
    settings = from_environment()
    logs.configure(settings.log_level, settings.log_format)
    # A pipe is not kept, so that a script gets the same answers every time.
    database_url = settings.database_url if person else IN_MEMORY
    # A sheet has a page where a server of the same database shows it.
    pages = make_pages(settings.public_url if person else "")
    if not interactive:
        speak_utf8()
    with asyncio.Runner() as runner:
        store = open_store(database_url, settings.data_keys, up_to_date=True, patient=True)
        talk = Talk(runner, store, person or "pipe", settings.retention_days, KEIEI, pages)
        try:
            return _in_terminal(talk) if interactive else _in_pipe(talk, as_json=arguments.json)
        finally:
            runner.run(talk.store.close())


class Talk:
    """One person's conversation, kept in a store after every message."""

    def __init__(
        self,
        runner: asyncio.Runner,
        store: Store,
        person: str,
        retention_days: int,
        programme: Programme,
        make_page: Callable[[], SheetPage | None] = make_no_page,
    ) -> None:
        self.store, self._runner, self._key = store, runner, f"console:{person}"
        self.programme = programme
        self._advisor = Advisor(_library, programme, retention_days, make_page=make_page)
        self._ahead = timedelta()

    @property
    def conversation(self) -> Conversation:
        """The conversation as the store keeps it."""
        return self._runner.run(self.store.load_conversation(self._key))

    def say(self, message: Message) -> Turn:
        """Answer a message and keep the result."""
        return self._runner.run(self._turn(message))

    def pass_time(self, span: timedelta) -> Turn:
        """Let time pass, and say the reminders of that time.

        The last line says the new day.
        """
        return self._runner.run(self._pass_time(span))

    @property
    def now(self) -> datetime:
        """Tell the time of this talk."""
        return datetime.now(UTC) + self._ahead

    async def _pass_time(self, span: timedelta) -> Turn:
        until, replies = self.now + span, list[Reply]()
        while timer := await self._next_reminder(until):
            self._ahead += max((timer.due or until) - self.now, timedelta())
            replies += (await self._remind(timer)).replies
        self._ahead += until - self.now
        today = say_full_date(until.astimezone(JAPAN).date())
        replies.append(Reply(say("channels.terminal_time_passed", day=today)))
        return Turn(await self.store.load_conversation(self._key), tuple(replies))

    async def _next_reminder(self, until: datetime) -> Timer | None:
        timers = await self.store.records.list_due_timers(until)
        ours = (each for each in timers if each.key == self._key)
        return next((each for each in ours if each.name.startswith(TIMER)), None)

    async def _remind(self, timer: Timer) -> Turn:
        now, turns = self.now, list[Turn]()
        incoming = Incoming(str(uuid4()), self._key)

        def step(conversation: Conversation) -> TurnResult:
            turns.append(remind(conversation, self._advisor.context(now)))
            work = self._advisor.work(conversation, turns[-1], incoming, now)
            return replace(work, records=(*work.records, ClearTimer(timer)))

        await self.store.turn(incoming, step, now)
        return turns[0]

    async def _turn(self, message: Message) -> Turn:
        now, turns = self.now, list[Turn]()
        incoming = Incoming(str(uuid4()), self._key)
        heard = await resolve_transfer_code(message, self.store, now)

        def step(conversation: Conversation) -> TurnResult:
            turns.append(self._advisor.answer(conversation, heard, now))
            return self._advisor.work(conversation, turns[-1], incoming, now)

        await self.store.turn(incoming, step, now)
        return turns[0]


@cache
def _library() -> Library:
    """Load the packaged library, with questions found by meaning if possible."""
    known = library.load()
    if not meaning.is_wanted():
        return known
    if not meaning.DEFAULT_FILE.exists():
        print(say("channels.terminal_prepares"), file=sys.stderr)
    encode = meaning.make_kept_encoder(meaning.DEFAULT_FILE)
    return replace(known, faq=known.faq.with_meaning(encode))


def _answer(talk: Talk, message: Message) -> Turn:
    """Answer a line, or let time pass for 「3か月後へ」."""
    span = read_span(message.text) if message.kind is Kind.TEXT else None
    return talk.pass_time(span) if span else talk.say(message)


def _in_pipe(talk: Talk, *, as_json: bool) -> int:
    for line in sys.stdin:
        text = line.rstrip("\r\n")
        turn = _answer(talk, typed(text))
        if as_json:
            print(
                console.as_json(text, turn, state_of(turn.conversation, talk.programme)), flush=True
            )
        else:
            print(f"› {text}\n\n{console.as_plain(turn)}\n", flush=True)
    return 0


def _in_terminal(talk: Talk) -> int:
    terminal = console.Terminal()
    returning = bool(talk.conversation.answers)
    terminal.show(
        talk.say(typed(say("channels.terminal_hello")) if returning else Message(Kind.FOLLOWED))
    )
    while message := terminal.read():
        terminal.show(_answer(talk, message))
    print(say("channels.terminal_goodbye"))
    return 0
