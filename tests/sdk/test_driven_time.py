"""The event loop that the SDK's tests run in."""

from __future__ import annotations

import asyncio
import time

from tests.support.driven_time import DrivenLoop


def test_a_thread_that_nobody_waits_for_any_longer_has_real_time_to_end() -> None:
    async def gives_up() -> None:
        slow = asyncio.get_running_loop().run_in_executor(None, time.sleep, 0.1)
        slow.cancel()

    with asyncio.Runner(loop_factory=DrivenLoop) as runner:
        runner.run(
            gives_up()
        )  # Python 3.12 and later warn at the end where it has not ended after 300 s
