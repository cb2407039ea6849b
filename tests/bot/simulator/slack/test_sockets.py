"""Socket Mode of the fake Slack, against Bolt's own handler and a plain websocket."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.simulator.slack.server import FakeSlack
from bot.simulator.slack.wire.postman import Outcome
from tests.bot.channels.serving import LONGEST

Json = dict[str, Any]
TOKEN, APP_TOKEN = "xoxb-bot", "xapp-app"


class World:
    def __init__(self, slack: FakeSlack, session: aiohttp.ClientSession) -> None:
        self.slack, self.session = slack, session
        slack.add_user("U0YAMADA", name="山田")
        self.client = AsyncWebClient(TOKEN, base_url=slack.base_url)

    @asynccontextmanager
    async def socket(self) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
        """Open a plain websocket, and read its greeting."""
        opened = await self.client.apps_connections_open(app_token=APP_TOKEN)
        async with self.session.ws_connect(opened["url"]) as socket:
            hello = await socket.receive_json()
            assert hello["type"] == "hello"
            yield socket


def in_world(scene: Callable[[World], Awaitable[None]], **options: Any) -> None:
    async def play() -> None:
        slack = FakeSlack(signing_secret=TOKEN, bot_token=TOKEN, app_token=APP_TOKEN, **options)
        async with slack, aiohttp.ClientSession() as session:
            await scene(World(slack, session))

    asyncio.run(play())


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(LONGEST):
        while not true():
            await asyncio.sleep(0.01)


@asynccontextmanager
async def bolt(world: World) -> AsyncIterator[AsyncApp]:
    """Connect a Bolt app in Socket Mode."""
    app = AsyncApp(client=world.client)
    handler = AsyncSocketModeHandler(app, APP_TOKEN, web_client=world.client, ping_interval=1)
    await handler.connect_async()
    yield app
    await handler.close_async()


def test_everything_goes_over_the_socket_of_a_bolt_app() -> None:
    async def scene(world: World) -> None:
        heard: list[str] = []
        async with bolt(world) as app:

            async def message(event: Json) -> None:
                heard.append(event["text"])

            async def command(ack: Any) -> None:
                await ack("はい")

            async def view(ack: Any) -> None:
                await ack(response_action="errors", errors={"name": "短く"})

            async def hello(ack: Any, client: AsyncWebClient, body: Json) -> None:
                await ack()
                await client.views_open(trigger_id=body["trigger_id"], view=MODAL)

            app.event("message")(message)
            app.command("/keiei")(command)
            app.shortcut("hello")(hello)
            app.view("form")(view)
            said = await world.slack.say("山田", "やあ")
            assert (said.ok, said.attempts[0].retry) == (True, 0)
            await world.slack.command("山田", "/keiei")
            assert [post.text for post in world.slack.ephemerals("山田")] == ["はい"]
            await world.slack.shortcut("山田", "hello")
            await until(lambda: bool(world.slack.modals("山田")))
            sent = await world.slack.submit("山田", {"name": "x"})
            assert sent.errors == {"name": "短く"}
            await until(lambda: heard == ["やあ"])

    in_world(scene)


MODAL = {
    "type": "modal",
    "callback_id": "form",
    "title": {"type": "plain_text", "text": "題"},
    "submit": {"type": "plain_text", "text": "送る"},
    "blocks": [
        {
            "type": "input",
            "block_id": "name",
            "label": {"type": "plain_text", "text": "名"},
            "element": {"type": "plain_text_input", "action_id": "it"},
        }
    ],
}


def test_a_bolt_app_comes_back_after_a_refresh_and_a_broken_line() -> None:
    async def scene(world: World) -> None:
        async with bolt(world) as app:

            async def message() -> None:
                pass

            app.event("message")(message)
            await world.slack.sockets.refresh()
            await until(lambda: bool(world.slack.sockets.open))
            assert (await world.slack.say("山田", "一")).ok
            world.slack.sockets.cut()
            await until(lambda: bool(world.slack.sockets.open))
            assert (await world.slack.say("山田", "二")).ok
        assert len(world.slack.called("apps.connections.open")) == 3

    in_world(scene)


def test_an_envelope_is_acknowledged_by_its_id() -> None:
    async def scene(world: World) -> None:
        async with world.socket() as socket:
            saying = asyncio.create_task(world.slack.say("山田", "一"))
            envelope = await socket.receive_json()
            assert envelope["type"] == "events_api"
            assert envelope["accepts_response_payload"] is False
            assert (envelope["retry_attempt"], envelope["retry_reason"]) == (0, "")
            await socket.send_str("nonsense")
            await socket.send_json({"envelope_id": "another"})
            await socket.send_json({"envelope_id": envelope["envelope_id"]})
            said = await saying
            assert (said.ok, said.payload) == (True, envelope["payload"])

    in_world(scene)


def test_what_is_not_acknowledged_goes_to_the_next_connection() -> None:
    async def scene(world: World) -> None:
        async with world.socket() as socket:
            said = await world.slack.say("山田", "一")
            command = await world.slack.command("山田", "/keiei")
            assert [each.attempts[0].outcome for each in (said, command)] == [Outcome.TIMEOUT] * 2
            first = await socket.receive_json()
        async with world.socket() as socket:
            again = await socket.receive_json()
            assert again["payload"] == first["payload"]
            assert again["envelope_id"] != first["envelope_id"]
            assert (again["retry_attempt"], again["retry_reason"]) == (1, "http_timeout")
            await socket.send_json({"envelope_id": again["envelope_id"]})
            await until(lambda: said.ok)
        async with world.socket():
            assert len(said.attempts) == 2
        assert len(command.attempts) == 1

    in_world(scene, ack_seconds=0.1)


def test_what_happened_while_nobody_was_connected_is_told_later() -> None:
    async def scene(world: World) -> None:
        said = await world.slack.say("山田", "一")
        assert said.attempts[0].outcome is Outcome.CONNECTION
        async with world.socket() as socket:
            late = await socket.receive_json()
            assert late["payload"] == said.payload

    in_world(scene)


def test_a_connection_that_breaks_fails_what_it_carried() -> None:
    async def scene(world: World) -> None:
        async with world.socket() as socket:
            saying = asyncio.create_task(world.slack.say("山田", "一"))
            await socket.receive_json()
            world.slack.sockets.cut()
            assert (await saying).attempts[0].outcome is Outcome.CONNECTION

    in_world(scene)


def test_ten_connections_and_no_more_share_the_work() -> None:
    async def scene(world: World) -> None:
        opened = await world.client.apps_connections_open(app_token=APP_TOKEN)
        url = opened["url"]
        sockets = [await world.session.ws_connect(url)]
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await world.session.ws_connect(url)
        for _ in range(10):
            opened = await world.client.apps_connections_open(app_token=APP_TOKEN)
            sockets.append(await world.session.ws_connect(opened["url"]))
        greetings = [await socket.receive_json() for socket in sockets]
        assert [each.get("num_connections") for each in greetings] == [*range(1, 11), None]
        assert greetings[10]["reason"] == "too_many_websockets"
        telling = [asyncio.create_task(world.slack.say("山田", str(n))) for n in range(2)]
        for socket in sockets[:2]:
            envelope = await socket.receive_json()
            await socket.send_json({"envelope_id": envelope["envelope_id"]})
        assert all([(await each).ok for each in telling])
        await asyncio.gather(*(socket.close() for socket in sockets))

    in_world(scene)


def test_a_warned_connection_still_works_and_a_disabled_link_does_not() -> None:
    async def scene(world: World) -> None:
        async with world.socket() as socket:
            await world.slack.sockets.refresh("warning")
            assert (await socket.receive_json())["reason"] == "warning"
            assert len(world.slack.sockets.open) == 1
            await world.slack.sockets.refresh("link_disabled")
            assert (await socket.receive_json())["reason"] == "link_disabled"
            assert world.slack.sockets.open == []
        with pytest.raises(SlackApiError, match="link_disabled"):
            await world.client.apps_connections_open(app_token=APP_TOKEN)

    in_world(scene)
