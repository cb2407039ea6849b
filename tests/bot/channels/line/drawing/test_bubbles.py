"""Several bubbles sent in one go are one story with one question in answer.

Everything that was heard in them is said back.
"""

from pathlib import Path

from bot.presentation.wording import say
from bot.simulator.line import events
from tests.bot.channels.line.serving import Place, play, until

STORY = ("うどん屋をしています", "個人でやってます", "去年から赤字です")
HEARD = ("飲食", "個人事業主", "赤字")


def said(place: Place) -> list[str]:
    return [str(each.message) for each in place.line.replies("花子")]


async def send_together(place: Place, *words: str) -> None:
    together = [place.line.message("花子", events.text(each)) for each in words]
    assert (await place.line.send(*together)).ok


def questions_in(texts: list[str]) -> int:
    return sum("quickReply" in each for each in texts)


def test_bubbles_of_one_webhook_are_answered_with_one_question(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        await send_together(place, *STORY)
        await until(lambda: all(any(word in each for each in said(place)) for word in HEARD))
        assert questions_in(said(place)) == 1
        assert "quickReply" in said(place)[-1]

    play(tmp_path, scenario)


def test_reply_about_trouble_is_sent_whatever_bubble_follows(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        await send_together(place, "うどん屋です", "もう死にたい", "個人でやってます")
        await until(lambda: any("個人事業主" in each for each in said(place)))
        assert any(say("trouble.despair")[:10] in each for each in said(place))

    play(tmp_path, scenario)


def test_answer_to_a_question_between_facts_is_sent(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        await send_together(place, "うどん屋です", "費用はいくらですか", "個人でやってます")
        await until(lambda: any("個人事業主" in each for each in said(place)))
        assert any("405事業" in each for each in said(place))

    play(tmp_path, scenario)
