"""Words on stickers, and several photos sent at once."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.channels.line import events as read_events
from bot.model.messages import Kind, Message
from bot.presentation.wording import say
from bot.simulator.line import events
from bot.simulator.line.events import Event
from tests.bot.channels.line.serving import Place, play, until

FIRST_QUESTION = "1年前とくらべて"


def words_of(content: dict[str, Any]) -> Message:
    event = read_events.read(events.message(events.from_user("花子"), 1, content))
    assert isinstance(event, read_events.Said)
    return event.message


@pytest.mark.parametrize("kind", ["MESSAGE", "CUSTOM", "PER_STICKER_TEXT", "SOMETHING_NEW"])
def test_sticker_with_words_of_the_owner_is_read_as_text(kind: str) -> None:
    content = events.sticker(stickerResourceType=kind, text="もう死にたい", keywords=["sad"])
    assert words_of(content) == Message(text="もう死にたい")


@pytest.mark.parametrize("more", [{}, {"text": ""}, {"text": " \n"}, {"text": None}, {"text": 3}])
def test_sticker_without_words_is_a_sticker_whatever_its_keywords(more: dict[str, Any]) -> None:
    assert words_of(events.sticker(keywords=["死にたい"], **more)).kind is Kind.STICKER


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("死にたい", say("trouble.despair")[:10]),
        ("返済がきつい", FIRST_QUESTION),
        ("費用は？", "405事業"),
    ],
)
def test_sticker_with_words_is_answered_as_text_is(
    tmp_path: Path, words: str, expected: str
) -> None:
    async def scenario(place: Place) -> None:
        await place.line.send(
            place.line.message("花子", events.sticker(stickerResourceType="MESSAGE", text=words))
        )
        await until(lambda: expected in said(place))

    play(tmp_path, scenario)


def test_sticker_with_words_that_is_unsent_is_forgotten(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        sticker = events.sticker(stickerResourceType="MESSAGE", text="返済がきつい")
        sent = await place.line.send(place.line.message("花子", sticker))
        await until(lambda: FIRST_QUESTION in said(place))
        assert (await place.line.unsend("花子", sent.message_id)).ok

    play(tmp_path, scenario)


def said(place: Place) -> str:
    return "\n".join(str(each.message) for each in place.line.replies("花子"))


def times(place: Place, words: str) -> int:
    """In how many messages the bot has said this."""
    return sum(words in str(each.message) for each in place.line.replies("花子"))


def photos(place: Place, album: str, count: int) -> list[Event]:
    """Make events of photos that were picked together, one for each as LINE does."""
    return [
        place.line.message(
            "花子", events.image(imageSet={"id": album, "index": index, "total": count})
        )
        for index in range(1, count + 1)
    ]


@pytest.mark.parametrize("posts", ["one", "one after the other", "at the same time", "backwards"])
def test_photos_sent_together_are_answered_once(tmp_path: Path, posts: str) -> None:
    async def scenario(place: Place) -> None:
        for number, album in enumerate(("E0", "E1"), start=1):
            together = photos(place, album, 4)
            match posts:
                case "one":
                    assert (await place.line.send(*together)).ok
                case "at the same time":
                    sent = await asyncio.gather(*(place.line.send(each) for each in together))
                    assert all(each.ok for each in sent)
                case _:
                    for each in together if posts == "one after the other" else together[::-1]:
                        assert (await place.line.send(each)).ok
            await place.line.send_text("花子", "使い方")
            await until(lambda: times(place, "できること") == number)  # noqa: B023
            assert times(place, say("unreadable.image")) == number

    play(tmp_path, scenario)


def test_photos_sent_one_by_one_are_answered_one_by_one(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        for _ in range(3):
            assert (await place.line.image("花子")).ok
        await until(lambda: times(place, say("unreadable.image")) == 3)

    play(tmp_path, scenario)
