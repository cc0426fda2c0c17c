"""Choosing a transport: the caller's, or one of our own with verified TLS."""

import ssl
import warnings
from typing import TYPE_CHECKING

import aiohttp  # now, which takes a while: by the time a client is made, an event loop may run
from attrs import frozen

from aiogenauth.errors import ConfigurationError

if TYPE_CHECKING:
    from pathlib import Path

    from aiogenauth.protocol import Transport
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
            from aiogenauth.transports.of_caller import (  # noqa: PLC0415 - used by few
                TransportOfCaller,
                usable,
            )

            return TransportOfCaller(usable(self.transport)), None
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
