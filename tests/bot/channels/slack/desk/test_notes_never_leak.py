"""A note never reaches an owner, whatever anybody does, in any order and however often.

`Expected` is a second opinion of what may reach them, written from the rules of the desk alone and
compared with what their phone shows after every step.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import re
import tempfile
import unicodedata
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

import aiohttp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.simulator.line.server import FakeLine
from bot.simulator.slack.server import FakeSlack
from bot.simulator.slack.state import StoredMessage
from bot.simulator.slack.users.people import delete_message
from bot.simulator.slack.wire.postman import Dispatch
from knowledge import library
from tests.bot.channels.serving import WATCHING
from tests.bot.channels.slack.in_process import Room, room
from tests.bot.channels.slack.serving import DESK, GUEST, HANAKO, TARO, served

OWNER = "幸子"
LIBRARY = library.load()

WAITING, OPEN, ENDED, OVER = "waiting", "open", "ended", "over"
"""`ended` by staff, who can take it up again; `over` by the owner."""


@dataclass
class Expected:
    """What the rules say: the case of today, who has it, and what has reached the owner."""

    state: str = OVER
    holder: str = ""
    number: int = 0
    reached: list[str] = field(default_factory=list)

    def opened(self) -> None:
        self.state, self.holder, self.number = WAITING, "", self.number + 1

    def written(self, number: int | None, user: str, text: str) -> Fate:
        """Staff write in the thread of a case; what then becomes of it."""
        if not self.may_go(number, text):
            return Fate.NOTE
        if user != self.holder or _is_doubtful(text):
            return Fate.ASKED
        self.reached.append(_as_shown(text))
        return Fate.GONE

    def may_go(self, number: int | None, text: str) -> bool:
        """Whether these words may reach the owner at all, as the case is now."""
        return self.state == OPEN and number == self.number and not _is_note(text)

    def chosen(self, one: Written, how: str) -> bool:
        """They say what is to become of what they wrote; whether that settles it."""
        if how in KEEPS or _is_note(one.text):
            return False
        may_go = self.may_go(one.number, one.text)
        if how == "送る" and may_go and one.user != self.holder:
            return False  # asked again: the case went to a colleague meanwhile
        if may_go:
            self.reached.append(_as_shown(one.text))
            if how == "担当を代わって送る":
                self.holder = one.user
        return True

    def pressed(self, number: int | None, user: str, label: str) -> None:
        if number != self.number:
            return
        if label == "担当する" and self.state == WAITING:
            self.state, self.holder = OPEN, user
        elif label in {"ボットに戻す", "完了"} and self.state in {WAITING, OPEN}:
            self.state = ENDED
        elif label == "再開" and self.state == ENDED:
            self.state, self.holder = OPEN, user


# --- what is a note, and what is doubtful ---------------------------------------------------------

_CALLED = re.compile(r"<@\w+>|[@＠]\w+|:[a-z]+:")
_HEADINGS = ("メモ", "memo", "note", "社内")
SLASH_NAMES = (
    "SOLIDUS",
    "SLASH",
    "KATAKANA MIDDLE DOT",
    "DIAGONAL UPPER RIGHT TO LOWER LEFT",
    "RISING DIAGONAL",
)
_UNSEEN = frozenset("*_~`\u3164\u2800")


def _is_note(text: str) -> bool:
    """Two slash-likes, with nothing to be seen between, before the first letter."""
    seen = _seen(_CALLED.sub(" ", text))
    beginning = itertools.takewhile(lambda char: not char.isalpha(), seen)
    return "//" in "".join("/" if _is_slash(char) else char for char in beginning)


def _seen(text: str) -> str:
    hidden = (char in _UNSEEN or unicodedata.category(char) in "Zs Zl Cc Cf Mn Me" for char in text)
    return "".join(char for char, is_hidden in zip(text, hidden, strict=True) if not is_hidden)


def _is_slash(char: str) -> bool:
    name = unicodedata.name(char, "")
    return any(each in name for each in SLASH_NAMES)


def _is_doubtful(text: str) -> bool:
    """Somebody is called, slashes stand further on, or it is headed as a note is."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    said = "".join(itertools.dropwhile(lambda char: not char.isalpha(), folded))
    return bool(_CALLED.search(text) or "//" in folded or said.startswith(_HEADINGS))


def _as_shown(text: str) -> str:
    """Write what an owner reads of it."""
    named = text.replace(f"<@{TARO}>", "@太郎").replace("@channel", "@みなさん")
    return named.strip()


class Fate(Enum):
    """What becomes of a message of staff."""

    NOTE = "note"
    ASKED = "asked"
    GONE = "gone"


KEEPS = {"メモのまま", "メモにする"}


@dataclass
class Written:
    """Something that staff wrote, with what has become of it."""

    number: int | None
    user: str
    ts: str
    text: str
    dealt_with: bool = False


@dataclass
class Card:
    """A card in the channel: where, and of which case; None when it is nobody's any more."""

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
        """Write as the owner; only words of an open case are passed on."""
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
        """Whether the card above it is still there; where it was deleted nothing is asked."""
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
        """Press a button of a card, perhaps of long ago, perhaps one that is not there any more."""
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
        text, expected = _as_shown(self.text(begins)), self.expected
        sent = await self.room.slack.submit(user, {"words": text})
        await self.room.settled()
        has_it = (expected.holder, expected.state, expected.number) == (
            user,
            OPEN,
            self.forms[user],
        )
        if has_it and not _is_note(text):
            if _is_doubtful(text):
                self.check()
                await self.room.slack.submit(user)
                await self.room.settled()
            expected.reached.append(text)
        else:
            assert sent.errors
            await self.room.slack.close(user, everything=True)

    async def choose(self, how: int, which: int, times: int) -> None:
        """Press below a whisper what is to become of the message it asks about."""
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
        """Somebody writes what is asked about, perhaps thinks better of it, and presses."""
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
        """Slack delivers once more what was taken already."""
        for retry in range(1, times + 1):
            if self.last:
                await self.room.slack.post(self.last, retry=retry)
                await self.room.settled()

    async def card_is_deleted(self) -> None:
        """Delete it as an admin, who may delete anybody's message."""
        slack, card = self.room.slack, self.cards[-1] if self.cards else None
        post = slack.workspace.find(DESK, card.ts) if card else None
        if card is None or post is None:
            return
        where, before = slack.workspace.channels[DESK], slack._as_json(post)  # noqa: SLF001 - an admin
        await slack.deliveries.tell(delete_message(post, where, before, slack.workspace), where)
        await self.room.settled()
        if self.expected.state in {WAITING, OPEN}:
            replaced = Card(slack.messages(DESK)[-1].ts, card.number)
            assert replaced.ts != card.ts
            card.number = None
            self.cards.append(replaced)

    async def time_passes(self) -> None:
        """Let time pass, so that what was forgotten is wiped."""
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


USERS = st.sampled_from([HANAKO, HANAKO, HANAKO, TARO, TARO, TARO, GUEST])
MARKS = st.sampled_from(
    [
        "",
        " ",
        "\u3000",
        "*",
        "> ",
        "- ",
        "• ",
        "1. ",
        "①",
        "(",
        "「",
        "【",
        "📝 ",
        "👀",
        "\n",
        f"<@{TARO}> ",
        "@channel ",
        ":custom: ",
        "/ ",
        "・",
        "— ",
        "2026/11/30 ",
    ]
)
SLASH = st.sampled_from("//／／∕⁄⧸╱⟋・･\\＼")
GAP = st.sampled_from(["", "", "", " ", "　", "\u200b", "\ufe0f", "\u3164", "\u2060"])
NOTED = st.builds(
    lambda marks, *rest: "".join((*marks, *rest)),
    st.lists(MARKS, max_size=3),
    SLASH,
    GAP,
    SLASH,
    st.sampled_from(["", " ", "　"]),
)
DOUBTFUL = st.sampled_from(
    [
        f"<@{TARO}> ",
        "@channel ",
        "＠太郎\u3000",
        "はい。\n// ",
        "はい //",
        "メモ：",
        "memo: ",
        "【社内】",
        "note: ",
        "ＮＯＴＥ\u3000",
        "📝 メモ ",
        "（社内用）",
    ]
)
BEGINS = st.one_of(
    st.just(""), st.just(""), st.sampled_from(["😊 ", "・", "1. ", "(", "/ "]), NOTED, DOUBTFUL
)
"""How a message begins: as a reply, as a note, or so that it is asked about."""

WHICH = st.integers(0, 3)
CARD = st.sampled_from([-1, -1, -1, -1, 0])
TIMES = st.sampled_from([1, 1, 2])
LABELS = st.sampled_from(["担当する", "担当する", "ボットに戻す", "完了", "再開"])
HOW = st.integers(0, 2)


def step(name: str, *arguments: st.SearchStrategy[Any], often: int = 1, **more: Any) -> list[Any]:
    """Name a step as often as it is to be likelier than the others."""
    keywords = st.fixed_dictionaries(more)
    return [st.tuples(st.just(name), st.tuples(*arguments), keywords)] * often


STEPS = st.one_of(
    *step("owner_asks", often=2),
    *step("owner_writes"),
    *step("owner_goes_back"),
    *step("owner_deletes_everything"),
    *step("write", USERS, BEGINS, CARD, broadcast=st.booleans(), often=5),
    *step("press", USERS, LABELS, CARD, TIMES, often=4),
    *step("open_form", USERS, CARD),
    *step("send_form", USERS, BEGINS),
    *step("choose", HOW, WHICH, TIMES, often=2),
    *step("interrupt", st.just("") | DOUBTFUL, st.none() | BEGINS, HOW, TIMES, often=3),
    *step("edit", BEGINS, WHICH),
    *step("delete", WHICH),
    *step("slack_tells_again", st.integers(1, 3)),
    *step("card_is_deleted"),
    *step("time_passes"),
)

BEGUN: list[Any] = [("owner_asks", (), {}), ("press", (HANAKO, "担当する", -1, 1), {})]


async def played(place: Room | Served, steps: list[Any]) -> None:
    """Do these steps, and compare after each."""
    play = Play(place)
    for name, arguments, keywords in (*BEGUN, *steps):
        await getattr(play, name)(*arguments, **keywords)
        play.check()


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(STEPS, max_size=25))
def test_desk_in_any_order_of_steps_sends_only_what_may_go(steps: list[Any]) -> None:
    async def told() -> None:
        async with room(lambda: LIBRARY) as place:
            await played(place, steps)

    asyncio.run(told())


@dataclass
class Served:
    """The same over real sockets: the server is asked whether it has delivered everything."""

    line: FakeLine
    slack: FakeSlack
    url: str
    session: aiohttp.ClientSession

    async def settled(self) -> None:
        await self.slack.settled()
        async with asyncio.timeout(20):
            while await self._undelivered():
                await asyncio.sleep(0.01)

    async def run_periodic(self) -> None:
        """Wait, since the server does so every two seconds."""

    async def _undelivered(self) -> int:
        async with self.session.get(f"{self.url}/readyz", headers=WATCHING) as answer:
            return int((await answer.json())["undelivered"])


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(STEPS.filter(lambda step: step[0] != "time_passes"), min_size=6, max_size=14))
def test_desk_over_real_sockets_sends_only_what_may_go(steps: list[Any]) -> None:
    async def told(folder: Path) -> None:
        async with served(folder) as place, aiohttp.ClientSession() as session:
            place.slack.workspace.channels[DESK].members.add(GUEST)
            await played(Served(place.line, place.slack, place.url, session), steps)

    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(told(Path(folder)))
