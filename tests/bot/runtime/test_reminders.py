"""Reminders come once, by day, within the month, through crashes and clock jumps.

Tested over a real store.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels import Quota
from bot.dialogue.respond import respond
from bot.follow_up.reminding import ring_again
from bot.handoff.leaving import leave
from bot.model.business_hours import JAPAN, is_open
from bot.model.conversation import Conversation, Mode
from bot.model.follow_up import TIMER, FollowUp
from bot.model.messages import Message, Reply, Speaker
from bot.model.turn import Context, Turn
from bot.runtime.advisor import Advisor
from bot.runtime.conversation_service import ConversationService
from bot.runtime.reminders import SHARE, STOPPED, Allowance, make_reminder_handler
from bot.runtime.scheduler import TimerHandler, run_due_timers
from bot.store import Delivery, Incoming, Outgoing, Store, TurnResult
from bot.store.opening import open_store
from bot.store.records import Timer
from flows.keiei.programme import KEIEI
from knowledge import library
from tests.bot.postgresql import empty_database, server

BEGIN = datetime(2026, 11, 30, 11, 0, tzinfo=JAPAN)
KEY = "line:U1"
LIBRARY = library.load()
CONTEXT = Context(BEGIN, LIBRARY, KEIEI)


class Line:
    """A channel that only writes down what is pushed."""

    def write(self, key: str, replies: tuple[Reply, ...], _: Speaker | None) -> Outgoing:
        return Outgoing("line", [{"text": each.text} for each in replies], key=key)


class Life:
    """One owner, one database, and a clock that the test moves. `pushed` is what was said unasked, and when.

    `processes` look at the database at the same moments.
    """

    def __init__(
        self, address: str, used: int = 0, limit: int | None = None, processes: int = 1
    ) -> None:
        self.address, self.processes = address, processes
        self.quota = Quota(used, limit)
        self.now, self.events = BEGIN, 0
        self.pushed: list[tuple[datetime, Delivery]] = []
        self.open()

    def open(self) -> None:
        """Open the stores, at first or after a crash."""
        self.advisor = Advisor(lambda: LIBRARY, KEIEI)
        self.stores = [open_store(self.address, (), up_to_date=True) for _ in range(self.processes)]
        self.store = self.stores[0]
        self.handlers, *_ = self._all_handlers = [*map(self._make_handlers, self.stores)]

    def _make_handlers(self, store: Store) -> dict[str, TimerHandler]:
        service = ConversationService(
            store, self.advisor, lambda: {"line": Line()}, self._note, lambda: self.now
        )
        return {"follow": make_reminder_handler(service, Allowance(self._read_quota))}

    async def close(self) -> None:
        for store in self.stores:
            await store.close()

    async def kill(self, after: int) -> None:
        """End everything in the middle of looking at what is due, and begin again.

        What was said is then what the outbox holds.
        """
        looking = asyncio.create_task(
            self.look(at=max(self.now, await self.next_ring() or self.now))
        )
        for _ in range(after):
            await asyncio.sleep(0)
        looking.cancel()
        await asyncio.gather(looking, return_exceptions=True)
        await self.close()
        self.open()
        known = {each.id for _, each in self.pushed}
        outbox = await self.store.list_undelivered()
        # A commit under way when its process was killed may show only at a later look. The channel
        # sends nothing whose time has passed by then.
        self._note(
            tuple(each for each in outbox if each.id not in known and _is_in_time(each, self.now))
        )

    async def _read_quota(self) -> Quota:
        return self.quota

    def _note(self, deliveries: tuple[Delivery, ...]) -> None:
        self.pushed += [(self.now, each) for each in deliveries]

    async def do(self, step: Callable[[Conversation], Turn | None]) -> Turn | None:
        """Do one turn of the owner."""
        done: list[Turn | None] = []
        self.events += 1
        incoming = Incoming(f"e{self.events}", KEY)

        def work(conversation: Conversation) -> TurnResult:
            turn = step(conversation)
            done.append(turn)
            if turn is None:
                return TurnResult(None)
            return self.advisor.work(conversation, turn, incoming, self.now)

        await self.store.turn(incoming, work, self.now)
        return done[0]

    async def say(self, text: str) -> Turn:
        context = self.advisor.context(self.now)
        turn = await self.do(
            lambda conversation: respond(conversation, Message(text=text), context)
        )
        assert turn
        return turn

    async def follow(self, **dates: date) -> None:
        """Agree, and name dates."""
        followed = FollowUp("012345670000", agreed_at=self.now, called=True)
        for kind, day in dates.items():
            followed = followed.named(kind, day, self.now)

        def step(conversation: Conversation) -> Turn:
            after = replace(conversation, follow_up=followed, last_seen=self.now)
            rung, effects = ring_again(after, self.advisor.context(self.now), self.now)
            return Turn(rung, (), effects)

        await self.do(step)

    async def look(self, *, at: datetime) -> None:
        """Let the clock stand at a time and the service look at its timers."""
        self.now = at
        await asyncio.gather(
            *(
                run_due_timers(store, handlers, at)
                for store, handlers in zip(self.stores, self._all_handlers, strict=True)
            )
        )

    async def run_until(self, end: datetime) -> None:
        """Let the service look whenever something is due, and at the end."""
        while (due := await self.next_ring()) and due <= end:
            await self.look(at=max(due, self.now))
        await self.look(at=end)

    async def next_ring(self) -> datetime | None:
        return await self.store.records.find_timer(f"{TIMER}012345670000")

    @property
    def texts(self) -> list[str]:
        return [each.outgoing.messages[0]["text"] for _, each in self.pushed]


@pytest.fixture
def play(tmp_path: Path) -> Callable[..., None]:
    """Run a scenario of one life, within one event loop."""

    def run(scenario: Callable[[Life], Awaitable[None]], **quota: int) -> None:
        async def whole() -> None:
            life = Life(f"sqlite:///{tmp_path}/navi.db", **quota)
            try:
                await scenario(life)
            finally:
                await life.close()

        asyncio.run(whole())

    return run


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=JAPAN)


def test_three_years_bring_three_settlements_each_once_and_by_day(
    play: Callable[..., None],
) -> None:
    async def scenario(life: Life) -> None:
        await life.follow(fiscal_end=date(2027, 3, 31))
        await life.run_until(at("2030-12-31T12:00"))
        days = [moment.date() for moment, _ in life.pushed]
        assert days == [date(2027, 5, 31), date(2028, 5, 31), date(2029, 5, 31)]
        assert all(is_open(moment) for moment, _ in life.pushed)
        assert all("止めて" in text for text in life.texts)

    play(scenario)


def test_a_reminder_is_said_once_however_often_and_by_whomever_it_is_looked_for(
    play: Callable[..., None],
) -> None:
    async def scenario(life: Life) -> None:
        await life.follow(reschedule_until=date(2027, 3, 31))
        due = await life.next_ring()
        assert due
        (timer,) = await life.store.records.list_due_timers(due)
        life.now = due
        handler = life.handlers["follow"]
        await asyncio.gather(*(handler(timer, due) for _ in range(5)))
        await life.look(at=due + timedelta(seconds=2))
        assert len(life.pushed) == 1

    play(scenario)


def test_after_a_long_stop_what_is_late_is_owed_and_said_with_the_next_reminder(
    play: Callable[..., None],
) -> None:
    async def scenario(life: Life) -> None:
        await life.follow(accepted_full=date(2026, 10, 15), fiscal_end=date(2028, 3, 31))
        # The 18 months came on 17 April 2028; the service stood still from before until May.
        await life.look(at=at("2028-05-10T11:00"))
        assert life.pushed == []
        await life.run_until(at("2028-06-01T12:00"))
        (text,) = life.texts
        assert "お知らせが2つ" in text
        assert "1年半" in text
        assert "お伝えするのが遅く" in text

    play(scenario)


def test_who_comes_back_at_night_waits_for_the_morning(play: Callable[..., None]) -> None:
    async def scenario(life: Life) -> None:
        await life.follow(reschedule_until=date(2027, 3, 31))
        due = await life.next_ring()
        assert due
        night = due.astimezone(JAPAN).replace(hour=22)  # a Friday
        await life.look(at=night)
        assert life.pushed == []
        assert await life.next_ring() == at("2027-02-01T09:00")
        await life.run_until(at("2027-02-01T12:00"))
        assert [moment for moment, _ in life.pushed] == [at("2027-02-01T09:00")]

    play(scenario)


def test_what_waits_goes_with_the_reply_when_the_owner_writes_first(
    play: Callable[..., None],
) -> None:
    async def scenario(life: Life) -> None:
        await life.follow(accepted_full=date(2026, 10, 15))
        await life.look(at=at("2028-05-10T11:00"))
        life.now = at("2028-05-10T23:30")
        turn = await life.say("ありがとう")
        assert "1年半" in turn.replies[0].text
        assert "こちらこそ" in turn.replies[1].text
        await life.run_until(at("2028-06-30T12:00"))
        assert life.pushed == []

    play(scenario)


def test_nothing_is_pushed_from_what_the_month_keeps_for_trouble(play: Callable[..., None]) -> None:
    async def scenario(life: Life) -> None:
        await life.follow(reschedule_until=date(2027, 3, 31))
        due = await life.next_ring()
        assert due
        await life.look(at=due)
        assert life.pushed == []
        assert await life.next_ring() == due + timedelta(hours=1)
        life.quota = Quota(0, 200)
        await life.run_until(due + timedelta(hours=2))
        assert len(life.pushed) == 1

    play(scenario, used=int(200 * SHARE), limit=200)


def test_a_batch_that_staff_stop_is_not_pushed(play: Callable[..., None]) -> None:
    async def scenario(life: Life) -> None:
        await life.follow(reschedule_until=date(2027, 3, 31))
        due = await life.next_ring()
        assert due
        until = due + timedelta(days=1)
        stop = TurnResult(None, records=(Timer(STOPPED, until),))
        await life.store.commit(Incoming("stop", "staff"), stop, life.now)
        await life.look(at=due)
        assert life.pushed == []

    play(scenario)


@pytest.mark.parametrize(
    "text", ["止めて", "やめてください", "通知いらない", "見守りを止めて", "消して"]
)
def test_one_word_ends_it(play: Callable[..., None], text: str) -> None:
    async def scenario(life: Life) -> None:
        await life.follow(fiscal_end=date(2027, 3, 31))
        await life.say(text)
        assert await life.next_ring() is None
        await life.run_until(at("2030-12-31T12:00"))
        assert life.pushed == []

    play(scenario)


def test_who_blocks_us_is_left_alone(play: Callable[..., None]) -> None:
    async def scenario(life: Life) -> None:
        await life.follow(fiscal_end=date(2027, 3, 31))
        await life.do(lambda conversation: leave(conversation, life.now))
        await life.run_until(at("2030-12-31T12:00"))
        assert life.pushed == []

    play(scenario)


@pytest.mark.parametrize("change", [{"despaired": True}, {"mode": Mode.WITH_STAFF}])
def test_nothing_is_pushed_in_despair_or_while_a_person_has_the_case(
    play: Callable[..., None], change: dict[str, object]
) -> None:
    async def scenario(life: Life) -> None:
        await life.follow(fiscal_end=date(2027, 3, 31))
        await life.do(lambda conversation: Turn(replace(conversation, **change)))  # type: ignore[arg-type] # fields by name
        await life.run_until(at("2030-12-31T12:00"))
        assert life.pushed == []

    play(scenario)


def test_a_clock_that_goes_back_neither_repeats_nor_stops_it(play: Callable[..., None]) -> None:
    async def scenario(life: Life) -> None:
        await life.follow(fiscal_end=date(2027, 3, 31))
        first = await life.next_ring()
        assert first
        life.quota = Quota(200, 200)
        await life.look(at=first)  # looked at, and put off
        life.quota = Quota(0, None)
        life.now = first - timedelta(days=1)
        await life.follow(fiscal_end=date(2027, 3, 31))
        assert await life.next_ring() == first  # the same moment comes a second time
        await life.run_until(at("2029-12-31T12:00"))
        assert len(life.pushed) == len(set(life.texts)) == 3

    play(scenario)


def test_a_conversation_with_a_reminder_to_come_is_kept_and_goes_when_there_is_none(
    play: Callable[..., None],
) -> None:
    async def scenario(life: Life) -> None:
        await life.follow(fiscal_end=date(2027, 3, 31))

        async def tidied_on(day: str) -> int:
            await life.run_until(at(day))
            return await life.store.tidy(life.now - timedelta(days=180), BEGIN, life.now)

        assert await tidied_on("2028-03-31T12:00") == 0
        # The last reminder may still be answered for as long as any conversation is kept.
        assert await tidied_on("2029-11-01T12:00") == 0
        assert await tidied_on("2029-12-31T12:00") == 1

    play(scenario)


# --- random lives --------------------------------------------------------------------------------

ACTS = st.lists(
    st.tuples(
        st.sampled_from(
            ["wait", "wait", "wait", "stand still", "crash", "kill", "write", "move a date", "quota gone", "quota back"]
        ),
        st.timedeltas(timedelta(minutes=1), timedelta(days=120)),
    ),
    max_size=14,
)  # fmt: skip
ENDS = st.sampled_from(["never", "止めて", "消して", "blocked"])
DAYS = st.dates(date(2026, 6, 1), date(2028, 12, 31))
KINDS = ("fiscal_end", "accepted_full", "reschedule_until", "tax_due_on", "next_due_on")


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    dates=st.dictionaries(st.sampled_from(KINDS), DAYS, min_size=1),
    acts=ACTS,
    end=ENDS,
)
def test_a_life_is_followed_by_day_once_in_time_and_not_after_its_end(
    tmp_path_factory: pytest.TempPathFactory,
    dates: dict[str, date],
    acts: list[tuple[str, timedelta]],
    end: str,
) -> None:
    folder = tmp_path_factory.mktemp("life")
    asyncio.run(_live_whole(Life(f"sqlite:///{folder}/navi.db"), dates, acts, end))


def test_lives_on_a_database_that_two_processes_share_are_followed_as_well() -> None:
    with server() as found:

        @settings(max_examples=8, deadline=None)
        @given(dates=st.dictionaries(st.sampled_from(KINDS), DAYS, min_size=1), acts=ACTS, end=ENDS)
        def live(dates: dict[str, date], acts: list[tuple[str, timedelta]], end: str) -> None:
            with empty_database(found.address) as address:
                asyncio.run(_live_whole(Life(address, processes=2), dates, acts, end))

        live()


def _is_in_time(delivery: Delivery, now: datetime) -> bool:
    until = delivery.outgoing.push_until
    return until is None or now < until


async def _live_whole(
    life: Life, dates: dict[str, date], acts: list[tuple[str, timedelta]], end: str
) -> None:
    try:
        await _live_all(life, dates, acts, end)
    finally:
        await life.close()


async def _live_all(
    life: Life, dates: dict[str, date], acts: list[tuple[str, timedelta]], end: str
) -> None:
    await life.follow(**dates)
    for act, span in acts:
        await _live(life, act, span)
    said = len(life.pushed)
    if end == "blocked":
        await life.do(lambda conversation: leave(conversation, life.now))
    elif end != "never":
        await life.say(end)
    await life.run_until(life.now + timedelta(days=2000))
    if end != "never":
        assert len(life.pushed) == said
    _check(life)


async def _live(life: Life, act: str, span: timedelta) -> None:
    match act:
        case "wait":
            await life.run_until(life.now + span)
        case "stand still":
            await life.look(at=life.now + span)
        case "crash":
            await life.close()
            life.open()
        case "kill":
            await life.kill(after=span.seconds % 60)
        case "write":
            await life.say("ありがとう")
        case "move a date":
            moved = life.now.date() + span
            await life.say("見守り")
            await life.say(f"決算は{moved.month}月")
        case "quota gone":
            life.quota = Quota(200, 200)
        case "quota back":
            life.quota = Quota(0, 200)


def _check(life: Life) -> None:
    assert all(is_open(moment) for moment, _ in life.pushed)
    assert len(set(life.texts)) == len(life.texts)
    for moment, delivery in life.pushed:
        assert delivery.outgoing.push_until
        assert moment < delivery.outgoing.push_until
