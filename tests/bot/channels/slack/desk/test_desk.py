"""The desk over real sockets, with an owner on LINE and staff in Slack.

Both fakes are strict.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.simulator.slack.api.files import File
from tests.bot.channels.slack import serving
from tests.bot.channels.slack.serving import DESK, GUEST, HANAKO, TARO, Place, until
from tests.bot.channels.slack.stories import OWNER, YES, Story, words

Told = Callable[[Story], Awaitable[None]]


@pytest.fixture
def play(tmp_path: Path) -> Callable[[Told], None]:
    def run(told: Told, *, desk: bool = True) -> None:
        async def scenario(place: Place) -> None:
            await told(Story(place))
            # Only the holder is ever named, and nobody by what an owner wrote.
            called = {each.whom for each in place.slack.notifications}
            assert called <= {f"@{HANAKO}", f"@{TARO}"}

        serving.play(tmp_path, scenario, desk=desk)

    return run


Play = Callable[..., None]


def test_case_after_two_misses_returns_to_where_the_interview_stood(play: Play) -> None:
    async def told(story: Story) -> None:
        await story.owner_says("診断する")
        await story.owner_says("登り窯の薪は何の木がよかね？")
        (offer,) = await story.owner_says("窯の耐火煉瓦の組み方ば教えて？")
        assert "人に相談することもできます" in offer
        await story.owner_presses("人と話す")
        (waiting,) = await story.owner_presses(YES)
        assert "相談員" in waiting
        await until(lambda: len(story.thread()) == 1)
        assert "ボットが続けて答えられませんでした" in words(story.card())
        # What the owner wrote before they agreed is not passed on.
        assert "登り窯" not in story.thread_text() + words(story.card())

        await story.owner_says("窯の修理代が払えません")
        await until(lambda: "窯の修理代が払えません" in story.thread_text())

        before = len(story.said_to_owner())
        await story.staff_press("担当する")
        await until(lambda: len(story.said_to_owner()) > before)
        for number in range(1, 4):
            await story.staff_reply(f"お返事{number}")
            assert (await story.place.line.send_text(OWNER, f"お客さまの言葉{number}")).ok
            await until(lambda n=number: f"お客さまの言葉{n}" in story.thread_text())  # type: ignore[misc]  # bound now
        replies = [each for each in story.said_to_owner() if each.startswith("お返事")]
        assert replies == ["お返事1", "お返事2", "お返事3"]

        before = len(story.said_to_owner())
        await story.staff_press("ボットに戻す")
        await until(lambda: len(story.said_to_owner()) > before)
        back = story.said_to_owner()[-1]
        assert "ここからはボットがお答えします" in back
        assert "いまの売上は" in back
        (asked,) = await story.owner_says("半分")
        assert "重く感じている費用" in asked

    play(told)


def test_reply_before_a_claim_is_a_note(play: Play) -> None:
    async def told(story: Story) -> None:
        await story.owner_asks_for_a_person()
        before = story.said_to_owner()
        await story.staff_write("これはメモ")
        await until(lambda: "メモになりました" in story.whispers())
        await story.staff_press("担当する")
        await until(lambda: len(story.said_to_owner()) > len(before))
        ts = await story.staff_write("// 内緒のメモ")
        await until(lambda: "memo" in story.reactions(ts))
        await story.staff_reply("こんにちは、花子です")
        assert not any("メモ" in each for each in story.said_to_owner())

    play(told)


def test_claim_by_two_at_once_goes_to_one_and_tells_the_other(
    play: Play,
) -> None:
    async def told(story: Story) -> None:
        await story.owner_asks_for_a_person()
        await asyncio.gather(
            story.staff_press("担当する", HANAKO), story.staff_press("担当する", TARO)
        )
        await until(lambda: bool(story.whispers(HANAKO) or story.whispers(TARO)))
        won, lost = (HANAKO, TARO) if story.whispers(TARO) else (TARO, HANAKO)
        assert f"<@{won}>さんが担当しています" in story.whispers(lost)
        assert story.whispers(won) == ""
        assert won in str(story.card().blocks)
        claims = [each for each in story.said_to_owner() if "これからお話をうかがいます" in each]
        assert len(claims) == 1

    play(told)


def test_reply_of_another_than_the_holder_is_asked_about(play: Play) -> None:
    async def told(story: Story) -> None:
        await story.owner_asks_for_a_person()
        await story.staff_press("担当する", HANAKO)
        await story.staff_reply("花子です", HANAKO)
        await story.staff_write("太郎が割り込む", TARO)
        await until(lambda: "担当を代わる" in story.whispers(TARO))
        assert "太郎が割り込む" not in story.said_to_owner()
        (whisper,) = story.place.slack.ephemerals(TARO)
        assert (await story.place.slack.press(TARO, DESK, whisper.ts, "今回だけ送る")).ok
        await until(lambda: "太郎が割り込む" in story.said_to_owner())
        # The case is still Hanako's.
        await story.staff_reply("つづき", HANAKO)
        await story.staff_write("代わります", TARO)
        await until(lambda: len(story.place.slack.ephemerals(TARO)) == 1)
        (whisper,) = story.place.slack.ephemerals(TARO)
        assert (await story.place.slack.press(TARO, DESK, whisper.ts, "担当を代わって送る")).ok
        await until(lambda: "代わります" in story.said_to_owner())
        await story.staff_reply("太郎の番", TARO)

    play(told)


def test_reply_broadcast_to_the_channel_goes_and_a_file_is_answered(play: Play) -> None:
    async def told(story: Story) -> None:
        await story.owner_asks_for_a_person()
        await story.staff_press("担当する")
        await story.staff_reply("はじめまして")
        await story.staff_write("みんなにも見えるお返事", broadcast=True)
        await until(lambda: "みんなにも見えるお返事" in story.said_to_owner())
        await story.place.slack.say(
            HANAKO,
            "資料です",
            channel=DESK,
            thread_ts=story.card().ts,
            files=(File("shiryo.pdf", b"%PDF"),),
        )
        await until(lambda: "資料です" in story.said_to_owner())
        await until(lambda: "文だけをお客さまに送りました" in story.whispers())

    play(told)


def test_reply_edited_or_deleted_tells_what_the_owner_has_seen(play: Play) -> None:
    async def told(story: Story) -> None:
        await story.owner_asks_for_a_person()
        await story.staff_press("担当する")
        ts = await story.staff_reply("明日の10時にお電話します")
        await story.place.slack.edit(HANAKO, DESK, ts, "明日の11時にお電話します")
        await until(lambda: "直す前の文を送りました" in story.whispers())
        await story.place.slack.delete(HANAKO, DESK, ts)
        await until(lambda: "もう送りました" in story.whispers())
        assert [each for each in story.said_to_owner() if "お電話" in each] == [
            "明日の10時にお電話します"
        ]

    play(told)


def test_reply_form_sends_under_the_name_that_was_set(play: Play) -> None:
    async def told(story: Story) -> None:
        await story.owner_asks_for_a_person()
        await story.staff_press("担当する")
        await until(lambda: "送る" in words(story.card()))
        await story.staff_press("送る")
        await until(lambda: bool(story.place.slack.modals(HANAKO)))
        sent = await story.place.slack.submit(HANAKO, {"words": "フォームからのお返事"})
        assert sent.ok
        await until(lambda: "フォームからのお返事" in story.said_to_owner())
        assert story.speakers()[-1] == "相談員"
        await until(lambda: any("white_check_mark" in each.reactions for each in story.thread()))

    play(told)


def test_owner_words_taken_back_or_forgotten_go_from_slack(play: Play) -> None:
    async def told(story: Story) -> None:
        await story.owner_asks_for_a_person()
        said = await story.place.line.send_text(OWNER, "言いすぎました")
        await until(lambda: "言いすぎました" in story.thread_text())
        await story.place.line.unsend(OWNER, said.message_id)
        await until(lambda: "送信を取り消しました" in story.thread_text())
        assert "言いすぎました" not in story.thread_text()
        assert (await story.place.line.send_text(OWNER, "もうひとつ")).ok
        await until(lambda: "もうひとつ" in story.thread_text())
        await story.owner_says("消して")
        await until(lambda: "もうひとつ" not in story.thread_text())
        await until(lambda: "消しました" in words(story.card()))

    play(told)


def test_guest_bot_and_stranger_cannot_talk_to_an_owner(play: Play) -> None:
    async def told(story: Story) -> None:
        slack = story.place.slack
        slack.add_user("U0BOT", "よそのボット", bot=True)
        slack.add_user("U0STRANGER", "よその人", stranger=True)
        await story.owner_asks_for_a_person()
        await story.staff_press("担当する", GUEST)
        await story.staff_press("担当する", HANAKO)
        await story.staff_reply("はい")
        for other in (GUEST, "U0BOT", "U0STRANGER"):
            await story.staff_write("まぎれこんだ言葉", other)
        await story.staff_reply("おわり")
        assert "まぎれこんだ言葉" not in story.said_to_owner()
        assert HANAKO in str(story.card().blocks)

    play(told)


def test_bot_without_a_desk_promises_no_person(play: Play) -> None:
    async def told(story: Story) -> None:
        said = await story.owner_says("人と話したい", expecting=2)
        assert "いま人は入っていません" in "\n".join(said)
        assert story.place.slack.messages(DESK) == []

    play(told, desk=False)
