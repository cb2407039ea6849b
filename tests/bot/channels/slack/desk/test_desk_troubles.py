"""The desk when something goes wrong: LINE or Slack in trouble, cards deleted, people who go away."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path

import aiohttp
import pytest

from bot.model.business_hours import JAPAN
from bot.simulator.line.state import chat_id
from bot.simulator.slack.users.people import delete_message
from bot.store import Incoming, TurnResult
from bot.store.opening import migrate_store, open_store
from bot.store.records import StaffName
from tests.bot.channels.serving import WATCHING, Watch, count, free_port
from tests.bot.channels.slack import serving
from tests.bot.channels.slack.serving import DESK, HANAKO, TARO, Place, fakes, process, until
from tests.bot.channels.slack.stories import OWNER, YES, Story, words

MORNING = datetime(2026, 11, 25, 10, 7, tzinfo=JAPAN)
"""A Wednesday, within hours."""

Told = Callable[[Story, Watch], Awaitable[None]]


@pytest.fixture
def play(tmp_path: Path) -> Callable[..., None]:
    """Tell a story; the clock begins at the given time, within hours where none is given."""

    def run(told: Told, shows: datetime = MORNING) -> None:
        watch = Watch(shows)

        async def scenario(place: Place) -> None:
            await told(Story(place), watch)
            called = {each.whom for each in place.slack.notifications}
            assert called <= {f"@{HANAKO}", f"@{TARO}"}

        serving.play(tmp_path, scenario, clock=watch)

    return run


Play = Callable[..., None]


async def claimed(story: Story) -> None:
    """From nothing to a case that Hanako has."""
    await story.owner_asks_for_a_person()
    before = len(story.said_to_owner())
    await story.staff_press("担当する")
    await until(lambda: len(story.said_to_owner()) > before and "送る" in words(story.card()))


def of_staff(story: Story) -> list[str]:
    """List what staff have said to the owner."""
    said = zip(story.said_to_owner(), story.speakers(), strict=True)
    return [text for text, speaker in said if speaker]


# --- time -----------------------------------------------------------------------------------------


def test_owner_in_the_new_year_holidays_is_told_when_the_desk_opens(play: Play) -> None:
    async def told(story: Story, _: Watch) -> None:
        await story.owner_says("人と話したい")
        (waiting,) = await story.owner_presses(YES)
        assert "1月4日（月）9時" in waiting
        assert "1月4日（月）10時" in waiting  # by when somebody answers
        await until(lambda: "1月4日（月）10時ごろまで" in words(story.card()))

    play(told, datetime(2026, 12, 30, 20, 0, tzinfo=JAPAN))


def test_broken_promise_is_apologised_for_once_and_staff_are_nudged(play: Play) -> None:
    async def told(story: Story, watch: Watch) -> None:
        await story.owner_asks_for_a_person()
        before = len(story.said_to_owner())
        watch.advance(hours=1, minutes=1)
        await until(lambda: len(story.said_to_owner()) == before + 2)
        apology, number = story.said_to_owner()[before:]
        assert "申し訳" in apology
        assert "電話" in number
        await until(lambda: "お約束の時間を過ぎました" in story.thread_text())
        await until(lambda: "お待たせしています" in words(story.card()))
        (nudge,) = [each for each in story.thread() if each.broadcast]
        assert "どなたか" in nudge.text
        # Nothing of it a second time, not even when somebody takes the case.
        watch.advance(days=1)
        await story.staff_press("担当する")
        await story.staff_reply("お待たせしました")
        assert len(story.said_to_owner()) == before + 4
        assert len([each for each in story.thread() if each.broadcast]) == 1

    play(told)


def test_reply_in_time_keeps_the_promise(play: Play) -> None:
    async def told(story: Story, watch: Watch) -> None:
        await claimed(story)
        await story.staff_reply("はい、花子です")
        before = story.said_to_owner()
        watch.advance(hours=3)
        await story.staff_reply("いかがですか")  # by then the clock's round is over
        assert story.said_to_owner() == [*before, "いかがですか"]
        assert "お約束" not in story.thread_text()

    play(told)


def test_idle_conversation_is_wiped_from_slack_too(tmp_path: Path) -> None:
    watch = Watch(MORNING)

    async def first(place: Place) -> None:
        story = Story(place)
        await story.owner_asks_for_a_person()
        assert (await place.line.send_text(OWNER, "店の名前は宝屋です")).ok
        await until(lambda: "宝屋" in story.thread_text())
        await until(lambda: len(story.said_to_owner()) >= 3)

    async def scenario() -> None:
        async with fakes() as (line, slack):
            url = f"sqlite:///{tmp_path}/navi.db"
            migrate_store(url)
            async with serving.beside(url, line, slack, watch) as place:
                await first(place)
            watch.advance(days=181)
            async with serving.beside(url, line, slack, watch) as place:
                story = Story(place)
                await until(lambda: "消しました" in words(story.card()))
                await until(lambda: "宝屋" not in story.thread_text())
                await until(lambda: "ここまでのお答え" not in story.thread_text())

    asyncio.run(scenario())


def test_case_posts_lose_their_words_when_the_promised_time_is_over(
    play: Play,
) -> None:
    async def told(story: Story, watch: Watch) -> None:
        def timers() -> int:
            waiting = "SELECT count(*) FROM timers WHERE name LIKE 'erase:%'"
            return count(story.place.database_url, waiting)

        await claimed(story)
        assert (await story.place.line.send_text(OWNER, "店の名前は宝屋です")).ok
        await until(lambda: "宝屋" in story.thread_text())
        await story.staff_press("完了")
        await until(lambda: "完了しました" in words(story.card()))
        assert timers() == 1
        await story.staff_press("再開")
        await until(lambda: "対応しています" in words(story.card()))
        assert timers() == 0  # never while it is open
        await story.staff_press("完了")
        await until(lambda: "完了しました" in words(story.card()))
        # The owner goes on with the bot, so that nothing of theirs is idle.
        watch.advance(days=179)
        await story.owner_says("使い方")
        assert "宝屋" in story.thread_text()
        watch.advance(days=2)
        await until(lambda: "宝屋" not in story.thread_text())
        await until(lambda: "消しました" in words(story.card()))
        assert timers() == 0

    play(told)


# --- the owner ------------------------------------------------------------------------------------


@pytest.mark.parametrize("with_staff", [False, True])
def test_despair_in_a_case_is_answered_at_once_and_staff_are_told(
    play: Play, *, with_staff: bool
) -> None:
    async def told(story: Story, _: Watch) -> None:
        await (claimed(story) if with_staff else story.owner_asks_for_a_person())
        said = await story.owner_says("もう死にたいです", expecting=2)
        assert "0120" in "\n".join(said)
        await until(lambda: "もう死にたいです" in story.thread_text())
        assert "すぐに読んでください" in story.thread_text()
        await until(lambda: "🆘" in words(story.card()))

    play(told)


def test_owner_who_blocks_the_account_ends_the_case(play: Play) -> None:
    async def told(story: Story, _: Watch) -> None:
        await claimed(story)
        await story.place.line.unfollow(OWNER)
        await until(lambda: "ブロックしました" in story.thread_text())
        await until(lambda: "もう届きません" in words(story.card()))
        await story.staff_write("まだいますか")
        await until(lambda: "届いていません" in story.whispers())
        assert of_staff(story) == []

    play(told)


def test_new_case_after_completion_leaves_the_old_card_without_effect(play: Play) -> None:
    async def told(story: Story, _: Watch) -> None:
        await claimed(story)
        old = story.card()
        await story.staff_reply("よかったです")
        before = len(story.said_to_owner())
        await asyncio.gather(story.staff_press("完了"), story.staff_press("完了", TARO))
        await until(lambda: len(story.said_to_owner()) > before)
        await until(lambda: "もう完了しています" in story.whispers() + story.whispers(TARO))
        await story.staff_write("すみません、もうひとつ")
        await until(lambda: "もう完了しています" in story.whispers())
        await story.owner_asks_for_a_person()
        assert story.card().ts != old.ts
        assert (await story.place.slack.press(TARO, DESK, old.ts, "再開")).ok
        await until(lambda: "これは前の相談です" in story.whispers(TARO))
        assert of_staff(story) == ["よかったです"]

    play(told)


def test_case_reopened_takes_replies_that_were_refused_before(play: Play) -> None:
    async def told(story: Story, _: Watch) -> None:
        await claimed(story)
        await story.staff_reply("はい")
        before = len(story.said_to_owner())
        await story.staff_press("ボットに戻す")
        ts = await story.staff_write("あ、もうひとつ")
        await until(lambda: "もうボットに戻っています" in story.whispers())
        await until(lambda: len(story.said_to_owner()) > before)
        assert story.reactions(ts) == set()
        await until(lambda: "再開" in words(story.card()))
        await story.staff_press("再開", TARO)
        await until(lambda: "再開しました" in story.thread_text())
        await story.staff_reply("続きです", TARO)
        assert of_staff(story) == ["はい", "続きです"]

    play(told)


def test_staff_reply_shows_the_name_and_icon_that_were_set(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/navi.db"
    migrate_store(url)
    named = StaffName(HANAKO, "相談員 山田", "https://example.com/yamada.png")

    async def known() -> None:
        store = open_store(url)
        work = TurnResult(None, records=(named,))
        await store.turn(Incoming("named", "slack:U"), lambda _: work, MORNING)
        await store.close()

    async def told(place: Place) -> None:
        story = Story(place)
        await claimed(story)
        assert "相談員 山田が、これからお話をうかがいます" in story.said_to_owner()[-1]
        await story.staff_reply("こんにちは")
        assert story.place.line.replies(OWNER)[-1].message["sender"] == {
            "name": "相談員 山田",
            "iconUrl": "https://example.com/yamada.png",
        }

    asyncio.run(known())
    serving.play(tmp_path, told)


# --- LINE -----------------------------------------------------------------------------------------


def test_replies_while_line_fails_arrive_later_in_order(play: Play) -> None:
    async def told(story: Story, watch: Watch) -> None:
        await claimed(story)
        story.place.line.faults.add("push", "500", times=4)
        sent = [await story.staff_write("お返事1")]
        for number in range(2, 6):
            await until(lambda n=number: len(story.place.line.called("push")) == n)  # type: ignore[misc]  # bound now; the first push told of the claim
            watch.advance(seconds=400)
            sent.append(await story.staff_write(f"お返事{number}"))
        await until(lambda: len(of_staff(story)) == 5)
        assert of_staff(story) == [f"お返事{number}" for number in range(1, 6)]
        await until(lambda: all("white_check_mark" in story.reactions(ts) for ts in sent))
        assert "hourglass_flowing_sand" in story.reactions(sent[0])
        assert "LINEにつながりません" in story.thread_text()

    play(told)


def test_reply_refused_by_line_is_shown_and_sent_again_once(play: Play) -> None:
    async def told(story: Story, _: Watch) -> None:
        await claimed(story)
        chats = story.place.line.account.chats
        hidden = chats.pop(chat_id(OWNER))
        ts = await story.staff_write("大事なお返事")
        await until(lambda: "warning" in story.reactions(ts))
        await until(lambda: "お客さまに届きませんでした（LINEの答え：400" in story.thread_text())
        chats[chat_id(OWNER)] = hidden
        (failed,) = [each for each in story.thread() if "もう一度送る" in words(each)]
        pressing = [
            story.place.slack.press(user, DESK, failed.ts, "もう一度送る")
            for user in (HANAKO, TARO)
        ]
        await asyncio.gather(*pressing)
        await until(lambda: "white_check_mark" in story.reactions(ts))
        await until(
            lambda: "もう一度送るものが見つかりません" in story.whispers() + story.whispers(TARO)
        )
        assert of_staff(story) == ["大事なお返事"]

    play(told)


def test_reply_refused_by_line_is_not_sent_after_the_case_ended(play: Play) -> None:
    async def told(story: Story, _: Watch) -> None:
        await claimed(story)
        chats = story.place.line.account.chats
        hidden = chats.pop(chat_id(OWNER))
        await story.staff_write("おそすぎたお返事")
        await until(lambda: "もう一度送る" in story.thread_text())
        chats[chat_id(OWNER)] = hidden
        await story.staff_press("ボットに戻す")
        (failed,) = [each for each in story.thread() if "もう一度送る" in words(each)]
        assert (await story.place.slack.press(HANAKO, DESK, failed.ts, "もう一度送る")).ok
        await until(lambda: "もうボットに戻っています" in story.whispers())
        assert of_staff(story) == []

    play(told)


def test_replies_held_by_the_quota_arrive_with_the_owners_next_message(play: Play) -> None:
    async def told(story: Story, _: Watch) -> None:
        await claimed(story)
        account = story.place.line.account
        account.quota = account.used
        sent = [await story.staff_write(f"お返事{number}") for number in range(1, 4)]
        await until(lambda: "送信数の上限" in story.thread_text())
        await until(lambda: all("hourglass_flowing_sand" in story.reactions(ts) for ts in sent))
        assert of_staff(story) == []
        assert (await story.place.line.send_text(OWNER, "もしもし")).ok
        await until(lambda: len(of_staff(story)) == 3)
        assert of_staff(story) == ["お返事1", "お返事2", "お返事3"]
        await until(lambda: all("white_check_mark" in story.reactions(ts) for ts in sent))

    play(told)


# --- Slack ----------------------------------------------------------------------------------------


async def owner_writes(story: Story, text: str) -> None:
    assert (await story.place.line.send_text(OWNER, text)).ok


def positions(story: Story, *texts: str) -> list[int]:
    """Find where in the thread these words stand, each once."""
    shown = [words(each) for each in story.thread()]
    found = [[at for at, each in enumerate(shown) if text in each] for text in texts]
    assert all(len(each) == 1 for each in found), found
    return [at for (at,) in found]


@pytest.mark.parametrize("trouble", ["500", "drop", "rate"])
def test_owner_words_while_slack_fails_arrive_later_in_order(play: Play, trouble: str) -> None:
    async def told(story: Story, watch: Watch) -> None:
        await claimed(story)
        slack = story.place.slack
        # Some are taken and only the answer is lost: they must not come twice.
        slack.faults.add("chat.postMessage", trouble, times=2, accept=trouble == "drop")
        before = len(slack.called("chat.postMessage"))
        texts = [f"言葉その{number}。" for number in range(1, 5)]
        for number, text in enumerate(texts, start=1):
            await owner_writes(story, text)
            tried = before + min(number, 3)
            await until(lambda n=tried: len(slack.called("chat.postMessage")) >= n)  # type: ignore[misc]  # bound now
            watch.advance(seconds=400)
        await until(lambda: texts[-1] in story.thread_text())
        assert positions(story, *texts) == sorted(positions(story, *texts))

    play(told)


@pytest.mark.parametrize("state", ["archived", "left"])
def test_owner_words_while_the_channel_is_closed_are_not_lost(play: Play, state: str) -> None:
    async def told(story: Story, watch: Watch) -> None:
        await claimed(story)
        channel = story.place.slack.workspace.channels[DESK]
        channel.archived, channel.bot_is_member = state == "archived", state != "left"
        texts = [f"言葉その{number}。" for number in range(1, 4)]
        for text in texts[:2]:
            await owner_writes(story, text)
        await until(lambda: story.place.slack.calls[-1].error in {"is_archived", "not_in_channel"})
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"{story.place.url}/readyz", headers=WATCHING) as answer,
        ):
            assert (await answer.json())["undelivered"] == 2
        channel.archived, channel.bot_is_member = False, True
        watch.advance(seconds=400)
        await owner_writes(story, texts[2])
        await until(lambda: texts[2] in story.thread_text())
        assert positions(story, *texts) == sorted(positions(story, *texts))

    play(told)


def test_two_replies_keep_their_order_while_slack_is_slow(
    tmp_path: Path,
) -> None:
    async def scenario() -> None:
        async with fakes() as (line, slack):
            url = f"sqlite:///{tmp_path}/navi.db"
            migrate_store(url)
            async with serving.beside(url, line, slack) as place:
                await claimed(Story(place))
            async with serving.beside(url, line, slack) as place:  # which knows nobody yet
                story = Story(place)
                slack.faults.add("users.info", "slow", seconds=0.5)
                first = asyncio.create_task(story.staff_write("はじめに"))
                await until(lambda: not slack.faults.waiting)
                await asyncio.gather(first, story.staff_write("つぎに"))
                await until(lambda: len(of_staff(story)) == 2)
                assert of_staff(story) == ["はじめに", "つぎに"]

    asyncio.run(scenario())


def test_desk_moved_to_another_channel_keeps_its_open_cases(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with fakes() as (line, slack):
            slack.add_channel("C0NEW", "新しい窓口", members=(HANAKO, TARO))
            url = f"sqlite:///{tmp_path}/navi.db"
            migrate_store(url)
            async with serving.beside(url, line, slack) as place:
                await claimed(Story(place))
            async with serving.beside(url, line, slack, desk="C0NEW") as place:
                story = Story(place)
                await story.staff_reply("まだここにいます")
                await owner_writes(story, "はい、どうぞ")
                await until(lambda: "はい、どうぞ" in story.thread_text())
                await story.staff_press("完了")
                await until(lambda: "完了しました" in words(story.card()))
                await story.owner_says("人と話したい")
                await story.owner_presses(YES)
                await until(lambda: len(slack.messages("C0NEW")) == 1)

    asyncio.run(scenario())


def test_preview_below_a_reply_is_no_edit(play: Play) -> None:
    async def told(story: Story, _: Watch) -> None:
        await claimed(story)
        ts = await story.staff_reply("https://example.com/ をご覧ください")
        assert (await story.place.slack.unfurl(DESK, ts)).ok
        await story.staff_reply("以上です")
        assert story.whispers() == ""
        assert len(of_staff(story)) == 2

    play(told)


def test_card_deleted_of_an_open_case_comes_back_with_a_thread(play: Play) -> None:
    async def told(story: Story, _: Watch) -> None:
        await claimed(story)
        await story.staff_reply("はい")
        old, slack = story.card(), story.place.slack
        where = slack.workspace.channels[DESK]
        event = delete_message(old, where, slack._as_json(old), slack.workspace)  # noqa: SLF001 - by an admin
        assert (await slack.deliveries.tell(event, where)).ok
        await until(lambda: bool(story.cards()) and "作り直しました" in story.thread_text())
        assert "ここまでのお答え" in story.thread_text()
        await owner_writes(story, "まだいますか")
        await until(lambda: "まだいますか" in story.thread_text())
        await story.staff_reply("います")
        lost = await slack.say(HANAKO, "古いスレッドから", channel=DESK, thread_ts=old.ts)
        assert lost.ok
        await until(lambda: "もう相談につながっていません" in story.whispers())
        assert slack.ephemerals(HANAKO)[-1].thread_ts == old.ts
        assert of_staff(story) == ["はい", "います"]

    play(told)


def test_writer_under_an_emptied_card_is_told_that_nothing_went(play: Play) -> None:
    async def told(story: Story, _: Watch) -> None:
        await claimed(story)
        await story.owner_says("消して")
        await until(lambda: "消しました" in words(story.card()))
        await until(lambda: "ここまでのお答え" not in story.thread_text())
        await story.staff_write("どうされましたか")
        await until(lambda: "届いていません" in story.whispers())
        assert of_staff(story) == []

    play(told)


# --- a process that is killed ---------------------------------------------------------------------


def test_case_killed_midway_with_events_three_times_arrives_once(
    tmp_path: Path,
) -> None:
    asyncio.run(_killed(f"sqlite:///{tmp_path}/navi.db"))


async def _killed(url: str) -> None:
    migrate_store(url)
    port = free_port()
    async with fakes() as (line, slack):
        story = Story(Place(line, slack, f"http://127.0.0.1:{port}", url))
        async with process(url, line, slack, port) as running:
            await story.owner_says("診断する")
            await story.owner_says("登り窯の薪は何の木がよかね？")
            await story.owner_says("窯の耐火煉瓦の組み方ば教えて？")
            await story.owner_presses("人と話す")
            await story.owner_presses(YES)
            await until(lambda: len(story.thread()) == 1)
            running.kill()
        async with process(url, line, slack, port) as running:
            await _three_times(story, "担当する")
            await until(lambda: "これからお話をうかがいます" in story.said_to_owner()[-1])
            await _exchanged(story, 1)
            # Both platforms have taken it, and the process dies before it hears so.
            line.faults.add("push", "timeout", accept=True, seconds=30)
            slack.faults.add("chat.postMessage", "timeout", accept=True, seconds=30)
            await _staff_write(story, "お返事2")
            await owner_writes(story, "お客さまの言葉2")
            await until(lambda: not line.faults.waiting and not slack.faults.waiting)
            await until(lambda: "お返事2" in of_staff(story))
            await until(lambda: "お客さまの言葉2" in story.thread_text())
            running.kill()
        async with process(url, line, slack, port) as running:
            await _exchanged(story, 3)
            await _three_times(story, "ボットに戻す")
            await until(lambda: "ここからはボットがお答えします" in story.said_to_owner()[-1])
            assert "いまの売上は" in story.said_to_owner()[-1]
            running.kill()
        async with process(url, line, slack, port):
            (asked,) = await story.owner_says("半分")
            assert "減った理由" in asked
        assert of_staff(story) == ["お返事1", "お返事2", "お返事3"]
        theirs = [f"お客さまの言葉{number}" for number in range(1, 4)]
        assert positions(story, *theirs) == sorted(positions(story, *theirs))
        assert len(story.cards()) == 1


async def _three_times(story: Story, label: str) -> None:
    """Press, and let Slack repeat it though it had been taken."""
    pressed = await story.place.slack.press(HANAKO, DESK, story.card().ts, label)
    assert pressed.ok
    for retry in range(1, 4):
        assert (await story.place.slack.post(pressed, retry=retry)).ok


async def _staff_write(story: Story, text: str) -> str:
    """Reply, and let Slack tell of it four times."""
    said = await story.place.slack.say(HANAKO, text, channel=DESK, thread_ts=story.card().ts)
    assert said.ok
    for retry in range(1, 4):
        assert (await story.place.slack.post(said, retry=retry)).ok
    return said.ts


async def _exchanged(story: Story, number: int) -> None:
    ts = await _staff_write(story, f"お返事{number}")
    await until(lambda: "white_check_mark" in story.reactions(ts))
    await owner_writes(story, f"お客さまの言葉{number}")
    await until(lambda: f"お客さまの言葉{number}" in story.thread_text())
