"""Outcomes of any request: it succeeds, or is none that the API takes."""

from __future__ import annotations

from typing import Final

from genauth_contract.outcomes.evidence import Evidence
from genauth_contract.outcomes.outcome import ExpectedReply, Outcome

OK: Final = Outcome(
    "OK",
    ExpectedReply(200, None, "操作成功"),
    Evidence.DOCS,
    "API reference, CommonResponseDto",
)
INVALID_ARGUMENT: Final = Outcome(
    "INVALID_ARGUMENT",
    ExpectedReply(400, None),
    Evidence.CLIENT,
    "developer write-up: English validator texts; mobile SDK live tests",
    alternatives=(
        ExpectedReply(499, 2028),
        ExpectedReply(500, 500),
        ExpectedReply(499, 500),
        ExpectedReply(499, 2231),
    ),
    sdk_error="InvalidArgument",
    http_too=(201, 400),
)
NOT_JSON: Final = Outcome(
    "NOT_JSON",
    ExpectedReply(400, None),
    Evidence.ASSUMED,
    "as for any malformed request",
    sdk_error="InvalidArgument",
    http_too=(201, 400),
)
NOT_FOUND: Final = Outcome(
    "NOT_FOUND",
    ExpectedReply(404, None, http=404),
    Evidence.ASSUMED,
    "statusCode classes: API reference, error codes",
    http_too=(200, 201),
    sdk_error="ApiError",
)
METHOD_NOT_ALLOWED: Final = Outcome(
    "METHOD_NOT_ALLOWED",
    ExpectedReply(405, None, http=405),
    Evidence.ASSUMED,
    "as for a path that does not exist",
    alternatives=(ExpectedReply(404, None),),
    http_too=(200, 201, 404),
    sdk_error="ApiError",
)
BODY_TOO_LARGE: Final = Outcome(
    "BODY_TOO_LARGE",
    ExpectedReply(413, None, http=413),
    Evidence.ASSUMED,
    "statusCode classes: API reference, error codes",
    http_too=(200, 201),
    sdk_error="InvalidArgument",
)
NOT_IMITATED: Final = Outcome(
    "NOT_IMITATED",
    ExpectedReply(501, None, http=501),
    Evidence.ASSUMED,
    "the mock's own answer for a call of GenAuth it does not imitate",
    learn=True,
)
UNKNOWN_APP: Final = Outcome(
    "UNKNOWN_APP",
    ExpectedReply(404, 2011, "应用不存在"),
    Evidence.DOCS,
    "API reference, error codes",
    alternatives=(
        ExpectedReply(499, 2011),
        ExpectedReply(400, 2011),
        ExpectedReply(499, 2224),
        ExpectedReply(404, 2224),
    ),
    sdk_error="AppNotFound",
)

REQUESTS: Final = tuple(
    value for value in tuple(vars().values()) if isinstance(value, Outcome) and value is not OK
)
"""Those of requests that are none."""
