"""Measure signed LINE webhooks of many ten-step conversations, by `make bench`.

Tapped and typed. Our `serve` (every turn durable, full sync, real bubbles) beside four peers, in
turn within one run; the ratios count.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from scripts.benching import Api, Bench, Round, exchange, report

SECRET, TOKEN = "bench-secret", "bench-token"
ACCEPTED = b'{"sentMessages":[{"id":"1","quoteToken":"q"}]}'
_TOKEN = re.compile(rb'"replyToken":\s*"([^"]+)"')


class Line(Api):
    """Play a LINE that says 200 to every reply, and notes its time."""

    def answer(self, path: bytes, body: bytes) -> bytes:
        """Note the reply by its token."""
        del path
        if found := _TOKEN.search(body):
            self.current.reply(found[1])
        return ACCEPTED


def event(person: int, step: int, run: str, done: str) -> tuple[bytes, bytes]:
    """Make one webhook body of a person's act, with its reply token."""
    token = f"{run}-{person}-{step}"
    body = {
        "destination": "U" + "0" * 32,
        "events": [
            {
                **_content(token, done),
                "mode": "active",
                "timestamp": int(time.time() * 1000),
                "source": {"type": "user", "userId": f"U{run}{person:08d}"},
                "webhookEventId": token,
                "deliveryContext": {"isRedelivery": False},
                "replyToken": token,
            }
        ],
    }
    return json.dumps(body).encode(), token.encode()


def _content(token: str, done: str) -> dict[str, Any]:
    """Write a tap on a button of this value, or words."""
    if done.startswith("v1|"):
        return {"type": "postback", "postback": {"data": done}}
    message = {"type": "text", "id": token, "quoteToken": "q", "text": done}
    return {"type": "message", "message": message}


def signature(body: bytes) -> str:
    """LINE's signature of a body."""
    return base64.b64encode(hmac.new(SECRET.encode(), body, hashlib.sha256).digest()).decode()


def signed(body: bytes) -> bytes:
    """Write the whole signed request around a body."""
    head = (
        f"POST /line/webhook HTTP/1.1\r\nHost: bench\r\nContent-Length: {len(body)}\r\n"
        f"x-line-signature: {signature(body)}\r\n\r\n"
    )
    return head.encode() + body


async def talk(
    current: Round, port: int, people: Iterator[int], run: str, steps: Sequence[str]
) -> None:
    """Send person after person through all steps.

    The next step comes when the last is answered, as people do. Messages sent faster are one story
    to the bot, and get one answer.
    """
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for person in people:
        for step, done in enumerate(steps):
            body, token = event(person, step, run, done)
            request = signed(body)
            began = time.perf_counter()
            answered = current.begin(token)
            await exchange(reader, writer, request)
            current.acknowledged.append(time.perf_counter() - began)
            await answered
    writer.close()


def environment(api: str) -> Mapping[str, str]:
    """Give the settings of every target."""
    return {
        "LINE_CHANNEL_SECRET": SECRET,
        "LINE_CHANNEL_ACCESS_TOKEN": TOKEN,
        "LINE_API_BASE": api,
    }


if __name__ == "__main__":
    peers = ("bare", "floor", "full", "sdk")
    report(Bench(Line, talk, "scripts/bench_line_peers.py", peers, environment, 18400))
