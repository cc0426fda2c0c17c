"""Outcomes of any request: it succeeds, or is none that the API takes."""

from __future__ import annotations

from typing import Final

from genauth_contract.outcomes.outcome import ExpectedReply, Outcome
from genauth_contract.outcomes.sources import (
    LIVE_TESTS_OF_VALIDATION,
    QR_STATUS_READERS,
    REFERENCE_CLASSES,
    REFERENCE_CODES,
    REFERENCE_SUCCESS,
    V2_SAMPLE,
    WRITE_UP_2026,
)

OK: Final = Outcome(
    "OK",
    ExpectedReply(200, None, "操作成功"),
    (REFERENCE_SUCCESS,),
    "API reference, CommonResponseDto",
    alternatives=(ExpectedReply(200, None, ""),),
)
STATED: Final = Outcome(
    "STATED",
    ExpectedReply(None),
    (QR_STATUS_READERS,),
    "what the call gives stands in the answer itself; the OpenAPI document shows an envelope",
    alternatives=(ExpectedReply(200),),
)
INVALID_ARGUMENT: Final = Outcome(
    "INVALID_ARGUMENT",
    ExpectedReply(400, None),
    (REFERENCE_CLASSES, WRITE_UP_2026, LIVE_TESTS_OF_VALIDATION),
    "any malformed request",
    alternatives=(
        ExpectedReply(499, 2003),
        ExpectedReply(499, 2028),
        ExpectedReply(500, 500, sdk_error="ServerFailed"),
        ExpectedReply(499, 500, sdk_error="ApiError"),
        ExpectedReply(499, 2231),
    ),
    sdk_error="InvalidArgument",
    http_too=(201, 400),
)
NOT_JSON: Final = Outcome(
    "NOT_JSON",
    ExpectedReply(400, None),
    (),
    "as for any malformed request",
    sdk_error="InvalidArgument",
    http_too=(201, 400),
)
NOT_FOUND: Final = Outcome(
    "NOT_FOUND",
    ExpectedReply(404, None, http=404),
    (),
    "the class Not Found of the API reference",
    http_too=(200, 201),
    sdk_error="ApiError",
)
METHOD_NOT_ALLOWED: Final = Outcome(
    "METHOD_NOT_ALLOWED",
    ExpectedReply(404, None, http=404),
    (),
    "as for a path that does not exist: the server's framework has no other answer",
    alternatives=(ExpectedReply(405, None, http=405),),
    http_too=(200, 201),
    sdk_error="ApiError",
)
BODY_TOO_LARGE: Final = Outcome(
    "BODY_TOO_LARGE",
    ExpectedReply(413, None, http=413),
    (REFERENCE_CLASSES,),
    "HTTP status: that of the statusCode",
    http_too=(200, 201),
    sdk_error="InvalidArgument",
)
NOT_IMITATED: Final = Outcome(
    "NOT_IMITATED",
    ExpectedReply(501, None, http=501),
    (),
    "the mock's own answer for a call of GenAuth it does not imitate",
    learn=True,
    sdk_error="NotSupported",
)
UNKNOWN_APP: Final = Outcome(
    "UNKNOWN_APP",
    ExpectedReply(499, 2011, "应用不存在"),
    (REFERENCE_CODES, V2_SAMPLE),
    "a sample of the former API; its sibling, an unknown user pool, was seen with 499, too",
    alternatives=(
        ExpectedReply(404, 2011),
        ExpectedReply(400, 2011),
        ExpectedReply(499, 2224),
        ExpectedReply(404, 2224),
    ),
    sdk_error="AppNotFound",
)
SECRET_MISSING: Final = Outcome(
    "SECRET_MISSING",
    ExpectedReply(
        499,
        None,
        "应用 token_endpoint_auth_method 配置不为 none, 请在 body 或者请求头中传递 client_id 和 client_secret",
    ),
    (WRITE_UP_2026,),
    "signin without the secret of an application that has one",
    alternatives=(ExpectedReply(499, 500),),
    sdk_error="ClientRejected",
)

REQUESTS: Final = tuple(
    value for value in tuple(vars().values()) if isinstance(value, Outcome) and value is not OK
)
"""Those of requests that are none."""
