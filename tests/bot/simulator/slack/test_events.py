"""The fake Slack's events are signed, shaped and retried as Slack's are."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import aiohttp
import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.signature import SignatureVerifier

from bot.simulator.slack.api.files import File
from bot.simulator.slack.server import FakeSlack
from bot.simulator.slack.users.writing import encode_typed, make_rich_text, unescape
from bot.simulator.slack.wire.postman import Outcome

Json = dict[str, Any]
SECRET, TOKEN = "secret", "xoxb-bot"


@dataclass
class App:
    """An app that does nothing but take requests."""

    status: int = 200
    seconds: float = 0.0
    headers: dict[str, str] = field(default_factory=dict)
    body: str = ""
    taken: list[Json] = field(default_factory=list)
    retries: list[tuple[str, str]] = field(default_factory=list)
    signatures_right: bool = True

    async def take(self, request: web.Request) -> web.Response:
        body = (await request.read()).decode()
        self.signatures_right &= SignatureVerifier(SECRET).is_valid_request(
            body, dict(request.headers)
        )
        told = request.headers
        self.retries.append(
            (told.get("X-Slack-Retry-Num", ""), told.get("X-Slack-Retry-Reason", ""))
        )
        self.taken.append(_read(request.content_type, body))
        await asyncio.sleep(self.seconds)
        return web.Response(status=self.status, headers=self.headers, text=self.body)

    @property
    def events(self) -> list[Json]:
        return [body["event"] for body in self.taken]

    @property
    def kinds(self) -> list[str]:
        return [str(event.get("subtype", event["type"])) for event in self.events]


def _read(kind: str, body: str) -> Json:
    if kind == "application/json":
        read: Json = json.loads(body)
        return read
    form = {key: value[0] for key, value in parse_qs(body).items()}
    return {"form": form}


class World:
    def __init__(self, app: App, slack: FakeSlack) -> None:
        self.app, self.slack = app, slack
        slack.add_user("U0YAMADA", name="山田")
        slack.add_user("U0SATO", name="佐藤")
        slack.add_channel("C0DESK", name="desk", members=["山田", "佐藤"])


def in_world(scene: Callable[[World], Awaitable[None]], **options: Any) -> None:
    """Play a scene with an app and a Slack, and take both away."""

    async def play() -> None:
        app = App()
        served = web.Application()
        served.router.add_post("/slack/events", app.take)
        runner = web.AppRunner(served, handler_cancellation=True)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
        slack = FakeSlack(signing_secret=SECRET, bot_token=TOKEN, request_url=url, **options)
        async with slack:
            await scene(World(app, slack))
        await runner.cleanup()

    asyncio.run(play())


def test_a_message_comes_signed_in_an_envelope() -> None:
    async def scene(world: World) -> None:
        said = await world.slack.say("山田", "A & <b>", "desk")
        (body,) = world.app.taken
        assert said.ok
        assert world.app.signatures_right
        assert body == said.payload
        assert (body["type"], body["team_id"]) == ("event_callback", "T0SIMULATOR")
        assert body["authorizations"][0]["user_id"] == "U0KAIZENBOT"
        assert body["event_id"].startswith("Ev")
        assert body["is_ext_shared_channel"] is False
        event = body["event"]
        assert (event["text"], event["user"]) == ("A &amp; &lt;b&gt;", "U0YAMADA")
        assert (event["ts"], event["channel_type"]) == (said.ts, "channel")
        assert "subtype" not in event
        assert "thread_ts" not in event

    in_world(scene)


def test_a_direct_message_comes_in_its_own_channel() -> None:
    async def scene(world: World) -> None:
        said = await world.slack.say("山田", "はい")
        assert said.event["channel"] == world.slack.dm("山田")
        assert said.event["channel_type"] == "im"
        assert [post.text for post in world.slack.messages("山田")] == ["はい"]

    in_world(scene)


def test_an_answer_also_sent_to_the_channel_is_a_broadcast_instead() -> None:
    async def scene(world: World) -> None:
        parent = await world.slack.say("山田", "親", "desk")
        plain = await world.slack.say("佐藤", "下", "desk", thread_ts=parent.ts)
        await world.slack.say("佐藤", "両方", "desk", thread_ts=parent.ts, broadcast=True)
        assert world.app.kinds == ["message", "message", "thread_broadcast"]
        assert plain.event["parent_user_id"] == "U0YAMADA"
        assert world.app.events[2]["root"]["text"] == "親"

    in_world(scene)


def test_a_file_comes_as_file_share() -> None:
    async def scene(world: World) -> None:
        await world.slack.say("山田", "見て", "desk", files=[File("a.png", b"PNG")])
        (event,) = world.app.events
        assert (event["subtype"], event["files"][0]["size"]) == ("file_share", 3)

    in_world(scene)


def test_edits_previews_and_deletions_are_changes() -> None:
    async def scene(world: World) -> None:
        slack = world.slack
        said = await slack.say("山田", "一", "desk")
        edited = await slack.edit("山田", "desk", said.ts, "二")
        await slack.unfurl("desk", said.ts)
        await slack.delete("山田", "desk", said.ts)
        assert edited.ts == said.ts
        assert world.app.kinds[1:] == ["message_changed", "message_changed", "message_deleted"]
        _, edit, preview, deletion = world.app.events
        assert (edit["message"]["text"], edit["previous_message"]["text"]) == ("二", "一")
        assert edit["message"]["edited"]["user"] == "U0YAMADA"
        assert edit["ts"] != said.ts
        assert edit["hidden"] is deletion["hidden"] is True
        assert preview["message"]["text"] == preview["previous_message"]["text"]
        assert "attachments" not in preview["previous_message"]
        assert (deletion["deleted_ts"], deletion["previous_message"]["text"]) == (said.ts, "二")
        with pytest.raises(LookupError):
            await slack.edit("山田", "desk", said.ts, "三")

    in_world(scene)


def test_nobody_changes_the_words_of_another() -> None:
    async def scene(world: World) -> None:
        said = await world.slack.say("山田", "一", "desk")
        with pytest.raises(LookupError):
            await world.slack.edit("佐藤", "desk", said.ts, "二")
        with pytest.raises(LookupError):
            await world.slack.say("田中", "誰")

    in_world(scene)


def test_a_deleted_parent_leaves_a_stone() -> None:
    async def scene(world: World) -> None:
        parent = await world.slack.say("山田", "親", "desk")
        await world.slack.say("佐藤", "下", "desk", thread_ts=parent.ts)
        gone = await world.slack.delete("山田", "desk", parent.ts)
        assert gone.event["subtype"] == "message_changed"
        stone = gone.event["message"]
        assert (stone["user"], stone["subtype"]) == ("USLACKBOT", "tombstone")
        assert len(world.slack.messages("desk", parent.ts)) == 1

    in_world(scene)


def test_a_mention_brings_two_events() -> None:
    async def scene(world: World) -> None:
        named = await world.slack.mention("山田", "desk", "助けて")
        assert world.app.kinds == ["app_mention", "message"]
        assert named.event["text"] == "<@U0KAIZENBOT> 助けて"
        assert (named.also[0].ts, named.also[0].ok) == (named.ts, True)
        alone = await world.slack.say("山田", "<@U0KAIZENBOT>")
        assert (alone.also, world.app.kinds[2:]) == ((), ["message"])

    in_world(scene)


def test_reactions_are_told_and_their_end_only_on_request() -> None:
    async def scene(world: World) -> None:
        said = await world.slack.say("山田", "一", "desk")
        await world.slack.react("佐藤", "desk", said.ts, "eyes")
        unheard = await world.slack.unreact("佐藤", "desk", said.ts, "eyes")
        assert (unheard.attempts, unheard.ok) == ([], False)
        world.slack.subscriptions.add("reaction_removed")
        await world.slack.react("佐藤", "desk", said.ts, "eyes")
        await world.slack.unreact("佐藤", "desk", said.ts, "eyes")
        assert world.app.kinds[-1] == "reaction_removed"
        assert world.app.events[1]["item"] == {
            "type": "message",
            "channel": "C0DESK",
            "ts": said.ts,
        }
        with pytest.raises(LookupError):
            await world.slack.unreact("佐藤", "desk", said.ts, "eyes")

    in_world(scene)


def test_the_app_does_not_hear_of_channels_it_is_not_in() -> None:
    async def scene(world: World) -> None:
        world.slack.add_channel("C0OTHER", bot_is_member=False)
        assert not (await world.slack.say("山田", "内緒", "C0OTHER")).attempts
        world.slack.add_channel("C0OLD", archived=True)
        with pytest.raises(LookupError):
            await world.slack.say("山田", "まだ?", "C0OLD")
        assert world.app.taken == []

    in_world(scene)


def test_strangers_and_bots_can_be_told_apart() -> None:
    async def scene(world: World) -> None:
        world.slack.add_user("U0CONNECT", name="他社", stranger=True)
        world.slack.add_user("U0OTHERBOT", name="別のbot", bot=True)
        world.slack.add_channel("C0SHARED", members=["他社"])
        stranger = await world.slack.say("他社", "やあ", "C0SHARED")
        assert stranger.payload["is_ext_shared_channel"] is True
        assert stranger.event["team"] != stranger.payload["team_id"]
        other = await world.slack.say("別のbot", "自動", "desk")
        assert other.event["bot_id"] == "B0OTHERBOT"

    in_world(scene)


def test_the_app_hears_of_its_own_posts() -> None:
    async def scene(world: World) -> None:
        post = {"channel": "C0DESK", "text": "x", "username": "社長"}
        ts = await call(world, "chat.postMessage", post)
        await call(world, "chat.update", {"channel": "C0DESK", "ts": ts, "text": "y"})
        await call(world, "reactions.add", {"channel": "C0DESK", "timestamp": ts, "name": "eyes"})
        await call(world, "chat.delete", {"channel": "C0DESK", "ts": ts})
        await world.slack.settled()
        found = {event.get("subtype", event["type"]): event for event in world.app.events}
        assert set(found) == {"bot_message", "message_changed", "reaction_added", "message_deleted"}
        assert found["bot_message"]["bot_id"] == "B0KAIZENBOT"
        assert (found["bot_message"]["username"], "user" in found["bot_message"]) == ("社長", False)
        assert found["message_changed"]["message"]["bot_id"] == "B0KAIZENBOT"
        assert found["reaction_added"]["user"] == "U0KAIZENBOT"

    in_world(scene)


async def call(world: World, method: str, body: Json) -> str:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    async with (
        aiohttp.ClientSession() as session,
        session.post(world.slack.base_url + method, json=body, headers=headers) as response,
    ):
        return str((await response.json()).get("ts", ""))


# Retries.


def test_a_failed_event_is_told_again_with_a_reason() -> None:
    async def scene(world: World) -> None:
        world.slack.retry_times, world.slack.retry_after = 3, 0.0
        world.app.status = 500
        said = await world.slack.say("山田", "一", "desk")
        await world.slack.settled()
        assert world.app.retries == [("", "")] + [(str(n), "http_error") for n in (1, 2, 3)]
        assert [attempt.outcome for attempt in said.attempts] == [Outcome.ERROR] * 4
        assert len({body["event_id"] for body in world.app.taken}) == 1

    in_world(scene)


def test_retries_end_when_the_event_is_taken_or_refused_for_good() -> None:
    async def scene(world: World) -> None:
        world.slack.retry_times, world.slack.retry_after = 3, 0.0
        world.app.status, world.app.headers = 500, {"x-slack-no-retry": "1"}
        await world.slack.say("山田", "一", "desk")
        await world.slack.settled()
        assert len(world.app.taken) == 1
        world.app.headers = {}
        world.slack.retry_after = 0.01
        later = await world.slack.say("山田", "後で", "desk")
        world.app.headers = {"x-slack-no-retry": "1"}
        await world.slack.settled()
        assert len(later.attempts) == 2
        world.app.headers = {}
        said = await world.slack.say("山田", "二", "desk")
        world.app.status = 200
        await world.slack.settled()
        assert said.ok
        assert len(said.attempts) == 2

    in_world(scene)


def test_without_being_asked_nothing_is_told_again() -> None:
    async def scene(world: World) -> None:
        world.app.status = 500
        await world.slack.say("山田", "一", "desk")
        await world.slack.settled()
        assert len(world.app.taken) == 1

    in_world(scene)


def test_an_app_that_is_late_or_away_has_failed() -> None:
    async def scene(world: World) -> None:
        world.app.seconds = 5
        late = await world.slack.say("山田", "一", "desk")
        assert (late.attempts[0].outcome, late.status) == (Outcome.TIMEOUT, 0)
        world.slack.request_url = "http://127.0.0.1:9/slack/events"
        away = await world.slack.say("山田", "二", "desk")
        assert away.attempts[0].outcome is Outcome.CONNECTION
        world.slack.request_url = ""
        nowhere = await world.slack.say("山田", "三", "desk")
        assert nowhere.attempts[0].outcome is Outcome.CONNECTION

    in_world(scene, ack_seconds=0.05)


def test_interactions_are_never_told_again() -> None:
    async def scene(world: World) -> None:
        world.slack.retry_times, world.slack.retry_after = 3, 0.0
        world.app.status = 500
        sent = await world.slack.command("山田", "/keiei", "助けて", "desk")
        await world.slack.settled()
        assert (len(world.app.taken), sent.ok) == (1, False)
        form = world.app.taken[0]["form"]
        assert (form["command"], form["text"]) == ("/keiei", "助けて")
        assert form["trigger_id"] == sent.trigger_id
        assert world.app.signatures_right

    in_world(scene)


def test_a_request_can_be_sent_twice_by_hand() -> None:
    async def scene(world: World) -> None:
        said = await world.slack.say("山田", "一", "desk")
        await world.slack.post(said, retry=1)
        await world.slack.post(said.payload)
        await world.slack.post({"type": "app_uninstalled"})
        assert world.app.retries == [("", ""), ("1", "http_timeout"), ("", ""), ("", "")]
        assert world.app.taken[1] == world.app.taken[2] == said.payload
        assert world.app.events[3] == {"type": "app_uninstalled"}
        await world.slack.verify_url()
        assert set(world.app.taken[4]) == {"type", "token", "challenge"}

    in_world(scene)


def test_signatures_are_of_the_time_that_was_given() -> None:
    async def scene(world: World) -> None:
        world.slack.advance(3600)
        await world.slack.say("山田", "一", "desk")
        assert world.app.signatures_right

    in_world(scene)


# What Slack makes of what is typed.


def test_tokens_are_kept_and_everything_else_is_escaped() -> None:
    assert encode_typed("<@U0SATO> <!channel> @here a@here <#C0DESK|desk>") == (
        "<@U0SATO> &lt;!channel&gt; <!here> a@here <#C0DESK|desk>"
    )
    assert (
        encode_typed("https://example.com/?a=1&b=2 👍") == "<https://example.com/?a=1&amp;b=2> :+1:"
    )


def test_rich_text_holds_the_same_tokens() -> None:
    (block,) = make_rich_text(encode_typed("<@U0SATO> a & b https://example.com/ @channel 🎉"))
    kinds = [each["type"] for each in block["elements"][0]["elements"]]
    assert kinds == ["user", "text", "link", "text", "broadcast", "text", "emoji"]


@given(st.text())
def test_what_was_typed_can_be_read_again(text: str) -> None:
    plain = "".join(each for each in text if each not in "@:/#")
    words = encode_typed(plain)
    assert "<" not in words
    if words.count(":") == 0:
        assert unescape(words) == plain
