"""After a lost answer: read the account and see whether what was asked for holds by now.

It can only ever confirm. An account that does not show the change proves nothing, because the
server may still be working on it; then the outcome stays unknown.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Final, Generic, Literal, TypeVar

import attrs
from attrs import define

from aiogenauth.clock import monotonic, seconds_since
from aiogenauth.decoding import is_object
from aiogenauth.errors import InvalidInput, OutcomeUnknown
from aiogenauth.models import Confirmation, Envelope
from aiogenauth.protocol import Call, Endpoint
from aiogenauth.sending import hooks
from aiogenauth.sending.executor import CallExecutor
from aiogenauth.vocabulary import PhoneNumber

T = TypeVar("T")

OnUnknown = Literal["reconcile", "raise"]
"""What to do when an answer got lost: look at the account, or leave it to the caller."""

WINDOW: Final = 3.0
"""Seconds that are spent on looking at the account, at most."""
SHARE_TO_LOOK: Final = 0.25
"""Part of the deadline that is set aside for looking, at most."""
FIRST_LOOK_AGAIN: Final = 0.1
"""Seconds after a look that did not confirm; each further wait is twice as long."""
LONGEST_LOOK_AGAIN: Final = 1.0
"""Seconds of the longest wait between two looks."""
SHARE_FOR_LAST_LOOK: Final = 0.1
"""Part of the time for looking that is left to the last look: the wait before it is cut short."""

Account = Mapping[str, object]
"""Fields of an account, under their names in the API."""


@define(eq=False, repr=False)
class EffectCheck(Generic[T]):
    """How an account shows that a change took effect. Made for every bind, and hardly ever asked.

    Attributes:
        result: Returns the result of the change if it is there, by the fields that were read;
            None if it is not.
        reads: Calls that read such fields, asked in this order until one shows the change.
        phone: The number it is about.
    """

    result: Callable[[Account], T | None]
    reads: tuple[Endpoint, ...]
    phone: PhoneNumber | None = None


def window(deadline: float) -> float:
    """Seconds to set aside for looking at the account.

    >>> window(30.0), window(2.0)
    (3.0, 0.5)
    """
    return min(WINDOW, SHARE_TO_LOOK * deadline)


def confirmed_if(is_shown: bool) -> Confirmation | None:  # noqa: FBT001 - the one thing that it takes
    """Return the confirmation of a change that the account shows; None for one that it does not."""
    return Confirmation(confirmed_by="profile") if is_shown else None


def execute_and_check(
    executor: CallExecutor,
    call: Call[T],
    check: EffectCheck[T] | None,
    on_unknown: OnUnknown,
) -> Awaitable[T]:
    """Make a call whose effect the account shows, and look there should the answer get lost.

    Args:
        executor: Makes the call.
        call: Changes the account.
        check: Recognises the change; None if nothing would show it.
        on_unknown: Whether to look.

    Raises:
        GenAuthError: Refused, not sent, or still unknown.
    """
    if on_unknown not in {"reconcile", "raise"}:
        message = "on_unknown: give 'reconcile' or 'raise'"
        raise InvalidInput(message).with_facts(field="on_unknown")
    if on_unknown == "raise" or check is None:
        return executor.execute(call)
    if hooks.is_on():
        return _watched(executor, call, check)
    return _execute_or_look(executor, call, check)


async def _watched(executor: CallExecutor, call: Call[T], check: EffectCheck[T]) -> T:
    with hooks.span(call.endpoint):
        return await _execute_or_look(executor, call, check)


async def _execute_or_look(executor: CallExecutor, call: Call[T], check: EffectCheck[T]) -> T:
    state = executor.begin(reserve=window(executor.options.deadline))
    ends = state.began + executor.options.deadline
    try:
        return await executor.execute_without_span(call, state)
    except OutcomeUnknown as unknown:
        if state.is_in_callers_code:
            raise
        lost = unknown
    began = monotonic()
    result = await _look(executor, check, min(began + WINDOW, ends))
    if result is not None:
        return result
    raise lost.with_facts(elapsed=round((lost.elapsed or 0.0) + seconds_since(began), 4))


async def _look(executor: CallExecutor, check: EffectCheck[T], ends: float) -> T | None:
    last_look = ends - SHARE_FOR_LAST_LOOK * (ends - monotonic())
    wait = FIRST_LOOK_AGAIN
    while True:
        for endpoint in check.reads:
            result = check.result(await _account(executor, endpoint, ends))
            if result is not None:
                return result
        if monotonic() >= last_look:
            return None
        await asyncio.sleep(min(wait, max(0.0, last_look - monotonic())))
        wait = min(2 * wait, LONGEST_LOOK_AGAIN)


async def _account(executor: CallExecutor, endpoint: Endpoint, ends: float) -> Account:
    """Read an account once; without any fields where that fails or there is no time left."""
    seconds = ends - monotonic()
    if seconds <= 0:
        return {}
    options = attrs.evolve(executor.options, deadline=seconds, retries=0)
    try:
        return await attrs.evolve(executor, options=options).execute(Call(endpoint, _fields))
    except Exception:  # noqa: BLE001 - also what a token provider or callback raises must not hide the loss
        return {}


def _fields(envelope: Envelope) -> Account:
    """Return the fields unread: one odd field must not hide the phone."""
    return envelope.data if is_object(envelope.data) else {}
