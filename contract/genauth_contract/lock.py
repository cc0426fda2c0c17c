"""Keeps two live runs apart: they would read each other's texts and undo each other's changes."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from genauth_contract.wire import Application


class InUse(Exception):
    """Another live run on this machine uses the application."""


@contextmanager
def alone(application: Application) -> Generator[None, None, None]:
    """Keep other runs on this machine off the application; the system lets go when a run dies.

    Raises:
        InUse: One is there already.
    """
    lock = FileLock(_path(application))
    try:
        lock.acquire(timeout=0)
    except (Timeout, PermissionError) as error:
        msg = (
            "another live run uses this application; wait for it to end, or use an application "
            "of your own"
        )
        raise InUse(msg) from error
    try:
        yield
    finally:
        lock.release()


def _path(application: Application) -> Path:
    """Name the file after host and application: neither is anybody's secret, nor legible here."""
    named = f"{application.host.lower()} {application.app_id}".encode()
    digest = hashlib.sha256(named).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"genauth-contract-{digest}.lock"
