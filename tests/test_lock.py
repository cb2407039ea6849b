"""The lock fits the project, with hashes for every package and an honest audit."""

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from scripts.audit import read_report

LOCK = Path("requirements.lock").read_text("utf-8")
PROJECT = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["project"]
DO = "requirements.lock does not fit pyproject.toml: run `make lock`"
PINNED = dict(re.findall(r"^([\w.-]+)==([\w.!+-]+)", LOCK, re.MULTILINE))


def needed() -> Iterator[Requirement]:
    """Everything the project needs on this machine, and what that needs in turn."""
    waiting = [Requirement(each) for each in PROJECT["dependencies"]]
    seen = set[str]()
    while waiting:
        each = waiting.pop()
        yield each
        if str(each) not in seen:
            seen.add(str(each))
            waiting += _below(each)


def _below(above: Requirement) -> list[Requirement]:
    try:
        found = [Requirement(each) for each in requires(above.name) or []]
    except PackageNotFoundError:
        return []
    extras = above.extras or {""}
    return [
        each
        for each in found
        if each.marker is None or any(each.marker.evaluate({"extra": extra}) for extra in extras)
    ]


def test_lock_has_every_package_that_is_needed_in_a_version_that_fits() -> None:
    for each in needed():
        name = canonicalize_name(each.name)
        assert name in PINNED, f"{name} is missing: {DO}"
        assert each.specifier.contains(PINNED[name], prereleases=True), f"{each}: {DO}"


def test_every_package_of_the_lock_has_hashes_and_no_address() -> None:
    for block in re.split(r"\n(?=[\w])", re.sub(r"(?m)^#.*\n", "", LOCK).strip()):
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", block), block.splitlines()[0]
        assert "://" not in block
        assert " @ " not in block


def package(name: str, *vulnerabilities: str, skipped: bool = False) -> dict[str, object]:
    if skipped:
        return {"name": name, "skip_reason": "not found"}
    vulns = [{"id": each, "fix_versions": ["2"]} for each in vulnerabilities]
    return {"name": name, "version": "1", "vulns": vulns}


def said(*packages: dict[str, object]) -> str:
    return json.dumps({"dependencies": packages})


@pytest.mark.parametrize(
    ("exit_code", "out", "complaint", "passes", "words"),
    [
        (0, said(package("a")), "", True, "nothing known against 1 packages"),
        (1, said(package("a", "CVE-1"), package("b")), "", False, "a 1: CVE-1 (fixed in 2)"),
        (1, said(package("a", "CVE-1"), package("b", skipped=True)), "", False, "CVE-1"),
        (0, said(package("a"), package("b", skipped=True)), "", True, "1 could not be looked up"),
        # A mirror without advisories answers "not found" to everything: nothing was audited.
        (0, said(package("a", skipped=True)), "No known vulnerabilities", True, "not made"),
        (1, "", "ServiceError: Could not connect to PyPI", True, "not made"),
        (1, "", "requests.exceptions.ConnectTimeout: timed out", True, "not made"),
        (1, "", "the requirements file is broken", False, "failed"),
        (2, "", "", False, "failed"),
    ],
)
def test_audit_says_in_one_line_what_it_knows(
    exit_code: int, out: str, complaint: str, words: str, *, passes: bool
) -> None:
    report = read_report(exit_code, out, complaint)
    assert report.passes == passes
    assert len(report.lines) == 1
    assert words in report.lines[0]


def test_audit_without_a_network_passes_and_says_so() -> None:
    nowhere = {"HTTPS_PROXY": "http://127.0.0.1:9", "PATH": "", "NO_PROXY": ""}
    done = subprocess.run(
        [sys.executable, "-m", "scripts.audit"],
        capture_output=True,
        text=True,
        check=False,
        env=nowhere,
        timeout=150,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("audit: not made")
    assert done.stdout.count("\n") == 1


def test_checks_and_deployment_use_what_is_here() -> None:
    makefile = Path("Makefile").read_text("utf-8")
    assert re.search(r"^test:.*\baudit\b", makefile, re.MULTILINE)
    assert "--require-hashes -r requirements.lock" in Path("docs/operate.md").read_text("utf-8")
