"""stub"""

from typing import Any

TOO_LONG = "too long"


def faults(value: Any, surface: str) -> list[str]:
    """stub"""
    return []


def option_faults(value: Any) -> list[str]:
    """stub"""
    return []
