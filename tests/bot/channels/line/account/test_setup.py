"""`python -m bot line setup` against the simulated LINE, over sockets."""

import argparse
import asyncio
import threading
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager

import pytest
from aiohttp import web

from bot.channels.line.account import administration, rich_menu, setup
from bot.channels.line.account.administration import DryLine, Line, SetupError
from bot.channels.line.account.setup import Note, NoteKind, set_up
from bot.commands import line as command
from bot.settings import SettingsError
from bot.simulator.line.server import FakeLine

# line-bot-sdk builds its models on pydantic.v1, which warns on Python 3.14.
pytestmark = pytest.mark.filterwarnings("ignore:Core Pydantic V1:UserWarning")

TOKEN = "a-token-of-a-test"  # noqa: S105 (of the simulator alone)
PICTURES = rich_menu.read_pictures()
USUAL, IN_CASE = rich_menu.MENUS
PICTURE, CASE_PICTURE = PICTURES.values()
CHANGES = {"POST", "PUT", "DELETE"}


@contextmanager
def fake_line(*, webhook_status: int | None = 200) -> Iterator[FakeLine]:
    """Run a simulated LINE in a thread, with a webhook that answers this status."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    stack = AsyncExitStack()

    async def start() -> FakeLine:
        url = "" if webhook_status is None else await _webhook(stack, webhook_status)
        fake = FakeLine(secret="of-a-test", token=TOKEN, webhook_url=url)  # noqa: S106
        return await stack.enter_async_context(fake)

    try:
        yield asyncio.run_coroutine_threadsafe(start(), loop).result(10)
    finally:
        asyncio.run_coroutine_threadsafe(stack.aclose(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _webhook(stack: AsyncExitStack, status: int) -> str:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(status=status)

    app = web.Application()
    app.router.add_post("/line/webhook", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return f"http://127.0.0.1:{runner.addresses[0][1]}/line/webhook"


@pytest.fixture
def fake() -> Iterator[FakeLine]:
    with fake_line() as line:
        yield line


def run(fake: FakeLine, picture: bytes = PICTURE, *, dry: bool = False) -> list[Note]:
    line = (DryLine if dry else Line)(TOKEN, fake.base_url)
    return list(set_up(line, {**PICTURES, USUAL: picture}))


def find_menu(fake: FakeLine, wanted: rich_menu.RichMenu = USUAL) -> str:
    """The id of the one menu of ours of this kind."""
    (found,) = [key for key, each in fake.menus.menus.items() if wanted.is_named(each.menu["name"])]
    return found


def kinds(notes: list[Note]) -> list[NoteKind]:
    return [note.kind for note in notes]


def changes(fake: FakeLine) -> list[str]:
    """The endpoints that changed something, in order."""
    return [
        call.endpoint
        for call in fake.calls
        if call.method in CHANGES and call.endpoint != "webhook_test"
    ]


def other_picture() -> bytes:
    """Return the same picture in other bytes.

    PNG readers stop at its end, so what follows is not seen.
    """
    return PICTURE + b"\0"


# --- the menu -------------------------------------------------------------------------------------


def test_the_first_run_puts_everything_up(fake: FakeLine) -> None:
    notes = run(fake)
    menu, in_case = find_menu(fake), find_menu(fake, IN_CASE)
    assert fake.menus.menus[menu].image == PICTURE
    assert fake.menus.menus[menu].menu["name"] == USUAL.define(PICTURE)["name"]
    assert fake.menus.menus[in_case].image == CASE_PICTURE
    assert fake.menus.aliases == {USUAL.alias: menu, IN_CASE.alias: in_case}
    assert fake.menus.default == menu
    put_up = ["richmenu_create", "richmenu_upload", "alias_create"]
    assert changes(fake) == [*put_up, "default_set", *put_up]
    assert kinds(notes) == [NoteKind.INFO, *[NoteKind.DONE] * 7, NoteKind.INFO, NoteKind.INFO]


def test_a_second_run_changes_nothing(fake: FakeLine) -> None:
    run(fake)
    fake.calls.clear()
    notes = run(fake)
    assert changes(fake) == []
    assert kinds(notes) == [NoteKind.INFO, *[NoteKind.KEPT] * 5, NoteKind.INFO, NoteKind.INFO]


def test_a_new_menu_takes_the_place_of_the_older_one_before_that_goes(fake: FakeLine) -> None:
    run(fake)
    older, in_case = find_menu(fake), find_menu(fake, IN_CASE)
    fake.calls.clear()
    run(fake, other_picture())
    menu = find_menu(fake)
    assert menu != older
    assert fake.menus.aliases == {USUAL.alias: menu, IN_CASE.alias: in_case}
    assert fake.menus.default == menu
    assert changes(fake) == [
        "richmenu_create",
        "richmenu_upload",
        "alias_update",
        "default_set",
        "richmenu_delete",
    ]


def test_menus_of_others_stay(fake: FakeLine) -> None:
    line = Line(TOKEN, fake.base_url)
    other = line.create({**USUAL.define(b""), "name": "春のキャンペーン"})
    run(fake)
    run(fake, other_picture())
    assert other in fake.menus.menus
    assert len(fake.menus.menus) == 3


def test_a_run_that_broke_off_is_finished_by_the_next(fake: FakeLine) -> None:
    fake.faults.add("richmenu_upload", "500")
    with pytest.raises(SetupError, match=r"uploading the picture: LINE itself has a problem"):
        run(fake)
    fake.calls.clear()
    run(fake)
    assert changes(fake)[:3] == ["richmenu_upload", "alias_create", "default_set"]
    assert fake.menus.menus[find_menu(fake)].image == PICTURE
    assert fake.menus.menus[find_menu(fake, IN_CASE)].image == CASE_PICTURE


def test_a_menu_made_twice_is_left_once(fake: FakeLine) -> None:
    # The answer to the first creation got lost after LINE had done its work.
    fake.faults.add("richmenu_create", "500", accept=True)
    with pytest.raises(SetupError):
        run(fake)
    Line(TOKEN, fake.base_url).create(USUAL.define(PICTURE))
    run(fake)
    assert find_menu(fake)
    assert len(fake.menus.menus) == 2


def test_a_dry_run_tells_everything_and_changes_nothing(fake: FakeLine) -> None:
    notes = run(fake, dry=True)
    assert [note.words for note in notes if note.kind is NoteKind.WOULD] == [
        f"create the rich menu {USUAL.define(PICTURE)['name']}",
        f"upload its picture ({len(PICTURE)} bytes)",
        f"create the alias {USUAL.alias}",
        "make it the menu that everybody sees",
        f"create the rich menu {IN_CASE.define(CASE_PICTURE)['name']}",
        f"upload its picture ({len(CASE_PICTURE)} bytes)",
        f"create the alias {IN_CASE.alias}",
        f"test the webhook {fake.webhook_url}",
    ]
    assert {call.method for call in fake.calls} == {"GET"}
    run(fake)
    fake.calls.clear()
    told = [note.words for note in run(fake, other_picture(), dry=True)]
    assert {call.method for call in fake.calls} == {"GET"}
    assert f"let the alias {USUAL.alias} stand for it" in told
    assert f"delete the older rich menu {USUAL.define(PICTURE)['name']}" in told


# --- webhook and quota ----------------------------------------------------------------------------


def test_a_webhook_that_answers_is_said_to(fake: FakeLine) -> None:
    assert f"the webhook {fake.webhook_url} answers" in [note.words for note in run(fake)]


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (None, "no webhook URL is set. Enter https://(your server)/line/webhook"),
        (404, "answers 404. The path must be /line/webhook"),
        (401, "answers 401. Is LINE_CHANNEL_SECRET there the secret of this channel?"),
        (500, "answers 500. The log of the server says why."),
    ],
)
def test_what_is_wrong_with_the_webhook_is_a_sentence(status: int | None, said: str) -> None:
    with fake_line(webhook_status=status) as fake:
        (wrong,) = [note.words for note in run(fake) if note.kind is NoteKind.WRONG]
    assert said in wrong


class Told(Line):
    """A LINE of which only these answers matter."""

    def __init__(self, webhook: tuple[str, bool], result: administration.Json) -> None:
        self._webhook, self._result = webhook, result

    def webhook(self) -> tuple[str, bool]:
        return self._webhook

    def test_webhook(self) -> administration.Json:
        return self._result


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("COULD_NOT_CONNECT", "cannot be reached by LINE"),
        ("REQUEST_TIMEOUT", "does not answer in time"),
        ("UNCLASSIFIED", "failed LINE's test (UNCLASSIFIED: something new)"),
    ],
)
def test_reasons_that_line_gives(reason: str, said: str) -> None:
    result = {"success": False, "statusCode": 0, "reason": reason, "detail": "something new"}
    (note,) = setup.look_at_webhook(Told(("https://example.com/line/webhook", True), result))
    assert note.kind is NoteKind.WRONG
    assert said in note.words


def test_a_webhook_that_is_not_in_use_is_wrong_though_it_answers() -> None:
    off, answers = setup.look_at_webhook(Told(("https://example.com", False), {"success": True}))
    assert off.kind is NoteKind.WRONG
    assert "Webhookの利用" in off.words
    assert answers.kind is NoteKind.INFO


@pytest.mark.parametrize(
    ("limit", "used", "note"),
    [
        (None, 7, Note(NoteKind.INFO, "7 messages pushed this month; there is no limit")),
        (
            200,
            7,
            Note(NoteKind.INFO, "7 of 200 messages pushed this month; replies are not counted"),
        ),
    ],
)
def test_the_quota_is_printed(fake: FakeLine, limit: int | None, used: int, note: Note) -> None:
    fake.account.quota = limit
    fake.account.used = used
    assert setup.look_at_quota(Line(TOKEN, fake.base_url)) == note


def test_a_used_up_quota_is_wrong(fake: FakeLine) -> None:
    fake.account.quota = fake.account.used = 200
    note = setup.look_at_quota(Line(TOKEN, fake.base_url))
    assert note.kind is NoteKind.WRONG
    assert note.words.startswith("all 200 messages of this month are used.")


# --- what can go wrong ----------------------------------------------------------------------------


def test_a_wrong_token_is_a_sentence(fake: FakeLine) -> None:
    with pytest.raises(SetupError, match=r"does not accept the channel access token\. Issue one"):
        list(set_up(Line("another", fake.base_url), PICTURES))


@pytest.mark.parametrize(
    ("endpoint", "kind", "said"),
    [
        ("info", "500", r"reading the account: LINE itself has a problem \(500\)"),
        ("richmenu_create", "rate", r"creating the rich menu: LINE has had too many"),
        ("default_get", "500", r"reading the default rich menu: LINE itself"),
        ("alias_create", "drop", r"creating the alias: http://127\.0\.0\.1:\d+ could not be"),
        ("webhook_test", "rate", r"testing the webhook: LINE has had too many"),
        ("consumption", "500", r"reading the consumption: LINE itself"),
    ],
)
def test_every_trouble_says_what_to_do(fake: FakeLine, endpoint: str, kind: str, said: str) -> None:
    fake.faults.add(endpoint, kind)
    with pytest.raises(SetupError, match=said):
        run(fake)


def test_a_line_that_does_not_answer_is_not_waited_for(
    fake: FakeLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(administration, "TIMEOUT", 0.2)
    fake.faults.add("alias_create", "timeout", seconds=5)
    with pytest.raises(SetupError, match="could not be reached"):
        run(fake)


def test_nobody_at_the_address_is_a_sentence() -> None:
    with pytest.raises(SetupError, match=r"http://127\.0\.0\.1:9 could not be reached"):
        list(set_up(Line(TOKEN, "http://127.0.0.1:9"), PICTURES))


def test_a_server_that_is_not_line_is_a_sentence(fake: FakeLine) -> None:
    with pytest.raises(SetupError, match=r"there is no such thing at LINE .* LINE_API_BASE"):
        list(set_up(Line(TOKEN, f"{fake.base_url}/proxy"), PICTURES))


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (400, '{"message":"May not be empty","details":[{"message":"size"}]}', "400: May not be empty; size"),
        (400, "<html>", "no reason given"),
        (400, '"?"', "no reason given"),
        (400, None, "no reason given"),
        (403, '{"message":"Access to this API is not available"}', "not allowed to do that (Access"),
        (503, "", "LINE itself has a problem (503)"),
    ],
)  # fmt: skip
def test_refusals_in_lines_own_words(status: int, body: str | None, said: str) -> None:
    assert said in administration._explain_refusal(status, body)  # noqa: SLF001 (a table of sentences)


# --- the command ----------------------------------------------------------------------------------


def call(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args(["setup", *arguments]))


def test_the_command_prints_line_by_line_and_returns_0(
    fake: FakeLine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LINE_CHANNEL_ACCESS_TOKEN", TOKEN)
    monkeypatch.setenv("LINE_API_BASE", fake.base_url)
    assert call("--dry-run") == 0
    assert (
        capsys.readouterr()
        .out.splitlines()[1]
        .startswith("would create the rich menu kaizen-navi-")
    )
    assert call() == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed[0].startswith("info  account: 経営改善ナビ")
    assert printed[1].startswith("done  create the rich menu kaizen-navi-")


def test_what_is_wrong_makes_the_command_fail(
    fake: FakeLine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LINE_CHANNEL_ACCESS_TOKEN", TOKEN)
    monkeypatch.setenv("LINE_API_BASE", fake.base_url)
    fake.account.quota = fake.account.used = 200
    assert call() == 1
    assert "wrong all 200 messages" in capsys.readouterr().out
    monkeypatch.setenv("LINE_CHANNEL_ACCESS_TOKEN", "another")
    assert call() == 1
    assert "does not accept the channel access token" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("token", "base", "said"),
    [
        ("", "", "LINE_CHANNEL_ACCESS_TOKEN: missing; issue one"),
        ("two words", "", "LINE_CHANNEL_ACCESS_TOKEN: has characters that no token has"),
        ("トークン", "", "LINE_CHANNEL_ACCESS_TOKEN: has characters that no token has"),
        (TOKEN, "api.line.me", "LINE_API_BASE: expected an address that begins with https://"),
    ],
)
def test_the_environment_is_checked_before_anything_is_sent(
    token: str, base: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINE_CHANNEL_ACCESS_TOKEN", token)
    monkeypatch.setenv("LINE_API_BASE", base)
    with pytest.raises(SettingsError, match=said):
        call()


def test_lines_own_addresses_are_used_unless_another_is_given() -> None:
    assert command.credentials({"LINE_CHANNEL_ACCESS_TOKEN": TOKEN}) == (TOKEN, "")
    given = {"LINE_CHANNEL_ACCESS_TOKEN": f" {TOKEN}\n", "LINE_API_BASE": "http://127.0.0.1:1"}
    assert command.credentials(given) == (TOKEN, "http://127.0.0.1:1")
