"""The exit codes of ``genauth-mock``: what each says, and the error that ends a command with one."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Final

STOPPED: Final = 0
"""Exit code after SIGINT or SIGTERM."""

WRONG_OPTION: Final = 2
"""Exit code where an option cannot be followed."""

CANNOT_LISTEN: Final = 3
"""Exit code where the address cannot be listened on."""

NO_STORE: Final = 4
"""Exit code where the store cannot be reached."""

NOT_EXECUTABLE: Final = 126
"""Exit code, as a shell has it."""

NOT_FOUND: Final = 127
"""Exit code, as a shell has it."""

ENDED_BY_SIGNAL: Final = 128
"""Exit code, as a shell has it, less the number of the signal."""

EXIT_CODES: Final = """
\b
Exit codes:
  0    ended by SIGINT or SIGTERM, or the question is answered with yes
  1    healthcheck, dump, load: nothing answers, or it says no
  2    an option is wrong; the message names it
  3    the address cannot be listened on
  4    the store cannot be reached
  126  exec: the command cannot be run
  127  exec: the command does not exist
  else exec: what the command ended with; 128 + N where signal N ended it
"""
"""What ``--help`` says of them."""


class CannotServe(Exception):  # noqa: N818 - it says what happened
    """The server cannot start; the text says why and what to do, for the person at the terminal."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code


def log_to_stderr(log_format: str) -> None:
    """Write what ``genauth_mock`` logs to stderr.

    Args:
        log_format: ``text`` or ``json``.
    """
    handler = logging.StreamHandler()
    is_json = log_format == "json"
    handler.setFormatter(JsonLine() if is_json else logging.Formatter("genauth-mock: %(message)s"))
    log = logging.getLogger("genauth_mock")
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False


class JsonLine(logging.Formatter):
    """One JSON object in a line: ``time``, ``level``, ``logger``, ``message``."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
