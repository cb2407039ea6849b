"""A note never reaches an owner, in any order of moves and however often repeated.

`Expected` is a second opinion of what may reach them, written from the rules of the desk alone and
compared with what their phone shows after every step.
"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import Any

import aiohttp
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from knowledge import library
from tests.bot.channels.slack.desk.moves import Play, Served
from tests.bot.channels.slack.in_process import Room, room
from tests.bot.channels.slack.serving import DESK, GUEST, HANAKO, TARO, served

LIBRARY = library.load()


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
"""Beginnings of a reply, of a note, or of words that staff are asked about."""

WHICH = st.integers(0, 3)
CARD = st.sampled_from([-1, -1, -1, -1, 0])
TIMES = st.sampled_from([1, 1, 2])
LABELS = st.sampled_from(["担当する", "担当する", "ボットに戻す", "完了", "再開"])
HOW = st.integers(0, 2)


def step(name: str, *arguments: st.SearchStrategy[Any], often: int = 1, **more: Any) -> list[Any]:
    """Name a step as many times as it is to be likelier than the others."""
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


ASKED_ABOUT_IN_A_LOST_THREAD = [
    ("owner_asks", (), {}),
    ("write", (TARO, "", -1), {"broadcast": False}),
    ("card_is_deleted", (), {}),
    ("choose", (0, 0, 1), {}),
]


@example(ASKED_ABOUT_IN_A_LOST_THREAD)
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(STEPS, max_size=25))
def test_desk_in_any_order_of_steps_sends_only_what_may_go(steps: list[Any]) -> None:
    async def told() -> None:
        async with room(lambda: LIBRARY) as place:
            await played(place, steps)

    asyncio.run(told())


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(STEPS.filter(lambda step: step[0] != "time_passes"), min_size=6, max_size=14))
def test_desk_over_real_sockets_sends_only_what_may_go(steps: list[Any]) -> None:
    async def told(folder: Path) -> None:
        async with served(folder) as place, aiohttp.ClientSession() as session:
            place.slack.workspace.channels[DESK].members.add(GUEST)
            await played(Served(place.line, place.slack, place.url, session), steps)

    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(told(Path(folder)))
