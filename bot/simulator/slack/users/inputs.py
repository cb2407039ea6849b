"""The state of inputs, as `state.values` and actions write it.

Source: https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.simulator.common.answers import Json
from bot.simulator.slack.state import list_elements

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
"""Key of an element's state, and of its initial value."""


def list_stateful(block: Json) -> Iterator[Json]:
    """List the elements of a block that have a state.

    Buttons and overflow menus have none.
    """
    return (element for element in list_elements(block) if element["type"] in _KEYS)


def make_initial_state(element: Json) -> Json:
    """Make the state of an element nobody has touched."""
    key, initial = _KEYS[element["type"]]
    several = key in {"selected_options", "files"} or element["type"].startswith("multi_")
    return {"type": element["type"], key: element.get(initial, [] if several else None)}


def make_chosen_state(element: Json, wanted: Any, offered: list[Json]) -> Json:
    """Make the state after a choice.

    Options are chosen by their value or text, all else is taken as it is. `offered` are the options
    an external menu has shown last. LookupError when an option is not there to be chosen.
    """
    key, _ = _KEYS[element["type"]]
    value = wanted
    if key == "selected_option" and wanted is not None:
        value = find_option(element, wanted, offered)
    elif key == "selected_options":
        each = wanted if isinstance(wanted, list | tuple) else [wanted]
        value = [find_option(element, one, offered) for one in each]
    elif element["type"] in _TYPED and wanted == "":
        value = None
    return {"type": element["type"], key: value}


def find_option(element: Json, wanted: Any, offered: list[Json]) -> Json:
    """Find the option of this value or text. Raises LookupError."""
    groups = element.get("option_groups", [])
    options: list[Json] = [*element.get("options", [])]
    options += [each for one in groups for each in one["options"]]
    if element["type"].endswith("external_select"):
        options = offered
    for each in options:
        if wanted in (each["value"], each["text"]["text"], each):
            return each
    raise LookupError(f"{element.get('action_id')} offers no option {wanted}")


def collect_states(blocks: list[Json], choices: Json) -> Json:
    """Collect `state.values`, by `block_id` and `action_id`.

    They hold what was chosen or stands there at first.
    """
    values: Json = {}
    for block in blocks:
        for element in list_stateful(block):
            made = choices.get(block["block_id"], {}).get(element["action_id"])
            state = (
                made if made and made["type"] == element["type"] else make_initial_state(element)
            )
            values.setdefault(block["block_id"], {})[element["action_id"]] = state
    return values


def is_empty(state: Json) -> bool:
    """Tell whether nothing was chosen or typed."""
    return not any(value for key, value in state.items() if key != "type")
