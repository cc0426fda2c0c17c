"""What the command writes to stderr: one line for each thing worth saying, as text or as JSON."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime


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
