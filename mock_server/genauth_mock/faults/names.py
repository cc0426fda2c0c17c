"""Other names that a fault may be written with."""

from __future__ import annotations

from typing import Final

from genauth_mock.faults.fault import Kind

SYNONYMS: Final = {
    "appId": "",
    "id": "",
    "applied": "",
    "type": "kind",
    "fault": "kind",
    "path": "route",
    "endpoint": "route",
    "count": "times",
    "userId": "user",
    "username": "user",
    "phone": "phoneNumber",
    "email": "phoneNumber",
    "status": "httpStatus",
    "retryAfterSeconds": "retryAfter",
}
"""Names that are understood besides the real ones; an empty one is read by others."""

KIND_SYNONYMS: Final = {
    "connectionreset": Kind.RESET,
    "connectionresetbypeer": Kind.RESET,
    "abort": Kind.RESET,
    "disconnect": Kind.DROP,
    "close": Kind.DROP,
    "droppedconnection": Kind.DROP,
    "connectiondrop": Kind.DROP,
    "truncate": Kind.CUT,
    "truncated": Kind.CUT,
    "truncatedbody": Kind.CUT,
    "slow": Kind.TRICKLE,
    "malformed": Kind.NOT_JSON,
    "nonjson": Kind.NOT_JSON,
    "invalidjson": Kind.NOT_JSON,
    "html": Kind.NOT_JSON,
    "emptybody": Kind.EMPTY,
    "latency": Kind.DELAY,
    "httpstatus": Kind.STATUS,
    "error": Kind.ENVELOPE,
    "outcome": Kind.ENVELOPE,
    "answer": Kind.ENVELOPE,
    "message": Kind.DELIVERY,
}
"""Other words for kinds, in lower case without ``-`` and ``_``; with ``before`` or ``after`` at the end, too."""
