"""Make the fields of forms that are not typed, as plain dicts.

They are boxes, days, times and people. Source of forms and limits: Slack's Block Kit reference.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.channels.slack.ui.blocks import Json, option
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


def users_field(action: str) -> Json:
    """Make a field in which somebody of the workspace is chosen."""
    return {"type": "users_select", "action_id": action}
