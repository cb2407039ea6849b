"""The control APIs refuse strangers and answer odd requests with a 4xx."""

import asyncio
import inspect
from typing import Any

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.simulator.common.control import TOKEN_HEADER
from bot.simulator.line.server import FakeLine
from bot.simulator.slack.server import FakeSlack

TOKEN = "of-the-control-api"  # noqa: S105 - of the fakes only
NAMES = (
    *("user", "text", "channel", "ts", "thread_ts", "data", "label", "latitude", "longitude"),
    *("address", "message_id", "events", "redelivery", "seconds", "endpoint", "method", "kind"),
    *("times", "accept", "error", "webhook_url", "quota", "redeliver_times", "redeliver_after"),
    *("request_url", "retry_times", "retry_after", "key", "name", "members", "guest", "files"),
    *("values", "value", "selected", "what", "payload", "retry", "reason", "callback_id", "home"),
    *("everything", "tab", "params", "content", "mimetype", "source", "broadcast", "stale"),
)
KNOWN = st.sampled_from(["花子", "U1", "C1", "*", "500", "reply", "1.2", "", "home", "warning"])
SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5)
)
JSON = st.recursive(
    SCALARS | KNOWN,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=3), inner, max_size=4)
    ),
    max_leaves=8,
)
BODIES = st.dictionaries(st.sampled_from(NAMES), KNOWN | JSON, max_size=6) | JSON
WHOLE = st.fixed_dictionaries(dict.fromkeys(NAMES, KNOWN | JSON))
"""Something for every argument there is."""

RAW = st.sampled_from(
    [b"{", b"\xff", b"[" * 5000, b'{"a":NaN}', b'{"seconds":1e999}', b'"\\ud800"']
)


def fakes() -> list[FakeLine | FakeSlack]:
    made: list[FakeLine | FakeSlack] = [
        FakeLine(secret="s", token="t"),  # noqa: S106 - of the fake only
        FakeSlack(signing_secret="s", bot_token="xoxb-t"),  # noqa: S106 - of the fake only
    ]
    for each in made:
        each.control_token = TOKEN
    return made


def addresses(fake: FakeLine | FakeSlack) -> list[tuple[str, str]]:
    """Every method and path of the control API, as the server itself has them."""
    routes = fake._app().router.routes()  # noqa: SLF001 - nobody has to list them here
    found = [(each.method, each.resource.canonical) for each in routes if each.resource]
    return [(m, p) for m, p in found if p.startswith("/_control/") and m != "HEAD"]


def origin(fake: FakeLine | FakeSlack) -> str:
    return fake.base_url.removesuffix("/api/")


def fitting(fake: FakeLine | FakeSlack, path: str, body: Any) -> Any:
    """Reduce a body that has every name to the names this address takes.

    Any other body stays as it is.
    """
    if not isinstance(body, dict) or not body.keys() >= set(NAMES):
        return body
    act = getattr(fake, {"send": "send_text"}.get(name := path.split("/")[2], name), None)
    takes = inspect.signature(act).parameters if callable(act) else NAMES
    return {name: body[name] for name in takes if name in body}


async def ask_all(fake: FakeLine | FakeSlack, body: Any) -> dict[str, int]:
    """Send this body to every address, and return each status.

    A large `advance` would make the rest a waste of time.
    """
    timeout = aiohttp.ClientTimeout(total=20)
    async with aiohttp.ClientSession(headers={TOKEN_HEADER: TOKEN}, timeout=timeout) as session:
        found = {}
        for method, path in addresses(fake):
            given = fitting(fake, path, body)
            more = {"data": given} if isinstance(given, bytes) else {"json": given}
            more = more if method == "POST" else {}
            url = f"{origin(fake)}{path.replace('{', '').replace('}', '')}"
            async with session.request(method, url, **more) as response:
                found[f"{method} {path}"] = response.status
        return found


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(WHOLE | BODIES | RAW, min_size=1, max_size=4))
def test_odd_requests_are_a_4xx_and_leave_the_simulator_whole(bodies: list[Any]) -> None:
    async def run() -> None:
        for fake in fakes():
            async with fake:
                for body in bodies:
                    statuses = await ask_all(fake, body)
                    assert {k: s for k, s in statuses.items() if s >= 500} == {}, body
                assert (await ask_all(fake, {}))["GET /_control/users"] == 200

    asyncio.run(run())


STRANGERS = [
    ({}, 403),
    ({TOKEN_HEADER: "guessed"}, 403),
    ({TOKEN_HEADER: TOKEN, "Origin": "null"}, 403),
    ({TOKEN_HEADER: TOKEN, "Origin": "https://evil.example"}, 403),
    ({TOKEN_HEADER: TOKEN, "Origin": "http://127.0.0.1:1"}, 403),
    ({TOKEN_HEADER: TOKEN, "Host": "evil.example"}, 403),
    ({TOKEN_HEADER: TOKEN, "Host": "[::1"}, 403),
    ({TOKEN_HEADER: TOKEN}, 200),
]


@pytest.mark.parametrize(("headers", "status"), STRANGERS)
def test_only_a_caller_with_the_token_from_this_machine_is_let_in(
    headers: dict[str, str], status: int
) -> None:
    async def run() -> None:
        for fake in fakes():
            async with fake, aiohttp.ClientSession() as session:
                url = f"{origin(fake)}/_control/users"
                async with session.get(url, headers=headers) as response:
                    assert response.status == status

    asyncio.run(run())


def test_the_page_of_the_server_itself_is_let_in() -> None:
    async def run() -> None:
        for fake in fakes():
            async with fake, aiohttp.ClientSession() as session:
                at = origin(fake)
                headers = {TOKEN_HEADER: TOKEN, "Origin": at}
                async with session.get(f"{at}/_control/users", headers=headers) as response:
                    assert response.status == 200

    asyncio.run(run())
