"""Terminal input and output of a run."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

import attrs


@attrs.frozen
class Terminal:
    """Speaks on stderr, gives results on stdout, and asks on the terminal.

    Attributes:
        uncaptured: Lifts whatever captures output, for as long as something is said.
    """

    uncaptured: Callable[[], AbstractContextManager[object]] = nullcontext

    def say(self, text: str) -> None:
        """Write a line to the person who runs it, on stderr."""
        with self.uncaptured():
            sys.stderr.write(f"{text}\n")
            sys.stderr.flush()

    def show(self, text: str) -> None:
        """Write a result that was asked for to stdout."""
        with self.uncaptured():
            sys.stdout.write(text)
            sys.stdout.flush()

    def may_ask(self) -> bool:
        """Return whether there is a terminal to ask on."""
        if os.name != "posix":
            return True
        try:
            os.close(os.open(os.ctermid(), os.O_RDWR | os.O_NOCTTY))
        except OSError:
            return False
        return True

    def ask(self, question: str) -> str:
        """Ask something; what is typed is not shown."""
        with self.uncaptured():
            return getpass.getpass(f"{question}: ")
