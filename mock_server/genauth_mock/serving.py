"""Serving from the command line, until a signal says stop."""

from __future__ import annotations

import asyncio
import errno
import signal
import sys
from typing import TYPE_CHECKING, Final

from genauth_mock.server import running

if TYPE_CHECKING:
    from genauth_mock.deployment import Options

CANNOT_LISTEN: Final = 3
"""Exit code where the address cannot be listened on."""


def serve_until_stopped(options: Options, host: str, port: int) -> int:
    """Serve until SIGINT or SIGTERM.

    Returns:
        The exit code: 0 after a signal, `CANNOT_LISTEN` where the port is taken.
    """
    try:
        asyncio.run(_serve(options, host, port))
    except OSError as error:
        print(f"genauth-mock: {_why(error, host, port)}", file=sys.stderr)
        return CANNOT_LISTEN
    return 0


async def _serve(options: Options, host: str, port: int) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    async with running(options, host=host, port=port) as server:
        print(f"genauth-mock listening on {server.url}", flush=True)
        await stopped.wait()


def _why(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} on {host} is taken; choose another with --port, or let --port 0 pick a free one"
    return f"cannot listen on {host}:{port}: {error.strerror}"
