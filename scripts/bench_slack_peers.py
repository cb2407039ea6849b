"""Run one of the Slack servers that ours is measured against.

`python scripts/bench_slack_peers.py NAME`.

bolt   slack-bolt as its documentation shows it (asynchronous, one pooled client): a word for an answer
raw    verifies the signature, reads, and posts through a pooled session; no framework but Starlette
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qs

import aiohttp
import orjson
import uvicorn
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

SECRET = os.environ["SLACK_SIGNING_SECRET"]
TOKEN = os.environ["SLACK_BOT_TOKEN"]
API = os.environ["SLACK_API_BASE"]


def bolt(session: aiohttp.ClientSession) -> AsyncSlackRequestHandler:
    """Make a Bolt app.

    It answers a message with a word, and a tap with a change.
    """
    client = AsyncWebClient(token=TOKEN, base_url=API, session=session)
    app = AsyncApp(client=client, signing_secret=SECRET)

    @app.event("message")
    async def said(say: Any) -> None:
        await say("はい")

    @app.action(re.compile(".*"))
    async def pressed(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        container = body["container"]
        await client.chat_update(
            channel=container["channel_id"], ts=container["message_ts"], text="はい"
        )

    return AsyncSlackRequestHandler(app)


class Raw:
    """The same without Bolt."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session, self._verifier = session, SignatureVerifier(SECRET)

    async def handle(self, request: Request) -> Response:
        """Verify, read, post or change, answer."""
        body = await request.body()
        if not self._verifier.is_valid_request(body, dict(request.headers)):
            return PlainTextResponse("no", status_code=401)
        if request.headers["content-type"] == "application/json":
            event = orjson.loads(body)["event"]
            method, arguments = "chat.postMessage", {"channel": event["channel"], "text": "はい"}
        else:
            place = orjson.loads(parse_qs(body.decode())["payload"][0])["container"]
            method = "chat.update"
            arguments = {"channel": place["channel_id"], "ts": place["message_ts"], "text": "はい"}
        headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
        async with self._session.post(
            API + method, data=orjson.dumps(arguments), headers=headers
        ) as answer:
            await answer.read()
        return PlainTextResponse("")


@asynccontextmanager
async def _opened(app: Starlette) -> AsyncIterator[None]:
    async with aiohttp.ClientSession() as session:
        app.state.handler = bolt(session) if sys.argv[1] == "bolt" else Raw(session)
        yield


async def _receive(request: Request) -> Response:
    answer: Response = await request.app.state.handler.handle(request)
    return answer


async def _ready(_: Request) -> Response:
    return PlainTextResponse("ok")


if __name__ == "__main__":
    served = [Route("/slack/events", _receive, methods=["POST"]), Route("/readyz", _ready)]
    uvicorn.run(
        Starlette(routes=served, lifespan=_opened),
        port=int(os.environ["PORT"]),
        log_level="error",
        access_log=False,
    )
