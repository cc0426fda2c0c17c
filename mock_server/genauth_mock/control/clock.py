"""The clock of an app: moved, frozen, set, run at a scale. It never touches another app."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from genauth_mock.control.request import Json, Objection
from genauth_mock.engine.clock import Clock, clock_of, real_time
from genauth_mock.engine.json_values import number
from genauth_mock.engine.profile import timestamp
from genauth_mock.runtime.deployment import CLOCK

if TYPE_CHECKING:
    from genauth_mock.control.request import Asked
    from genauth_mock.engine.context import Turn

FURTHEST_SECONDS: Final = 1e9
"""The furthest a clock is moved at once: thirty years."""

A_DAY_OF_SECONDS: Final = 86_400.0
"""How long, in real time, a clock has to stay within the calendar."""

NAMES = ("advanceSeconds", "frozen", "set", "scale")


async def read_clock(asked: Asked) -> Json:
    """``GET /_mock/clock``."""
    return await asked.play(lambda turn: show_clock(clock_of(turn.records)))


async def move_clock(asked: Asked) -> Json:
    """``POST /_mock/clock``; several names in one call are carried out in the order set, scale, frozen, advance."""
    asked.check_names(*NAMES)
    if not set(NAMES) & set(asked.body):
        message = f"give one of: {', '.join(NAMES)}"
        raise Objection(message)
    clock = await asked.play(lambda turn: _move(turn, asked))
    asked.deployment.deliveries.late.look_at_clock(asked.app_id)
    await asked.deployment.call(CLOCK, asked.app_id)
    asked.deployment.events.tell("clock.changed", asked.app_id, clock)
    return show_clock(clock)


def _move(turn: Turn, asked: Asked) -> Clock:
    real = real_time()
    clock = clock_of(turn.records)
    if (moment := asked.text("set")) is not None:
        clock = clock.set_to(_moment(moment), real)
    if (scale := _number(asked, "scale", 0)) is not None:
        clock = clock.scaled(scale, real)
    if (frozen := asked.body.get("frozen")) is not None:
        if not isinstance(frozen, bool):
            message = "frozen must be true or false"
            raise Objection(message)
        clock = clock.frozen(frozen, real)
    if (seconds := _number(asked, "advanceSeconds", -1e9)) is not None:
        clock = clock.advanced(timedelta(seconds=seconds), real)
    turn.records.put("", _checked(clock, real))
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


def _number(asked: Asked, name: str, smallest: float) -> float | None:
    value = asked.body.get(name)
    if value is None:
        return None
    try:
        return number(smallest, FURTHEST_SECONDS)(value)
    except ValueError as error:
        message = f"{name} must be {error}"
        raise Objection(message) from None


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        message = "set must be a moment in ISO 8601, such as 2026-01-01T00:00:00Z"
        raise Objection(message) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _checked(clock: Clock, real: float) -> Clock:
    try:
        clock.now(real + A_DAY_OF_SECONDS)
    except (OverflowError, ValueError, OSError):
        message = "with this set, scale or advanceSeconds the clock would leave the years 1 to 9999 within a day"
        raise Objection(message) from None
    return clock
