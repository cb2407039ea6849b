"""Whatever is sent, the guard answers 4xx or 200, and never 500."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.presentation.wording import say
from tests.bot.channels.slack import serving
from tests.bot.channels.slack.interviews import Interview
from tests.bot.channels.slack.serving import HANAKO, Place, until
from tests.bot.channels.slack.web.requests import (
    FORM_TYPE,
    JSON_TYPE,
    a_message,
    has_no_trace,
    send,
    signed,
)

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.just(10**400)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | st.sampled_from(
        [HANAKO, "T0SIMULATOR", "message", "im", "v1|flow=diagnosis", "\0", "x" * 3000]
    ),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)

PRESS: dict[str, Any] = {
    "type": "block_actions",
    "user": {"id": HANAKO, "team_id": "T0SIMULATOR"},
    "team": {"id": "T0SIMULATOR"},
    "trigger_id": "1.2.3",
    "channel": {"id": "D0HANAKO"},
    "message": {"ts": "1.2", "thread_ts": "1.2"},
    "container": {"type": "message", "message_ts": "1.2", "channel_id": "D0HANAKO"},
    "actions": [
        {
            "type": "static_select",
            "action_id": "choice:0:1",
            "block_id": "b",
            "value": "v1|sales=up",
            "selected_option": {"value": "v1|prefecture=38"},
        }
    ],
    "response_url": "http://127.0.0.1:9/none",
}
SHORTCUT: dict[str, Any] = {
    "type": "shortcut",
    "callback_id": "interview",
    "user": {"id": HANAKO},
    "team": {"id": "T0SIMULATOR"},
    "trigger_id": "1.2.4",
}
ON_MESSAGE: dict[str, Any] = {
    **SHORTCUT,
    "type": "message_action",
    "callback_id": "add_to_faq",
    "channel": {"id": "C0DESK"},
    "message": {"ts": "1.2", "text": "x"},
}
SUBMISSION: dict[str, Any] = {
    "type": "view_submission",
    "user": {"id": HANAKO},
    "team": {"id": "T0SIMULATOR"},
    "trigger_id": "1.2.5",
    "view": {
        "id": "V1",
        "hash": "h",
        "callback_id": "case:write",
        "private_metadata": "{}",
        "state": {"values": {"words": {"words": {"type": "plain_text_input", "value": "x"}}}},
    },
}
COMMAND: dict[str, Any] = {
    "command": "/keiei",
    "text": "リスケとは",
    "user_id": HANAKO,
    "team_id": "T0SIMULATOR",
    "channel_id": "C0DESK",
    "trigger_id": "1.2.6",
}
CHANGED: dict[str, Any] = a_message(
    subtype="message_changed",
    message={"user": HANAKO, "ts": "1.2", "text": "b", "thread_ts": "1.1"},
    previous_message={"user": HANAKO, "ts": "1.2", "text": "a", "thread_ts": "1.1"},
)
WHOLE = (
    a_message(), a_message(files=[{"id": "F1"}]), a_message(channel_type="channel", thread_ts="1.1"),
    CHANGED, PRESS, SHORTCUT, ON_MESSAGE, SUBMISSION, COMMAND,
)  # fmt: skip


@st.composite
def broken(draw: st.DrawFn) -> Any:
    """Draw a payload in which one or two values are wrong or gone."""
    payload = json.loads(json.dumps(draw(st.sampled_from(WHOLE))))
    for _ in range(draw(st.integers(1, 2))):
        path = draw(st.sampled_from(list(_paths(payload))))
        inside = payload
        for step in path[:-1]:
            inside = inside[step]
        if isinstance(inside, dict) and draw(st.booleans()):
            del inside[path[-1]]
        else:
            inside[path[-1]] = draw(VALUES)
    return payload


def _paths(value: Any, so_far: tuple[Any, ...] = ()) -> Any:
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, each in inner:
        yield (*so_far, key)
        if isinstance(each, dict | list):
            yield from _paths(each, (*so_far, key))


def _encoded(payload: Any) -> tuple[bytes, str]:
    if isinstance(payload, dict) and payload.get("type") in ("event_callback", None):
        if "command" not in payload:
            return json.dumps(payload).encode(), JSON_TYPE
        return urlencode({key: str(each) for key, each in payload.items()}).encode(), FORM_TYPE
    return urlencode({"payload": json.dumps(payload)}).encode(), FORM_TYPE


def test_guard_never_answers_500_to_anything_sent(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One server takes all examples, each sent unsigned and signed."""

    async def scenario(place: Place) -> None:
        loop, answers = asyncio.get_running_loop(), []

        def tell(body: bytes, headers: Mapping[str, str], kind: str) -> tuple[int, str]:
            sending = send(place, body, headers, kind)
            return asyncio.run_coroutine_threadsafe(sending, loop).result(20)

        @settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
        @given(broken() | VALUES, st.binary(max_size=40) | st.none())
        def anything(payload: Any, raw: bytes | None) -> None:
            body, kind = _encoded(payload)
            if raw is not None:
                body = raw
            status, said = tell(body, {}, kind)
            assert status in {400, 401}
            status, said = tell(body, signed(body), kind)
            answers.append(status)
            assert status == 200 or 400 <= status < 500, payload
            assert has_no_trace(said)

        await asyncio.to_thread(anything)
        assert {200, 400} <= set(answers)
        interview = Interview(place)
        assert (await place.slack.say(HANAKO, "消して")).ok
        await until(
            lambda: any(say("conversation.forgotten") in each.text for each in interview.own())
        )

    serving.play(tmp_path, scenario)
    logged = "".join(capsys.readouterr())
    assert "Traceback" not in logged
    assert "リスケとは" not in logged
