"""Staff repair answers over real sockets for an owner on LINE, without a restart."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from bot.simulator.slack.blocks import blocks as block_kit
from bot.simulator.slack.wire.postman import Dispatch, Kind
from bot.store.opening import migrate_store
from knowledge import library
from tests.bot.channels.serving import free_port
from tests.bot.channels.slack.repairs import ANSWER, KILN, Repairing, today
from tests.bot.channels.slack.serving import (
    DESK,
    GUEST,
    HANAKO,
    TARO,
    Place,
    environment,
    fakes,
    process,
    until,
)
from tests.bot.channels.slack.stories import OWNER, words

Play = Callable[..., None]


def test_repair_of_a_question_answers_at_once_with_source_and_date(play: Play) -> None:
    async def told(story: Repairing) -> None:
        await story.missed()
        await story.missed(owner="次郎")
        shown = await story.days_list()
        assert KILN in words(shown)
        assert "2人" in words(shown)
        await story.press(shown, "回答を作る")
        form = await story.opened()
        assert form["blocks"][0]["element"]["initial_value"] == KILN
        await story.submit({"answer": ANSWER, "source": "産地の組合の案内", "confirm": "yes"})

        confirmed = await story.announced("いまからこう答えます")
        assert ANSWER in words(confirmed)
        await until(lambda: "回答を作りました" in words(story.lists()[-1]))
        assert "（花子・2人）" in words(story.lists()[-1])
        assert story.look("SELECT * FROM unanswered") == []

        said = await story.answered_on_line(KILN)
        assert ANSWER in said
        assert "産地の組合の案内" in said
        assert f"確認日：{today()}" in said
        assert "くわしくは窓口でも確かめてください" in said
        assert "花子" not in said

    play(told)


def test_link_form_of_a_question_gives_it_an_existing_answer(play: Play) -> None:
    asked = "モラトリアムって何"
    entry = library.load().faq["reschedule-what"]

    async def told(story: Repairing) -> None:
        await story.missed(asked)
        await story.press(await story.own_list(), "既存の回答に結ぶ")
        await story.opened()
        await story.submit({"entry": entry.question})
        await until(lambda: "結びました" in words(story.lists(HANAKO)[-1]))
        await story.announced("いまからこう答えます")
        assert entry.answer[:30] in await story.answered_on_line(asked)

    play(told)


def test_question_out_of_scope_leaves_the_list_after_a_yes(play: Play) -> None:
    async def told(story: Repairing) -> None:
        await story.missed()
        shown = await story.own_list()
        (ask,) = [e["confirm"] for e in shown.blocks[-1]["elements"] if "confirm" in e]
        assert "元には戻せません" in ask["text"]["text"]
        await story.press(shown, "対象外")
        await until(lambda: "対象外にしました（花子・1人）" in words(story.lists(HANAKO)[-1]))
        assert KILN not in words(story.lists(HANAKO)[-1])
        assert story.look("SELECT * FROM unanswered") == []
        answer = await story.place.slack.command(HANAKO, "/keiei", "未回答")
        assert "ありません" in str(answer.answer)

    play(told)


def test_repair_without_a_desk_is_refused_with_the_reason(play: Play) -> None:
    async def told(story: Repairing) -> None:
        await story.missed()
        for text in ("未回答", "窓口 松山"):
            answer = await story.place.slack.command(HANAKO, "/keiei", text)
            assert "SLACK_DESK_CHANNEL" in str(answer.answer)
        await story.place.slack.command(HANAKO, "/keiei")
        await until(lambda: bool(story.direct()))
        assert KILN not in "".join(map(words, story.direct()))
        assert story.look("SELECT * FROM timers") == []

    play(told, desk=False)


def test_repair_form_with_a_fault_says_so_beside_its_field(play: Play) -> None:
    async def told(story: Repairing) -> None:
        await story.missed()
        await story.press(await story.own_list(), "回答を作る")
        await story.opened()
        sent = await story.submit({"answer": "100万円まで出ます。"})
        assert set(sent.errors) == {"source"}
        sent = await story.submit({"question": "リスケとは何ですか？", "answer": ANSWER})
        assert "question" in sent.errors
        assert story.amended() == []
        await story.submit({"question": KILN, "answer": ANSWER})
        assert story.amended() == ["entry"]

    play(told)


def test_repair_form_sent_twice_is_saved_once(play: Play) -> None:
    async def told(story: Repairing) -> None:
        await story.missed()
        await story.press(await story.own_list(), "回答を作る")
        await story.opened()
        sent = await story.submit({"answer": ANSWER})
        await story.announced("いまからこう答えます")
        # Once more by Slack, and once more by a finger that pressed twice.
        pressed_twice = {**sent.payload, "trigger_id": "77.88.again"}
        for payload in (sent.payload, pressed_twice):
            again = await story.place.slack.post(Dispatch(Kind.INTERACTIVE, payload))
            assert again.ok
            assert not again.answer
        assert story.amended() == ["entry"]
        await story.place.slack.command(HANAKO, "/keiei")
        await story.told("1/14")  # whatever was to come before has come
        told = [
            each
            for each in story.place.slack.messages(DESK)
            if "いまからこう答えます" in words(each)
        ]
        assert len(told) == 1

    play(told)


def test_question_resolved_by_a_colleague_tells_the_second_one(play: Play) -> None:
    async def told(story: Repairing) -> None:
        await story.missed()
        shown = await story.days_list()
        await story.press(shown, "対象外", TARO)
        await until(lambda: "太郎" in words(story.lists()[-1]))
        pressed = await story.place.slack.press(HANAKO, DESK, shown.ts, "回答を作る", stale=True)
        assert pressed.ok
        await until(lambda: "もう対応されています" in story.whispers())
        assert story.place.slack.modals(HANAKO) == []

    play(told)


def test_answer_withdrawn_is_asked_for_again(play: Play) -> None:
    async def told(story: Repairing) -> None:
        await story.missed()
        await story.press(await story.days_list(), "回答を作る")
        await story.opened()
        await story.submit({"answer": ANSWER})
        confirmed = await story.announced("いまからこう答えます")
        await asyncio.gather(story.press(confirmed, "取り消す"), story.press(confirmed, "取り消す"))
        await story.announced("取り消しました")
        assert story.amended() == ["entry", "withdrawn"]
        assert ANSWER not in await story.answered_on_line(KILN)
        # The question is back, beside the one just asked.
        assert [each[0] for each in story.look("SELECT question FROM unanswered")] == [KILN, KILN]

    play(told)


def test_shortcut_in_a_case_fills_the_form_by_who_wrote(play: Play) -> None:
    async def told(story: Repairing) -> None:
        slack = story.place.slack
        await story.owner_asks_for_a_person()
        await story.staff_press("担当する")
        asked = "猫カフェの家賃は対象になりますか？" + "とても困っています。" * 30
        assert (await story.place.line.send_text(OWNER, asked)).ok
        await until(lambda: asked in story.thread_text())
        ts = await story.staff_reply("猫カフェでも、飲食店と同じように数えます & 使えます。")
        assert (await slack.message_shortcut(HANAKO, "add_to_faq", DESK, ts)).ok
        form = await story.opened()
        fields = {each["block_id"]: each for each in form["blocks"]}
        assert fields["answer"]["element"]["initial_value"].endswith("& 使えます。")
        assert "お名前" in fields["answer"]["hint"]["text"]
        await slack.close(HANAKO)
        (said,) = [each for each in story.thread() if asked in words(each)]
        assert (await slack.message_shortcut(HANAKO, "add_to_faq", DESK, said.ts)).ok
        form = await story.opened()
        assert form["blocks"][0]["element"]["initial_value"] == asked
        await story.submit(
            {"question": "猫カフェの家賃は対象になりますか？", "answer": "窓口で決まります。"}
        )
        await story.announced("いまからこう答えます")

    async def scenario(story: Repairing) -> None:
        await told(story)
        story.place.slack.notifications.clear()  # of the card, whose holder is named

    play(scenario)


def test_repair_by_a_guest_changes_nothing(play: Play) -> None:
    async def told(story: Repairing) -> None:
        await story.missed()
        shown = await story.days_list()
        await story.press(shown, "対象外", GUEST)
        await story.press(shown, "回答を作る", GUEST)
        assert story.place.slack.modals(GUEST) == []
        assert KILN in words(story.lists()[-1])

    play(told)


def test_repair_survives_a_kill_and_is_exported(tmp_path: Path) -> None:
    async def scenario() -> None:
        database_url, port = f"sqlite:///{tmp_path}/navi.db", free_port()
        migrate_store(database_url)
        async with fakes() as (line, slack):
            story = Repairing(Place(line, slack, f"http://127.0.0.1:{port}", database_url))
            async with process(database_url, line, slack, port) as server:
                await story.missed()
                await story.days_list()
                slack.faults.add("chat.update", "drop", times=100)
                slack.faults.add("chat.postMessage", "drop", times=100)
                await story.press(story.lists()[0], "回答を作る")
                await story.opened()
                await story.submit({"answer": ANSWER})
                server.kill()
            slack.faults.clear()
            async with process(database_url, line, slack, port):
                await until(lambda: "回答を作りました" in words(story.lists()[0]))
                await story.announced("いまからこう答えます")
                assert ANSWER in await story.answered_on_line(KILN)
                assert len(story.lists()) == 1
            known = environment(database_url, line, slack)
            into = tmp_path / "files"
            ran = subprocess.run(
                [sys.executable, "-m", "bot", "knowledge", "export", "--into", str(into)],
                env={**known, "PYTHONPATH": str(Path.cwd())},
                capture_output=True,
                check=False,
                text=True,
            )
            assert ran.returncode == 0, ran.stderr
            assert ANSWER in (into / "faq.md").read_text("utf-8")

    asyncio.run(scenario())


def test_repair_messages_of_every_kind_pass_slacks_checks(play: Play) -> None:
    async def told(story: Repairing) -> None:
        await story.missed()
        shown = await story.days_list()
        assert block_kit.find_faults(shown.blocks, "message") == []
        assert "有田焼" not in shown.text
        assert json.dumps(shown.blocks, ensure_ascii=False).count(KILN) == 1

    play(told)
