"""A server of four processes with one state in Redis, and the way to talk to one of them alone."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from attrs import define


@define
class Crew:
    """A server of several processes."""

    url: str
    parent: asyncio.subprocess.Process

    def workers(self) -> list[int]:
        """Give the ids of the processes that answer."""
        children = Path(f"/proc/{self.parent.pid}/task/{self.parent.pid}/children")
        return [int(pid) for pid in children.read_text().split()]

    def connections(self, worker: int) -> int:
        """Count the TCP connections that a process holds."""
        held = {str(fd.readlink()) for fd in Path(f"/proc/{worker}/fd").iterdir()}
        rows = [row.split() for row in Path("/proc/net/tcp").read_text().splitlines()[1:]]
        established = "01"
        return sum(f"socket:[{row[9]}]" in held for row in rows if row[3] == established)

    @contextmanager
    def only(self, worker: int) -> Generator[None]:
        """Hold all other workers still, so that this one takes every new connection."""
        others = [pid for pid in self.workers() if pid != worker]
        try:
            for pid in others:
                os.kill(pid, signal.SIGSTOP)
                while _state(pid) != "T":
                    pass  # the kernel stops it in a moment, and tells nobody
            yield
        finally:
            for pid in others:
                os.kill(pid, signal.SIGCONT)


@asynccontextmanager
async def crew_on(redis_url: str) -> AsyncGenerator[Crew]:
    """Run a server of four processes; give it once it answers."""
    command = ["-m", "genauth_mock", "serve", "--port", "0", "--workers", "4", "--lang", "en-US"]
    parent = await asyncio.create_subprocess_exec(
        sys.executable,
        *command,
        "--store",
        redis_url,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert parent.stdout is not None
    first_line = (await parent.stdout.readline()).decode()
    try:
        yield Crew(first_line.split()[-1], parent)
    finally:
        parent.terminate()
        exit_code = await parent.wait()
    assert exit_code == 0


def _state(pid: int) -> str:
    """Give the letter of a process's state; its name before it may hold anything."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
