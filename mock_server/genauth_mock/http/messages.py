"""Requests and replies, whatever carries them, and how a reply is to be carried."""

from __future__ import annotations

from enum import Enum, auto
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from attrs import field

from genauth_mock.engine.value import define, frozen

if TYPE_CHECKING:
    from collections.abc import Mapping


BODY_LIMIT: Final = 64 * 1024
"""Largest body of a request, in bytes. Source: ours; no call of the API comes near it."""


class Ending(Enum):
    """How a carrier treats a reply."""

    WHOLE = auto()
    """It is delivered."""
    RESET = auto()
    """Nothing of it is; the connection is reset."""
    DROP = auto()
    """Nothing of it is; the connection is closed in good order."""
    CUT = auto()
    """Its head is, and a part of its body; then the connection is closed."""
    TRICKLE = auto()
    """It is, slowly."""


@frozen
class ConnectionFault:
    """What a carrier does with the connection, because of a fault.

    A carrier with a socket does it there; one without raises what its client raises when that happens.

    Attributes:
        delay_seconds: How long to hold the reply back, after the request has taken effect.
        over_seconds: How long the body takes from its first byte to its last (trickle).
        cut_after_bytes: How much of the body is delivered (cut).
        app_id: Whose reset ends the waiting.
    """

    ending: Ending = Ending.WHOLE
    delay_seconds: float = 0.0
    over_seconds: float = 0.0
    cut_after_bytes: int = 0
    app_id: str = ""


NO_FAULT: Final = ConnectionFault()
"""Delivered whole and at once."""

_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})

JSON: Final = "application/json; charset=utf-8"


def bearer_token(authorization: str) -> str | None:
    """Return the token of an ``Authorization`` header; None where its scheme is not ``Bearer``."""
    scheme, _, rest = authorization.partition(" ")
    return rest.strip() if scheme.lower() == "bearer" else None


@define(eq=False, weakref_slot=False)
class HttpRequest:
    """A request, whatever carried it.

    Attributes:
        headers: Looked up by lower-case name.
        body: As much of it as is allowed, and one byte more.
        base_url: How the server was reached, without a trailing slash; empty where that is unknown or does not count.
    """

    method: str
    path: str
    query: Mapping[str, str] = _NOTHING
    headers: Mapping[str, str] = field(default=_NOTHING, repr=False)
    body: bytes = field(default=b"", repr=False)
    base_url: str = ""


APP_HEADERS: Final = ("x-genauth-app-id", "x-authing-app-id")
"""The headers that name an app. Source: the official SDKs of either name."""

TOKEN_HEADER: Final = "x-genauth-mock-token"  # noqa: S105 - a header's name
"""Where the control token may come, besides ``Authorization: Bearer``."""


def named_app(headers: Mapping[str, str], query: Mapping[str, str]) -> str | None:
    """Return the app that a request names, in a header of either family or in its query."""
    return headers.get("x-genauth-app-id") or headers.get("x-authing-app-id") or query.get("appId")


@define(eq=False, weakref_slot=False)
class HttpReply:
    """A reply, and how it is to be carried.

    Attributes:
        request_id: Goes into the header ``x-request-id``; empty for none.
    """

    status: int
    body: bytes = field(repr=False)
    headers: Mapping[str, str] = _NOTHING
    content_type: str = JSON
    connection_fault: ConnectionFault = NO_FAULT
    request_id: bytes = b""

    @property
    def every_header(self) -> dict[str, str]:
        """Every header of the reply, besides those of the carrier."""
        shown = {"Content-Type": self.content_type}
        if self.request_id:
            shown["X-Request-Id"] = self.request_id.decode()
        return {**shown, **self.headers}
