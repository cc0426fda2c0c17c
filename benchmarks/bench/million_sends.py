"""A long run in one process: how memory goes while a million codes are sent, and the app's time with them."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from benchmarks.processes import memory_mib
from genauth_mock.engine import codes
from genauth_mock.engine.address import Phone
from genauth_mock.engine.clock import clock_of, real_time
from genauth_mock.engine.context import Caller
from genauth_mock.runtime.deployment import Deployment

if TYPE_CHECKING:
    from genauth_mock.engine.context import CallContext

SENDS_PER_SECOND = 100
"""By the app's clock; a code lives for five minutes, so 30,000 are out at any time."""

STEP = 100_000


async def main(how_many: int) -> None:
    """Send, and tell the resident memory after every `STEP`."""
    deployment = Deployment()
    shown: list[dict[str, float]] = []
    began = time.perf_counter()
    for number in range(how_many):
        if number % SENDS_PER_SECOND == 0:
            await deployment.run(Caller("bench"), _one_second_later)
        if number % STEP == 0:
            shown.append({"sends": number, "mebibytes": memory_mib("self")})
        phone = Phone("+86", str(13_000_000_000 + number))
        await deployment.run(Caller("bench"), partial(_send, phone))
    shown.append({"sends": how_many, "mebibytes": memory_mib("self")})
    seconds = time.perf_counter() - began
    print(json.dumps({"steps": shown, "sends_per_second": how_many / seconds}))


def _send(phone: Phone, context: CallContext) -> None:
    codes.send(context, "CHANNEL_LOGIN", phone)


def _one_second_later(context: CallContext) -> None:
    clock = clock_of(context.records)
    context.records.put(
        "", clock.frozen(frozen=True, real=real_time()).advanced(timedelta(seconds=1), 0)
    )


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
