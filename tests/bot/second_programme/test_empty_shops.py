"""A scheme of three questions goes through every channel without a change in `bot`."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.channels import console
from bot.checks.content import Content, problems
from bot.commands.chat import Talk
from bot.interview.standing import state_of
from bot.model.conversation import Conversation
from bot.model.messages import typed
from bot.store.opening import IN_MEMORY, open_store
from flows.paths import find_paths
from tests.bot.channels.slack.interviews import Interview
from tests.bot.channels.slack.serving import Place, served
from tests.bot.channels.slack.stories import Story
from tests.bot.second_programme.empty_shops import EMPTY_SHOPS


def chat(*lines: str) -> list[dict[str, object]]:
    """What `chat --json` prints for these lines."""
    with asyncio.Runner() as runner:
        store = open_store(IN_MEMORY, up_to_date=True)
        talk = Talk(runner, store, "pipe", 180, EMPTY_SHOPS)
        try:
            return [json.loads(said(talk, line)) for line in lines]
        finally:
            runner.run(store.close())


def said(talk: Talk, line: str) -> str:
    turn = talk.say(typed(line))
    return console.as_json(line, turn, state_of(turn.conversation, EMPTY_SHOPS))


def play(folder: Path, scenario: Callable[[Place], Awaitable[None]]) -> None:
    """Run a scenario with this programme, a fake LINE and a fake Slack."""

    async def run() -> None:
        async with served(folder, programme=EMPTY_SHOPS) as place:
            await scenario(place)

    asyncio.run(run())


def test_check_of_another_programme_finds_no_fault() -> None:
    assert problems(Content(EMPTY_SHOPS, freshness=False)) == []


def test_chat_by_words_and_taps_reaches_the_verdict() -> None:
    told = chat("診断する", "パン屋です", "v1|vacant_since=years", "松山市", "v1|more=reasons")
    states = [each["state"] for each in told]
    assert states == ["trade", "vacant_since", "town", "assessment", "assessment"]
    assert told[-1]["answers"] == {"trade": ["food"], "vacant_since": ["years"], "town": ["38"]}
    assert "長く空いているお店も対象です" in json.dumps(told[-1], ensure_ascii=False)


def test_chat_of_a_story_records_what_it_tells() -> None:
    (told,) = chat("花屋です。借りる店は何年も空いています")
    assert told["answers"] == {"trade": ["goods"], "vacant_since": ["years"]}
    assert told["state"] == "town"


def test_chat_of_an_emergency_says_what_to_do_today() -> None:
    told = chat("店の屋根が崩れてきました", "松山市", "v1|hazard=told")
    assert told[0]["notices"] == ["urgent:dangerous"]
    assert "中に入らず、役場に電話する" in json.dumps(told[0], ensure_ascii=False)
    assert [each["state"] for each in told] == ["town", "urgent", "trade"]


def test_chat_goes_back_and_corrects() -> None:
    told = chat(
        "診断する", "食べもの", "戻る", "v1|correct=trade", "品もの", "窓口を探す", "高松市"
    )
    assert [each["state"] for each in told[:3]] == ["trade", "vacant_since", "trade"]
    assert told[4]["answers"] == {"trade": ["goods"]}
    assert told[-1]["state"] == "desk"


def test_line_and_desk_carry_an_owner_to_a_person_and_back(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        story = Story(place)
        assert "どんなお店" in (await story.owner_says("診断する"))[-1]
        assert "いつから" in (await story.owner_presses("食べもの"))[-1]
        await story.owner_says("1年をこえる")
        assert "使えそうです" in "".join(await story.owner_says("松山市"))
        card = await story.owner_asks_for_a_person()
        assert "食べもの" in story.thread_text() + json.dumps(card.blocks, ensure_ascii=False)
        await story.staff_press("担当する")
        await story.staff_reply("お話を読みました。いっしょに考えましょう")

    play(tmp_path, scenario)


def test_slack_interview_asks_the_questions_of_the_programme(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        interview = Interview(place)
        assert "どんなお店" in await interview.says("診断する")
        assert "いつから" in await interview.taps("食べもの")
        assert "どこにありますか" in await interview.taps("1年をこえる")
        assert "使えそうです" in await interview.chooses_place("愛媛県")

    play(tmp_path, scenario)


@pytest.mark.parametrize("flow", sorted(EMPTY_SHOPS.flows))
def test_replay_of_a_flow_reaches_an_outcome_from_every_path(flow: str) -> None:
    now = datetime(2026, 11, 30, 3, tzinfo=UTC)
    for path in find_paths(EMPTY_SHOPS.flows[flow]):
        walked = Conversation("console:you", flow=flow, last_seen=now)
        for question, option in path.answers:
            walked = walked.answered(question, (option,))
        assert state_of(walked, EMPTY_SHOPS) == path.outcome
