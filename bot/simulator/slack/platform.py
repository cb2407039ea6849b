"""Run the fake Slack without its server, for tests to ask."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable

from bot.simulator.common.answers import Json
from bot.simulator.common.rates import Buckets
from bot.simulator.slack.api.chat import Chat
from bot.simulator.slack.api.conversations import Conversations
from bot.simulator.slack.api.files import Files
from bot.simulator.slack.api.methods import SCOPES, Method, all_methods
from bot.simulator.slack.api.response_urls import ResponseUrls
from bot.simulator.slack.api.system import System
from bot.simulator.slack.api.uploads import Uploads
from bot.simulator.slack.api.views import Views
from bot.simulator.slack.blocks.notifications import Notification
from bot.simulator.slack.state import Workspace
from bot.simulator.slack.users.screens import Screens
from bot.simulator.slack.users.windows import TRIGGER_SECONDS, Windows
from bot.simulator.slack.wire.deliveries import Deliveries
from bot.simulator.slack.wire.gateway import Call, Gateway, Grants
from bot.simulator.slack.wire.postman import ACK_SECONDS, Dispatch, Postman
from bot.simulator.slack.wire.sockets import Sockets


class Platform(Screens):
    """Everything the server serves, and the control API controls."""

    def __init__(  # noqa: PLR0913 (all by name, and all but two have a default)
        self,
        *,
        signing_secret: str,
        bot_token: str,
        app_token: str = "",
        request_url: str = "",
        clock: Callable[[], float] = time.time,
        ack_seconds: float = ACK_SECONDS,
        trigger_seconds: float = TRIGGER_SECONDS,
        limit_rates: bool = True,
    ) -> None:
        workspace = Workspace(clock)
        self._postman = Postman(signing_secret, clock, ack_seconds)
        self.sockets = Sockets(ack_seconds)
        deliveries = Deliveries(workspace, self._postman, self.sockets, request_url)
        self._scopes = set(SCOPES)
        self._chat = Chat(workspace, deliveries.announce, self._scopes)
        urls = ResponseUrls(workspace, self._chat, deliveries.announce)
        windows = Windows(workspace, trigger_seconds)
        super().__init__(workspace, deliveries, Files(workspace), windows, urls)
        self._system = System(workspace, self.sockets)
        self.views = Views(workspace, windows)
        grants = Grants(bot_token, app_token, self._scopes)
        buckets = Buckets(lambda: workspace.now) if limit_rates else None
        methods = self._all_methods(workspace)
        self.gateway = Gateway(workspace, grants, methods, self.files, urls, buckets)
        self.faults = self.gateway.faults
        self.calls = self.gateway.calls
        self.origin = ""
        self.control_token = secrets.token_urlsafe(16)

    def give_addresses_at(self, origin: str) -> None:
        """Let every address that is given out begin with `origin`."""
        for each in (self._system, self.files, self.response_urls):
            each.origin = origin

    # What a test asks.

    @property
    def base_url(self) -> str:
        """The base of the Web API."""
        return f"{self.origin}/api/"

    @property
    def scopes(self) -> set[str]:
        """The scopes the app was granted."""
        return self._scopes

    @scopes.setter
    def scopes(self, scopes: set[str]) -> None:
        granted = set(scopes)
        self._scopes.clear()
        self._scopes |= granted

    @property
    def subscriptions(self) -> set[str]:
        """The events the app has asked for, such as `message.im`."""
        return self.deliveries.subscriptions

    @property
    def request_url(self) -> str:
        """The address for events, commands and interactions."""
        return self.deliveries.request_url

    @request_url.setter
    def request_url(self, url: str) -> None:
        self.deliveries.request_url = url

    @property
    def retry_times(self) -> int:
        """The number of retries of an event that was not taken, 0 to 3."""
        return self.deliveries.retry_times

    @retry_times.setter
    def retry_times(self, times: int) -> None:
        self.deliveries.retry_times = times

    @property
    def retry_after(self) -> float:
        """Seconds from one attempt to the next."""
        return self.deliveries.retry_after

    @retry_after.setter
    def retry_after(self, seconds: float) -> None:
        self.deliveries.retry_after = seconds

    @property
    def notifications(self) -> list[Notification]:
        """Everybody the bot's messages have called."""
        return self._chat.notifications

    def called(self, method: str) -> list[Call]:
        """List the calls of one method."""
        return [call for call in self.calls if call.method == method]

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self.workspace.advance(seconds)

    async def settled(self) -> None:
        """Return once all events of the bot's own doings were taken, retries included."""
        await self.deliveries.settled()

    async def post(
        self, given: Dispatch | Json, *, retry: int = 0, reason: str = "http_timeout"
    ) -> Dispatch:
        """Send a request once more, or an event of the test's own."""
        return await self.deliveries.post(given, retry=retry, reason=reason)

    async def verify_url(self) -> Dispatch:
        """Ask the request URL for its challenge, as Slack does when it is entered."""
        return await self.deliveries.post(
            {"type": "url_verification", "token": "x", "challenge": "3eZbrw1aB10FEMAGAZd4FyFQ"}
        )

    # How.

    def _all_methods(self, workspace: Workspace) -> dict[str, Method]:
        conversations = Conversations(workspace, self._scopes)
        uploads = Uploads(workspace, self.files, self._chat)
        return all_methods(self._system, self._chat, self.views, conversations, uploads)
