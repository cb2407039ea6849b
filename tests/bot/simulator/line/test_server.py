"""The rules of LINE that the fake enforces, over sockets, one test each."""

import asyncio
import importlib
import inspect
import io
import json
import struct
import time
import uuid
import zlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.simulator.line import events
from bot.simulator.line.faults import Kind
from bot.simulator.line.messages.images import look
from bot.simulator.line.postman import Outcome
from bot.simulator.line.server import BOT, FakeLine

SECRET, TOKEN = "channel secret", "channel token"
USER = "花子"
HELLO = {"type": "text", "text": "こんにちは"}
Json = dict[str, Any]


@dataclass
class Bot:
    """A bot that does nothing but take webhooks."""

    status: int = 200
    seconds: float = 0.0
    taken: list[Json] = field(default_factory=list)
    signatures_right: bool = True

    async def take(self, request: web.Request) -> web.Response:
        body = await request.read()
        right = events.signature(body, SECRET)
        self.signatures_right &= request.headers["X-Line-Signature"] == right
        self.taken.append(json.loads(body))
        await asyncio.sleep(self.seconds)
        return web.Response(status=self.status)

    @property
    def events(self) -> list[Json]:
        return [event for body in self.taken for event in body["events"]]


@dataclass
class Reply:
    status: int
    body: Json
    headers: Any


@dataclass
class World:
    """A bot, the LINE it talks to, and a plain HTTP client for the bot's calls."""

    bot: Bot
    line: FakeLine
    session: aiohttp.ClientSession

    async def call(self, method: str, path: str, body: object = None, **options: Any) -> Reply:
        headers = {"Authorization": f"Bearer {TOKEN}"} | options.pop("headers", {})
        if body is not None:
            options["data"] = json.dumps(body)
            headers = {"Content-Type": "application/json"} | headers
        url = f"{self.line.base_url}{path}"
        async with self.session.request(method, url, headers=headers, **options) as response:
            content = await response.read()
            is_json = response.content_type == "application/json"
            read = json.loads(content) if is_json else {"content": content}
            return Reply(response.status, read, response.headers)

    async def reply(self, token: str, *messages: object, **options: Any) -> Reply:
        body = {"replyToken": token, "messages": list(messages or [HELLO])}
        return await self.call("POST", "/v2/bot/message/reply", body, **options)

    async def push(self, user: str, *messages: object, key: str = "", **options: Any) -> Reply:
        headers = {"X-Line-Retry-Key": key} if key else {}
        to = user if len(user) == 33 else events.user_id(user)
        body = {"to": to, "messages": list(messages or [HELLO])}
        return await self.call("POST", "/v2/bot/message/push", body, headers=headers, **options)


def in_world(scene: Callable[[World], Awaitable[None]], **options: Any) -> None:
    """Play a scene with a bot and a LINE, and take both away."""

    async def play() -> None:
        bot = Bot()
        app = web.Application()
        app.router.add_post("/webhook", bot.take)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        url = f"http://127.0.0.1:{runner.addresses[0][1]}/webhook"
        line = FakeLine(secret=SECRET, token=TOKEN, webhook_url=url, **options)
        async with line, aiohttp.ClientSession() as session:
            await scene(World(bot, line, session))
        await runner.cleanup()

    asyncio.run(play())


def in_frozen_world(scene: Callable[[World], Awaitable[None]]) -> None:
    """A world whose clock moves only when it is told to."""
    in_world(scene, clock=lambda: 1_790_000_000.0)


# Webhooks


def test_a_text_reaches_the_bot_signed_and_shows_on_the_phone() -> None:
    async def scene(world: World) -> None:
        delivered = await world.line.send_text(USER, "資金繰り")
        assert delivered.ok
        (event,) = world.bot.events
        assert event["message"]["text"] == "資金繰り"
        assert event["source"] == {"type": "user", "userId": events.user_id(USER)}
        assert event == delivered.event
        assert world.bot.taken[0]["destination"] == BOT["userId"]
        assert world.bot.signatures_right
        assert [(sent.by, sent.text) for sent in world.line.chat(USER)] == [("user", "資金繰り")]

    in_world(scene)


def test_everything_people_do_is_an_event() -> None:
    async def scene(world: World) -> None:
        line = world.line
        await line.follow(USER)
        sticker = await line.sticker(USER)
        await line.image(USER)
        await line.location(USER, 35.6, 139.7, "東京都")
        await line.tap(USER, "v1|a=b", {"date": "2026-11-23"})
        await line.unsend(USER, sticker.message_id)
        await line.unfollow(USER)
        await line.follow(USER)
        kinds = [event["type"] for event in world.bot.events]
        assert kinds == [
            "follow",
            "message",
            "message",
            "message",
            "postback",
            "unsend",
            "unfollow",
            "follow",
        ]
        assert world.bot.events[0]["follow"] == {"isUnblocked": False}
        assert world.bot.events[-1]["follow"] == {"isUnblocked": True}
        assert line.chat(USER)[0].message == {"type": "unsent"}

    in_world(scene)


def test_one_post_may_carry_events_of_several_people() -> None:
    async def scene(world: World) -> None:
        line = world.line
        await line.send(
            line.message("花子", events.text("a")), line.message("太郎", events.text("b"))
        )
        (body,) = world.bot.taken
        assert [event["message"]["text"] for event in body["events"]] == ["a", "b"]

    in_world(scene)


def test_what_a_test_gives_stands_in_the_event() -> None:
    async def scene(world: World) -> None:
        sent = await world.line.send_text(
            USER, "a", webhookEventId="01HX", timestamp=5, mode="standby"
        )
        assert (sent.event_id, sent.event["timestamp"]) == ("01HX", 5)
        assert sent.reply_token == ""

    in_world(scene)


def test_one_persons_webhooks_go_one_after_the_other() -> None:
    async def scene(world: World) -> None:
        world.bot.seconds = 0.002
        await asyncio.gather(*(world.line.send_text(USER, str(n)) for n in range(10)))
        texts = [event["message"]["text"] for event in world.bot.events]
        assert texts == [str(n) for n in range(10)]

    in_world(scene)


def test_a_duplicate_is_posted_as_it_is_and_at_once() -> None:
    async def scene(world: World) -> None:
        event = world.line.message(USER, events.text("a"))
        await asyncio.gather(*(world.line.post(event) for _ in range(5)))
        assert world.bot.events == [event] * 5

    in_world(scene)


def test_an_answer_that_is_not_2xx_is_a_failure() -> None:
    async def scene(world: World) -> None:
        world.bot.status = 302
        delivered = await world.line.send_text(USER, "a")
        assert not delivered.ok
        assert delivered.attempts[0].outcome is Outcome.ERROR_STATUS_CODE
        assert delivered.status == 302

    in_world(scene)


def test_a_slow_answer_is_a_failure() -> None:
    async def scene(world: World) -> None:
        world.bot.seconds = 0.1
        delivered = await world.line.send_text(USER, "a")
        assert delivered.attempts[0].outcome is Outcome.REQUEST_TIMEOUT

    in_world(scene, webhook_seconds=0.02)


def test_the_real_limit_is_two_seconds() -> None:
    assert inspect.signature(FakeLine).parameters["webhook_seconds"].default == 2.0


def test_a_bot_that_is_not_there_is_a_failure() -> None:
    async def scene(world: World) -> None:
        world.line.webhook_url = "http://127.0.0.1:1/webhook"
        delivered = await world.line.send_text(USER, "a")
        assert delivered.attempts[0].outcome is Outcome.COULD_NOT_CONNECT

    in_world(scene)


def test_a_failed_webhook_is_redelivered_with_the_same_ids_when_that_is_on() -> None:
    async def scene(world: World) -> None:
        world.line.redeliver_times, world.line.redeliver_after = 3, 0
        world.bot.status = 500
        delivered = await world.line.send_text(USER, "a")
        world.bot.status = 200
        await world.line.settled()
        first, second = world.bot.events
        assert delivered.ok
        assert len(delivered.attempts) == 2
        assert second == events.redelivered(first)

    in_world(scene)


def test_redelivery_is_off_by_default_and_ends_by_itself() -> None:
    async def scene(world: World) -> None:
        world.bot.status = 500
        await world.line.send_text(USER, "a")
        await world.line.settled()
        assert len(world.bot.taken) == 1
        world.line.redeliver_times, world.line.redeliver_after = 2, 0
        await world.line.send_text(USER, "b")
        await world.line.settled()
        assert len(world.bot.taken) == 1 + 3

    in_world(scene)


def test_the_verify_button_posts_no_events() -> None:
    async def scene(world: World) -> None:
        answer = await world.call("POST", "/v2/bot/channel/webhook/test", {})
        assert world.bot.taken == [{"destination": BOT["userId"], "events": []}]
        assert world.bot.signatures_right
        assert (answer.body["success"], answer.body["statusCode"]) == (True, 200)
        world.bot.status = 500
        answer = await world.call("POST", "/v2/bot/channel/webhook/test")
        assert (answer.body["success"], answer.body["reason"]) == (False, "ERROR_STATUS_CODE")

    in_world(scene)


def test_the_webhook_can_be_read_and_set() -> None:
    async def scene(world: World) -> None:
        path = "/v2/bot/channel/webhook/endpoint"
        url = world.line.webhook_url
        assert (await world.call("GET", path)).body == {"endpoint": url, "active": True}
        new = {"endpoint": "https://example.com/line/webhook"}
        assert (await world.call("PUT", path, new)).status == 200
        assert world.line.webhook_url == new["endpoint"]
        for wrong in ("http://example.com/", "ftp://example.com", "https://e.com/" + "a" * 500):
            assert (await world.call("PUT", path, {"endpoint": wrong})).status == 400

    in_world(scene)


# Authorisation, bodies, headers


def test_a_call_without_the_right_token_is_401() -> None:
    async def scene(world: World) -> None:
        for wrong in ("", "Bearer wrong", TOKEN):
            answer = await world.call("GET", "/v2/bot/info", headers={"Authorization": wrong})
            assert answer.status == 401
            assert answer.body["message"].startswith("Authentication failed")

    in_world(scene)


def test_every_answer_has_a_request_id_of_its_own() -> None:
    async def scene(world: World) -> None:
        answers = [
            await world.call("GET", "/v2/bot/info"),
            await world.call("GET", "/v2/bot/info", headers={"Authorization": ""}),
            await world.call("GET", "/v2/nowhere"),
            await world.reply("x"),
        ]
        assert [answer.status for answer in answers] == [200, 401, 404, 400]
        assert len({answer.headers["x-line-request-id"] for answer in answers}) == 4

    in_world(scene)


@pytest.mark.parametrize(
    ("data", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"[]", "application/json", 400),
        (b'{"replyToken": NaN}', "application/json", 400),
        (b"[" * 50_000, "application/json", 400),
        (b"\xff", "application/json", 400),
        (b"{}", "text/plain", 415),
        (b"x" * 2_000_001, "application/json", 413),
    ],
)
def test_a_body_that_cannot_be_read_is_refused(data: bytes, kind: str, status: int) -> None:
    async def scene(world: World) -> None:
        answer = await world.call(
            "POST",
            "/v2/bot/message/reply",
            headers={"Content-Type": kind},
            data=io.BytesIO(data),
        )
        assert answer.status == status
        assert answer.body["message"]
        assert answer.headers["x-line-request-id"]

    in_world(scene)


def test_a_refusal_names_what_is_wrong_where() -> None:
    async def scene(world: World) -> None:
        token = (await world.line.send_text(USER, "a")).reply_token
        answer = await world.reply(token, {"type": "text", "text": ""}, {"type": "txt"})
        assert answer.status == 400
        assert answer.body["message"] == "The request body has 2 error(s)"
        properties = [detail["property"] for detail in answer.body["details"]]
        assert properties == ["messages[0].text", "messages[1].type"]
        flex = {"type": "flex", "altText": "a", "contents": {"type": "bubble", "body": {}}}
        answer = await world.reply(token, HELLO, flex)
        assert answer.body == {
            "message": "A message (messages[1]) in the request body is invalid",
            "details": [{"message": "must be specified", "property": "/body/type"}],
        }
        assert world.line.replies(USER) == []

    in_world(scene)


# Replies


def test_a_reply_token_is_good_once() -> None:
    async def scene(world: World) -> None:
        token = (await world.line.send_text(USER, "a")).reply_token
        assert (await world.reply(token)).status == 200
        again = await world.reply(token)
        assert (again.status, again.body) == (400, {"message": "Invalid reply token"})
        assert len(world.line.replies(USER)) == 1

    in_world(scene)


def test_a_reply_token_is_good_for_a_minute() -> None:
    async def scene(world: World) -> None:
        in_time = (await world.line.send_text(USER, "a")).reply_token
        late = (await world.line.send_text(USER, "b")).reply_token
        world.line.account.advance(60)
        assert (await world.reply(in_time)).status == 200
        world.line.account.advance(1)
        assert (await world.reply(late)).body == {"message": "Invalid reply token"}

    in_frozen_world(scene)


def test_an_invented_reply_token_is_refused() -> None:
    async def scene(world: World) -> None:
        assert (await world.reply("0" * 32)).body == {"message": "Invalid reply token"}

    in_world(scene)


def test_a_refused_message_does_not_spend_the_token() -> None:
    async def scene(world: World) -> None:
        token = (await world.line.send_text(USER, "a")).reply_token
        assert (await world.reply(token, {"type": "text"})).status == 400
        assert (await world.reply(token)).status == 200

    in_world(scene)


def test_a_redelivery_makes_the_token_good_for_another_minute() -> None:
    async def scene(world: World) -> None:
        delivered = await world.line.send_text(USER, "a")
        world.line.account.advance(120)
        await world.line.redeliver(delivered)
        assert (await world.reply(delivered.reply_token)).status == 200

    in_frozen_world(scene)


def test_a_redelivery_does_not_bring_back_a_used_token() -> None:
    async def scene(world: World) -> None:
        delivered = await world.line.send_text(USER, "a")
        await world.reply(delivered.reply_token)
        await world.line.redeliver(delivered)
        assert (await world.reply(delivered.reply_token)).status == 400

    in_world(scene)


def test_twenty_minutes_after_the_event_the_token_is_dead() -> None:
    async def scene(world: World) -> None:
        delivered = await world.line.send_text(USER, "a")
        world.line.account.advance(20 * 60 + 1)
        await world.line.redeliver(delivered)
        assert (await world.reply(delivered.reply_token)).status == 400

    in_frozen_world(scene)


def test_a_reply_takes_no_retry_key() -> None:
    async def scene(world: World) -> None:
        token = (await world.line.send_text(USER, "a")).reply_token
        key = {"X-Line-Retry-Key": str(uuid.uuid4())}
        assert (await world.reply(token, headers=key)).status == 400
        assert (await world.reply(token)).status == 200

    in_world(scene)


def test_a_reply_takes_no_more_than_five_messages_and_no_unknown_key() -> None:
    async def scene(world: World) -> None:
        token = (await world.line.send_text(USER, "a")).reply_token
        assert (await world.reply(token, *[HELLO] * 6)).status == 400
        body = {"replyToken": token, "messages": [HELLO], "notificationDisable": True}
        assert (await world.call("POST", "/v2/bot/message/reply", body)).status == 400
        assert (await world.reply(token, *[HELLO] * 5)).status == 200

    in_world(scene)


def test_sent_messages_come_back_with_ids_and_can_be_quoted_in_their_chat_only() -> None:
    async def scene(world: World) -> None:
        first = await world.line.send_text(USER, "a")
        place = {"type": "location", "title": "a", "address": "b", "latitude": 1, "longitude": 2}
        sent = (await world.reply(first.reply_token, HELLO, place)).body["sentMessages"]
        assert [set(one) for one in sent] == [{"id", "quoteToken"}, {"id"}]
        quote = {**HELLO, "quoteToken": first.event["message"]["quoteToken"]}
        assert (await world.push(USER, quote)).status == 200
        await world.line.send_text("太郎", "b")
        refused = await world.push("太郎", quote)
        assert refused.body["details"][0]["property"] == "messages[0].quoteToken"

    in_world(scene)


def test_a_mention_is_for_groups() -> None:
    async def scene(world: World) -> None:
        all_of_you = {"type": "mention", "mentionee": {"type": "all"}}
        mention = {"type": "textV2", "text": "{a}", "substitution": {"a": all_of_you}}
        token = (await world.line.send_text(USER, "a")).reply_token
        assert (await world.reply(token, mention)).status == 400
        group = events.from_group("商店街")
        joined = await world.line.send(events.join(group, world.line.now_ms))
        assert (await world.reply(joined.reply_token, mention)).status == 200
        assert len(world.line.replies(group["groupId"])) == 1

    in_world(scene)


# Pushes


def test_a_push_is_counted_once_and_a_reply_never() -> None:
    async def scene(world: World) -> None:
        world.line.account.quota = 200
        token = (await world.line.send_text(USER, "a")).reply_token
        await world.reply(token)
        assert (await world.push(USER, *[HELLO] * 5)).status == 200
        quota = await world.call("GET", "/v2/bot/message/quota")
        used = await world.call("GET", "/v2/bot/message/quota/consumption")
        assert quota.body == {"type": "limited", "value": 200}
        assert used.body == {"totalUsage": 1}
        assert [sent.via for sent in world.line.replies(USER)] == ["reply"] + ["push"] * 5

    in_world(scene)


def test_over_the_quota_a_push_is_refused_and_a_reply_is_not() -> None:
    async def scene(world: World) -> None:
        world.line.account.quota = 1
        token = (await world.line.send_text(USER, "a")).reply_token
        assert (await world.push(USER)).status == 200
        refused = await world.push(USER)
        message = "You have reached your monthly limit."
        assert (refused.status, refused.body) == (429, {"message": message})
        assert (await world.reply(token)).status == 200

    in_world(scene)


def test_without_a_limit_the_quota_is_none() -> None:
    async def scene(world: World) -> None:
        assert (await world.call("GET", "/v2/bot/message/quota")).body == {"type": "none"}

    in_world(scene)


def test_a_push_to_nobody_is_refused() -> None:
    async def scene(world: World) -> None:
        unknown = await world.push("知らない人")
        assert (unknown.status, unknown.body) == (400, {"message": "Failed to send messages"})
        body = {"to": "hanako", "messages": [HELLO]}
        assert (await world.call("POST", "/v2/bot/message/push", body)).status == 400

    in_world(scene)


def test_a_push_to_somebody_who_blocked_us_is_accepted_and_not_delivered_nor_counted() -> None:
    async def scene(world: World) -> None:
        await world.line.follow(USER)
        await world.line.unfollow(USER)
        assert (await world.push(USER)).status == 200
        assert world.line.replies(USER) == []
        assert world.line.account.used == 0
        with pytest.raises(ValueError, match="blocked"):
            await world.line.send_text(USER, "a")

    in_world(scene)


def test_a_stranger_can_be_pushed_to_for_seven_days() -> None:
    async def scene(world: World) -> None:
        world.line.stranger(USER)
        await world.line.send_text(USER, "a")
        world.line.account.advance(7 * 86_400)
        await world.push(USER)
        assert len(world.line.replies(USER)) == 1
        world.line.account.advance(1)
        assert (await world.push(USER)).status == 200
        assert len(world.line.replies(USER)) == 1

    in_frozen_world(scene)


def test_a_retry_key_is_accepted_once() -> None:
    async def scene(world: World) -> None:
        await world.line.send_text(USER, "a")
        key = str(uuid.uuid4())
        first = await world.push(USER, key=key)
        again = await world.push(USER, key=key)
        assert (first.status, again.status) == (200, 409)
        accepted = again.headers["x-line-accepted-request-id"]
        assert accepted == first.headers["x-line-request-id"]
        assert again.body == {
            "message": "The retry key is already accepted",
            "sentMessages": first.body["sentMessages"],
        }
        assert len(world.line.replies(USER)) == 1

    in_world(scene)


def test_a_retry_key_lasts_a_day() -> None:
    async def scene(world: World) -> None:
        await world.line.send_text(USER, "a")
        key = str(uuid.uuid4())
        await world.push(USER, key=key)
        world.line.account.advance(86_399)
        assert (await world.push(USER, key=key)).status == 409
        world.line.account.advance(1)
        assert (await world.push(USER, key=key)).status == 200

    in_frozen_world(scene)


def test_a_retry_key_must_be_a_uuid_and_a_refused_push_does_not_use_it() -> None:
    async def scene(world: World) -> None:
        await world.line.send_text(USER, "a")
        assert (await world.push(USER, key="once")).status == 400
        key = str(uuid.uuid4())
        assert (await world.push(USER, {"type": "text"}, key=key)).status == 400
        assert (await world.push(USER, key=key)).status == 200

    in_world(scene)


def test_multicast_is_not_here() -> None:
    async def scene(world: World) -> None:
        assert (await world.call("POST", "/v2/bot/message/multicast", {})).status == 501

    in_world(scene)


@pytest.mark.parametrize("kind", ["reply", "push"])
def test_messages_can_be_validated_without_sending(kind: str) -> None:
    async def scene(world: World) -> None:
        path = f"/v2/bot/message/validate/{kind}"
        assert (await world.call("POST", path, {"messages": [HELLO]})).status == 200
        wrong = await world.call("POST", path, {"messages": [{"type": "text"}]})
        assert wrong.body["details"][0]["property"] == "messages[0].text"

    in_world(scene)


# What the phone shows


def quick(*labels: str) -> Json:
    actions = [
        {"type": "postback", "label": label, "data": f"v1|q={label}", "displayText": label}
        for label in labels
    ]
    items = [{"type": "action", "action": action} for action in actions]
    return {**HELLO, "quickReply": {"items": items}}


def test_quick_replies_are_those_of_the_last_message_until_something_is_sent() -> None:
    async def scene(world: World) -> None:
        token = (await world.line.send_text(USER, "a")).reply_token
        await world.reply(token, quick("一"), quick("二", "三"))
        labels = [
            [action["label"] for action in sent.quick_replies] for sent in world.line.chat(USER)
        ]
        assert labels == [[], [], ["二", "三"]]
        pressed = await world.line.press(USER, "三")
        assert pressed.event["postback"] == {"data": "v1|q=三"}
        assert world.line.chat(USER)[-1].text == "三"
        assert not any(sent.quick_replies for sent in world.line.chat(USER))
        with pytest.raises(LookupError):
            await world.line.press(USER, "三")

    in_world(scene)


def test_flex_buttons_stay_and_messages_show_their_sender_and_their_alt_text() -> None:
    async def scene(world: World) -> None:
        write = {"type": "message", "label": "書く", "text": "戻る"}
        call = {"type": "uri", "label": "電話", "uri": "tel:0312345678"}
        buttons = [{"type": "button", "action": action} for action in (write, call)]
        body = {"type": "box", "layout": "vertical", "contents": buttons}
        flex = {"type": "flex", "altText": "窓口", "contents": {"type": "bubble", "body": body}}
        token = (await world.line.send_text(USER, "a")).reply_token
        await world.reply(token, {**flex, "sender": {"name": "相談員 山田"}})
        shown = world.line.chat(USER)[-1]
        assert (shown.text, shown.sender) == ("窓口", "相談員 山田")
        await world.line.send_text(USER, "b")
        pressed = await world.line.press(USER, "書く")
        assert pressed.event["message"]["text"] == "戻る"
        with pytest.raises(LookupError):
            await world.line.press(USER, "電話")

    in_world(scene)


def test_loading_dots_show_until_a_message_comes_or_time_is_up() -> None:
    async def scene(world: World) -> None:
        token = (await world.line.send_text(USER, "a")).reply_token
        path, body = "/v2/bot/chat/loading/start", {"chatId": events.user_id(USER)}
        assert (await world.call("POST", path, body)).status == 202
        assert world.line.chat(USER)[-1].by == "loading"
        await world.reply(token)
        assert world.line.chat(USER)[-1].by == "bot"
        await world.call("POST", path, {**body, "loadingSeconds": 5})
        world.line.account.advance(5)
        assert world.line.chat(USER)[-1].by == "bot"

    in_frozen_world(scene)


@pytest.mark.parametrize("seconds", [0, 4, 7, 65, 5.0, "5"])
def test_loading_lasts_5_to_60_seconds_in_steps_of_5(seconds: object) -> None:
    async def scene(world: World) -> None:
        body = {"chatId": events.user_id(USER), "loadingSeconds": seconds}
        assert (await world.call("POST", "/v2/bot/chat/loading/start", body)).status == 400

    in_world(scene)


def test_loading_is_not_for_groups() -> None:
    async def scene(world: World) -> None:
        body = {"chatId": events.from_group("g")["groupId"]}
        assert (await world.call("POST", "/v2/bot/chat/loading/start", body)).status == 400

    in_world(scene)


def test_only_a_friend_has_a_profile() -> None:
    async def scene(world: World) -> None:
        path = f"/v2/bot/profile/{events.user_id(USER)}"
        assert (await world.call("GET", path)).status == 404
        await world.line.follow(USER)
        answer = await world.call("GET", path)
        assert answer.body["userId"] == events.user_id(USER)
        await world.line.unfollow(USER)
        assert (await world.call("GET", path)).body == {"message": "Not found"}

    in_world(scene)


# Faults


def test_faults_hit_the_next_calls_of_their_endpoint_and_no_others() -> None:
    async def scene(world: World) -> None:
        await world.line.send_text(USER, "a")
        world.line.faults.add("push", Kind.ERROR, times=2)
        assert (await world.call("GET", "/v2/bot/info")).status == 200
        statuses = [(await world.push(USER)).status for _ in range(3)]
        assert statuses == [500, 500, 200]
        assert len(world.line.replies(USER)) == 1

    in_world(scene)


def test_a_fault_may_come_after_the_work_is_done() -> None:
    async def scene(world: World) -> None:
        await world.line.send_text(USER, "a")
        key = str(uuid.uuid4())
        world.line.faults.add("push", Kind.ERROR, accept=True)
        assert (await world.push(USER, key=key)).status == 500
        assert (await world.push(USER, key=key)).status == 409
        assert len(world.line.replies(USER)) == 1

    in_world(scene)


@pytest.mark.parametrize("accept", [True, False])
def test_a_dropped_connection_gives_no_answer(*, accept: bool) -> None:
    async def scene(world: World) -> None:
        token = (await world.line.send_text(USER, "a")).reply_token
        world.line.faults.add("reply", Kind.DROP, accept=accept)
        with pytest.raises(aiohttp.ClientError):
            await world.reply(token)
        (call,) = world.line.called("reply")
        assert (call.status, call.accepted) == (0, accept)
        assert (await world.reply(token)).status == (400 if accept else 200)
        assert len(world.line.replies(USER)) == 1

    in_world(scene)


@pytest.mark.parametrize("accept", [True, False])
def test_a_timeout_keeps_the_caller_waiting(*, accept: bool) -> None:
    async def scene(world: World) -> None:
        token = (await world.line.send_text(USER, "a")).reply_token
        world.line.faults.add("*", Kind.TIMEOUT, accept=accept, seconds=0.01)
        started = time.perf_counter()
        with pytest.raises(aiohttp.ClientError):
            await world.reply(token)
        assert time.perf_counter() - started >= 0.009
        assert len(world.line.replies(USER)) == accept

    in_world(scene)


def test_429_is_of_two_kinds() -> None:
    async def scene(world: World) -> None:
        await world.line.send_text(USER, "a")
        world.line.faults.add("push", Kind.RATE)
        world.line.faults.add("push", Kind.QUOTA)
        rate, quota = await world.push(USER), await world.push(USER)
        assert (rate.status, quota.status) == (429, 429)
        assert rate.body["message"] == "The API rate limit has been exceeded. Try again later."
        assert quota.body["message"] == "You have reached your monthly limit."

    in_world(scene)


def test_a_slow_call_is_answered_all_the_same() -> None:
    async def scene(world: World) -> None:
        world.line.faults.add("info", Kind.SLOW, seconds=0.01)
        assert (await world.call("GET", "/v2/bot/info")).status == 200
        assert world.line.faults.waiting == []

    in_world(scene)


def test_calls_are_recorded() -> None:
    async def scene(world: World) -> None:
        token = (await world.line.send_text(USER, "a")).reply_token
        await world.reply(token)
        await world.push(USER, key="no uuid")
        reply, push = world.line.calls
        assert (reply.endpoint, reply.method, reply.status) == ("reply", "POST", 200)
        assert reply.body["messages"] == [HELLO]
        assert (push.status, push.retry_key, push.accepted) == (400, "no uuid", False)

    in_world(scene)


def test_calls_over_the_rate_are_refused_until_time_has_passed() -> None:
    async def scene(world: World) -> None:
        body = {"chatId": events.user_id(USER)}
        path = "/v2/bot/chat/loading/start"
        statuses = [(await world.call("POST", path, body)).status for _ in range(101)]
        assert statuses == [202] * 100 + [429]
        world.line.account.advance(1)
        assert (await world.call("POST", path, body)).status == 202

    in_frozen_world(scene)


# Rich menus

MENU: Json = {
    "size": {"width": 800, "height": 540},
    "selected": True,
    "name": "menu",
    "chatBarText": "メニュー",
    "areas": [
        {
            "bounds": {"x": 0, "y": 0, "width": 400, "height": 540},
            "action": {"type": "postback", "label": "診断する", "data": "v1|command=start"},
        },
        {
            "bounds": {"x": 400, "y": 0, "width": 400, "height": 540},
            "action": {"type": "richmenuswitch", "richMenuAliasId": "b", "data": "b"},
        },
    ],
}


def png(width: int = 800, height: int = 540, padding: int = 0) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        whole = kind + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * (width + 1) * height)
    chunks = chunk(b"IHDR", header), chunk(b"IDAT", rows), chunk(b"tEXt", b"x" * padding)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks) + chunk(b"IEND", b"")


def jpeg(width: int = 800, height: int = 540) -> bytes:
    application = b"\xff\xe0\x00\x04ab"
    frame = b"\xff\xc2\x00\x0b\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\x00"
    return b"\xff\xd8" + application + frame + b"\xff\xd9"


def test_the_size_of_a_picture_is_read() -> None:
    for content in (png(900, 600), jpeg(900, 600)):
        picture = look(content)
        assert picture is not None
        assert (picture.width, picture.height) == (900, 600)
    for content in (b"", b"GIF89a", png()[:10], jpeg()[:9], b"\xff\xd8xxxxxxxx"):
        assert look(content) is None


async def upload(world: World, menu: str, content: bytes, kind: str = "image/png") -> Reply:
    path = f"/v2/bot/richmenu/{menu}/content"
    return await world.call("POST", path, headers={"Content-Type": kind}, data=io.BytesIO(content))


async def make_menu(world: World) -> str:
    created = await world.call("POST", "/v2/bot/richmenu", MENU)
    key: str = created.body["richMenuId"]
    assert (await upload(world, key, png())).status == 200
    return key


def test_a_menu_is_made_shown_and_deleted() -> None:
    async def scene(world: World) -> None:
        await world.line.follow(USER)
        key = await make_menu(world)
        shown = {"richMenuId": key, **MENU}
        assert (await world.call("GET", "/v2/bot/richmenu/list")).body == {"richmenus": [shown]}
        assert (await world.call("GET", f"/v2/bot/richmenu/{key}")).body == shown
        image = await world.call("GET", f"/v2/bot/richmenu/{key}/content")
        assert image.body["content"] == png()
        everybody = "/v2/bot/user/all/richmenu"
        assert (await world.call("GET", everybody)).body["message"] == "no default richmenu"
        assert (await world.call("POST", f"{everybody}/{key}")).status == 200
        assert (await world.call("GET", everybody)).body == {"richMenuId": key}
        pressed = await world.line.press(USER, "診断する")
        assert pressed.event["postback"]["data"] == "v1|command=start"
        assert (await world.call("DELETE", everybody)).status == 200
        assert world.line.rich_menu(USER) == {}
        assert (await world.call("DELETE", f"/v2/bot/richmenu/{key}")).status == 200
        assert (await world.call("GET", f"/v2/bot/richmenu/{key}")).status == 404

    in_world(scene)


def test_a_menu_can_be_one_users_own() -> None:
    async def scene(world: World) -> None:
        key = await make_menu(world)
        path = f"/v2/bot/user/{events.user_id(USER)}/richmenu"
        assert (await world.call("POST", f"{path}/{key}")).status == 200
        assert (await world.call("GET", path)).status == 404
        await world.line.follow(USER)
        await world.call("POST", f"{path}/{key}")
        assert (await world.call("GET", path)).body == {"richMenuId": key}
        assert world.line.rich_menu(USER) == MENU
        assert (await world.call("DELETE", path)).status == 200
        assert world.line.rich_menu(USER) == {}
        assert (await world.call("GET", "/v2/bot/user/hanako/richmenu")).status == 400

    in_world(scene)


def changed(**changes: object) -> Json:
    return {**MENU, **changes}


AREA: Json = MENU["areas"][0]


@pytest.mark.parametrize(
    ("menu", "where"),
    [
        ({key: value for key, value in MENU.items() if key != "name"}, "name"),
        (changed(chatBarText="字" * 15), "chatBarText"),
        (changed(name="a" * 301), "name"),
        (changed(size={"width": 799, "height": 250}), "size.width"),
        (changed(size={"width": 2501, "height": 1600}), "size.width"),
        (changed(size={"width": 800, "height": 249}), "size.height"),
        (changed(size={"width": 800, "height": 600}), "size"),
        (changed(areas=[AREA] * 21), "areas"),
        (changed(selected="true"), "selected"),
        (changed(richMenuId="a"), "richMenuId"),
        (
            changed(areas=[{**AREA, "bounds": {"x": 500, "y": 0, "width": 400, "height": 1}}]),
            "areas[0].bounds",
        ),
        (
            changed(areas=[{**AREA, "action": {"type": "location", "label": "a"}}]),
            "areas[0].action.type",
        ),
        (
            changed(areas=[{**AREA, "action": {"type": "uri", "uri": "ftp://a"}}]),
            "areas[0].action.uri",
        ),
    ],
)
def test_a_wrong_menu_is_refused_where_it_is_wrong(menu: Json, where: str) -> None:
    async def scene(world: World) -> None:
        for path in ("/v2/bot/richmenu", "/v2/bot/richmenu/validate"):
            answer = await world.call("POST", path, menu)
            assert answer.status == 400
            assert [detail["property"] for detail in answer.body["details"]] == [where]

    in_world(scene)


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (png(), "image/gif", 415),
        (png(), "image/jpeg", 400),
        (b"GIF89a", "image/png", 400),
        (png(800, 541), "image/png", 400),
        (png(padding=1_000_000), "image/png", 400),
        (jpeg(), "image/jpeg", 200),
    ],
)
def test_a_menus_picture_has_rules(content: bytes, kind: str, status: int) -> None:
    async def scene(world: World) -> None:
        created = await world.call("POST", "/v2/bot/richmenu", MENU)
        assert (await upload(world, created.body["richMenuId"], content, kind)).status == status

    in_world(scene)


def test_a_picture_comes_once_and_before_a_menu_is_shown() -> None:
    async def scene(world: World) -> None:
        created = await world.call("POST", "/v2/bot/richmenu", MENU)
        key = created.body["richMenuId"]
        assert (await world.call("GET", f"/v2/bot/richmenu/{key}/content")).status == 404
        refused = await world.call("POST", f"/v2/bot/user/all/richmenu/{key}")
        assert "must upload richmenu image" in refused.body["message"]
        assert (await upload(world, key, png())).status == 200
        again = await upload(world, key, png())
        assert again.body["message"] == "An image has already been uploaded to the richmenu"
        assert (await upload(world, "richmenu-0", png())).status == 404

    in_world(scene)


def test_aliases() -> None:
    async def scene(world: World) -> None:
        key, other = await make_menu(world), await make_menu(world)
        path = "/v2/bot/richmenu/alias"
        alias = {"richMenuAliasId": "main", "richMenuId": key}
        assert (await world.call("POST", path, alias)).status == 200
        conflict = await world.call("POST", path, alias)
        assert conflict.body["message"] == "conflict richmenu alias id"
        assert (await world.call("GET", f"{path}/main")).body == alias
        update = await world.call("POST", f"{path}/main", {"richMenuId": other})
        assert update.status == 200
        moved = {**alias, "richMenuId": other}
        assert (await world.call("GET", f"{path}/list")).body == {"aliases": [moved]}
        assert (await world.call("DELETE", f"{path}/main")).status == 200
        assert (await world.call("DELETE", f"{path}/main")).status == 404
        for wrong in (
            {**alias, "richMenuAliasId": "Main"},
            {**alias, "richMenuAliasId": "a" * 33},
            {**alias, "richMenuId": "menu"},
            {**alias, "richMenuId": "richmenu-" + "0" * 32},
        ):
            assert (await world.call("POST", path, wrong)).status == 400

    in_world(scene)


# The SDK


def test_the_sdks_own_client_works_with_it() -> None:
    messaging = importlib.import_module("linebot.v3.messaging")

    async def scene(world: World) -> None:
        configuration = messaging.Configuration(host=world.line.base_url, access_token=TOKEN)
        token = (await world.line.send_text(USER, "a")).reply_token
        async with messaging.AsyncApiClient(configuration) as client:
            api = messaging.AsyncMessagingApi(client)
            text = messaging.TextMessage(text="こんにちは")
            await api.reply_message(
                messaging.ReplyMessageRequest(reply_token=token, messages=[text])
            )
            to, key = events.user_id(USER), str(uuid.uuid4())
            push = messaging.PushMessageRequest(to=to, messages=[text])
            sent = await api.push_message(push, x_line_retry_key=key)
            assert sent.sent_messages[0].id
            with pytest.raises(messaging.ApiException) as caught:
                await api.push_message(push, x_line_retry_key=key)
            assert caught.value.status == 409
            menu = messaging.RichMenuRequest.from_dict(MENU)
            created = await api.create_rich_menu(menu)
            blob = messaging.AsyncMessagingApiBlob(client)
            await blob.set_rich_menu_image(
                created.rich_menu_id,
                body=png(),
                _headers={"Content-Type": "image/png"},
            )
            await api.set_default_rich_menu(created.rich_menu_id)
            assert (await api.get_bot_info()).user_id == BOT["userId"]
            assert (await api.test_webhook_endpoint()).success
        assert [sent.text for sent in world.line.replies(USER)] == ["こんにちは"] * 2

    in_world(scene)
