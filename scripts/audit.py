"""Ask whether a deployed package has a known vulnerability, by `make audit`.

The exit code is 1 for a known one, and for an audit that breaks. It is 0 when nothing is known,
and, said in one line, when the source of advisories cannot be reached: a machine without it can
still run checks.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LOCK = Path("requirements.lock")
SECONDS = 120
UNREACHABLE = (
    "Could not connect",
    "ConnectionError",
    "Connection",
    "timed out",
    "Timeout",
    "resolve",
)
"""Words of pip-audit when its source did not answer."""

NOT_MADE = (
    "audit: not made, the source of advisories cannot be reached ({why}); run `make audit` again"
)


@dataclass(frozen=True, slots=True)
class Report:
    """Hold the report of an audit, and whether the checks may go on."""

    lines: tuple[str, ...]
    passes: bool


def read_report(exit_code: int, said: str, complained: str) -> Report:
    """Read pip-audit's exit code, its JSON, and its words on standard error."""
    try:
        packages: list[dict[str, Any]] = json.loads(said)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return _broken(complained)
    known = tuple(line for each in packages for line in _vulnerabilities(each))
    if known:
        return Report(known, passes=False)
    asked = [each for each in packages if "skip_reason" not in each]
    if not asked:
        return Report((NOT_MADE.format(why="it knows none of the packages"),), passes=True)
    if exit_code:
        return _broken(complained)
    left = len(packages) - len(asked)
    beside = f"; {left} could not be looked up" if left else ""
    return Report((f"audit: nothing known against {len(asked)} packages{beside}",), passes=True)


def _vulnerabilities(package: dict[str, Any]) -> list[str]:
    return [
        f"audit: {package['name']} {package['version']}: {each['id']}"
        f" (fixed in {', '.join(each.get('fix_versions') or ['no version yet'])})"
        for each in package.get("vulns", [])
    ]


def _broken(complained: str) -> Report:
    last = complained.strip().splitlines()[-1:] or ["no answer"]
    if any(each in complained for each in UNREACHABLE):
        return Report((NOT_MADE.format(why=last[0][:100]),), passes=True)
    return Report((f"audit: failed: {last[0][:300]}",), passes=False)


def audit(lock: Path) -> Report:
    """Audit the packages of a lock file by their versions alone.

    Nothing is installed.
    """
    command = [
        sys.executable,
        "-m",
        "pip_audit",
        "--disable-pip",
        "--require-hashes",
        "-r",
        str(lock),
    ]
    more = ["--progress-spinner", "off", "--format", "json", "--timeout", "10"]
    try:
        done = subprocess.run(
            [*command, *more], capture_output=True, text=True, check=False, timeout=SECONDS
        )
    except subprocess.TimeoutExpired:
        return Report((NOT_MADE.format(why=f"no answer in {SECONDS} seconds"),), passes=True)
    return read_report(done.returncode, done.stdout, done.stderr)


def main() -> int:
    """Print the report and return the exit code for the checks."""
    report = audit(LOCK)
    print("\n".join(report.lines))
    return 0 if report.passes else 1


if __name__ == "__main__":
    sys.exit(main())
