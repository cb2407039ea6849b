"""Buttons, menus, modals and the App Home of the fake Slack, against a Bolt app."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.simulator.slack.server import FakeSlack

Json = dict[str, Any]
SECRET, TOKEN = "secret", "xoxb-bot"


def words(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def option(value: str) -> Json:
    return {"text": words(f"選択肢{value}"), "value": value}


def button(action_id: str, text: str, **more: Any) -> Json:
    return {"type": "button", "action_id": action_id, "text": words(text), **more}


def modal(*blocks: Json, **more: Any) -> Json:
    return {
        "type": "modal",
        "callback_id": "form",
        "title": words("題"),
        "submit": words("送る"),
        "blocks": list(blocks),
        **more,
    }


def asked(block_id: str, element: Json, **more: Any) -> Json:
    element = {"action_id": "it", **element}
    return {
        "type": "input",
        "block_id": block_id,
        "label": words("質問"),
        "element": element,
        **more,
    }


TYPED: Json = {"type": "plain_text_input"}
DIVIDER: Json = {"type": "divider"}
NAME = modal(asked("name", TYPED))


class World:
    """A Slack, a Bolt app and what its listeners have heard."""

    def __init__(self, slack: FakeSlack, app: AsyncApp) -> None:
        self.slack, self.app = slack, app
        self.heard: list[Json] = []
        self.client = app.client
        slack.add_user("U0YAMADA", name="山田")
        slack.add_user("U0SATO", name="佐藤")
        slack.add_channel("C0DESK", name="desk", members=["山田", "佐藤"])

    async def post(self, *blocks: Json) -> str:
        posted = await self.client.chat_postMessage(channel="C0DESK", text="x", blocks=list(blocks))
        return str(posted["ts"])

    async def open(self, view: Json) -> None:
        trigger = (await self.slack.shortcut("山田", "hello")).trigger_id
        await self.client.views_open(trigger_id=trigger, view=view)

    def listen(self, kind: str, name: str, **answer: Any) -> None:
        """Acknowledge what has this name, with this answer, and remember it."""

        async def listener(ack: Any, body: Json) -> None:
            self.heard.append(body)
            await ack(**answer)

        getattr(self.app, kind)(name)(listener)


def in_world(scene: Callable[[World], Awaitable[None]], **options: Any) -> None:
    async def play() -> None:
        slack = FakeSlack(signing_secret=SECRET, bot_token=TOKEN, limit_rates=False, **options)
        async with slack, aiohttp.ClientSession() as session:
            client = AsyncWebClient(TOKEN, base_url=slack.base_url, session=session)
            app = AsyncApp(
                signing_secret=SECRET, client=client, raise_error_for_unhandled_request=False
            )
            world = World(slack, app)
            for kind in ("message", "app_home_opened", "reaction_added"):
                world.listen("event", kind)
            world.listen("shortcut", "hello")
            runner = await served(app)
            slack.request_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
            await scene(world)
            await slack.settled()
            await runner.cleanup()

    asyncio.run(play())


async def served(app: AsyncApp) -> web.AppRunner:
    async def handle(request: web.Request) -> web.Response:
        body = (await request.read()).decode()
        asked = AsyncBoltRequest(body=body, headers=dict(request.headers))
        answer = await app.async_dispatch(asked)
        headers = {name: values[0] for name, values in answer.headers.items()}
        return web.Response(status=answer.status, text=answer.body, headers=headers)

    served = web.Application()
    served.router.add_post("/slack/events", handle)
    runner = web.AppRunner(served, handler_cancellation=True)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner


# Commands and shortcuts.


def test_a_command_shows_what_the_app_says_in_its_answer() -> None:
    async def scene(world: World) -> None:
        world.listen("command", "/keiei", text="はい", response_type="ephemeral")
        sent = await world.slack.command("山田", "/keiei", "案件", "desk")
        assert sent.ok
        assert (world.heard[0]["text"], world.heard[0]["channel_id"]) == ("案件", "C0DESK")
        assert [post.text for post in world.slack.ephemerals("山田")] == ["はい"]
        world.listen("command", "/all", text="皆さん", response_type="in_channel")
        await world.slack.command("山田", "/all", channel="desk")
        assert [post.text for post in world.slack.messages("desk")] == ["皆さん"]
        assert not (await world.slack.command("山田", "/unknown")).ok

    in_world(scene)


def test_an_answer_that_slack_could_not_show_is_a_trouble() -> None:
    async def scene(world: World) -> None:
        world.listen("command", "/keiei", text="x", blocks=[{"type": "nonsense"}])
        sent = await world.slack.command("山田", "/keiei")
        assert (sent.ok, sent.status) == (False, 200)
        assert sent.trouble.startswith("invalid_blocks")

    in_world(scene)


def test_a_message_shortcut_carries_the_message() -> None:
    async def scene(world: World) -> None:
        world.listen("shortcut", "add_to_faq")
        said = await world.slack.say("佐藤", "資金繰り", "desk")
        await world.slack.message_shortcut("山田", "add_to_faq", "desk", said.ts)
        payload = world.heard[-1]
        assert (payload["type"], payload["message"]["text"]) == ("message_action", "資金繰り")
        assert payload["user"]["id"] == "U0YAMADA"

    in_world(scene)


# Buttons and menus.


def test_a_button_is_pressed_by_its_text_or_its_id() -> None:
    async def scene(world: World) -> None:
        world.listen("action", "claim")
        row = {"type": "actions", "elements": [button("claim", "対応する", value="ab12")]}
        ts = await world.post(row)
        for name in ("対応する", "claim"):
            sent = await world.slack.press("佐藤", "desk", ts, name)
            assert sent.ok
        payload = world.heard[0]
        assert payload["actions"][0]["value"] == "ab12"
        assert payload["container"] == {
            "type": "message",
            "message_ts": ts,
            "channel_id": "C0DESK",
            "is_ephemeral": False,
        }
        assert payload["message"]["ts"] == ts
        assert payload["user"]["id"] == "U0SATO"
        with pytest.raises(LookupError):
            await world.slack.press("佐藤", "desk", ts, "終える")

    in_world(scene)


def test_buttons_with_one_name_are_told_apart_by_their_value() -> None:
    async def scene(world: World) -> None:
        world.listen("action", "take")
        rows = [
            {"type": "section", "text": words(key), "accessory": button("take", "取る", value=key)}
            for key in ("a", "b")
        ]
        ts = await world.post(*rows)
        await world.slack.press("佐藤", "desk", ts, "取る", value="b")
        assert world.heard[0]["actions"][0]["value"] == "b"

    in_world(scene)


def test_a_button_that_is_gone_is_pressed_only_on_a_stale_screen() -> None:
    async def scene(world: World) -> None:
        world.listen("action", "claim")
        ts = await world.post({"type": "actions", "elements": [button("claim", "対応する")]})
        await world.client.chat_update(channel="C0DESK", ts=ts, text="対応中")
        with pytest.raises(LookupError):
            await world.slack.press("佐藤", "desk", ts, "claim")
        assert (await world.slack.press("佐藤", "desk", ts, "claim", stale=True)).ok
        await world.client.chat_delete(channel="C0DESK", ts=ts)
        with pytest.raises(LookupError):
            await world.slack.press("佐藤", "desk", ts, "claim", stale=True)

    in_world(scene)


def test_an_ephemeral_button_is_the_users_own() -> None:
    async def scene(world: World) -> None:
        world.listen("action", "undo")
        row = {"type": "actions", "elements": [button("undo", "取り消す")]}
        told = await world.client.chat_postEphemeral(
            channel="C0DESK", user="U0YAMADA", text="x", blocks=[row]
        )
        with pytest.raises(LookupError):
            await world.slack.press("佐藤", "desk", told["message_ts"], "undo")
        await world.slack.press("山田", "desk", told["message_ts"], "undo")
        payload = world.heard[0]
        assert (payload["container"]["is_ephemeral"], "message" in payload) == (True, False)

    in_world(scene)


CHOICES: list[tuple[Json, Any, str, Any]] = [
    (
        {"type": "static_select", "options": [option("1"), option("2")]},
        "2",
        "selected_option",
        option("2"),
    ),
    ({"type": "overflow", "options": [option("1")]}, "選択肢1", "selected_option", option("1")),
    (
        {"type": "radio_buttons", "options": [option("1")]},
        "1",
        "selected_option",
        option("1"),
    ),
    (
        {"type": "checkboxes", "options": [option("1"), option("2")]},
        ["1"],
        "selected_options",
        [option("1")],
    ),
    ({"type": "users_select"}, "U0SATO", "selected_user", "U0SATO"),
    ({"type": "datepicker"}, "2026-12-01", "selected_date", "2026-12-01"),
]


@pytest.mark.parametrize(("element", "selected", "key", "value"), CHOICES)
def test_every_menu_tells_what_was_chosen(
    element: Json, selected: Any, key: str, value: Any
) -> None:
    async def scene(world: World) -> None:
        world.listen("action", "menu")
        ts = await world.post({"type": "actions", "elements": [{"action_id": "menu", **element}]})
        await world.slack.press("山田", "desk", ts, "menu", selected=selected)
        assert world.heard[0]["actions"][0][key] == value

    in_world(scene)


def test_an_option_that_is_not_offered_cannot_be_chosen() -> None:
    async def scene(world: World) -> None:
        menu = {"type": "static_select", "action_id": "menu", "options": [option("1")]}
        ts = await world.post({"type": "actions", "elements": [menu]})
        with pytest.raises(LookupError):
            await world.slack.press("山田", "desk", ts, "menu", selected="9")

    in_world(scene)


def test_what_each_has_chosen_in_a_message_is_its_state() -> None:
    async def scene(world: World) -> None:
        for name in ("menu", "send"):
            world.listen("action", name)
        menu = {"type": "static_select", "action_id": "menu", "options": [option("1")]}
        row = {"type": "actions", "block_id": "row", "elements": [menu, button("send", "送る")]}
        ts = await world.post(row)
        await world.slack.press("山田", "desk", ts, "menu", selected="1")
        await world.slack.press("山田", "desk", ts, "send")
        await world.slack.press("佐藤", "desk", ts, "send")
        states = [body["state"]["values"]["row"]["menu"] for body in world.heard[1:]]
        assert [state["selected_option"] for state in states] == [option("1"), None]

    in_world(scene)


def test_a_menu_asks_the_app_for_its_options() -> None:
    async def scene(world: World) -> None:
        world.listen("options", "bank", options=[option("1")])
        menu = {"type": "external_select", "action_id": "bank", "min_query_length": 1}
        await world.open(modal(asked("bank", menu)))
        assert await world.slack.suggest("山田", "bank", "ぎ") == [option("1")]
        assert world.heard[-1]["value"] == "ぎ"
        with pytest.raises(LookupError):
            await world.slack.suggest("山田", "bank", "")
        world.listen("view", "form")
        await world.slack.submit("山田", {"bank": "1"})
        state = world.heard[-1]["view"]["state"]["values"]["bank"]["bank"]
        assert state["selected_option"] == option("1")

    in_world(scene)


def test_options_slack_could_not_show_are_refused() -> None:
    async def scene(world: World) -> None:
        world.listen("options", "bank", options=[option("x" * 151)])
        menu = {"type": "external_select", "action_id": "bank", "min_query_length": 1}
        await world.open(modal(asked("bank", menu)))
        with pytest.raises(ValueError, match="150"):
            await world.slack.suggest("山田", "bank", "ぎ")

    in_world(scene)


# Modals.


def test_a_modal_is_filled_in_and_sent() -> None:
    async def scene(world: World) -> None:
        world.listen("view", "form")
        await world.open(NAME)
        sent = await world.slack.submit("山田", {"name": "山田商店"})
        assert (sent.ok, world.slack.modals("山田")) == (True, [])
        values = world.heard[-1]["view"]["state"]["values"]
        assert values == {"name": {"it": {"type": "plain_text_input", "value": "山田商店"}}}

    in_world(scene)


def test_an_empty_input_is_not_even_sent() -> None:
    async def scene(world: World) -> None:
        await world.open(NAME)
        for values in ({}, {"name": ""}):
            with pytest.raises(ValueError, match="name"):
                await world.slack.submit("山田", values)
        with pytest.raises(LookupError):
            await world.slack.submit("山田", {"other": "x"})
        with pytest.raises(LookupError):
            await world.slack.submit("佐藤", {"name": "x"})
        assert world.heard[1:] == []

    in_world(scene)


def test_errors_are_shown_in_the_modal() -> None:
    async def scene(world: World) -> None:
        world.listen("view", "form", response_action="errors", errors={"name": "短く"})
        await world.open(NAME)
        sent = await world.slack.submit("山田", {"name": "x"})
        assert (sent.ok, sent.errors) == (True, {"name": "短く"})
        assert world.slack.windows.top("U0YAMADA").errors == {"name": "短く"}

    in_world(scene)


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"nowhere": "x"}},
        {"response_action": "errors", "errors": {}},
        {"response_action": "update", "view": {"type": "modal"}},
        {"response_action": "dance"},
    ],
)
def test_an_answer_that_slack_does_not_know_leaves_the_modal_open(answer: Json) -> None:
    async def scene(world: World) -> None:
        async def listener(ack: Any) -> None:
            acknowledged = await ack()
            acknowledged.body = web.json_response(answer).text
            acknowledged.headers["content-type"] = ["application/json;charset=utf-8"]

        world.app.view("form")(listener)
        await world.open(NAME)
        sent = await world.slack.submit("山田", {"name": "x"})
        assert (sent.ok, bool(sent.trouble)) == (False, True)
        assert len(world.slack.modals("山田")) == 1

    in_world(scene)


def test_a_submission_updates_pushes_or_clears() -> None:
    async def scene(world: World) -> None:
        second = modal(DIVIDER, callback_id="second")
        world.listen("view", "form", response_action="push", view=second)
        third = modal(DIVIDER, callback_id="third")
        world.listen("view", "second", response_action="update", view=third)
        world.listen("view", "third", response_action="clear")
        await world.open(NAME)
        await world.slack.submit("山田", {"name": "x"})
        assert [view["callback_id"] for view in world.slack.modals("山田")] == ["form", "second"]
        await world.slack.submit("山田")
        assert [view["callback_id"] for view in world.slack.modals("山田")] == ["form", "third"]
        await world.slack.submit("山田")
        assert world.slack.modals("山田") == []

    in_world(scene)


def test_what_was_typed_stays_where_the_ids_stay() -> None:
    async def scene(world: World) -> None:
        await world.open(NAME)
        world.slack.fill("山田", {"name": "山田商店"})
        key = world.slack.modals("山田")[0]["id"]
        extended = modal(asked("name", TYPED), asked("more", TYPED, optional=True))
        await world.client.views_update(view_id=key, view=extended)
        values = world.slack.modals("山田")[0]["state"]["values"]
        assert [values[name]["it"]["value"] for name in ("name", "more")] == ["山田商店", None]
        day = modal(asked("name", {"type": "datepicker"}))
        await world.client.views_update(view_id=key, view=day)
        values = world.slack.modals("山田")[0]["state"]["values"]
        assert values["name"]["it"] == {"type": "datepicker", "selected_date": None}
        await world.client.views_update(view_id=key, view=modal(asked("other", TYPED)))
        assert world.slack.modals("山田")[0]["state"]["values"]["other"]["it"]["value"] is None

    in_world(scene)


def test_closing_is_told_only_when_asked_for() -> None:
    async def scene(world: World) -> None:
        await world.open(NAME)
        assert not (await world.slack.close("山田")).attempts

        async def closed(ack: Any, body: Json) -> None:
            world.heard.append(body)
            await ack()

        world.app.view_closed("form")(closed)
        for everything in (False, True):
            await world.open(NAME | {"notify_on_close": True})
            assert (await world.slack.close("山田", everything=everything)).ok
            assert world.heard[-1]["is_cleared"] is everything
        assert world.slack.modals("山田") == []
        with pytest.raises(LookupError):
            await world.slack.close("山田")

    in_world(scene)


def test_a_late_answer_leaves_the_modal_open() -> None:
    async def scene(world: World) -> None:
        async def late(ack: Any) -> None:
            await asyncio.sleep(0.3)
            await ack()

        world.app.view("form")(late)
        await world.open(NAME)
        sent = await world.slack.submit("山田", {"name": "x"})
        assert (sent.ok, sent.status, len(world.slack.modals("山田"))) == (False, 0, 1)

    in_world(scene, ack_seconds=0.1)


def test_inputs_of_a_modal_tell_the_app_only_when_they_are_to() -> None:
    async def scene(world: World) -> None:
        world.listen("action", "kind")
        menu = {"type": "static_select", "action_id": "kind", "options": [option("1")]}
        await world.open(modal(asked("kind", menu)))
        sent = await world.slack.press_in_view("山田", "kind", selected="1")
        assert not sent.attempts
        await world.open(modal(asked("kind", menu, dispatch_action=True)))
        sent = await world.slack.press_in_view("山田", "kind", selected="1")
        assert sent.ok
        chosen = world.heard[-1]["view"]["state"]["values"]["kind"]["kind"]["selected_option"]
        assert chosen == option("1")

    in_world(scene)


# App Home.


def test_the_home_is_published_when_it_is_opened_and_its_buttons_work() -> None:
    async def scene(world: World) -> None:
        view = {"type": "home", "blocks": [{"type": "actions", "elements": [button("go", "始め")]}]}
        world.listen("action", "go")
        opened = await world.slack.open_home("山田")
        assert (opened.event["tab"], "view" in opened.event) == ("home", False)
        await world.client.views_publish(user_id="U0YAMADA", view=view)
        again = await world.slack.open_home("山田")
        assert again.event["view"]["hash"] == world.slack.home("山田")["hash"]
        await world.slack.press_in_view("山田", "始め")
        payload = world.heard[-1]
        assert payload["container"] == {"type": "view", "view_id": payload["view"]["id"]}
        assert "channel" not in payload
        messages = await world.slack.open_home("山田", "messages")
        assert "view" not in messages.event
        with pytest.raises(LookupError):
            await world.slack.press_in_view("佐藤", "始め")

    in_world(scene)


def test_a_modal_lies_over_the_home() -> None:
    async def scene(world: World) -> None:
        row = {"type": "actions", "elements": [button("go", "始め")]}
        world.listen("action", "go")
        home = {"type": "home", "blocks": [row]}
        await world.client.views_publish(user_id="U0YAMADA", view=home)
        await world.open(NAME)
        with pytest.raises(LookupError):
            await world.slack.press_in_view("山田", "go")
        assert (await world.slack.press_in_view("山田", "go", home=True)).ok

    in_world(scene)
