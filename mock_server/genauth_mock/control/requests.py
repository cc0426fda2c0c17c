"""Searches the journal of requests and responses, to assert on.

A filter is one of:

| query | keeps |
|---|---|
| ``route``, ``method`` | requests to a path (``bind-phone`` will do), by a method |
| ``outcome`` | requests that were answered with an outcome, such as ``EXPIRED_CODE`` |
| ``effect`` | requests with this outcome by the engine's rules, whatever a fault made of the response |
| ``statusCode``, ``apiCode``, ``httpStatus`` | requests that were answered so |
| ``phoneNumber``, ``email``, ``channel``, ``userId`` | requests that name it, or were made by that user |
| ``requestId`` | the one that was answered with it |
| ``fault`` | requests that a fault was applied to: its id, or ``any``, or ``none`` |
| ``after`` | requests after a ``cursor`` |

``limit`` (100) says how many at most, ``wait`` how many seconds to wait for one, ``count=true`` asks only how many.
Where nothing fits, ``nearMisses`` are the newest requests that all filters but one would keep, and why not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from genauth_mock.activity.journal import Exchange, show_exchange
from genauth_mock.control.request import (
    LONGEST_WAIT_SECONDS,
    ControlError,
    read_flag,
    read_number,
    read_whole,
    with_plus,
)
from genauth_mock.engine.address import masked_recipient
from genauth_mock.engine.clock import stopwatch
from genauth_mock.faults.matching import subject_of
from genauth_mock.faults.names import (
    read_channel,
    read_fault_id,
    read_method,
    read_outcome,
    read_recipient,
    read_route,
)
from genauth_mock.http.connections import end_if_cancelled
from genauth_mock.http.paths import is_path_of
from genauth_mock.runtime.turns import in_turns

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from genauth_mock.control.request import ControlRequest, Json

MOST_SHOWN: Final = 100_000
NEAR_MISSES: Final = 3
"""How many near misses an error names."""

Look = dict[str, object]


async def list_requests(request: ControlRequest) -> Json:
    """``GET /_mock/requests``: newest first."""
    if read_flag(request.query, "count"):
        return await count_requests(request)
    limit = read_whole(request.query, "limit", MOST_SHOWN, default=100)
    fitting = await _fitting(request)
    answer: Json = {
        "requests": [show_exchange(exchange) async for exchange in in_turns(fitting[:limit])],
        "count": len(fitting),
        "cursor": str(await request.deployment.journal.cursor()),
    }
    return answer if fitting else {**answer, "nearMisses": await _near_misses(request)}


async def count_requests(request: ControlRequest) -> Json:
    """``GET /_mock/requests/count``: how many fit."""
    count = len(await _fitting(request))
    return {"count": count} if count else {"count": 0, "nearMisses": await _near_misses(request)}


async def clear_requests(request: ControlRequest) -> Json:
    """``DELETE /_mock/requests``: begin the app's journal anew."""
    return {"removed": await request.deployment.journal.forget(request.app_id)}


async def _fitting(request: ControlRequest) -> Sequence[Exchange]:
    wanted, journal = _wanted(request.query), request.deployment.journal
    seconds = read_number(request.query, "wait", LONGEST_WAIT_SECONDS)
    after = read_whole(request.query, "after", 2**63)
    deadline = stopwatch() + seconds
    while True:
        kept = await journal.after(request.app_id, after)
        fitting = kept[::-1]
        if wanted:
            fitting = [each async for each in in_turns(fitting) if not _misses(each, wanted)]
        left = deadline - stopwatch()
        if fitting or left <= 0:
            return fitting
        newest = kept[-1].number if kept else after
        pending = next((each.number for each in kept if each.is_pending), None)
        # One that is held up may fit as soon as it is answered.
        after = newest if pending is None else max(pending - 1, 0)
        await journal.wait_for_more(request.app_id, newest, left)
        end_if_cancelled()


async def _near_misses(request: ControlRequest) -> list[Json]:
    wanted, after = _wanted(request.query), read_whole(request.query, "after", 2**63)
    newest_first = reversed(await request.deployment.journal.after(request.app_id, after))
    looked_at = ((exchange, _misses(exchange, wanted)) for exchange in newest_first)
    near: list[Json] = []
    async for exchange, misses in in_turns(looked_at):
        if len(misses) == 1:
            near.append({"request": show_exchange(exchange), "differs": misses})
        if len(near) == NEAR_MISSES:
            break
    return near


def _misses(exchange: Exchange, wanted: Mapping[str, str]) -> Look:
    """Return the filters that do not fit an exchange: the wanted value and the actual ones."""
    missed: Look = {}
    for name, value in wanted.items():
        there = FILTERS[name](exchange)
        is_there = value in there
        if name == "route" and "{" in value:
            is_there = is_path_of(value, exchange.request.path)
        if not is_there:
            hides = name in {"phoneNumber", "email"}
            missed[name] = {
                "wanted": masked_recipient(value) if hides else value,
                "was": [masked_recipient(each) if hides else each for each in sorted(there)],
            }
    return missed


def _wanted(query: Mapping[str, str]) -> dict[str, str]:
    wanted: dict[str, str] = {}
    for name, value in query.items():
        if name in _OTHERS or not value:
            continue
        try:
            wanted[name] = _READERS.get(name, str)(value)
        except ValueError as error:
            message = f"{name} must be {error}"
            raise ControlError(message) from None
    return wanted


def _one_path(value: str) -> str:
    if value.startswith("/"):
        return value.partition("?")[0]  # whatever was asked for, unknown paths too
    path = read_route(value)
    if path is None:
        msg = "a path; leave it out for all of them"
        raise ValueError(msg)
    return path


def _digits(value: str) -> str:
    if not (value.isascii() and value.isdigit()):
        msg = "a whole number"
        raise ValueError(msg)
    return str(int(value))


def _mail(value: str) -> str:
    if "@" not in value:
        msg = "an e-mail address; for a number there is phoneNumber"
        raise ValueError(msg)
    return read_recipient(value)


_READERS: Final[Mapping[str, Callable[[str], str]]] = {
    "route": _one_path,
    "method": read_method,
    "outcome": read_outcome,
    "effect": read_outcome,
    "statusCode": _digits,
    "apiCode": _digits,
    "httpStatus": _digits,
    "phoneNumber": with_plus(read_recipient),
    "email": _mail,
    "channel": read_channel,
    "fault": read_fault_id,
    "id": _digits,
}
"""How the value of a filter is read, where not every text can match."""


def _answered(name: str) -> Callable[[Exchange], set[str]]:
    return lambda exchange: _there(exchange.answer().get(name))


def _numbers(exchange: Exchange) -> set[str]:
    return set(subject_of(exchange.request.path, exchange.sent_body()).numbers)


def _faults(exchange: Exchange) -> set[str]:
    return {"any", *(fault.fault_id for fault in exchange.faults)} if exchange.faults else {"none"}


def _there(*values: object) -> set[str]:
    return {str(value) for value in values if value is not None}


_OTHERS: Final = ("appId", "after", "limit", "wait", "count")

FILTERS: Final[Mapping[str, Callable[[Exchange], set[str]]]] = {
    "route": lambda exchange: {exchange.request.path},
    "method": lambda exchange: {exchange.request.method},
    "outcome": lambda exchange: _there(exchange.outcome and exchange.outcome.name),
    "effect": lambda exchange: _there(exchange.effect and exchange.effect.name),
    "statusCode": _answered("statusCode"),
    "apiCode": _answered("apiCode"),
    "httpStatus": lambda exchange: _there(exchange.http_status),
    "requestId": _answered("requestId"),
    "phoneNumber": _numbers,
    "email": _numbers,
    "channel": lambda exchange: _there(
        subject_of(exchange.request.path, exchange.sent_body()).channel
    ),
    "userId": lambda exchange: _there(exchange.user_id),
    "fault": _faults,
    "id": lambda exchange: {str(exchange.number)},
}
