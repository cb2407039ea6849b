"""All moves of staff and an owner at the desk, one at a time."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field

import aiohttp

from bot.simulator.line.server import FakeLine
from bot.simulator.slack.server import FakeSlack
from bot.simulator.slack.state import StoredMessage
from bot.simulator.slack.users.people import delete_message
from bot.simulator.slack.wire.postman import Dispatch
from tests.bot.channels.serving import LONGEST, WATCHING
from tests.bot.channels.slack.desk.expected import (
    OPEN,
    OVER,
    OWNER,
    WAITING,
    Expected,
    Fate,
    Written,
    as_shown,
    is_doubtful,
    is_note,
)
from tests.bot.channels.slack.in_process import Room
from tests.bot.channels.slack.serving import DESK, GUEST, HANAKO, TARO


@dataclass
class Served:
    """The room over real sockets, where the server is asked whether all is delivered."""

    line: FakeLine
    slack: FakeSlack
    url: str
    session: aiohttp.ClientSession

    async def settled(self) -> None:
        await self.slack.settled()
        async with asyncio.timeout(LONGEST):
            while await self._undelivered():
                await asyncio.sleep(0.01)

    async def run_periodic(self) -> None:
        """Wait, since the server does so every two seconds."""

    async def _undelivered(self) -> int:
        async with self.session.get(f"{self.url}/readyz", headers=WATCHING) as answer:
            return int((await answer.json())["undelivered"])


@dataclass
class Card:
    """A card in the channel with the number of its case.

    The number is None when the card belongs to no case any more.
    """

    ts: str
    number: int | None


@dataclass
class Play:
    """The room, what is expected of it, and what has been done so far."""

    room: Room | Served
    expected: Expected = field(default_factory=Expected)
    cards: list[Card] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)
    forms: dict[str, int | None] = field(default_factory=dict)
    last: Dispatch | None = None
    count: int = 0

    def text(self, begins: str = "") -> str:
        self.count += 1
        return f"{begins}職員{self.count}。"

    # --- the owner ------------------------------------------------------------------------------

    async def owner_says(self, text: str) -> None:
        assert (await self.room.line.send_text(OWNER, text)).ok
        await self.room.settled()

    async def owner_asks(self) -> None:
        if self.expected.state in {WAITING, OPEN}:
            return
        await self.owner_says("人と話したい")
        await self.owner_says("はい")
        self.expected.opened()
        self.cards.append(Card(self.room.slack.messages(DESK)[-1].ts, self.expected.number))

    async def owner_writes(self) -> None:
        """Write as the owner, whose words are passed on only while a case is open."""
        self.count += 1
        text = f"客の言葉{self.count}。"
        await self.owner_says(text)
        assert self.in_slack(text) is (self.expected.state in {WAITING, OPEN})

    async def owner_goes_back(self) -> None:
        await self.owner_says("ボットに戻る")
        if self.expected.state in {WAITING, OPEN}:
            self.expected.state = OVER

    async def owner_deletes_everything(self) -> None:
        await self.owner_says("消して")
        self.expected.state = OVER
        for card in self.cards:
            card.number = None
        for one in self.written:
            one.number = None
        self.forms = dict.fromkeys(self.forms)

    def in_slack(self, text: str) -> bool:
        posts = self.room.slack.workspace.posts
        return any(text in str(each.blocks) for each in posts if not each.deleted)

    # --- staff write ----------------------------------------------------------------------------

    async def write(self, user: str, begins: str, which: int, *, broadcast: bool) -> None:
        if not self.cards:
            return
        text, card, before = self.text(begins), self.cards[which % len(self.cards)], self.told(user)
        said = await self.room.slack.say(user, text, DESK, thread_ts=card.ts, broadcast=broadcast)
        await self.room.settled()
        self.last = said
        if user == GUEST:
            return
        fate = self.expected.written(card.number, user, text)
        self.written.append(Written(card.number, user, said.ts, text, fate is Fate.GONE))
        # The writer sees at once what has become of it.
        assert self.told(user) > before or self.receipt(said.ts)

    def told(self, user: str) -> int:
        return sum(post.shown_to == user for post in self.room.slack.workspace.posts)

    def receipt(self, ts: str) -> bool:
        post = self.room.slack.workspace.find(DESK, ts)
        return post is not None and bool({"white_check_mark", "memo"} & set(post.reactions))

    def alive(self, which: int) -> Written | None:
        """One of the messages that still stand."""
        found = [each for each in self.written if self.room.slack.workspace.find(DESK, each.ts)]
        return found[which % len(found)] if found else None

    async def edit(self, begins: str, which: int) -> None:
        if one := self.alive(which):
            one.text, before = self.text(begins), self.told(one.user)
            self.last = await self.room.slack.edit(one.user, DESK, one.ts, one.text)
            await self.room.settled()
            # Nothing goes by an edit alone: its writer is asked, or told that it comes too late.
            may_go = self.expected.may_go(one.number, one.text)
            assert self.told(one.user) > before or not (may_go and self.stands_under_card(one))

    def stands_under_card(self, one: Written) -> bool:
        """Tell whether the card above the message is still there.

        Where the card was deleted nothing is asked.
        """
        post = self.room.slack.workspace.find(DESK, one.ts)
        return post is not None and any(
            card.ts == post.thread_ts and card.number for card in self.cards
        )

    async def delete(self, which: int) -> None:
        if one := self.alive(which):
            self.last = await self.room.slack.delete(one.user, DESK, one.ts)
            await self.room.settled()

    # --- staff press ----------------------------------------------------------------------------

    async def press(self, user: str, label: str, which: int, times: int) -> None:
        """Press a button of a card, perhaps an old one or one that is gone."""
        card = self.cards[which % len(self.cards)] if self.cards else None
        if card is None or not self.room.slack.workspace.find(DESK, card.ts):
            return
        for _ in range(times):
            try:
                pressed = await self.room.slack.press(user, DESK, card.ts, label, stale=True)
            except LookupError:
                return
            self.last = pressed
            await self.room.settled()
            if user != GUEST:
                self.expected.pressed(card.number, user, label)

    async def open_form(self, user: str, which: int) -> None:
        if self.cards and not self.room.slack.modals(user):
            await self.press(user, "送る", which, 1)
            self.forms[user] = self.cards[which % len(self.cards)].number

    async def send_form(self, user: str, begins: str) -> None:
        if not self.room.slack.modals(user):
            return
        text, expected = as_shown(self.text(begins)), self.expected
        sent = await self.room.slack.submit(user, {"words": text})
        await self.room.settled()
        has_it = (expected.holder, expected.state, expected.number) == (
            user,
            OPEN,
            self.forms[user],
        )
        if has_it and not is_note(text):
            if is_doubtful(text):
                self.check()
                await self.room.slack.submit(user)
                await self.room.settled()
            expected.reached.append(text)
        else:
            assert sent.errors
            await self.room.slack.close(user, everything=True)

    async def choose(self, how: int, which: int, times: int) -> None:
        """Press, below a whisper, what is to become of the message in question."""
        asked = [each for each in self.whispers() if "case:keep_note" in str(each.blocks)]
        if not asked:
            return
        whisper = asked[which % len(asked)]
        labels = [each["text"]["text"] for each in whisper.blocks[-1]["elements"]]
        label = labels[how % len(labels)]
        about = next(each for each in self.written if each.ts in str(whisper.blocks))
        await asyncio.gather(*(self.press_below(whisper, label) for _ in range(times)))
        await self.room.settled()
        if self.room.slack.workspace.find(DESK, about.ts) and not about.dealt_with:
            about.dealt_with = self.expected.chosen(about, label)

    async def press_below(self, whisper: StoredMessage, how: str) -> None:
        with contextlib.suppress(LookupError):  # it may be gone after the first press
            await self.room.slack.press(whisper.shown_to, DESK, whisper.ts, how)

    async def interrupt(self, begins: str, edited: str | None, how: int, times: int) -> None:
        """Write doubtful words as staff, perhaps edit them, and press."""
        other = TARO if self.expected.holder == HANAKO else HANAKO
        user = self.expected.holder if begins and self.expected.holder else other
        await self.write(user, begins, -1, broadcast=False)
        if edited is not None:
            await self.edit(edited, -1)
        await self.choose(how, -1, times)

    def whispers(self) -> list[StoredMessage]:
        return [each for user in (HANAKO, TARO) for each in self.room.slack.ephemerals(user)]

    # --- Slack ----------------------------------------------------------------------------------

    async def slack_tells_again(self, times: int) -> None:
        """Let Slack deliver once more an event that was taken already."""
        for retry in range(1, times + 1):
            if self.last:
                await self.room.slack.post(self.last, retry=retry)
                await self.room.settled()

    async def card_is_deleted(self) -> None:
        """Delete the card as an admin, who may delete anybody's message."""
        slack, card = self.room.slack, self.cards[-1] if self.cards else None
        post = slack.workspace.find(DESK, card.ts) if card else None
        if card is None or post is None:
            return
        where, before = slack.workspace.channels[DESK], slack._as_json(post)  # noqa: SLF001 - an admin
        await slack.deliveries.tell(delete_message(post, where, before, slack.workspace), where)
        await self.room.settled()
        # The thread went with its card: what waits there for an answer can reach nobody any more.
        for each in self.written:
            each.number = None if each.number == card.number else each.number
        if self.expected.state in {WAITING, OPEN}:
            replaced = Card(slack.messages(DESK)[-1].ts, card.number)
            assert replaced.ts != card.ts
            card.number = None
            self.cards.append(replaced)

    async def time_passes(self) -> None:
        """Let time pass, so that forgotten cases are wiped."""
        await self.room.run_periodic()
        if not any(each.number for each in self.cards):
            assert not self.in_slack("客の言葉")

    # --- what is compared -----------------------------------------------------------------------

    def check(self) -> None:
        replies = self.room.line.replies(OWNER)
        assert [each.text for each in replies if each.sender] == self.expected.reached
        assert not any("職員" in each.text for each in replies if not each.sender)
        called = {each.whom for each in self.room.slack.notifications}
        assert called <= {f"@{HANAKO}", f"@{TARO}"}
