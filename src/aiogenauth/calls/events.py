"""Calls about events: publishing one's own, and listening to those that happen."""

from __future__ import annotations

import inspect
import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import aclosing
from typing import Final, cast

from aiogenauth import shapes
from aiogenauth.calls.arguments import dictionary, text
from aiogenauth.calls.endpoints import get, post
from aiogenauth.calls.group import CallGroup
from aiogenauth.calls.request import confirmation, make_call, parser, texts
from aiogenauth.errors import InvalidInput, SendOutcomeUnknown
from aiogenauth.redaction import Secret

PUT_EVENT: Final = post("put_event", "/api/v3/pub-userEvent", SendOutcomeUnknown)
SUB_EVENT: Final = get("sub_event", "/events/v1/authentication/sub")
"""By WebSocket, on a host of its own: `websocket_host` of the client."""


class EventCalls(CallGroup):
    """Events of the user pool, such as `"authing.user.login"`, and those that it defines itself."""

    async def put_event(self, event_code: str, data: Mapping[str, object]) -> shapes.EventReceipt:
        """Publish an event that the console of GenAuth defines. A refusal is an answer: look at it.

        Args:
            event_code: Such as `"custom_order_paid"`.
            data: What happened. It is sent as JSON in a text, as GenAuth wants it.

        Raises:
            InvalidInput: An argument cannot be right; nothing was sent.
            NotSignedIn: No access token, or one that is no longer good.
            SendOutcomeUnknown: The answer got lost; the event may be published.

        Source: API reference, pub-userEvent.
        """
        call = make_call(
            PUT_EVENT,
            parser(shapes.EventReceipt),
            {"eventType": text(event_code, "event_code"), "eventData": _as_text(data)},
        )
        call.secrets = (*call.secrets, *texts(data))
        return await self._executor.execute(call)

    async def sub_event(
        self, event_code: str, callback: Callable[[str], Awaitable[object] | object]
    ) -> None:
        """Listen to an event until GenAuth closes the connection, or the task is cancelled.

        Run it in a task of its own. What happens while nobody listens is not sent later, and the
        connection is not made again by itself. What the callback raises ends the listening.

        Args:
            event_code: Such as `"authing.user.login"`.
            callback: Called, and awaited, with each event as the text that came: JSON.

        Raises:
            NotSignedIn: No access token, or one that is no longer good.
            NotDelivered: There is no connection to `websocket_host`.
            ReadOutcomeUnknown: The connection broke; events may have been missed.

        Source: the official SDK's sub_event.
        """
        if not callable(cast("object", callback)):
            message = "callback: give a function that takes the text of an event"
            raise InvalidInput(message).with_facts(field="callback")
        call = make_call(SUB_EVENT, confirmation, {"code": text(event_code, "event_code")})
        from aiogenauth.calls.listening import listen  # noqa: PLC0415 - hardly anybody listens

        async with aclosing(listen(self._executor, call)) as events:
            async for event in events:
                result = callback(event)
                if inspect.isawaitable(result):
                    await result


def _as_text(data: object) -> Secret:
    """Write an event as GenAuth wants it, and as the official SDK writes it."""
    try:
        return Secret(json.dumps(dictionary(data, "data")))
    except (TypeError, ValueError, RecursionError):
        message = "data: holds something that cannot be written as JSON"
    raise InvalidInput(message).with_facts(field="data")
