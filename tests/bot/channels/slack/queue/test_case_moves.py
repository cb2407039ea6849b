"""Cases move on to the next, to a colleague, aside, and to their end.

Tested over real sockets.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from bot.analytics.figures import OUTCOMES
from bot.channels.slack.desk.case_card import MORE, OUTCOME
from bot.channels.slack.queue import wording
from tests.bot.channels.serving import Watch
from tests.bot.channels.slack import serving
from tests.bot.channels.slack.desk.troubles import MORNING
from tests.bot.channels.slack.serving import DESK, GUEST, HANAKO, TARO, Place, until
from tests.bot.channels.slack.stories import OWNER, YES, Story, words, words_in


async def chooses(story: Story, label: str, user: str = HANAKO) -> None:
    """Choose in the card's menu, and wait for the form."""
    slack = story.place.slack
    assert (await slack.press(user, DESK, story.card().ts, MORE, selected=label)).ok
    await until(lambda: bool(slack.modals(user)))


def told(story: Story, part: str) -> int:
    """Count the messages of the thread that hold these words."""
    return sum(part in words(each) for each in story.thread())


async def home_of(place: Place, user: str) -> str:
    """Look at the home of a user, and read its words."""
    assert (await place.slack.open_home(user)).ok
    await until(lambda: bool(place.slack.home(user)))
    await place.slack.settled()
    return words_in(place.slack.home(user))


def test_next_button_takes_the_most_urgent_case_once(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        slack, line = place.slack, place.line
        for owner, words_said in (("一郎", "人と話したい"), ("幸子", "従業員の給料が払えません")):
            assert (await line.send_text(owner, words_said)).ok
            await until(lambda owner=owner: bool(line.replies(owner)))  # type: ignore[misc]  # bound now
            if owner == "幸子":
                assert (await line.send_text(owner, "人と話したい")).ok
            before = len(line.replies(owner))
            await until(lambda o=owner: any(YES in str(e.message) for e in line.replies(o)))  # type: ignore[misc]  # bound now
            assert (await line.press(owner, YES)).ok
            await until(lambda o=owner, n=before: len(line.replies(o)) > n)  # type: ignore[misc]  # bound now
        await until(lambda: len(Story(place).cards()) == 2)
        shown = await home_of(place, HANAKO)
        assert "🔴 急ぎ" in shown
        assert shown.index("🔴 急ぎ") < shown.index("🔵 通常")
        for user in (HANAKO, TARO):
            await home_of(place, user)
            assert (await slack.press_in_view(user, wording.NEXT_BUTTON, home=True)).ok
        urgent, calm = (
            next(each for each in Story(place).cards() if mark in words(each))
            for mark in ("🔴", "🔵")
        )
        await until(lambda: HANAKO in str(slack.workspace.find(DESK, urgent.ts)))
        await until(lambda: TARO in str(slack.workspace.find(DESK, calm.ts)))
        # Nobody is left.
        await until(lambda: wording.NEXT_BUTTON not in words_in(slack.home(TARO)))

    serving.play(tmp_path, scenario)


def test_case_handed_on_tells_the_owner_and_calls_the_colleague(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        story, slack = Story(place), place.slack
        await story.owner_asks_for_a_person()
        await story.staff_press("担当する")
        await until(lambda: "ボットに戻す" in words(story.card()))
        await chooses(story, wording.HAND_ON_BUTTON)
        refused = await slack.submit(HANAKO, {"to": GUEST})
        assert refused.errors["to"]
        assert (await slack.submit(HANAKO, {"to": TARO, "note": "税金のことです"})).ok
        await until(lambda: any("代わりました" in each for each in story.said_to_owner()))
        await until(lambda: "税金のことです" in story.thread_text())
        assert f"@{TARO}" in {each.whom for each in slack.notifications}
        assert not any("税金のこと" in each for each in story.said_to_owner())
        await story.staff_reply("太郎です", TARO)

    serving.play(tmp_path, scenario)


def test_case_put_aside_comes_back_in_time_or_by_the_owners_words(tmp_path: Path) -> None:
    watch = Watch(MORNING)

    async def scenario(place: Place) -> None:
        story, slack = Story(place), place.slack
        await story.owner_asks_for_a_person()
        await story.staff_press("担当する")
        await until(lambda: "ボットに戻す" in words(story.card()))
        await story.staff_reply("お待ちください")
        for number, comes_back in enumerate((lambda: watch.advance(minutes=31), None), start=1):
            await chooses(story, wording.SNOOZE_BUTTON)
            assert (await slack.submit(HANAKO, {"until": "half"})).ok
            await until(lambda n=number: told(story, "あとで見る相談にしました") == n)  # type: ignore[misc]  # bound now
            assert "まで、あとで見ます" in words(story.card())
            assert "対応しています" not in words(story.card())
            await home_of(place, TARO)
            await until(lambda: "💤" in words_in(slack.home(TARO)))
            if comes_back:
                comes_back()
            else:
                assert (await place.line.send_text(OWNER, "どうなりましたか")).ok
            await until(lambda n=number: told(story, "戻ってきました") == n)  # type: ignore[misc]  # bound now
            assert f"@{HANAKO}" in {each.whom for each in slack.notifications}
            await until(lambda: "対応しています" in words(story.card()))
        await home_of(place, TARO)
        await until(lambda: "💤" not in words_in(slack.home(TARO)))

    serving.play(tmp_path, scenario, clock=watch)


def test_completed_case_asks_whether_it_helped_and_how_it_ended(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        story, slack = Story(place), place.slack
        await story.owner_asks_for_a_person()
        await story.staff_press("担当する")
        await story.staff_reply("こうしてください")
        await story.staff_press("完了")
        await until(lambda: any("お役に立ちましたか" in each for each in story.said_to_owner()))
        thanks = await story.owner_presses("役に立った")
        assert "ありがとうございます" in thanks[0]
        again = await story.owner_presses("役に立たなかった")
        assert "ありがとう" in again[0]
        await until(lambda: wording.OUTCOME_PLACEHOLDER in str(story.card().blocks))
        chosen = OUTCOMES[next(iter(OUTCOMES))]
        assert (await slack.press(HANAKO, DESK, story.card().ts, OUTCOME, selected=chosen)).ok
        await until(lambda: "initial_option" in str(story.card().blocks))
        rated = story_counts(place)
        assert rated == {("talk_helped", "yes"): 1}

    serving.play(tmp_path, scenario)


def story_counts(place: Place) -> dict[tuple[str, str], int]:
    """Read the counted ratings from the store."""
    with sqlite3.connect(place.database_url.removeprefix("sqlite:///")) as database:
        rows = database.execute("SELECT name, value, count FROM tallies WHERE name = 'talk_helped'")
        return {(name, value): count for name, value, count in rows}


def test_case_ended_without_a_talk_does_not_ask_whether_it_helped(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        story = Story(place)
        await story.owner_asks_for_a_person()
        await story.staff_press("完了")
        await until(lambda: any("ここまで" in each for each in story.said_to_owner()))
        assert not any("お役に立ちましたか" in each for each in story.said_to_owner())

    serving.play(tmp_path, scenario)
