"""After a lost answer: read the account and see whether what was asked for holds by now.

It can only ever confirm. An account that does not show the change proves nothing, because the
server may still be working on it; then the outcome stays unknown.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Final, Literal

import attrs
from attrs import frozen

from aiogenauth.calls.endpoints import GET_PROFILE, GET_SECURITY_LEVEL
from aiogenauth.clock import monotonic, seconds_since
from aiogenauth.decoding import is_object
from aiogenauth.errors import InvalidInput, OutcomeUnknown
from aiogenauth.models import Confirmation, Envelope
from aiogenauth.protocol import Call, Endpoint
from aiogenauth.sending import hooks
from aiogenauth.sending.executor import Courier
from aiogenauth.vocabulary import DEFAULT_COUNTRY_CODE, PhoneNumber

if TYPE_CHECKING:
    from tenacity import RetryCallState

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


@frozen
class Sign:
    """How an account shows that a change took effect.

    Attributes:
        is_in: Tells by the fields that were read whether the change is there.
        reads: Calls that read such fields, asked in this order until one shows the change.
    """

    is_in: Callable[[Account], bool]
    reads: tuple[Endpoint, ...] = (GET_PROFILE,)


def window(deadline: float) -> float:
    """Seconds to set aside for looking at the account.

    >>> window(30.0), window(2.0)
    (3.0, 0.5)
    """
    return min(WINDOW, SHARE_TO_LOOK * deadline)


def has_phone(phone: PhoneNumber) -> Sign:
    """Make the sign of a bound number: it is there, it is this one, and it is verified."""

    def is_in(account: Account) -> bool:
        number, code = account.get("phone"), account.get("phoneCountryCode")
        if not isinstance(number, str) or not isinstance(code, str | None):
            return False
        full = number if number.startswith("+") else f"{code or DEFAULT_COUNTRY_CODE}{number}"
        return full == phone.e164 and account.get("phoneVerified") is True

    return Sign(is_in)


def _lacks_phone(account: Account) -> bool:
    if "phoneBinded" in account:
        return account["phoneBinded"] is False
    return "phone" in account and account["phone"] in (None, "")  # a set would hash what came


NO_PHONE: Final = Sign(_lacks_phone, (GET_PROFILE, GET_SECURITY_LEVEL))
"""The sign of an unbound number: the field is there, and it is empty.

A profile without the field shows nothing, because a token without the scope `phone` gets none. The
security level always has `phoneBinded`, so it is asked next. Source: API reference,
get-security-info, where every field is required.
"""


def carry_and_confirm(
    courier: Courier, call: Call[Confirmation], sign: Sign | None, on_unknown: OnUnknown
) -> Awaitable[Confirmation]:
    """Make a call whose effect the account shows, and look there should the answer get lost.

    Args:
        courier: Makes the call.
        call: Changes the account.
        sign: Recognises the change; None if nothing would show it.
        on_unknown: Whether to look.

    Raises:
        GenAuthError: Refused, not sent, or still unknown.
    """
    if on_unknown not in {"reconcile", "raise"}:
        text = "on_unknown: give 'reconcile' or 'raise'"
        raise InvalidInput(text).having(field="on_unknown")
    if on_unknown == "raise" or sign is None:
        return courier.carry(call)
    if hooks.is_on():
        return _watched(courier, call, sign)
    return _deliver_or_look(courier, call, sign)


async def _watched(courier: Courier, call: Call[Confirmation], sign: Sign) -> Confirmation:
    with hooks.span(call.endpoint):
        return await _deliver_or_look(courier, call, sign)


async def _deliver_or_look(courier: Courier, call: Call[Confirmation], sign: Sign) -> Confirmation:
    ends = monotonic() + courier.options.deadline
    try:
        return await courier.deliver(call, spare=window(courier.options.deadline))
    except OutcomeUnknown as unknown:
        lost = unknown
    began = monotonic()
    if await _is_confirmed(courier, sign, min(began + WINDOW, ends)):
        return Confirmation(confirmed_by="profile")
    raise lost.having(elapsed=round((lost.elapsed or 0.0) + seconds_since(began), 4))


async def _is_confirmed(courier: Courier, sign: Sign, ends: float) -> bool:
    from tenacity import AsyncRetrying  # noqa: PLC0415 - needed after a loss only

    last_look = ends - SHARE_FOR_LAST_LOOK * (ends - monotonic())

    def is_over(_: "RetryCallState") -> bool:
        return monotonic() >= last_look

    def wait(state: "RetryCallState") -> float:
        longer = FIRST_LOOK_AGAIN * 2.0 ** (state.attempt_number - 1)
        return min(longer, LONGEST_LOOK_AGAIN, max(0.0, last_look - monotonic()))

    async def look() -> bool:
        for endpoint in sign.reads:
            if sign.is_in(await _account(courier, endpoint, ends)):
                return True
        return False

    looking = AsyncRetrying(
        retry=_was_no,
        wait=wait,
        stop=is_over,
        retry_error_callback=lambda _: False,
    )
    return await looking(look)


def _was_no(state: "RetryCallState") -> bool:
    outcome = state.outcome
    return outcome is not None and not outcome.failed and outcome.result() is False


async def _account(courier: Courier, endpoint: Endpoint, ends: float) -> Account:
    """Read an account once; without any fields where that fails or there is no time left."""
    seconds = ends - monotonic()
    if seconds <= 0:
        return {}
    options = attrs.evolve(courier.options, deadline=seconds, retries=0)
    try:
        return await attrs.evolve(courier, options=options).carry(Call(endpoint, _fields))
    except Exception:  # noqa: BLE001 - also what a token provider or callback raises must not hide the loss
        return {}


def _fields(envelope: Envelope) -> Account:
    """Take the fields as they come: one odd field must not hide the phone."""
    return envelope.data if is_object(envelope.data) else {}
