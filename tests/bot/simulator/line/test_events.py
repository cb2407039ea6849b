"""Events carry a signature as in LINE's example, and LINE's own parser reads them."""

import importlib
import json
from collections.abc import Callable
from typing import Any

import pytest

from bot.simulator.line import events

SECRET = "8c570fa6dd201bb328f1c1eac23a96d8"  # noqa: S105 (from LINE's documentation)
DESTINATION = "U8e742f61d673b39c7fff3cecb7536ef0"
NOW = 1_790_000_000_000
USER = events.from_user("花子")


def test_the_official_signature_vector() -> None:
    body, signature = events.signed_body([], SECRET, DESTINATION)
    assert body == b'{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}'
    assert signature == "GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs="


def test_event_ids_are_ulids_of_their_moment() -> None:
    first, second = events.ulid(NOW), events.ulid(NOW)
    assert first != second
    assert len(first) == 26
    assert first[:10] == second[:10] < events.ulid(NOW + 1)[:10]
    assert events.ulid(0).startswith("0" * 10)


def test_a_name_has_one_user_id_and_an_id_stays_itself() -> None:
    one = events.user_id("花子")
    assert one == events.user_id("花子") != events.user_id("太郎")
    assert events.user_id(one) == one
    assert len(one) == 33


@pytest.mark.parametrize(
    "event",
    [
        events.unfollow(USER, NOW),
        events.unsend(USER, NOW, "325708"),
        events.leave(events.from_group("g"), NOW),
        events.message(USER, NOW, events.text("a"), mode="standby"),
    ],
)
def test_what_nobody_can_reply_to_has_no_reply_token(event: events.Event) -> None:
    assert "replyToken" not in event


def test_what_is_given_stands_in_the_place_of_what_is_drawn() -> None:
    event = events.message(USER, NOW, events.text("a"), webhookEventId="01", replyToken="t")
    assert (event["webhookEventId"], event["replyToken"]) == ("01", "t")


def test_a_redelivered_event_is_the_same_but_for_one_flag() -> None:
    event = events.follow(USER, NOW)
    again = events.redelivered(event)
    assert again.pop("deliveryContext") == {"isRedelivery": True}
    assert event.pop("deliveryContext") == {"isRedelivery": False}
    assert again == event


EVERY = {
    "MessageEvent": [
        events.message(USER, NOW, content)
        for content in (
            events.text("資金繰りが苦しい😢"),
            events.sticker(),
            events.image(),
            events.video(),
            events.audio(),
            events.file(),
            events.location(35.6, 139.7),
            events.location(35.6, 139.7, title="店", address="東京都"),
        )
    ],
    "PostbackEvent": [
        events.postback(USER, NOW, "v1|a=b"),
        events.postback(USER, NOW, "d", {"date": "2026-11-23"}),
    ],
    "FollowEvent": [events.follow(USER, NOW), events.follow(USER, NOW, unblocked=True)],
    "UnfollowEvent": [events.unfollow(USER, NOW)],
    "UnsendEvent": [events.unsend(USER, NOW, "325708")],
    "JoinEvent": [events.join(events.from_group("g"), NOW)],
    "LeaveEvent": [events.leave(events.from_group("g"), NOW)],
    "MemberJoinedEvent": [events.member_joined(events.from_group("g"), NOW, ["a"])],
}


@pytest.fixture(scope="module")
def parse() -> Callable[[bytes, str], list[Any]]:
    webhook = importlib.import_module("linebot.v3.webhook")
    parser = webhook.WebhookParser(SECRET)
    return lambda body, signature: list(parser.parse(body.decode(), signature))


@pytest.mark.parametrize("kind", EVERY)
def test_the_sdk_reads_every_event(kind: str, parse: Callable[[bytes, str], list[Any]]) -> None:
    sent = EVERY[kind]
    body, signature = events.signed_body(sent, SECRET, DESTINATION)
    read = parse(body, signature)
    assert [type(event).__name__ for event in read] == [kind] * len(sent)
    assert [event.webhook_event_id for event in read] == [one["webhookEventId"] for one in sent]
    assert json.loads(body)["destination"] == DESTINATION
