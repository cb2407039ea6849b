"""Labelling an unheard line as an answer of the interview, over real sockets."""

from __future__ import annotations

import json
from collections.abc import Callable

from bot.channels.slack.knowledge.list_view import LINK
from bot.channels.slack.knowledge.proposals import list_examples, propose_same
from bot.channels.slack.knowledge.wording import SAME_BUTTON, TROUBLE_BUTTON
from bot.commands.files.examples import add_trouble, find_examples, find_trouble
from flows.keiei.programme import KEIEI
from knowledge import library
from knowledge.amendments import from_dict
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


def test_unheard_line_is_proposed_the_label_of_the_nearest_line(play: Play) -> None:
    async def told(story: Repairing) -> None:
        await story.owner_says("診断する")
        await story.owner_says("意外とめ調")
        shown = await story.own_list(HANAKO)
        assert "近い言い方：「意外と好調」→ 売上：増えている" in words(shown)
        assert "「売上」を聞いていたとき" in words(shown)
        await story.press(shown, SAME_BUTTON)
        form = await story.opened()
        (option,) = [each for each in form["blocks"] if each.get("block_id") == "option"]
        assert option["element"]["initial_option"]["value"] == "sales|up"
        assert not (await story.submit({})).errors
        announced = await story.announced("診断の答えの言い方を加えました")
        assert "増えている" in words(announced)

    play(told)


def test_unheard_line_is_labelled_as_trouble(play: Play) -> None:
    async def told(story: Repairing) -> None:
        await story.missed()
        await story.press(await story.own_list(HANAKO), TROUBLE_BUTTON)
        form = await story.opened()
        (choose,) = [each for each in form["blocks"] if each.get("block_id") == "option"]
        offered = [each["value"] for each in choose["element"]["options"]]
        assert {"trouble|despair", "trouble|wages", "trouble|seizure"} <= {*offered}
        assert not (await story.submit({"option": "trouble|wages", "text": LINE})).errors
        announced = await story.announced("診断の答えの言い方を加えました")
        assert LINE in words(announced)
        ((content,),) = story.look("SELECT content FROM amendments")
        kept = (from_dict(json.loads(content)),)
        (found,) = find_trouble(kept, frozenset(), KEIEI)
        assert add_trouble("text,label,written\n", [found]).splitlines() == [
            "text,label,written",
            f"{LINE},wages,use",
        ]
        # What interviews are taught has no such question.
        assert find_examples(kept, frozenset(), KEIEI.questions) == ()

    play(told)


def test_nearest_line_is_sought_under_the_open_question_then_in_the_faq() -> None:
    entries = library.load().faq.entries
    examples = list_examples(KEIEI.examples, KEIEI.taught)
    of_sales = propose_same("増減なしや", "sales", examples, entries)
    assert of_sales
    assert of_sales.value == "sales|flat"
    # The same words under another question are not what was meant there.
    of_lenders = propose_same("増減なしや", "lenders", examples, entries)
    assert of_lenders is None or of_lenders.action == LINK
    phrasing = entries[3].phrasings[0]
    of_faq = propose_same(f"{phrasing}かな", "", examples, entries)
    assert of_faq
    assert (of_faq.action, of_faq.value) == (LINK, entries[3].id)
    assert propose_same("絵付けの窯が壊れた", "", examples, entries) is None
