"""The users' side of buttons and menus, in messages, modals and the App Home.

Source: https://docs.slack.dev/interactivity
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.simulator.common.answers import Json
from bot.simulator.slack.api.files import Files
from bot.simulator.slack.api.response_urls import ResponseUrls
from bot.simulator.slack.blocks import blocks as block_kit
from bot.simulator.slack.state import Channel, StoredMessage, User, Workspace, list_elements
from bot.simulator.slack.users import inputs, interactions
from bot.simulator.slack.users.people import People
from bot.simulator.slack.users.windows import View, Windows
from bot.simulator.slack.wire.deliveries import Deliveries
from bot.simulator.slack.wire.postman import Dispatch, Kind

Place = tuple[Json, Json]
"""A block, and the pressed element in it."""


class Buttons(People):
    """The elements that people press and choose in."""

    def __init__(
        self,
        workspace: Workspace,
        deliveries: Deliveries,
        files: Files,
        windows: Windows,
        response_urls: ResponseUrls,
    ) -> None:
        super().__init__(workspace, deliveries, files)
        self.windows = windows
        self.response_urls = response_urls
        self._list_offered: dict[tuple[str, str], list[Json]] = {}

    async def press(  # noqa: PLR0913 (what, where, and how, all of it by name)
        self,
        user: str,
        channel: str,
        ts: str,
        what: str,
        *,
        value: str | None = None,
        selected: Any = None,
        stale: bool = False,
    ) -> Dispatch:
        """Press a button of a message, or choose in a menu.

        It is named by its `action_id` or its text. `value` tells buttons with the same name apart;
        `selected` is the option, by its value or text, the date, the user, or what is typed. With
        `stale` the screen has not caught up: a button that has been taken away can be pressed.
        LookupError when it is not shown.
        """
        who, where = self._user_in(user, channel)
        post = self._post(where, ts)
        if post.shown_to not in {"", who.id}:
            raise LookupError(f"message {ts} is not shown to {user}")
        shown = [post.blocks, *(reversed(post.past) if stale else ())]
        place = next((found for each in shown for found in _find(each, what, value)), None)
        if place is None:
            raise LookupError(f"message {ts} shows no {what}")
        choices = post.choices.setdefault(who.id, {})
        action = self._act(who, place, selected, choices)
        if not _tells(place):
            return Dispatch(Kind.INTERACTIVE)
        payload = self._message_payload(who, action, where, post)
        return await self._send(who, payload)

    async def press_in_view(
        self,
        user: str,
        what: str,
        *,
        value: str | None = None,
        selected: Any = None,
        home: bool | None = None,
    ) -> Dispatch:
        """Press in the modal in front, or in the App Home.

        `home` chooses between the two.
        """
        who = self.workspace.user(user)
        view = self._in_front(who, home=home)
        place = next(_find(view.blocks, what, value), None)
        if place is None:
            raise LookupError(f"the view shows no {what}")
        action = self._act(who, place, selected, view.choices)
        if not _tells(place):
            return Dispatch(Kind.INTERACTIVE)
        return await self._send(who, interactions.make_view_actions(who, action, view))

    async def suggest(
        self, user: str, what: str, text: str, channel: str = "", ts: str = ""
    ) -> list[Json]:
        """Type in a menu, and list the options the app offers.

        It is looked for in the modal in front or the App Home, or in a message when one is named.
        LookupError when there is no such menu or the text is shorter than it wants.
        """
        who = self.workspace.user(user)
        if channel:
            where = self._channel(channel)
            post = self._post(where, ts)
            shown = post.blocks
            at: Json = {"type": "message", "message_ts": ts, "channel_id": where.id}
            container: Json = {"container": at, "message": self._as_json(post)}
        else:
            view = self._in_front(who, home=None)
            shown, container = view.blocks, {"view": view.as_json()}
            container["container"] = {"type": "view", "view_id": view.id}
        menus = [
            each for each in _find(shown, what, None) if each[1]["type"].endswith("external_select")
        ]
        if not menus or len(text) < menus[0][1].get("min_query_length", 3):
            raise LookupError(f"no menu {what} asks for options of {text!r}")
        block, element = menus[0]
        payload = interactions.make_suggestion(who, block, element, text, container)
        sent = await self.deliveries.deliver(Dispatch(Kind.INTERACTIVE, payload))
        options = _list_offered(sent)
        self._list_offered[who.id, element["action_id"]] = options
        return options

    # How.

    async def _send(self, who: User, payload: Json, kind: Kind = Kind.INTERACTIVE) -> Dispatch:
        payload["trigger_id"] = self.windows.trigger(who.id)
        return await self.deliveries.deliver(Dispatch(kind, payload))

    def _in_front(self, who: User, *, home: bool | None) -> View:
        if home is not True and (home is False or self.windows.stacks.get(who.id)):
            return self.windows.top(who.id)
        if who.id not in self.windows.homes:
            raise LookupError(f"{who.name} sees no view")
        return self.windows.homes[who.id]

    def _message_payload(
        self, who: User, action: Json, where: Channel, post: StoredMessage
    ) -> Json:
        values = inputs.collect_states(post.blocks, post.choices[who.id])
        message = self._as_json(post)
        payload = interactions.make_message_actions(who, action, where, post, message, values)
        payload["response_url"] = self.response_urls.new(where, who.id, post)
        return payload

    def _act(self, who: User, place: Place, selected: Any, choices: Json) -> Json:
        """Choose, and the action the app is told of."""
        block, element = place
        action: Json = {key: element[key] for key in ("type", "action_id")}
        action |= {"block_id": block["block_id"], "action_ts": self.workspace.ts()}
        if element["type"] == "overflow":
            return action | {"selected_option": inputs.find_option(element, selected, [])}
        if element["type"] in {"button", "workflow_button"}:
            kept = ("text", "value", "style")
            return action | {key: element[key] for key in kept if key in element}
        offered = self._list_offered.get((who.id, element["action_id"]), [])
        state = inputs.make_chosen_state(element, selected, offered)
        choices.setdefault(block["block_id"], {})[element["action_id"]] = state
        return action | state


def _find(shown: list[Json], what: str, value: str | None) -> Iterator[Place]:
    """Find the elements of this `action_id` or text, in order."""
    for block in shown:
        for element in list_elements(block):
            text = element.get("text", {}).get("text")
            if what in {element["action_id"], text} and value in {None, element.get("value")}:
                yield block, element


def _tells(place: Place) -> bool:
    """Tell whether the app hears of a choice at once.

    For inputs it does so only if they ask for it.
    """
    block, _ = place
    return block["type"] != "input" or bool(block.get("dispatch_action"))


def _list_offered(sent: Dispatch) -> list[Json]:
    """Read the options of the answer.

    Raises ValueError when Slack could not show them.
    """
    answer: Any = sent.answer if sent.ok else None
    if problems := block_kit.find_option_faults(answer):
        raise ValueError(f"no options to choose from: {problems}")
    found: list[Json] = answer.get("options", [])
    return found or [each for group in answer.get("option_groups", []) for each in group["options"]]
