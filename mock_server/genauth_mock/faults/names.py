"""Reads what a fault, and a search of the journal, are about: paths, channels, outcomes, methods, numbers.

A value that can never match anything is refused with those that can: a test that waits for it would pass for nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, get_args

from genauth_mock.api.documented import DOCUMENTED
from genauth_mock.api.endpoints import CALLS
from genauth_mock.api.groups.messages import EmailChannel, SmsChannel
from genauth_mock.engine import address
from genauth_mock.engine.json_values import text
from genauth_mock.engine.outcomes import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable

_IMITATED: Final = frozenset(call.path for call in CALLS)

ROUTES: Final = tuple(sorted(DOCUMENTED | _IMITATED))
"""Every path that a fault can be for: those of the documents, and those imitated beside them."""

CHANNELS: Final[tuple[str, ...]] = tuple(
    dict.fromkeys((*get_args(SmsChannel), *get_args(EmailChannel)))
)
"""Every channel that a message can be sent for."""

METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")

_CHANNEL: Final = "CHANNEL_"


def read_name(value: object) -> str:
    """Read a text that is not empty."""
    return text(value or None)


def read_route(value: object) -> str | None:
    """Read a path, whole or in short; None for every path.

    In short it is the imitated path that ends so, where there is just one; documented ones come first.

    Raises:
        ValueError: The path is unknown, or could be one of several.
    """
    named = read_name(value).rpartition(" ")[2].partition("?")[0]
    if named in {"*", "all"}:
        return None
    if named in ROUTES:
        return named
    found = [route for route in ROUTES if route.endswith(f"/{named.strip('/')}")]
    imitated = [route for route in found if route in _IMITATED]
    meant = [route for route in imitated if route in DOCUMENTED] or imitated or found
    if len(meant) > 1:
        msg = f"one path: {named} could be {', '.join(meant)}"
        raise ValueError(msg)
    if not meant:
        msg = f"a path of GenAuth, such as {_most_alike(named)}; left out it is every path"
        raise ValueError(msg)
    return meant[0]


def _most_alike(named: str) -> str:
    """Return the paths in short, those first that are nearly the one named."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistake needs it

    known = [call.path.removeprefix("/api/v3/") for call in CALLS]
    return ", ".join(dict.fromkeys([*get_close_matches(named, known), *known]))


def read_channel(value: object) -> str:
    """Read a channel, in any case and with or without ``CHANNEL_``."""
    named = read_name(value).strip().upper()
    return _one_of(CHANNELS, named if named.startswith(_CHANNEL) else _CHANNEL + named)


def read_outcome(value: object) -> str:
    """Read the name of an outcome."""
    return _one_of(Outcome.__members__, value if isinstance(value, str) else "")


def read_method(value: object) -> str:
    """Read a method of HTTP, in any case."""
    return _one_of(METHODS, read_name(value).strip().upper())


def read_fault_id(value: object) -> str:
    """Read which faults were applied: the id of one, ``any`` or ``none``."""
    named = read_name(value)
    if named in {"any", "none", "header"} or (named.isascii() and named.isdigit()):
        return named
    msg = "the id of a fault, any, none, or header (that of a request's own header)"
    raise ValueError(msg)


def read_recipient(value: object) -> str:
    """Read a number or an e-mail address; how people write numbers is forgiven."""
    return address.plain_recipient(read_name(value))


def _one_of(known: Iterable[str], named: str) -> str:
    if named not in known:
        msg = f"one of {', '.join(known)}"
        raise ValueError(msg)
    return named
