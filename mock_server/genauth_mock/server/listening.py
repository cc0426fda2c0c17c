"""What a server listens on: one socket or, for ``localhost``, one of each family; in the open, or behind TLS."""

from __future__ import annotations

import errno
import socket
import ssl
from contextlib import ExitStack
from typing import TYPE_CHECKING, Final, Self

from genauth_mock.engine.value import frozen

if TYPE_CHECKING:
    from os import PathLike
    from types import TracebackType

    from genauth_mock.runtime.options import Options

BACKLOG: Final = 1024
"""How many connections may wait to be accepted."""

LOCALHOST: Final = "localhost"

_TRIES: Final = 20
"""How often a port is drawn that may be free in one family of addresses only."""

_NO_IPV6: Final = frozenset({errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT, errno.EPROTONOSUPPORT})


@frozen
class Listener:
    """Sockets that listen on one port, closed at the end of a ``with`` block.

    Attributes:
        sockets: One or, for ``localhost``, one of each family.
        place: The host and the port, as they stand in a URL.
    """

    sockets: tuple[socket.socket, ...]
    place: str

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        with ExitStack() as stack:
            for each in self.sockets:
                stack.callback(each.close)


def listening(host: str, port: int) -> Listener:
    """Make the sockets that listen; where a name has several addresses, one on the IPv4 one.

    ``localhost`` listens on 127.0.0.1 and ::1: some clients take the one, some the other, and not all try both.

    Raises:
        OSError: The address cannot be listened on.
    """
    if host == LOCALHOST:
        return _on_both(port)
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    family, *_, address = min(found, key=lambda each: each[0] != socket.AF_INET)
    made = _listening_on(str(address[0]), port, family, dual=host == "::")
    shown, port = made.getsockname()[:2]
    return Listener((made,), f"[{shown}]:{port}" if ":" in shown else f"{shown}:{port}")


def _on_both(port: int) -> Listener:
    for left in reversed(range(_TRIES if port == 0 else 1)):
        first = _listening_on("127.0.0.1", port, socket.AF_INET)
        taken = first.getsockname()[1]
        try:
            second = _listening_on("::1", taken, socket.AF_INET6)
        except OSError as error:
            if error.errno in _NO_IPV6:
                return Listener((first,), f"127.0.0.1:{taken}")
            first.close()
            if error.errno != errno.EADDRINUSE or not left:
                raise
            continue
        return Listener((first, second), f"{LOCALHOST}:{taken}")
    message = "no port is free in both families"  # pragma: no cover - the last try raises
    raise OSError(errno.EADDRINUSE, message)


def _listening_on(
    address: str, port: int, family: socket.AddressFamily, *, dual: bool = False
) -> socket.socket:
    return socket.create_server(
        (address, port),
        family=family,
        backlog=BACKLOG,
        dualstack_ipv6=dual and socket.has_dualstack_ipv6(),
    )


def tls_of(options: Options) -> ssl.SSLContext | None:
    """Return how connections are encrypted; None where they are not.

    Raises:
        ValueError: The certificate or its key cannot be used.
    """
    if options.tls_cert is None or options.tls_key is None:
        return None
    return tls_context(options.tls_cert, options.tls_key)


def tls_context(cert: str | PathLike[str], key: str | PathLike[str]) -> ssl.SSLContext:
    """Return how connections are encrypted with a certificate and its key.

    Raises:
        ValueError: They cannot be used.
    """
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        # A key with a pass phrase would be asked for at the terminal.
        context.load_cert_chain(cert, key, password=_no_pass_phrase)
    except ssl.SSLError as error:
        reason = (error.reason or "not PEM").lower().replace("_", " ")
        message = (
            f"tls_cert {cert} and tls_key {key} cannot be used ({reason}): give a certificate "
            "in PEM, with those between it and its root, and its own key in PEM without a pass phrase"
        )
        raise ValueError(message) from None
    except OSError as error:
        message = f"tls_cert {cert} or tls_key {key} cannot be read: {error.strerror}"
        raise ValueError(message) from None
    return context


def _no_pass_phrase() -> str:
    return ""
