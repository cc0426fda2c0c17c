"""Choosing a transport: the caller's, or one of our own with verified TLS."""

import ssl
import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, cast

import aiohttp  # now, which takes a while: by the time a client is made, an event loop may run
from attrs import frozen
from multidict import CIMultiDict

from aiogenauth.errors import ConfigurationError, GenAuthError
from aiogenauth.protocol import Reply
from aiogenauth.transports.failures import lost, unreadable

if TYPE_CHECKING:
    from pathlib import Path

    from aiogenauth.protocol import AnyReply, Request, Transport
    from aiogenauth.transports.aiohttp import AiohttpTransport


class InsecureTlsWarning(UserWarning):
    """TLS is not verified: anybody between client and server reads pass codes and tokens."""


def unverified_by_official_name() -> ConfigurationError:
    """Say which argument does what the official SDK's `use_unverified_ssl` is named for."""
    text = "use_unverified_ssl: say dangerously_disable_tls_verification=True if you mean it"
    return ConfigurationError(text).with_facts(field="use_unverified_ssl")


@frozen(eq=False, repr=False)
class TransportChoice:
    """What a caller says about connections.

    Attributes:
        transport: Carries everything; the rest is then not used.
        session: An aiohttp session of the caller, used and never closed.
        ca_file: File of certificates in PEM form to trust instead of the system's.
        ssl_context: A context of the caller.
        is_verified: False only where the caller asked loudly for it.
        trust_env: Use the proxy that the environment names.
    """

    transport: "Transport | None" = None
    session: aiohttp.ClientSession | None = None
    ca_file: "str | Path | None" = None
    ssl_context: ssl.SSLContext | None = None
    is_verified: bool = True
    trust_env: bool = False

    def __attrs_post_init__(self) -> None:
        """Refuse combinations of which one part would be ignored."""
        ours = [self.ca_file, self.ssl_context, not self.is_verified, self.trust_env]
        if (self.transport is not None) + (self.session is not None) + any(ours) > 1:
            text = "transport, session: give one of them, or TLS and proxy arguments, not both"
            raise ConfigurationError(text).with_facts(field="transport")
        if sum(1 for each in ours[:3] if each) > 1:
            text = "ca_file, ssl_context: give one of them, and none when TLS is not verified"
            raise ConfigurationError(text).with_facts(field="ssl_context")

    def open(self) -> "tuple[Transport, AiohttpTransport | None]":
        """Return the transport, and what of it the client has to close."""
        if self.transport is not None:
            return _OfCaller(_usable(self.transport)), None
        from aiogenauth.transports.aiohttp import AiohttpTransport  # noqa: PLC0415 - who brings a transport needs none

        if self.session is not None:
            own = AiohttpTransport(self.session)
        else:
            own = AiohttpTransport(ssl=self._ssl(), trust_env=self.trust_env)
        return own, own

    def _ssl(self) -> ssl.SSLContext | bool:
        if not self.is_verified:
            text = "TLS is not verified: pass codes and tokens can be read on the way"
            warnings.warn(text, InsecureTlsWarning, stacklevel=4)
            return False
        if self.ca_file is None:
            return self.ssl_context or True
        try:
            return ssl.create_default_context(cafile=str(self.ca_file))
        except OSError as exc:
            text = f"ca_file: cannot be read as certificates ({type(exc).__name__})"
            raise ConfigurationError(text).with_facts(field="ca_file") from None


@frozen(eq=False, repr=False)
class _OfCaller:
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


def _usable(transport: object) -> "Transport":
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
