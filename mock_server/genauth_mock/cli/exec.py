"""Running a command beside a server of its own: ``genauth-mock exec -- COMMAND``."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from typing import TYPE_CHECKING, Final

from genauth_mock.cli.exit_codes import (
    ENDED_BY_SIGNAL,
    NOT_EXECUTABLE,
    NOT_FOUND,
    CannotServe,
)
from genauth_mock.cli.serve import deployed, listener_of, run
from genauth_mock.control.client import TOKEN_VARIABLE
from genauth_mock.control.request import ControlRequest
from genauth_mock.control.users import create_user

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from genauth_mock.cli.options import ServePlan
    from genauth_mock.server.launch import Running
    from genauth_mock.server.listening import Listener

log = logging.getLogger("genauth_mock")

USER: Final = {
    "username": "exec-user",
    "password": "exec-password",
    "email": "exec-user@example.com",
}
"""The user that the command is signed in as: without a phone, and with other ways to sign in."""

FORWARDED: Final = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)
FROM_TERMINAL: Final = (signal.SIGINT, signal.SIGQUIT)
"""What a terminal sends to the command itself, too."""


def exec_command(plan: ServePlan, command: Sequence[str]) -> int:
    """Serve while a command runs.

    Returns:
        The command's exit code; 127 where the command does not exist, 126 where it cannot be run, 128 plus the
        signal's number where a signal ended it.
    """
    try:
        with listener_of(plan) as listener:
            return run(_exec(plan, listener, command)) or 0
    except CannotServe as error:
        log.error("%s", error)  # noqa: TRY400 - said to a person
        return error.exit_code


async def _exec(plan: ServePlan, listener: Listener, command: Sequence[str]) -> int:
    async with deployed(plan, listener) as server:
        environment = {**os.environ, **await _given(server)}
        try:
            process = await asyncio.create_subprocess_exec(*command, env=environment)
        except FileNotFoundError:
            log.error("unknown command %r", command[0])  # noqa: TRY400 - said to a person
            return NOT_FOUND
        except OSError as error:
            log.error("cannot run %r: %s", command[0], error.strerror)  # noqa: TRY400 - said to a person
            return NOT_EXECUTABLE
        _forward_signals(process)
        exit_code = await process.wait()
    return exit_code if exit_code >= 0 else ENDED_BY_SIGNAL - exit_code


async def _given(server: Running) -> Mapping[str, str]:
    options = server.deployment.options
    user = await create_user(ControlRequest(server.deployment, None, {}, USER, {}, server.url))
    token = options.control_token
    return {
        **({} if token is None else {TOKEN_VARIABLE: token}),
        "GENAUTH_APP_HOST": options.public_url or server.url,
        "GENAUTH_APP_ID": options.app_id,
        "GENAUTH_APP_SECRET": options.app_secret,
        "GENAUTH_ACCESS_TOKEN": str(user["accessToken"]),
    }


def _forward_signals(process: asyncio.subprocess.Process) -> None:
    loop = asyncio.get_running_loop()
    for number in FORWARDED:
        if number == signal.SIGHUP and signal.getsignal(number) is signal.SIG_IGN:
            continue  # by nohup: the command ignores it as well
        loop.add_signal_handler(number, _forward, process, number)


def _forward(process: asyncio.subprocess.Process, number: signal.Signals) -> None:
    if process.returncode is None and not (number in FROM_TERMINAL and _has_terminal()):
        process.send_signal(number)


def _has_terminal() -> bool:
    """Return whether a terminal sends its signals here: it then sends them to the command, too."""
    try:
        return os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()
    except (OSError, ValueError):
        return False
