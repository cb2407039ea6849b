"""Labelling an unheard line as an answer of the interview, over real sockets."""

from __future__ import annotations

from collections.abc import Callable

from tests.bot.channels.slack.repairs import KILN, Repairing
from tests.bot.channels.slack.serving import HANAKO, until
from tests.bot.channels.slack.stories import words

Play = Callable[..., None]

BUTTON = "診断の答えとして覚える"
LINE = "絵付けの注文が半分になった"


def test_line_labelled_with_an_option_is_kept_told_and_can_be_withdrawn(play: Play) -> None:
    async def told(story: Repairing) -> None:
        await story.missed()
        await story.press(await story.days_list(), BUTTON)
        form = await story.opened()
        fields = {each["block_id"]: each for each in form["blocks"] if "block_id" in each}
        assert fields["text"]["element"]["initial_value"] == KILN
        assert "お名前" in fields["text"]["hint"]["text"]
        group = next(
            each
            for each in fields["option"]["element"]["option_groups"]
            if each["options"][0]["value"].startswith("sales|")
        )
        chosen = group["options"][0]
        sent = await story.submit({"option": chosen["value"], "text": LINE})
        assert not sent.errors
        told_desk = await story.announced("診断の答えの言い方を加えました")
        assert LINE in words(told_desk)
        assert chosen["text"]["text"] in words(told_desk)
        await until(lambda: "診断の答えとして覚えました（花子・1人）" in words(story.lists()[-1]))
        ((question, option, text),) = story.look(
            "SELECT json_extract(content, '$.question'), json_extract(content, '$.option'),"
            " json_extract(content, '$.text') FROM amendments"
        )
        assert (f"{question}|{option}", text) == (chosen["value"], LINE)
        await story.press(told_desk, "取り消す")
        await story.announced("取り消しました")
        assert story.amended() == ["example", "withdrawn"]
        assert story.look("SELECT question FROM unanswered") == [(LINE,)]

    play(told)


def test_line_with_a_telephone_number_is_refused_beside_its_field(play: Play) -> None:
    async def told(story: Repairing) -> None:
        await story.missed()
        await story.press(await story.own_list(HANAKO), BUTTON)
        form = await story.opened()
        (choose,) = [each for each in form["blocks"] if each.get("block_id") == "option"]
        value = choose["element"]["option_groups"][0]["options"][0]["value"]
        sent = await story.submit({"option": value, "text": "売上が半分 03-1234-5678"})
        assert set(sent.errors) == {"text"}
        sent = await story.submit({"option": value, "text": "？"})
        assert set(sent.errors) == {"text"}
        assert story.amended() == []

    play(told)
