"""What a control call is; `genauth_mock.control.calls` is the table of all."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final

from genauth_mock.control.request import ControlRequest, Json, NoFields, check_filters
from genauth_mock.engine.value import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.control.json_schema import Schema

Act = Callable[[ControlRequest], Awaitable[Json]]

MANY: Final = 256 * 1024 * 1024
"""Largest body in bytes of a call that takes a whole state: it holds all messages that were sent."""
USERS: Final = 16 * 1024 * 1024
"""Largest body in bytes of the call that makes users: it takes many at once."""


@frozen
class ControlCall:
    """One control call.

    Attributes:
        name: What a generated client calls it.
        act: What carries it out.
        about: What it does, in one sentence.
        answers: What is answered with HTTP 200.
        query: What may be in the query, besides ``appId``.
        body: What may be in the body, besides ``appId``; None where only that may.
        listed: The name under which a body that is a list is taken; empty where none is.
        limit: Largest body in bytes; None is that of GenAuth's own calls.
    """

    method: str
    path: str
    name: str
    act: Act
    about: str
    answers: Schema
    query: Mapping[str, Schema] = {}
    body: Schema | None = None
    listed: str = ""
    limit: int | None = None

    async def answer(self, request: ControlRequest) -> Json:
        """Carry the call out.

        Raises:
            ControlError: It cannot be done, or has a name that it does not know: whoever wrote it meant something else.
        """
        check_filters(request.query, (*self.query, "appId"))
        if self.body is None and request.body:
            request.read(NoFields)
        return await self.act(request)
