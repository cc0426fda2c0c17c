"""Tells JSON objects and lists from other values, for people and type checkers alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeGuard

JsonObject = Mapping[str, object]


def is_object(value: object) -> TypeGuard[JsonObject]:
    """Tell whether a decoded value is a JSON object."""
    return isinstance(value, Mapping)


def is_list(value: object) -> TypeGuard[list[object]]:
    """Tell whether a decoded value is a JSON array."""
    return isinstance(value, list)
