"""The clock of an app: moved, frozen, set, run at a scale. It never touches another app."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from genauth_mock.control.request import ControlError, Json
from genauth_mock.engine.clock import Clock, clock_of, real_time
from genauth_mock.engine.json_values import number
from genauth_mock.engine.profile import timestamp
from genauth_mock.runtime.deployment import CLOCK

if TYPE_CHECKING:
    from genauth_mock.control.request import ControlRequest
    from genauth_mock.engine.context import CallContext

FURTHEST_SECONDS: Final = 1e9
"""The furthest a clock is moved at once: thirty years."""

A_DAY_OF_SECONDS: Final = 86_400.0
"""How long, in real time, a clock has to stay within the calendar."""

NAMES = ("advanceSeconds", "frozen", "set", "scale")


async def read_clock(request: ControlRequest) -> Json:
    """``GET /_mock/clock``."""
    return await request.run(lambda context: show_clock(clock_of(context.records)))


async def move_clock(request: ControlRequest) -> Json:
    """``POST /_mock/clock``; several names in one call are carried out in the order set, scale, frozen, advance."""
    request.check_names(*NAMES)
    if not set(NAMES) & set(request.body):
        message = f"give one of: {', '.join(NAMES)}"
        raise ControlError(message)
    clock = await request.run(lambda context: _move(context, request))
    request.deployment.deliveries.late.look_at_clock(request.app_id)
    await request.deployment.call(CLOCK, request.app_id)
    request.deployment.events.publish("clock.changed", request.app_id, clock)
    return show_clock(clock)


def _move(context: CallContext, request: ControlRequest) -> Clock:
    real = real_time()
    clock = clock_of(context.records)
    if (moment := request.text("set")) is not None:
        clock = clock.set_to(_moment(moment), real)
    if (scale := _number(request, "scale", 0)) is not None:
        clock = clock.scaled(scale, real)
    if (frozen := request.body.get("frozen")) is not None:
        if not isinstance(frozen, bool):
            message = "frozen must be true or false"
            raise ControlError(message)
        clock = clock.frozen(frozen, real)
    if (seconds := _number(request, "advanceSeconds", -1e9)) is not None:
        clock = clock.advanced(timedelta(seconds=seconds), real)
    context.records.put("", _checked(clock, real))
    return clock


def show_clock(clock: Clock) -> Json:
    """Show a clock."""
    real = real_time()
    return {
        "now": timestamp(clock.now(real)),
        "frozen": clock.is_frozen,
        "scale": clock.scale,
        "offsetSeconds": round(clock.seconds(real) - real, 3),
    }


def _number(request: ControlRequest, name: str, smallest: float) -> float | None:
    value = request.body.get(name)
    if value is None:
        return None
    try:
        return number(smallest, FURTHEST_SECONDS)(value)
    except ValueError as error:
        message = f"{name} must be {error}"
        raise ControlError(message) from None


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        message = "set must be a moment in ISO 8601, such as 2026-01-01T00:00:00Z"
        raise ControlError(message) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _checked(clock: Clock, real: float) -> Clock:
    try:
        clock.now(real + A_DAY_OF_SECONDS)
    except (OverflowError, ValueError, OSError):
        message = "with this set, scale or advanceSeconds the clock would leave the years 1 to 9999 within a day"
        raise ControlError(message) from None
    return clock
