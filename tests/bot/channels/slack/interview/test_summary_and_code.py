"""The summary and the transfer code, beside an interview over real sockets."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.channels.slack.interview.wording import DETAILS_BUTTON
from bot.presentation.wording import say
from tests.bot.channels.serving import write
from tests.bot.channels.slack.interviews import (
    BY_TAPS,
    Interview,
)
from tests.bot.channels.slack.serving import DESK, until
from tests.bot.channels.slack.stories import OWNER, words

Play = Callable[..., None]
BOTH = pytest.mark.parametrize("socket_mode", [False, True], ids=["http", "socket"])


@BOTH
def test_summary_button_sends_a_summary_to_copy(play: Play, *, socket_mode: bool) -> None:
    async def told(interview: Interview) -> None:
        await interview.says("診断する")
        await interview.taps(*BY_TAPS)
        await interview.chooses_place("愛媛県")
        summary = await interview.gets("要約を出す")
        text = words(summary)
        for part in (
            "【結果】",
            "【お答え】",
            "・売上：3割以上減った",
            "【判定の理由】",
            "（電話）",
            "担当：花子",
            "【窓口】愛媛",
            "089",
        ):
            assert part in text.replace("\n", ""), part
        (block,) = (each for each in summary.blocks if each["type"] == "rich_text")
        assert block["elements"][0]["type"] == "rich_text_preformatted"
        assert len(interview.panels()) == 1
        # The panel still works.
        assert "どのお答えを直しますか" in await interview.taps("回答を直す")

    play(told, socket_mode=socket_mode)


@BOTH
def test_transfer_code_lets_an_owner_go_on_once(play: Play, *, socket_mode: bool) -> None:
    async def told(interview: Interview) -> None:
        line = interview.place.line
        await interview.says("診断する")
        await interview.taps("3割以上減った", "とくにない")
        code = await interview.gets_code()
        assert re.fullmatch(r"[0-9]{4}-[0-9]{4}", code)
        assert "24時間、1回だけ" in words(interview.own()[-1])

        async def owner(person: str, text: str) -> str:
            before = len(line.replies(person))
            assert (await line.send_text(person, text)).ok
            await until(lambda: len(line.replies(person)) > before)
            return "\n".join(each.text for each in line.replies(person)[before:])

        assert "見つかりませんでした" in await owner(OWNER, "0000-0000")
        said = await owner(OWNER, code)
        assert "2問ぶん引き継ぎました" in said
        assert "利益は出ていますか" in said
        assert "どこからありますか" in await owner(OWNER, "この1年は赤字")
        # The owner's answers are their own: the staff's interview stands where it stood.
        assert "利益は出ていますか" in interview.shown()
        assert "見つかりませんでした" in await owner("太郎さん", code)

    play(told, socket_mode=socket_mode)


def test_transfer_code_expired_is_refused(play: Play) -> None:
    async def told(interview: Interview) -> None:
        await interview.says("診断する")
        await interview.taps("3割以上減った")
        code = await interview.gets_code()
        past = (datetime.now(UTC) - timedelta(minutes=1)).isoformat()
        assert await write(interview.place.database_url, "UPDATE codes SET until = ?", past) == 1
        line = interview.place.line
        assert (await line.send_text(OWNER, code)).ok
        await until(lambda: bool(line.replies(OWNER)))
        assert "見つかりませんでした" in line.replies(OWNER)[0].text

    play(told)


def test_interview_shows_nothing_at_the_desk(play: Play) -> None:
    async def told(interview: Interview) -> None:
        await interview.says("人と話したい")
        assert say("handoff.person_no_desk") in interview.shown()
        await interview.says("死にたいと言われた")
        assert interview.place.slack.messages(DESK) == []

    play(told)


def test_details_a_caller_names_stand_in_the_summary_until_the_next_caller(play: Play) -> None:
    async def told(interview: Interview) -> None:
        await interview.says("診断する")
        await interview.taps(*BY_TAPS)
        slack, panel = interview.place.slack, interview.panel()
        assert (await slack.press(interview.user, panel.channel, panel.ts, DETAILS_BUTTON)).ok
        await until(lambda: bool(slack.modals(interview.user)))
        filled = {"loans": "A信金 1,200万円", "due_on": "2026-12-10", "due_what": "返済"}
        assert (await slack.submit(interview.user, filled)).ok
        text = words(await interview.gets("要約を出す"))
        assert "【借入先】\nA信金 1,200万円" in text
        assert "【次の期日】\n12月10日（木）　返済" in text
        assert "書きとめた名前や金額も入っている" in text
        # Another caller: nothing of the first is left.
        await interview.taps("最初から（次のお客さま）")
        await interview.taps(*BY_TAPS)
        assert "A信金" not in words(await interview.gets("要約を出す"))

    play(told)
