"""The form in which staff write to an owner, over real sockets."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.channels.slack.replies import compose_view as view
from bot.channels.slack.replies import wording
from bot.channels.slack.replies.saved_texts import SavedText
from bot.channels.slack.replies.saved_view import LIST, TEXT, find_problems
from bot.model.business_hours import next_opening
from tests.bot.channels.serving import Watch
from tests.bot.channels.slack import serving
from tests.bot.channels.slack.desk.troubles import MORNING
from tests.bot.channels.slack.serving import DESK, HANAKO, TARO, Place, until
from tests.bot.channels.slack.stories import OWNER, Story, words, words_in


def front(place: Place, user: str = HANAKO) -> str:
    """Read the modal in front with the contents of its fields."""
    views = place.slack.modals(user)
    return f"{words_in(views[-1])} {views[-1]['state']}" if views else ""


async def writes(story: Story, user: str = HANAKO) -> None:
    """Take the case if need be, and open the form."""
    if "担当する" in words(story.card()):
        await story.staff_press("担当する", user)
        await until(lambda: "ボットに戻す" in words(story.card()))
    await story.staff_press("送る", user)
    await until(lambda: wording.WORDS in front(story.place, user))


async def saves(place: Place, title: str, text: str, *, shared: bool, user: str = HANAKO) -> None:
    """Save a reply from the home's list."""
    slack = place.slack
    assert (await slack.open_home(user)).ok
    await until(lambda: wording.SAVED_BUTTON in words_in(slack.home(user)))
    assert (await slack.press_in_view(user, LIST, home=True)).ok
    await until(lambda: wording.NEW_BUTTON in front(place, user))
    assert (await slack.press_in_view(user, wording.NEW_BUTTON)).ok
    await until(lambda: wording.EDIT_TITLE in front(place, user))
    filled = {"name": title, "text": text, "share": ["yes"] if shared else []}
    assert (await slack.submit(user, filled)).ok
    await until(lambda: title in front(place, user))
    await slack.close(user, everything=True)


def test_form_puts_in_saved_replies_with_their_fields_filled(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        story, slack = Story(place), place.slack
        await saves(place, "窓口の案内", "{窓口}（{番号}）です。{担当}", shared=True, user=TARO)
        await saves(place, "太郎だけの文", "太郎より", shared=False, user=TARO)
        await story.owner_says("兵庫で飲食店です")
        await story.owner_asks_for_a_person()
        await writes(story)
        assert "太郎だけの文" not in front(place)
        slack.fill(HANAKO, {"words": "お待たせしました。"})
        assert (await slack.press_in_view(HANAKO, view.SAVED, selected="窓口の案内")).ok
        await until(lambda: "兵庫県中小企業活性化協議会" in front(place))
        sent = await slack.submit(HANAKO)
        assert sent.ok, sent.errors
        await until(lambda: any("お待たせしました。" in each for each in story.said_to_owner()))
        said = story.said_to_owner()[-1]
        assert "兵庫県中小企業活性化協議会（" in said
        assert said.endswith("です。相談員")

    serving.play(tmp_path, scenario)


def test_form_refuses_words_with_a_field_that_nobody_filled(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        story = Story(place)
        await story.owner_asks_for_a_person()
        await writes(story)
        before = story.said_to_owner()
        sent = await place.slack.submit(HANAKO, {"words": "{窓口}に電話してください"})
        assert sent.errors["words"] == wording.refuse_unfilled("{窓口}")
        assert story.said_to_owner() == before

    serving.play(tmp_path, scenario)


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("{名前}さま、{担当}です", "{名前}"),
        ("｛会社｝の{日付}の件", "｛会社｝{日付}"),
        ("{窓口}（{番号}）です。{担当}", ""),
        ("{} 中かっこ { だけ", ""),
    ],
)
def test_saved_reply_with_a_field_no_case_fills_is_refused(text: str, unknown: str) -> None:
    problems = find_problems(SavedText("a", "見出し", text))
    assert problems == ({TEXT: wording.refuse_unknown_fields(unknown)} if unknown else {})


def test_form_finds_answers_of_the_faq_and_keeps_what_is_typed(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        story, slack = Story(place), place.slack
        await story.owner_asks_for_a_person()
        await writes(story)
        slack.fill(HANAKO, {"words": "ご質問の件です。"})
        assert (await slack.press_in_view(HANAKO, view.SEARCH, selected="リスケとは")).ok
        await until(lambda: wording.FOUND_PLACEHOLDER in front(place))
        (offered,) = (
            element["options"]
            for block in slack.modals(HANAKO)[-1]["blocks"]
            for element in block.get("elements", [])
            if element.get("action_id") == view.ANSWER
        )
        value = offered[0]["value"]
        assert (await slack.press_in_view(HANAKO, view.ANSWER, selected=value)).ok
        await until(lambda: "words:1" in front(place))
        assert (await slack.press_in_view(HANAKO, wording.PREVIEW_BUTTON)).ok
        await until(lambda: wording.PREVIEW_TITLE in front(place))
        assert "ご質問の件です。" in front(place)
        assert "相談員" in front(place)
        await slack.close(HANAKO)
        assert (await slack.submit(HANAKO)).ok
        await until(lambda: "ご質問の件です。" in story.said_to_owner()[-1])
        assert len(story.said_to_owner()[-1]) > len("ご質問の件です。") + 20

    serving.play(tmp_path, scenario)


def test_form_sends_plain_text_and_quotes_what_the_owner_asked(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        story = Story(place)
        await story.owner_asks_for_a_person()
        asked = await place.line.send_text(OWNER, "いつまでに払えばいいですか")
        await until(lambda: "いつまでに" in story.thread_text())
        await writes(story)
        assert (await place.slack.submit(HANAKO, {"words": "*今月末* までです :smile:"})).ok
        await until(lambda: "今月末 までです 😄" in story.said_to_owner())
        (token,) = {each.get("quoteToken") for each in sent_to(place, "今月末")}
        assert token
        assert token == asked.event["message"]["quoteToken"]
        # What is answered is not quoted again.
        await writes(story)
        assert wording.QUOTE_YES not in front(place)

    serving.play(tmp_path, scenario)


def sent_to(place: Place, text: str) -> list[dict[str, object]]:
    """List the messages of this text as LINE was asked to send them."""
    found = [each for call in place.line.calls for each in call.body.get("messages", [])]
    return [each for each in found if text in str(each.get("text", ""))]


def test_reply_put_off_goes_when_the_desk_opens(tmp_path: Path) -> None:
    watch = Watch(MORNING)

    async def scenario(place: Place) -> None:
        story = Story(place)
        await story.owner_asks_for_a_person()
        await writes(story)
        assert (await place.slack.submit(HANAKO, {"words": "明日の朝です", "when": "later"})).ok
        await until(lambda: "明日の朝です" in story.thread_text())
        assert "明日の朝です" not in story.said_to_owner()
        watch.set(next_opening(watch()) + timedelta(seconds=1))
        await until(lambda: "明日の朝です" in story.said_to_owner())
        await until(lambda: any("white_check_mark" in each.reactions for each in story.thread()))

    serving.play(tmp_path, scenario, clock=watch)


def test_reply_put_off_and_taken_back_or_overtaken_never_goes(tmp_path: Path) -> None:
    watch = Watch(MORNING)

    async def scenario(place: Place) -> None:
        story = Story(place)
        await story.owner_asks_for_a_person()
        for text in ("取り消す文", "おそすぎた文"):
            await writes(story)
            assert (await place.slack.submit(HANAKO, {"words": text, "when": "later"})).ok
            await until(lambda text=text: text in story.thread_text())  # type: ignore[misc]  # bound now
        (copy,) = (each for each in story.thread() if "取り消す文" in words(each))
        assert (await place.slack.press(TARO, DESK, copy.ts, wording.TAKE_BACK_BUTTON)).ok
        await until(lambda: wording.TAKEN_BACK in story.whispers(TARO))
        await story.staff_press("ボットに戻す")
        await until(lambda: "再開" in words(story.card()))
        watch.set(next_opening(watch()) + timedelta(seconds=1))
        await until(lambda: "送りませんでした" in story.thread_text())
        assert not {"取り消す文", "おそすぎた文"} & set(story.said_to_owner())

    serving.play(tmp_path, scenario, clock=watch)
