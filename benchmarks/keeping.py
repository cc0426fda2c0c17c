"""Where a measurement meets a full disk: what is said, and with which exit code it ends."""

from __future__ import annotations

import sys
import tempfile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NOT_KEPT: Final = 26
"""Exit code where a file could not be written; the same as of `genauth-contract`."""


def refuse_a_full_disk() -> None:
    """End in one line where there is no room for the files that a measurement works with."""
    try:
        tempfile.gettempdir()
    except FileNotFoundError as error:
        print(f"nothing can be measured: {error.strerror}", file=sys.stderr)
        sys.exit(NOT_KEPT)


def keep_results(files: Mapping[Path, str]) -> int:
    """Write files, each whole or not at all, and all that can be written.

    Says which are written, and of the others why they cannot be; gives the exit code.
    """
    from genauth_contract.keeping import NotKept, keep  # noqa: PLC0415 - not beside what is measured
    from genauth_contract.redaction import Secrets  # noqa: PLC0415 - as above

    code = 0
    for path, text in files.items():
        try:
            keep(path, text, Secrets())
        except NotKept as error:
            print(error, file=sys.stderr)
            code = NOT_KEPT
        else:
            print(f"written: {path}")
    return code
