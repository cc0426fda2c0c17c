"""The fields of a fault in JSON, one by one: a reader gives each, or says in a ValueError what it must be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar, cast

from genauth_mock.calls.known import KNOWN_CALLS
from genauth_mock.calls.table import CALLS
from genauth_mock.faults.delay import Delay, Distribution
from genauth_mock.faults.fault import Delivery, When
from genauth_mock.json_values import choice, number, text, whole
from genauth_mock.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Json = dict[str, object]
Value = TypeVar("Value")

LONGEST_DELAY_SECONDS: Final = 86_400
LAST_HTTP_STATUS: Final = 599
_HEADER: Final = re.compile("[!-~]([ -~]*[!-~])?")
"""Source: RFC 9110, section 5.5: what a header may hold without surprises; no line ends."""

ROUTES: Final = tuple(sorted({call.path for call in CALLS} | KNOWN_CALLS))
"""Every path that a fault can befall."""


class BadFault(ValueError):  # noqa: N818 - named by what is wrong
    """A fault that cannot be: the text names the field and what it must be."""


class Field(NamedTuple):
    """One field: the attribute of a fault that it sets, and how it is read."""

    attribute: str
    read: Callable[[object], object]


def read_route(value: object) -> str | None:
    """Read a path, whole or in short; None for every path.

    Raises:
        ValueError: There is no such path.
    """
    named = _name(value).rpartition(" ")[2].partition("?")[0]
    if named in {"*", "all"}:
        return None
    found = [route for route in ROUTES if route == named]
    found = found or [route for route in ROUTES if route.endswith(f"/{named.strip('/')}")]
    if not found:
        imitated = ", ".join(call.path.removeprefix("/api/v3/") for call in CALLS)
        msg = f"a path of GenAuth, such as {imitated}; left out it is every path"
        raise ValueError(msg)
    return found[0]


def _name(value: object) -> str:
    return text(value or None)


def _header(value: object) -> str:
    if not isinstance(value, str) or not _HEADER.fullmatch(value):
        msg = "a media type such as text/plain; charset=utf-8"
        raise ValueError(msg)
    return value


def _outcome(value: object) -> str:
    if not isinstance(value, str) or value not in Verdict.__members__:
        msg = f"one of {', '.join(Verdict.__members__)}"
        raise ValueError(msg)
    return value


def _delay(value: object) -> Delay:
    if not isinstance(value, dict):
        return Delay(Distribution.FIXED, _seconds(value))
    given = cast("dict[str, object]", value)
    distribution = _inner("distribution", choice(Distribution), given, Distribution.FIXED)
    names = {
        Distribution.FIXED: ("seconds",),
        Distribution.UNIFORM: ("fromSeconds", "toSeconds"),
        Distribution.LOGNORMAL: ("medianSeconds", "sigma"),
    }[distribution]
    unknown = set(given) - {"distribution", *names}
    if unknown:
        msg = f"an object with distribution, {', '.join(names)}, not {', '.join(sorted(unknown))}"
        raise ValueError(msg)
    first, *others = (_inner(name, _seconds, given, None) for name in names)
    match distribution:
        case Distribution.FIXED:
            return Delay(distribution, first)
        case Distribution.UNIFORM:
            return Delay(distribution, first, longest=max(first, others[0]))
        case Distribution.LOGNORMAL:
            return Delay(distribution, first, sigma=others[0])


def _inner(
    name: str, read: Callable[[object], Value], given: Mapping[str, object], default: Value | None
) -> Value:
    if name not in given and default is not None:
        return default
    try:
        return read(given.get(name))
    except ValueError as error:
        msg = f"an object whose {name} is {error}"
        raise ValueError(msg) from None


def show_delay(delay: Delay) -> Json:
    """Show a delay as it is read."""
    match delay.distribution:
        case Distribution.FIXED:
            return {"delaySeconds": delay.seconds}
        case Distribution.UNIFORM:
            names = {"fromSeconds": delay.seconds, "toSeconds": delay.longest}
        case Distribution.LOGNORMAL:
            names = {"medianSeconds": delay.seconds, "sigma": delay.sigma}
    return {"delay": {"distribution": delay.distribution, **names}}


def number_read(value: object) -> str:
    """Read a number or an e-mail address; how people write numbers is forgiven."""
    named = _name(value)
    return named.lower() if "@" in named else re.sub("[ ()-]", "", named)


_seconds = number(0, LONGEST_DELAY_SECONDS)

FIELDS: Final[Mapping[str, Field]] = {
    "when": Field("when", choice(When)),
    "route": Field("route", read_route),
    "user": Field("user", _name),
    "phoneNumber": Field("phone_number", number_read),
    "channel": Field("channel", _name),
    "times": Field("times", whole(1, 1_000_000)),
    "skip": Field("skip", whole(0, 1_000_000)),
    "probability": Field("probability", number(0, 1)),
    "delaySeconds": Field("delay_seconds", _seconds),
    "delay": Field("delay", _delay),
    "httpStatus": Field("http_status", whole(200, LAST_HTTP_STATUS)),
    "retryAfter": Field("retry_after", whole(0, LONGEST_DELAY_SECONDS)),
    "outcome": Field("outcome", _outcome),
    "statusCode": Field("status_code", whole(0, 99_999)),
    "apiCode": Field("api_code", whole(-(2**31), 2**31)),
    "message": Field("message", text),
    "body": Field("body", text),
    "contentType": Field("content_type", _header),
    "overSeconds": Field("over_seconds", _seconds),
    "cutAfterBytes": Field("cut_after_bytes", whole(0, 1_000_000)),
    "delivery": Field("delivery", choice(Delivery)),
}
"""Every field besides ``kind`` by its JSON name."""
