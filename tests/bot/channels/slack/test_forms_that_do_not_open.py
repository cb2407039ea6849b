"""A person whose form Slack does not open is told, and /me is heard."""

from pathlib import Path

import pytest

from bot.channels.slack.web import staff_directory, wording
from bot.simulator.slack.users.windows import TRIGGER_SECONDS
from tests.bot.channels.slack.serving import DESK, HANAKO, Place, play, until
from tests.bot.channels.slack.stories import Story, posted, words

TOLD = wording.FORM_NOT_OPENED
KEYS = [("refuse", "expired_trigger_id"), ("500", ""), ("drop", "")]


def told(place: Place) -> str:
    """Join all words that only this person was told."""
    slack = place.slack
    return "\n".join(words(each) for each in [*slack.ephemerals(HANAKO), *posted(slack)])


@pytest.mark.parametrize(("kind", "error"), KEYS)
def test_form_of_a_case_that_does_not_open_is_told(tmp_path: Path, kind: str, error: str) -> None:
    async def scenario(place: Place) -> None:
        story = Story(place)
        await story.owner_asks_for_a_person()
        await story.staff_press("担当する")
        await until(lambda: "送る" in words(story.card()))
        place.slack.faults.add("views.open", kind, error=error or "internal_error")
        await story.staff_press("送る")
        await until(lambda: TOLD in told(place))
        await story.staff_press("送る")
        await until(lambda: bool(place.slack.modals(HANAKO)))

    play(tmp_path, scenario)


def test_first_form_opens_in_time_while_slack_is_slow_to_say_who_asks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staff_directory, "REMEMBERED", 0.0)

    async def scenario(place: Place) -> None:
        slack = place.slack
        await Story(place).owner_asks_for_a_person()
        # One after the other they would take longer than a trigger is good for.
        for method in ("users.info", "conversations.members"):
            slack.faults.add(method, "slow", seconds=TRIGGER_SECONDS * 0.6)
        await Story(place).staff_press("相談ファイル")
        await until(lambda: bool(slack.modals(HANAKO)))

    play(tmp_path, scenario)


def test_form_asked_for_in_the_home_that_does_not_open_is_told_by_a_message(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        slack = place.slack
        await slack.open_home(HANAKO)
        await until(lambda: bool(slack.home(HANAKO)))
        slack.faults.add("views.open", "refuse", error="expired_trigger_id")
        assert (await slack.press_in_view(HANAKO, "home:name", home=True)).ok
        await until(lambda: TOLD in told(place))

    play(tmp_path, scenario)


def test_card_of_a_number_that_does_not_open_is_told_beside_the_command(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        place.slack.faults.add("views.open", "refuse", error="expired_trigger_id")
        assert (await place.slack.command(HANAKO, "/keiei", "窓口 愛媛", DESK)).ok
        await until(lambda: TOLD in told(place))

    play(tmp_path, scenario)


def test_me_message_in_a_thread_reaches_the_owner_and_formatting_does_not(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        story, slack = Story(place), place.slack
        await story.owner_asks_for_a_person()
        await story.staff_press("担当する")
        await until(lambda: "送る" in words(story.card()))
        await slack.say_of_oneself(HANAKO, "確認します", DESK, thread_ts=story.card().ts)
        await until(lambda: "確認します" in story.said_to_owner())
        await story.staff_write("*費用* は `3分の2` です :smile:")
        await until(lambda: "費用 は 3分の2 です 😄" in story.said_to_owner())

    play(tmp_path, scenario)


def test_me_message_to_the_app_is_an_answer(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        assert (await place.slack.say_of_oneself(HANAKO, "診断する")).ok
        await until(lambda: any("1年前とくらべて" in words(each) for each in posted(place.slack)))

    play(tmp_path, scenario)
