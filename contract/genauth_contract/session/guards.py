"""What guards a live run: nobody else plays on its application, and a signal ends it as a person would."""

from __future__ import annotations

import hashlib
import signal
import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from filelock import FileLock, Timeout

from genauth_contract.api.http import Application


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


@contextmanager
def stopping_as_by_hand(note: Callable[[int], None]) -> Generator[None, None, None]:
    """Stop the run at the signals that end a job, as at Ctrl-C: what it changed is put back.

    One that is ignored stays so: ``nohup`` keeps a run going when its terminal closes.

    Args:
        note: Receives the number of the signal.
    """

    def stop(number: int, _frame: FrameType | None) -> None:
        note(number)
        raise KeyboardInterrupt

    there = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    heard = [each for each in there if signal.getsignal(each) is not signal.SIG_IGN]
    before = {each: signal.signal(each, stop) for each in heard}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
