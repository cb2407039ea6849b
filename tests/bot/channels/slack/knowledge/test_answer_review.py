"""The weekly look at the answers, and the form that replaces one that did not help."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.analytics.answer_use import AnswerUse, Review
from bot.channels.slack.knowledge import wording
from bot.channels.slack.knowledge.answer_review import draw_review, is_first_of_week
from bot.channels.slack.knowledge.corrections import draw_form
from bot.model import business_hours
from bot.simulator.slack.blocks import blocks as block_kit
from knowledge.faq.entry import Entry
from knowledge.library import load
from tests.bot.channels.serving import Watch
from tests.bot.channels.slack import serving
from tests.bot.channels.slack.repairs import Repairing
from tests.bot.channels.slack.serving import HANAKO, TARO, Place, until
from tests.bot.channels.slack.stories import words

FAQ = load().faq
QUESTION = "個人事業主でも使えますか"
ENTRY = FAQ["sole-proprietor"]
BETTER = "使えます。会社でなくても、ひとりの仕事でも、農業でも対象です。"
MONDAY = datetime(2026, 11, 30, 9, tzinfo=business_hours.JAPAN)


def test_is_first_of_week_is_the_first_working_day() -> None:
    after_a_holiday = datetime(2026, 11, 24, 9, tzinfo=business_hours.JAPAN)
    assert is_first_of_week(MONDAY)
    assert is_first_of_week(after_a_holiday)
    assert not is_first_of_week(MONDAY + timedelta(days=1))


def test_draw_review_of_every_answer_passes_slacks_checks() -> None:
    uses = tuple(AnswerUse(each.id, 9, 1, 3) for each in FAQ.entries)
    drawn = draw_review(Review(uses, uses, tuple(each.id for each in FAQ.entries), 7), FAQ)
    assert block_kit.find_faults(drawn["blocks"], "message") == []
    assert "4週間" in str(drawn["blocks"])


@pytest.mark.parametrize("entry", FAQ.entries[::10], ids=lambda each: each.id)
def test_draw_form_passes_slacks_checks(entry: Entry) -> None:
    assert block_kit.find_faults(draw_form(entry), "modal") == []


def test_answer_that_did_not_help_is_reviewed_corrected_and_approved(tmp_path: Path) -> None:
    watch = Watch(MONDAY - timedelta(days=3, minutes=30))

    async def scenario(place: Place) -> None:
        story = Repairing(place, watch)
        await story.owner_says(QUESTION)
        await story.owner_presses("ちがう・足りない")
        assert story.look("SELECT count(*) FROM unanswered") == [(1,)]
        await story.nine_o_clock()
        assert not [each for each in story.cards() if wording.REVIEW in words(each)]
        await story.nine_o_clock()
        review = await story.announced(wording.REVIEW)
        assert ENTRY.question in words(review)
        assert QUESTION + "\n" not in words(review)
        await story.press(review, wording.CORRECT_ANSWER_BUTTON)
        assert ENTRY.answer[:10] in str(await story.opened())
        await story.submit({"answer": BETTER})
        assert wording.WAITS in str(await story.opened())
        proposed = await story.announced(BETTER)
        assert BETTER not in await story.answered_on_line(QUESTION)
        await story.press(proposed, wording.APPROVE_BUTTON, HANAKO)
        await until(lambda: wording.NOT_BY_YOURSELF in story.whispers(HANAKO))
        await story.press(proposed, wording.APPROVE_BUTTON, TARO)
        await story.announced("確認：太郎さん")
        assert BETTER in await story.answered_on_line(QUESTION)
        assert (await place.slack.command(TARO, "/keiei", "直す 個人事業主でも使えるか")).ok
        assert BETTER[:10] in str(await story.opened(TARO))

    serving.play(tmp_path, scenario, clock=watch)
