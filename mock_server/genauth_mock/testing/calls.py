"""The control calls that a test makes, with a socket or without one: what is sent, and how the answer is read."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final, Generic, TypeVar, cast

from attrs import field, frozen

from genauth_mock.engine.json_values import camel_cased_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Json = dict[str, object]
Value = TypeVar("Value")

MOST_REQUESTS: Final = 10_000
"""How many requests, or webhooks, are given at most."""

WAIT_SECONDS: Final = 5.0
"""How long a pass code is waited for."""

_NOTHING: Final[Mapping[str, object]] = {}


@frozen
class Call(Generic[Value]):
    """One control call, and how its answer is read.

    Attributes:
        wait_seconds: How long the answer may be held back for what is waited for.
    """

    method: str
    path: str
    read: Callable[[Json], Value]
    body: Mapping[str, object] = field(default=_NOTHING, repr=False)
    query: Mapping[str, str] = field(factory=dict[str, str], repr=False)
    wait_seconds: float = 0


def new_user(names: Mapping[str, object]) -> Call[tuple[str, str]]:
    """Make a user; its id and its access token come back."""
    body = camel_cased_keys(names)
    return Call("POST", "/_mock/users", _id_and_token, body)


def users(wanted: Mapping[str, object]) -> Call[list[Json]]:
    """List users, oldest first."""
    return Call("GET", "/_mock/users", _list_of("users"), query=_query(wanted))


def settings(changes: Mapping[str, object]) -> Call[Json]:
    """Change settings, or show them where nothing is to change."""
    if not changes:
        return Call("GET", "/_mock/settings", _whole)
    return Call("POST", "/_mock/settings", _whole, camel_cased_keys(changes))


def reset(app_id: str) -> Call[None]:
    """Bring an app back to where it began."""
    return Call("POST", "/_mock/reset", lambda _: None, {"appId": app_id})


def inject(fault: Mapping[str, object]) -> Call[Json]:
    """Inject a fault."""
    return Call("POST", "/_mock/faults", _whole, camel_cased_keys(fault))


def clear_faults() -> Call[int]:
    """Remove every fault; how many there were comes back."""
    return Call("DELETE", "/_mock/faults", lambda answer: int(str(answer["removed"])))


def answer(route: str, data: object, *, bare: bool) -> Call[None]:
    """Say what a call that is not imitated is answered with."""
    body = {"route": route, "data": data, "bare": bare}
    return Call("POST", "/_mock/answers", lambda _: None, body)


def set_clock(moment: datetime | str | None, how: Mapping[str, object]) -> Call[datetime]:
    """Set the app's clock; its now comes back."""
    body = camel_cased_keys(how)
    if moment is not None:
        body["set"] = moment if isinstance(moment, str) else moment.isoformat()
    return Call(
        "POST", "/_mock/clock", lambda answer: datetime.fromisoformat(str(answer["now"])), body
    )


def messages(recipient: str, channel: str, wait_seconds: float) -> Call[list[Json]]:
    """Find the message that was sent last to a number or an e-mail address."""
    what = "email" if "@" in recipient else "phoneNumber"
    query = {what: recipient, "channel": channel, "limit": "1", "wait": str(wait_seconds)}
    return Call(
        "GET", "/_mock/messages", _list_of("messages"), query=query, wait_seconds=wait_seconds
    )


def requests(wanted: Mapping[str, object]) -> Call[list[Json]]:
    """List requests and their responses, oldest first.

    Raises:
        TypeError: ``count`` is one of the names.
    """
    if "count" in wanted:
        message = "requests() returns the requests: len() of them is their count"
        raise TypeError(message)
    return _listed("/_mock/requests", "requests", wanted)


def webhooks(wanted: Mapping[str, object]) -> Call[list[Json]]:
    """List webhooks, oldest first."""
    return _listed("/_mock/webhooks", "webhooks", wanted)


def _listed(path: str, name: str, wanted: Mapping[str, object]) -> Call[list[Json]]:
    """List what is answered newest first, oldest first."""
    query = _query({"limit": MOST_REQUESTS, **wanted})
    wait = wanted.get("wait", 0.0)
    seconds = float(wait) if isinstance(wait, int | float) else 0.0
    newest_first = _list_of(name)
    return Call(
        "GET",
        path,
        lambda answer: newest_first(answer)[::-1],
        query=query,
        wait_seconds=seconds,
    )


def _query(names: Mapping[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in camel_cased_keys(names).items()}


def _whole(answer: Json) -> Json:
    return answer


def _id_and_token(answer: Json) -> tuple[str, str]:
    return str(answer["userId"]), str(answer["accessToken"])


def _list_of(name: str) -> Callable[[Json], list[Json]]:
    return lambda answer: cast("list[Json]", answer[name])
