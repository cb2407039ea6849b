"""Serve /healthz, /readyz and /metrics to those who watch the bot.

Strangers learn whether it is ready, no more; a caller with the token learns the rest.
"""

from __future__ import annotations

import asyncio
import hmac
import time
from collections.abc import Callable, Mapping
from http import HTTPStatus

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot import metrics
from bot.clock import Clock
from bot.store import Store, StoreError

OFF = "The metrics are off: set METRICS_TOKEN, and send it as a bearer token.\n"
FRESH = 1.0
"""Seconds for which one check of writing to the store holds."""

ASK = "Send the METRICS_TOKEN as a bearer token.\n"


class Watched:
    """Serve the three addresses.

    `troubles` says by channel what is wrong with it, "" when nothing.
    """

    def __init__(
        self,
        store: Store,
        troubles: Callable[[], Mapping[str, str]],
        clock: Clock,
        token: str,
    ) -> None:
        self._store, self._troubles, self._clock, self._token = store, troubles, clock, token
        self._one_at_a_time, self._checked = asyncio.Lock(), -FRESH
        self._why: StoreError | None = None

    def routes(self) -> list[Route]:
        """List the three addresses."""
        return [
            Route("/healthz", self.healthz),
            Route("/readyz", self.readyz),
            Route("/metrics", self.metrics),
        ]

    async def healthz(self, _: Request) -> Response:
        """Say that the process is alive."""
        return JSONResponse({"status": "ok"})

    async def readyz(self, request: Request) -> Response:
        """Say whether turns can be kept.

        With the token also the channels, the waiting deliveries and the trouble.
        """
        knows = self._knows_token(request)
        try:
            await self._check_writable()
            outbox = await self._store.load_outbox_state()
        except StoreError as error:
            why = {"why": str(error)} if knows else {}
            return JSONResponse(
                {"status": "not ready", **why}, status_code=HTTPStatus.SERVICE_UNAVAILABLE
            )
        if not knows:
            return JSONResponse({"status": "ready"})
        troubles = self._troubles()
        wrong = {name: trouble for name, trouble in troubles.items() if trouble}
        return JSONResponse(
            {
                "status": "ready",
                "channels": sorted(troubles),
                "undelivered": outbox.waiting,
                **({"trouble": wrong} if wrong else {}),
            }
        )

    async def metrics(self, request: Request) -> Response:
        """Write the Prometheus metrics, with the outbox and cases counted now."""
        if not self._token:
            return PlainTextResponse(OFF, status_code=HTTPStatus.NOT_FOUND)
        if not self._knows_token(request):
            wanted = {"WWW-Authenticate": "Bearer"}
            return PlainTextResponse(ASK, status_code=HTTPStatus.UNAUTHORIZED, headers=wanted)
        try:
            await self._count()
        except StoreError as error:
            return PlainTextResponse(f"{error}\n", status_code=HTTPStatus.SERVICE_UNAVAILABLE)
        return Response(generate_latest(metrics.registry), media_type=CONTENT_TYPE_LATEST)

    async def _count(self) -> None:
        outbox, now = await self._store.load_outbox_state(), self._clock()
        age = (now - outbox.oldest).total_seconds() if outbox.oldest else 0.0
        metrics.outbox_waiting.set(outbox.waiting)
        metrics.outbox_age_seconds.set(age)
        metrics.outbox_given_up.set(outbox.given_up)
        cases = await self._store.records.count_cases(now)
        metrics.cases_open.set(cases.open)
        metrics.cases_overdue.set(cases.overdue)

    async def _check_writable(self) -> None:
        """Write to the store, or repeat a fresh result.

        Strangers may ask, too, and must not cause a write each time.
        """
        async with self._one_at_a_time:
            if time.monotonic() > self._checked + FRESH:
                try:
                    self._why = None
                    await self._store.check_writable()
                except StoreError as error:
                    self._why = error
                self._checked = time.monotonic()
        if self._why:
            raise self._why

    def _knows_token(self, request: Request) -> bool:
        kind, _, given = request.headers.get("authorization", "").partition(" ")
        # In constant time: how long it takes must not tell how much of the token was right.
        known = hmac.compare_digest(given.strip().encode(), self._token.encode())
        return bool(self._token) and kind.lower() == "bearer" and known
