"""Calls that are answered with tokens, and how those answers are read. Pure but for the clock of `with_end`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, TypeVar, cast

import attrs

from aiogenauth import shapes
from aiogenauth.calls.group import CallGroup
from aiogenauth.calls.request import data_as, make_call
from aiogenauth.clock import utc_now
from aiogenauth.decoding import ShapeError, is_object, read, seconds
from aiogenauth.models import SUCCESS, Envelope
from aiogenauth.protocol import Endpoint
from aiogenauth.sending.headers import client_credentials_fields

T = TypeVar("T")
ShapeT = TypeVar("ShapeT", bound=attrs.AttrsInstance)


def tokens_in(envelope: Envelope) -> shapes.SignIn:
    """Read tokens; `expire_in` is the reference's spelling, `expires_in` that of live answers."""
    if not is_object(envelope.data):
        message = "data: expected an object with tokens"
        raise ShapeError(message)
    data: dict[str, object] = {**envelope.data, "requestId": envelope.request_id}
    if seconds(data.get("expires_in")) is None:
        data["expires_in"] = data.get("expire_in")
    data.pop("expires_at", None)
    return read(shapes.SignIn, data)


def with_tokens_as(shape: type[ShapeT]) -> Callable[[Envelope], ShapeT]:
    """Return what reads an answer that holds tokens beside what it says, as `tokenSet`.

    Args:
        shape: Has a field `token_set`, a `SignIn` or None.
    """

    def parse(envelope: Envelope) -> ShapeT:
        if not is_object(envelope.data):
            message = "data: expected an object"
            raise ShapeError(message)
        data, tokens = dict(envelope.data), envelope.data.get("tokenSet")
        data |= {"tokenSet": None, "requestId": envelope.request_id}
        found = read(shape, data)
        if tokens is None:
            return found
        inside = Envelope(envelope.status_code, request_id=envelope.request_id, data=tokens)
        changed: ShapeT = attrs.evolve(cast("Any", found), token_set=with_end(tokens_in(inside)))
        return changed

    return parse


def tokens_or_choice(envelope: Envelope) -> shapes.SignIn | shapes.AccountChoice:
    """Read tokens, or the question which account is the user's, which no success comes with."""
    if envelope.status_code == SUCCESS:
        return with_end(tokens_in(envelope))
    return data_as(shapes.AccountChoice)(envelope)


def bare_data_as(shape: type[T]) -> Callable[[Envelope], T]:
    """Return what reads an answer that came without envelope, and so without a request id."""
    return lambda envelope: read(shape, envelope.data)


def with_end(tokens: shapes.SignIn) -> shapes.SignIn:
    """Say when the access token expires; the end of the calendar for what lives beyond it."""
    if tokens.expires_in is None:
        return tokens
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


class TokenCallGroup(CallGroup):
    """A group of calls that are answered with tokens."""

    async def _ask_for_tokens(self, endpoint: Endpoint, /, **fields: object) -> shapes.SignIn:
        """Make a call and return the tokens that it is answered with.

        Args:
            endpoint: What is called.
            **fields: What `make_call` takes, by the names of the API.

        Raises:
            GenAuthError: One of its leaves.
        """
        return with_end(await self._executor.execute(make_call(endpoint, tokens_in, fields)))

    async def _ask_with_tokens(
        self, endpoint: Endpoint, shape: type[ShapeT], /, **fields: object
    ) -> ShapeT:
        """Make a call whose answer may hold tokens beside what it says.

        Args:
            endpoint: What is called.
            shape: As for `with_tokens_as`.
            **fields: What `make_call` takes, by the names of the API.

        Raises:
            GenAuthError: One of its leaves.
        """
        return await self._executor.execute(make_call(endpoint, with_tokens_as(shape), fields))

    async def _sign_in(self, endpoint: Endpoint, /, **fields: object) -> shapes.SignIn:
        """Sign in; the application's own credentials go along where they travel in the body.

        Args:
            endpoint: What is called.
            **fields: As for `_ask_for_tokens`; `client_id` and `client_secret` among them are sent
                in place of the application's own.

        Raises:
            GenAuthError: One of its leaves.
        """
        if fields.get("client_id") is None and fields.get("client_secret") is None:
            fields.update(client_credentials_fields(self._executor.settings))
        return await self._ask_for_tokens(endpoint, **fields)
