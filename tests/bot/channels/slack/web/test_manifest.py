"""The app's manifest asks for all the code uses, and for no more."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import Any

from bot.channels.slack.interview import interview
from bot.channels.slack.web.events import Actor, IgnoredPayload, Shortcut, SlashCommand
from bot.channels.slack.web.identity import SCOPES
from bot.channels.slack.web.payloads import read_payload
from bot.simulator.slack.api.methods import SCOPES as SCOPES_OF_FAKE
from tests.bot.channels.slack.serving import (
    HANAKO,
)

MANIFEST = Path(__file__).parents[5] / "slack" / "manifest.yaml"


def manifest() -> Any:
    # Comes with uvicorn[standard]; without type hints.
    return importlib.import_module("yaml").safe_load(MANIFEST.read_text("utf-8"))


def test_manifest_asks_for_the_scopes_that_the_code_uses() -> None:
    asked = manifest()["oauth_config"]["scopes"]
    assert asked == {"bot": list(SCOPES)}
    assert set(SCOPES) <= set(SCOPES_OF_FAKE)


def test_manifest_commands_and_shortcuts_are_handled() -> None:
    features = manifest()["features"]
    part = interview.Interview(None, None, None, None)  # type: ignore[arg-type]  # nothing is done
    who = Actor(HANAKO, "")
    assert [each["command"] for each in features["slash_commands"]] == [interview.COMMAND]
    assert part.wants(SlashCommand("1", who, interview.COMMAND, "", "", "1"))
    globals_ = [each for each in features["shortcuts"] if each["type"] == "global"]
    assert [each["callback_id"] for each in globals_] == [interview.SHORTCUT]
    assert part.wants(Shortcut("1", who, interview.SHORTCUT, "1"))


EVENTS: dict[str, dict[str, Any]] = {
    "app_home_opened": {"type": "app_home_opened", "tab": "home", "user": HANAKO},
    **{
        f"message.{kind}s" if kind != "im" else "message.im": {
            "type": "message",
            "channel_type": kind,
            "channel": "C1",
            "user": HANAKO,
            "ts": "1.2",
            "text": "x",
        }
        for kind in ("channel", "group", "im")
    },
}


def test_manifest_subscribes_to_events_that_are_read() -> None:
    asked = manifest()["settings"]["event_subscriptions"]["bot_events"]
    assert asked == sorted(EVENTS)
    for event in EVENTS.values():
        body = {"type": "event_callback", "event_id": "Ev1", "team_id": "T1", "event": event}
        assert not isinstance(read_payload(body), IgnoredPayload)


def test_manifest_keeps_slacks_limits() -> None:
    """Source: https://github.com/slackapi/manifest-schema, manifest.schema.2.0.0.json"""
    whole = manifest()
    shown, features, settings = whole["display_information"], whole["features"], whole["settings"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert len(features["bot_user"]["display_name"]) <= 80
    assert len(features["shortcuts"]) <= 10
    for each in features["shortcuts"]:
        assert len(each["name"]) <= 24
        assert len(each["description"]) <= 150
        assert len(each["callback_id"]) <= 255
    for each in features["slash_commands"]:
        assert each["command"].startswith("/")
        assert len(each["command"]) <= 32
        assert len(each["description"]) <= 2000
        assert len(each["usage_hint"]) <= 1000
    assert len(settings["event_subscriptions"]["bot_events"]) <= 100
    addresses = {
        settings["event_subscriptions"]["request_url"],
        settings["interactivity"]["request_url"],
        *(each["url"] for each in features["slash_commands"]),
    }
    assert addresses == {"https://YOUR-HOST/slack/events"}
    # Staff write to the app, and see its home.
    assert features["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }
    # A rotated token would be of no use to what is sent later.
    assert settings["token_rotation_enabled"] is False
    assert json.dumps(whole)
