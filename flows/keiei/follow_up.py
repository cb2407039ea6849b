"""Read the follow-up of three years from the file beside this one."""

from __future__ import annotations

from importlib.resources import files

from flows.follow_up import load_follow_up

FOLLOW_UP = load_follow_up(files("flows.keiei") / "follow_up.toml")
