"""Saying that the server answers, and until when: on stdout, in the ready file, and what it opens on stderr."""

from __future__ import annotations

import logging
import os
from contextlib import suppress
from ipaddress import ip_address
from typing import TYPE_CHECKING

from genauth_mock.command.exit_codes import WRONG_OPTION, CannotServe

if TYPE_CHECKING:
    from pathlib import Path

    from genauth_mock.command.plan import ServePlan

log = logging.getLogger("genauth_mock")


def announce(plan: ServePlan, url: str) -> None:
    """Say that the server answers: in the ready file, on stdout, and what it opens on stderr.

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
