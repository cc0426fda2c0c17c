"""Reads request bodies strictly; a refusal names every field that is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from genauth_mock.engine import json_shapes
from genauth_mock.engine.json_values import InvalidInput
from genauth_mock.engine.outcomes import Outcome, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Shape = TypeVar("Shape")


def reader(shape: type[Shape]) -> Callable[[Mapping[str, object]], Shape]:
    """Return a function that reads bodies of one shape; it raises `Refusal`, ``INVALID_ARGUMENT``."""
    read_object = json_shapes.reader(shape, json_shapes.API)

    def read(body: Mapping[str, object]) -> Shape:
        try:
            return read_object(body)
        except InvalidInput as error:
            raise Refusal(
                Outcome.INVALID_ARGUMENT, str(error), why={"rule": "request body"}
            ) from None

    return read
