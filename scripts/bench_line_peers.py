"""Run one of the LINE servers that ours is measured against.

`python scripts/bench_line_peers.py NAME`.

bare   verifies the signature and replies through a pooled client
floor  the same with one SQLite transaction per event (NORMAL sync)
full   the same with every transaction on the disk before the answer (FULL sync), as ours is
sdk    line-bot-sdk's own parser and asynchronous client on FastAPI, an echo as its README shows it
"""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Awaitable, Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import aiohttp
import orjson
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.channels.line.signature import is_signed

SECRET = os.environ["LINE_CHANNEL_SECRET"]
TOKEN = os.environ["LINE_CHANNEL_ACCESS_TOKEN"]
API = os.environ["LINE_API_BASE"]
Handler = Callable[[Request], Awaitable[Response]]


def bare(keep: Callable[[str], None]) -> Handler:
    """Verify, parse, `keep`, reply, answer."""
    sessions: list[aiohttp.ClientSession] = []

    async def handle(request: Request) -> Response:
        body = await request.body()
        if not is_signed(body, request.headers.get("x-line-signature"), SECRET):
            return PlainTextResponse("no", status_code=401)
        if not sessions:
            sessions.append(aiohttp.ClientSession(headers={"Authorization": f"Bearer {TOKEN}"}))
        for event in orjson.loads(body)["events"]:
            keep(event["webhookEventId"])
            reply = {
                "replyToken": event["replyToken"],
                "messages": [{"type": "text", "text": "はい"}],
            }
            async with sessions[0].post(
                f"{API}/v2/bot/message/reply", data=orjson.dumps(reply)
            ) as answer:
                await answer.read()
        return PlainTextResponse("ok")

    return handle


def floor(sync: str) -> Handler:
    """`bare` with one transaction per event."""
    database = sqlite3.connect(Path(os.environ["BENCH_FOLDER"]) / "floor.db", isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute(f"PRAGMA synchronous={sync}")
    database.execute("CREATE TABLE IF NOT EXISTS seen (id TEXT PRIMARY KEY, state TEXT)")

    def keep(event_id: str) -> None:
        database.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (event_id, "x" * 400))

    return bare(keep)


def sdk() -> Handler:
    """line-bot-sdk from the webhook to the reply, one client kept."""
    from linebot.v3 import WebhookParser  # noqa: PLC0415 - slow to import, for this peer only
    from linebot.v3.messaging import (  # noqa: PLC0415
        AsyncApiClient,
        AsyncMessagingApi,
        Configuration,
        ReplyMessageRequest,
        TextMessage,
    )

    parser = WebhookParser(SECRET)
    clients: list[AsyncMessagingApi] = []

    async def handle(request: Request) -> Response:
        body = (await request.body()).decode()
        if not clients:
            configuration = Configuration(host=API, access_token=TOKEN)
            clients.append(AsyncMessagingApi(AsyncApiClient(configuration)))
        for event in parser.parse(body, request.headers["x-line-signature"]):
            await clients[0].reply_message(
                ReplyMessageRequest(
                    replyToken=event.reply_token,
                    messages=[TextMessage(text="はい", quickReply=None, quoteToken=None)],
                    notificationDisabled=False,
                )
            )
        return PlainTextResponse("ok")

    return handle


HANDLERS: dict[str, Callable[[], Handler]] = {
    "bare": lambda: bare(lambda _: None),
    "floor": lambda: floor("NORMAL"),
    "full": lambda: floor("FULL"),
    "sdk": sdk,
}


async def _ready(_: Request) -> Response:
    return PlainTextResponse("ok")


def _application(name: str) -> Starlette:
    """Build the server of this name.

    FastAPI is Starlette with more around it.
    """
    handle = HANDLERS[name]()
    if name != "sdk":
        return Starlette(
            routes=[Route("/line/webhook", handle, methods=["POST"]), Route("/readyz", _ready)]
        )
    # Of the extra `bench`, which only this peer needs.
    app: Any = import_module("fastapi").FastAPI()
    app.post("/line/webhook")(handle)
    app.get("/readyz")(_ready)
    served: Starlette = app
    return served


if __name__ == "__main__":
    uvicorn.run(
        _application(sys.argv[1]),
        port=int(os.environ["PORT"]),
        log_level="error",
        access_log=False,
    )
