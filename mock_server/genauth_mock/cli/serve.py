"""Serving from the command line, until a signal says stop."""

from __future__ import annotations

import asyncio
import errno
import gc
import logging
import os
import signal
from contextlib import asynccontextmanager, suppress
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final

from genauth_mock.cli.exit_codes import (
    CANNOT_LISTEN,
    NO_STORE,
    STOPPED,
    WRONG_OPTION,
    CannotServe,
)
from genauth_mock.cli.reload import reseed_on_change
from genauth_mock.cli.state_files import kept_state
from genauth_mock.runtime.deployment import Deployment
from genauth_mock.server.launch import serving_on
from genauth_mock.server.listening import listening
from genauth_mock.storage.interfaces import StoreUnreachable

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable
    from pathlib import Path

    from genauth_mock.cli.options import ServePlan
    from genauth_mock.server.launch import Running
    from genauth_mock.server.listening import Listener


log = logging.getLogger("genauth_mock")


def announce(plan: ServePlan, url: str) -> None:
    """Announce that the server answers: in the ready file, on stdout, and the quick start on stderr.

    Raises:
        CannotServe: The ready file cannot be written.
    """
    if plan.ready_file is not None:
        try:
            _write_whole(plan.ready_file, url)
        except OSError as error:
            msg = f"--ready-file {plan.ready_file} cannot be written: {error.strerror}"
            raise CannotServe(msg, WRONG_OPTION) from None
    print(f"genauth-mock listening on {url}", flush=True)
    if not _is_loopback(plan.host):
        log.warning(
            "whoever reaches %s can read pass codes and change users%s; "
            "/_mock/ answers to IP addresses and localhost, to names only with --allowed-host NAME",
            url,
            "" if plan.options.control_token is None else " if they know the control token",
        )


def withdraw(plan: ServePlan) -> None:
    """Take the ready file away."""
    if plan.ready_file is not None:
        with suppress(OSError):  # where it could not be written there is nothing to take away
            plan.ready_file.unlink(missing_ok=True)


def _write_whole(path: Path, text: str) -> None:
    """Write a file so that nobody ever sees a part of it."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    except OSError:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


GARBAGE_THRESHOLDS: Final = (100_000, 50, 100)
"""Rarer searches for garbage in the command's own process.

What is kept is plain values that no search ever frees, and there are many: looking at them after every 700 new ones
is work for nothing.
"""


def serve_alone(plan: ServePlan, listener: Listener) -> int:
    """Serve in this process until a signal says stop."""
    run(serve(plan, listener, lambda server: announce(plan, server.url)))
    return STOPPED


def serve_until_stopped(plan: ServePlan, serve_on: Callable[[ServePlan, Listener], int]) -> int:
    """Serve until SIGINT or SIGTERM.

    Args:
        plan: What to serve.
        serve_on: Serves on sockets that listen: in this process, or in several.

    Returns:
        The exit code: `STOPPED`, `CANNOT_LISTEN` or `NO_STORE`.
    """
    try:
        with listener_of(plan) as listener:
            return serve_on(plan, listener)
    except CannotServe as error:
        log.error("%s", error)  # noqa: TRY400 - said to a person
        return error.exit_code
    finally:
        withdraw(plan)


def run(main: Awaitable[int | None]) -> int | None:
    """Run the process's one coroutine, on uvloop where it is installed."""
    gc.freeze()
    gc.set_threshold(*GARBAGE_THRESHOLDS)
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        return runner.run(_awaited(main))


async def serve(plan: ServePlan, listener: Listener, ready: Callable[[Running], None]) -> None:
    """Serve until SIGINT or SIGTERM.

    Args:
        plan: What to serve.
        listener: The sockets that listen.
        ready: Called as soon as the server answers.

    Raises:
        CannotServe: The store cannot be reached.
    """
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    async with deployed(plan, listener) as server:
        ready(server)
        await stopped.wait()


@asynccontextmanager
async def deployed(plan: ServePlan, listener: Listener) -> AsyncGenerator[Running]:
    """Serve a plan in the running event loop, and read its seed file again when it changes.

    Raises:
        CannotServe: The store cannot be reached, or is of an unknown kind.
    """
    deployment = _deployment(plan)
    try:
        await deployment.store.check()
    except StoreUnreachable as error:
        msg = f"{error}; or leave --store out to keep the state in memory"
        raise CannotServe(msg, NO_STORE) from None
    await _check_eviction(deployment)
    async with (
        serving_on(deployment, listener, kept_state(deployment, plan), is_late=True) as server,
        reseed_on_change(deployment, plan.seed_file),
    ):
        yield server


async def _check_eviction(deployment: Deployment) -> None:
    """Refuse a store that would drop confirmed users without a word.

    Raises:
        CannotServe: It would, and that was not allowed by name.
    """
    try:
        policy = await deployment.store.evicting_policy()
    except StoreUnreachable as error:
        log.warning("whether the store drops what was stored is not known: %s", error)
        return
    if policy is not None and policy != deployment.options.allowed_eviction:
        msg = (
            f"the store drops users and codes once it is full (maxmemory-policy {policy}): set it to noeviction, "
            f"or allow that with --allow-eviction {policy}"
        )
        raise CannotServe(msg, NO_STORE)


def listener_of(plan: ServePlan) -> Listener:
    """Make the sockets that listen.

    Raises:
        CannotServe: The address cannot be listened on.
    """
    try:
        return listening(plan.host, plan.port)
    except OSError as error:
        raise CannotServe(_why(error, plan.host, plan.port), CANNOT_LISTEN) from None


def _deployment(plan: ServePlan) -> Deployment:
    try:
        return Deployment(plan.options)
    except ValueError as error:
        raise CannotServe(str(error), WRONG_OPTION) from None


async def _awaited(main: Awaitable[int | None]) -> int | None:
    return await main


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop  # noqa: PLC0415 - only where it is installed
    except ModuleNotFoundError:
        return None
    return uvloop.new_event_loop


def _why(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"port {port} on {host} is taken; choose another with --port, "
            "or let --port 0 pick a free one"
        )
    if error.errno == errno.EACCES:
        return f"port {port} is reserved; choose one above 1023 with --port, or let --port 0 pick"
    return f"cannot listen on {host}:{port}: {error.strerror}"
