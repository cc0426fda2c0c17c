"""Where a browser may be sent back to after signing in or out."""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from genauth_mock.engine.setting_values import is_url

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.engine.context import CallContext

_WEB: Final = ("http", "https")


def is_allowed(context: CallContext, url: str, configured: tuple[str, ...], setting: str) -> bool:
    """Return whether a browser may be sent to a URL.

    Args:
        context: The context; where GenAuth would refuse the URL, the journal says so.
        url: The URL.
        configured: What the app allows; where it is empty, addresses of this machine are.
        setting: The setting that ``configured`` is from.
    """
    if configured:
        return url in configured
    if not _is_of_this_machine(url):
        context.remark(
            wayOut=f"set {setting} to a list with this address: without one, only those of this machine are taken"
        )
        return False
    context.remark(
        real=f"the real GenAuth refuses an address that is not in the app's list; {setting} is empty here"
    )
    return True


_PLACE: Final = re.compile(r"(?:([A-Za-z0-9._-]+)|\[([0-9A-Fa-f:.]+)\])(?::[0-9]{1,5})?")
"""Host and port. A browser reads other characters in a way of its own: ``%2e`` and ``．`` are dots to it."""

_NUMBER: Final = re.compile(r"[0-9]+|0[Xx][0-9A-Fa-f]*")
"""What a browser takes for an address though it has no dot. Source: WHATWG URL, IPv4 parser."""


def _is_of_this_machine(url: str) -> bool:
    """Return whether a URL leads to loopback, or to a host whose name has no dot, such as ``testserver``."""
    if not is_url(url):
        return False
    parts = urlsplit(url)
    place = _PLACE.fullmatch(parts.netloc)
    if parts.scheme not in _WEB or place is None:
        return False
    name, address = place.groups()
    host = (name or address).lower().removesuffix(".")
    try:
        return ip_address(host).is_loopback
    except ValueError:
        pass  # it is a name
    if address is not None or not host or _NUMBER.fullmatch(host):
        return False
    return host.endswith(".localhost") or "." not in host


def with_query(url: str, parameters: Mapping[str, str]) -> str:
    """Return a URL with further query parameters."""
    parts = urlsplit(url)
    query = [*parse_qsl(parts.query, keep_blank_values=True), *parameters.items()]
    return urlunsplit(parts._replace(query=urlencode(query)))


def with_fragment(url: str, parameters: Mapping[str, str]) -> str:
    """Return a URL with parameters in its fragment."""
    return f"{url.partition('#')[0]}#{urlencode(list(parameters.items()))}"


def origin_of(url: str) -> str:
    """Return the origin of a URL, such as ``http://localhost:8000``; of one that is not of the web its scheme."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in _WEB else f"{parts.scheme}:"
