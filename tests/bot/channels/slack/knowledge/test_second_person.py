"""Answers that lead an owner somewhere wait for a second person's consent.

An answer that was taken back never comes again.
"""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from bot.channels.slack.knowledge import origins, wording
from bot.simulator.slack.wire.postman import Dispatch, Kind
from tests.bot.channels.serving import idle
from tests.bot.channels.slack import serving
from tests.bot.channels.slack.repairs import ANSWER, KILN, Repairing
from tests.bot.channels.slack.serving import DESK, HANAKO, TARO, Place, until
from tests.bot.channels.slack.stories import OWNER, words

NUMBER = "089-000-1234"
WAITS, APPROVE = "もう一人の確認を待っています", "確認した（公開する）"


async def proposed(story: Repairing) -> Any:
    """Propose an answer with a number as Hanako, and return the announcement."""
    await story.missed()
    await story.press(await story.days_list(), "回答を作る")
    await story.opened()
    await story.submit({"answer": f"{ANSWER}電話は{NUMBER}です。", "source": "組合の案内"})
    return await story.announced(WAITS)


def test_amendment_with_a_number_waits_for_a_second_person(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        story = Repairing(place)
        announcement = await proposed(story)
        assert wording.WAITS in json.dumps(await story.opened(), ensure_ascii=False)
        for part in (wording.NO_ANSWER, NUMBER, "花子", "組合の案内"):
            assert part in words(announcement)
        assert NUMBER not in await story.answered_on_line(KILN)
        # Not by its author, however often.
        for _ in range(2):
            await story.press(announcement, APPROVE, HANAKO)
        assert wording.NOT_BY_YOURSELF in story.whispers(HANAKO)
        assert story.amended() == ["entry"]
        assert NUMBER not in await story.answered_on_line(KILN)
        pressed = [story.press(announcement, APPROVE, TARO) for _ in range(2)]
        await asyncio.gather(*pressed)
        await story.announced("確認：太郎さん")
        assert story.amended() == ["entry", "approved"]
        assert NUMBER in await story.answered_on_line(KILN)
        again = await place.slack.press(TARO, DESK, announcement.ts, APPROVE, stale=True)
        assert again.ok
        await until(lambda: wording.NOT_WAITING in story.whispers(TARO))
        assert story.amended() == ["entry", "approved"]

    serving.play(tmp_path, scenario)


def test_amendment_is_withdrawn_by_any_colleague_at_any_time(
    tmp_path: Path,
) -> None:
    async def scenario(place: Place) -> None:
        story = Repairing(place)
        announcement = await proposed(story)
        await story.press(announcement, "取り消す", TARO)
        await story.announced("太郎さんが取り消しました")
        again = await place.slack.press(HANAKO, DESK, announcement.ts, APPROVE, stale=True)
        assert again.ok
        assert story.amended() == ["entry", "withdrawn"]
        assert NUMBER not in await story.answered_on_line(KILN)

    serving.play(tmp_path, scenario)


@pytest.mark.parametrize("new", ["090-1234-5678", "0990-123-456", "0910-12-3456"])
def test_number_that_misleads_is_refused_beside_its_field(tmp_path: Path, new: str) -> None:
    async def scenario(place: Place) -> None:
        story = Repairing(place)
        assert (await place.slack.command(HANAKO, "/keiei", "窓口 松山")).ok
        await story.opened()
        assert (await place.slack.press_in_view(HANAKO, "番号を直す")).ok
        await until(lambda: len(place.slack.modals(HANAKO)) == 2)
        sent = await story.submit({"new": new})
        assert set(sent.errors) == {"new"}
        assert story.amended() == []

    serving.play(tmp_path, scenario)


# --- words that were taken back ---------------------------------------------------------------------


def test_form_with_words_taken_back_is_emptied_and_sends_nothing(
    tmp_path: Path,
) -> None:
    async def scenario(place: Place) -> None:
        story = Repairing(place)
        said = await place.line.send_text(OWNER, KILN)
        await until(lambda: bool(story.look("SELECT id FROM unanswered")))
        await story.press(await story.own_list(), "回答を作る")
        form = await story.opened()
        assert KILN in json.dumps(form, ensure_ascii=False)
        await place.line.unsend(OWNER, said.message_id)
        await until(lambda: not story.look("SELECT id FROM unanswered"))
        # As if 送る had been pressed at that moment.
        sent = await place.slack.post(Dispatch(Kind.INTERACTIVE, _submission(form)))
        assert wording.WORDS_GONE in json.dumps(sent.answer, ensure_ascii=False)
        assert story.amended() == []
        await until(lambda: KILN not in json.dumps(place.slack.modals(HANAKO), ensure_ascii=False))
        assert wording.WORDS_GONE in json.dumps(place.slack.modals(HANAKO), ensure_ascii=False)

    serving.play(tmp_path, scenario)


def test_form_with_words_of_a_forgotten_owner_sends_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The form is not looked after, as after a restart: what it sends is looked at all the same.
    monkeypatch.setattr(origins, "OPEN_FOR", -1.0)

    async def scenario(place: Place) -> None:
        story = Repairing(place)
        await story.owner_asks_for_a_person()
        assert (await place.line.send_text(OWNER, KILN)).ok
        await until(lambda: KILN in story.thread_text())
        (said,) = [each for each in story.thread() if KILN in words(each)]
        assert (await place.slack.message_shortcut(HANAKO, "add_to_faq", DESK, said.ts)).ok
        assert KILN in json.dumps(await story.opened(), ensure_ascii=False)
        await story.owner_says("消して")
        await until(lambda: KILN not in story.thread_text())
        await idle(place.database_url)
        sent = await place.slack.submit(HANAKO, {"answer": ANSWER})
        assert sent.errors == {"question": wording.WORDS_GONE}
        assert story.amended() == []

    serving.play(tmp_path, scenario)


def _submission(form: dict[str, Any]) -> dict[str, Any]:
    """Send the form with an answer, as it was opened."""
    typed = {"question": KILN, "answer": ANSWER}
    state = {
        block: {"typed": {"type": "plain_text_input", "value": value}}
        for block, value in typed.items()
    }
    return {
        "type": "view_submission",
        "trigger_id": "1.2.x",
        "user": {"id": HANAKO, "team_id": form["team_id"]},
        "view": form | {"state": {"values": state}},
    }
