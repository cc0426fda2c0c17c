"""Reads the answers of the token endpoints. Pure but for the clock of `with_end`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Literal, TypeVar

import attrs

from aiogenauth import shapes
from aiogenauth.clock import utc_now
from aiogenauth.decoding import ShapeError, is_object, read
from aiogenauth.models import Envelope

T = TypeVar("T")


def tokens_in(envelope: Envelope) -> shapes.SignIn:
    """Read tokens; `expire_in` is the reference's spelling, `expires_in` that of live answers."""
    if not is_object(envelope.data):
        message = "data: expected an object with tokens"
        raise ShapeError(message)
    data: dict[str, object] = {**envelope.data, "requestId": envelope.request_id}
    data.setdefault("expires_in", data.get("expire_in"))
    data.pop("expires_at", None)
    return read(shapes.SignIn, data)


def bare_data_as(shape: type[T]) -> Callable[[Envelope], T]:
    """Return what reads an answer that came without envelope, and so without a request id."""
    return lambda envelope: read(shape, envelope.data)


def with_end(tokens: shapes.SignIn) -> shapes.SignIn:
    """Say when the access token expires; the end of the calendar for what lives beyond it."""
    now = utc_now()
    try:
        end = now + timedelta(seconds=tokens.expires_in)
    except (OverflowError, ValueError):
        end = datetime.max.replace(tzinfo=UTC) if tokens.expires_in > 0 else now
    return attrs.evolve(tokens, expires_at=end)


def revoked(envelope: Envelope) -> Literal[True]:
    """Read the answer of a revocation: nothing, or that it went well.

    Source: RFC 7009, 2.2 for nothing; API reference, IsSuccessRespDto for the rest.
    """
    data = envelope.data
    if is_object(data) and data.get("success") is False:
        message = "data.success: false"
        raise ShapeError(message)
    return True
