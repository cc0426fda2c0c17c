"""A transport that the caller brings."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, cast

from attrs import frozen
from multidict import CIMultiDict

from aiogenauth.errors import ConfigurationError, GenAuthError
from aiogenauth.protocol import Reply
from aiogenauth.transports.failures import lost, unreadable

if TYPE_CHECKING:
    from aiogenauth.protocol import AnyReply, Request, Transport


@frozen(eq=False, repr=False)
class TransportOfCaller:
    """A transport of the caller, which may raise anything and name headers in any case."""

    transport: "Transport"

    async def send(self, request: "Request", /) -> Reply:
        """Send once.

        Raises:
            OutcomeUnknown: Also where it raised something that is not an error of this package, or gave no
                `Reply`: neither proves that nothing left.
        """
        try:
            reply = await self.transport.send(request)
        except GenAuthError:
            raise
        except Exception as exc:  # noqa: BLE001 - nobody can list what may come out of there
            failure = lost(exc, "answer", request)
        else:
            return _read(reply)
        # Raised out here, so that the foreign exception is not chained behind our back.
        raise failure


def _read(reply: "AnyReply") -> Reply:
    """Take what has the attributes of a reply; the names of its headers are found in any case.

    Raises:
        OutcomeUnknown: It lacks one of them.
    """
    status, body = getattr(reply, "http_status", None), getattr(reply, "body", None)
    headers: object = getattr(reply, "headers", None)
    if type(status) is int and isinstance(body, bytes) and isinstance(headers, Mapping):
        given = cast("Mapping[str, str]", headers)
        return Reply(status, CIMultiDict(given) if isinstance(given, dict) else given, body)
    why = f"the transport gave {type(reply).__name__} and no Reply"
    raise unreadable(why)


def usable(transport: object) -> "Transport":
    """Take a transport of the caller.

    Raises:
        ConfigurationError: It is an HTTP client, a class, or has no method `send`.
    """
    library = next(
        (
            root
            for each in type(transport).__mro__
            if (root := each.__module__.partition(".")[0]) in _WRAPS
        ),
        None,
    )
    if library is not None:
        text = f"transport: is a client of {library}; {_WRAPS[library]}"
    elif isinstance(transport, type) or not callable(getattr(transport, "send", None)):
        text = "transport: give an object with `async def send(request: Request) -> Reply`"
    else:
        return cast("Transport", transport)
    raise ConfigurationError(text).with_facts(field="transport")


_WRAPS: Final = {
    "aiohttp": "give it as session=...",
    "httpx": "wrap it: transport=HttpxTransport(client)",
    "httpx2": "wrap it: transport=HttpxTransport(client)",
    "requests": "this package is asynchronous; leave it out, and aiohttp is used",
}
"""Clients that are taken for a transport, and what to do with each."""
