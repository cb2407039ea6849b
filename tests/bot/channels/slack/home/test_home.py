"""The home in Slack is looked at and pressed over sockets, beside both strict fakes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest

from bot.channels.slack.home.wording import NOT_READ
from bot.channels.slack.web import calls
from bot.model.case import Case, Reason
from bot.model.conversation import Conversation, Mode
from bot.simulator.slack.wire.postman import Dispatch
from bot.store import Incoming, TurnResult
from bot.store.opening import migrate_store, open_store
from bot.store.records import CountOne, SaveCase
from tests.bot.channels.serving import LONGEST, WATCHING
from tests.bot.channels.slack.serving import DESK, GUEST, HANAKO, TARO, Place, play, until
from tests.bot.channels.slack.stories import Story, words

NOW = datetime.now(UTC)
CASE = Case("ab12cd34ef", Reason.ASKED, NOW - timedelta(hours=2), NOW - timedelta(minutes=5))


def text_of(place: Place, user: str = HANAKO) -> str:
    """Join everything the home of a user says, with its addresses."""
    return json.dumps(place.slack.home(user).get("blocks", []), ensure_ascii=False)


async def looked_at(place: Place, user: str = HANAKO) -> str:
    """Look at the home, and wait for its answer."""
    before = len(place.slack.called("views.publish"))
    assert (await place.slack.open_home(user)).ok
    await until(lambda: len(place.slack.called("views.publish")) > before)
    return text_of(place, user)


def kept(folder: Path, key: str, work: Callable[[Conversation], TurnResult]) -> None:
    """Do the work of a turn in this folder's store before the server starts."""
    url = f"sqlite:///{folder}/navi.db"
    migrate_store(url)

    async def turn() -> None:
        store = open_store(url)
        await store.turn(Incoming(f"before:{key}", key), work, datetime.now(UTC))
        await store.close()

    asyncio.run(turn())


def with_case(case: Case) -> Callable[[Conversation], TurnResult]:
    """Store a conversation with this case, whose card goes to the desk."""
    card = calls.post_message({"text": "相談"}, DESK, remember=f"case:{case.id}", key="slack:desk")
    mode = Mode.WITH_STAFF if case.holder else Mode.WAITING

    def work(conversation: Conversation) -> TurnResult:
        after = replace(conversation, case=case, mode=mode, last_seen=NOW)
        return TurnResult(
            after, (card,), ("補助金は <!channel> もらえますか",), records=_records(case)
        )

    return work


def _records(case: Case) -> tuple[SaveCase | CountOne, ...]:
    return (
        SaveCase(case.id, case.is_open, case.promised_by),
        *(CountOne("talked") for _ in range(3)),
        CountOne("verdict", "likely"),
    )


@pytest.mark.parametrize("socket_mode", [False, True])
def test_home_opened_shows_cases_questions_and_figures(
    tmp_path: Path, *, socket_mode: bool
) -> None:
    kept(tmp_path, "line:U1", with_case(CASE))

    async def scenario(place: Place) -> None:
        await until(lambda: bool(place.slack.messages(DESK)))
        (card,) = place.slack.messages(DESK)
        place.line.account.quota = 200
        text = await looked_at(place)
        assert "対応中の相談　1件" in text
        assert "待ち ⏰約束の" in text
        assert f"/archives/{DESK}/p{card.ts.replace('.', '')}" in text
        assert "答えられなかった質問　1人から" in text
        assert "補助金は" not in text
        assert "今日 3人" in text
        assert "使えそうです　1件（100%）" in text
        assert "今月 0通（上限 200通、0%）" in text
        assert NOT_READ not in text

    play(tmp_path, scenario, socket_mode=socket_mode)


def test_home_follows_a_case_from_consent_to_its_end(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        story = Story(place)
        card = await story.owner_asks_for_a_person()
        text = await looked_at(place)
        assert "🔵 通常　相談（" in text
        assert "担当：まだいません" in text
        assert f"/archives/{DESK}/p{card.ts.replace('.', '')}" in text
        await story.staff_press("担当する")
        assert "担当：あなた" in await looked_at(place)
        assert "担当：あなた" not in await looked_at(place, TARO)
        await until(lambda: "ボットに戻す" in words(story.card()))
        await story.staff_press("ボットに戻す")
        assert "いま待っている方はいません" in await looked_at(place)

    play(tmp_path, scenario)


def test_home_asks_for_links_and_quota_once(tmp_path: Path) -> None:
    kept(tmp_path, "line:U1", with_case(CASE))

    async def scenario(place: Place) -> None:
        await until(lambda: bool(place.slack.messages(DESK)))
        for _ in range(3):
            assert "/archives/" in await looked_at(place)
        assert len(place.slack.called("chat.getPermalink")) == 1
        asked = [each for each in place.line.calls if each.endpoint == "quota"]
        assert len(asked) == 1

    play(tmp_path, scenario)


def test_home_case_without_a_known_thread_has_no_link(tmp_path: Path) -> None:
    kept(tmp_path, "line:U1", with_case(CASE))

    async def scenario(place: Place) -> None:
        await until(lambda: bool(place.slack.messages(DESK)))
        place.slack.faults.add("chat.getPermalink", "refuse", error="message_not_found")
        text = await looked_at(place)
        assert "対応中の相談　1件" in text
        assert "/archives/" not in text
        assert "/archives/" in await looked_at(place)

    play(tmp_path, scenario)


def test_home_hides_a_case_that_has_ended(tmp_path: Path) -> None:
    kept(tmp_path, "line:U1", with_case(replace(CASE, ended_at=NOW)))

    async def scenario(place: Place) -> None:
        assert "いま待っている方はいません" in await looked_at(place)

    play(tmp_path, scenario)


@pytest.mark.parametrize("trouble", ["500", "drop", "slow"])
def test_home_without_an_answer_of_line_shows_the_rest(tmp_path: Path, trouble: str) -> None:
    async def scenario(place: Place) -> None:
        place.line.faults.add("quota", trouble, seconds=60, times=2)  # aiohttp asks twice
        text = await looked_at(place)
        assert f"LINEの送信数：{NOT_READ}" in text
        assert "送信：すべて届いています" in text

    play(tmp_path, scenario)


def test_home_not_published_is_published_with_the_next_look(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        place.slack.faults.add("views.publish", "rate", seconds=30)
        assert await looked_at(place) == "[]"
        assert "利用のようす" in await looked_at(place)

    play(tmp_path, scenario)


def test_home_opened_during_a_publication_is_published_once_more(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        place.slack.faults.add("views.publish", "slow", seconds=0.3)
        looks = [place.slack.open_home(HANAKO) for _ in range(8)]
        assert all(each.ok for each in await asyncio.gather(*looks))
        await until(lambda: len(place.slack.called("views.publish")) == 2)
        await looked_at(place, TARO)
        assert len(place.slack.called("views.publish")) == 3

    play(tmp_path, scenario)


def test_home_opened_at_shutdown_does_not_hold_it_up(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        place.slack.faults.add("views.publish", "timeout")
        assert (await place.slack.open_home(HANAKO)).ok

    play(tmp_path, scenario)


def test_home_of_a_guest_shows_one_sentence(tmp_path: Path) -> None:
    kept(tmp_path, "line:U1", with_case(CASE))

    async def scenario(place: Place) -> None:
        text = await looked_at(place, GUEST)
        assert "このワークスペースのメンバーだけ" in text
        assert len(place.slack.home(GUEST)["blocks"]) == 1

    play(tmp_path, scenario)


def test_home_refreshed_shows_what_has_happened_since(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        await looked_at(place)
        await place.line.send_text("幸子", "火星語の辞書はどこで買えますか？")
        assert (await place.slack.press_in_view(HANAKO, "更新")).ok
        await until(lambda: "答えられなかった質問　1人から" in text_of(place))
        assert "火星語の辞書" not in text_of(place)

    play(tmp_path, scenario)


def test_home_begin_button_starts_the_interview_in_messages(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        await looked_at(place)
        pressed = await place.slack.press_in_view(HANAKO, "聞き取りを始める")
        assert pressed.ok
        await again(place, pressed)
        await until(lambda: bool(place.slack.messages(HANAKO)))
        await place.slack.settled()
        (panel,) = place.slack.messages(HANAKO)
        assert "1年前とくらべて" in json.dumps(panel.blocks, ensure_ascii=False)

    play(tmp_path, scenario)


def test_home_chart_button_repeated_sends_one_message(tmp_path: Path) -> None:
    kept(tmp_path, "line:U1", with_case(CASE))

    async def scenario(place: Place) -> None:
        await looked_at(place)
        pressed = await place.slack.press_in_view(HANAKO, "グラフをDMに送る")
        await again(place, pressed)
        await until(lambda: bool(place.slack.messages(HANAKO)))
        await until_all_is_sent(place)
        (message,) = place.slack.messages(HANAKO)
        assert message.blocks[0]["type"] == "data_visualization"
        assert "のべ3人" in message.text

    play(tmp_path, scenario)


async def again(place: Place, delivered: Dispatch) -> None:
    """Send an action of staff three times more, twice at the same moment."""
    await asyncio.gather(place.slack.post(delivered), place.slack.post(delivered))
    await place.slack.post(delivered)


async def until_all_is_sent(place: Place) -> None:
    """Wait until the outbox is empty."""
    async with asyncio.timeout(LONGEST), aiohttp.ClientSession() as session:
        while True:
            async with session.get(f"{place.url}/readyz", headers=WATCHING) as response:
                if (await response.json())["undelivered"] == 0:
                    return
            await asyncio.sleep(0.02)


def test_home_thread_button_does_nothing_else(tmp_path: Path) -> None:
    kept(tmp_path, "line:U1", with_case(CASE))

    async def scenario(place: Place) -> None:
        await until(lambda: bool(place.slack.messages(DESK)))
        await looked_at(place)
        assert (await place.slack.press_in_view(HANAKO, "スレッドを開く")).ok

    play(tmp_path, scenario)


def test_metrics_count_open_and_overdue_cases(tmp_path: Path) -> None:
    kept(tmp_path, "line:U1", with_case(CASE))
    kept(
        tmp_path,
        "line:U2",
        with_case(replace(CASE, id="in-time", promised_by=NOW + timedelta(hours=9))),
    )
    kept(tmp_path, "line:U3", with_case(replace(CASE, id="ended", ended_at=NOW)))

    async def scenario(place: Place) -> None:
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"{place.url}/metrics", headers=WATCHING) as response,
        ):
            measured = await response.text()
        assert "kaizen_navi_cases_open 2.0" in measured
        assert "kaizen_navi_cases_overdue 1.0" in measured
        assert "kaizen_navi_first_response_seconds_bucket" in measured

    play(tmp_path, scenario)
