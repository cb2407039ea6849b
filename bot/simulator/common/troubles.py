"""Troubles on request: what goes wrong with the next calls, whatever a platform can get wrong."""

from __future__ import annotations

from collections import deque
from typing import Generic, TypeVar

ANY = "*"
"""Stands for every call."""

Trouble = TypeVar("Trouble")


class Troubles(Generic[Trouble]):
    """The troubles that wait for their call, in the order they were asked for."""

    def __init__(self) -> None:
        self._waiting: deque[tuple[str, Trouble]] = deque()

    def put(self, name: str, trouble: Trouble, times: int) -> None:
        """Let the next `times` calls of this name, or of every name (`*`), have this trouble."""
        self._waiting.extend([(name, trouble)] * times)

    def take(self, name: str) -> Trouble | None:
        """Take the trouble this call is to have; None for a call that goes well."""
        for each in self._waiting:
            if each[0] in {name, ANY}:
                self._waiting.remove(each)
                return each[1]
        return None

    def clear(self) -> None:
        """Let everything go well from now on."""
        self._waiting.clear()

    @property
    def waiting(self) -> list[Trouble]:
        """List the troubles that are still to come."""
        return [trouble for _, trouble in self._waiting]
