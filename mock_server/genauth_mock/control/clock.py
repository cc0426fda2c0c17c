"""The clock of an app: moved, frozen, set, run at a scale. It never touches another app."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Final

from genauth_mock.control.request import ControlError, Json
from genauth_mock.engine.clock import Clock, clock_of, real_time
from genauth_mock.engine.json_values import camel_cased, number
from genauth_mock.engine.profile import timestamp
from genauth_mock.engine.value import frozen
from genauth_mock.runtime.deployment import CLOCK

if TYPE_CHECKING:
    from genauth_mock.control.request import ControlRequest
    from genauth_mock.engine.context import CallContext

FURTHEST_SECONDS: Final = 1e9
"""The furthest a clock is moved at once: thirty years."""

A_DAY_SECONDS: Final = 86_400.0
"""How long, in real time, a clock has to stay within the calendar."""


def _moment(value: object) -> datetime:
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        message = "a moment in ISO 8601, such as 2026-01-01T00:00:00Z"
        raise ValueError(message) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@frozen(field_transformer=camel_cased)
class ClockMove:
    """Body of ``POST /_mock/clock``."""

    set: Annotated[datetime, _moment] | None = None
    scale: Annotated[float, number(0, FURTHEST_SECONDS)] | None = None
    frozen: bool | None = None
    advance_seconds: Annotated[float, number(-FURTHEST_SECONDS, FURTHEST_SECONDS)] | None = None


async def read_clock(request: ControlRequest) -> Json:
    """``GET /_mock/clock``."""
    return await request.run(lambda context: show_clock(clock_of(context.records)))


async def move_clock(request: ControlRequest) -> Json:
    """``POST /_mock/clock``; several names in one call are carried out in the order set, scale, frozen, advance."""
    move = request.read(ClockMove)
    if move == ClockMove():
        message = "give one of: advanceSeconds, frozen, set, scale"
        raise ControlError(message)
    clock = await request.run(lambda context: _moved(context, move))
    late = request.deployment.deliveries.late
    late.look_at_clock(request.app_id)
    await late.deliver_due(request.app_id)
    await request.deployment.call(CLOCK, request.app_id)
    request.deployment.events.publish("clock.changed", request.app_id, clock)
    return show_clock(clock)


def _moved(context: CallContext, move: ClockMove) -> Clock:
    real = real_time()
    clock = clock_of(context.records)
    if move.set is not None:
        clock = clock.set_to(move.set, real)
    if move.scale is not None:
        clock = clock.scaled(move.scale, real)
    if move.frozen is not None:
        clock = clock.frozen(move.frozen, real)
    if move.advance_seconds is not None:
        clock = clock.advanced(timedelta(seconds=move.advance_seconds), real)
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


def _checked(clock: Clock, real: float) -> Clock:
    if not (clock.is_within_calendar(real) and clock.is_within_calendar(real + A_DAY_SECONDS)):
        message = "with this set, scale or advanceSeconds the clock would leave the years 1000 to 9899 within a day"
        raise ControlError(message)
    return clock
