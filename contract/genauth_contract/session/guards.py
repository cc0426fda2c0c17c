"""What guards a live run: nobody else plays on its application, and a signal ends it as a person would."""

from __future__ import annotations

import hashlib
import signal
import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

from attrs import define
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


@define
class Stops:
    """What the signals that end a run do: it stops as at Ctrl-C, and what it changed is put back.

    While it is put back, the first of them waits until that is done; the second is obeyed at once.

    Attributes:
        is_undoing: Whether something is being put back.
        say: Tells the person who stops it.
        number: The last signal that ends a job, and not only a run; 0 for none.
        is_waiting: Whether one waits.
    """

    is_undoing: Callable[[], bool]
    say: Callable[[str], None]
    number: int = 0
    is_waiting: bool = False

    def stop(self, number: int, _frame: FrameType | None) -> None:
        """Handle a signal.

        Raises:
            KeyboardInterrupt: Nothing is being put back, or somebody insists.
        """
        if number != signal.SIGINT:
            self.number = number
        if self.is_waiting or not self.is_undoing():
            raise KeyboardInterrupt
        self.is_waiting = True
        with suppress(RuntimeError):  # something is being said just now
            self.say("the account is being put back first; once more, and it stays as it is")


@contextmanager
def stopping_as_by_hand(stops: Stops) -> Generator[Stops, None, None]:
    """Have the signals that end a job stop the run.

    One that is ignored stays so: ``nohup`` keeps a run going when its terminal closes.
    """
    names = ("SIGINT", "SIGTERM", "SIGHUP")
    there = [getattr(signal, name) for name in names if hasattr(signal, name)]
    heard = [each for each in there if signal.getsignal(each) is not signal.SIG_IGN]
    before = {each: signal.signal(each, stops.stop) for each in heard}
    try:
        yield stops
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
