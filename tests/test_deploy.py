"""The deployment names settings and files that exist, in a unit systemd takes."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import compose_spec
import pytest

from bot.runtime.watchdog import STOP_SECONDS
from bot.settings import VARIABLES

DEPLOY = Path("deploy")
OF_THE_COMPOSITION = {"SITE", "POSTGRES_PASSWORD"}


def test_every_setting_of_the_example_exists() -> None:
    lines = (DEPLOY / "example.env").read_text("utf-8").splitlines()
    named = {line.partition("=")[0] for line in lines if line and not line.startswith("#")}
    assert named - set(VARIABLES) == OF_THE_COMPOSITION


def test_the_image_is_made_of_files_that_exist_by_the_documented_steps() -> None:
    steps = (DEPLOY / "Containerfile").read_text("utf-8")
    for copied in re.findall(r"^COPY (?!--)(.+) \S+$", steps, re.MULTILINE):
        assert all(Path(each).exists() for each in copied.split()), copied
    documented = Path("docs/operate.md").read_text("utf-8")
    for step in ("install --require-hashes -r requirements.lock", "install --no-deps ."):
        assert step in documented
        assert step in steps.replace("--no-cache-dir ", "")
    assert "USER 10001" in steps


def test_whatever_the_composition_needs_is_asked_for_in_the_example() -> None:
    text = (DEPLOY / "compose.yaml").read_text("utf-8")
    example = (DEPLOY / "example.env").read_text("utf-8")
    for name in set(re.findall(r"\$\{(\w+)", text)):
        assert f"{name}=" in example


@pytest.fixture
def composition() -> dict[str, Any]:
    """The composition as the specification reads it; what it does not know is refused."""
    options = compose_spec.PyOptions()
    options.apply_merge = True
    read: dict[str, Any] = options.from_yaml((DEPLOY / "compose.yaml").read_text("utf-8")).to_dict()
    return read


def test_composition_is_one_by_the_specification_and_names_what_it_has(
    composition: dict[str, Any],
) -> None:
    services = composition["services"]
    assert set(services) == {"db", "migrate", "bot", "proxy"}
    for each in services.values():
        assert set(each.get("depends_on", ())) <= set(services)
        assert ("image" in each) or ("build" in each)
        for volume in each.get("volumes", ()):
            source = str(volume).partition(":")[0]
            assert source in composition["volumes"] or (DEPLOY / source).exists(), volume


def test_composition_lets_nobody_write_but_where_they_must(composition: dict[str, Any]) -> None:
    for name in ("migrate", "bot"):
        service = composition["services"][name]
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
    # The watchdog takes ten seconds at most, which is before the machine takes the process away.
    grace = composition["services"]["bot"]["stop_grace_period"]
    assert int(grace.removesuffix("s")) > STOP_SECONDS


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here to ask")
def test_systemd_understands_the_unit() -> None:
    unit = DEPLOY / "kaizen-navi.service"
    done = subprocess.run(
        ["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False
    )
    said = [line for line in done.stderr.splitlines() if unit.name in line]
    assert [line for line in said if "is not executable" not in line] == []
