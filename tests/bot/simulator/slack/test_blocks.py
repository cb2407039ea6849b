"""The fake Slack keeps Block Kit's limits, compared with Slack's own models."""

import copy
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.simulator.slack.blocks.blocks import SURFACES, TOO_LONG, find_faults, find_option_faults

Json = dict[str, Any]
Steps = tuple[str | int, ...]


def words(text: str = "言葉") -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "*言葉*") -> Json:
    return {"type": "mrkdwn", "text": text}


def options(number: int = 2) -> list[Json]:
    return [{"text": words(f"選択肢{n}"), "value": str(n)} for n in range(number)]


def rich(*elements: Json) -> Json:
    return {"type": "rich_text", "elements": list(elements)}


def cells(rows: int, columns: int) -> list[list[Json]]:
    return [[{"type": "raw_text", "text": "升"}] * columns for _ in range(rows)]


def chart(**more: Any) -> Json:
    data = [{"label": day, "value": value} for day, value in (("月", 1), ("火", -2.5))]
    plot = {
        "type": "bar",
        "series": [{"name": "相談", "data": data}],
        "axis_config": {"categories": ["月", "火"], "y_label": "件"},
    }
    return {"type": "data_visualization", "title": "相談の数", "chart": plot | more}


CONFIRM = {
    "title": words("本当に?"),
    "text": mrkdwn("戻せません"),
    "confirm": words("はい"),
    "deny": words("いいえ"),
    "style": "danger",
}
BUTTON = {
    "type": "button",
    "action_id": "go",
    "text": words("始める"),
    "value": "v",
    "style": "primary",
    "confirm": CONFIRM,
    "accessibility_label": "始める",
}
LINK = {"type": "button", "action_id": "see", "text": words("見る"), "url": "https://example.com/"}
IMAGE = {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "図"}
SECTION = {"type": "section", "block_id": "s", "text": mrkdwn()}
DIVIDER = {"type": "divider"}
CARD = {"type": "card", "title": mrkdwn(), "body": mrkdwn(), "actions": [BUTTON]}
STATIC = {"type": "static_select", "action_id": "m", "placeholder": words(), "options": options()}

SECTION_TEXT = {"type": "rich_text_section", "elements": [{"type": "text", "text": "言葉"}]}
PARTS: list[Json] = [
    {"type": "text", "text": "太字", "style": {"bold": True}},
    {"type": "link", "url": "https://example.com/", "text": "ここ"},
    {"type": "emoji", "name": "tada"},
    {"type": "user", "user_id": "U0YAMADA"},
    {"type": "channel", "channel_id": "C0DESK"},
    {"type": "usergroup", "usergroup_id": "S0DESK"},
    {"type": "broadcast", "range": "here"},
    {"type": "date", "timestamp": 1_700_000_000, "format": "{date}", "fallback": "その日"},
]
RICH = rich(
    {"type": "rich_text_section", "elements": PARTS},
    {"type": "rich_text_quote", "elements": [{"type": "text", "text": "引用"}]},
    {"type": "rich_text_list", "style": "bullet", "indent": 0, "elements": [SECTION_TEXT]},
    {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "code"}]},
)

INPUTS: list[Json] = [
    {"type": "plain_text_input", "multiline": True, "min_length": 1, "max_length": 100},
    {"type": "plain_text_input", "initial_value": "前の言葉", "focus_on_load": True},
    {"type": "number_input", "is_decimal_allowed": False, "min_value": "0", "max_value": "9"},
    {"type": "email_text_input", "placeholder": words()},
    {"type": "url_text_input"},
    STATIC | {"initial_option": options()[1]},
    {"type": "static_select", "option_groups": [{"label": words(), "options": options()}]},
    {"type": "multi_static_select", "options": options(), "initial_options": options()[:1]},
    {"type": "external_select", "min_query_length": 1},
    {"type": "users_select", "initial_user": "U0YAMADA"},
    {"type": "multi_users_select", "max_selected_items": 3},
    {"type": "conversations_select", "default_to_current_conversation": True},
    {"type": "channels_select"},
    {"type": "datepicker", "initial_date": "2026-12-01"},
    {"type": "timepicker", "initial_time": "09:30"},
    {"type": "datetimepicker", "initial_date_time": 1_700_000_000},
    {"type": "radio_buttons", "options": options(10), "initial_option": options()[0]},
    {"type": "checkboxes", "options": options(10), "initial_options": options()},
    {"type": "rich_text_input"},
]


def asked(element: Json, **more: Any) -> Json:
    named = {"action_id": "it"} | element
    return {"type": "input", "label": words("質問"), "element": named, **more}


VALID: list[tuple[str, Json]] = [
    *((surface, SECTION) for surface in SURFACES),
    ("message", {"type": "section", "fields": [mrkdwn(), words()], "accessory": BUTTON}),
    ("home", {"type": "section", "text": words(), "accessory": IMAGE}),
    ("message", {"type": "actions", "block_id": "a", "elements": [BUTTON, LINK, STATIC]}),
    (
        "message",
        {
            "type": "actions",
            "elements": [{"type": "overflow", "action_id": "o", "options": options(5)}],
        },
    ),
    ("message", {"type": "context", "elements": [IMAGE, mrkdwn(), words()]}),
    ("home", DIVIDER),
    ("home", {"type": "header", "text": words("見出し")}),
    ("message", IMAGE | {"title": words()}),
    ("message", RICH),
    ("message", {"type": "markdown", "text": "# 題"}),
    ("message", {"type": "table", "rows": cells(100, 20)}),
    ("message", {"type": "table", "rows": [[RICH]], "column_settings": [{"align": "right"}]}),
    ("message", {"type": "data_table", "rows": cells(101, 2), "caption": "表", "page_size": 10}),
    ("message", chart()),
    ("message", chart(type="line")),
    ("message", CARD),
    ("message", {"type": "carousel", "elements": [CARD] * 10}),
    ("message", {"type": "container", "title": words(), "child_blocks": [SECTION, DIVIDER]}),
    ("modal", {"type": "alert", "text": mrkdwn(), "level": "warning"}),
    (
        "message",
        {
            "type": "plan",
            "title": "手順",
            "tasks": [{"type": "task_card", "task_id": "1", "title": "一", "status": "complete"}],
        },
    ),
    (
        "message",
        {
            "type": "context_actions",
            "elements": [
                {
                    "type": "feedback_buttons",
                    "action_id": "f",
                    "positive_button": {"text": words("良い"), "value": "1"},
                    "negative_button": {"text": words("悪い"), "value": "0"},
                },
                {"type": "icon_button", "action_id": "d", "icon": "trash", "text": words()},
            ],
        },
    ),
    *(("modal", asked(element, optional=True, hint=words())) for element in INPUTS),
    ("modal", asked({"type": "file_input", "filetypes": ["pdf"], "max_files": 2})),
    ("modal", asked({"type": "conversations_select", "response_url_enabled": True})),
]


def on(surface: str, *blocks: Json) -> Any:
    """Check the blocks on a surface, in a whole view where need be."""
    if surface == "message":
        return list(blocks)
    view: Json = {"type": surface, "blocks": list(blocks)}
    if surface == "modal":
        view |= {"title": words("題"), "submit": words("送る")}
    return view


@pytest.mark.parametrize(("surface", "block"), VALID)
def test_what_slack_shows_passes(surface: str, block: Json) -> None:
    assert find_faults(on(surface, block), surface) == []


def changed(value: Json, steps: str, replacement: Any) -> Json:
    """Copy it with one thing replaced, or taken out for `...`."""
    made = copy.deepcopy(value)
    inner: Any = made
    *path, last = [int(step) if step.isdecimal() else step for step in steps.split(".")]
    for step in path:
        inner = inner[step]
    if replacement is ...:
        del inner[last]
    else:
        inner[last] = replacement
    return made


ACTIONS = {"type": "actions", "elements": [BUTTON]}
TYPED = asked({"type": "plain_text_input"})
CHOICE = asked({"type": "radio_buttons", "options": options()})
MENU = asked(STATIC)
OVERFLOW: Json = {"type": "overflow", "action_id": "o", "options": options()}
FIELDS = {"type": "section", "fields": [mrkdwn()]}
DATA: Json = {"type": "data_table", "rows": cells(2, 2), "caption": "表"}

WRONG: list[tuple[Json, str, Any]] = [
    (SECTION, "block_id", "x" * 256),
    (SECTION, "text.text", "あ" * 3001),
    (SECTION, "text.text", ""),
    (SECTION, "text.type", "html"),
    (SECTION, "text", ...),
    (SECTION, "text", "words"),
    (SECTION, "txt", "x"),
    (SECTION, "text.emoji", True),
    (SECTION, "accessory", TYPED["element"]),
    (FIELDS, "fields", [mrkdwn()] * 11),
    (FIELDS, "fields", []),
    (FIELDS, "fields.0.text", "あ" * 2001),
    ({"type": "header", "text": words()}, "text.text", "あ" * 151),
    ({"type": "header", "text": words()}, "text", mrkdwn()),
    ({"type": "context", "elements": [words()]}, "elements", [words()] * 11),
    ({"type": "context", "elements": [words()]}, "elements", [BUTTON]),
    (ACTIONS, "elements", []),
    (ACTIONS, "elements", [BUTTON | {"action_id": str(n)} for n in range(26)]),
    (ACTIONS, "elements", [BUTTON, BUTTON]),
    (ACTIONS, "elements.0.type", "buton"),
    (ACTIONS, "elements.0.text.text", "あ" * 76),
    (ACTIONS, "elements.0.text.type", "mrkdwn"),
    (ACTIONS, "elements.0.value", "x" * 2001),
    (ACTIONS, "elements.0.url", "https://example.com/" + "x" * 2981),
    (ACTIONS, "elements.0.url", "javascript:alert(1)"),
    (ACTIONS, "elements.0.style", "green"),
    (ACTIONS, "elements.0.accessibility_label", "あ" * 76),
    (ACTIONS, "elements.0.action_id", "x" * 256),
    (ACTIONS, "elements.0.confirm.title.text", "あ" * 101),
    (ACTIONS, "elements.0.confirm.text.text", "あ" * 301),
    (ACTIONS, "elements.0.confirm.confirm.text", "あ" * 31),
    (ACTIONS, "elements.0.confirm.deny", ...),
    (ACTIONS, "elements.0", TYPED["element"]),
    ({"type": "actions", "elements": [OVERFLOW]}, "elements.0.options", options(6)),
    ({"type": "actions", "elements": [OVERFLOW]}, "elements.0.options", []),
    (MENU, "element.options", options(101)),
    (MENU, "element.options", []),
    (MENU, "element.options", ...),
    (MENU, "element.option_groups", [{"label": words(), "options": options()}]),
    (MENU, "element.options.0.text.text", "あ" * 76),
    (MENU, "element.options.0.text", mrkdwn()),
    (MENU, "element.options.0.value", "x" * 151),
    (MENU, "element.options.0.value", "1"),
    (MENU, "element.options.0.description", words("あ" * 76)),
    (MENU, "element.placeholder.text", "あ" * 151),
    (MENU, "element.initial_option", options(9)[8]),
    (CHOICE, "element.options", options(11)),
    (CHOICE, "element.options", []),
    (CHOICE, "element.initial_option", options(9)[8]),
    (TYPED, "label.text", "あ" * 2001),
    (TYPED, "label", mrkdwn()),
    (TYPED, "hint", words("あ" * 2001)),
    (TYPED, "element", BUTTON),
    (TYPED, "element.max_length", 3001),
    (TYPED, "element.min_length", 3001),
    (TYPED, "element.max_length", 0),
    (TYPED | {"element": {**TYPED["element"], "max_length": 5}}, "element.min_length", 6),
    (
        TYPED | {"element": {**TYPED["element"], "max_length": 5}},
        "element.initial_value",
        "六文字ですよ",
    ),
    (TYPED, "element.placeholder", words("あ" * 151)),
    (asked({"type": "datepicker"}), "element.initial_date", "2026-13-01"),
    (asked({"type": "timepicker"}), "element.initial_time", "24:00"),
    (
        asked({"type": "number_input", "is_decimal_allowed": True}),
        "element.is_decimal_allowed",
        ...,
    ),
    (IMAGE, "image_url", "https://example.com/" + "x" * 2981),
    (IMAGE, "alt_text", ...),
    (IMAGE, "alt_text", "あ" * 2001),
    (IMAGE, "title", words("あ" * 2001)),
    (IMAGE, "image_url", ...),
    ({"type": "markdown", "text": "x"}, "text", "あ" * 12_001),
    (rich(SECTION_TEXT), "elements.0.type", "rich_text_poem"),
    (rich(SECTION_TEXT), "elements.0.elements.0.text", ""),
    (rich(SECTION_TEXT), "elements.0.elements.0.style", "bold"),
    (rich(SECTION_TEXT), "elements", []),
    ({"type": "table", "rows": cells(1, 1)}, "rows", cells(101, 1)),
    ({"type": "table", "rows": cells(1, 1)}, "rows", cells(1, 21)),
    (DATA, "rows", cells(1, 1)),
    (DATA, "rows", cells(102, 1)),
    (DATA, "rows.1", cells(1, 3)[0]),
    (DATA, "rows.0.0", rich(SECTION_TEXT)),
    (DATA, "rows.0.0.text", "あ" * 20_001),
    (DATA, "caption", ...),
    (DATA, "page_size", 101),
    (chart(), "title", "あ" * 51),
    (chart(), "chart.type", "donut"),
    (chart(), "chart.series.0.data.0.label", "日"),
    (chart(), "chart.series", [chart()["chart"]["series"][0] | {"name": str(n)} for n in range(7)]),
    (chart(), "chart.series", chart()["chart"]["series"] * 2),
    (chart(), "chart", {"type": "pie", "segments": [{"label": "x", "value": 0}]}),
    (CARD, "title.text", "あ" * 151),
    (CARD, "body.text", "あ" * 201),
    (CARD, "actions", [BUTTON | {"action_id": str(n)} for n in range(4)]),
    ({"type": "card", "title": words()}, "title", ...),
    ({"type": "carousel", "elements": [CARD]}, "elements", [CARD] * 11),
    ({"type": "carousel", "elements": [CARD]}, "elements", [SECTION]),
    (
        {"type": "container", "title": words(), "child_blocks": [DIVIDER]},
        "child_blocks",
        [DIVIDER] * 11,
    ),
    ({"type": "container", "title": words(), "child_blocks": [DIVIDER]}, "title", ...),
    ({"type": "alert", "text": words()}, "text.text", "あ" * 201),
    (DIVIDER, "type", "ruler"),
    (DIVIDER, "type", ...),
]


@pytest.mark.parametrize(("block", "steps", "replacement"), WRONG)
def test_every_limit_is_kept(block: Json, steps: str, replacement: Any) -> None:
    surface = next(each for each in SURFACES if not find_faults(on(each, block), each))
    found = find_faults(on(surface, changed(block, steps, replacement)), surface)
    assert found
    assert all(each.startswith(("blocks", "view")) for each in found)


# Whole messages and views.


def test_a_message_has_fifty_blocks_and_a_view_a_hundred() -> None:
    for surface, most in (("message", 50), ("modal", 100), ("home", 100)):
        assert find_faults(on(surface, *[DIVIDER] * most), surface) == []
        assert find_faults(on(surface, *[DIVIDER] * (most + 1)), surface)


def test_a_message_holds_ten_thousand_characters_in_all() -> None:
    long = [
        rich({"type": "rich_text_section", "elements": [{"type": "text", "text": "あ" * 5000}]})
    ]
    assert find_faults(long * 2, "message") == []
    assert find_faults([*long * 2, {"type": "header", "text": words("長")}], "message") == [
        TOO_LONG
    ]
    assert find_faults(on("home", *long * 3), "home") == []


def test_a_quote_may_have_a_border_which_the_models_do_not_know() -> None:
    quote = {"type": "rich_text_quote", "elements": PARTS, "border": 1}
    assert find_faults([rich(quote)], "message") == []
    assert find_faults([rich(quote | {"border": 2})], "message")


def test_action_ids_are_unique_in_their_own_block() -> None:
    row = {"type": "actions", "elements": [BUTTON]}
    assert find_faults([row, row], "message") == []
    container = {"type": "container", "title": words(), "child_blocks": [row, row]}
    assert find_faults([container], "message") == []
    twice = container | {"child_blocks": [row | {"elements": [BUTTON, BUTTON]}]}
    assert find_faults([twice], "message")
    assert find_faults([CARD | {"actions": [BUTTON, BUTTON]}], "message")


def test_block_ids_are_unique() -> None:
    named = DIVIDER | {"block_id": "same"}
    for surface in SURFACES:
        assert find_faults(on(surface, named, named), surface)
        assert find_faults(on(surface, named, DIVIDER, DIVIDER), surface) == []


def test_one_table_and_two_charts_are_enough() -> None:
    table = {"type": "table", "rows": cells(1, 1)}
    assert find_faults([table, table], "message") == ["blocks: only_one_table_allowed"]
    assert find_faults([chart()] * 2, "message") == []
    assert find_faults([chart()] * 3, "message")


def test_one_element_has_the_focus() -> None:
    focused = asked({"type": "plain_text_input", "focus_on_load": True})
    assert find_faults(on("modal", focused, focused), "modal")


@pytest.mark.parametrize(
    ("steps", "replacement"),
    [
        ("title", ...),
        ("title.text", "あ" * 25),
        ("submit.text", "あ" * 25),
        ("close", words("あ" * 25)),
        ("submit", ...),
        ("blocks", []),
        ("private_metadata", "x" * 3001),
        ("callback_id", "x" * 256),
        ("external_id", "x" * 256),
        ("type", "home"),
        ("type", "workflow_step"),
        ("hash", "x"),
    ],
)
def test_a_modal_is_a_whole(steps: str, replacement: Any) -> None:
    view = on("modal", TYPED)
    assert find_faults(view, "modal") == []
    assert find_faults(changed(view, steps, replacement), "modal")


def test_a_home_sends_nothing_and_a_modal_without_inputs_need_not() -> None:
    assert find_faults(on("home", DIVIDER) | {"submit": words()}, "home")
    assert find_faults(on("home", DIVIDER) | {"title": words()}, "home")
    assert find_faults(changed(on("modal", DIVIDER), "submit", ...), "modal") == []


def test_blocks_show_on_their_surfaces_only() -> None:
    for surface, block in (
        ("home", chart()),
        ("home", {"type": "table", "rows": cells(1, 1)}),
        ("modal", {"type": "markdown", "text": "x"}),
        ("message", {"type": "alert", "text": words()}),
        ("message", asked({"type": "file_input"})),
        ("home", asked({"type": "conversations_select", "response_url_enabled": True})),
    ):
        assert find_faults(on(surface, block), surface)
    assert find_faults(on("modal", DIVIDER), "workflow_step")


def test_what_is_no_block_at_all_is_told_too() -> None:
    assert find_faults({}, "message")
    assert find_faults([None], "message")
    assert find_faults([], "home")
    deep: Any = {}
    for _ in range(100_000):
        deep = {"type": "rich_text", "elements": [deep]}
    assert find_faults([deep], "message")


def test_options_an_app_offers_are_checked_alone() -> None:
    assert find_option_faults({"options": options(100)}) == []
    assert find_option_faults({"option_groups": [{"label": words(), "options": options()}]}) == []
    for wrong in ({"options": options(101)}, {"options": options(), "x": 1}, {}, None):
        assert find_option_faults(wrong)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["type", "text", "elements", "blocks", "options", "x"]), inner
            )
        ),
    ),
    st.sampled_from(sorted(SURFACES)),
)
def test_no_json_breaks_the_check(value: Any, surface: str) -> None:
    assert all(isinstance(each, str) for each in find_faults(value, surface))


# Beside slack_sdk's models.

UNKNOWN_TO_MODELS = {"data_table", "data_visualization"}
MODELLED = [(surface, block) for surface, block in VALID if block["type"] not in UNKNOWN_TO_MODELS]


def by_model(surface: str, block: Json) -> Json | None:
    """Write the block by Slack's models, or None when they refuse it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if surface == "message":
                made = Block.parse(copy.deepcopy(block))
                return made.to_dict() if made else None
            view: Json = View(**copy.deepcopy(on(surface, block))).to_dict()
            (inner,) = view["blocks"]
            return dict(inner)
    except Exception:  # noqa: BLE001 (the models fail in many ways on what is no block)
        return None


@pytest.mark.parametrize(("surface", "block"), MODELLED)
def test_what_passes_is_written_by_the_models_just_so(surface: str, block: Json) -> None:
    assert by_model(surface, block) == block


def places(value: Any, path: Steps = ()) -> Iterator[Steps]:
    """Yield the places of all values in a block.

    Of long lists the beginning is enough.
    """
    pairs: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        pairs = list(value.items())
    elif isinstance(value, list):
        pairs = list(enumerate(value[:2]))
    for key, inner in pairs:
        yield (*path, key)
        yield from places(inner, (*path, key))


def mutants(block: Json) -> Iterator[Json]:
    """Draw the block with one thing longer, repeated, out or replaced."""
    for *path, last in places(block):
        inner: Any = block
        for step in path:
            inner = inner[step]
        for other in others(inner[last]):
            made = copy.deepcopy(block)
            inner = made
            for step in path:
                inner = inner[step]
            if other is ...:
                del inner[last]
            else:
                inner[last] = other
            yield made


def others(before: Any) -> list[Any]:
    """List other values for a place, where `...` stands for none at all."""
    if isinstance(before, str):
        return [..., "", *("x" * n for n in (25, 31, 76, 101, 151, 256, 301, 2001, 3001, 12_001))]
    if isinstance(before, list):
        return [..., [], *(before * n for n in (2, 6, 11, 26, 101) if n * len(before) < 1000)]
    return [..., "", "x", None]


@pytest.mark.parametrize(("surface", "block"), MODELLED)
def test_what_the_models_refuse_is_refused(surface: str, block: Json) -> None:
    refused = [each for each in mutants(block) if by_model(surface, each) is None]
    assert refused
    assert [each for each in refused if not find_faults(on(surface, each), surface)] == []
