"""Reads the names under which the control plane may be called."""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_SCHEME: Final = re.compile(r"https?://", re.IGNORECASE)
_PORT: Final = re.compile(r":([0-9]{1,9})$")
_NAME: Final = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*")


def read_hosts(given: Iterable[str]) -> tuple[str, ...]:
    """Read host names, each text one or several that are parted by commas or blanks.

    A port, a scheme, a dot at the end and upper case are forgiven: ``http://GenAuth:9480/`` is ``genauth``.

    Raises:
        ValueError: One can be no host name.
    """
    return tuple(dict.fromkeys(host for text in given for host in _read(text)))


def _read(text: str) -> Iterable[str]:
    parts = [part for part in re.split(r"[,\s]+", text) if part]
    if not parts:
        msg = "must not be empty: give a host name such as genauth, or leave it out"
        raise ValueError(msg)
    return [_host(part) for part in parts]


def _host(text: str) -> str:
    bare = _SCHEME.sub("", text).removesuffix("/")
    try:
        return str(ip_address(bare.strip("[]")))
    except ValueError:
        pass  # it is a name, or an address with a port
    port = _PORT.search(bare)
    if port is not None and not 0 < int(port[1]) < 2**16:
        msg = f"must be on a port from 1 to 65535, not {port[1]}"
        raise ValueError(msg)
    bare = _PORT.sub("", bare)
    try:
        return str(ip_address(bare.strip("[]")))
    except ValueError:
        pass  # it is a name
    name = _ascii(bare).lower().removesuffix(".")
    if _NAME.fullmatch(name) is None:
        msg = (
            f"must be a host name or an IP address, such as genauth or genauth.internal, not {text!r}: "
            "there are no patterns; give each name"
        )
        raise ValueError(msg)
    return name


def _ascii(name: str) -> str:
    """Return a name as a ``Host`` header has it. Source: RFC 5890: a label beyond ASCII is sent in ASCII."""
    try:
        return name if name.isascii() else name.encode("idna").decode()
    except UnicodeError:
        return name


_PUBLIC: Final = re.compile(r"(https?)://([^/?#@\s\\]+)((?:/[A-Za-z0-9._~-]+)*)/?", re.IGNORECASE)


def read_public_url(given: str) -> str:
    """Read the URL where callers reach a server; return it without a slash at the end.

    Raises:
        ValueError: It is none.
    """
    found = _PUBLIC.fullmatch(given.strip())
    if found is not None:
        scheme, place, path = found.groups()
        _host(place)
        return f"{scheme.lower()}://{place.lower()}{path}"
    msg = "must be a URL such as https://login.example.com/genauth: no query, no fragment, no user"
    raise ValueError(msg)
