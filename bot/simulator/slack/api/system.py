"""Fake the methods about the app itself.

They are auth.test, api.test, apps.connections.open. Source:
https://docs.slack.dev/reference/methods
"""

from __future__ import annotations

from bot.simulator.common.answers import Answer, Json
from bot.simulator.slack.api.answers import RefusedError, answer_ok
from bot.simulator.slack.api.arguments import read_arguments
from bot.simulator.slack.state import APP, BOT, BOT_USER, DOMAIN, TEAM, Workspace
from bot.simulator.slack.wire.sockets import Sockets


class System:
    """The methods."""

    def __init__(self, workspace: Workspace, sockets: Sockets) -> None:
        self.origin = ""
        self._workspace = workspace
        self._sockets = sockets

    def test(self, given: Json) -> Answer:
        """Answer api.test with the arguments, or the error asked for."""
        if error := given.get("error"):
            raise RefusedError(str(error), args=given)
        return answer_ok(args=given)

    def auth(self, given: Json) -> Answer:
        """Answer auth.test with the owner of the token."""
        read_arguments(given, {})
        return answer_ok(
            url=f"https://{DOMAIN}.slack.com/",
            team=DOMAIN,
            user=self._workspace.users[BOT_USER].name,
            team_id=TEAM,
            user_id=BOT_USER,
            bot_id=BOT,
            is_enterprise_install=False,
        )

    def connect(self, given: Json) -> Answer:
        """Answer apps.connections.open with the address of one websocket."""
        read_arguments(given, {})
        if self._sockets.link_disabled:
            raise RefusedError("link_disabled")
        origin = self.origin.replace("http", "ws", 1)
        return answer_ok(url=f"{origin}/link/?ticket={self._sockets.ticket()}&app_id={APP}")
