"""The file of a case is opened, written in, copied, and never staler than the case."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from bot.channels.slack.case_file import wording
from bot.channels.slack.desk.case_card import MORE
from bot.model.business_hours import JAPAN
from bot.presentation import staff_wording
from bot.presentation.times import say_full_date
from tests.bot.channels.slack import serving
from tests.bot.channels.slack.serving import DESK, HANAKO, TARO, Place, until
from tests.bot.channels.slack.stories import Story, words, words_in


def top(place: Place, user: str = HANAKO) -> str:
    """Read the topmost modal with the contents of its fields."""
    views = place.slack.modals(user)
    return words_in(views[-1]["blocks"]) if views else ""


async def opened(story: Story, user: str = HANAKO) -> None:
    card, slack = story.card(), story.place.slack
    if "ボットに戻す" in words(card):  # with staff it stands in the menu
        pressed = slack.press(user, DESK, card.ts, MORE, selected=wording.OPEN_BUTTON)
    else:
        pressed = slack.press(user, DESK, card.ts, wording.OPEN_BUTTON)
    assert (await pressed).ok
    await until(lambda: "急ぎ度" in top(story.place, user))
    await until(lambda: wording.WORDS_COMING not in top(story.place, user))


async def edits(story: Story, user: str = HANAKO) -> None:
    before = len(story.place.slack.modals(user))
    assert (await story.place.slack.press_in_view(user, wording.EDIT_BUTTON)).ok
    await until(lambda: len(story.place.slack.modals(user)) > before)


def test_case_file_goes_from_the_owners_words_to_a_colleague(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        story = Story(place)
        await story.owner_says("東京で飲食店です")
        await story.owner_asks_for_a_person()
        assert "東京都の相談（" in words(story.card())
        assert "🟢" not in words(story.card())
        assert "🔵 通常" in words(story.card())
        assert (await place.line.send_text("幸子", "月末の返済が足りません")).ok
        await until(lambda: "月末の返済が足りません" in story.thread_text())
        await story.staff_press("担当する")
        await until(lambda: "ボットに戻す" in words(story.card()))
        await opened(story)
        shown = top(place)
        assert "「月末の返済が足りません」" in shown
        assert "東京で飲食店です" not in shown  # written before the yes
        assert shown.index("急ぎ度") < shown.index("受付") < shown.index("ご本人の言葉")

        await edits(story)
        filled = {
            "story": "入金が止まり月末の返済が足りない",
            "due_on": "2026-12-10",
            "due_what": "A信金の返済",
            "next_step": "こちらから電話する",
            "next_by": "2026-12-03",
        }
        assert (await place.slack.submit(HANAKO, filled)).ok
        await until(lambda: "入金が止まり" in top(place))
        await until(lambda: "12月10日（木）" in words(story.card()))
        assert "こちらから電話する（12月3日（木）まで）" in words(story.card())

        assert (await place.slack.press_in_view(HANAKO, wording.COPY_BUTTON)).ok
        await until(lambda: "【次にすること】" in top(place))
        await until(lambda: "「月末の返済が足りません」" in top(place))
        # A colleague sees the same.
        await opened(story, TARO)
        assert "A信金の返済" in top(place, TARO)
        assert "入金が止まり" not in "".join(story.said_to_owner())

    serving.play(tmp_path, scenario)


def test_case_file_written_by_two_keeps_the_first_and_tells_the_second(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        story = Story(place)
        await story.owner_asks_for_a_person()
        for user in (HANAKO, TARO):
            await opened(story, user)
            await edits(story, user)
        assert (await place.slack.submit(HANAKO, {"story": "花子の書いたこと"})).ok
        await until(lambda: "花子の書いたこと" in words(story.card()))
        second = await place.slack.submit(TARO, {"story": "太郎の書いたこと"})
        assert second.errors["story"] == staff_wording.FILE_CHANGED_MEANWHILE
        assert "太郎の書いたこと" not in words(story.card())

    serving.play(tmp_path, scenario)


def test_case_file_loses_words_that_the_owner_takes_back(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        story = Story(place)
        await story.owner_asks_for_a_person()
        said = await place.line.send_text("幸子", "言いすぎました")
        await until(lambda: "言いすぎました" in story.thread_text())
        await place.line.unsend("幸子", said.message_id)
        await until(lambda: "送信を取り消しました" in story.thread_text())
        await opened(story)
        assert "言いすぎました" not in top(place)

    serving.play(tmp_path, scenario)


def test_case_file_of_a_forgotten_owner_does_not_open(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        story = Story(place)
        await story.owner_asks_for_a_person()
        await opened(story)
        await edits(story)
        await story.owner_says("消して")
        await until(lambda: "消しました" in words(story.card()))
        late = await place.slack.submit(HANAKO, {"story": "おそすぎた"})
        assert "もう見つかりません" in late.errors["story"]
        assert "おそすぎた" not in str([each.blocks for each in place.slack.messages(DESK)])

    serving.play(tmp_path, scenario)


def test_case_file_says_so_where_slack_does_not_give_the_words(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        story = Story(place)
        await story.owner_asks_for_a_person()
        place.slack.faults.add("conversations.replies", "refuse", error="internal_error")
        await story.staff_press(wording.OPEN_BUTTON)
        await until(lambda: wording.WORDS_NOT_READ in top(place))

    serving.play(tmp_path, scenario)


def test_staff_name_dates_for_an_owner_who_agreed_and_the_owner_hears_of_them(
    tmp_path: Path,
) -> None:
    async def scenario(place: Place) -> None:
        story = Story(place)
        await story.owner_says("見守り")
        await story.owner_says("はい、お願いします")
        await story.owner_asks_for_a_person()
        await story.staff_press("担当する")
        await until(lambda: "ボットに戻す" in words(story.card()))
        await opened(story)
        before = len(place.slack.modals(HANAKO))
        assert (await place.slack.press_in_view(HANAKO, wording.DATES_BUTTON)).ok
        await until(lambda: len(place.slack.modals(HANAKO)) > before)
        until_then = datetime.now(JAPAN).date() + timedelta(days=400)
        long_ago = await place.slack.submit(HANAKO, {"reschedule_until": "2020-03-31"})
        assert "もう過ぎた日" in long_ago.errors["reschedule_until"]
        assert (await place.slack.submit(HANAKO, {"reschedule_until": until_then.isoformat()})).ok
        told = f"返済猶予の終わり：{say_full_date(until_then)}"
        await until(lambda: told in "".join(story.said_to_owner()))
        assert f"返済猶予の終わり（{say_full_date(until_then)}）" in story.said_to_owner()[-1]

    serving.play(tmp_path, scenario)


def test_dates_are_not_offered_for_an_owner_who_did_not_agree(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        story = Story(place)
        await story.owner_asks_for_a_person()
        await opened(story)
        assert wording.DATES_BUTTON not in top(place)

    serving.play(tmp_path, scenario)
