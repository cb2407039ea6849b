"""Tell what happened in a test of many processes."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import ClassVar

from bot.clock import utc_now
from bot.simulator.line.server import FakeLine
from bot.simulator.slack.server import FakeSlack


@dataclass
class Chronicle:
    """What happened when: the troubles, and the logs of the processes in `folder`.

    A test that fails is told by it: which process did what, and what the fakes were asked.
    """

    folder: Path
    troubles: list[tuple[str, str]] = field(default_factory=list)

    _since: float = field(default_factory=time.monotonic)

    LOGGING: ClassVar = {"LOG_LEVEL": "DEBUG", "LOG_FORMAT": "json"}

    def note(self, trouble: str) -> None:
        """Note that this happens now."""
        self.troubles.append((f"{utc_now():%Y-%m-%dT%H:%M:%S.%fZ}", trouble))

    def count(self, trouble: str) -> int:
        """Count how often it happened."""
        return sum(what.startswith(trouble) for _, what in self.troubles)

    def tell(self, delivery: str) -> str:
        """Tell which process did what with a delivery, and the troubles between."""
        lines = [
            (json.loads(line)["timestamp"], f"{log.stem}: {line}")
            for log in self.folder.glob("*.log")
            for line in log.read_text("utf-8").splitlines()
            if delivery in line
        ]
        return "\n".join(f"{when} {what}" for when, what in sorted([*lines, *self.troubles]))

    def report(self, what: str) -> None:
        """Print that something is over, and the seconds since the last of it."""
        now = time.monotonic()
        print(f"{what}: {now - self._since:.1f} s", flush=True)  # noqa: T201 - for `make chaos`
        self._since = now

    def keep_calls(self, line: FakeLine, slack: FakeSlack) -> None:
        """Write down what both fakes were asked, beside the logs of the processes."""
        for name, calls in (("line", line.calls), ("slack", slack.calls)):
            lines = (json.dumps(asdict(each), default=str, ensure_ascii=False) for each in calls)
            (self.folder / f"{name}-calls.jsonl").write_text("\n".join(lines), "utf-8")
        print(f"what the fakes were asked, and all logs: {self.folder}")  # noqa: T201 - for `make chaos`
