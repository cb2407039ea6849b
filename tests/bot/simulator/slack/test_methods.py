"""The Web API of the fake Slack, called by Slack's own client over sockets."""

import asyncio
import functools
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.simulator.slack.api.files import File
from bot.simulator.slack.blocks.notifications import Notification
from bot.simulator.slack.faults import Kind
from bot.simulator.slack.server import FakeSlack

Json = dict[str, Any]
SECRET, TOKEN, APP_TOKEN = "secret", "xoxb-bot", "xapp-app"
HELLO: Json = {"channel": "C0DESK", "text": "こんにちは"}


def words(text: str) -> Json:
    return {"type": "plain_text", "text": text}


BUTTON = {"type": "button", "action_id": "go", "text": words("始める"), "value": "1"}
MODAL = {"type": "modal", "title": words("題"), "blocks": [{"type": "divider"}]}
HOME = {"type": "home", "blocks": [{"type": "divider"}]}


class World:
    """A Slack with two people and a few channels, and the bot's client."""

    def __init__(self, slack: FakeSlack, client: AsyncWebClient) -> None:
        self.slack = slack
        self.client = client
        slack.add_user("U0YAMADA", name="山田")
        slack.add_user("U0SATO", name="佐藤")
        slack.add_channel("C0DESK", name="desk", members=["山田"])
        slack.add_channel("C0OTHER", name="other", bot_is_member=False)
        slack.add_channel("C0OLD", name="old", archived=True)
        slack.add_channel("C0SECRET", name="secret", private=True, bot_is_member=False)

    async def refused(self, method: str, **arguments: Any) -> str:
        """Find the error of a call that is refused with status 200."""
        with pytest.raises(SlackApiError) as caught:
            await self.client.api_call(method, json=arguments)
        assert caught.value.response.status_code == 200
        return str(caught.value.response["error"])

    async def trigger(self) -> str:
        return (await self.slack.shortcut("山田", "x")).trigger_id


Scene = Callable[[World], Awaitable[None]]


def over_sockets(scene: Scene, **options: Any) -> Callable[[], None]:
    """Run the scene as a test in a world of its own."""

    def test() -> None:
        async def play() -> None:
            given: Json = {"app_token": APP_TOKEN, "limit_rates": False} | options
            slack = FakeSlack(signing_secret=SECRET, bot_token=TOKEN, **given)
            async with slack, aiohttp.ClientSession() as session:
                client = AsyncWebClient(
                    TOKEN, base_url=slack.base_url, session=session, retry_handlers=[]
                )
                await scene(World(slack, client))

        asyncio.run(play())

    # Not functools.wraps: pytest would look for the scene's argument.
    test.__name__ = scene.__name__
    return test


# Who may call what.


@over_sockets
async def test_auth_test_tells_who_the_bot_is_and_what_it_was_granted(world: World) -> None:
    told = await world.client.auth_test()
    assert (told["user_id"], told["bot_id"]) == ("U0KAIZENBOT", "B0KAIZENBOT")
    assert "chat:write" in told.headers["x-oauth-scopes"].split(",")


@over_sockets
async def test_tokens_are_asked_for_and_told_apart(world: World) -> None:
    for token, error in (("", "not_authed"), ("xoxb-x", "invalid_auth")):
        world.client.token = token
        assert await world.refused("auth.test") == error
    world.client.token = APP_TOKEN
    assert await world.refused("auth.test") == "not_allowed_token_type"
    world.client.token = TOKEN
    assert await world.refused("apps.connections.open") == "not_allowed_token_type"


@over_sockets
async def test_a_token_may_stand_in_the_form(world: World) -> None:
    url = f"{world.slack.base_url}chat.postMessage"
    form = {"token": TOKEN, "channel": "C0DESK", "text": "x", "unfurl_links": "false"}
    async with aiohttp.ClientSession() as session, session.post(url, data=form) as response:
        assert (await response.json())["ok"]


@over_sockets
async def test_a_scope_that_was_not_granted_is_missed(world: World) -> None:
    world.slack.scopes = {"im:history"}
    with pytest.raises(SlackApiError) as caught:
        await world.client.chat_postMessage(**HELLO)
    assert caught.value.response.data == {
        "ok": False,
        "error": "missing_scope",
        "needed": "chat:write",
        "provided": "im:history",
    }
    assert await world.refused("conversations.history", channel="C0DESK") == "missing_scope"
    world.slack.scopes = {"chat:write"}
    await world.client.chat_postMessage(**HELLO)
    assert await world.refused("chat.postMessage", **HELLO, username="社長") == "missing_scope"


@over_sockets
async def test_unknown_methods_and_arguments_are_refused(world: World) -> None:
    assert await world.refused("chat.shout") == "unknown_method"
    for wrong in ({"txt": "x"}, {"text": 1}, {"unfurl_links": "maybe"}, {"blocks": "{}"}):
        assert await world.refused("chat.postMessage", **HELLO | wrong) == "invalid_arguments"
    assert await world.refused("chat.postMessage", text="x") == "invalid_arguments"
    assert await world.refused("api.test", error="x") == "x"


# Messages.


@over_sockets
async def test_a_message_is_shown_and_can_be_changed_and_deleted(world: World) -> None:
    blocks = [{"type": "actions", "elements": [BUTTON]}]
    posted = await world.client.chat_postMessage(**HELLO, blocks=blocks, username="社長")
    (shown,) = world.slack.messages("desk")
    assert (shown.ts, shown.text, shown.username) == (posted["ts"], "こんにちは", "社長")
    assert shown.blocks[0]["block_id"]
    assert posted["message"]["subtype"] == "bot_message"
    where = {"channel": "C0DESK", "ts": posted["ts"]}
    # The client has a warning for a change without a text.
    await world.client.api_call("chat.update", json=where | {"blocks": [{"type": "divider"}]})
    assert (shown.text, shown.edited) == ("こんにちは", None)
    assert [block["type"] for block in shown.blocks] == ["divider"]
    await world.client.chat_update(**where, text="では")
    assert (shown.text, shown.blocks, bool(shown.edited)) == ("では", [], True)
    await world.client.chat_delete(**where)
    assert (shown.deleted, world.slack.messages("desk")) == (True, [])
    assert await world.refused("chat.update", **where, text="x") == "message_not_found"
    assert await world.refused("chat.delete", **where) == "message_not_found"


@over_sockets
async def test_where_the_bot_cannot_write(world: World) -> None:
    for channel, error in (
        ("C0OTHER", "not_in_channel"),
        ("C0OLD", "is_archived"),
        ("C0SECRET", "channel_not_found"),
        ("#desk", "channel_not_found"),
        ("C0NONE", "channel_not_found"),
    ):
        assert await world.refused("chat.postMessage", channel=channel, text="x") == error


@over_sockets
async def test_what_the_bot_cannot_write(world: World) -> None:
    async def error(**wrong: Any) -> str:
        return await world.refused("chat.postMessage", channel="C0DESK", **wrong)

    section = {"type": "section", "text": {"type": "mrkdwn", "text": "あ" * 3000}}
    assert await error() == "no_text"
    assert await error(text="あ" * 40_001) == "msg_too_long"
    assert await error(text="x", blocks=[{"type": "nonsense"}]) == "invalid_blocks"
    assert await error(text="x", blocks=[section] * 4) == "msg_blocks_too_long"
    assert await error(text="x", attachments=[{}] * 101) == "too_many_attachments"
    assert await error(text="x", attachments=[{"blocks": [{}]}]) == "invalid_attachments"
    assert await error(text="x", thread_ts="1.2") == "invalid_thread_ts"
    assert await error(text="x", thread_ts="1700000000.000000") == "thread_not_found"
    assert await error(text="x", metadata={"event_type": "x"}) == "invalid_metadata_schema"
    big = {"event_type": "x", "event_payload": {"x": "x" * 8000}}
    assert await error(text="x", metadata=big) == "metadata_too_large"


@over_sockets
async def test_the_problems_of_blocks_are_told(world: World) -> None:
    header = {"type": "header", "text": words("長" * 151)}
    with pytest.raises(SlackApiError) as caught:
        await world.client.chat_postMessage(**HELLO, blocks=[header])
    (problem,) = caught.value.response["response_metadata"]["messages"]
    assert problem.startswith("[ERROR] blocks[0].text.text: must not be longer than 150")


@over_sockets
async def test_an_update_is_shorter_and_only_of_ones_own(world: World) -> None:
    own = await world.client.chat_postMessage(**HELLO)
    said = await world.slack.say("山田", "はい", "desk")
    where = {"channel": "C0DESK", "ts": own["ts"]}
    assert await world.refused("chat.update", **where, text="あ" * 4001) == "msg_too_long"
    assert await world.refused("chat.update", **where) == "no_text"
    theirs = {"channel": "C0DESK", "ts": said.ts}
    assert await world.refused("chat.update", **theirs, text="x") == "cant_update_message"
    assert await world.refused("chat.delete", **theirs) == "cant_delete_message"


@over_sockets
async def test_direct_messages_are_posted_to_a_user_but_changed_by_their_channel(
    world: World,
) -> None:
    posted = await world.client.chat_postMessage(channel="U0YAMADA", text="x")
    opened = await world.client.conversations_open(users="U0YAMADA")
    assert posted["channel"] == opened["channel"]["id"] == world.slack.dm("山田")
    assert [post.text for post in world.slack.messages("山田")] == ["x"]
    wrong = {"channel": "U0YAMADA", "ts": posted["ts"], "text": "y"}
    assert await world.refused("chat.update", **wrong) == "channel_not_found"
    await world.client.chat_update(**wrong | {"channel": posted["channel"]})
    world.slack.add_user("U0GONE", deleted=True)
    assert await world.refused("chat.postMessage", channel="U0GONE", text="x") == "user_disabled"


@over_sockets
async def test_threads_hold_their_answers_and_broadcasts_show_in_the_channel(world: World) -> None:
    parent = await world.client.chat_postMessage(**HELLO)
    await world.client.chat_postMessage(**HELLO, thread_ts=parent["ts"])
    also = await world.client.chat_postMessage(
        **HELLO, thread_ts=parent["ts"], reply_broadcast=True, username="社長"
    )
    assert (also["message"]["subtype"], also["message"]["username"]) == ("thread_broadcast", "社長")
    assert len(world.slack.messages("desk", parent["ts"])) == 2
    assert [post.ts for post in world.slack.messages("desk")] == [parent["ts"], also["ts"]]
    below = await world.client.conversations_replies(channel="C0DESK", ts=parent["ts"])
    assert below["messages"][0]["ts"] == parent["ts"]
    assert below["messages"][0]["reply_count"] == 2
    history = await world.client.conversations_history(channel="C0DESK")
    assert [message["ts"] for message in history["messages"]] == [also["ts"], parent["ts"]]


@over_sockets
async def test_an_ephemeral_message_is_shown_to_one_member_only(world: World) -> None:
    told = await world.client.chat_postEphemeral(**HELLO, user="U0YAMADA")
    (shown,) = world.slack.ephemerals("山田")
    assert (shown.ts, world.slack.messages("desk")) == (told["message_ts"], [])
    assert world.slack.ephemerals("佐藤") == []
    wrong = await world.refused("chat.postEphemeral", **HELLO, user="U0SATO")
    assert wrong == "user_not_in_channel"
    where = {"channel": "C0DESK", "ts": shown.ts}
    assert await world.refused("chat.update", **where, text="x") == "message_not_found"


@over_sockets
async def test_metadata_is_kept_and_read_only_when_asked_for(world: World) -> None:
    data = {"event_type": "delivery", "event_payload": {"key": "ab12"}}
    posted = await world.client.chat_postMessage(**HELLO, metadata=data)
    where = {"channel": "C0DESK", "ts": posted["ts"]}
    await world.client.chat_update(**where, text="changed")

    async def read(**options: Any) -> Any:
        found = await world.client.conversations_replies(**where, **options)
        return found["messages"][0].get("metadata")

    assert (await read(), await read(include_all_metadata=True)) == (None, data)
    world.slack.scopes -= {"metadata.message:read"}
    assert await read(include_all_metadata=True) is None
    await world.client.chat_update(**where, text="again", metadata={})
    assert world.slack.messages("desk")[0].metadata is None


@over_sockets
async def test_a_permalink_leads_to_the_thread(world: World) -> None:
    parent = await world.client.chat_postMessage(**HELLO)
    below = await world.client.chat_postMessage(**HELLO, thread_ts=parent["ts"])
    link = await world.client.chat_getPermalink(channel="C0DESK", message_ts=below["ts"])
    assert link["permalink"].endswith(f"?thread_ts={parent['ts']}&cid=C0DESK")
    missing = {"channel": "C0DESK", "message_ts": "1.2"}
    assert await world.refused("chat.getPermalink", **missing) == "message_not_found"


@over_sockets
async def test_reactions_are_made_once(world: World) -> None:
    said = await world.slack.say("山田", "はい", "desk")
    mark = {"channel": "C0DESK", "timestamp": said.ts, "name": "white_check_mark"}
    assert await world.refused("reactions.remove", **mark) == "no_reaction"
    await world.client.reactions_add(**mark)
    assert world.slack.messages("desk")[0].reactions == {"white_check_mark": ["U0KAIZENBOT"]}
    assert await world.refused("reactions.add", **mark) == "already_reacted"
    for wrong, error in (
        ({"timestamp": "1700000000.000000"}, "message_not_found"),
        ({"timestamp": "now"}, "bad_timestamp"),
        ({"name": ":tada:"}, "invalid_name"),
        ({"channel": "C0OTHER"}, "not_in_channel"),
    ):
        assert await world.refused("reactions.add", **mark | wrong) == error
    await world.client.reactions_remove(**mark)
    assert world.slack.messages("desk")[0].reactions == {}


@over_sockets
async def test_whom_a_message_calls_is_counted(world: World) -> None:
    live = {"type": "section", "text": {"type": "mrkdwn", "text": "<@U0SATO> <!subteam^S1|@x>"}}
    quiet = {"type": "section", "text": words("<!channel>")}
    rich = {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [
                    {"type": "text", "text": "<!here>"},
                    {"type": "broadcast", "range": "channel"},
                    {"type": "user", "user_id": "U0YAMADA"},
                ],
            }
        ],
    }
    posted = await world.client.chat_postMessage(
        channel="C0DESK", text="&lt;!channel&gt; @here", blocks=[quiet]
    )
    assert world.slack.notifications == []
    await world.client.chat_postMessage(channel="C0DESK", text="<!here|x>", blocks=[live, rich])
    await world.client.chat_update(
        channel="C0DESK", ts=posted["ts"], text="@channel", link_names=True
    )
    called = [each.whom for each in world.slack.notifications]
    assert called == ["!here", "@U0SATO", "!subteam^S1", "!channel", "@U0YAMADA", "!channel"]
    assert world.slack.notifications[-1] == Notification("C0DESK", posted["ts"], "!channel")


# Reading.


@over_sockets
async def test_history_comes_in_pages_and_spans(world: World) -> None:
    sent = [await world.client.chat_postMessage(channel="C0DESK", text=str(n)) for n in range(4)]
    first = await world.client.conversations_history(channel="C0DESK", limit=3)
    assert [each["text"] for each in first["messages"]] == ["3", "2", "1"]
    cursor = first["response_metadata"]["next_cursor"]
    rest = await world.client.conversations_history(channel="C0DESK", limit=3, cursor=cursor)
    assert ([each["text"] for each in rest["messages"]], rest["has_more"]) == (["0"], False)
    span: Json = {"oldest": sent[1]["ts"], "latest": sent[3]["ts"]}
    for inclusive, texts in ((False, ["2"]), (True, ["3", "2", "1"])):
        found = await world.client.conversations_history(
            channel="C0DESK", inclusive=inclusive, **span
        )
        assert [each["text"] for each in found["messages"]] == texts
    assert await world.refused("conversations.history", channel="C0OTHER") == "not_in_channel"
    wrong = {"channel": "C0DESK", "ts": "1700000000.000000"}
    assert await world.refused("conversations.replies", **wrong) == "thread_not_found"


@over_sockets
async def test_channels_and_people_are_described(world: World) -> None:
    world.slack.add_user("U0GUEST", guest=True)
    world.slack.add_user("U0CONNECT", stranger=True)
    world.slack.add_user("U0OTHERBOT", bot=True)
    world.slack.add_channel("C0SHARED", members=["U0CONNECT"])
    info = (await world.client.conversations_info(channel="C0SHARED"))["channel"]
    assert (info["is_member"], info["is_archived"], info["is_ext_shared"]) == (True, False, True)
    members = await world.client.conversations_members(channel="C0DESK")
    assert members["members"] == ["U0KAIZENBOT", "U0YAMADA"]
    guest = (await world.client.users_info(user="U0GUEST"))["user"]
    stranger = (await world.client.users_info(user="U0CONNECT"))["user"]
    other = (await world.client.users_info(user="U0OTHERBOT"))["user"]
    assert (guest["is_restricted"], stranger["is_restricted"]) == (True, False)
    assert guest["team_id"] != stranger["team_id"]
    assert "is_stranger" not in stranger
    bot = await world.client.bots_info(bot=other["profile"]["bot_id"])
    assert (other["is_bot"], bot["bot"]["user_id"]) == (True, "U0OTHERBOT")
    assert await world.refused("users.info", user="U0NOBODY") == "user_not_found"
    assert await world.refused("bots.info", bot="B0NOBODY") == "bot_not_found"
    found = await world.client.users_conversations(types="public_channel", exclude_archived=True)
    assert [each["name"] for each in found["channels"]] == ["desk", "c0shared"]


@over_sockets
async def test_joining_needs_a_scope_and_a_public_channel(world: World) -> None:
    assert await world.refused("conversations.join", channel="C0OTHER") == "missing_scope"
    world.slack.scopes |= {"channels:join"}
    await world.client.conversations_join(channel="C0OTHER")
    await world.client.chat_postMessage(channel="C0OTHER", text="x")
    assert await world.refused("conversations.join", channel="C0OLD") == "is_archived"


# Views.


@over_sockets
async def test_a_trigger_opens_one_modal_soon(world: World) -> None:
    trigger = await world.trigger()
    opened = await world.client.views_open(trigger_id=trigger, view=MODAL)
    assert [view["id"] for view in world.slack.modals("山田")] == [opened["view"]["id"]]
    again = {"trigger_id": trigger, "view": MODAL}
    assert await world.refused("views.open", **again) == "exchanged_trigger_id"
    assert await world.refused("views.open", trigger_id="1.2.x", view=MODAL) == "invalid_trigger_id"
    late = {"trigger_id": await world.trigger(), "view": MODAL}
    world.slack.advance(3.1)
    assert await world.refused("views.open", **late) == "expired_trigger_id"


@over_sockets
async def test_three_modals_lie_on_one_another_and_no_more(world: World) -> None:
    orphan = {"trigger_id": await world.trigger(), "view": MODAL}
    assert await world.refused("views.push", **orphan) == "view_not_found"
    first = await world.client.views_open(trigger_id=await world.trigger(), view=MODAL)
    for _ in range(2):
        pushed = await world.client.views_push(trigger_id=await world.trigger(), view=MODAL)
    assert pushed["view"]["root_view_id"] == first["view"]["id"]
    assert pushed["view"]["previous_view_id"] == world.slack.modals("山田")[1]["id"]
    fourth = {"trigger_id": await world.trigger(), "view": MODAL}
    assert await world.refused("views.push", **fourth) == "push_limit_reached"


@over_sockets
async def test_views_are_updated_by_either_name_and_with_the_hash_of_now(world: World) -> None:
    named = MODAL | {"external_id": "mine"}
    opened = await world.client.views_open(trigger_id=await world.trigger(), view=named)
    key, before = opened["view"]["id"], opened["view"]["hash"]
    updated = await world.client.views_update(view_id=key, hash=before, view=named)
    assert updated["view"]["hash"] != before
    stale = {"view_id": key, "hash": before, "view": named}
    assert await world.refused("views.update", **stale) == "hash_conflict"
    await world.client.views_update(external_id="mine", view=named)
    assert await world.refused("views.update", view_id="V0NONE", view=named) == "not_found"
    assert await world.refused("views.update", view=named) == "invalid_arguments"
    twice = {"trigger_id": await world.trigger(), "view": named}
    assert await world.refused("views.push", **twice) == "duplicate_external_id"


@over_sockets
async def test_an_app_home_is_published_to_a_person(world: World) -> None:
    assert world.slack.home("山田") == {}
    made = await world.client.views_publish(user_id="U0YAMADA", view=HOME)
    assert world.slack.home("山田")["id"] == made["view"]["id"]
    stale = {"user_id": "U0YAMADA", "view": HOME, "hash": "1.x"}
    assert await world.refused("views.publish", **stale) == "hash_conflict"
    wrong = {"user_id": "U0NOBODY", "view": HOME}
    assert await world.refused("views.publish", **wrong) == "invalid_arguments"
    modal = {"user_id": "U0YAMADA", "view": MODAL}
    assert await world.refused("views.publish", **modal) == "invalid_arguments"
    world.slack.views.home_enabled = False
    assert await world.refused("views.publish", **wrong) == "not_enabled"


@over_sockets
async def test_a_view_is_at_most_so_big(world: World) -> None:
    big = MODAL | {"private_metadata": "あ" * 90_000}
    call: Json = {"trigger_id": await world.trigger(), "view": big}
    assert await world.refused("views.open", **call) == "view_too_large"
    wide = {"trigger_id": call["trigger_id"], "view": MODAL | {"private_metadata": "x" * 3001}}
    assert await world.refused("views.open", **wide) == "invalid_arguments"
    # A view that was refused has not used the trigger up.
    await world.client.views_open(trigger_id=call["trigger_id"], view=MODAL)


# Files.


@over_sockets
async def test_a_file_is_uploaded_in_three_steps(world: World) -> None:
    parent = await world.client.chat_postMessage(**HELLO)
    await world.client.files_upload_v2(
        channel="C0DESK",
        thread_ts=parent["ts"],
        content=b"PNG",
        filename="chart.png",
        initial_comment="今日の数字",
    )
    (shown,) = world.slack.messages("desk", parent["ts"])
    (file,) = shown.files
    assert (shown.text, file["name"], file["mimetype"]) == ("今日の数字", "chart.png", "image/png")
    assert (await world.client.files_info(file=file["id"]))["file"]["size"] == 3
    assert world.slack.files.contents[file["id"]] == b"PNG"


@over_sockets
async def test_an_upload_that_did_not_come_is_refused(world: World) -> None:
    announced = await world.client.files_getUploadURLExternal(filename="a.txt", length=3)
    files = [{"id": announced["file_id"], "title": "a"}]
    early = await world.refused("files.completeUploadExternal", files=files)
    assert early == "file_update_failed"
    async with aiohttp.ClientSession() as session:
        for body, status in ((b"four", 400), (b"two", 200), (b"two", 404)):
            async with session.post(announced["upload_url"], data=body) as response:
                assert response.status == status
    unknown = [{"id": "F0NONE"}]
    assert await world.refused("files.completeUploadExternal", files=unknown) == "file_not_found"
    long = {"filename": "a", "length": 1, "alt_txt": "あ" * 1001}
    assert await world.refused("files.getUploadURLExternal", **long) == "invalid_arguments"


@over_sockets
async def test_a_file_is_read_with_the_token_and_a_page_without(world: World) -> None:
    said = await world.slack.say("山田", "これ", "desk", files=[File("請求書.pdf", b"%PDF")])
    url = said.event["files"][0]["url_private_download"]

    async def read(token: str) -> tuple[int, str, bytes]:
        headers = {"Authorization": f"Bearer {token}"}
        async with aiohttp.ClientSession() as session, session.get(url, headers=headers) as found:
            return found.status, found.content_type, await found.read()

    assert await read(TOKEN) == (200, "application/pdf", b"%PDF")
    assert (await read("xoxb-other"))[:2] == (200, "text/html")
    world.slack.scopes -= {"files:read"}
    assert (await read(TOKEN))[:2] == (200, "text/html")


# Too fast, and other troubles.


@functools.partial(over_sockets, limit_rates=True, clock=lambda: 1_790_000_000.0)
async def test_a_channel_takes_a_message_a_second_after_a_burst(world: World) -> None:
    for _ in range(4):
        await world.client.chat_postMessage(**HELLO)
    with pytest.raises(SlackApiError) as caught:
        await world.client.chat_postMessage(**HELLO)
    response = caught.value.response
    assert (response.status_code, response["error"]) == (429, "ratelimited")
    assert response.headers["Retry-After"] == "1"
    await world.client.chat_postMessage(channel="U0YAMADA", text="elsewhere")
    world.slack.advance(1)
    await world.client.chat_postMessage(**HELLO)


@over_sockets
async def test_the_limiter_can_be_switched_off(world: World) -> None:
    for _ in range(60):
        await world.client.chat_postMessage(**HELLO)


@over_sockets
async def test_troubles_happen_to_one_call_each(world: World) -> None:
    faults = world.slack.faults
    faults.add("chat.postMessage", "refuse", error="fatal_error", accept=True)
    assert await world.refused("chat.postMessage", **HELLO) == "fatal_error"
    faults.add("chat.postMessage", Kind.ERROR)
    faults.add("*", "rate", seconds=7)
    for status in (500, 429):
        with pytest.raises(SlackApiError) as caught:
            await world.client.chat_postMessage(**HELLO)
        assert caught.value.response.status_code == status
    assert caught.value.response.headers["Retry-After"] == "7"
    await world.client.chat_postMessage(**HELLO)
    assert [call.accepted for call in world.slack.called("chat.postMessage")] == [
        True,
        False,
        False,
        True,
    ]
    assert len(world.slack.messages("desk")) == 2


@over_sockets
async def test_an_answer_can_go_astray_with_or_without_the_work(world: World) -> None:
    for accept in (True, False):
        world.slack.faults.add("chat.postMessage", "drop", accept=accept)
        with pytest.raises(aiohttp.ClientError):
            await world.client.chat_postMessage(**HELLO)
    world.slack.faults.add("chat.postMessage", "timeout", accept=True, seconds=0.01)
    with pytest.raises(aiohttp.ClientError):
        await world.client.chat_postMessage(**HELLO)
    assert len(world.slack.messages("desk")) == 2
    calls = world.slack.called("chat.postMessage")
    assert [(call.status, call.accepted) for call in calls] == [(0, True), (0, False), (0, True)]


# Response URLs.


async def answer(url: str, body: object) -> tuple[int, Json]:
    async with aiohttp.ClientSession() as session, session.post(url, json=body) as response:
        return response.status, await response.json()


@over_sockets
async def test_a_response_url_answers_five_times_in_half_an_hour(world: World) -> None:
    url = (await world.slack.command("山田", "/keiei", channel="C0OTHER")).response_url
    assert await answer(url, {"text": "あなただけに"}) == (200, {"ok": True})
    assert [post.text for post in world.slack.ephemerals("山田")] == ["あなただけに"]
    await answer(url, {"text": "みなさんに", "response_type": "in_channel"})
    assert [post.text for post in world.slack.messages("C0OTHER")] == ["みなさんに"]
    assert (await answer(url, {"text": "x", "replace_original": True}))[1]["ok"] is False
    for _ in range(3):
        assert (await answer(url, {"text": "x"}))[0] == 200
    assert (await answer(url, {"text": "x"}))[1]["error"] == "used_url"
    late = (await world.slack.command("山田", "/keiei")).response_url
    world.slack.advance(30 * 60 + 1)
    assert (await answer(late, {"text": "x"}))[1]["error"] == "expired_url"


@over_sockets
async def test_a_response_url_changes_the_message_with_the_button(world: World) -> None:
    blocks = [{"type": "actions", "elements": [BUTTON]}]
    posted = await world.client.chat_postMessage(**HELLO, blocks=blocks)
    pressed = await world.slack.press("山田", "desk", posted["ts"], "go")
    url = pressed.response_url
    below = {"text": "下", "response_type": "in_channel", "replace_original": False}
    await answer(url, below | {"thread_ts": posted["ts"]})
    assert [post.text for post in world.slack.messages("desk", posted["ts"])] == ["下"]
    await answer(url, {"text": "済み", "replace_original": True})
    (shown,) = world.slack.messages("desk")
    assert (shown.text, shown.blocks) == ("済み", [])
    assert (await answer(url, {"text": "x", "blocks": [{}]}))[1]["error"] == "invalid_blocks"
    assert (await answer(url, []))[0] == 400
    await answer(url, {"delete_original": True})
    assert shown.deleted
