"""Check the elements of Block Kit, and the blocks they may stand in.

Source: https://docs.slack.dev/reference/block-kit/block-elements
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.simulator.common.shapes import (
    Check,
    Fault,
    Path,
    anything,
    array,
    boolean,
    integer,
    one_of,
    record,
    text,
)
from bot.simulator.slack.blocks.objects import (
    ADDRESS,
    ALT_TEXT,
    CHOICE,
    CONFIRM,
    DISPATCH,
    FILTER,
    GROUP,
    IDENTIFIER,
    OPTION,
    OPTIONS,
    OVERFLOW_OPTION,
    SLACK_FILE,
    options,
    plain,
)
from bot.simulator.slack.blocks.rich_text import RICH_TEXT_VALUE

BUTTON_TEXT = 75
BUTTON_VALUE = 2000
PLACEHOLDER = 150
CHOICES = 10
OVERFLOW = 5
TYPED = 3000
PROMPT = 4000
SEEN_BY = 10

_DATE = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
_TIME = r"([01]\d|2[0-3]):[0-5]\d"
_NUMBER = r"-?\d+(\.\d+)?"

_SEEN = array(text(20), 1, SEEN_BY)
_ACTION: dict[str, Check] = {"type": anything, "action_id": IDENTIFIER}
_CONFIRMED = _ACTION | {"confirm": CONFIRM}
_INPUT = _ACTION | {"focus_on_load": boolean}
_SELECT = _INPUT | {"confirm": CONFIRM, "placeholder": plain(PLACEHOLDER)}
_SEVERAL = _SELECT | {"max_selected_items": integer(1)}
_TYPING = _INPUT | {"placeholder": plain(PLACEHOLDER), "dispatch_action_config": DISPATCH}

BUTTON = record(
    {
        **_CONFIRMED,
        "text": plain(BUTTON_TEXT),
        "value": text(BUTTON_VALUE),
        "url": ADDRESS,
        "style": one_of("primary", "danger"),
        "accessibility_label": text(BUTTON_TEXT),
        "agent_prompt": text(PROMPT),
        "agent_prompt_display": text(PROMPT),
        "visible_to_user_ids": _SEEN,
    },
    "text",
)


def _one_picture(value: dict[str, Any], path: Path) -> Iterator[Fault]:
    if ("image_url" in value) == ("slack_file" in value):
        yield Fault(path, "must have either image_url or slack_file")


PICTURE: dict[str, Check] = {
    "type": anything,
    "image_url": ADDRESS,
    "slack_file": SLACK_FILE,
    "alt_text": text(ALT_TEXT),
}
IMAGE = record(PICTURE | {"type": one_of("image")}, "type alt_text", _one_picture)
one_picture = _one_picture


def _initial_is_offered(value: dict[str, Any], path: Path) -> Iterator[Fault]:
    offered = [*value.get("options", [])]
    for group in value.get("option_groups", []):
        offered += group["options"]
    one = [value["initial_option"]] if "initial_option" in value else []
    if any(each not in offered for each in [*one, *value.get("initial_options", [])]):
        yield Fault(path, "initial options must exactly match some of the options")


def _options_or_groups(value: dict[str, Any], path: Path) -> Iterator[Fault]:
    if ("options" in value) == ("option_groups" in value):
        yield Fault(path, "must have either options or option_groups")


_OFFERED: dict[str, Check] = {
    "options": options(OPTION, 1, OPTIONS),
    "option_groups": array(GROUP, 1, OPTIONS),
}


def _static(fields: Mapping[str, Check]) -> Check:
    return record({**fields, **_OFFERED}, "", _options_or_groups, _initial_is_offered)


def _choices(**more: Check) -> Check:
    fields = {**_INPUT, "confirm": CONFIRM, "options": options(CHOICE, 1, CHOICES), **more}
    return record(fields, "options", _initial_is_offered)


def _lengths_agree(value: dict[str, Any], path: Path) -> Iterator[Fault]:
    low, high = value.get("min_length", 0), value.get("max_length", TYPED)
    if low > high:
        yield Fault((*path, "min_length"), "must not be more than max_length")
    if len(value.get("initial_value", "")) > high:
        yield Fault((*path, "initial_value"), f"must not be longer than {high} characters")


_CONVERSATIONS: dict[str, Check] = {
    "default_to_current_conversation": boolean,
    "filter": FILTER,
}
_REPLYING: dict[str, Check] = {"response_url_enabled": boolean}
_NAMES = array(text(20), 1, OPTIONS)

SELECTS: dict[str, Check] = {
    "static_select": _static(_SELECT | {"initial_option": OPTION}),
    "external_select": record(_SELECT | {"initial_option": OPTION, "min_query_length": integer(0)}),
    "users_select": record(_SELECT | {"initial_user": text(20)}),
    "conversations_select": record(
        _SELECT | _CONVERSATIONS | _REPLYING | {"initial_conversation": text(20)}
    ),
    "channels_select": record(_SELECT | _REPLYING | {"initial_channel": text(20)}),
}
MULTI_SELECTS: dict[str, Check] = {
    "multi_static_select": _static(_SEVERAL | {"initial_options": options(OPTION, 1, OPTIONS)}),
    "multi_external_select": record(
        _SEVERAL | {"initial_options": options(OPTION, 1, OPTIONS), "min_query_length": integer(0)}
    ),
    "multi_users_select": record(_SEVERAL | {"initial_users": _NAMES}),
    "multi_conversations_select": record(
        _SEVERAL | _CONVERSATIONS | {"initial_conversations": _NAMES}
    ),
    "multi_channels_select": record(_SEVERAL | {"initial_channels": _NAMES}),
}
CHOOSERS: dict[str, Check] = {
    "radio_buttons": _choices(initial_option=CHOICE),
    "checkboxes": _choices(initial_options=options(CHOICE, 1, CHOICES)),
    "datepicker": record(
        _SELECT | {"initial_date": text(10, like=_DATE, says="must be YYYY-MM-DD")}
    ),
    "timepicker": record(
        _SELECT | {"initial_time": text(5, like=_TIME, says="must be HH:mm"), "timezone": text(64)}
    ),
}
_MOMENT = {
    "datetimepicker": record(
        _INPUT | {"confirm": CONFIRM, "initial_date_time": integer(10**9, 10**10 - 1)}
    )
}
_MENU = {
    "overflow": record(_CONFIRMED | {"options": options(OVERFLOW_OPTION, 1, OVERFLOW)}, "options")
}
_WORKFLOW = {
    "workflow_button": record(
        {
            **_ACTION,
            "text": plain(BUTTON_TEXT),
            "workflow": record({"trigger": anything}, "trigger"),
            "style": one_of("primary", "danger"),
            "accessibility_label": text(BUTTON_TEXT),
        },
        "text workflow action_id",
    )
}
_AMOUNT = text(100, like=_NUMBER, says="must be a number written as a string")
_WRITTEN: dict[str, Check] = {
    "plain_text_input": record(
        _TYPING
        | {
            "initial_value": text(TYPED),
            "multiline": boolean,
            "min_length": integer(0, TYPED),
            "max_length": integer(1, TYPED),
        },
        "",
        _lengths_agree,
    ),
    "number_input": record(
        _TYPING
        | {
            "is_decimal_allowed": boolean,
            "initial_value": _AMOUNT,
            "min_value": _AMOUNT,
            "max_value": _AMOUNT,
        },
        "is_decimal_allowed",
    ),
    "email_text_input": record(_TYPING | {"initial_value": text(TYPED)}),
    "url_text_input": record(_TYPING | {"initial_value": text(TYPED)}),
    "rich_text_input": record(_TYPING | {"initial_value": RICH_TEXT_VALUE}),
    "file_input": record(
        _ACTION | {"filetypes": array(text(20), 1), "max_files": integer(1, CHOICES)}
    ),
}

ACTIONS = {"button": BUTTON, **SELECTS, **CHOOSERS, **_MOMENT, **_MENU, **_WORKFLOW}
"""Elements of an actions block. Sources disagree about multi-selects, so they are not here."""
ACCESSORY = {
    "button": BUTTON,
    "image": IMAGE,
    **SELECTS,
    **MULTI_SELECTS,
    **CHOOSERS,
    **_MENU,
    **_WORKFLOW,
}
"""Elements beside a section."""
INPUT = {**_WRITTEN, **SELECTS, **MULTI_SELECTS, **CHOOSERS, **_MOMENT}
"""Elements of an input block."""

_FEEDBACK = record(
    {
        "text": plain(BUTTON_TEXT),
        "value": text(BUTTON_VALUE),
        "accessibility_label": text(BUTTON_TEXT),
    },
    "text value",
)
CONTEXT_ACTIONS: dict[str, Check] = {
    "feedback_buttons": record(
        _ACTION | {"positive_button": _FEEDBACK, "negative_button": _FEEDBACK},
        "positive_button negative_button",
    ),
    "icon_button": record(
        {
            **_CONFIRMED,
            "icon": one_of("trash"),
            "text": plain(BUTTON_TEXT),
            "value": text(BUTTON_VALUE),
            "accessibility_label": text(BUTTON_TEXT),
            "visible_to_user_ids": _SEEN,
        },
        "icon text",
    ),
}
"""Elements of a context_actions block."""
