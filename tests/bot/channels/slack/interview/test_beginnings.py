"""An interview begins by a command, a shortcut, words or a file, for staff only."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from bot.channels.slack.interview.wording import STARTED_IN_DM
from bot.channels.slack.web.wording import STAFF_ONLY
from bot.presentation.wording import say
from bot.simulator.slack.api.files import File
from tests.bot.channels.slack.interviews import (
    Interview,
)
from tests.bot.channels.slack.serving import GUEST, TARO, until

Play = Callable[..., None]
BOTH = pytest.mark.parametrize("socket_mode", [False, True], ids=["http", "socket"])


@BOTH
def test_interview_begins_by_command_words_and_shortcut(play: Play, *, socket_mode: bool) -> None:
    async def told(interview: Interview) -> None:
        said = await interview.commands()
        assert said.answer == {
            "response_type": "ephemeral",
            "text": STARTED_IN_DM,
        }
        assert "いまの売上は" in interview.shown()
        await interview.commands("費用はいくら？")
        assert "出典" in interview.shown()
        assert "いまの売上は" in interview.shown()
        await interview.taps("3割以上減った")
        await interview.chooses_shortcut()
        assert "重く感じている費用" in interview.shown()
        assert len(interview.own()) == 1

    play(told, socket_mode=socket_mode)


def test_interview_of_two_staff_members_stays_apart(play: Play) -> None:
    async def told(interview: Interview) -> None:
        other = Interview(interview.place, TARO)
        await asyncio.gather(interview.says("診断する"), other.says("診断する"))
        await asyncio.gather(interview.taps("3割以上減った"), other.taps("増えている"))
        assert "売上：3割以上減った" in interview.shown()
        assert "売上：増えている" in other.shown()

    play(told)


def test_interview_by_a_guest_is_refused(play: Play) -> None:
    async def told(interview: Interview) -> None:
        slack = interview.place.slack
        said = await slack.command(GUEST, "/keiei")
        assert said.answer["text"] == STAFF_ONLY
        assert (await slack.say(GUEST, "診断する")).ok
        await interview.says("診断する")
        told = [each.text for each in slack.messages(GUEST) if each.own]
        assert told == [STAFF_ONLY]

    play(told)


def test_interview_answers_files_emoji_and_odd_text(play: Play) -> None:
    async def told(interview: Interview) -> None:
        await interview.says("診断する")
        place, user = interview.place, interview.user
        before = interview.panel().ts
        assert (await place.slack.say(user, "", files=(File("kessan.pdf", b"%PDF"),))).ok
        await until(lambda: bool(interview.panels()) and interview.panel().ts != before)
        assert say("unreadable.file") in interview.shown()
        assert say("unreadable.emoji") in await interview.says("👍")
        await interview.says("<!channel> *太字* <https://example.com|ここ> & <@U0TARO>")
        assert "いまの売上は" in interview.shown()

    play(told)
