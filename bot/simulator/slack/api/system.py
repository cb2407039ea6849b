"""The methods about the app itself: auth.test, api.test, apps.connections.open.

Source: https://docs.slack.dev/reference/methods
"""

from __future__ import annotations

from bot.simulator.common.answers import Answer, Json
from bot.simulator.slack.api.answers import RefusedError, good
from bot.simulator.slack.api.arguments import read
from bot.simulator.slack.state import APP, BOT, BOT_USER, DOMAIN, TEAM, Workspace
from bot.simulator.slack.wire.sockets import Sockets


class System:
    """The methods."""

    def __init__(self, workspace: Workspace, sockets: Sockets) -> None:
        self.origin = ""
        self._workspace = workspace
        self._sockets = sockets

    def test(self, given: Json) -> Answer:
        """api.test: the arguments once more, or the error that is asked for."""
        if error := given.get("error"):
            raise RefusedError(str(error), args=given)
        return good(args=given)

    def auth(self, given: Json) -> Answer:
        """auth.test: who the token belongs to."""
        read(given, {})
        return good(
            url=f"https://{DOMAIN}.slack.com/",
            team=DOMAIN,
            user=self._workspace.users[BOT_USER].name,
            team_id=TEAM,
            user_id=BOT_USER,
            bot_id=BOT,
            is_enterprise_install=False,
        )

    def connect(self, given: Json) -> Answer:
        """apps.connections.open: where to open one websocket."""
        read(given, {})
        if self._sockets.link_disabled:
            raise RefusedError("link_disabled")
        origin = self.origin.replace("http", "ws", 1)
        return good(url=f"{origin}/link/?ticket={self._sockets.ticket()}&app_id={APP}")
