"""A wheel built from here is complete and finds its flows and knowledge."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

PATIENCE = 280
"""Seconds for a command that takes ten on an idle machine."""


@pytest.mark.timeout(900)
def test_an_installed_wheel_checks_and_answers(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, check=True, capture_output=True, timeout=PATIENCE)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "installed")}
    for arguments in (["check", "--any-age"], ["locate", "尼崎"], ["ask", "費用はいくら"]):
        done = subprocess.run(
            [sys.executable, "-P", "-m", "bot", *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
