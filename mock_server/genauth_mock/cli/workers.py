"""Several processes that answer on one socket, and the one that watches over them."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Final, NoReturn

from genauth_mock.cli.exit_codes import STOPPED, CannotServe
from genauth_mock.cli.serve import announce, run, serve

if TYPE_CHECKING:
    from genauth_mock.cli.options import ServePlan
    from genauth_mock.server.launch import Running
    from genauth_mock.server.listening import Listener

log = logging.getLogger("genauth_mock")

SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)

URL_LIMIT: Final = 1024
"""Bytes; a URL of ours is far shorter."""


def serve_in_workers(plan: ServePlan, listener: Listener) -> int:
    """Serve in ``plan.workers`` processes until SIGINT or SIGTERM; one that dies is replaced.

    They share what listens: connections that a killed one had not accepted yet go to the others.

    Returns:
        The exit code.
    """
    return _Supervisor(plan, listener).serve()


class _Supervisor:
    """The process that watches over the workers; it answers nothing itself."""

    def __init__(self, plan: ServePlan, listener: Listener) -> None:
        self._plan = plan
        self._listener = listener
        self._ready: dict[int, int] = {}
        self._has_to_stop = False
        self._parent_pipe, self._life = os.pipe()

    def serve(self) -> int:
        for number in SIGNALS:
            signal.signal(number, self._stop)
        for _ in range(self._plan.workers):
            self._spawn()
        urls = [os.read(ready, URL_LIMIT).decode() for ready in self._ready.values()]
        if all(urls):
            announce(self._plan, urls[0])
        exit_codes = {STOPPED}
        while self._ready:
            exit_codes.add(self._wait_for_one_that_ended())
        return max(exit_codes)

    def _wait_for_one_that_ended(self) -> int:
        worker, status = os.wait()
        os.close(self._ready.pop(worker))
        exit_code = os.waitstatus_to_exitcode(status)
        if exit_code >= 0:
            self._stop()
            return exit_code
        if not self._has_to_stop:
            log.warning("a worker was ended by signal %d; another one takes its place", -exit_code)
            self._spawn()
        return STOPPED

    def _spawn(self) -> None:
        ready, is_ready = os.pipe()
        # A signal that came between the fork and the worker's first line would be handled as the parent's.
        signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
        worker = os.fork()
        if worker == 0:
            os.close(self._life)
            _work(self._plan, self._listener, is_ready, self._parent_pipe)
        os.close(is_ready)
        self._ready[worker] = ready
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
        if self._has_to_stop:  # the signal came before this worker could be told
            self._stop()

    def _stop(self, *_: object) -> None:
        self._has_to_stop = True
        for worker in self._ready:
            with suppress(ProcessLookupError):  # it ended meanwhile
                os.kill(worker, signal.SIGTERM)


def _work(plan: ServePlan, listener: Listener, is_ready: int, parent_pipe: int) -> NoReturn:
    """Serve as a worker until the stop signal, or until the parent process is gone."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
    exit_code = 1
    try:
        run(_serve(plan, listener, is_ready, parent_pipe))
        exit_code = STOPPED
    except CannotServe as error:
        log.error("%s", error)  # noqa: TRY400 - said to a person
        exit_code = error.exit_code
    finally:
        if (unexpected := sys.exception()) is not None:
            sys.excepthook(type(unexpected), unexpected, unexpected.__traceback__)
        sys.stderr.flush()
        os._exit(exit_code)  # what the parent has open is the parent's to clear away


async def _serve(plan: ServePlan, listener: Listener, is_ready: int, parent_pipe: int) -> None:
    # Nothing is ever written to the parent_pipe: it becomes readable when its other end is gone.
    asyncio.get_running_loop().add_reader(parent_pipe, signal.raise_signal, signal.SIGTERM)
    await serve(plan, listener, lambda server: _tell(is_ready, server))


def _tell(is_ready: int, server: Running) -> None:
    os.write(is_ready, server.url.encode())
    os.close(is_ready)
