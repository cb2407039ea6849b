"""Measure signed Slack requests of many ten-step interviews, by `make bench`.

A message, then nine taps or nine more messages, each when the answer to the last is shown. Our
`serve` (every turn durable, full sync, whole panels) beside bare Bolt, which answers everything
with a word, and a signed endpoint without any framework, in turn within one run; the ratios count.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlencode

from scripts.benching import TAPPED, Api, Bench, Round, exchange, report

SECRET, TOKEN, TEAM = "bench-secret", "xoxb-bench", "T0BENCH"
PANEL = "1700000000.000100"
"""The name of everybody's panel, each in a conversation of their own."""

_CHANNEL = re.compile(rb'"channel":\s*"[UD]([^"]+)"')
_IDENTITY = json.dumps(
    {"ok": True, "team_id": TEAM, "user_id": "U0BOT", "bot_id": "B0BOT", "user": "b", "team": "t"}
).encode()


class Slack(Api):
    """A Slack that says ok to every call, and notes when a panel came."""

    def answer(self, path: bytes, body: bytes) -> bytes:
        """Note a post or a change by its conversation."""
        if path.endswith(b"/auth.test"):
            return _IDENTITY
        if path.endswith(b"/users.info"):
            return b'{"ok":true,"user":{"name":"staff","team_id":"T0BENCH"}}'
        if not (found := _CHANNEL.search(body)):
            return b'{"ok":true}'
        self.current.reply(found[1])
        return b'{"ok":true,"channel":"D%b","ts":"%b"}' % (found[1], PANEL.encode())


def message(person: str, step: int, text: str) -> tuple[bytes, str]:
    """Write the body of a direct message, and its type."""
    event = {
        "type": "message",
        "channel": f"D{person}",
        "channel_type": "im",
        "user": f"U{person}",
        "team": TEAM,
        "ts": f"{PANEL[:-2]}{step:02d}",
        "text": text,
    }
    body = {
        "type": "event_callback",
        "team_id": TEAM,
        "api_app_id": "A0BENCH",
        "event": event,
        "event_id": f"Ev{person}{step}",
        "event_time": 1,
        "authorizations": [{"team_id": TEAM, "user_id": "U0BOT", "is_bot": True}],
    }
    return json.dumps(body).encode(), "application/json"


def press(person: str, step: int, value: str) -> tuple[bytes, str]:
    """Write the body of a tap on the panel, and its type."""
    payload = {
        "type": "block_actions",
        "user": {"id": f"U{person}", "team_id": TEAM},
        "team": {"id": TEAM},
        "api_app_id": "A0BENCH",
        "trigger_id": f"{person}.{step}",
        "container": {"type": "message", "message_ts": PANEL, "channel_id": f"D{person}"},
        "channel": {"id": f"D{person}"},
        "message": {"ts": PANEL},
        "actions": [{"type": "button", "block_id": "b", "action_id": "choice:0:1", "value": value}],
    }
    return urlencode({"payload": json.dumps(payload)}).encode(), "application/x-www-form-urlencoded"


def request(body: bytes, kind: str) -> bytes:
    """Write a body as a whole signed request."""
    stamp = str(int(time.time()))
    digest = hmac.new(SECRET.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    head = (
        "POST /slack/events HTTP/1.1\r\nHost: bench\r\n"
        f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
        f"X-Slack-Request-Timestamp: {stamp}\r\nX-Slack-Signature: v0={digest}\r\n\r\n"
    )
    return head.encode() + body


async def talk(
    current: Round, port: int, people: Iterator[int], run: str, steps: Sequence[str]
) -> None:
    """People after people, each all steps, the next when the last is answered."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for number in people:
        person = f"{run.upper()}{number:05d}"
        for step, done in enumerate(steps):
            taps = step and done == TAPPED[step]
            body, kind = press(person, step, done) if taps else message(person, step, done)
            began = time.perf_counter()
            answered = current.begin(person.encode())
            await exchange(reader, writer, request(body, kind))
            current.acknowledged.append(time.perf_counter() - began)
            await answered
    writer.close()


def environment(api: str) -> Mapping[str, str]:
    """Give the settings of every target."""
    return {
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_BASE": f"{api}/api/",
    }


if __name__ == "__main__":
    script = "scripts/bench_slack_peers.py"
    report(Bench(Slack, talk, script, ("bolt", "raw"), environment, 18500))
