"""The users' side of commands, shortcuts, the App Home and modals.

Source: https://docs.slack.dev/interactivity
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.simulator.common.answers import Json
from bot.simulator.slack.api.answers import RefusedError
from bot.simulator.slack.api.views import check_view
from bot.simulator.slack.state import User
from bot.simulator.slack.users import inputs, interactions
from bot.simulator.slack.users.buttons import Buttons
from bot.simulator.slack.users.windows import View
from bot.simulator.slack.wire import events
from bot.simulator.slack.wire.postman import Dispatch, Kind


class Screens(Buttons):
    """Everybody's screen."""

    # Commands and shortcuts.

    async def command(
        self, user: str, name: str, text: str = "", channel: str | None = None
    ) -> Dispatch:
        """Write a slash command, by default in the direct messages.

        Commands of apps do not exist in threads. What the app says in its answer is shown.
        """
        who, where = self._user_in(user, channel)
        payload = interactions.make_command(who, name, text, where)
        payload["response_url"] = self.response_urls.new(where, who.id)
        sent = await self._send(who, payload, Kind.COMMAND)
        if sent.ok and sent.answer:
            given = sent.answer if isinstance(sent.answer, dict) else {"text": str(sent.answer)}
            _unless_refused(sent, lambda: self.response_urls.at_once(where, who.id, given))
        return sent

    async def shortcut(self, user: str, callback_id: str) -> Dispatch:
        """Choose a global shortcut."""
        who = self.workspace.user(user)
        payload = interactions.make_shortcut(who, callback_id, self.workspace.ts())
        return await self._send(who, payload)

    async def message_shortcut(
        self, user: str, callback_id: str, channel: str, ts: str
    ) -> Dispatch:
        """Choose a shortcut on a message."""
        who, where = self._user_in(user, channel)
        post = self._post(where, ts)
        message, at = self._as_json(post), self.workspace.ts()
        payload = interactions.make_message_shortcut(who, callback_id, where, message, at)
        payload["response_url"] = self.response_urls.new(where, who.id)
        return await self._send(who, payload)

    # App Home and modals.

    async def open_home(self, user: str, tab: str = "home") -> Dispatch:
        """Look at the app's `home` tab, or at its `messages`."""
        who, where = self._user_in(user, None)
        view = self.windows.homes.get(who.id) if tab == "home" else None
        shown = view.as_json() if view else None
        at = self.workspace.ts()
        return await self.deliveries.tell(
            events.make_app_home_opened(who.id, where, tab, shown, at)
        )

    def home(self, user: str) -> Json:
        """Show a user's App Home, empty when nothing was published."""
        view = self.windows.homes.get(self.workspace.user(user).id)
        return view.as_json() if view else {}

    def modals(self, user: str) -> list[Json]:
        """List the modals a user has open, the one in front last."""
        stack = self.windows.stacks.get(self.workspace.user(user).id, [])
        return [view.as_json() for view in stack]

    def fill(self, user: str, values: Mapping[str, Any]) -> None:
        """Type and choose in the front modal by `block_id`, without submitting."""
        who = self.workspace.user(user)
        view = self.windows.top(who.id)
        for block_id, value in values.items():
            self._fill(who, view, block_id, value)

    async def submit(self, user: str, values: Mapping[str, Any] | None = None) -> Dispatch:
        """Send the modal in front in, filled with these values by `block_id`.

        ValueError when Slack would not even send it: an input that needs one has no value. What
        the app answers is done: `errors` are shown (in `.errors`), views are updated, pushed or
        closed. Anything else the app says leaves the modal open, with `.trouble`.
        """
        who = self.workspace.user(user)
        view = self.windows.top(who.id)
        self.fill(user, values or {})
        _check_filled(view)
        sent = await self._send(who, interactions.make_view_submission(who, view))
        if sent.ok:
            _unless_refused(sent, lambda: self._respond(who, view, sent))
        return sent

    async def close(self, user: str, *, everything: bool = False) -> Dispatch:
        """Close the front modal, or by its × all modals.

        The app is told only if the view asked for it (`notify_on_close`).
        """
        who = self.workspace.user(user)
        view = self.windows.top(who.id)
        if everything:
            view = self.windows.stacks[who.id][0]
            self.windows.stacks[who.id] = []
        else:
            self.windows.pop(who.id)
        sent = Dispatch(
            Kind.INTERACTIVE, interactions.make_view_closed(who, view, cleared=everything)
        )
        return await self.deliveries.deliver(sent) if view.given.get("notify_on_close") else sent

    # How.

    def _fill(self, who: User, view: View, block_id: str, value: Any) -> None:
        for block in view.blocks:
            if block["block_id"] == block_id:
                for element in inputs.list_stateful(block):
                    self._act(who, (block, element), value, view.choices)
                    return
        raise LookupError(f"the modal has no input {block_id}")

    def _respond(self, who: User, view: View, sent: Dispatch) -> None:
        """Carry out the app's answer to a submission."""
        if view not in self.windows.stacks[who.id]:
            return  # a second press: it was closed by the answer to the first
        answer = sent.answer or {}
        action = answer.get("response_action") if isinstance(answer, dict) else ""
        if answer == {}:
            self.windows.stacks[who.id].remove(view)
        elif action == "errors":
            self._show_errors(view, answer.get("errors"), sent)
        elif action == "update":
            found = check_view(answer["view"], "modal")
            self.windows.update(lambda one: one is view, found, "")
        elif action == "push":
            self.windows.push(who.id, check_view(answer["view"], "modal"))
        elif action == "clear":
            self.windows.stacks[who.id] = []
        else:
            raise RefusedError("invalid_response")

    def _show_errors(self, view: View, errors: Any, sent: Dispatch) -> None:
        known = {block["block_id"] for block in view.blocks if block["type"] == "input"}
        if not isinstance(errors, dict) or not errors or not errors.keys() <= known:
            raise RefusedError("invalid_errors")
        view.errors = sent.errors = errors


def _check_filled(view: View) -> None:
    values = inputs.collect_states(view.blocks, view.choices)
    for block in view.blocks:
        if block["type"] != "input" or block.get("optional"):
            continue
        for state in values[block["block_id"]].values():
            if inputs.is_empty(state):
                raise ValueError(f"the input {block['block_id']} must be filled in")


def _unless_refused(sent: Dispatch, work: Callable[[], None]) -> None:
    try:
        work()
    except RefusedError as error:
        sent.trouble = f"{error}: {error.answer.body.get('response_metadata', '')}"
    except (KeyError, TypeError) as error:
        sent.trouble = f"invalid_response: {error!r}"
