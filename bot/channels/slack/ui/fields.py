"""Make the fields of forms that are not typed, as plain dicts.

They are boxes, days, times and people. Source of forms and limits: Slack's Block Kit reference.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.channels.slack.ui.blocks import Json, option, plain_text
from bot.model.messages import Choice


def radio(action: str, choices: Iterable[Choice], initial: str) -> Json:
    """Make at most ten choices with always one chosen."""
    options = [option(each.label, each.value) for each in choices]
    chosen = next(each for each in options if each["value"] == initial)
    return {
        "type": "radio_buttons",
        "action_id": action,
        "options": options,
        "initial_option": chosen,
    }


def checkbox(action: str, label: str, value: str, *, ticked: bool = False) -> Json:
    """Make one box to tick.

    `value` is what is submitted when it is ticked.
    """
    return checkboxes(action, [Choice(label, value)], [value] if ticked else [])


def checkboxes(action: str, choices: Iterable[Choice], ticked: Iterable[str]) -> Json:
    """Make at most ten boxes to tick.

    `ticked` are the values of those that are.
    """
    options = [option(each.label, each.value) for each in choices]
    on = set(ticked)
    initial = [each for each in options if each["value"] in on]
    more = {"initial_options": initial} if initial else {}
    return {"type": "checkboxes", "action_id": action, "options": options, **more}


def date_field(action: str, initial: str = "") -> Json:
    """Make a field to choose a day in.

    `initial` is YYYY-MM-DD.
    """
    chosen = {"initial_date": initial} if initial else {}
    return {"type": "datepicker", "action_id": action, **chosen}


def time_field(action: str, initial: str) -> Json:
    """Make a field to choose a time of day in.

    `initial` is HH:MM.
    """
    return {"type": "timepicker", "action_id": action, "initial_time": initial}


def users_list_field(action: str, initial: Sequence[str], *, most: int) -> Json:
    """Make a field in which several people of the workspace are chosen."""
    chosen = {"initial_users": list(initial)} if initial else {}
    return {"type": "multi_users_select", "action_id": action, "max_selected_items": most, **chosen}


def channel_field(action: str, initial: str = "") -> Json:
    """Make a field in which a channel of our own workspace is chosen."""
    chosen = {"initial_conversation": initial} if initial else {}
    shown = {
        "include": ["public", "private"],
        "exclude_external_shared_channels": True,
        "exclude_bot_users": True,
    }
    return {"type": "conversations_select", "action_id": action, "filter": shown, **chosen}


def several_select(
    placeholder: str, action: str, choices: Iterable[Choice], chosen: Iterable[str]
) -> Json:
    """Make a select in which several of at most 100 choices are chosen."""
    options, on = [option(each.label, each.value) for each in choices], set(chosen)
    initial = [each for each in options if each["value"] in on]
    return {
        "type": "multi_static_select",
        "placeholder": plain_text(placeholder, 150),
        "action_id": action,
        "options": options,
        **({"initial_options": initial} if initial else {}),
    }


def users_field(action: str) -> Json:
    """Make a field in which somebody of the workspace is chosen."""
    return {"type": "users_select", "action_id": action}
