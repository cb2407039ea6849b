"""What a user has chosen or typed in an element, in the words of `state.values` and of actions.

Source: https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.simulator.common.answers import Json
from bot.simulator.slack.state import elements_of

_TYPED = ("plain_text_input", "number_input", "email_text_input", "url_text_input")
_ONE_OF = ("static_select", "external_select", "radio_buttons")
_SOME_OF = ("multi_static_select", "multi_external_select", "checkboxes")
_KEYS = {
    **dict.fromkeys(_TYPED, ("value", "initial_value")),
    **dict.fromkeys(_ONE_OF, ("selected_option", "initial_option")),
    **dict.fromkeys(_SOME_OF, ("selected_options", "initial_options")),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "file_input": ("files", "files"),
}
"""Every element with a state: the key of the state, the key of what it is at first."""


def stateful(block: Json) -> Iterator[Json]:
    """The elements of a block that have a state; buttons and overflow menus have none."""
    return (element for element in elements_of(block) if element["type"] in _KEYS)


def at_first(element: Json) -> Json:
    """The state of an element nobody has touched."""
    key, initial = _KEYS[element["type"]]
    several = key in {"selected_options", "files"} or element["type"].startswith("multi_")
    return {"type": element["type"], key: element.get(initial, [] if several else None)}


def chosen(element: Json, wanted: Any, offered: list[Json]) -> Json:
    """The state after a choice: options by their value or text, all else as it is.

    `offered` are the options an external menu has shown last. LookupError when an option is not
    there to be chosen.
    """
    key, _ = _KEYS[element["type"]]
    value = wanted
    if key == "selected_option" and wanted is not None:
        value = option(element, wanted, offered)
    elif key == "selected_options":
        each = wanted if isinstance(wanted, list | tuple) else [wanted]
        value = [option(element, one, offered) for one in each]
    elif element["type"] in _TYPED and wanted == "":
        value = None
    return {"type": element["type"], key: value}


def option(element: Json, wanted: Any, offered: list[Json]) -> Json:
    """The option of this value or text; LookupError when the element does not offer it."""
    groups = element.get("option_groups", [])
    options: list[Json] = [*element.get("options", [])]
    options += [each for one in groups for each in one["options"]]
    if element["type"].endswith("external_select"):
        options = offered
    for each in options:
        if wanted in (each["value"], each["text"]["text"], each):
            return each
    raise LookupError(f"{element.get('action_id')} offers no option {wanted}")


def states(blocks: list[Json], choices: Json) -> Json:
    """`state.values`: by `block_id` and `action_id`, what was chosen or stands there at first."""
    values: Json = {}
    for block in blocks:
        for element in stateful(block):
            made = choices.get(block["block_id"], {}).get(element["action_id"])
            state = made if made and made["type"] == element["type"] else at_first(element)
            values.setdefault(block["block_id"], {})[element["action_id"]] = state
    return values


def is_empty(state: Json) -> bool:
    """Whether nothing was chosen or typed."""
    return not any(value for key, value in state.items() if key != "type")
