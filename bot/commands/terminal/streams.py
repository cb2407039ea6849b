"""Read and print text in any terminal or pipe."""

from __future__ import annotations

import io
import sys


def print_what_can_be_shown() -> None:
    """Show a mark in place of every character that standard output cannot take."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def speak_utf8() -> None:
    """Read and write UTF-8 in every terminal, with marks for other bytes."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
