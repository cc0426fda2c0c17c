"""Several processes on one Redis keep the contract as one process does."""

from __future__ import annotations

import asyncio
import sys

from tests.support.redis_workers import crew_on

RUN = ("-m", "genauth_contract", "run", "-k", "test_wire", "--target")


async def test_four_workers_on_redis_keep_the_whole_contract(redis_url: str) -> None:
    """Every scenario is played, which takes some seconds; how the SDK reads an answer is no matter of workers."""
    async with crew_on(redis_url) as crew:
        run = await asyncio.create_subprocess_exec(
            sys.executable,
            *RUN,
            crew.url,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        said, _ = await run.communicate()
    assert run.returncode == 0, said.decode()
    assert "passed" in said.decode()
