"""Where a measurement meets a full disk: what is said, and with which exit code it ends."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping

RESULTS: Final = Path(__file__).with_name("results")
"""Where results are kept."""
PROJECT: Final = Path(__file__).parents[1]
"""Where `python -m benchmarks...` finds this package."""
NOT_KEPT: Final = 26
"""Exit code where a file or the output could not be written; the same as of `genauth-contract`."""
NO_ROOM: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
"""What the system says where nothing more can be written; the same as there."""


def refuse_a_full_disk() -> None:
    """End in one line where there is no room for the files that a measurement works with."""
    try:
        tempfile.gettempdir()
    except FileNotFoundError as error:
        print(f"nothing can be measured: {error.strerror}", file=sys.stderr)
        sys.exit(NOT_KEPT)


@contextmanager
def ending_on_a_full_output() -> Generator[None]:
    """End in one line where there is no room for what a measurement prints."""
    try:
        with ExitStack() as stack:
            stack.callback(sys.stdout.flush)
            yield
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        # What is left in the buffer would be tried once more at the end, and fail with a stack trace.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        print(f"the output cannot be written: {error.strerror}", file=sys.stderr)
        sys.exit(NOT_KEPT)


def show_and_keep(show: Callable[[], None], files: Mapping[Path, str]) -> int:
    """Show what was measured, and keep it even if there is no room to show it; give the exit code."""
    try:
        show()
    finally:
        code = keep_results(files)
    return code


def keep_results(files: Mapping[Path, str]) -> int:
    """Write files, each whole or not at all, and all that can be written.

    Says which are written, and of the others why they cannot be; gives the exit code.
    """
    from genauth_contract.play.secrets import Secrets  # noqa: PLC0415 - as above
    from genauth_contract.records.files import CannotWrite, write_atomically  # noqa: PLC0415 - not beside what is measured

    code = 0
    for path, text in files.items():
        try:
            write_atomically(path, text, Secrets())
        except CannotWrite as error:
            print(error, file=sys.stderr)
            code = NOT_KEPT
        else:
            print(f"written: {path}")
    return code
