"""LINE's limits, one case each, with the SDK's own models as a second opinion."""

import copy
import importlib
import json
import math
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.simulator.line.messages.limits import request_violations, violations

Json = dict[str, Any]

FAMILY = "👨‍👩‍👧"
"""One grapheme cluster, five code points, eight UTF-16 code units."""


def text(words: str = "はい", **more: Any) -> Json:
    return {"type": "text", "text": words, **more}


def quick(*actions: Json, **more: Any) -> Json:
    items = [{"type": "action", "action": action, **more} for action in actions]
    return text(quickReply={"items": items})


def postback(label: str = "はい", data: str = "v1|a=b", **more: Any) -> Json:
    return {"type": "postback", "label": label, "data": data, **more}


def uri(target: str, **more: Any) -> Json:
    return {"type": "uri", "label": "開く", "uri": target, **more}


def bubble(*contents: Any, **more: Any) -> Json:
    return {"type": "bubble", "body": box(*contents), **more}


def box(*contents: Any, **more: Any) -> Json:
    return {"type": "box", "layout": "vertical", "contents": list(contents), **more}


def button(action: Json, **more: Any) -> Json:
    return {"type": "button", "action": action, **more}


def picture(**more: Any) -> Json:
    return {"type": "image", "url": "https://example.com/a.png", **more}


def flex(contents: Any, **more: Any) -> Json:
    return {"type": "flex", "altText": "窓口 03-1234-5678", "contents": contents, **more}


def carousel(*bubbles: Json) -> Json:
    return flex({"type": "carousel", "contents": list(bubbles)})


def template(kind: str, alt: str = "代わり", **parts: Any) -> Json:
    return {"type": "template", "altText": alt, "template": {"type": kind, **parts}}


def column(**more: Any) -> Json:
    return {"text": "本文", "actions": [postback()], **more}


def location(**more: Any) -> Json:
    place = {"title": "窓口", "address": "東京都", "latitude": 35.6, "longitude": 139.7}
    return {"type": "location", **place, **more}


def substitute(words: str, **substitution: Json) -> Json:
    return {"type": "textV2", "text": words, "substitution": substitution}


EMOJI = {"productId": "5ac1bfd5040ab15980c9b435", "emojiId": "001"}
MENTION = {"type": "mention", "mentionee": {"type": "all"}}
VIDEO = {
    "type": "video",
    "url": "https://example.com/v.mp4",
    "previewUrl": "https://example.com/p.jpg",
    "altContent": picture(),
}
GRADIENT = {
    "type": "linearGradient",
    "angle": "90deg",
    "startColor": "#000000",
    "endColor": "#ffffff80",
}
SPAN = {"type": "span", "text": "細", "weight": "bold"}
AREA = {"x": 0, "y": 0, "width": 520, "height": 1040}
IMAGEMAP: Json = {
    "type": "imagemap",
    "baseUrl": "https://example.com/map",
    "altText": "地図",
    "baseSize": {"width": 1040, "height": 1040},
    "actions": [{"type": "uri", "linkUri": "tel:0312345678", "area": AREA}],
}
CALL = uri("tel:0312345678", altUri={"desktop": "https://example.com/call"})
PICKER = {"type": "datetimepicker", "label": "日", "data": "d", "mode": "date"}

VALID: dict[str, Json] = {
    "text of 5000": text("あ" * 5000),
    "text of emoji and a quote": text("$", emojis=[{"index": 0, **EMOJI}], quoteToken="q"),
    "emoji after a surrogate pair": text("😀$", emojis=[{"index": 2, **EMOJI}]),
    "sender": text(sender={"name": "相談員 山田", "iconUrl": "https://example.com/i.png"}),
    "13 quick replies": quick(*[postback(str(n)) for n in range(13)]),
    "label of 20 graphemes": quick(postback(FAMILY * 20)),
    "every quick reply": quick(
        postback(displayText="はい", inputOption="openKeyboard", fillInText="\n"),
        {"type": "message", "label": "文", "text": "文"},
        uri("line://nv/location"),
        {**PICKER, "initial": "2026-11-23", "min": "2026-01-01", "max": "2100-12-31"},
        {"type": "camera", "label": "写真"},
        {"type": "cameraRoll", "label": "写真"},
        {"type": "location", "label": "位置"},
        {"type": "clipboard", "label": "写す", "clipboardText": "x" * 1000},
        imageUrl="https://example.com/i.png",
    ),
    "postback data of 300": quick(postback(data="x" * 300, displayText=FAMILY * 300)),
    "sticker": {"type": "sticker", "packageId": "446", "stickerId": "1988"},
    "image": {
        "type": "image",
        "originalContentUrl": "https://example.com/o.jpg",
        "previewImageUrl": "https://example.com/p.jpg",
    },
    "audio": {"type": "audio", "originalContentUrl": "https://example.com/a", "duration": 1},
    "location": location(),
    "buttons": template(
        "buttons", text="字" * 160, actions=[postback(), CALL, postback(), postback()]
    ),
    "buttons with a title": template("buttons", title="題", text="字" * 60, actions=[postback()]),
    "confirm": template("confirm", text="字" * 240, actions=[postback(), postback("いいえ")]),
    "carousel of templates": template("carousel", columns=[column(title="題")] * 10),
    "image carousel": template(
        "image_carousel",
        columns=[{"imageUrl": "https://example.com/i", "action": postback("字" * 12)}],
    ),
    "imagemap": IMAGEMAP,
    "substitution": substitute("{a} {{b}} 様", a={"type": "emoji", **EMOJI}),
    "coupon": {"type": "coupon", "couponId": "01JYNW8JMQVFBNWF1APF8Z3FS7"},
    "flex card": flex(
        bubble(
            {"type": "text", "text": "題", "size": "xl", "wrap": True, "scaling": True},
            {"type": "text", "contents": [SPAN], "lineSpacing": "4px", "maxLines": 0},
            {"type": "separator", "margin": "12px", "color": "#cccccc"},
            button(CALL, style="primary", height="sm", color="#06C755", scaling=True),
            box(
                {"type": "icon", "url": "https://example.com/i.png", "aspectRatio": "1.91:1"},
                {"type": "text", "text": "行", "flex": 0},
                layout="baseline",
                spacing="sm",
            ),
            box(width="30%", height="4px", background=GRADIENT, cornerRadius="xs"),
            size="giga",
            hero=picture(size="full", aspectMode="cover", aspectRatio="20:13"),
            styles={"body": {"separator": True, "separatorColor": "#000000"}},
        )
    ),
    "flex video": flex(bubble(hero=VIDEO)),
    "12 bubbles": carousel(*[bubble()] * 12),
    "altText of 1500": flex(bubble(), altText="字" * 1500),
    "flex label of 40": flex(bubble(button(postback("字" * 40)))),
}


def changed(base: Json, **changes: Any) -> Json:
    return {**base, **changes}


def without(base: Json, key: str) -> Json:
    return {name: value for name, value in base.items() if name != key}


BIG = {"type": "text", "text": "字" * 1000}
"""A message of 6 KB as JSON, where each character takes six bytes once escaped."""

INVALID: dict[str, tuple[object, str]] = {
    "not an object": ("text", "message"),
    "no type": ({"text": "a"}, "message.type"),
    "unknown type": ({"type": "txt", "text": "a"}, "message.type"),
    "unknown key": (text(quickReplys={}), "message.quickReplys"),
    "no text": ({"type": "text"}, "message.text"),
    "empty text": (text(""), "message.text"),
    "text of 5001": (text("a" * 5001), "message.text"),
    "text of 2501 pairs": (text("😀" * 2501), "message.text"),
    "a number for text": ({"type": "text", "text": 1}, "message.text"),
    "null": (text(quoteToken=None), "message.quoteToken"),
    "lone surrogate": (text("\ud83d"), "message.text"),
    "emoji off its $": (text("a$", emojis=[{"index": 0, **EMOJI}]), "message.emojis[0].index"),
    "emoji counted in code points": (
        text("😀$", emojis=[{"index": 1, **EMOJI}]),
        "message.emojis[0].index",
    ),
    "21 emojis": (text("$", emojis=[{"index": 0, **EMOJI}] * 21), "message.emojis"),
    "unknown substitution": (substitute("{a}"), "message.substitution.a"),
    "single brace": (substitute("{a"), "message.text"),
    "substitution name of 21": (
        substitute("x", **{"a" * 21: {"type": "emoji", **EMOJI}}),
        "message.substitution.aaaaaaaaaaaaaaaaaaaaa",
    ),
    "101 substitutions": (
        substitute("x", **{f"a{n}": {"type": "emoji", **EMOJI} for n in range(101)}),
        "message.substitution",
    ),
    "21 mentions": (
        substitute("x", **{f"a{n}": MENTION for n in range(21)}),
        "message.substitution",
    ),
    "14 quick replies": (quick(*[postback()] * 14), "message.quickReply.items"),
    "no quick replies": (quick(), "message.quickReply.items"),
    "quick reply without action": (
        text(quickReply={"items": [{"type": "action"}]}),
        "message.quickReply.items[0].action",
    ),
    "quick reply without type": (
        text(quickReply={"items": [{"action": postback()}]}),
        "message.quickReply.items[0].type",
    ),
    "label of 21": (quick(postback("字" * 21)), "message.quickReply.items[0].action.label"),
    "no label": (quick(without(postback(), "label")), "message.quickReply.items[0].action.label"),
    "data of 301": (
        quick(postback(data="x" * 301)),
        "message.quickReply.items[0].action.data",
    ),
    "data of 151 pairs": (
        quick(postback(data="😀" * 151)),
        "message.quickReply.items[0].action.data",
    ),
    "no data": (quick(without(postback(), "data")), "message.quickReply.items[0].action.data"),
    "displayText of 301": (quick(postback(displayText="x" * 301)), "action.displayText"),
    "displayText and text": (quick(postback(displayText="x", text="y")), "action.text"),
    "fillInText without keyboard": (quick(postback(fillInText="x")), "action.fillInText"),
    "unknown inputOption": (quick(postback(inputOption="open")), "action.inputOption"),
    "message action of 301": (
        quick({"type": "message", "label": "a", "text": "x" * 301}),
        "action.text",
    ),
    "unknown action": (quick({"type": "call", "label": "a"}), "action.type"),
    "switch in a quick reply": (
        quick({"type": "richmenuswitch", "richMenuAliasId": "a", "data": "d"}),
        "action.type",
    ),
    "uri without scheme": (quick(uri("example.com")), "action.uri"),
    "javascript uri": (quick(uri("javascript:alert(1)")), "action.uri"),
    "mailto uri": (quick(uri("mailto:a@example.com")), "action.uri"),
    "uri not percent-encoded": (quick(uri("https://example.com/窓口")), "action.uri"),
    "uri with a space": (quick(uri("https://example.com/a b")), "action.uri"),
    "uri without host": (quick(uri("https:///a")), "action.uri"),
    "phone number with words": (quick(uri("tel:電話")), "action.uri"),
    "uri of 1001": (quick(uri("https://example.com/" + "a" * 981)), "action.uri"),
    "altUri of 1001": (
        quick(uri("tel:1", altUri={"desktop": "https://example.com/" + "a" * 981})),
        "action.altUri.desktop",
    ),
    "date of another mode": (quick(changed(PICKER, initial="12:30")), "action.initial"),
    "min after max": (
        quick(changed(PICKER, min="2026-02-01", max="2026-01-01")),
        "action.min",
    ),
    "clipboard of 1001": (
        quick({"type": "clipboard", "label": "a", "clipboardText": "x" * 1001}),
        "action.clipboardText",
    ),
    "icon over http": (
        quick(postback(), imageUrl="http://example.com/i.png"),
        "items[0].imageUrl",
    ),
    "sender of 21": (text(sender={"name": "字" * 21}), "message.sender.name"),
    "sender named LINE": (text(sender={"name": "ＬＩＮＥ相談"}), "message.sender.name"),
    "sender icon of 2001": (
        text(sender={"iconUrl": "https://example.com/" + "a" * 1981}),
        "message.sender.iconUrl",
    ),
    "sticker without package": ({"type": "sticker", "stickerId": "1"}, "message.packageId"),
    "image over http": (
        {
            "type": "image",
            "originalContentUrl": "http://example.com/o.jpg",
            "previewImageUrl": "https://example.com/p.jpg",
        },
        "message.originalContentUrl",
    ),
    "audio without duration": (
        {"type": "audio", "originalContentUrl": "https://example.com/a"},
        "message.duration",
    ),
    "location title of 101": (location(title="a" * 101), "message.title"),
    "location address of 101": (location(address="a" * 101), "message.address"),
    "latitude of 91": (location(latitude=91), "message.latitude"),
    "latitude that is none": (location(latitude=math.nan), "message.latitude"),
    "altText missing": ({"type": "flex", "contents": bubble()}, "message.altText"),
    "altText of 1501": (flex(bubble(), altText="a" * 1501), "message.altText"),
    "altText empty": (flex(bubble(), altText=""), "message.altText"),
    "buttons text of 161": (
        template("buttons", text="a" * 161, actions=[postback()]),
        "message.template.text",
    ),
    "buttons text of 61 under a title": (
        template("buttons", title="a", text="a" * 61, actions=[postback()]),
        "message.template.text",
    ),
    "buttons title of 41": (
        template("buttons", title="a" * 41, text="a", actions=[postback()]),
        "message.template.title",
    ),
    "5 buttons": (
        template("buttons", text="a", actions=[postback()] * 5),
        "message.template.actions",
    ),
    "no buttons": (template("buttons", text="a", actions=[]), "message.template.actions"),
    "confirm of 241": (
        template("confirm", text="a" * 241, actions=[postback()] * 2),
        "message.template.text",
    ),
    "confirm with one action": (
        template("confirm", text="a", actions=[postback()]),
        "message.template.actions",
    ),
    "11 columns": (template("carousel", columns=[column()] * 11), "message.template.columns"),
    "column text of 121": (
        template("carousel", columns=[column(text="a" * 121)]),
        "columns[0].text",
    ),
    "4 actions in a column": (
        template("carousel", columns=[column(actions=[postback()] * 4)]),
        "columns[0].actions",
    ),
    "uneven columns": (
        template("carousel", columns=[column(), column(actions=[postback()] * 2)]),
        "message.template.columns",
    ),
    "a title in one column": (
        template("carousel", columns=[column(), column(title="a")]),
        "message.template.columns",
    ),
    "image carousel label of 13": (
        template(
            "image_carousel",
            columns=[{"imageUrl": "https://example.com/i", "action": postback("a" * 13)}],
        ),
        "columns[0].action.label",
    ),
    "location action in a template": (
        template("buttons", text="a", actions=[{"type": "location", "label": "a"}]),
        "actions[0].type",
    ),
    "unknown template": (template("list"), "message.template.type"),
    "imagemap of another width": (
        changed(IMAGEMAP, baseSize={"width": 700, "height": 700}),
        "message.baseSize.width",
    ),
    "51 imagemap actions": (
        changed(IMAGEMAP, actions=IMAGEMAP["actions"] * 51),
        "message.actions",
    ),
    "flex of nothing": (flex({}), "message.contents.type"),
    "flex of a box": (flex(box()), "message.contents.type"),
    "bubble without a block": (flex({"type": "bubble"}), "message.contents"),
    "bubble size": (flex(bubble(size="tera")), "message.contents.size"),
    "bubble over 30 KB": (flex(bubble(*[BIG] * 5)), "message.contents"),
    "carousel over 50 KB": (carousel(*[bubble(BIG)] * 9), "message.contents"),
    "13 bubbles": (carousel(*[bubble()] * 13), "message.contents.contents"),
    "bubbles of two sizes": (
        carousel(bubble(size="kilo"), bubble()),
        "message.contents.contents",
    ),
    "text component without text": (
        flex(bubble({"type": "text"})),
        "message.contents.body.contents[0].text",
    ),
    "text component empty": (
        flex(bubble({"type": "text", "text": ""})),
        "message.contents.body.contents[0].text",
    ),
    "text size": (
        flex(bubble({"type": "text", "text": "a", "size": "huge"})),
        "body.contents[0].size",
    ),
    "text color": (
        flex(bubble({"type": "text", "text": "a", "color": "red"})),
        "body.contents[0].color",
    ),
    "text key misspelt": (
        flex(bubble({"type": "text", "text": "a", "warp": True})),
        "body.contents[0].warp",
    ),
    "wrap as a word": (
        flex(bubble({"type": "text", "text": "a", "wrap": "true"})),
        "body.contents[0].wrap",
    ),
    "span on its own": (flex(bubble(SPAN)), "body.contents[0].type"),
    "null child": (flex(bubble(None)), "body.contents[0]"),
    "box without layout": (
        flex({"type": "bubble", "body": {"type": "box", "contents": []}}),
        "body.layout",
    ),
    "box without contents": (
        flex({"type": "bubble", "body": {"type": "box", "layout": "vertical"}}),
        "body.contents",
    ),
    "padding without unit": (flex(bubble(box(paddingAll="10"))), "body.contents[0].paddingAll"),
    "flex as a fraction": (flex(bubble(box(flex=0.5))), "body.contents[0].flex"),
    "icon outside a baseline": (
        flex(bubble({"type": "icon", "url": "https://example.com/i"})),
        "body.contents[0].type",
    ),
    "button on a baseline": (
        flex(bubble(box(button(postback()), layout="baseline"))),
        "body.contents[0].contents[0].type",
    ),
    "gravity on a baseline": (
        flex(bubble(box({"type": "text", "text": "a", "gravity": "top"}, layout="baseline"))),
        "body.contents[0].contents[0].gravity",
    ),
    "body of text": (
        flex({"type": "bubble", "body": {"type": "text", "text": "a"}}),
        "message.contents.body.type",
    ),
    "button without action": (flex(bubble({"type": "button"})), "body.contents[0].action"),
    "button without label": (
        flex(bubble(button(without(postback(), "label")))),
        "body.contents[0].action.label",
    ),
    "button label of 41": (
        flex(bubble(button(postback("a" * 41)))),
        "body.contents[0].action.label",
    ),
    "button style": (
        flex(bubble(button(postback(), style="danger"))),
        "body.contents[0].style",
    ),
    "camera on a button": (
        flex(bubble(button({"type": "camera", "label": "a"}))),
        "body.contents[0].action.type",
    ),
    "flex image over http": (
        flex(bubble(picture(url="http://example.com/a.png"))),
        "body.contents[0].url",
    ),
    "image four times as high": (
        flex(bubble(picture(aspectRatio="1:4"))),
        "body.contents[0].aspectRatio",
    ),
    "11 animated images": (flex(bubble(*[picture(animated=True)] * 11)), "message.contents"),
    "video in a small bubble": (flex(bubble(hero=VIDEO, size="nano")), "message.contents.size"),
    "video in a carousel": (carousel(bubble(hero=VIDEO)), "contents[0].hero"),
    "video in the body": (flex(bubble(VIDEO)), "body.contents[0].type"),
    "gradient angle": (
        flex(bubble(box(background=changed(GRADIENT, angle="360deg")))),
        "background.angle",
    ),
    "gradient stop": (
        flex(bubble(box(background=changed(GRADIENT, centerPosition="101%")))),
        "background.centerPosition",
    ),
}


@pytest.mark.parametrize("name", VALID)
def test_what_line_takes_has_no_violation(name: str) -> None:
    assert violations(VALID[name]) == []


@pytest.mark.parametrize("name", INVALID)
def test_what_line_refuses_is_a_violation_where_it_stands(name: str) -> None:
    message, where = INVALID[name]
    found = violations(message)
    assert found
    assert all(f"{where}:" in violation for violation in found)


def test_every_breach_is_reported() -> None:
    wrong = quick(postback("字" * 21, "x" * 301), uri("ftp://example.com"))
    assert len(violations(wrong)) == 3


@pytest.mark.parametrize("messages", [[], [text()] * 6, {}, None, "text"])
def test_a_request_has_one_to_five_messages(messages: object) -> None:
    assert request_violations(messages)
    assert request_violations([text()] * 5) == []


def test_a_request_names_the_message_that_is_wrong() -> None:
    assert request_violations([text(), text("")]) == ["messages[1].text: May not be empty"]


def test_a_bubble_is_measured_as_escaped_json() -> None:
    words = {"type": "text", "text": "字" * 4950}
    size = len(json.dumps(bubble(words)))
    assert len(json.dumps(bubble(words), ensure_ascii=False).encode()) < 15_000
    assert bool(violations(flex(bubble(words)))) == (size > 30_000)
    assert violations(flex(bubble({"type": "text", "text": "字" * 5000})))


def test_nesting_without_end_is_a_violation_and_no_crash() -> None:
    deep = box()
    for _ in range(20_000):
        deep = {"type": "box", "layout": "vertical", "contents": [deep]}
    assert violations(flex({"type": "bubble", "body": deep})) == ["message: is nested too deeply"]


@pytest.fixture(scope="module")
def sdk() -> Callable[[object], bool]:
    """Return a test of whether the SDK's models take a message.

    Importing them takes a second or two.
    """
    message_model = importlib.import_module("linebot.v3.messaging.models.message").Message

    def takes(message: object) -> bool:
        try:
            message_model.from_dict(message)
        except Exception:  # noqa: BLE001 (the models raise whatever their code trips over)
            return False
        return True

    return takes


def test_the_sdk_takes_what_is_valid(sdk: Callable[[object], bool]) -> None:
    assert [name for name, message in VALID.items() if not sdk(message)] == []


def test_the_sdk_refuses_some_of_what_is_invalid(sdk: Callable[[object], bool]) -> None:
    # So that the next test is known to compare two opinions.
    assert sum(not sdk(message) for message, _ in INVALID.values()) > 20


JUNK = st.sampled_from(
    [
        None,
        True,
        0,
        -1,
        1.5,
        "",
        "字",
        "x" * 301,
        "#000000",
        "10px",
        [],
        [None],
        {},
        {"type": "text"},
    ]
)


def spots(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if path:
        yield path
    members: Any = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, member in members:
        yield from spots(member, (*path, key))


@st.composite
def damaged(draw: st.DrawFn) -> Json:
    message = copy.deepcopy(draw(st.sampled_from(list(VALID.values()))))
    *way, last = draw(st.sampled_from(list(spots(message))))
    parent: Any = message
    for key in way:
        parent = parent[key]
    if draw(st.booleans()):
        parent[last] = draw(JUNK)
    else:
        del parent[last]
    return message


@settings(max_examples=400, deadline=None)
@given(message=damaged())
def test_what_the_sdk_refuses_is_a_violation(sdk: Callable[[object], bool], message: Json) -> None:
    assert violations(message) or sdk(message)
