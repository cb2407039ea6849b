"""Give the next calls trouble on request, of every kind."""

from __future__ import annotations

from collections import deque
from typing import Generic, TypeVar

ANY = "*"
"""Stands for every call."""

Trouble = TypeVar("Trouble")


class Troubles(Generic[Trouble]):
    """Hold the troubles that wait for their call, in order."""

    def __init__(self) -> None:
        self._waiting: deque[tuple[str, Trouble]] = deque()

    def put(self, name: str, trouble: Trouble, times: int) -> None:
        """Give the next `times` calls of this name this trouble.

        `*` stands for every name.
        """
        self._waiting.extend([(name, trouble)] * times)

    def take(self, name: str) -> Trouble | None:
        """Take the trouble of this call, or None for a good call."""
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
